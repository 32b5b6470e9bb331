"""Run, XmR and moving range charts of single values; I-prime where each rests on its own n."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from pcqa_teach.spc.kinds.base import Data, Kind, Lines, one_of, y_as_it_is, y_over_n
from pcqa_teach.spc.kinds.constants import c4
from pcqa_teach.spc.kinds.ranges import MR_UPPER
from pcqa_teach.spc.segments import Floats

FIVE = (6, 7, 5, 9, 6)


def run_lines(data: Data) -> Lines:
    """Median, and no limits.

    Formula: centre = median(y).
    Example: 6, 7, 5, 9, 6 has median 6.
    Source: Anhoej and Olesen 2014.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> run_lines(five(6, 7, 5, 9, 6)).centre.tolist()
    [6.0]
    """
    centre = data.segments.median(data.y, data.base)
    return Lines(centre, np.full_like(centre, np.nan))


def xmr_lines(data: Data) -> Lines:
    """Mean, and sigma from the mean moving range.

    Formula: centre = mean(y); sigma = MR-bar / 1.128, so that limits lie at 2.66 MR-bar.
    With `settings={"sigma": "sd"}` sigma is the standard deviation / c4(number of points).
    Example: 6, 7, 5, 9, 6 has mean 6.6 and moving ranges 1, 2, 4, 3, whose mean is 2.5;
    the limits are 6.6 - 2.66 x 2.5 = -0.05 and 6.6 + 2.66 x 2.5 = 13.25.
    Source: Wheeler 1993; Montgomery, Introduction to Statistical Quality Control, 6.4.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = xmr_lines(five(6, 7, 5, 9, 6))
    >>> round(float(lines.centre[0] + 3 * lines.sigma[0]), 2)
    13.25
    """
    ranges = data.ranges
    if data.settings.get("sigma") == "sd":
        return Lines(data.mean, _overall(data), ranges=ranges)
    return Lines(data.mean, ranges.bar * data.ratio, ranges=ranges)


def _overall(data: Data) -> Floats:
    count = data.segments.count(data.base).astype(np.float64)
    squares = data.total((data.y - data.spread(data.mean)) ** 2)
    return np.sqrt(squares / np.where(count > 1, count - 1, np.nan)) / c4(count)


def moving_range(data: Data) -> Floats:
    """Plot |y[i] - y[i-1]|."""
    return data.ranges.steps


def mr_lines(data: Data) -> Lines:
    """Mean moving range, and an upper limit at 3.267 of it.

    Formula: centre = MR-bar; limits 0 and 3.267 MR-bar.
    Example: 6, 7, 5, 9, 6 has mean moving range 2.5 and upper limit 8.17.
    Source: Montgomery, 6.4.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = mr_lines(five(6, 7, 5, 9, 6))
    >>> round(float(lines.edge(3)[0]), 2)
    8.17
    """
    bar = data.ranges.bar
    return Lines(bar, bar * (MR_UPPER - 1) / 3, floor=0.0, ranges=data.ranges)


def i_prime_lines(data: Data) -> Lines:
    """Weighted mean of y / n, and limits that narrow as n grows.

    Formula: centre = sum(y) / sum(n); each moving range of y / n is divided by
    sqrt(1/n[i] + 1/n[i-1]); sigma[i] = sqrt(pi / 2) mean(those) / sqrt(n[i]).
    Example: y 3, 4, 6, 3, 5 of n 10, 20, 20, 10, 25 has centre 21 / 85 = 0.247.
    Source: Taylor 2018, as qicharts2 has it.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = i_prime_lines(five(3, 4, 6, 3, 5, n=[10, 20, 20, 10, 25]))
    >>> round(float(lines.centre[0]), 3), lines.sigma.round(3).tolist()
    (0.247, [0.083, 0.059, 0.059, 0.083, 0.053])
    """
    ranges = data.ranges_of(data.y / data.sizes, data.sizes)
    each = data.spread(ranges.bar * sqrt(pi / 2))
    return Lines(data.pooled, each / np.sqrt(data.sizes), ranges=ranges)


RUN = Kind(
    "Run chart", y_as_it_is, run_lines,
    question="Did a change take hold?",
    plotted="each value",
    use="When you have few points, or want to see whether a change took hold before anything else.",
    formula="centre = median(y); no limits",
    source="Anhoej and Olesen, Run Charts Revisited (2014)",
    differs="Some tools count a run of 6, 7 or 8 whatever the length of the series; Anhoej's rules,"
    " used here, ask for a longer run where there are more points.",
    example={"y": FIVE},
    preset="anhoej",
    suits=frozenset({"shift", "trend", "anhoej", "fourteen_alternating"}),
    centre="median",
)  # fmt: skip

XMR = Kind(
    "XmR chart", y_as_it_is, xmr_lines,
    question="Is something unusual going on?",
    plotted="each value",
    use="For almost any measure taken once a day, week or month: the chart to begin with.",
    formula="centre = mean(y); limits = mean(y) +/- 2.66 MR-bar;"
    " MR-bar = mean(|y[i] - y[i-1]|)",
    source="Wheeler, Understanding Variation (1993); Montgomery, Introduction to Statistical"
    " Quality Control, 6.4",
    differs="qicharts2 and NHSRplotthedots leave out unusually large moving ranges by default,"
    " which makes limits narrower; Making Data Count's own tool, like this kit, does not."
    " qicharts2 and qcc use 3 / 1.128 = 2.6596 in place of 2.66.",
    example={"y": FIVE},
    ranged=True,
    settings={"sigma": one_of("mr", "sd")},
)  # fmt: skip

MR = Kind(
    "Moving range chart", moving_range, mr_lines,
    question="Was one step to the next unusually large?",
    plotted="the step from the value before",
    use="Beside an XmR chart, to see whether one step to the next was unusually large.",
    formula="centre = MR-bar; upper limit = 3.267 MR-bar; lower limit = 0",
    source="Montgomery, Introduction to Statistical Quality Control, 6.4",
    differs="Others count runs on it too. Neighbouring moving ranges share a value, so only a point"
    " beyond the limit is read as a signal here.",
    example={"y": FIVE},
    suits=frozenset({"outside"}),
    directed=False,
    ranged=True,
)  # fmt: skip

I_PRIME = Kind(
    "I-prime chart", y_over_n, i_prime_lines,
    question="Is a rate or an average unusual, when what it is out of changes a lot?",
    plotted="y / n",
    use="For a rate or an average whose denominator changes a lot, when you do not want to assume"
    " that chance works as a p or u chart says.",
    formula="centre = sum(y) / sum(n); sigma[i] = sqrt(pi/2) mean(|r[i] - r[i-1]| /"
    " sqrt(1/n[i] + 1/n[i-1])) / sqrt(n[i]); r = y / n; limits = centre +/- 3 sigma[i]",
    source="Taylor, Normalized Individuals Control Chart (2018)",
    differs="qicharts2 keeps the whole series in sigma when its limits are frozen at a baseline;"
    " here only the baseline counts.",
    example={"y": (3, 4, 6, 3, 5), "n": (10, 20, 20, 10, 25)},
    sized=True,
    rate=True,
    ranged=True,
)  # fmt: skip
