"""A belief about missed appointments, asked of a book."""

from __future__ import annotations

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import DataError
from pcqa_teach.measures.tidy import tidy
from pcqa_teach.variation import missed_belief


def _book(weeks: int = 8) -> pd.DataFrame:
    """Ten appointments a day; on Mondays two are missed, on other days one."""
    days = [day for day in pd.date_range("2026-01-05", periods=7 * weeks) if day.day_of_week < 5]
    rows = [
        (day, "DNA" if place < (2 if day.day_of_week == 0 else 1) else "Attended", place)
        for day in days
        for place in range(10)
    ]
    book = tidy(date=[row[0] for row in rows], status=[row[1] for row in rows])
    return book.assign(early=[row[2] < 5 for row in rows])


def test_mondays_are_set_against_the_other_days() -> None:
    found = missed_belief(_book(), "Monday", "A larger share is missed on Mondays")
    assert found.table["group"].tolist() == [20.0] * 8
    assert found.table["rest"].tolist() == [10.0] * 8
    assert (found.mean, found.verdict) == (10.0, "holds")
    assert missed_belief(_book(), "Friday", "On Fridays").verdict == "the other way round"


def test_any_rows_may_be_the_group() -> None:
    book = _book()
    found = missed_belief(book, book["early"], "Early ones are missed")
    assert found.group == "these"
    assert found.table["rest"].tolist() == [0.0] * 8


@pytest.mark.parametrize(
    ("who", "said"), [("Mon", "is no weekday"), ([True, False], "another length")]
)
def test_whom_nobody_can_find_is_an_error(who: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        missed_belief(_book(), who, "A belief")


def test_five_weeks_and_months_are_no_test() -> None:
    with pytest.raises(DataError, match="Only 5 periods"):
        missed_belief(_book(5), "Monday", "A belief")
    months = tidy(date=["2026-01-01", "2026-02-01"], status=["DNA"] * 2, period="month")
    with pytest.raises(DataError, match="counts whole months"):
        missed_belief(months, "Monday", "A belief")


def test_in_the_invented_book_mondays_are_worse_and_their_mix_is_why() -> None:
    book = pcqa.load_demo("appointments")
    assert missed_belief(book, "Monday", "On Mondays").verdict == "holds"
    ahead = book[book["booking_gap_days"] >= 2]
    assert missed_belief(ahead, "Monday", "On Mondays").verdict == "cannot tell"
