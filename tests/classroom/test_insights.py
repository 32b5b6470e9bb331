"""What the page of insights measures, says and keeps to itself."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from typer.testing import CliRunner

from pcqa_teach.classroom.folder import ClassFolder, Person
from pcqa_teach.classroom.insights import Measures, Names, measured, write
from pcqa_teach.classroom.insights import items as by_item
from pcqa_teach.classroom.insights.people import groups
from pcqa_teach.classroom.results import NothingMarked, results
from pcqa_teach.classroom.rubric import told
from pcqa_teach.cli import app
from pcqa_teach.errors import ClassroomError

from . import make, marked

WRONG = {"t1-1": 4, "t1-2": {"mean": 0, "largest": 2, "unit": "week"}}
HALF = {"t1-1": 5, "t1-2": {"mean": 0, "largest": 2, "unit": "day"}}


def _seen(course: ClassFolder) -> Measures:
    return measured(results(course.gradebook), told(course), course.roster())


def _difficulty(right: list[list[float]]) -> pd.DataFrame:
    """Return the difficulty of items of one point each: a list a person, one mark an item."""
    rows = [
        {"student": f"p{n}", "item": f"x-{m}", "notebook": "x", "score": mark, "max_score": 1.0,
         "outcome": "right"}
        for n, marks in enumerate(right) for m, mark in enumerate(marks)
    ]  # fmt: skip
    lessons = told(ClassFolder(make.ROOT / "tests", "none"))
    return by_item.difficulty(pd.DataFrame(rows), lessons).set_index("item")


def test_discrimination_is_the_point_biserial_against_the_rest_of_the_score() -> None:
    lot = np.random.default_rng(4)
    right = (lot.random((40, 5)) < lot.random((40, 1))).astype(float)
    found = _difficulty(right.tolist())
    for item in range(5):
        rest = np.delete(right, item, axis=1).mean(axis=1)
        wanted = stats.pointbiserialr(right[:, item], rest).statistic
        assert found.loc[f"x-{item}", "discrimination"] == pytest.approx(wanted)
        assert found.loc[f"x-{item}", "right"] == pytest.approx(right[:, item].mean())


def test_under_ten_people_or_where_all_did_alike_there_is_no_discrimination() -> None:
    few = _difficulty([[n % 2, 1, n % 3 == 0] for n in range(9)])
    assert few["discrimination"].isna().all()
    alike = _difficulty([[1, n % 2, n % 3 == 0] for n in range(12)])
    assert np.isnan(alike.loc["x-0", "discrimination"])
    assert not np.isnan(alike.loc["x-1", "discrimination"])


def test_part_of_an_item_is_not_right_but_counts_in_the_points() -> None:
    found = _difficulty([[0.5, 1.0]] * 4)
    assert found.loc["x-0", ["right", "points"]].tolist() == [0.0, 0.5]


def test_who_is_stuck_comes_with_the_reason_and_the_lesson(course: ClassFolder) -> None:
    marked.marks(course, {"right": marked.RIGHT, "wrong": WRONG, "half": HALF, "empty": {}})
    marked.marks(course, {"broken": marked.RIGHT}, trouble="it never ended")
    stuck = _seen(course).stuck.set_index("student")
    assert set(stuck.index) == {"wrong", "empty", "broken"}
    assert stuck.loc["broken", "why"] == "needs a person: it never ended"
    assert stuck.loc["empty", "why"] == "handed in, with nothing answered"
    assert stuck.loc["wrong", "why"] == "0% of the points; look at t1-1 and t1-2"
    assert set(stuck["lesson"]) == {make.LESSON}
    assert stuck.loc["wrong", "item"] == "t1-1"


def test_the_roster_knows_who_handed_in_nothing(course: ClassFolder) -> None:
    marked.roster(course, "p1,,,,", "p2,,,,")
    marked.marks(course, {"p1": {}})
    assert _seen(course).absent == ("p2",)


def test_the_commonest_wrong_answer_has_its_misconception_and_hint(course: ClassFolder) -> None:
    people = {f"m{n}": {"t1-1": 4} for n in range(3)} | {"s": {"t1-1": 15}, "o": {"t1-1": -1}}
    marked.marks(course, people)
    wrong = _seen(course).wrong
    first = wrong[wrong["item"] == "t1-1"].set_index("misconception")
    assert list(first.index) == ["median", "sum", ""]
    assert first.loc["median", ["people", "answered", "answer"]].tolist() == [3, 5, "4"]
    assert first.loc["median", "hint"] == "That is the middle one."
    assert first.loc["", ["people", "hint"]].tolist() == [1, ""]


def test_reflections_after_a_wrong_task_come_first_then_the_longest_waiting(
    course: ClassFolder,
) -> None:
    late = {"b": marked.NOON + timedelta(hours=2), "c": marked.NOON - timedelta(days=1)}
    marked.marks(
        course, {"a": marked.RIGHT, "b": WRONG, "c": marked.RIGHT, "d": WRONG, "e": marked.RIGHT},
        when=late, unwritten=["e"],
    )  # fmt: skip
    waiting = _seen(course).reflections
    assert list(waiting["student"]) == ["d", "b", "c", "a"]
    assert list(waiting["first"]) == [True, True, False, False]
    assert set(waiting["item_before"]) == {"t1-2"}


def test_a_reflection_that_was_read_is_not_listed(course: ClassFolder) -> None:
    marked.marks(course, {"a": marked.RIGHT, "b": WRONG})
    for item, score in (("t1-3", 2), ("t1-1", 0)):
        marked.by_hand(course, "b", item, score)
    assert list(_seen(course).reflections["student"]) == ["a"]


def test_the_time_course_goes_by_hours_within_two_days_and_else_by_days(
    new_class: Callable[[str], ClassFolder],
) -> None:
    for name, apart, hourly, steps in (("hours", timedelta(hours=3), True, 4),
                                       ("days", timedelta(days=4), False, 5)):  # fmt: skip
        course = new_class(name)
        marked.marks(course, {"a": {}, "b": {}, "c": {}}, when={"c": marked.NOON + apart})
        seen = _seen(course)
        assert seen.hourly is hourly
        assert (len(seen.time), seen.time["people"].iloc[0]) == (steps, 2)
        assert seen.time["people"].sum() == 3


def _grouped(shares: dict[str, list[float]]) -> tuple[pd.DataFrame, float]:
    rows, roster = [], {}
    for group, values in shares.items():
        for number, value in enumerate(values):
            code = f"{group}-{number}"
            roster[code] = Person(code, group=group)
            rows.append({"student": code, "score": value, "max_score": 1.0})
    return groups(pd.DataFrame(rows), roster)


def test_groups_that_luck_would_set_as_far_apart_are_said_to_be() -> None:
    found, by_luck = _grouped(
        {"N": [0.2, 0.4, 0.5, 0.6, 0.8], "S": [0.25, 0.45, 0.5, 0.55, 0.8], "W": [0.1] * 4}
    )
    assert found.set_index("group").loc["N", ["people", "mean"]].tolist() == [5, 0.5]
    assert list(found["group"]) == ["N", "S"]
    assert by_luck > 0.5
    _, rare = _grouped({"N": [0.1] * 12, "S": [0.9] * 12})
    assert rare < 0.01


def test_one_group_is_compared_with_nothing() -> None:
    found, by_luck = _grouped({"N": [0.1, 0.2, 0.3, 0.4, 0.5], "S": [0.9]})
    assert found.empty
    assert np.isnan(by_luck)


@pytest.fixture
def hostile(course: ClassFolder) -> ClassFolder:
    """A class with groups, somebody stuck, and answers that mean harm."""
    bad = '<script>alert("x")</script>'
    marked.roster(
        course,
        "blue-kettle,Ann,Example,ann@example.org,North",
        "red-door,Bob,Example,bob@example.org,South",
        "old-oak,Cy,Example,,South",
        "grey-gate,Di,Example,,South",
    )
    marked.marks(course, {"grey-gate": marked.RIGHT})
    marked.marks(course, {"blue-kettle": {"t1-1": bad, "t1-2": {bad: bad, "unit": bad}}})
    marked.marks(course, {"red-door": marked.RIGHT}, trouble=f"it said {bad}")
    return course


def test_people_are_shown_by_made_up_names_that_stay(hostile: ClassFolder) -> None:
    text = write(hostile).read_text()
    names = Names(hostile).of(["blue-kettle", "red-door", "old-oak"])
    assert all(name in text for name in names.values())
    assert len(set(names.values())) == 3
    assert not re.search(r"blue-kettle|red-door|old-oak|grey-gate|Ann|Bob|example\.org", text)
    assert Names(hostile).of(["red-door"]) == {"red-door": names["red-door"]}
    kept = hostile.path / ".pcqa" / "pseudonyms.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_names_are_shown_when_they_are_asked_for_on_a_page_of_its_own(hostile: ClassFolder) -> None:
    page = write(hostile, names=True)
    assert page != write(hostile)
    text = page.read_text()
    assert "Ann Example (blue-kettle)" in text
    assert "their names" in text


def test_nothing_that_somebody_typed_can_act_or_is_shown_as_words(hostile: ClassFolder) -> None:
    text = write(hostile).read_text()
    assert "<script" not in text
    assert "alert" not in re.sub(r"it said &lt;script&gt;alert\S*", "", text)
    assert "a text of 27 letters" in text


def test_the_page_has_headings_captions_and_row_headers(hostile: ClassFolder) -> None:
    text = write(hostile, make.ASSIGNMENT).read_text()
    assert text.count("<h1>") == 1
    assert text.count("<table>") == text.count("<caption>") >= 5
    assert '<html lang="en-GB">' in text
    assert "Discrimination" not in text
    assert "is left out here: it takes 10 people" in text
    assert "Were the same people dealt into groups" not in text
    assert "have 5 people or more; North and South have fewer." in text


def test_a_thousand_names_are_a_thousand_different_names(course: ClassFolder) -> None:
    codes = [f"p{n}" for n in range(3000)]
    assert len(set(Names(course).of(codes).values())) == 3000


def test_a_page_that_refreshes_says_so_to_the_browser_and_waits_for_marks(
    course: ClassFolder,
) -> None:
    waiting = write(course, make.ASSIGNMENT, refresh=7).read_text()
    assert '<meta http-equiv="refresh" content="7">' in waiting
    assert "Nothing is marked yet" in waiting
    marked.marks(course, {"a": marked.RIGHT})
    assert "Nothing is marked yet" not in write(course, make.ASSIGNMENT, refresh=7).read_text()
    assert 'http-equiv="refresh' not in write(course, make.ASSIGNMENT).read_text()


def test_without_marks_there_is_no_page_but_a_sentence(course: ClassFolder) -> None:
    with pytest.raises(NothingMarked, match="Nothing has been marked in this class"):
        write(course, make.ASSIGNMENT)
    assert not (course.path / "insights").exists()


def test_a_name_that_would_lead_out_of_the_folder_is_refused(course: ClassFolder) -> None:
    with pytest.raises(ClassroomError, match="no name of an assignment"):
        write(course, "../../elsewhere", refresh=5)


def test_the_command_says_where_the_page_is(course: ClassFolder) -> None:
    marked.marks(course, {"a": marked.RIGHT})
    ran = CliRunner().invoke(app, ["classroom", "insights", "--class", str(course.path)])
    assert ran.exit_code == 0, ran.output
    assert str(course.path / "insights" / "all.html") in ran.output
