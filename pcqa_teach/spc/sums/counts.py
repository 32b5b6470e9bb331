"""The sums of p, np, c and u charts, and of p-prime and u-prime charts."""

from __future__ import annotations

from math import sqrt

import numpy as np

from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.sums.base import (
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

_NEVER = "no two points differ, or all the counts are 0 or everything there is"


def share(part: Part) -> list[Step]:
    """Pool the share, then step three sigma either side for the n of the latest point."""
    return _rates(part, is_share=True)


def rate(part: Part) -> list[Step]:
    """Pool the rate, then step three sigma either side for the n of the latest point."""
    return _rates(part, is_share=False)


def number_of(part: Part) -> list[Step]:
    """Pool the share, then say what it makes of the n of the latest point."""
    steps, p = _pooled(part, "share", 1)
    size, centre = part.size, p * part.size
    steps.append((f"Mean at the latest point, n = {written(size)}",
                  f"{written(p)} x {written(size)}", centre))  # fmt: skip
    if not part.judged:
        return [*steps, *none(_NEVER)]
    typical = float(part.n.mean())
    sigmas = [sqrt(each * p * (1 - p)) for each in (typical, size)]
    how = [f"sqrt({written(each)} x {written(p)} x {written(1 - p)})" for each in (typical, size)]
    return [
        *steps,
        (f"Sigma of a typical point, n = {written(typical)}", how[0], sigmas[0]),
        (f"Sigma of the latest point, n = {written(size)}", how[1], sigmas[1]),
        *edges(centre, sigmas[1], low=0.0, high=size, where=" at the latest point"),
    ]


def counted(part: Part) -> list[Step]:
    """Take the mean count; chance makes its square root the sigma."""
    centre = float(part.y.mean())
    steps = [count(part), *mean(part.y, of="counts")]
    if not part.judged:
        return [*steps, *none("every count is 0")]
    sigma = sqrt(centre)
    return [
        *steps,
        ("Sigma", f"sqrt({written(centre)})", sigma),
        *edges(centre, sigma, low=0.0),
    ]


def _rates(part: Part, *, is_share: bool) -> list[Step]:
    name, per = "share" if is_share else "rate", part.per
    steps, pooled = _pooled(part, name, per)
    if not part.judged:
        return [*steps, *none(_NEVER)]
    prime, wide, text = part.chart.kind.endswith("_prime"), 1.0, ""
    if prime:
        more, wide = _laney(part, pooled, is_share=is_share)
        steps += more
        text = f" x {written(wide)}"
    times = f" x {written(per)}" if per != 1 else ""
    typical = float(part.n.mean())
    for which, size in (("a typical", typical), ("the latest", part.size)):
        sigma = _chance(pooled, size, is_share=is_share) * wide * per
        how = f"sqrt({_variance(pooled, is_share=is_share)} / {written(size)}){text}{times}"
        steps.append((f"Sigma of {which} point, n = {written(size)}", how, sigma))
    high = per if is_share else np.inf
    where = " at the latest point"
    return [*steps, *edges(pooled * per, sigma, low=0.0, high=high, where=where)]


def _pooled(part: Part, name: str, per: float) -> tuple[list[Step], float]:
    """Add up y and n over the baseline, and divide."""
    top, bottom = float(part.y.sum()), float(part.n.sum())
    whole = top / bottom
    steps = [
        count(part),
        ("Sum of the counts, y", terms(part.y), top),
        ("Sum of the denominators, n", terms(part.n), bottom),
        (f"Pooled {name}", f"{written(top)} / {written(bottom)}", whole),
    ]
    if per != 1:
        said = "in per cent" if per == 100 and name == "share" else f"per {written(per)}"
        steps.append((f"Mean, {said}", f"{written(whole)} x {written(per)}", whole * per))
    elif part.chart.about.rate:
        steps.append(("Mean", f"the pooled {name}", whole))
    return steps, whole


def _laney(part: Part, pooled: float, *, is_share: bool) -> tuple[list[Step], float]:
    """Say how many times more the points vary than chance alone would make them."""
    data = part.data
    z = _distances(data.y, data.sizes, pooled, is_share=is_share)
    steps: list[Step] = [
        (
            "Distance of each point from the mean, in its own sigma (z)",
            terms(z[part.base], ", "),
            float(len(part.base)),
        )
    ]
    ranges, bar = mean_range(
        data.ranges_of(z), part, "Moving ranges of z", "each z less the one before, sign dropped"
    )
    wide = bar / 1.128
    steps += ranges
    steps.append(("Sigma_z, how many times more they vary than chance",
                  f"{written(bar)} / 1.128", wide))  # fmt: skip
    return steps, wide


def _distances(y: Floats, n: Floats, pooled: float, *, is_share: bool) -> Floats:
    spread = pooled * (1 - pooled) if is_share else pooled
    return (y / n - pooled) / np.sqrt(spread / n)


def _chance(pooled: float, size: float, *, is_share: bool) -> float:
    return sqrt((pooled * (1 - pooled) if is_share else pooled) / size)


def _variance(pooled: float, *, is_share: bool) -> str:
    return f"{written(pooled)} x {written(1 - pooled)}" if is_share else written(pooled)
