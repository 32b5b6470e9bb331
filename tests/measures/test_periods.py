"""Whole weeks and months, and what is said of the rest."""

from __future__ import annotations

import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.measures import dna_rate, weekly_counts
from pcqa_teach.measures.periods import periods
from pcqa_teach.measures.tidy import tidy


def notes(frame: pd.DataFrame) -> str:
    return " ".join(frame.attrs["pcqa"]["notes"])


def daily(first: str, last: str, status: str = "Attended") -> pd.DataFrame:
    days = pd.bdate_range(first, last)
    return tidy(date=days, status=[status] * len(days))


def starts(appts: pd.DataFrame, every: str | None = None) -> list[str]:
    return periods(appts, every).starts.astype(str).tolist()


def test_part_weeks_at_both_ends_are_dropped_and_said():
    frame = weekly_counts(daily("2026-01-07", "2026-01-28"))
    assert frame["x"].astype(str).tolist() == ["2026-01-12", "2026-01-19"]
    assert "the part-weeks at both ends are left out" in notes(frame)


def test_a_last_part_week_alone_is_said_alone():
    frame = weekly_counts(daily("2026-01-05", "2026-01-20"))
    assert len(frame) == 2
    assert "the last, a part-week, is left out" in notes(frame)


def test_a_week_from_monday_to_friday_is_whole():
    assert starts(daily("2026-01-05", "2026-01-16")) == ["2026-01-05", "2026-01-12"]


def test_a_week_that_begins_with_a_bank_holiday_is_whole_from_its_tuesday():
    assert starts(daily("2026-05-05", "2026-05-15")) == ["2026-05-04", "2026-05-11"]


def test_a_week_that_ends_with_a_bank_holiday_is_whole_on_its_thursday():
    assert starts(daily("2026-03-23", "2026-04-02"))[-1] == "2026-03-30"


def test_too_short_an_export_has_no_whole_week_and_no_error():
    frame = weekly_counts(daily("2026-01-06", "2026-01-08"))
    assert frame.empty
    assert list(frame.columns) == ["x", "value", "n", "working_days", "holiday"]


def test_part_months_of_daily_rows_are_dropped_and_whole_ones_kept():
    assert starts(daily("2026-01-15", "2026-03-31"), "month") == ["2026-02-01", "2026-03-01"]


def test_months_of_a_national_file_are_whole(months):
    frame = weekly_counts(months([2000, 2000, 2000]))
    assert len(frame) == 3
    assert "part-" not in notes(frame)


def test_weeks_of_a_monthly_file_are_refused(months):
    with pytest.raises(DataError, match="counts whole months"):
        dna_rate(months([2000]), every="week")


def test_a_last_month_far_below_the_others_is_doubted(months):
    assert "it may be incomplete" in notes(weekly_counts(months([2000, 2100, 2050, 700])))
    assert "incomplete" not in notes(weekly_counts(months([2000, 2100, 2050, 1700])))


def test_a_missing_month_is_a_gap_not_nought(months):
    frame = weekly_counts(months([2000, 2100, 2050, 2000]).drop(index=1))
    assert frame["value"].isna().tolist() == [False, True, False, False]
    assert "No rows for 1 month (May 2025)" in notes(frame)


def test_a_closed_week_is_a_gap_not_nought():
    both = pd.concat([daily("2026-01-05", "2026-01-16"), daily("2026-01-26", "2026-02-06")])
    frame = weekly_counts(both)
    assert frame["value"].isna().sum() == 1
    assert "No rows for 1 week (starting 19 Jan 2026): closed, or missing" in notes(frame)


def test_an_open_week_without_appointments_is_nought():
    quiet = daily("2026-01-12", "2026-01-16", status="Available")
    rest = [daily("2026-01-05", "2026-01-09"), daily("2026-01-19", "2026-01-23")]
    assert weekly_counts(pd.concat([*rest, quiet]))["value"].tolist() == [1.0, 0.0, 1.0]


def test_days_that_had_not_happened_are_left_out_and_said():
    later = daily("2026-01-26", "2026-02-06", status="Booked")
    frame = weekly_counts(pd.concat([daily("2026-01-05", "2026-01-23"), later]))
    assert len(frame) == 3
    assert "Days after 23 Jan 2026" in notes(frame)


def test_weeks_with_a_bank_holiday_are_marked_and_said():
    frame = weekly_counts(daily("2026-03-23", "2026-04-17"))
    assert frame["holiday"].tolist() == [False, True, True, False]
    assert "Bank holidays: weeks starting 30 Mar 2026 and 6 Apr 2026." in notes(frame)


def test_days_leave_weekends_out_but_keep_a_saturday_clinic():
    days = [*pd.bdate_range("2026-01-05", "2026-01-13"), pd.Timestamp("2026-01-10")]
    appts = tidy(date=days, status=["Attended"] * len(days))
    assert len(weekly_counts(appts, every="day")) == 8


def test_daily_and_monthly_rows_do_not_mix(months):
    with pytest.raises(DataError, match="mixes daily and monthly"):
        weekly_counts(pd.concat([months([2000]), daily("2026-01-05", "2026-01-09")]))


def test_an_empty_table_is_one_sentence():
    with pytest.raises(DataError, match="no appointments in this table"):
        dna_rate(daily("2026-01-05", "2026-01-09").head(0))


def test_a_table_that_is_not_tidy_says_which_column_is_missing():
    with pytest.raises(DataError, match="column 'count' is missing"):
        dna_rate(daily("2026-01-05", "2026-01-09").drop(columns="count"))


def test_an_unknown_period_is_refused():
    with pytest.raises(DataError, match="use 'day', 'week' or 'month'"):
        dna_rate(daily("2026-01-05", "2026-01-09"), every="fortnight")


def test_months_are_not_marked_for_their_bank_holidays(months):
    frame = weekly_counts(months([2000, 2000]))
    assert list(frame.columns) == ["x", "value", "n", "working_days"]
    assert "Bank" not in notes(frame)
