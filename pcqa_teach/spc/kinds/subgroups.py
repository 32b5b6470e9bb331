"""Subgroups: several values a point; their mean, their standard deviation, their range."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.kinds.base import Data, Kind, Lines, nonzero, one_of, y_as_it_is
from pcqa_teach.spc.kinds.constants import c4, d2, d3
from pcqa_teach.spc.segments import Floats


def xbar_lines(data: Data) -> Lines:
    """Mean of all values, and the limits of a mean of n of them.

    Formula: centre = sum(n y) / sum(n); sigma[i] = s / (c4(n[i]) sqrt(n[i])), where s is the mean
    standard deviation where all n are equal, else sqrt(sum((n - 1) s^2) / sum(n - 1)), as in
    qicharts2. `settings={"sigma": ...}` chooses one of qcc's estimates of sigma instead:
    "UWAVE-R" mean(R / d2), "UWAVE-SD" mean(s / c4), "MVLUE-R" and "MVLUE-SD" the same weighted by
    how sure each is, "RMSDF" the pooled standard deviation / c4(sum(n - 1) + 1).
    Example: means 6, 7, 5, 9, 6 of 4 values each with standard deviations of 2 have centre 6.6
    and upper limit 6.6 + 1.628 x 2 = 9.86.
    Source: Montgomery, Introduction to Statistical Quality Control, 6.2 and 6.3.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = xbar_lines(five(6, 7, 5, 9, 6, n=[4] * 5, sd=np.full(5, 2.0)))
    >>> round(float(lines.centre[0]), 1), round(float(lines.centre[0] + 3 * lines.sigma[0]), 2)
    (6.6, 9.86)
    """
    n = data.sizes
    centre = data.total(n * data.y) / nonzero(data.total(n))
    return Lines(centre, _ESTIMATES[data.settings.get("sigma", "sd")](data) / np.sqrt(n))


def s_lines(data: Data) -> Lines:
    """Mean standard deviation within subgroups, and its limits.

    Formula: centre = mean(s), or sqrt(sum((n - 1) s^2) / sum(n - 1)) where n varies;
    limits = centre (1 +/- 3 sqrt(1 - c4^2) / c4), c4 = c4(n[i]), none below 0.
    Example: standard deviations 2, 3, 1, 2, 2 of 4 values each have mean 2 and upper limit
    2.266 x 2 = 4.53.
    Source: Montgomery, 6.3.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = s_lines(five(6, 7, 5, 9, 6, n=[4] * 5, sd=np.array([2.0, 3, 1, 2, 2])))
    >>> float(lines.centre[0]), round(float(lines.centre[0] + 3 * lines.sigma[0]), 2)
    (2.0, 4.53)
    """
    centre, c = _usual(data), c4(data.sizes)
    return Lines(centre, data.spread(centre) * np.sqrt(1 - c * c) / c, floor=0.0)


def r_lines(data: Data) -> Lines:
    """Mean range within subgroups, and its limits.

    Formula: centre[i] = d2(n[i]) mean(R / d2(n)), which is mean(R) where all n are equal;
    sigma[i] = d3(n[i]) mean(R / d2(n)); limits = centre +/- 3 sigma, none below 0.
    Example: ranges 4, 6, 2, 4, 4 of 4 values each have mean 4 and upper limit 2.282 x 4 = 9.13.
    Source: Montgomery, 6.2.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = r_lines(five(6, 7, 5, 9, 6, n=[4] * 5, span=np.array([4.0, 6, 2, 4, 4])))
    >>> round(float(lines.centre[0]), 6), round(float(lines.edge(3)[0]), 2)
    (4.0, 9.13)
    """
    each = _uwave_r(data)
    return Lines(d2(data.sizes) * each, d3(data.sizes) * each, floor=0.0)


def spread_within(data: Data) -> Floats:
    """Plot the standard deviation of each subgroup."""
    return _sd(data)


def range_within(data: Data) -> Floats:
    """Plot the range of each subgroup."""
    return _span(data)


def _sd(data: Data) -> Floats:
    return np.full_like(data.y, np.nan) if data.sd is None else data.sd


def _span(data: Data) -> Floats:
    return np.full_like(data.y, np.nan) if data.span is None else data.span


def _average(data: Data, values: Floats) -> Floats:
    return data.spread(data.segments.mean(values, data.base))


def _weighted(data: Data, values: Floats, weights: Floats) -> Floats:
    return data.spread(data.total(values * weights) / nonzero(data.total(weights)))


def _pooled(data: Data) -> Floats:
    free = data.sizes - 1
    return np.sqrt(data.total(free * _sd(data) ** 2) / nonzero(data.total(free)))


def _usual(data: Data) -> Floats:
    """Mean standard deviation where a phase's subgroups are alike in size, else the pooled one."""
    n, starts = data.sizes, data.segments.starts
    there = np.isfinite(data.y)
    most = np.maximum.reduceat(np.where(there, n, -np.inf), starts)
    least = np.minimum.reduceat(np.where(there, n, np.inf), starts)
    return np.where(most > least, _pooled(data), data.segments.mean(_sd(data), data.base))


def _sd_usual(data: Data) -> Floats:
    return data.spread(_usual(data)) / c4(data.sizes)


def _uwave_r(data: Data) -> Floats:
    return _average(data, _span(data) / d2(data.sizes))


def _uwave_sd(data: Data) -> Floats:
    return _average(data, _sd(data) / c4(data.sizes))


def _mvlue_r(data: Data) -> Floats:
    mean, sd = d2(data.sizes), d3(data.sizes)
    return _weighted(data, _span(data) / mean, (mean / sd) ** 2)


def _mvlue_sd(data: Data) -> Floats:
    c = c4(data.sizes)
    return _weighted(data, _sd(data) / c, c * c / (1 - c * c))


def _rmsdf(data: Data) -> Floats:
    return data.spread(_pooled(data) / c4(data.total(data.sizes - 1) + 1))


_ESTIMATES = {
    "sd": _sd_usual,
    "UWAVE-R": _uwave_r,
    "UWAVE-SD": _uwave_sd,
    "MVLUE-R": _mvlue_r,
    "MVLUE-SD": _mvlue_sd,
    "RMSDF": _rmsdf,
}

_SOURCE = "Montgomery, Introduction to Statistical Quality Control, "
_VALUES = {
    "x": (1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4, 5, 5, 5),
    "y": (6, 8, 7, 5, 9, 7, 6, 6, 9, 10, 7, 7, 4, 6, 8),
}

XBAR = Kind(
    "X-bar chart", y_as_it_is, xbar_lines,
    question="Has the average of a few measurements changed?",
    plotted="the mean of a subgroup",
    use="For the average of a handful of measurements a day or week, such as the waits of five"
    " patients picked by chance.",
    formula="centre = sum(n y) / sum(n); limits = centre +/- A3(n[i]) s;"
    " A3 = 3 / (c4(n) sqrt(n)); s = mean standard deviation within subgroups",
    source=_SOURCE + "6.2 and 6.3",
    differs="qcc takes sigma from the ranges of subgroups unless told otherwise; this kit follows"
    " qicharts2, which takes it from their standard deviations. settings= has both.",
    example=_VALUES,
    grouped=True,
    settings={"sigma": one_of(*_ESTIMATES)},
)  # fmt: skip

S = Kind(
    "S chart", spread_within, s_lines,
    question="Are the measurements of one day or week further apart than they were?",
    plotted="the standard deviation of a subgroup",
    use="Beside an X-bar chart, to see whether the spread within subgroups changed.",
    formula="centre = mean(s); limits = B3(n[i]) mean(s) and B4(n[i]) mean(s);"
    " B3, B4 = 1 -/+ 3 sqrt(1 - c4(n)^2) / c4(n)",
    source=_SOURCE + "6.3",
    differs="None that we know of where subgroups are of one size; where n varies, the pooled"
    " standard deviation is the centre, as in qicharts2.",
    example=_VALUES,
    suits=frozenset({"outside"}),
    directed=False, grouped=True,
)  # fmt: skip

R = Kind(
    "R chart", range_within, r_lines,
    question="The same of a handful: is the gap from smallest to largest wider than it was?",
    plotted="the range of a subgroup",
    use="Beside an X-bar chart of small subgroups, where a range is easier to explain than a"
    " standard deviation.",
    formula="centre = mean(R); limits = D3(n[i]) mean(R) and D4(n[i]) mean(R);"
    " D3, D4 = 1 -/+ 3 d3(n) / d2(n)",
    source=_SOURCE + "6.2",
    differs="qicharts2 has none; qcc gives the same limits where subgroups are of one size.",
    example=_VALUES,
    suits=frozenset({"outside"}),
    directed=False, grouped=True,
)  # fmt: skip
