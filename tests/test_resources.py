"""Lessons and data are found by any of their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from pcqa_teach import resources
from pcqa_teach.errors import LessonError


@pytest.mark.parametrize(
    "name", ["b3", "b3_plot_the_dots", "core-day1/b3_plot_the_dots", "B3", "b3_plot_the_dots.ipynb"]
)
def test_a_lesson_answers_to_each_of_its_names(name: str) -> None:
    lesson = resources.find_lesson(name)
    assert (lesson.name, lesson.assignment, lesson.short) == (
        "b3_plot_the_dots",
        "core-day1",
        "b3",
    )
    assert lesson.path.is_file()


def test_a_misspelt_lesson_is_answered_with_what_comes_near() -> None:
    with pytest.raises(LessonError, match="Did you mean b3_plot_the_dots"):
        resources.find_lesson("b3_plot_the_dot")


def test_in_a_checkout_the_sources_are_the_lessons(root: Path) -> None:
    assert resources.checkout() == root
    assert all(lesson.is_source for lesson in resources.lessons().values())
    assert resources.data_dir() == root / "data" / "synthetic"


def test_the_project_folder_decides_where_the_key_lies(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert resources.key_dir(tmp_path) == tmp_path / ".pcqa"
    monkeypatch.setenv("PCQA_PROJECT", str(tmp_path / "mine"))
    assert resources.key_dir() == tmp_path / "mine" / ".pcqa"
    monkeypatch.delenv("PCQA_PROJECT")
    assert resources.key_dir().name == "pcqa"
