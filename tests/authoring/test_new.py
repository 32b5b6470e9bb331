"""A lesson that is begun: its place, its name in the book, and what it never writes over."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pcqa_teach.authoring import contents, form
from pcqa_teach.authoring.check import check
from pcqa_teach.authoring.new import new
from pcqa_teach.authoring.source import Source
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
    assert second.path.read_text(encoding="utf-8").count("✎") > 10


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
    with pytest.raises(LessonError, match="There is a lesson 'x1_waits' already"):
        new("x1_other", folder="evening", root=checkout)
    assert first.path.read_text(encoding="utf-8") == "mine"
    assert (checkout / "_toc.yml").read_text(encoding="utf-8") == before


@pytest.mark.parametrize(
    "name", ["waits", "x1", "X1_waits", "xyz1_waits", "x1_../waits", "x1_waits/../y", ""]
)
def test_a_name_of_another_form_is_one_sentence(checkout: Path, name: str) -> None:
    with pytest.raises(LessonError, match="is no name for a lesson"):
        new(name, root=checkout)
    assert list((checkout / "notebooks").iterdir()) == []


def test_a_folder_elsewhere_is_refused(checkout: Path) -> None:
    with pytest.raises(LessonError, match="is no name for a folder of lessons"):
        new("x1_waits", folder="../outside", root=checkout)


def test_a_graded_lesson_has_no_place_among_tools_on_own_data(checkout: Path) -> None:
    with pytest.raises(LessonError, match="'own-data' is for tools on a practice's own data"):
        new("x1_waits", folder="own-data", root=checkout)
    assert list((checkout / "notebooks").iterdir()) == []


def test_contents_without_a_last_line_end_stay_whole() -> None:
    listed = contents.with_lesson("parts:\n  - file: notebooks/our-own/x1", "notebooks/our-own/x2")
    assert listed == "parts:\n  - file: notebooks/our-own/x1\n  - file: notebooks/our-own/x2\n"


def test_a_lesson_that_is_begun_again_is_listed_once(checkout: Path) -> None:
    new("x1_waits", root=checkout).path.unlink()
    listed = (checkout / "_toc.yml").read_text(encoding="utf-8")
    new("x1_waits", root=checkout)
    assert (checkout / "_toc.yml").read_text(encoding="utf-8") == listed


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


def test_cells_of_an_old_notebook_get_ids(skeleton: Path) -> None:
    notebook = json.loads(skeleton.read_text(encoding="utf-8"))
    notebook["nbformat_minor"] = 4
    for cell in notebook["cells"][1:]:
        del cell["id"]
    del notebook["cells"][0]["metadata"], notebook["metadata"]["kernelspec"]
    skeleton.write_text(json.dumps(notebook), encoding="utf-8")
    assert tidy(skeleton)
    made = Source.read(skeleton)
    assert form.ids(made) == form.opens_anywhere(made) == form.kept(made) == []
    assert (made.cells[0]["id"], made.cells[1]["id"]) == ("x1-title", "x1-cell-1")


def test_metadata_that_are_not_there_are_begun(tmp_path: Path) -> None:
    path = tmp_path / "x1_bare.ipynb"
    path.write_text('{"cells": [], "nbformat": 4, "nbformat_minor": 5}', encoding="utf-8")
    assert tidy(path)
    assert form.opens_anywhere(Source.read(path)) == []


def test_a_skeleton_is_whole_and_graded(skeleton: Path) -> None:
    """It runs: its source earns full marks, an untouched copy none, an export gives a chart."""
    found = list(check(skeleton))
    allowed = {
        "It runs in under five seconds once Python is warm.",  # depends on what else runs
        "No pencil of the skeleton still waits for words of one's own.",
    }
    assert [one for one in found if one.faults and one.rule not in allowed] == []
    assert len(found) == 30
