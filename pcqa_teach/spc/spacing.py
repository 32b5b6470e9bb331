"""How often the points come, and how a date is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

_SPANS = ((0.9, 3.1, "day"), (6, 8, "week"), (13, 15, "fortnight"), (27, 32, "month"))
_LONGER = ((88, 93, "quarter"), (360, 371, "year"))


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
        """
        if not isinstance(place, pd.Timestamp | np.datetime64):
            return f"{place:,}" if isinstance(place, int | np.integer) else f"{place:g}"
        day = pd.Timestamp(place)
        if self.one == "month":
            return f"{day:%b %Y}"
        if self.one == "year":
            return f"{day:%Y}"
        return f"{day.day} {day:%b %Y}"

    def on(self, place: Any) -> str:
        """Say when, inside a sentence.

        >>> Spacing("week").on(pd.Timestamp("2024-06-03"))
        'in the week of 3 Jun 2024'
        """
        said = self.say(place)
        if not isinstance(place, pd.Timestamp | np.datetime64):
            return f"at {said}"
        if self.one == "week":
            return f"in the week of {said}"
        return f"in {said}" if self.one in ("month", "year") else f"on {said}"


def spacing(x: NDArray[Any]) -> Spacing:
    """Find the usual step between points.

    >>> spacing(pd.date_range("2024-01-01", periods=5, freq="W").to_numpy())
    Spacing(one='week')
    """
    if x.dtype.kind != "M" or len(x) < 2:
        return Spacing("point")
    days = float(np.median(np.diff(x) / np.timedelta64(1, "D")))
    for low, high, name in (*_SPANS, *_LONGER):
        if low <= days <= high:
            return Spacing(name)
    return Spacing("point")
