"""Each sheet to print names lessons that there are, and is linked from each of them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_markdown_cell, new_notebook

from pcqa_teach.publish import sheets

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "book" / sheets.FILE

pytestmark = pytest.mark.skipif(not PAGE.exists(), reason="there is no book in this checkout")


def _sheets() -> sheets.Sheets:
    return sheets.by_lesson(PAGE.read_text(encoding="utf-8"))


def _links(path: Path) -> str:
    return sheets.linked(nbformat.read(path, 4), _sheets()).cells[1].source


def test_every_sheet_names_a_lesson_that_there_is_or_a_course():
    known = {"quality coaches, every day"} | {
        str(nbformat.read(path, 4).metadata["pcqa"]["title"]).casefold()
        for path in (ROOT / "notebooks").glob("*/*.ipynb")
    }
    found = _sheets()
    assert set(found) <= known
    listed = {place for of_one in found.values() for place, _ in of_one}
    assert len(listed) == PAGE.read_text(encoding="utf-8").count("\n(sheet-") > 40


def test_a_lesson_leads_to_its_sheets_below_its_title():
    line = _links(ROOT / "notebooks/core-day1/b2_red_beads_and_tampering.ipynb")
    assert "[Red-bead tally](#sheet-red-bead-tally)" in line
    assert "funnel experiment" in line
    assert "PDSA" not in line


def test_a_sheet_for_several_lessons_is_linked_from_each():
    for name in ("core-day2/b7_demand_and_failure_demand", "own-data/d3_my_failure_demand"):
        assert "#sheet-five-day-failure-demand-tally" in _links(ROOT / f"notebooks/{name}.ipynb")


def test_each_lesson_of_a_course_has_the_sheet_of_every_day():
    lessons = sorted((ROOT / "notebooks").glob("coach-day*/*.ipynb"))
    assert len(lessons) == 10
    for path in lessons:
        assert "#sheet-practicum-the-observer-s-sheet" in _links(path), path.stem


def test_a_lesson_without_a_sheet_stays_as_it_is():
    notebook = new_notebook(cells=[new_markdown_cell("# Nothing to print")])
    notebook.metadata["pcqa"] = {"title": "Nothing to print", "assignment": "readiness"}
    assert len(sheets.linked(notebook, _sheets()).cells) == 1
