"""The days of the programme: their times, and the tables that the book shows."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pcqa_teach.authoring.new import OUR_OWN
from pcqa_teach.errors import LessonError
from pcqa_teach.publish import programme
from pcqa_teach.publish.workbook import PARTS

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
    assert row.startswith("| Core Concepts of Quality, day 1 | 09:30 to 11:15 | [Lesson z1](")
    assert re.findall(r"\[Lesson (z\d+)\]", row) == ["z1", "z2", "z10"]
    assert row.endswith(", 45 | 135 |")


def test_a_lesson_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z2=45)
    with pytest.raises(LessonError, match="A page names lesson 'b99': there is none"):
        programme.fill("See <!-- lesson: b99 -->.", root)


def _duplicated(root: Path) -> Path:
    folder = root / "notebooks" / "core-day1"
    text = (folder / "z1_lesson.ipynb").read_text(encoding="utf-8")
    (folder / "z1_lesson-Copy1.ipynb").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize("ask", [programme.lessons, programme.days, programme.shortfalls])
def test_a_copy_of_a_lesson_is_named_with_what_to_delete(
    tmp_path: Path, ask: Callable[[Path], object]
) -> None:
    root = _duplicated(_checkout(tmp_path, PLAN, z1=45, z2=45))
    said = r"'z1_lesson\.ipynb' and 'z1_lesson-Copy1\.ipynb' .* delete 'z1_lesson-Copy1\.ipynb'"
    with pytest.raises(LessonError, match=said):
        ask(root)


def test_a_page_beside_a_copy_of_a_lesson_is_told_so(tmp_path: Path) -> None:
    root = _duplicated(_checkout(tmp_path, PLAN, z1=45, z2=45))
    with pytest.raises(LessonError, match="both call themselves lesson 'z1'"):
        programme.fill("<!-- lesson: z1 -->", root)


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        ("core-day1: [", r"cannot be read as YAML \(line 1\)"),
        ("- core-day1", "'the file' is not a day"),
        ("", "'the file' is not a day"),
        (PLAN.replace("minutes: 15", "minutes: soon"), "'core-day1' is not a day"),
        (PLAN.replace('"09:30"', "half past nine"), "'core-day1' is not a day"),
        (PLAN.replace('  ends: "11:15"', ""), "'core-day1' is not a day"),
        (PLAN.replace("plan", "plans"), "'core-day1' is not a day"),
    ],
)
def test_a_programme_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, plan: str, said: str
) -> None:
    root = _checkout(tmp_path, plan, z1=45, z2=45)
    with pytest.raises(LessonError, match=said):
        programme.days(root)


def test_a_programme_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z2=45)
    (root / "book" / programme.FILE).unlink()
    with pytest.raises(LessonError, match=r"'book/programme\.yml' cannot be read"):
        programme.days(root)


def test_minutes_of_what_has_no_lesson_are_told(tmp_path: Path) -> None:
    root = _checkout(tmp_path, PLAN, z1=45, z2=45)
    with pytest.raises(LessonError, match="minutes of 'core-dya1', which has no lesson"):
        programme.fill("<!-- minutes: core-dya1 -->", root)


def test_every_folder_of_lessons_has_a_name_that_a_reader_would_say() -> None:
    folders = {path.parent.name for path in (ROOT / "notebooks").glob("*/*.ipynb")}
    assert {*folders, OUR_OWN} <= set(PARTS)


def test_every_lesson_is_on_the_map() -> None:
    page = (ROOT / "book" / "map.md").read_text(encoding="utf-8")
    assert set(programme.SLOT_LESSON.findall(page)) == set(programme.lessons(ROOT))
