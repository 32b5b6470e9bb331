"""A kind of chart is two small functions: what it plots, and where its lines lie.

To add one, write both and a line in `CHARTS`. Each works on every phase of every series at once:
it is given a `Data` and gives one value a row (plotted) or one a phase or row (`Lines`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pcqa_teach.spc.segments import Bools, Floats, Segments

D2 = 1.128  # mean range of two standard normal values, as the reference packages print it
WHEELER = 2.66  # 3 / d2, as Making Data Count prints it
MR_UPPER = 3.267  # upper limit of a range of two, in mean ranges (D4 for n = 2)

TRIAL = 13  # below so many points, limits are trial limits

CONSTANTS = {"wheeler": WHEELER / 3, "d2": 1 / D2}  # sigma, in mean moving ranges


@dataclass(frozen=True)
class Data:
    """What a chart's limits are worked out from.

    Parameters
    ----------
    y : array of float, one a row; NaN where missing
    base : array of bool, True for the rows that limits come from
    segments : the phases of every series
    screen : drop moving ranges above 3.267 of their mean, once (Nelson 1982)
    ratio : sigma as a multiple of the mean moving range (1/1.128, or Wheeler's 2.66/3)
    n : array of float, the denominator or subgroup size, or None
    skip : array of bool, the points left out by hand, or None
    """

    y: Floats
    base: Bools
    segments: Segments
    screen: bool = False
    ratio: float = 1 / D2
    n: Floats | None = None
    skip: Bools | None = None

    @cached_property
    def moving_ranges(self) -> Floats:
        """Give |y[i] - y[i-1]|, NaN at the start of a phase and beside a gap.

        A gap is never bridged; a point left out by hand is, as though it had not been there.
        """
        return self._ranges[0]

    @cached_property
    def base_ranges(self) -> Bools:
        """Say which moving ranges have both their values in the baseline."""
        return self._ranges[1]

    @cached_property
    def _ranges(self) -> tuple[Floats, Bools]:
        if self.skip is not None and self.skip.any():
            rows = np.flatnonzero(~self.skip)
            ranges, both = np.full_like(self.y, np.nan), np.zeros_like(self.base)
            if len(rows):
                kept = Data(self.y[rows], self.base[rows], self.segments.keep(rows)[0])
                ranges[rows], both[rows] = kept.moving_ranges, kept.base_ranges
            return ranges, both
        ranges, both = np.empty_like(self.y), np.zeros_like(self.base)
        np.abs(np.subtract(self.y[1:], self.y[:-1], out=ranges[1:]), out=ranges[1:])
        np.logical_and(self.base[1:], self.base[:-1], out=both[1:])
        ranges[self.segments.starts], both[self.segments.starts] = np.nan, False
        return ranges, both

    @cached_property
    def screened(self) -> Bools:
        """Say which moving ranges of the baseline are left out by screening."""
        if not self.screen:
            return np.zeros_like(self.base)
        bar = self.segments.mean(self.moving_ranges, self.base_ranges)
        return self.base_ranges & (self.moving_ranges > MR_UPPER * self.segments.spread(bar))

    @cached_property
    def mr_bar(self) -> Floats:
        """Mean moving range of each phase's baseline."""
        used = self.base_ranges & ~self.screened if self.screen else self.base_ranges
        return self.segments.mean(self.moving_ranges, used)


@dataclass(frozen=True)
class Lines:
    """Centre and sigma, one a phase (or one a row where limits step)."""

    centre: Floats
    sigma: Floats


def y_as_it_is(data: Data) -> Floats:
    """Plot the values themselves."""
    return data.y


def moving_range(data: Data) -> Floats:
    """Plot |y[i] - y[i-1]|."""
    return data.moving_ranges


def run_lines(data: Data) -> Lines:
    """Median, and no limits.

    Formula: centre = median(y).
    Example: 6, 7, 5, 9, 6 has median 6.
    Source: Anhoej and Olesen 2014.

    >>> run_lines(_five(6, 7, 5, 9, 6)).centre.tolist()
    [6.0]
    """
    centre = data.segments.median(data.y, data.base)
    return Lines(centre, np.full_like(centre, np.nan))


def xmr_lines(data: Data) -> Lines:
    """Mean, and sigma from the mean moving range.

    Formula: centre = mean(y); sigma = MR-bar / 1.128, so that limits lie at 2.66 MR-bar.
    Example: 6, 7, 5, 9, 6 has mean 6.6 and moving ranges 1, 2, 4, 3, whose mean is 2.5;
    the limits are 6.6 - 2.66 x 2.5 = -0.05 and 6.6 + 2.66 x 2.5 = 13.25.
    Source: Wheeler 1993; Montgomery, Introduction to Statistical Quality Control, 6.4.

    >>> lines = xmr_lines(_five(6, 7, 5, 9, 6))
    >>> round(float(lines.centre[0] + 3 * lines.sigma[0]), 2)
    13.25
    """
    return Lines(data.segments.mean(data.y, data.base), data.mr_bar * data.ratio)


def mr_lines(data: Data) -> Lines:
    """Mean moving range, and an upper limit at 3.267 of it.

    Formula: centre = MR-bar; limits 0 and 3.267 MR-bar.
    Example: 6, 7, 5, 9, 6 has mean moving range 2.5 and upper limit 8.17.
    Source: Montgomery, 6.4.

    >>> lines = mr_lines(_five(6, 7, 5, 9, 6))
    >>> round(float(lines.centre[0] + 3 * lines.sigma[0]), 2)
    8.17
    """
    return Lines(data.mr_bar, data.mr_bar * (MR_UPPER - 1) / 3)


@dataclass(frozen=True)
class Kind:
    """One kind of chart.

    Parameters
    ----------
    title : what people call it
    plots, lines : the two functions
    preset : the rules it uses when none are asked for
    suits : the rules of a preset that mean something on it (None: all)
    floor : the least value a limit can take
    centre : what the centre line is called
    directed : whether high and low can be good or bad
    """

    title: str
    plots: Callable[[Data], Floats]
    lines: Callable[[Data], Lines]
    preset: str = "mdc"
    suits: frozenset[str] | None = None
    floor: float = -np.inf
    centre: str = "mean"
    directed: bool = True


CHARTS: dict[str, Kind] = {
    "xmr": Kind("XmR chart", y_as_it_is, xmr_lines),
    "run": Kind(
        "Run chart",
        y_as_it_is,
        run_lines,
        "anhoej",
        frozenset({"shift", "trend", "anhoej"}),
        centre="median",
    ),
    "mr": Kind(
        "Moving range chart",
        moving_range,
        mr_lines,
        suits=frozenset({"outside"}),
        floor=0.0,
        directed=False,
    ),
}


def _five(*values: float) -> Data:
    """Make a single phase of a few values, for the examples above."""
    y = np.array(values, dtype=float)
    one = Segments(np.array([0]), len(y))
    return Data(y, np.isfinite(y), one, ratio=CONSTANTS["wheeler"])
