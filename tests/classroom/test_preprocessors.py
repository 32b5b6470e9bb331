"""Facilitator cells leave every participant's copy, by nbgrader's own machinery."""

from __future__ import annotations

import pytest

pytest.importorskip("nbgrader")

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.preprocessors import NbGraderPreprocessor

from pcqa_teach.classroom.preprocessors import DropFacilitatorCells


def test_cells_tagged_for_facilitators_are_dropped_and_no_others() -> None:
    cells = [
        new_markdown_cell("shown"),
        new_markdown_cell("told", metadata={"tags": ["facilitator"]}),
        new_code_cell("x = 1", metadata={"tags": ["hide-input"]}),
        new_code_cell("y = 1", metadata={"tags": ["facilitator", "hide-input"]}),
    ]
    made, resources = DropFacilitatorCells()(new_notebook(cells=cells), {"kept": True})
    assert [cell.source for cell in made.cells] == ["shown", "x = 1"]
    assert resources == {"kept": True}


def test_nbgrader_will_run_it_since_it_is_of_its_kind_and_switched_on() -> None:
    assert issubclass(DropFacilitatorCells, NbGraderPreprocessor)
    assert DropFacilitatorCells().enabled
