"""The sums of run, XmR and moving range charts, and of I-prime charts."""

from __future__ import annotations

from math import pi, sqrt

import numpy as np

from pcqa_teach.spc.kinds.constants import c4
from pcqa_teach.spc.kinds.ranges import MR_UPPER
from pcqa_teach.spc.sums.base import (
    NO_VARIATION,
    Part,
    Step,
    count,
    edges,
    mean,
    mean_range,
    none,
    terms,
    written,
)


def run(part: Part) -> list[Step]:
    """Find the middle value."""
    y = np.sort(part.y)
    return [count(part), ("Median", f"middle of {terms(y, ', ')}", float(np.median(y)))]


def xmr(part: Part) -> list[Step]:
    """Take the mean, the mean moving range, and the limits either side."""
    centre = float(part.y.mean())
    steps = [count(part), *mean(part.y)]
    if part.chart.settings.get("sigma") == "sd":
        return [*steps, *_overall(part, centre)]
    ranges, bar = mean_range(part.data.ranges, part)
    steps += ranges
    if not part.judged:
        return [*steps, *none(NO_VARIATION)]
    wheeler = part.chart.constants == "wheeler"
    how = f"2.66 x {written(bar)}" if wheeler else f"3 x {written(bar)} / 1.128"
    width = 2.66 * bar if wheeler else 3 * bar / 1.128
    return [
        *steps,
        ("From the mean to a limit", how, width),
        ("Lower limit", f"{written(centre)} - {written(width)}", centre - width),
        ("Upper limit", f"{written(centre)} + {written(width)}", centre + width),
    ]


def _overall(part: Part, centre: float) -> list[Step]:
    """Take sigma from the overall standard deviation, as `settings=` asked."""
    size = len(part.y)
    if not part.judged:
        return none("the values never differ, or there is only one")
    squares = float(((part.y - centre) ** 2).sum())
    sd, c = sqrt(squares / (size - 1)), float(c4(np.array([size]))[0])
    return [
        ("Squared distances from the mean, added", "sum of (value - mean)^2", squares),
        ("Standard deviation", f"sqrt({written(squares)} / {size - 1})", sd),
        (f"Constant c4 for {size} points", "what a standard deviation is on average", c),
        ("Sigma", f"{written(sd)} / {written(c)}", sd / c),
        *edges(centre, sd / c),
    ]


def moving_range(part: Part) -> list[Step]:
    """Take the mean moving range and its upper limit."""
    steps, bar = mean_range(part.data.ranges, part)
    if not part.judged:
        return [*steps, *none(NO_VARIATION)]
    return [
        *steps,
        ("Lower limit", "a range cannot be below 0", 0.0),
        ("Upper limit", f"{MR_UPPER} x {written(bar)}", MR_UPPER * bar),
    ]


def i_prime(part: Part) -> list[Step]:
    """Take the weighted mean, and moving ranges made alike for n."""
    top, bottom, per = float(part.y.sum()), float(part.n.sum()), part.per
    times = f" x {written(per)}" if per != 1 else ""
    centre = top / bottom * per
    ranges, bar = mean_range(
        part.data.ranges_of(part.data.y / part.data.sizes, part.data.sizes),
        part,
        "Moving ranges, made alike for n",
        "|y/n - the y/n before|, divided by sqrt(1/n + 1/n before)",
    )
    steps = [
        count(part),
        ("Sum of y", terms(part.y), top),
        ("Sum of n", terms(part.n), bottom),
        ("Mean", f"{written(top)} / {written(bottom)}{times}", centre),
        *ranges,
    ]
    if not part.judged:
        return [*steps, *none(NO_VARIATION)]
    each = sqrt(pi / 2) * bar
    sigma = [per * each / sqrt(size) for size in (float(part.n.mean()), part.size)]
    how = [
        f"sqrt(pi / 2) x {written(bar)} / sqrt({written(size)}){times}"
        for size in (float(part.n.mean()), part.size)
    ]
    return [
        *steps,
        (f"Sigma of a typical point, n = {written(float(part.n.mean()))}", how[0], sigma[0]),
        (f"Sigma of the latest point, n = {written(part.size)}", how[1], sigma[1]),
        *edges(centre, sigma[1], where=" at the latest point"),
    ]
