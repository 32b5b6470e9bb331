"""Missed appointments beside what London's rates for the same booking gaps would have given."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.measures.formats import is_area
from pcqa_teach.measures.outcomes import told
from pcqa_teach.sayings import percent, tenths

# Per cent missed by booking gap, London, March 2019 to February 2020, unknown outcomes counted:
# worked out from NHS England's Appointments in General Practice
LONDON = {
    "Same Day": 3.1,
    "1 Day": 7.3,
    "2 to 7 Days": 8.9,
    "8 to 14 Days": 10.0,
    "15 to 21 Days": 10.3,
    "22 to 28 Days": 10.0,
    "More than 28 Days": 10.7,
}
_NO_GAP = (
    "This file does not say how long before the day appointments were booked, so London's rates "
    "for the same booking gaps cannot be set beside it: ask for the report with the booking date."
)


@dataclass(frozen=True)
class BesideLondon:
    """A missed share, and what London's rates would have given for the same booking gaps.

    Parameters
    ----------
    n : appointments with a known booking gap
    share, expected : per cent missed here, and at London's rates
    ratio, lower, upper : here / London's, with its 95% interval
    """

    n: int
    share: float
    expected: float
    ratio: float
    lower: float
    upper: float

    @property
    def message(self) -> str:
        """Both shares in a sentence, without a verdict."""
        more = "more" if self.ratio > 1 else "fewer"
        beside = (
            "That is no more apart than chance gives."
            if self.lower <= 1 <= self.upper
            else f"That is {percent(abs(self.ratio - 1))} {more}."
        )
        return (
            f"For the same booking gaps London's rates of 2019/20 would have given "
            f"{tenths(self.expected)} missed; here it is {tenths(self.share)}, of {self.n:,} "
            f"appointments. {beside}"
        )


def beside_london(appts: pd.DataFrame) -> BesideLondon:
    """Set a missed share beside what London's rates would give for the same booking gaps.

    expected = sum over gaps of (appointments here x London's missed share in that gap)

    It takes out how far ahead the book is filled, and nothing else: not age, not deprivation, not
    how outcomes are recorded.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it

    Raises
    ------
    DataError
        The file does not know booking gaps or outcomes.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> gap, marks = ["Same Day", "8 to 14 Days"] * 2, ["Attended"] * 2 + ["DNA"] * 2
    >>> book = tidy(date=["2026-03-09"] * 4, status=marks, booking_gap=gap, count=[970, 90, 30, 10])
    >>> found = beside_london(book)
    >>> round(found.share, 2), round(found.expected, 2)  # 40 of 1,100, and 41
    (3.64, 3.73)

    Notes
    -----
    Contains information from NHS England, licensed under the Open Government Licence v3.0.
    """
    from pcqa_teach.variation.standardisation import count_limits

    found = told(appts, "the share of missed appointments")
    if is_area(appts):
        raise DataError(
            "London's rates of 2019/20 are for a practice to stand beside, and this file is of "
            "whole areas: they are left out."
        )
    if "booking_gap" not in appts.columns:
        raise DataError(_NO_GAP)
    rate = appts["booking_gap"].astype("str").map(LONDON).to_numpy(dtype="float64")
    count = appts["count"].to_numpy(dtype="float64")
    kept = found.expected & np.isfinite(rate)
    n, expected = float(count[kept].sum()), float((count * rate)[kept].sum()) / 100
    if not n:
        raise DataError(_NO_GAP)
    missed = float(count[kept & found.missed].sum())
    low, high = (float(end[0]) for end in count_limits(np.array([missed])))
    return BesideLondon(
        int(n), 100 * missed / n, 100 * expected / n, missed / expected, low / expected,
        high / expected,
    )  # fmt: skip
