"""What became of calls, by quarter of an hour, and how many people they were."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.data import synthetic
from pcqa_teach.data.demo import load_demo
from pcqa_teach.data.synthetic.exports import phone_logs
from pcqa_teach.errors import DataError
from pcqa_teach.flow import call_outcomes, call_profile
from pcqa_teach.flow.redials import begins_chain, chains


@pytest.fixture(scope="module")
def planted() -> pd.DataFrame:
    """Sixty days of winter calls with the number that each comes from."""
    calls = synthetic.practice(days=60, list_size=4000).calls
    return calls.assign(caller=phone_logs.numbers(calls))


def test_the_demo_is_counted_as_it_was_made():
    calls = load_demo("calls")
    found = call_outcomes(calls, opens="06:00")
    assert found.total["offered"] == len(calls)
    labels = {"answered": "Answered", "missed": "Missed", "in_menu": "Ended in menu",
              "call_back": "Call-back asked"}  # fmt: skip
    for name, label in labels.items():
        assert found.total[name] == (calls["outcome"] == label).sum()
        assert found.quarters[name].sum() == found.total[name]
    assert found.method == "redial_of"
    begun = calls["redial_of"].map(calls.set_index("call_id")["start"])
    late = calls["start"] - begun > pd.Timedelta(minutes=30)
    assert found.total["redials"] == (calls["redial_of"].notna() & ~late).sum()
    all_day = call_outcomes(calls, opens="06:00", within_minutes=600)
    assert all_day.total["redials"] == calls["redial_of"].notna().sum()
    waits = calls["queue_s"][calls["outcome"] == "Answered"]
    assert found.total["median_wait_s"] == waits.median()
    assert found.total["p90_wait_s"] == pytest.approx(waits.quantile(0.9))


def test_people_by_their_numbers_are_the_people_that_were_planted(planted):
    found = call_outcomes(planted.drop(columns="redial_of"), opens="06:00")
    person = phone_logs.people(planted)
    gap = planted["start"].groupby([planted["start"].dt.normalize(), person]).diff()
    again = gap.notna() & (gap <= pd.Timedelta(minutes=30))
    assert found.method == "caller"
    assert found.total["redials"] == again.sum() > 50
    late = (planted["redial_of"].notna() & ~again).sum()
    assert found.total["people"] == planted["redial_of"].isna().sum() + late
    told = call_outcomes(planted.drop(columns="caller"), opens="06:00")
    reached = planted[planted["outcome"] == "Answered"].groupby(person).size()
    assert told.reached == len(reached)
    assert abs(found.reached - told.reached) <= late
    assert call_profile(planted.drop(columns="redial_of")).people == found.total["people"]
    by_link = call_outcomes(planted.drop(columns="caller"), opens="06:00", closes="20:00")
    assert call_profile(planted.drop(columns="caller")).people == by_link.total["people"]


@given(order=st.permutations(range(9)), by=st.sampled_from(["caller", "redial_of"]))
def test_the_order_of_the_rows_makes_no_difference(order, by):
    """Newest first is how many systems export; a tie in time is as good either way round."""
    rows = pd.DataFrame({
        "start": pd.to_datetime([f"2025-03-03 08:{minute:02d}" for minute in
                                 (0, 5, 10, 10, 12, 14, 14, 50, 55)]),
        "call_id": [7, 3, 9, 2, 1, 8, 4, 6, 5],
        "redial_of": [None, 7, 3, None, 2, 9, 1, 8, 99],
        "caller": [*"aaabbab", "a", None],
        "outcome": ["Missed"] * 5 + ["Answered"] * 4, "queue_s": range(9)})  # fmt: skip
    whole = call_outcomes(rows[["start", "outcome", "queue_s", "call_id", by]])
    found = call_outcomes(rows[["start", "outcome", "queue_s", "call_id", by]].iloc[list(order)])
    pd.testing.assert_series_equal(found.total, whole.total)
    pd.testing.assert_frame_equal(found.quarters, whole.quarters)
    assert (found.method, found.total["people"], found.reached) == (by, 4, 4)
    wide = call_outcomes(rows[["start", "outcome", "call_id", by]], within_minutes=40)
    assert wide.total["people"] == 3


def test_redials_end_after_half_an_hour_and_at_another_number():
    day = pd.to_datetime(["2025-03-03 08:00:00", "2025-03-03 08:30:00", "2025-03-03 09:00:01",
                          "2025-03-03 08:10:00", "2025-03-04 08:00:00"])  # fmt: skip
    start, caller = pd.Series(day), pd.Series(["a", "a", "a", "b", "a"])
    chain = chains(start, caller)
    assert chain.tolist() == [0, 0, 2, 1, 3]
    assert begins_chain(start, chain).tolist() == [True, False, True, True, True]
    assert chains(start, caller, 31).tolist() == [0, 0, 0, 1, 2]


def test_a_withheld_number_is_somebody_new_each_time_and_that_is_said(planted):
    hidden = planted.drop(columns="redial_of").copy()
    hidden.loc[hidden.index % 4 == 0, "caller"] = None
    found = call_outcomes(hidden, opens="06:00")
    full = call_outcomes(planted.drop(columns="redial_of"), opens="06:00")
    assert found.unlinked == hidden["caller"].isna().sum()
    assert found.total["people"] > full.total["people"]
    assert "cannot be linked" in found.explain()


def test_counts_by_the_quarter_of_an_hour_have_no_median_and_no_people():
    rows = pd.DataFrame({
        "start": pd.to_datetime(["2025-03-03 08:00", "2025-03-03 08:00", "2025-03-03 08:15"]),
        "period": "quarter-hour", "outcome": ["Answered", "Missed", "Answered"],
        "count": [12, 5, 10], "queue_s": [95.0, np.nan, 60.0]})  # fmt: skip
    found = call_outcomes(rows, closes="09:00")
    assert found.quarters["offered"].tolist() == [17, 10, 0, 0]
    assert found.quarters["missed"].tolist() == [5, 0, 0, 0]
    assert found.quarters["median_wait_s"].isna().all()
    assert found.method is None
    assert found.reached is None
    assert found.message == "81% of calls were answered"
    assert "does not show who rang again" in found.explain()
    assert found.figure().alt == found.alt_text


def test_a_weekday_and_hours_alone(planted):
    monday = call_outcomes(planted, weekday="Monday", opens="08:00", closes="10:00")
    inside = planted[(planted["start"].dt.day_of_week == 0) & planted["start"].dt.hour.isin([8, 9])]
    assert monday.total["offered"] == len(inside)
    assert monday.days == inside["start"].dt.normalize().nunique()
    assert monday.quarters["clock"].tolist()[0] == "08:00"
    assert len(monday.quarters) == 8
    assert "on Mondays" in monday.message


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"weekday": "Caturday"}, "is no weekday"),
        ({"opens": "02:00", "closes": "03:00"}, "no calls from 02:00 to 03:00"),
        ({"outcome": "fate"}, "no column 'fate'"),
        ({"within_minutes": -1}, "within_minutes"),
    ],
)
def test_what_cannot_be_counted_is_said(options, said, planted):
    with pytest.raises(DataError, match=said):
        call_outcomes(planted, **options)


def test_the_picture_has_both_panels_and_an_alt_text(planted):
    found = call_outcomes(planted)
    drawn = found.figure()
    assert drawn.alt.startswith("Stacked bars of calls")
    assert "waits below" in drawn.alt
    assert len(found.data_table().frame) == len(found.quarters) == 42


def test_a_log_in_which_nobody_waits_is_not_said_in_noughts(planted):
    said = call_outcomes(planted.assign(queue_s=0.0)).explain()
    assert "0 seconds" not in said
    assert "did not wait at all. Ask your supplier when its clock begins" in said
