"""The work of the calls against the staff, and the changes that are tried out."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.data.demo import load_demo
from pcqa_teach.data.synthetic.exports import phone_logs
from pcqa_teach.errors import DataError
from pcqa_teach.flow import desk_load, first_tries, what_if
from pcqa_teach.flow.desk_load import TALK, staff_by_quarter
from pcqa_teach.flow.erlang import erlang_a

STAFF = {"08:00": 2, "16:00": 1}


@pytest.fixture(scope="module")
def demo() -> pd.DataFrame:
    return load_demo("calls")


@pytest.fixture(scope="module")
def desk(demo):
    return desk_load(demo, STAFF, weekday="Monday")


def quarter(people: int, **columns: object) -> pd.DataFrame:
    """Give a quarter of an hour in which so many people ring once."""
    start = pd.Timestamp("2025-03-03 08:00") + pd.to_timedelta(np.arange(people), unit="s")
    names = [f"n{one}" for one in range(people)]
    return pd.DataFrame({"start": start, "outcome": "Answered", "caller": names} | columns)


def test_the_load_is_people_times_seconds_over_nine_hundred():
    found = desk_load(quarter(20, handled_s=120.0), 3, closes="08:15").quarters.iloc[0]
    assert (found["people"], found["load"], found["over"]) == (20, 4.0, True)


def test_a_load_as_large_as_the_staff_is_over_and_one_below_is_not():
    calls = quarter(20, handled_s=120.0)
    assert desk_load(calls, 4, closes="08:15").over["clock"].tolist() == ["08:00"]
    assert desk_load(calls, 5, closes="08:15").over.empty


def test_who_rings_three_times_is_one_person_and_the_menu_is_no_work():
    start = pd.to_datetime([f"2025-03-03 08:0{n}" for n in range(5)])
    rows = pd.DataFrame(
        {
            "start": start,
            "caller": ["a", "a", "a", "b", "c"],
            "outcome": ["Missed", "Missed", "Answered", "Answered", "Ended in menu"],
        }
    )
    assert desk_load(rows, 1, closes="08:15").quarters["people"].tolist() == [2.0]
    every = desk_load(rows.drop(columns="caller"), 1, closes="08:15", redial=0.5)
    assert every.quarters["people"].tolist() == [3.0]  # two of four gave up, half of them ring on
    assert every.method == "stated"


def test_where_nobody_gave_up_and_callers_are_not_known_calls_stand_for_people():
    rows = quarter(6).drop(columns="caller")
    assert first_tries(rows).method is None
    found = desk_load(rows, 1, closes="08:15")
    assert found.quarters["people"].tolist() == [6.0]
    assert "Calls stand for people" in found.explain()


def test_the_needed_staff_would_do_and_one_fewer_would_not(desk):
    top = desk.quarters.iloc[int(desk.quarters["needed"].argmax())]
    rate, many = 4 * top["people"], int(top["needed"])
    shares = erlang_a(rate, desk.handling, [many - 1, many], 240, 60).table["within"]
    assert shares.iloc[0] < 0.8 <= shares.iloc[1]


def test_lengths_are_those_of_the_log_where_it_has_them_and_said_to_be_assumed_elsewhere(demo):
    own = desk_load(demo, 2)
    assert own.talk == pytest.approx(demo["handled_s"].mean())
    assert "the log's own mean" in own.explain()
    bare = desk_load(demo.drop(columns="handled_s"), 2)
    assert (bare.talk, bare.talk_known) == (TALK, False)
    assert "an assumption, as the log does not say" in bare.explain()
    assert desk_load(demo, 2, talk_seconds=200).talk == 200


def test_a_counted_log_gives_nearly_the_same_load(demo, tmp_path):
    import pcqa_teach as pcqa

    path = tmp_path / "counts.csv"
    path.write_bytes(phone_logs.rendered("alder_counts", demo).data)
    found = desk_load(pcqa.read(path), STAFF, weekday="Monday", talk_seconds=155)
    exact = desk_load(demo, STAFF, weekday="Monday", talk_seconds=155)
    assert found.quarters["load"].sum() == pytest.approx(exact.quarters["load"].sum(), rel=0.1)


def test_the_warning_names_the_times_and_says_what_no_formula_does(desk):
    said = desk.explain()
    assert "Warning: from 08:00 to 08:30" in said
    assert "Erlang C has no answer there" in said
    calm = desk_load(quarter(5, handled_s=60.0), 20, closes="08:15")
    assert "Warning" not in calm.explain()
    assert "the work fits on average all day" in calm.message


@pytest.mark.parametrize(
    ("staff", "sentence"),
    [
        ({}, "staff is empty"),
        ({"10:00": 2}, "staff begins at 10:00, and the lines open at 08:00"),
        ({"08:00": 0}, "staff is nought all day"),
        (0, "staff must be a whole number"),
        ({"eight": 2}, "opens is not a time of day"),
    ],
)
def test_staff_that_cannot_be_used_is_one_sentence(staff, sentence):
    with pytest.raises(DataError, match=sentence):
        staff_by_quarter(staff)


def test_longer_stretches_than_a_quarter_of_an_hour_are_refused():
    rows = quarter(5).assign(period="hour")
    with pytest.raises(DataError, match="longer than a quarter of an hour"):
        desk_load(rows, 2)


def test_a_log_of_the_menu_alone_and_a_weekday_without_calls_are_one_sentence(demo):
    with pytest.raises(DataError, match="none reached the desk"):
        desk_load(quarter(3).assign(outcome="Ended in menu"), 2)
    with pytest.raises(DataError, match="There are no calls on 'Sunday'"):
        desk_load(demo, 2, weekday="Sunday")


@pytest.fixture(scope="module")
def tried(desk):
    return what_if(desk, days=60)


def test_moved_hours_are_the_same_hours_and_somebody_pays(tried):
    hours = tried.rows.set_index("name")["hours"]
    moved = tried.row("The same hours, some moved to 8 to 10")
    assert moved["hours"] == hours["As it is"] == 18.5
    assert moved["early"] > tried.rows["early"].iloc[0]
    assert moved["late"] < tried.rows["late"].iloc[0]
    assert "Somebody pays" in tried.explain()
    assert tried.best["hours"] <= 18.5


def test_the_people_are_as_many_whoever_answers(tried):
    people = tried.rows.set_index("name")["people"]
    assert people["One person more from 8 to 10"] == people["As it is"]
    fewer = people["One call in ten need not be made"]
    assert fewer == pytest.approx(0.9 * people["As it is"], rel=0.03)


def test_the_simulation_is_held_against_the_log(tried, desk):
    assert "near enough to compare" in tried.explain()
    alone = what_if(desk_load(load_demo("calls"), {"08:00": 12}, weekday="Monday"), days=20)
    assert "They are far apart" in alone.explain()


def test_where_one_answers_no_hours_can_be_moved_and_without_staff_nothing_is_tried(demo):
    names = what_if(desk_load(demo, 1), days=5).rows["name"].tolist()
    assert "The same hours, some moved to 8 to 10" not in names
    with pytest.raises(DataError, match="It was not said how many answer"):
        what_if(desk_load(demo))


def test_each_has_a_picture_with_its_words(desk, tried):
    for found in (desk, tried):
        drawn = found.figure()
        assert drawn.alt == found.alt_text
        assert found.message in drawn.alt


def test_without_staff_the_way_to_say_it_is_not_code(demo):
    said = desk_load(demo).explain()
    assert "no line of staff is drawn: say it where the form asks" in said
    assert "{'" not in said
