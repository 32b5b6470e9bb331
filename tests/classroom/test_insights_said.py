"""How the page of insights speaks: whom first, answers in words, most only where it is most."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pandas as pd
import pytest

from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.insights import measured, words, write
from pcqa_teach.classroom.insights.readable import readable
from pcqa_teach.classroom.results import results
from pcqa_teach.classroom.rubric import Told, offered, told

from . import make, marked

LESSONS = Told({}, {}, {"x-1": "find *it*"}, {})


def _text(path: Path) -> str:
    return html.unescape(path.read_text(encoding="utf-8"))


def test_the_person_comes_first_and_there_is_always_something_to_do(course: ClassFolder) -> None:
    marked.marks(course, {"low": {"t1-1": 4}})
    marked.marks(course, {"broken": marked.RIGHT}, trouble="it never ended")
    text = _text(write(course, names=True))
    heads = re.findall(r'<th scope="col">([^<]*)</th>', text)
    assert heads[:4] == ["Sit down with", "To", "In", "Why"]
    rows = re.findall(r'<th scope="row">(low|broken)</th><td>([^<]*)</td>', text)
    assert [said for _, said in rows[:2]] == [
        "look at the notebook together", "answer what the task asks for"]  # fmt: skip


def test_words_that_the_lesson_offers_are_shown_and_no_others(course: ClassFolder) -> None:
    first = {"t1-2": {"mean": 5, "largest": 2, "unit": " Week "}}
    marked.marks(
        course, {"a": first, "b": {"t1-2": {"mean": 5, "largest": 9, "unit": "Mrs Smith"}}}
    )
    lessons = told(course)
    assert lessons.choices["t1-2"] >= {"day", "mean"}
    seen = measured(results(course.gradebook), lessons, {})
    answers = set(seen.wrong["answer"])
    assert answers == {"largest: 2; unit: a text of 6 letters", "unit: a text of 9 letters"}
    assert readable({"unit": "Day"}, ["unit"], lessons.choices["t1-2"]) == "unit: day"
    assert "{" not in "".join(answers)


def test_words_of_a_misconception_and_of_the_box_are_the_lesson_s() -> None:
    marks = {"grade_id": "x-1-answer", "solution": True}
    box = {"cell_type": "code", "metadata": {"nbgrader": marks},
           "source": 'answer_x_1 = None  # "planning" or "control"'}  # fmt: skip
    test = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "x-1", "grade": True}},
            "source": 'judge("x-1", answer_x_1, expect="Planning",'
                      ' misconceptions={"m": ("Improvement", "No.")})'}  # fmt: skip
    assert offered([box, test]) == {"x-1": frozenset({"planning", "control", "improvement"})}


@pytest.mark.parametrize(
    ("lessons", "said"),
    [
        (["a"], "1 person to sit down with, over a"),
        (["a", "a"], "2 people to sit down with, over a"),
        (["a", "b"], "2 people to sit down with"),
        (["a", "a", "b", "b"], "4 people to sit down with"),
        (["a", "a", "b"], "3 people to sit down with, 2 of them over a"),
    ],
)
def test_most_is_said_only_where_it_is_most(lessons: list[str], said: str) -> None:
    assert words.to_sit_down_with(pd.Series(lessons), LESSONS) == said


def test_ties_are_said_as_ties() -> None:
    known = pd.DataFrame(
        [("a_b", "x-1", 2, 5), ("c_d", "x-2", 2, 4), ("e", "x-3", 1, 4)],
        columns=["misconception", "item", "people", "answered"],
    )
    assert words.commonest(known) == (
        "2 misconceptions are equally common: a b, in x-1 (2 of 5 people); c d, in x-2 (2 of 4 "
        "people)."
    )
    assert words.commonest(known[:1]) == "The commonest misconception: a b, in x-1 (2 of 5 people)."
    items = pd.DataFrame({"item": list("abcde"), "right": [0.5] * 5})
    assert words.hardest(items) == (
        "a, b, c and 2 more were equally hard: 50% got all of each right"
    )


def test_the_commonest_of_answers_that_differ_is_no_single_one(course: ClassFolder) -> None:
    marked.marks(course, {"a": {"t1-1": 7}, "b": {"t1-1": 8}, "c": {"t1-1": 9}})
    (row,) = measured(results(course.gradebook), told(course), {}).wrong.to_dict("records")
    assert (row["answer"], row["alike"]) == ("7 / 8 and others", "1 each")


def test_stars_stress_and_are_not_shown() -> None:
    from pcqa_teach.classroom.insights.tables import Words, table

    assert "<td>find <em>it</em></td>" in table({"A": ["x"], "B": [Words("find *it*")]}, "T")
    assert words.to_do({"item": "x-1"}, LESSONS) == "find *it*"


def test_ten_people_in_groups_of_five_are_told_apart_and_compared(course: ClassFolder) -> None:
    rows = [f"p{n},,,,{'North' if n % 2 else 'South'}" for n in range(10)]
    marked.roster(course, *rows)
    marked.marks(course, {f"p{n}": marked.RIGHT if n % 3 else {"t1-1": 4} for n in range(10)})
    text = _text(write(course, make.ASSIGNMENT))
    assert '<th scope="col">Discrimination</th>' in text
    assert "Were the same people dealt into groups" in text
