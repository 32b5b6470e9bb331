"""A lesson whose secrets are easy to recognise, and a small checkout that holds it."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

SECRETS = {
    "solution": "kingfisher_solution",
    "model answer": "Heron model answer",
    "hidden test": "bittern_hidden_test",
    "facilitator": "Avocet words for the facilitator",
    "facilitator code": "whimbrel_facilitator",
}
SHOWN = "Curlew stands in plain sight"


def _marks(name: str, **flags: object) -> dict[str, object]:
    base = {"grade": False, "solution": False, "locked": False, "task": False}
    return {"nbgrader": {"grade_id": name, "schema_version": 3, **base, **flags}}


def planted_lesson(name: str = "z9") -> nbformat.NotebookNode:
    """Return a source lesson with one secret of each kind."""
    cells = [
        new_markdown_cell(f"# A planted lesson\n\n{SHOWN}."),
        new_markdown_cell(
            f"### Say\n\n{SECRETS['facilitator']}: **wait**.", metadata={"tags": ["facilitator"]}
        ),
        new_code_cell(
            f"{SECRETS['facilitator code']} = 'only here'", metadata={"tags": ["facilitator"]}
        ),
        new_code_cell("export = None\npractice = 'riverside'", metadata={"tags": ["parameters"]}),
        new_code_cell("print('two and two make', 2 + 2)", metadata={"tags": ["hide-input"]}),
        new_code_cell(
            f"answer_{name}_1 = None\n### BEGIN SOLUTION\n"
            f"answer_{name}_1 = len('{SECRETS['solution']}')\n### END SOLUTION",
            metadata=_marks(f"{name}-1", solution=True),
        ),
        new_code_cell(
            "# Your answer is checked when you hand it in.\n### BEGIN HIDDEN TESTS\n"
            f"float(answer_{name}_1 == len('{SECRETS['hidden test']}'))\n### END HIDDEN TESTS",
            metadata=_marks(f"{name}-1-test", grade=True, locked=True, points=1),
        ),
        new_markdown_cell(
            f"{SECRETS['model answer']}: ask one question.",
            metadata=_marks(f"{name}-2", grade=True, solution=True, points=3),
        ),
    ]
    notebook = new_notebook(cells=cells)
    notebook.metadata.update(
        kernelspec={"name": "python3", "display_name": "Python 3", "language": "python"},
        pcqa={"id": name, "title": "A planted lesson", "assignment": "core-day1"},
    )
    return notebook


@pytest.fixture
def lesson() -> nbformat.NotebookNode:
    return planted_lesson()


@pytest.fixture
def secrets() -> dict[str, str]:
    return dict(SECRETS)


@pytest.fixture
def source(tmp_path: Path, lesson: nbformat.NotebookNode) -> Path:
    """The planted lesson as a file."""
    path = tmp_path / "notebooks" / "core-day1" / "z9_planted.ipynb"
    path.parent.mkdir(parents=True)
    nbformat.write(lesson, path)
    return path


@pytest.fixture(scope="session")
def planted_checkout(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the book whose lessons are planted ones, each with its real name and place."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("_config.yml", "_toc.yml", "CHANGELOG.md"):
        shutil.copy2(root / name, copy / name)
    shutil.copytree(root / "book", copy / "book", ignore=shutil.ignore_patterns("__pycache__"))
    listed = re.findall(r"file: (notebooks/\S+)", (root / "_toc.yml").read_text())
    for number, place in enumerate(listed, start=1):
        path = copy / f"{place}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        lesson = planted_lesson(f"z{number}")
        about = {"id": path.name.split("_")[0], "assignment": path.parent.name, "teaching": 5}
        about |= {"exercises": 5, "objectives": {"z": "plant"}, "data": ["x"], "audience": "all"}
        lesson.metadata["pcqa"] |= about  # what the days' timetables are worked out from
        nbformat.write(lesson, path)
    return copy


@pytest.fixture(scope="session")
def pretend_to_run():
    """Return a stand-in for execution that marks each code cell as run."""

    def execute(notebook: nbformat.NotebookNode, *, cwd: Path, static: bool):
        assert static
        assert cwd.is_dir()
        for number, cell in enumerate(notebook.cells, start=1):
            if cell.cell_type == "code":
                cell.outputs = [new_output("stream", text=f"cell {number} ran\n")]
        return notebook

    return execute


@pytest.fixture(scope="session")
def own_environment(root: Path) -> dict[str, str]:
    """An environment in which other programs find this checkout's package."""
    return {**os.environ, "PYTHONPATH": str(root), "NO_COLOR": "1"}
