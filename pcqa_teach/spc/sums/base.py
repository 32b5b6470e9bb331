"""One phase of one series, ready for its sums, and the ways a sum is written."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from pcqa_teach.sayings import lowered
from pcqa_teach.spc.kinds.base import Data
from pcqa_teach.spc.kinds.ranges import MR_UPPER, Ranges
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats, Ints

Step = tuple[str, str, float]  # what, the sum as written by hand, what it comes to

_SHOWN = 4  # terms written out before the dots
_DIGITS = 6


@dataclass(frozen=True)
class Part:
    """One phase of a chart of one series: `rows` of its points, and the `line` of its limits."""

    chart: Chart
    rows: slice
    line: pd.Series

    @property
    def data(self) -> Data:
        """What the lines of the whole chart are worked out from."""
        return self.chart.workings.data

    @property
    def start(self) -> int:
        """The first row."""
        return int(self.rows.start)

    @cached_property
    def base(self) -> Ints:
        """The rows that limits come from."""
        return np.flatnonzero(self.data.base[self.rows]) + self.start

    @cached_property
    def y(self) -> Floats:
        """The values of the baseline, as they came."""
        return self.data.y[self.base]

    @cached_property
    def n(self) -> Floats:
        """The denominators, or subgroup sizes, of the baseline."""
        return self.data.sizes[self.base]

    @cached_property
    def seen(self) -> Ints:
        """The rows that hold a value and are not left out by hand."""
        there = np.isfinite(self.data.y[self.rows])
        if self.data.skip is not None:
            there &= ~self.data.skip[self.rows]
        return np.flatnonzero(there) + self.start

    @cached_property
    def latest(self) -> int:
        """The last row that is plotted, which the limits of a phase are said of."""
        there = np.flatnonzero(np.isfinite(self.chart.points["y"].to_numpy()[self.rows]))
        return self.start + int(there[-1] if len(there) else 0)

    @property
    def size(self) -> float:
        """The denominator, or subgroup size, of the latest point."""
        return float(self.data.sizes[self.latest])

    @property
    def per(self) -> float:
        """What a rate is multiplied by."""
        return float(self.chart.per)

    @property
    def judged(self) -> bool:
        """Whether there are limits."""
        return bool(np.isfinite(self.line["sigma"]))


def written(value: float) -> str:
    """Write a number as it goes into a sum: whole numbers in full, others in six figures.

    >>> [written(value) for value in (1234567, 0.075, 6.6 / 3, 12345678.25, 2.0**-12)]
    ['1,234,567', '0.075', '2.2', '12,345,678', '0.000244141']
    """
    if not np.isfinite(value):
        return "none"
    if abs(value) >= 1e15:
        return f"{value:.6g}"
    if value == round(value) or abs(value) >= 10**_DIGITS:
        return f"{round(value):,}"
    if abs(value) >= 1:
        return f"{value:,.{_DIGITS}g}"
    return np.format_float_positional(value, _DIGITS, unique=False, fractional=False, trim="-")


def terms(values: Floats, join: str = " + ") -> str:
    """Write out the first few of many terms, and the last.

    >>> terms(np.arange(12.0))
    '0 + 1 + 2 + 3 + ... + 11'
    """
    said = [written(value) for value in values.tolist()]
    if len(said) > 2 * _SHOWN:
        said = [*said[:_SHOWN], "...", *said[-1:]]
    return join.join(said) if said else "none"


def count(part: Part) -> Step:
    """Count the points that the lines come from."""
    return ("Points in the baseline", "count", float(len(part.y)))


def mean(values: Floats, name: str = "Mean", of: str = "values") -> list[Step]:
    """Add up, and divide by how many."""
    total = float(values.sum())
    return [
        (f"Sum of the {of}", terms(values), total),
        (name, f"{written(total)} / {len(values)}", total / len(values)),
    ]


def mean_range(
    ranges: Ranges,
    part: Part,
    of: str = "Moving ranges",
    how: str = "each value less the one before, sign dropped",
) -> tuple[list[Step], float]:
    """Take the mean of the moving ranges, screened or not; give the steps and the mean."""
    values, both = ranges.steps[part.rows], ranges.base[part.rows]
    used = ranges.used[part.rows]
    every, kept, small = values[both], values[used], lowered(of)
    steps = [(of, how, float(len(every)))]
    if len(every) == 0:
        return steps, float("nan")
    first = float(every.mean())
    steps += mean(every, f"Mean of the {small}", small)
    if not ranges.screen:
        return steps, first
    out = np.sort(values[both & ~used])
    steps += [
        ("Cut-off for a range", f"{MR_UPPER} x {written(first)}", MR_UPPER * first),
        ("Ranges screened out", terms(out, ", "), float(len(out))),
    ]
    if len(out):
        steps += mean(kept, f"Mean of the {small}, screened", f"{small} that are kept")
    return steps, float(kept.mean())


def sigma_of(part: Part, bar: float) -> tuple[str, float]:
    """Write sigma as the chart's constants make it of a mean moving range."""
    if part.chart.constants == "wheeler":
        return f"2.66 x {written(bar)} / 3", 2.66 * bar / 3
    return f"{written(bar)} / 1.128", bar / 1.128


def edges(
    centre: float,
    sigma: float,
    *,
    low: float = -np.inf,
    high: float = np.inf,
    where: str = "",
    unit: str = "sigma",
) -> list[Step]:
    """Step three sigma down and up from the centre, never beyond `low` and `high`."""
    return [
        _edge(f"{name} limit{where}", sign, centre, sigma, (low, high), unit)
        for name, sign in (("Lower", -1), ("Upper", 1))
    ]


def _edge(
    name: str, sign: int, centre: float, sigma: float, within: tuple[float, float], unit: str
) -> Step:
    value = centre + sign * 3 * sigma
    how = f"{written(centre)} {'-' if sign < 0 else '+'} 3 x {written(sigma)}"
    kept = min(max(value, within[0]), within[1])
    if kept != value:
        side = "below" if value < kept else "above"
        how += f" = {written(value)}, and nothing can be {side} {written(kept)}"
    return (name, how, kept)


def none(why: str) -> list[Step]:
    """Say that there are no limits."""
    return [("Limits", f"none: {why}", float("nan"))]


NO_VARIATION = "neighbouring values never differ, or have no neighbour"
