"""Limits and rules beside bare NumPy and the peers, and how long a picture takes.

`make bench` runs it in an environment of its own that holds the peers; `python benchmarks/spc.py`
elsewhere says which of them are missing. Everything is timed in one run on the same data; the
fastest of several repeats counts (of one, where a repeat takes over ten seconds). It fails where
the kit is not ten times as fast as the fastest peer, takes over three times bare NumPy, or draws
too slowly.
"""

from __future__ import annotations

import argparse
import platform
import sys
import time
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

import _bare
import numpy as np
import pandas as pd
from _peers import PEERS

from pcqa_teach.spc import chart

SIZES = ((1300, 60), (1, 1_000_000))
MOST_BARE, LEAST_PEER = 3.0, 10.0
ONE_CHART, HUNDRED_PANELS = 0.120, 4.0
BARE = {"xmr": lambda y, n: _bare.xmr(y), "p": _bare.p, "u": _bare.u}
RULES = ["outside", "shift", "trend", "two_of_three"]


def best(*works: Callable[[], Any], times: int = 7) -> list[float]:
    """Give the shortest of several runs of each, in seconds; they take turns, slow ones only once.

    Taking turns lets whatever else the machine does fall on all of them alike.
    """
    taken: list[list[float]] = [[] for _ in works]
    while len(taken[0]) < times and sum(map(sum, taken)) < 10:
        for work, times_taken in zip(works, taken, strict=True):
            start = time.perf_counter()
            work()
            times_taken.append(time.perf_counter() - start)
    return [min(one) for one in taken]


def data(kind: str, groups: int, points: int) -> tuple[Any, Any, pd.DataFrame]:
    """Make the same series for everybody: values (counts for p and u), denominators, a frame."""
    rng = np.random.default_rng(0)
    n = rng.integers(200, 400, (groups, points)).astype(float)
    y = rng.normal(50, 5, n.shape)
    if kind == "p":
        y = rng.binomial(n.astype(int), 0.06).astype(float)
    if kind == "u":
        y = rng.poisson(n * 0.2).astype(float)
    frame = pd.DataFrame(
        {
            "practice": np.repeat([f"G-{i}" for i in range(groups)], points),
            "x": np.tile(np.arange(points), groups),
            "value": y.ravel(),
            "n": n.ravel(),
        }
    )
    return y, n, frame


def compare(kind: str, groups: int, points: int) -> Iterator[str]:
    """Time one kind at one size; give a line each, and a word where a goal is missed."""
    y, n, frame = data(kind, groups, points)
    by = "practice" if groups > 1 else None
    told = chart(frame, by=by, kind=kind, rules="mdc").points[RULES].to_numpy()
    for i, flags in enumerate(BARE[kind](y, n)):
        if (told[:, i] != flags.ravel()).any():
            raise SystemExit(f"{kind}: {RULES[i]} flags other points than bare NumPy does.")
    bare, ours = best(
        lambda: BARE[kind](y, n), lambda: chart(frame, by=by, kind=kind, rules="mdc"), times=40
    )
    at = f"{kind:<4} {groups:>5,} x {points:>9,}"
    over = ours / bare
    yield _line(at, "spc.chart", ours, "limits, rules, verdicts, frames", met=True)
    yield _line(at, "bare NumPy", bare, f"ours takes {over:.1f} times", met=over <= MOST_BARE)
    asked = []
    for peer in (one for one in PEERS if kind in one.ask):
        if peer.version is None:
            yield f"{at}  {peer.package:<15}  not installed here"
            continue
        [taken] = best(lambda peer=peer: peer.run(kind, y, n), times=3)
        asked.append(taken)
        yield _line(at, peer.package, taken, f"ours is {taken / ours:,.0f} times as fast", met=True)
    if asked and min(asked) / ours < LEAST_PEER:
        yield f"{at}  MISSED: not {LEAST_PEER:.0f} times as fast as the fastest peer"


def drawing() -> Iterator[str]:
    """Time one chart and a hundred small multiples, computed beforehand, warm."""
    _, _, frame = data("xmr", 100, 60)
    frame["x"] = pd.Timestamp("2024-01-01") + pd.to_timedelta(frame["x"] * 7, unit="D")
    one = chart(frame[frame["practice"] == "G-0"], title="Calls", improvement="down")
    many = chart(frame, by="practice", title="Calls", improvement="down")
    for name, what, most in (("one chart", one, ONE_CHART), ("100 panels", many, HUNDRED_PANELS)):
        what.figure()
        [taken] = best(what.figure, times=5)
        yield _line("draw", name, taken, f"goal {most * 1000:,.0f} ms", met=taken <= most)


def _line(at: str, name: str, taken: float, said: str, *, met: bool) -> str:
    return f"{at}  {name:<15} {taken * 1000:10.1f} ms  {said}{'' if met else '  MISSED'}"


def main() -> None:
    """Print the table; fail where a goal is missed."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--kinds", nargs="+", default=list(BARE), choices=list(BARE))
    words.add_argument("--most", type=int, default=1_000_000, help="points of the long series")
    asked = words.parse_args()
    print(
        f"{platform.system()} {platform.machine()}, Python {platform.python_version()},"
        f" pandas {version('pandas')}, numpy {version('numpy')}"
    )
    for peer in PEERS:
        print(f"{peer.package} {peer.version or 'not installed'}: {peer.rules}")
    missed = 0
    for kind in asked.kinds:
        for groups, points in SIZES:
            for line in compare(kind, groups, min(points, asked.most)):
                missed += "MISSED" in line
                print(line, flush=True)
    for line in drawing():
        missed += "MISSED" in line
        print(line, flush=True)
    sys.exit(1 if missed else None)


if __name__ == "__main__":
    main()
