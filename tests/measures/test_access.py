"""The booking gap, the same-day share, and slots left Booked."""

from __future__ import annotations

import pandas as pd
import pytest

from pcqa_teach.data.schema import GAPS
from pcqa_teach.errors import DataError
from pcqa_teach.measures import booked_in_past, booking_gap, same_day_share
from pcqa_teach.measures.tidy import tidy


@pytest.fixture
def five() -> pd.DataFrame:
    return tidy(
        date=["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"],
        status=["Attended", "DNA", "Attended", "Cancelled", "Attended"],
        count=[40, 10, 40, 99, 10],
        booking_gap=["Same Day", "Same Day", "2 to 7 Days", "Same Day", "Unknown"],
    )


def test_same_day_counts_missed_and_unknown_but_not_cancelled(five):
    assert same_day_share(five)[["value", "n"]].values.tolist() == [[50.0, 100.0]]


def test_unknown_gaps_can_be_left_out(five):
    assert same_day_share(five, unknown="out")["n"].tolist() == [90]


def test_same_day_unknown_takes_two_words_only(five):
    with pytest.raises(DataError, match="unknown='in' or"):
        same_day_share(five, unknown="no")


@pytest.mark.parametrize("ask", [same_day_share, booking_gap])
def test_a_file_without_booking_dates_says_what_to_ask_for(five, ask):
    with pytest.raises(DataError, match="ask for the report with the booking date"):
        ask(five.drop(columns="booking_gap"))
    blank = five.assign(booking_gap=pd.Categorical(["Unknown"] * 5, GAPS, ordered=True))
    with pytest.raises(DataError, match="does not say how long before"):
        ask(blank)


def test_the_spread_adds_up_to_a_hundred_in_order(five):
    spread = booking_gap(five)
    assert spread["gap"].tolist() == list(GAPS)
    assert spread["value"].sum() == pytest.approx(100)
    assert spread.loc[spread["gap"] == "Same Day", "count"].item() == 50


def test_a_split_spread_adds_up_to_a_hundred_each(five):
    spread = booking_gap(five.assign(mode=pd.Categorical(["a", "a", "b", "c", "b"])), by="mode")
    assert spread.groupby("mode", observed=True)["value"].sum().round(9).to_dict() == {
        "a": 100,
        "b": 100,
    }


def test_only_booked_before_the_last_outcome_is_in_the_past():
    appts = tidy(
        date=["2026-03-09", "2026-03-10", "2026-03-13", "2026-03-13", "2026-03-16"],
        status=["Booked", "Attended", "Attended", "Booked", "Booked"],
        count=[1, 8, 1, 50, 70],
    )
    assert booked_in_past(appts)[["value", "n"]].values.tolist() == [[10.0, 10.0]]


def test_no_slot_left_booked_is_nought_not_an_error(weeks):
    assert booked_in_past(weeks(2))["value"].tolist() == [0.0, 0.0]


def test_a_national_file_cannot_show_slots_left_booked(months):
    with pytest.raises(DataError, match="no 'Booked' status"):
        booked_in_past(months([2000, 2000]))
