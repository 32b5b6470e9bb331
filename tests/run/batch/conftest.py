"""A folder of small exports, and a lesson that is quick to run on them."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

READ = """
import pcqa_teach as pcqa
appts = pcqa.read(export)
"""
RECORD = """
from pcqa_teach.measures.outcomes import outcomes
found = outcomes(appts)
pcqa.record(
    appointments=int(appts["count"][found.expected].sum()),
    missed=int(appts["count"][found.missed].sum()),
    counts=["appointments", "missed"],
)
"""


@pytest.fixture(scope="session")
def lesson() -> NotebookNode:
    """A lesson that reads an export and records two counts."""
    about = {"id": "t9", "title": "Two counts", "compare": {
        "numerator": "missed", "denominator": "appointments", "title": "Missed appointments",
    }}  # fmt: skip
    notebook = nbformat.v4.new_notebook(metadata={"pcqa": about})
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    parameters = nbformat.v4.new_code_cell("export = None\nslow = 0")
    parameters.metadata["tags"] = ["parameters"]
    notebook.cells = [
        nbformat.v4.new_markdown_cell("# Two counts"),
        parameters,
        nbformat.v4.new_code_cell("import time\ntime.sleep(slow)"),
        nbformat.v4.new_code_cell(READ),
        nbformat.v4.new_code_cell(RECORD),
    ]
    return notebook


@pytest.fixture
def exports(tmp_path: Path, root: Path) -> Path:
    """Twelve practices' exports."""
    folder = tmp_path / "borough"
    folder.mkdir()
    whole = (root / "data/synthetic/exports/systmone_appointments_clean.csv").read_text("utf-8")
    head, *rows = whole.splitlines(keepends=True)
    for number in range(12):
        kept = rows[number * 20 : 1200 + number * 60]
        (folder / f"G850{number:02d}.csv").write_text(head + "".join(kept), encoding="utf-8")
    return folder
