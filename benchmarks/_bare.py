"""The least that limits and the four rules can cost: plain NumPy, a row a series.

No checks, no gaps, no phases, no words, no frames: what the kit's own time is held against.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = tuple[NDArray[Any], ...]


def xmr(y: Floats) -> Flags:
    """Limits from the mean moving range (2.66), then the four rules."""
    sigma = np.abs(np.diff(y, axis=1)).mean(1, keepdims=True) * 2.66 / 3
    return rules(y, y.mean(1, keepdims=True), sigma)


def p(count: Floats, n: Floats) -> Flags:
    """Shares with binomial limits."""
    centre = count.sum(1, keepdims=True) / n.sum(1, keepdims=True)
    return rules(count / n, centre, np.sqrt(centre * (1 - centre) / n))


def u(count: Floats, n: Floats) -> Flags:
    """Rates with Poisson limits."""
    centre = count.sum(1, keepdims=True) / n.sum(1, keepdims=True)
    return rules(count / n, centre, np.sqrt(centre / n))


def rules(y: Floats, centre: Floats, sigma: Floats) -> Flags:
    """Say where each of the four rules flags, the lines being laid out beside every point."""
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


def _in_run(rows: NDArray[np.bool_], least: int) -> NDArray[np.bool_]:
    size = rows.shape[1]
    count = np.cumsum(rows, axis=1, dtype=np.int32)
    count[:, least:] -= count[:, :-least].copy()
    full = count[:, least - 1 :] == least
    flagged = np.zeros_like(rows)
    for start in range(least):
        flagged[:, start : size - least + 1 + start] |= full
    return flagged
