"""What is to be expected of an extreme group with nothing done, by each of four methods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.columns import amounts
from pcqa_teach.errors import DataError

LEAST = 5


@dataclass(frozen=True)
class Expected:
    """What one method expects of the chosen: the average after, and its standard error."""

    method: str
    n: int
    after: float
    error: float


def pair(frame: pd.DataFrame, before: str, after: str) -> tuple[Floats, Floats, int]:
    """Take two columns of the people who have both."""
    if before == after:
        raise DataError(f"before= and after= both name '{before}': give two columns.")
    first = amounts(frame, before, "before=", gaps=True)
    second = amounts(frame, after, "after=", gaps=True)
    both = np.isfinite(first) & np.isfinite(second)
    return first[both], second[both], int((~both).sum())


def extreme_of(values: Floats, share: float, sign: float) -> Bools:
    """Mark the most extreme share; people with equal numbers are taken in the order they stand."""
    count = round(share * len(values))
    if count < LEAST or len(values) - count < LEAST:
        raise DataError(
            f"share={share:g} of {len(values)} people chooses {count}: at least {LEAST} are needed"
            " among the chosen, and among the others."
        )
    chosen = np.zeros(len(values), dtype=bool)
    chosen[np.argsort(-sign * values, kind="stable")[:count]] = True
    if values[chosen].mean() <= 0:
        raise DataError(
            "The chosen have nothing before, so no share of it can fall: choose the other extreme."
        )
    return chosen


def ratio_of(first: Floats, second: Floats) -> tuple[float, float]:
    """Give mean(second) / mean(first) and its standard error, by linearisation."""
    mean = float(first.mean())
    ratio = float(second.mean()) / mean
    rest = second - ratio * first
    return ratio, float(np.sqrt((rest @ rest) / (len(first) * (len(first) - 1.0))) / mean)


def _followed(
    method: str, first: Floats, second: Floats, share: float, sign: float, level: float
) -> Expected:
    """Follow another extreme group from one period to the next, as a ratio."""
    chosen = extreme_of(first, share, sign)
    ratio, error = ratio_of(first[chosen], second[chosen])
    return Expected(method, int(chosen.sum()), ratio * level, error * level)


def compared(
    comparison: pd.DataFrame | None, before: str, after: str, share: float, sign: float,
    level: float,
) -> list[Expected]:  # fmt: skip
    """Follow people chosen the same way where nothing was done."""
    if comparison is None:
        return []
    first, second, _ = pair(comparison, before, after)
    return [_followed("comparison", first, second, share, sign, level)]


def persisted(
    frame: pd.DataFrame, earlier: str | None, before: str, share: float, sign: float, level: float
) -> list[Expected]:
    """Follow people chosen the same way a period earlier, when nothing was done."""
    if earlier is None:
        return []
    first, second, _ = pair(frame, earlier, before)
    return [_followed("persistence", first, second, share, sign, level)]


def line(first: Floats, second: Floats, chosen: Bools) -> list[Expected]:
    """Carry the line through everyone who was not chosen on to the chosen."""
    x, y = first[~chosen], second[~chosen]
    if np.ptp(x) == 0:
        return []
    design = np.column_stack([np.ones(len(x)), x])
    inverse = np.linalg.inv(design.T @ design)
    terms = inverse @ (design.T @ y)
    at = np.array([1.0, float(first[chosen].mean())])
    rest = design * (y - design @ terms)[:, None]
    error = np.sqrt(at @ inverse @ (rest.T @ rest) @ inverse @ at)
    return [Expected("line", len(x), float(at @ terms), float(error))]


def correlated(
    frame: pd.DataFrame, comparison: pd.DataFrame | None, before: str, after: str,
    earlier: str | None, correlation: float | None, first: Floats, chosen: Bools,
) -> list[Expected]:  # fmt: skip
    """Expect m + r (c - m); r is given, or that of two periods with nothing done."""
    count = 0
    if correlation is None:
        if comparison is not None:
            one, two, _ = pair(comparison, before, after)
        elif earlier is not None:
            one, two, _ = pair(frame, earlier, before)
        else:
            return []
        if np.ptp(one) == 0 or np.ptp(two) == 0:
            return []
        count, correlation = len(one), float(np.corrcoef(one, two)[0, 1])
    mean = float(first.mean())
    level = float(first[chosen].mean())
    return [Expected("correlation", count, mean + correlation * (level - mean), float("nan"))]
