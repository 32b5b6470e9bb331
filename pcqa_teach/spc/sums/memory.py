"""The sums of charts that remember: EWMA, CUSUM and Bernoulli CUSUM."""

from __future__ import annotations

from math import log, sqrt

import numpy as np

from pcqa_teach.spc.sums.base import (
    NO_VARIATION,
    Part,
    Step,
    count,
    mean,
    mean_range,
    none,
    sigma_of,
    written,
)


def weighted(part: Part) -> list[Step]:
    """Take the mean and sigma, the latest weighted average, and the limits it is held against."""
    weight, wide = (float(part.chart.settings[name]) for name in ("lambda_", "L"))
    steps, centre, sigma = _mean_and_sigma(part)
    if not part.judged:
        return [*steps, *none(NO_VARIATION)]
    before, value, age = _two_latest(part, "y", centre)
    factor = sqrt(weight / (2 - weight) * (1 - (1 - weight) ** (2 * age)))
    width = wide * sigma * factor
    keep = written(1 - weight)
    return [
        *steps,
        ("Weight of the newest value (lambda)", "as set", weight),
        (
            "Latest weighted average",
            f"{written(weight)} x {written(value)} + {keep} x {written(before)}",
            weight * value + (1 - weight) * before,
        ),
        (
            f"How far memory has filled, point {age}",
            f"sqrt({written(weight)} / {written(2 - weight)} x (1 - {keep}^{2 * age}))",
            factor,
        ),
        (
            "From the mean to a limit",
            f"{written(wide)} x {written(sigma)} x {written(factor)}",
            width,
        ),
        (
            "Lower limit at the latest point",
            f"{written(centre)} - {written(width)}",
            centre - width,
        ),
        (
            "Upper limit at the latest point",
            f"{written(centre)} + {written(width)}",
            centre + width,
        ),
    ]


def departures(part: Part) -> list[Step]:
    """Take the mean and sigma, and the two running totals at the latest point."""
    k, h = (float(part.chart.settings[name]) for name in ("k", "h"))
    steps, centre, sigma = _mean_and_sigma(part)
    if not part.judged:
        return [*steps, *none(NO_VARIATION)]
    high, value, _ = _two_latest(part, "y", 0.0)
    low, _, _ = _two_latest(part, "lower_sum", 0.0)
    z = (value - centre) / sigma
    upper, lower = max(0.0, high + z - k), min(0.0, low + z + k)
    return [
        *steps,
        ("Small departures forgiven (k), in sigma", "as set", k),
        (
            "Latest departure (z), in sigma",
            f"({written(value)} - {written(centre)}) / {written(sigma)}",
            z,
        ),
        (
            "Upper sum at the latest point",
            f"{written(high)} + {written(z)} - {written(k)}, not below 0",
            upper,
        ),
        (
            "Lower sum at the latest point",
            f"{written(low)} + {written(z)} + {written(k)}, not above 0",
            lower,
        ),
        ("Lower limit", f"-h = -{written(h)}, as set", -h),
        ("Upper limit", f"h = {written(h)}, as set", h),
    ]


def evidence(part: Part) -> list[Step]:
    """Say what an event adds and a case without one takes off, and the sum at the latest case."""
    odds, h = (float(part.chart.settings[name]) for name in ("odds", "h"))
    given = part.chart.settings.get("p0")
    if given is None:
        steps = [count(part), *mean(part.y, "Usual risk (p0)", "events, 1 each")]
        p0 = float(part.y.mean())
    else:
        p0 = float(given)
        steps = [("Usual risk (p0)", "as set", p0)]
    if not part.judged:
        return [*steps, *none("the risk is 0 or 1, so nothing can raise it")]
    p1 = odds * p0 / (1 + (odds - 1) * p0)
    adds, takes = log(p1 / p0), log((1 - p1) / (1 - p0))
    before, value, _ = _two_latest(part, "y", 0.0)
    step = adds if value == 1 else takes
    sign = "+" if step >= 0 else "-"
    return [
        *steps,
        (
            f"Raised risk (p1), at {written(odds)} times the odds",
            f"{written(odds)} x {written(p0)} / (1 + {written(odds - 1)} x {written(p0)})",
            p1,
        ),
        ("An event adds", f"log({written(p1)} / {written(p0)})", adds),
        ("A case without one adds", f"log({written(1 - p1)} / {written(1 - p0)})", takes),
        (
            "Sum at the latest case",
            f"{written(before)} {sign} {written(abs(step))}, not below 0",
            max(0.0, before + step),
        ),
        ("Lower limit", "the sum starts again at 0", 0.0),
        ("Upper limit", f"h = {written(h)}, as set", h),
    ]


def _mean_and_sigma(part: Part) -> tuple[list[Step], float, float]:
    ranges, bar = mean_range(part.data.ranges, part)
    how, sigma = sigma_of(part, bar)
    steps = [count(part), *mean(part.y), *ranges]
    if part.judged:
        steps.append(("Sigma", how, sigma))
    return steps, float(part.y.mean()), sigma


def _two_latest(part: Part, column: str, start: float) -> tuple[float, float, int]:
    """Give what was plotted before the latest point, the latest value, and its place from 1."""
    rows = part.seen
    plotted = part.chart.points[column].to_numpy(dtype=np.float64)
    before = float(plotted[rows[-2]]) if len(rows) > 1 else start
    return before, float(part.data.y[rows[-1]]), len(rows)
