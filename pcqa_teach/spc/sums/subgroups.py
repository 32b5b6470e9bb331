"""The sums of charts of subgroups: X-bar, S and R, with the constants they use named."""

from __future__ import annotations

from math import sqrt

import numpy as np

from pcqa_teach.spc.kinds.constants import c4, d2, d3
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.sums.base import Part, Step, count, edges, mean, none, terms, written

_NEVER = "the values within a subgroup never differ"


def average(part: Part) -> list[Step]:
    """Take the mean of all values, and the limits of a mean of n of them."""
    top, bottom = float((part.n * part.y).sum()), float(part.n.sum())
    centre, size = top / bottom, part.size
    steps = [
        count(part),
        ("Sum of all the values", f"{terms(part.n * part.y)} (each average x its n)", top),
        ("How many values", terms(part.n), bottom),
        ("Mean", f"{written(top)} / {written(bottom)}", centre),
    ]
    if not part.judged:
        return [*steps, *none(_NEVER)]
    more, each = _estimate(part)
    sigma = each / sqrt(size)
    return [
        *steps,
        *more,
        (f"Sigma of an average of {written(size)}",
         f"{written(each)} / sqrt({written(size)})", sigma),
        *edges(centre, sigma, where=" at the latest point"),
    ]  # fmt: skip


def spread(part: Part) -> list[Step]:
    """Take the mean standard deviation, and its limits by c4."""
    steps, centre = _usual(part)
    if not part.judged:
        return [count(part), *steps, *none(_NEVER)]
    c, size = _of(c4, part.size), written(part.size)
    sigma = centre * sqrt(1 - c * c) / c
    return [
        count(part),
        *steps,
        (f"Constant c4 for n = {size}", "what a standard deviation is on average", c),
        ("Sigma", f"{written(centre)} x sqrt(1 - {written(c)}^2) / {written(c)}", sigma),
        *edges(centre, sigma, low=0.0, where=" at the latest point"),
    ]


def extent(part: Part) -> list[Step]:
    """Take the mean range, and its limits by d2 and d3."""
    steps, each = _ranges(part)
    mean_one, spread_one, size = _of(d2, part.size), _of(d3, part.size), written(part.size)
    centre = each * mean_one
    steps = [
        count(part),
        *steps,
        (f"Constant d2 for n = {size}", "what a range is on average, in sigma", mean_one),
        (f"Mean range for n = {size}", f"{written(mean_one)} x {written(each)}", centre),
    ]
    if not part.judged:
        return [*steps, *none(_NEVER)]
    sigma = each * spread_one
    return [
        *steps,
        (f"Constant d3 for n = {size}", "how much a range varies, in sigma", spread_one),
        ("Sigma of a range", f"{written(spread_one)} x {written(each)}", sigma),
        *edges(centre, sigma, low=0.0, where=" at the latest point"),
    ]


def _estimate(part: Part) -> tuple[list[Step], float]:
    """Say sigma of single values, by the estimate that was asked for."""
    way = str(part.chart.settings.get("sigma", "sd"))
    if way == "sd":
        steps, usual = _usual(part)
        c, size = _of(c4, part.size), written(part.size)
        return [
            *steps,
            (f"Constant c4 for n = {size}", "what a standard deviation is on average", c),
            ("Sigma of a single value", f"{written(usual)} / {written(c)}", usual / c),
        ], usual / c
    if way == "RMSDF":
        steps, pooled = _pooled(part)
        every = float((part.n - 1).sum()) + 1
        c = _of(c4, every)
        return [
            *steps,
            (f"Constant c4 for n = {written(every)}", "of all values together", c),
            ("Sigma of a single value", f"{written(pooled)} / {written(c)}", pooled / c),
        ], pooled / c
    if way == "UWAVE-R":
        return _ranges(part)
    ours, name = (_span(part) / d2(part.n), "d2") if way.endswith("-R") else (
        _sd(part) / c4(part.n), "c4",
    )  # fmt: skip
    what = "range" if name == "d2" else "standard deviation"
    if way == "UWAVE-SD":
        steps = mean(ours, "Sigma of a single value", f"{what}s, each / {name}(n)")
        return steps, steps[-1][2]
    if name == "d2":
        weight = (d2(part.n) / d3(part.n)) ** 2
    else:
        weight = c4(part.n) ** 2 / (1 - c4(part.n) ** 2)
    top, bottom = float((ours * weight).sum()), float(weight.sum())
    return [
        (f"{what.capitalize()}s, each / {name}(n), weighted", terms(ours * weight), top),
        ("Sum of the weights", terms(weight), bottom),
        ("Sigma of a single value", f"{written(top)} / {written(bottom)}", top / bottom),
    ], top / bottom


def _usual(part: Part) -> tuple[list[Step], float]:
    """Mean standard deviation where a phase's subgroups are alike in size, else the pooled one."""
    sizes = part.data.sizes[part.rows][np.isfinite(part.data.y[part.rows])]
    if len(np.unique(sizes)) > 1:
        return _pooled(part)
    steps = mean(_sd(part), "Mean standard deviation", "subgroups' standard deviations")
    return steps, steps[-1][2]


def _pooled(part: Part) -> tuple[list[Step], float]:
    free = part.n - 1
    top, bottom = float((free * _sd(part) ** 2).sum()), float(free.sum())
    pooled = sqrt(top / bottom)
    return [
        ("Sum of (n - 1) x standard deviation^2", terms(free * _sd(part) ** 2), top),
        ("Sum of n - 1", terms(free), bottom),
        ("Pooled standard deviation", f"sqrt({written(top)} / {written(bottom)})", pooled),
    ], pooled


def _ranges(part: Part) -> tuple[list[Step], float]:
    steps = mean(_span(part) / d2(part.n), "Sigma of a single value", "ranges, each / d2(n)")
    return steps, steps[-1][2]


def _sd(part: Part) -> Floats:
    return np.asarray(part.data.sd)[part.base]


def _span(part: Part) -> Floats:
    return np.asarray(part.data.span)[part.base]


def _of(constant: object, n: float) -> float:
    return float(constant(np.array([n]))[0])  # type: ignore[operator]
