"""The ordinary week, the days of the week, the data panel and their pictures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach import measures
from pcqa_teach.errors import DataError
from pcqa_teach.measures import draw
from pcqa_teach.measures.tidy import tidy


def cell(frame: pd.DataFrame, row: str, column: str) -> str:
    first = frame.columns[0]
    return frame.loc[frame[first].str.contains(row, regex=False), column].item()


def test_the_week_in_numbers(weeks):
    numbers = measures.week_numbers(weeks(12, Attended=80, DNA=5, Available=15))
    assert numbers["mean"].to_dict() == {
        "offered": 500,
        "filled": 425,
        "came": 400,
        "missed": 25,
        "unknown": 0,
        "unused": 75,
    }


def test_demand_is_never_filled_in(weeks):
    picture = measures.week_picture(weeks(12))
    assert cell(picture, "Demand", "Mean") == "not in an appointment book"
    assert cell(picture, "Capacity", "Mean") == "not in this file"
    assert cell(picture, "Queue", "Mean") == "not in this file"


def test_the_queue_is_what_is_booked_for_later_days(weeks):
    later = weeks(1, start="2026-03-30", Booked=20)
    assert cell(measures.week_picture(pd.concat([weeks(12), later])), "Queue", "Mean") == "100"


def test_mondays_are_averaged_over_mondays_that_were_working_days():
    days = pd.bdate_range("2026-04-27", "2026-05-15")
    days = days[days != "2026-05-04"]
    busy = [120 if day.day_of_week == 0 else 80 for day in days]
    profile = measures.weekday_profile(tidy(date=days, status=["Attended"] * 14, count=busy))
    assert profile["value"].tolist() == [120, 80, 80, 80, 80]
    assert profile["n"].tolist() == [2, 3, 3, 3, 3]


def test_months_have_no_days_of_the_week(months):
    with pytest.raises(DataError, match="days of the week cannot be told apart"):
        measures.weekday_profile(months([2000] * 12))


def test_the_panel_says_what_is_weak(weeks):
    panel = measures.data_quality(weeks(12, Attended=90, DNA=5, Unknown=4, Booked=1))
    assert cell(panel, "Whole weeks", "Answer") == "12 weeks"
    assert cell(panel, "Booking gap unknown", "Answer") == "not in this file"
    assert cell(panel, "Still marked Booked", "Answer") == "1.0%"


def test_the_panel_of_a_national_file_has_no_booked_row(months):
    questions = measures.data_quality(months([2000] * 3))["Question"]
    assert not questions.str.contains("Booked").any()


def test_pictures_say_their_numbers_in_words():
    gap = ["Same Day", "1 Day", "2 to 7 Days", "8 to 14 Days", "More than 28 Days"]
    days = pd.bdate_range("2026-03-09", periods=5)
    appts = tidy(date=days, status=["Attended"] * 5, count=[40, 10, 20, 10, 20], booking_gap=gap)
    bars = measures.booking_gap_figure(measures.booking_gap(appts))
    assert "40% of appointments were booked on the day, 20% over two weeks ahead" in bars.alt
    week = measures.weekday_figure(measures.weekday_profile(appts))
    assert week.alt.startswith("Bar chart. Monday is the busiest day in the book")
    assert bars.svg.startswith(b"<?xml")
    assert week.png.startswith(b"\x89PNG")


def test_whose_figures_these_are():
    def whose(**columns):
        return measures.about(tidy(date=["2026-03-09"] * 2, status=["DNA"] * 2, **columns))

    assert "one practice's own" in whose(practice=["G-1", "G-1"])
    assert "holds 2 practices" in whose(practice=["G-1", "G-2"])
    assert "an area, not a practice" in whose(area=["A", "A"])
    assert "no column says whose" in whose()


def test_the_horizon_is_in_the_table_not_in_todays_date(weeks):
    frame = weeks(2, start="2035-01-01")
    assert np.isfinite(measures.dna_rate(frame)["value"]).all()


def test_a_question_that_cannot_be_answered_prints_one_sentence_and_goes_on(weeks, capsys):
    filled = measures.if_possible(measures.utilisation, weeks(2))
    assert filled is None
    assert capsys.readouterr().out.count("\n") == 1
    assert measures.if_possible(len, filled) is None
    assert capsys.readouterr().out == ""


def test_small_numbers_of_the_week_are_put_in_words(weeks):
    picture = measures.week_picture(weeks(12, Attended=80, DNA=20, Unknown=0))
    assert cell(picture, "missed", "Mean") == "100"
    rare = pd.concat([weeks(12, Attended=80), weeks(1, Attended=0, DNA=1).iloc[:20]])
    assert cell(measures.week_picture(rare), "missed", "Lowest to highest") == "0 to 5"
    rarer = rare[~((rare["status"] == "DNA") & (rare["date"] > "2026-01-06"))]
    assert cell(measures.week_picture(rarer), "missed", "Mean") == "0"
    assert cell(measures.week_picture(rarer), "missed", "Lowest to highest") == "0 to fewer than 5"


def test_days_that_are_alike_are_not_ranked():
    week = pd.DataFrame({"weekday": ["Monday", "Tuesday", "Wednesday"], "value": [7.0, 7.2, 6.9]})
    assert draw._weekday_title(week) == "No day of the week stands out"
    week["value"] = [9.0, 7.2, 6.9]
    assert draw._weekday_title(week) == "Monday is the busiest day in the book (9)"


def test_what_was_cancelled_is_counted_out_in_words():
    days = pd.date_range("2026-03-09", periods=5)
    marks = ["Attended", "DNA", "Attended", "Cancelled", "Attended"]
    table = measures.data_quality(tidy(date=days, status=marks, count=[10, 2, 10, 9, 10]))
    answers = table.set_index("Question")["Answer"]
    assert answers["Appointments whose day has passed"] == "32"
    assert answers["Other rows, not counted as appointments"] == "9 cancelled"


def test_a_measure_that_never_moves_has_no_lowest_week():
    days = pd.date_range("2026-03-09", periods=19)
    same = tidy(date=days, status=["Attended"] * 19)
    assert measures.in_a_sentence(measures.dna_rate(same)).endswith(": none in any week.")


def test_outcomes_that_a_file_does_not_tell_are_not_noughts(weeks):
    picture = measures.week_picture(weeks(12, Unknown=80))
    assert cell(picture, "Activity", "Mean") == "400"
    for row in ("the person came", "missed (DNA)", "outcome unknown"):
        assert cell(picture, row, "Mean") == "not in this file"
