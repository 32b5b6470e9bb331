"""A lesson that is begun: its place, its name in the book, and what it never writes over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pcqa_teach.authoring import check, contents
from pcqa_teach.authoring.check import still_to_write
from pcqa_teach.authoring.new import new
from pcqa_teach.authoring.tidy import tidy
from pcqa_teach.errors import LessonError

TAUGHT = """parts:
  - caption: Quality Coaches
    chapters:
      - file: book/coach_day1
        sections:
          - file: notebooks/coach-day1/c1_coaching
          - file: notebooks/coach-day1/c2_reading
      - file: book/coach_day2
"""


def test_a_new_lesson_is_in_its_folder_and_in_the_book(checkout: Path) -> None:
    made = new("x1_waits_told_straight", root=checkout)
    assert made.path == checkout / "notebooks" / "our-own" / "x1_waits_told_straight.ipynb"
    assert made.title == "Waits told straight"
    about = json.loads(made.path.read_text(encoding="utf-8"))["metadata"]["pcqa"]
    assert (about["id"], about["assignment"], about["title"]) == ("x1", "our-own", made.title)
    listed = (checkout / "_toc.yml").read_text(encoding="utf-8")
    part = "  - caption: Our own lessons\n    chapters:\n"
    line = "      - file: notebooks/our-own/x1_waits_told_straight\n"
    assert f"{part}{line}  - caption: For facilitators\n" in listed
    second = new("x2_visits", root=checkout)
    assert f"{line}      - file: notebooks/our-own/x2_visits\n" in (
        checkout / "_toc.yml"
    ).read_text(encoding="utf-8")
    assert still_to_write(second.path) > 10


def test_a_lesson_of_a_day_stands_after_the_days_last() -> None:
    listed = contents.with_lesson(TAUGHT, "notebooks/coach-day1/c11_more")
    assert listed == TAUGHT.replace(
        "c2_reading\n", "c2_reading\n          - file: notebooks/coach-day1/c11_more\n"
    )


def test_what_is_there_is_never_written_over(checkout: Path) -> None:
    first = new("x1_waits", root=checkout)
    first.path.write_text("mine", encoding="utf-8")
    before = (checkout / "_toc.yml").read_text(encoding="utf-8")
    with pytest.raises(LessonError, match="There is a lesson 'x1_waits' already"):
        new("x1_waits", root=checkout)
    with pytest.raises(LessonError, match="There is a lesson 'b3_plot_the_dots' already"):
        new("b3_mine", root=checkout)
    assert first.path.read_text(encoding="utf-8") == "mine"
    assert (checkout / "_toc.yml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize("name", ["waits", "x1", "X1_waits", "x1_../waits", "x1_waits/../y", ""])
def test_a_name_of_another_form_is_one_sentence(checkout: Path, name: str) -> None:
    with pytest.raises(LessonError, match="is no name for a lesson"):
        new(name, root=checkout)
    assert list((checkout / "notebooks").iterdir()) == []


def test_a_folder_elsewhere_is_refused(checkout: Path) -> None:
    with pytest.raises(LessonError, match="is no name for a folder of lessons"):
        new("x1_waits", folder="../outside", root=checkout)


def test_without_contents_nothing_is_made(checkout: Path) -> None:
    (checkout / "_toc.yml").unlink()
    with pytest.raises(LessonError, match="lessons are written in a checkout"):
        new("x1_waits", root=checkout)
    assert list((checkout / "notebooks").iterdir()) == []


def test_an_editors_traces_go_and_the_words_stay(skeleton: Path) -> None:
    as_made = skeleton.read_text(encoding="utf-8")
    assert not tidy(skeleton)
    notebook = json.loads(as_made)
    notebook["metadata"]["toc-autonumbering"] = True
    notebook["metadata"]["language_info"]["version"] = "3.12"
    code = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    code["execution_count"], code["metadata"]["collapsed"] = 4, True
    code["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["hello"]}]
    skeleton.write_text(json.dumps(notebook), encoding="utf-8")
    assert tidy(skeleton)
    assert skeleton.read_text(encoding="utf-8") == as_made


def test_a_skeleton_is_whole_and_graded(skeleton: Path) -> None:
    """It runs: its source earns full marks, an untouched copy none, an export gives a chart."""
    found = list(check(skeleton))
    slow = "It runs in under five seconds once Python is warm."  # depends on what else runs
    assert [one for one in found if one.faults and one.rule != slow] == []
    assert len(found) == 27
