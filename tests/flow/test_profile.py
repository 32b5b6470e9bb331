"""When calls come, and how many people they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.data.demo import load_demo
from pcqa_teach.errors import DataError
from pcqa_teach.flow import call_outcomes, call_profile, simulate_phones


def test_mondays_early_share_and_ratio_are_as_counted_by_hand(calls):
    shape = call_profile(calls)
    assert shape.monday_share == pytest.approx(3 / 9)
    assert shape.monday_ratio == pytest.approx(3.0)
    assert shape.weekdays["calls_a_day"].tolist() == [9, 4]
    assert shape.weekdays["share"].tolist() == pytest.approx([9 / 13, 4 / 13])
    assert shape.weekdays["index"].tolist() == pytest.approx([9 / 6.5, 4 / 6.5])


def test_the_headline_sets_numbers_beside_numbers_and_shares_beside_shares(calls):
    assert call_profile(calls).message == (
        "On Mondays 3 calls come from 8 to 10 am, against 1 on other weekdays (33% of the day's"
        " calls against 25%)"
    )
    alone = call_profile(calls[calls["start"].dt.day_of_week == 0])
    assert alone.message == "On Mondays 3 calls come from 8 to 10 am (33% of the day's calls)"


def test_ten_o_clock_is_not_early_and_eight_is(calls):
    early = call_profile(calls).weekdays["early_a_day"].tolist()
    assert early == [3, 1]


def test_quarters_add_up_to_the_day(calls):
    shape = call_profile(calls)
    assert shape.quarters.groupby("weekday", sort=False)["calls"].sum().tolist() == [9, 4]
    assert shape.arrivals("Monday", "00:00", "23:59").sum() == 9
    assert shape.arrivals(None, "00:00", "23:59").sum() == pytest.approx(6.5)
    assert len(shape.arrivals("Monday")) == 42


def test_without_redials_in_the_file_people_are_not_guessed(calls):
    shape = call_profile(calls)
    assert shape.people is None
    assert "Calls are not people" in shape.explain()


def test_a_stated_share_of_those_who_gave_up_is_taken_off(calls):
    shape = call_profile(calls, redial=0.5)
    lost = (calls["outcome"] == "Missed").sum()
    assert shape.people == len(calls) - 0.5 * lost
    assert "if 50% of those who gave up rang again (an assumption" in shape.explain()


def test_a_file_that_names_redials_is_believed(calls):
    repeats = np.where(np.arange(len(calls)) < 4, "K1", None)
    shape = call_profile(calls.assign(redial_of=repeats))
    assert shape.people == len(calls) - 4
    assert "26 calls: about 22 first tries and 4 redials." in shape.explain()


def test_the_estimate_finds_the_people_behind_simulated_calls():
    run = simulate_phones([30, 20, 14, 10, 8, 6, 6, 6], 3, days=100, seed=3)
    start = pd.Timestamp("2025-03-03 08:00") + pd.to_timedelta(run.calls["at_seconds"], unit="s")
    frame = pd.DataFrame({"start": start, "outcome": run.calls["outcome"].astype(str)})
    found = call_profile(frame, redial=0.6).people
    assert found == pytest.approx(run.days["people"].sum(), rel=0.02)


def test_the_invented_practice_has_the_planted_shape():
    shape = call_profile(load_demo("calls"))
    assert 0.25 < shape.monday_share < 0.33
    assert 1.4 < shape.monday_ratio < 2.0
    assert shape.people is not None
    assert shape.people < shape.calls
    assert "08:00" in shape.explain()


def test_counted_files_and_single_calls_agree(calls):
    counted = calls.groupby("start").size().reset_index(name="n")
    a, b = call_profile(counted, count="n"), call_profile(calls)
    pd.testing.assert_frame_equal(a.weekdays, b.weekdays)
    assert a.calls == b.calls


def test_a_series_of_times_is_enough_and_row_order_does_not_matter(calls):
    shuffled = calls.sample(frac=1, random_state=1)
    a, b = call_profile(calls["start"]), call_profile(shuffled["start"])
    pd.testing.assert_frame_equal(a.quarters, b.quarters)


def test_times_with_a_zone_are_put_on_londons_clock():
    summer = pd.to_datetime(["2025-07-07 07:05", "2025-07-07 09:30"], utc=True)
    shape = call_profile(pd.DataFrame({"start": summer}))
    assert shape.weekdays["early_a_day"].tolist() == [1]


def test_text_is_read_day_first(calls):
    text = calls.assign(start=calls["start"].dt.strftime("%d/%m/%Y %H:%M"))
    pd.testing.assert_frame_equal(call_profile(text).quarters, call_profile(calls).quarters)


def test_a_clock_an_hour_out_is_doubted(calls):
    early = calls.assign(start=calls["start"] - pd.Timedelta("1h"))
    early = pd.concat([early, early[early["start"].dt.hour == 7]])
    assert "which time zone" in call_profile(early).explain()
    assert "which time zone" not in call_profile(calls).explain()


def test_the_callers_table_is_left_as_it_was(calls):
    before = calls.copy(deep=True)
    call_profile(calls, redial=0.5)
    pd.testing.assert_frame_equal(calls, before)


def test_weekends_alone_are_described_too():
    saturday = pd.to_datetime(["2025-03-08 09:00", "2025-03-08 09:20"])
    shape = call_profile(pd.DataFrame({"start": saturday}))
    assert np.isnan(shape.monday_share)
    assert shape.weekdays["index"].tolist() == [1]
    assert "busiest quarter of an hour" in shape.message
    assert shape.figure().alt


@pytest.mark.parametrize(
    ("change", "more", "said"),
    [
        (lambda f: f.iloc[:0], {}, "has no rows"),
        (lambda f: f.drop(columns="start"), {}, "no column 'start'"),
        (lambda f: list(f["start"]), {}, "must be a pandas DataFrame"),
        (lambda f: f.assign(start=f["start"].where(f.index > 1)), {}, "is empty in rows"),
        (lambda f: f.assign(start="soon"), {}, "is not a date in 26 rows"),
        (lambda f: f.assign(start=5), {}, "is not a date"),
        (lambda f: f.assign(start=True), {}, "is not a date"),
        (lambda f: f.assign(n=-1), {"count": "n"}, "below 0"),
        (lambda f: f.assign(n=0), {"count": "n"}, "counts no calls"),
        (lambda f: f.assign(n="x"), {"count": "n"}, "is not a number in"),
        (lambda f: f, {"count": "m"}, "no column 'm'"),
        (lambda f: f, {"redial": 2}, "redial must be a number"),
        (lambda f: f.drop(columns="outcome"), {"redial": 0.6}, "no column 'outcome'"),
        (lambda f: f.assign(outcome="Fine"), {"redial": 0.6}, "gave_up="),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence(calls, change, more, said):
    with pytest.raises(DataError, match=said):
        call_profile(change(calls), **more)


def test_no_cell_of_text_is_repeated_in_a_complaint(calls):
    with pytest.raises(DataError) as caught:
        call_profile(calls.assign(start="Mrs Example rang"))
    assert "Example" not in str(caught.value)


def test_a_day_that_was_not_there_and_hours_back_to_front_are_refused(calls):
    with pytest.raises(DataError, match="choose one of Monday, Tuesday"):
        call_profile(calls).arrivals("Sunday")
    with pytest.raises(DataError, match="closes is not after opens"):
        call_profile(calls).arrivals(opens="18:00", closes="08:00")


def test_people_are_told_as_what_became_of_calls_tells_them():
    times = pd.to_datetime(["2025-03-03 08:00", "2025-03-03 08:05", "2025-03-03 08:15"])
    calls = pd.DataFrame({"start": times, "outcome": "Answered", "call_id": ["1", "2", "3"]})
    by_number = calls.assign(caller="a", redial_of=None)
    shape, found = call_profile(by_number), call_outcomes(by_number)
    assert (shape.people, shape.method) == (found.total["people"], found.method) == (1, "caller")
    by_link = calls.assign(redial_of=[None, "1", "2"])
    shape, found = call_profile(by_link), call_outcomes(by_link)
    assert (shape.people, shape.method) == (found.total["people"], found.method) == (1, "redial_of")
    strange = calls.assign(redial_of=[None, 1, 2])  # names no call of the log, and is kept as said
    assert call_profile(strange).people == 1
    assert call_outcomes(strange).method is None
