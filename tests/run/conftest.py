"""A lesson small enough to run in every test of the runner."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

DRAW = """
from matplotlib.figure import Figure as Drawing
from pcqa_teach.figures import Figure

drawing = Drawing()
drawing.subplots().plot([6, 7, 5, 9, 6])
Figure.of(drawing, alt="Five weeks, five to nine missed a week.", name="missed")
"""

RECORD = """
class Recorded:
    def _repr_mimebundle_(self, include=None, exclude=None):
        results = {"missed_rate": 6.5, "missed": 3, "booked": 120, "spread": float("nan")}
        sharing = {"counts": [["missed"], ["booked"]]}
        return {"text/plain": "Recorded."}, {"pcqa": {"results": results, "sharing": sharing}}

Recorded()
"""


def lesson_of(*cells: str, title: str = "A short lesson") -> NotebookNode:
    """Return a notebook: text that begins with `#` or `%` is a heading or prose, all else code."""
    notebook = nbformat.v4.new_notebook(metadata={"pcqa": {"id": "t1", "title": title}})
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    parameters = nbformat.v4.new_code_cell("export = None\npractice = 'riverside'")
    parameters.metadata["tags"] = ["parameters"]
    notebook.cells = [nbformat.v4.new_markdown_cell(f"# {title}"), parameters]
    for text in cells:
        prose = text.startswith(("#", "%"))
        make = nbformat.v4.new_markdown_cell if prose else nbformat.v4.new_code_cell
        notebook.cells.append(make(text.removeprefix("%")))
    return notebook


@pytest.fixture(scope="module")
def short_lesson() -> NotebookNode:
    """A figure, recorded numbers, words on both streams, and the export's name in all of them."""
    return lesson_of(
        "## How many were missed?",
        "%A {term}`baseline`, see [the source](https://example.org/page).",
        DRAW,
        "## The numbers",
        RECORD,
        "import sys, warnings\nwarnings.warn('careful')\nprint('Read from', export)",
        "print('the last cell', practice)",
    )


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A file whose name would give somebody away."""
    folder = tmp_path / "Okonkwo surgery"
    folder.mkdir()
    path = folder / "Okonkwo 943 476 5919.csv"
    path.write_text("Appointment date\n2025-03-03\n", encoding="utf-8")
    return path


@pytest.fixture
def make_lesson() -> Callable[..., NotebookNode]:
    """Give the maker of small lessons."""
    return lesson_of
