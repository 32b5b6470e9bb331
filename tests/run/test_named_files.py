"""A file that a parameter names is found from where the command was typed, and not named again."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from pcqa_teach.run import run_lesson


@pytest.fixture
def lesson() -> nbformat.NotebookNode:
    cells = [
        new_markdown_cell("# Two files"),
        new_code_cell("export = None\npulse = None", metadata={"tags": ["parameters"]}),
        new_code_cell("from pathlib import Path\nprint(pulse, Path(pulse).read_text())"),
    ]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def test_it_is_read_wherever_the_kernel_runs_and_its_name_stays_out(
    lesson: nbformat.NotebookNode, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "Okonkwo pulse.csv").write_text("answers of the week", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    report = run_lesson(lesson, None, tmp_path / "out", parameters={"pulse": "Okonkwo pulse.csv"})
    for name in ("report.html", "notebook.ipynb", "summary.json"):
        assert "Okonkwo" not in (report / name).read_text(encoding="utf-8"), name
    assert "answers of the week" in (report / "report.html").read_text(encoding="utf-8")
