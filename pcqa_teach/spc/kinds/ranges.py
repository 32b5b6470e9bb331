"""Moving ranges: how far neighbours lie apart, and their mean, with or without the largest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pcqa_teach.spc.segments import Bools, Floats, Segments

MR_UPPER = 3.267  # upper limit of a range of two, in mean ranges (D4 for n = 2)


@dataclass(frozen=True)
class Ranges:
    """The moving ranges of every phase of every series.

    Parameters
    ----------
    steps : array of float, one a row; NaN at the start of a phase and beside a gap
    base : array of bool, the ranges that have both their values in the baseline
    segments : the phases
    screen : leave out ranges above 3.267 of their mean, once (Nelson 1982)
    """

    steps: Floats
    base: Bools
    segments: Segments
    screen: bool

    @cached_property
    def screened(self) -> Bools:
        """Say which ranges of the baseline are left out by screening."""
        if not self.screen:
            return np.zeros_like(self.base)
        bar = self.segments.mean(self.steps, self.base)
        return self.base & (self.steps > MR_UPPER * self.segments.spread(bar))

    @cached_property
    def used(self) -> Bools:
        """Say which ranges the mean is taken of."""
        return self.base & ~self.screened if self.screen else self.base

    @cached_property
    def bar(self) -> Floats:
        """Mean moving range of each phase's baseline."""
        count = self.segments.count(self.used)
        return self.segments.sum(self.steps, self.used) / np.where(count > 0, count, np.nan)


def moving_ranges(
    y: Floats,
    base: Bools,
    segments: Segments,
    *,
    skip: Bools | None = None,
    screen: bool = False,
    n: Floats | None = None,
) -> Ranges:
    """Take |y[i] - y[i-1]|; with sizes, divided by sqrt(1/n[i] + 1/n[i-1]).

    A gap is never bridged; a point left out by hand (`skip`) is, as though it had not been there.

    >>> one = Segments(np.array([0]), 5)
    >>> y = np.array([6.0, 7.0, 5.0, 9.0, 6.0])
    >>> float(moving_ranges(y, np.isfinite(y), one).bar[0])
    2.5
    """
    if skip is None or not skip.any():
        values, both = _neighbours(y, base, segments, n)
        return Ranges(values, both, segments, screen)
    rows = np.flatnonzero(~skip)
    values, both = np.full_like(y, np.nan), np.zeros_like(base)
    if len(rows):
        sizes = None if n is None else n[rows]
        kept = segments.keep(rows)[0]
        values[rows], both[rows] = _neighbours(y[rows], base[rows], kept, sizes)
    return Ranges(values, both, segments, screen)


def _neighbours(
    y: Floats, base: Bools, segments: Segments, n: Floats | None
) -> tuple[Floats, Bools]:
    values, both = np.empty_like(y), np.empty_like(base)
    np.abs(np.subtract(y[1:], y[:-1], out=values[1:]), out=values[1:])
    if n is not None:
        values[1:] /= np.sqrt(1 / n[1:] + 1 / n[:-1])
    np.logical_and(base[1:], base[:-1], out=both[1:])
    values[segments.starts], both[segments.starts] = np.nan, False
    return values, both
