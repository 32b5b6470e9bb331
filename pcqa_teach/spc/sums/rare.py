"""The sums of charts of rare events: cases between events (g) and time between events (t)."""

from __future__ import annotations

from math import sqrt

import numpy as np

from pcqa_teach.spc.kinds.rare import TIMES
from pcqa_teach.spc.sums.base import (
    NO_VARIATION,
    Part,
    Step,
    count,
    edges,
    mean,
    mean_range,
    none,
    sigma_of,
    terms,
    written,
)

_POWER = "3.6"


def between(part: Part) -> list[Step]:
    """Take the median as the centre line, and limits about the mean."""
    y, m = np.sort(part.y), float(part.y.mean())
    steps = [
        count(part),
        ("Median, the centre line", f"middle of {terms(y, ', ')}", float(np.median(y))),
        *mean(part.y),
    ]
    if not part.judged:
        return [*steps, *none("every count is 0")]
    sigma = sqrt(m * (m + 1))
    return [
        *steps,
        ("Sigma", f"sqrt({written(m)} x {written(m + 1)})", sigma),
        *edges(m, sigma, low=0.0),
    ]


def times(part: Part) -> list[Step]:
    """Take roots that make chance even-handed, work out an XmR chart, and go back."""
    z = TIMES.into(part.y)
    centre = float(z.mean())
    ranges, bar = mean_range(
        part.data.ranges_of(TIMES.into(part.data.y)),
        part,
        "Moving ranges of z",
        "each z less the one before, sign dropped",
    )
    steps = [
        count(part),
        (f"Each value to the power of 1 / {_POWER} (z)", terms(z, ", "), float(len(z))),
        *mean(z, "Mean of z", "z"),
        *ranges,
        ("Centre line", f"{written(centre)}^{_POWER}", _back(centre)),
    ]
    if not part.judged:
        return [*steps, *none(NO_VARIATION)]
    how, sigma = sigma_of(part, bar)
    inner = edges(centre, sigma, low=0.0, where=" of z")
    steps += [("Sigma of z", how, sigma), *inner]
    return steps + [
        (name.removesuffix(" of z"), f"{written(value)}^{_POWER}", _back(value))
        for name, _, value in inner
    ]


def _back(value: float) -> float:
    return float(TIMES.back(np.array([value]))[0])
