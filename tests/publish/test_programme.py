"""The days of the programme: their times, and the tables that the book shows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.publish import programme

ROOT = Path(__file__).resolve().parents[2]

pytestmark = pytest.mark.skipif(
    not (ROOT / "book" / programme.FILE).exists(), reason="there is no programme in this checkout"
)


def _checkout(root: Path, plan: str, **minutes: int) -> Path:
    (root / "book").mkdir()
    (root / "book" / programme.FILE).write_text(plan, encoding="utf-8")
    folder = root / "notebooks" / "core-day1"
    folder.mkdir(parents=True)
    for name, lasts in minutes.items():
        about = {
            "id": name, "title": f"Lesson {name}", "assignment": "core-day1", "teaching": lasts - 5,
            "exercises": 5, "objectives": {f"{name}-1": "x"}, "data": ["x"], "audience": "all",
        }  # fmt: skip
        text = json.dumps({"cells": [], "metadata": {"pcqa": about}})
        (folder / f"{name}_lesson.ipynb").write_text(text, encoding="utf-8")
    return root


PLAN = """
core-day1:
  starts: "09:30"
  ends: "11:15"
  plan:
    - {lesson: z1}
    - {what: Break, minutes: 15}
    - {lesson: z2}
"""


def test_the_days_add_up() -> None:
    assert programme.shortfalls(ROOT) == []


def test_times_come_from_the_lessons_own_minutes(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z2=45)
    assert programme.shortfalls(root) == []
    page = programme.fill("# Day\n\n<!-- timetable: core-day1 -->\n", root)
    assert re.findall(r"^\| (\d\d:\d\d) \| (\d+) \|", page, re.MULTILINE) == [
        ("09:30", "45"), ("10:15", "15"), ("10:30", "45"),
    ]  # fmt: skip
    assert "| 11:15 | | Close |" in page
    assert "[Lesson z2](../notebooks/core-day1/z2_lesson.ipynb)" in page


def test_a_lesson_that_takes_longer_is_noticed(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z2=50)
    assert programme.shortfalls(root) == ["'core-day1' ends at 11:20: the plan says 11:15."]


def test_a_lesson_left_out_of_its_day_is_noticed(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z2=45, z3=30)
    assert programme.shortfalls(root) == ["'core-day1' teaches z1, z2; its lessons are z1, z2, z3."]


def test_a_long_sitting_is_noticed(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN.replace('"11:15"', '"13:45"'), z1=45, z2=195)
    assert programme.shortfalls(root) == [
        "'core-day1' has 195 minutes without a break: 150 are the most."
    ]


def test_a_lesson_that_is_not_there_is_named(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45)
    with pytest.raises(LessonError, match=r"'core-day1' in programme\.yml names lesson 'z2'"):
        programme.days(root)


def test_lessons_that_are_no_day_are_a_list_with_their_sum(tmp_path: Path) -> None:
    root = _checkout(tmp_path, "{}", z1=45, z2=45)
    page = programme.fill("<!-- timetable: core-day1 -->\n<!-- minutes: core-day1 --> min", root)
    assert "| Together | 90 |" in page
    assert "90 min" in page


def test_a_page_that_asks_for_what_there_is_not_is_told(tmp_path: Path) -> None:
    root = _checkout(tmp_path, "{}", z1=45)
    with pytest.raises(LessonError, match="timetable of 'core-day9'"):
        programme.fill("<!-- timetable: core-day9 -->", root)


def test_a_page_links_a_lesson_and_lays_out_the_whole_programme(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z10=45, z2=45)
    page = programme.fill("See <!-- lesson: z2 -->.\n\n<!-- the whole programme -->\n", root)
    assert page.startswith("See [Lesson z2](../notebooks/core-day1/z2_lesson.ipynb).\n")
    row = page.strip().splitlines()[-1]
    assert row.startswith("| Core day 1 | 09:30 to 11:15 | [Lesson z1](")
    assert re.findall(r"\[Lesson (z\d+)\]", row) == ["z1", "z2", "z10"]
    assert row.endswith(", 45 | 135 |")


def test_a_lesson_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z2=45)
    with pytest.raises(LessonError, match="A page names lesson 'b99': there is none"):
        programme.fill("See <!-- lesson: b99 -->.", root)


def test_every_lesson_is_on_the_map() -> None:
    page = (ROOT / "book" / "map.md").read_text(encoding="utf-8")
    assert set(programme.SLOT_LESSON.findall(page)) == set(programme.lessons(ROOT))
