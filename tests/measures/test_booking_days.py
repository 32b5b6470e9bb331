"""The queue in the book: who holds a later place, and when that cannot be told."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import DataError
from pcqa_teach.measures import places_given, places_held
from pcqa_teach.measures.outcomes import outcomes
from pcqa_teach.measures.tidy import tidy


def _book(gap: list[int], **others: list[int]) -> pd.DataFrame:
    days = pd.date_range("2026-03-02", periods=len(gap), freq="B")
    return tidy(date=days, status=["Attended"] * len(gap), booking_gap_days=gap, **others)


def test_where_all_is_booked_on_the_day_nobody_holds_a_later_place() -> None:
    assert places_held(_book([0] * 15))["value"].tolist() == [0.0, 0.0, 0.0]


def test_a_row_that_stands_for_many_counts_as_many() -> None:
    book = _book([0, 1, 0, 0, 0], count=[1, 7, 1, 1, 1])
    assert places_held(book, every="day")["value"].tolist()[0] == 7.0


def test_it_is_what_counting_row_by_row_gives() -> None:
    demo = pcqa.load_demo("appointments")
    due = demo[outcomes(demo).expected | (demo["status"] == "Booked").to_numpy()]
    booked = due["date"] - pd.to_timedelta(due["booking_gap_days"].astype("int64"), unit="D")
    found = places_held(demo).iloc[[0, 7, -1]]
    for row in found.itertuples():
        end = row.x + pd.Timedelta(days=6)
        assert row.value == int(((booked <= end) & (due["date"] > end)).sum())


def test_weeks_too_near_the_end_are_left_out_and_it_is_said() -> None:
    found = places_held(_book([0, 0, 0, 0, 14] * 6))
    assert found["x"].iloc[-1] == pd.Timestamp("2026-03-23")
    assert "The last 2 weeks left out" in " ".join(found.attrs["pcqa"]["notes"])


def test_cancelled_appointments_hold_no_place() -> None:
    days = pd.date_range("2026-03-02", periods=5, freq="B")
    marks = ["Attended", "Cancelled", "Attended", "Attended", "Attended"]
    book = tidy(date=days, status=marks, booking_gap_days=[0, 1, 0, 0, 0])
    assert places_held(book, every="day")["value"].tolist()[0] == 0.0


def test_a_file_too_short_to_tell_says_how_long_it_must_go_on() -> None:
    with pytest.raises(DataError, match="must go on for 30 days after the week"):
        places_held(_book([30] * 10))


def test_a_file_of_months_or_without_booking_days_is_one_sentence() -> None:
    for book in (
        tidy(date=["2026-03-01"], status=["DNA"], period="month"),
        tidy(date=["2026-03-02"], status=["DNA"]),
        _book([0] * 5).assign(booking_gap_days=pd.array([None] * 5, dtype="Int32")),
    ):
        with pytest.raises(DataError, match="the queue in the book"):
            places_held(book)
    with pytest.raises(DataError, match="use every='week' or every='day'"):
        places_held(_book([0] * 5), every="month")


def test_the_columns_are_those_of_a_measure() -> None:
    found = places_held(_book([0] * 15))
    assert found.columns.tolist() == ["x", "value"]
    assert np.issubdtype(found["x"].dtype, np.datetime64)
    assert found.attrs["pcqa"]["unit"] == "places"


def test_places_are_given_on_the_day_on_which_people_ask() -> None:
    demo = pcqa.load_demo("appointments")
    given = places_given(demo).set_index("weekday")
    asks = pcqa.load_demo("demand_day")
    mondays = asks[asks["date"].between("2024-06-10", "2024-10-25")]
    mean = mondays.loc[mondays["weekday"] == "Monday", "asks"].mean()
    assert given["value"]["Monday"] == pytest.approx(mean, rel=0.05)  # nearly all asks get a place
    assert (given["same_day"] < given["value"]).all()


def test_places_given_are_what_counting_row_by_row_gives() -> None:
    demo = pcqa.load_demo("appointments")
    due = demo[outcomes(demo).expected | demo["status"].isin(["Booked", "Cancelled"]).to_numpy()]
    booked = due["date"] - pd.to_timedelta(due["booking_gap_days"].astype("int64"), unit="D")
    days = [day for day in demo["date"].unique() if day <= pd.Timestamp("2024-10-25")]
    tuesdays = [day for day in days if day.day_name() == "Tuesday"]
    found = places_given(demo).set_index("weekday").loc["Tuesday"]
    assert found["n"] == len(tuesdays)
    assert (
        places_given(demo).attrs["pcqa"]["when"].startswith("10 Jun 2024 to 25 Oct 2024; the days")
    )
    assert found["value"] == pytest.approx(booked.isin(tuesdays).sum() / len(tuesdays))


def test_a_file_too_short_for_each_weekday_says_so() -> None:
    with pytest.raises(DataError, match="too short to tell on which days of the week"):
        places_given(_book([0] * 3))
    with pytest.raises(DataError, match="does not say on which day"):
        places_given(tidy(date=["2026-03-02"], status=["DNA"]))
