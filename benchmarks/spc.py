"""How long XmR limits and the four Making Data Count rules take, beside bare NumPy.

Run `python benchmarks/spc.py` from the checkout: 1,300 series of 60 points, and one of 1,000,000.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.spc import chart


def bare(y: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], ...]:
    """Limits and four rules in plain NumPy: a row a series, no checks, no gaps, no frames."""
    centre = y.mean(1, keepdims=True)
    sigma = np.abs(np.diff(y, axis=1)).mean(1, keepdims=True) * 2.66 / 3
    away, step = y - centre, np.diff(y, axis=1)
    shift, trend, near = (np.zeros(y.shape, bool) for _ in range(3))
    for side in (away > 0, away < 0):
        shift |= _in_run(side, 7)
    for way in (step > 0, step < 0):
        rows = _in_run(way, 6)
        trend[:, 1:] |= rows
        trend[:, :-1] |= rows
    for sign in (1, -1):
        far, side = sign * away > 2 * sigma, sign * away > 0
        count = far[:, 2:].astype(np.int8) + far[:, 1:-1] + far[:, :-2]
        window = side[:, 2:] & side[:, 1:-1] & side[:, :-2] & (count >= 2)
        for start, stop in ((2, None), (1, -1), (0, -2)):
            near[:, start:stop] |= window & far[:, start:stop]
    return np.abs(away) > 3 * sigma, shift, trend, near


def _in_run(rows: np.ndarray[Any, Any], least: int) -> np.ndarray[Any, Any]:
    size = rows.shape[1]
    count = np.cumsum(rows, axis=1, dtype=np.int32)
    count[:, least:] -= count[:, :-least].copy()
    full = count[:, least - 1 :] == least
    flagged = np.zeros_like(rows)
    for start in range(least):
        flagged[:, start : size - least + 1 + start] |= full
    return flagged


def best(work: Callable[[], Any], times: int = 7) -> float:
    """Give the shortest of several runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print one line a size."""
    for groups, points in ((1300, 60), (1, 1_000_000)):
        y = np.random.default_rng(0).normal(50, 5, (groups, points))
        frame = pd.DataFrame(
            {
                "practice": np.repeat([f"G-{i}" for i in range(groups)], points),
                "x": np.tile(np.arange(points), groups),
                "value": y.ravel(),
            }
        )
        by = "practice" if groups > 1 else None
        plain, ours = best(lambda y=y: bare(y)), best(lambda f=frame, by=by: chart(f, by=by))
        told = chart(frame, by=by).points[["outside", "shift", "trend", "two_of_three"]].to_numpy()
        same = all((told[:, i] == flags.ravel()).all() for i, flags in enumerate(bare(y)))
        print(
            f"{groups:>5,} x {points:>9,}: NumPy {plain * 1000:6.1f} ms, spc.chart"
            f" {ours * 1000:6.1f} ms, {ours / plain:4.1f} times; same flags: {same}"
        )


if __name__ == "__main__":
    main()
