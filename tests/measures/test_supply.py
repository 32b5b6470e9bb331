"""Activity on working days, per 1,000 patients, and slots filled."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.measures import per_1000, utilisation, weekly_counts
from pcqa_teach.measures.tidy import tidy


def test_a_four_day_week_is_divided_by_four():
    days = ["2026-04-27", "2026-05-01", "2026-05-05", "2026-05-08"]
    frame = weekly_counts(tidy(date=days, status=["Attended"] * 4, count=[250, 250, 200, 200]))
    assert frame["n"].tolist() == [500, 400]
    assert frame["value"].tolist() == [100.0, 100.0]
    assert "Put on working days" in frame.attrs["pcqa"]["notes"][0]


def test_months_are_put_on_working_days_too(months):
    frame = weekly_counts(months([2000, 2000]))
    assert frame["working_days"].tolist() == [20, 20]
    assert frame["value"].tolist() == [100.0, 100.0]


def test_per_1000_is_a_five_day_week_whatever_the_period(months, weeks):
    assert per_1000(months([2000]), 10_000)["value"].tolist() == [50.0]
    assert per_1000(weeks(1), 10_000)["value"].tolist() == [50.0]


def test_per_1000_names_its_list_size(weeks):
    frame = per_1000(weeks(1), 9800)
    assert frame["n"].tolist() == [9800]
    assert frame.attrs["pcqa"]["notes"][0].startswith("List size 9,800")


@pytest.mark.parametrize("size", [0, -5, np.nan, np.inf, "9800", True])
def test_a_list_size_that_is_no_number_is_refused(weeks, size):
    with pytest.raises(DataError, match="not a number above nought"):
        per_1000(weeks(1), size)


def test_without_a_list_size_one_sentence_says_what_to_give(weeks):
    with pytest.raises(DataError, match="give list_size, for example"):
        per_1000(weeks(1), None)


def test_per_1000_a_day_is_refused(weeks):
    with pytest.raises(DataError, match="counted a week"):
        per_1000(weeks(1), 9800, every="day")


def test_filled_slots_include_the_missed_and_leave_out_cancelled_and_blocked(weeks):
    appts = weeks(1, Attended=80, DNA=10, Available=10, Cancelled=7, Blocked=9)
    assert utilisation(appts)["value"].tolist() == [90.0]


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("systmone_appointments", "The SystmOne appointment report has no unused slots"),
        ("gpad_practice", "NHS England's practice-level file has no unused slots"),
        ("emis_slots", "This EMIS slot list has no unused slots"),
    ],
)
def test_a_format_without_unused_slots_is_named(weeks, source, name):
    appts = weeks(1).assign(source=pd.Categorical([source] * 15))
    with pytest.raises(DataError, match=name):
        utilisation(appts)


def test_unused_slots_of_days_to_come_do_not_count(weeks):
    later = weeks(1, start="2026-01-12", Available=50)
    with pytest.raises(DataError, match="no unused slots"):
        utilisation(pd.concat([weeks(1), later]))


def test_a_million_rows_take_a_second_or_two_not_a_loop():
    rng = np.random.default_rng(1)
    days = pd.bdate_range("2024-01-01", periods=500).to_numpy()
    frame = pd.DataFrame({"date": rng.choice(days, 200_000).astype("datetime64[s]")})
    frame["period"] = pd.Categorical.from_codes([0] * len(frame), ["day"])
    frame["status"] = pd.Categorical.from_codes(
        rng.integers(0, 2, len(frame)).tolist(), ["Attended", "DNA"]
    )
    frame["count"] = 1
    frame["source"] = pd.Categorical.from_codes([0] * len(frame), ["tidy"])
    clinician = rng.integers(0, 300, len(frame)).tolist()
    frame["clinician"] = pd.Categorical.from_codes(clinician, [f"C-{i}" for i in range(300)])
    split = weekly_counts(frame, by="clinician")
    assert split["clinician"].nunique() == 300
    assert split["n"].sum() == weekly_counts(frame)["n"].sum()
