"""How often the points come, and how a date is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.sayings import and_list

_SPANS = (
    (1 / 26, 1 / 22, "hour"),
    (0.9, 3.1, "day"),
    (6, 8, "week"),
    (13, 15, "fortnight"),
    (27, 32, "month"),
    (88, 93, "quarter"),
    (360, 371, "year"),
)
_MOSTLY = 0.6  # of the steps: fewer, and the points come at no period
_YEARS = 10_000  # whole numbers below this may be years, which have no commas


@dataclass(frozen=True)
class Spacing:
    """The period that each point stands for: day, week, month, ... or just a point."""

    one: str

    @property
    def many(self) -> str:
        """More than one of them."""
        return self.one + "s"

    def count(self, number: int) -> str:
        """Say how many.

        >>> Spacing("week").count(1), Spacing("week").count(12)
        ('1 week', '12 weeks')
        """
        return f"{number:,} {self.one if number == 1 else self.many}"

    def say(self, place: Any) -> str:
        """Say a date as its period is usually said.

        >>> Spacing("month").say(pd.Timestamp("2024-03-01"))
        'Mar 2024'
        >>> Spacing("hour").say(pd.Timestamp("2024-03-01 08:30"))
        '1 Mar 2024, 08:30'
        >>> Spacing("point").say(2024), Spacing("point").say(0.1 + 0.2)
        ('2024', '0.3')
        """
        if not isinstance(place, pd.Timestamp | np.datetime64):
            if place == round(place):
                return f"{int(place):,}" if abs(place) >= _YEARS else f"{int(place)}"
            return f"{place:,.10g}"
        day = pd.Timestamp(place)
        if self.one == "month":
            return f"{day:%b %Y}"
        if self.one == "year":
            return f"{day:%Y}"
        said = f"{day.day} {day:%b %Y}"
        return said if day == day.normalize() else f"{said}, {day:%H:%M}"

    def on(self, *places: Any, more: str = "") -> str:
        """Say when, inside a sentence; of several places, all, and `more` after them.

        >>> Spacing("week").on(pd.Timestamp("2024-06-03")), Spacing("case").on(12)
        ('in the week of 3 Jun 2024', 'at case 12')
        >>> Spacing("week").on(*pd.to_datetime(["2024-06-03", "2024-06-10"]), more="later")
        'in the weeks of 3 Jun 2024, 10 Jun 2024 and later'
        """
        said = and_list([self.say(place) for place in places] + ([more] if more else []))
        one = self.one if len(places) == 1 else self.many
        if not isinstance(places[0], pd.Timestamp | np.datetime64):
            return f"at {one} {said}"
        if self.one in ("week", "fortnight", "quarter"):
            return f"in the {one} of {said}"
        return f"in {said}" if self.one in ("month", "year") else f"on {said}"


def spacing(x: NDArray[Any]) -> Spacing:
    """Find the usual step between points; a point where most steps are of no one period.

    >>> spacing(pd.date_range("2024-01-01", periods=5, freq="W").to_numpy())
    Spacing(one='week')
    >>> spacing(pd.to_datetime(["2024-01-01", "2024-01-03", "2024-01-10", "2024-03-01"]).to_numpy())
    Spacing(one='point')
    """
    if x.dtype.kind != "M" or len(x) < 2:
        return Spacing("point")
    days = np.diff(x) / np.timedelta64(1, "D")
    usual = float(np.median(days))
    for low, high, name in _SPANS:
        if low <= usual <= high and np.mean((days >= low) & (days <= high)) >= _MOSTLY:
            return Spacing(name)
    return Spacing("point")
