"""Runs: how long values stay on one side, and how often they cross the line."""

from __future__ import annotations

from functools import lru_cache
from math import lgamma, log, sqrt

import numpy as np

from pcqa_teach.spc.segments import Bools, Codes, Floats, Ints, Segments


def every(mask: Bools, k: int) -> Bools:
    """Say where `k` True in a row begin; doubling the width keeps this to a few passes.

    >>> every(np.array([True, True, True, False]), 2).tolist()
    [True, True, False]
    """
    width = 1
    while width < k:
        more = min(width, k - width)
        mask = mask[:-more] & mask[more:]
        width += more
    return mask


def windows(linked: Bools, segments: Segments, k: int) -> Bools:
    """Say where `k` rows begin, each linked to the next, that all lie in one stretch.

    `linked` is one shorter than the rows: whether each row goes with the next.

    >>> windows(np.array([True, True, False]), Segments(np.array([0]), 4), 3).tolist()
    [True, False]
    """
    within = linked.copy()
    within[segments.starts[1:] - 1] = False
    return every(within, k - 1)


def rows_of(found: Bools, k: int, size: int) -> Bools:
    """Say which of `size` rows lie in any of the windows of `k` rows that `found` says begin.

    >>> rows_of(np.array([True, False]), 3, 4).tolist()
    [True, True, True, False]
    """
    rows = np.zeros(size, dtype=bool)
    if not found.any():
        return rows
    rows[: len(found)] = found
    width = 1
    while width < k:
        more = min(width, k - width)
        rows[more:] |= rows[:-more]
        width += more
    return rows


def chain(linked: Bools, segments: Segments, k: int) -> Bools:
    """Say which rows lie in `k` or more in a row, each linked to the next.

    >>> chain(np.array([True, True, False, True]), Segments(np.array([0]), 5), 3).tolist()
    [True, True, True, False, False]
    """
    return rows_of(windows(linked, segments, k), k, segments.size)


def run_starts(codes: Codes, segments: Segments) -> Ints:
    """Find where a run of equal codes starts; a new stretch always starts one."""
    new = np.empty(len(codes), dtype=bool)
    new[:1] = True
    np.not_equal(codes[1:], codes[:-1], out=new[1:])
    new[segments.starts] = True
    return np.flatnonzero(new)


def longest_and_crossings(side: Codes, segments: Segments) -> tuple[Ints, Ints]:
    """Give each stretch's longest run and number of crossings; `side` has no zero."""
    starts = run_starts(side, segments)
    lengths = np.diff(starts, append=len(side))
    first = np.searchsorted(starts, segments.starts)
    return np.maximum.reduceat(lengths, first), np.diff(first, append=len(starts)) - 1


def anhoej_thresholds(useful: Ints) -> tuple[Ints, Ints]:
    """Give the longest run and the fewest crossings that chance allows.

    Formula: longest = round(log2 n) + 3; crossings = qbinom(0.05, n - 1, 0.5), for n useful
    observations (those not on the centre line).
    Example: 24 useful observations allow a run of 8 and need 8 crossings.
    Source: Anhoej and Olesen 2014; Schilling 2012.

    >>> longest, crossings = anhoej_thresholds(np.array([10, 24]))
    >>> longest.tolist(), crossings.tolist()
    ([6, 8], [2, 8])
    """
    safe: Floats = np.maximum(useful, 1).astype(np.float64)
    longest = np.rint(np.log2(safe)).astype(np.int64) + 3
    distinct, where = np.unique(useful, return_inverse=True)
    fewest = np.array([_binomial_5_percent(max(int(n) - 1, 0)) for n in distinct], dtype=np.int64)
    return longest, fewest[where]


@lru_cache(maxsize=4096)
def _binomial_5_percent(tosses: int) -> int:
    """Find the smallest k with P(heads <= k) >= 0.05 in `tosses` tosses of a fair coin."""
    if tosses == 0:
        return 0
    spread = sqrt(tosses) / 2
    start = max(0, int(tosses / 2 - 20 * spread))
    k = np.arange(start, tosses // 2 + 1)
    first = lgamma(tosses + 1) - lgamma(start + 1) - lgamma(tosses - start + 1) - tosses * log(2)
    steps = np.log((tosses - k[:-1]) / (k[:-1] + 1.0))
    chance = np.exp(first + np.concatenate([[0.0], np.cumsum(steps)])).cumsum()
    return int(k[np.searchsorted(chance, 0.05 * (1 - 1e-9))])
