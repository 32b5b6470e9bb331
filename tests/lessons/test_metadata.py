"""What a lesson states about itself, and whether its minutes add up."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import LessonMeta, Part, day_shortfalls, metadata, parts, shortfalls

STATED = {
    "id": "b3",
    "title": "Plot the dots",
    "assignment": "core-day1",
    "teaching": 25,
    "exercises": 35,
    "objectives": {"b3-1": "work out limits"},
    "data": ["calls_daily"],
    "audience": "everybody",
}


def _notebook(folder: Path, **changes: object) -> Path:
    path = folder / "b3_plot_the_dots.ipynb"
    path.write_text(json.dumps({"metadata": {"pcqa": {**STATED, **changes}}, "cells": []}))
    return path


def test_a_lessons_metadata_are_read(tmp_path: Path) -> None:
    meta = metadata(_notebook(tmp_path))
    assert (meta.id, meta.minutes, meta.data) == ("b3", 60, ("calls_daily",))


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"audience": ""}, "audience"),
        ({"objectives": {}}, "objectives"),
        ({"teaching": "25"}, "teaching"),
        ({"teaching": True}, "teaching"),
        ({"data": "calls"}, "data"),
    ],
)
def test_what_is_missing_or_of_the_wrong_kind_is_named(
    tmp_path: Path, changes: dict[str, object], named: str
) -> None:
    with pytest.raises(LessonError, match=named):
        metadata(_notebook(tmp_path, **changes))


@pytest.mark.parametrize("content", ["", "[]", "{}", "null", "not json"])
def test_a_file_that_is_no_notebook_is_said_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.ipynb"
    path.write_text(content)
    with pytest.raises(LessonError, match="not a notebook"):
        metadata(path)


def _meta(**changes: object) -> LessonMeta:
    return LessonMeta(**{**STATED, "data": (), **changes})  # type: ignore[arg-type]


def test_stretches_that_run_through_the_lesson_add_up() -> None:
    stretches = [Part(0, 25, "teaching"), Part(25, 60, "exercise")]
    assert shortfalls(_meta(), stretches) == []
    assert shortfalls(_meta(), []) == []


@pytest.mark.parametrize(
    "stretches",
    [
        [Part(0, 20, "teaching"), Part(25, 60, "exercise")],
        [Part(0, 25, "teaching"), Part(20, 60, "exercise")],
        [Part(0, 25, "teaching"), Part(25, 55, "exercise")],
        [Part(0, 30, "teaching"), Part(30, 60, "exercise")],
    ],
    ids=["a gap", "an overlap", "too short", "more teaching than stated"],
)
def test_stretches_that_do_not_add_up_are_said(stretches: list[Part]) -> None:
    assert shortfalls(_meta(), stretches)


def test_stretches_are_read_from_facilitator_cells_only() -> None:
    told = "**0-5 min, teaching.** Say this.\n\n**5–20 min, exercise.** Wait."
    cells = [
        {"source": told, "metadata": {"tags": ["facilitator"]}},
        {"source": "**20-25 min, teaching.**", "metadata": {}},
    ]
    assert parts({"cells": cells}) == [Part(0, 5, "teaching"), Part(5, 20, "exercise")]


def test_a_day_that_is_too_long_is_said() -> None:
    lesson = _meta(teaching=40, exercises=35)
    assert day_shortfalls([lesson] * 4) == []
    assert "core-day1" in day_shortfalls([lesson] * 5)[0]
