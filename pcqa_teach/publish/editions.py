"""The two editions of a lesson, made from its one source.

The *participant* edition shows no solution of a graded task, no test and nothing that is meant for
the facilitator; the *facilitator* edition shows all. What nbgrader's own Generate does is done here
by the same preprocessors, in the same order and with the same settings, so that a notebook taken
from the book, from the workbook or from a class is the same notebook.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pcqa_teach.errors import LessonError
from pcqa_teach.publish.check_answers import check_answers

if TYPE_CHECKING:
    from nbformat import NotebookNode

Edition = Literal["participant", "facilitator"]
EDITIONS: tuple[Edition, ...] = ("participant", "facilitator")

_SOLUTION = re.compile(r"^[ \t]*### BEGIN SOLUTION", re.MULTILINE)
_SOLVED = re.compile(r"\n?^[ \t]*### END SOLUTION", re.MULTILINE)
_ROOT = Path(__file__).resolve().parents[2]


def read(path: Path) -> NotebookNode:
    """Return the notebook at `path`.

    Raises
    ------
    LessonError
        The file is not a notebook.
    """
    import nbformat

    try:
        return nbformat.read(path, as_version=4)
    except (OSError, ValueError, nbformat.ValidationError):
        raise LessonError(
            f"'{path.name}' is not a notebook that can be read: save it again from JupyterLab, "
            "or take the kit's own copy."
        ) from None


def participant(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook that a participant is given, with nbgrader's metadata still in it.

    Solutions become stubs, hidden tests leave their one visible sentence, facilitator cells and
    outputs go.

    Raises
    ------
    LessonError
        The source's nbgrader marks are at fault; the message says which rule they break.
    """
    from nbgrader.nbgraderformat import ValidationError

    made, resources = copy.deepcopy(notebook), {"metadata": {"name": "lesson", "path": ""}}
    for preprocessor in _preprocessors():
        try:
            made, resources = preprocessor(made, resources)
        except (RuntimeError, ValueError, ValidationError) as error:
            title = _title(notebook)
            raise LessonError(
                f"No participant's copy of {title} can be made: {_without_cells(error)}. "
                "Mend the marks in its source."
            ) from None
    return made


def facilitator(notebook: NotebookNode) -> NotebookNode:
    """Return the notebook that a facilitator is given: everything, without outputs."""
    made = copy.deepcopy(notebook)
    for cell in made.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return made


def page(notebook: NotebookNode, edition: Edition) -> NotebookNode:
    """Return the lesson as a page of the book, not yet executed.

    A page carries none of nbgrader's metadata. The participant's page has no test cells; on the
    facilitator's, what is meant for facilitators stands in a box of its own, model answers and
    those to *Check yourself* too, solutions are called so, and the tests are folded away.
    """
    if edition == "participant":
        made = participant(notebook)
        made.cells = [cell for cell in made.cells if not _is_test(cell)]
    else:
        made = facilitator(notebook)
        for cell in made.cells:
            _set_apart(cell)
        _tell_answers(made)
    return without_machinery(made)


def for_participants(name: str) -> NotebookNode:
    """Return the lesson of that name as participants have it; an installed copy is that already."""
    from pcqa_teach import resources

    found = resources.find_lesson(name)
    notebook = read(found.path)
    return page(notebook, "participant") if found.is_source else notebook


def without_machinery(notebook: NotebookNode) -> NotebookNode:
    """Drop the metadata that nbgrader and papermill leave; the notebook is changed in place."""
    for holder in (notebook, *notebook.cells):
        for key in ("nbgrader", "papermill", "deletable", "editable"):
            holder.metadata.pop(key, None)
    return notebook


def tags(cell: NotebookNode) -> list[str]:
    """Return the cell's tags."""
    return list(cell.metadata.get("tags", []))


def _is_test(cell: NotebookNode) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("grade")) and not marks.get("solution")


def _is_model_answer(cell: NotebookNode) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("solution")) and cell.cell_type == "markdown"


def _set_apart(cell: NotebookNode) -> None:
    """Mark off on the page what only facilitators see; the cell is changed in place."""
    if _is_test(cell):
        cell.metadata.tags = sorted({*tags(cell), "hide-input"})
    elif _is_model_answer(cell):
        cell.source = _boxed(cell.source, "A model answer")
    elif cell.cell_type == "code":
        cell.source = _SOLVED.sub("", _SOLUTION.sub("# A model answer:", cell.source))
    elif cell.cell_type == "markdown" and "facilitator" in tags(cell):
        cell.source = _boxed(cell.source, "For the facilitator")


def _tell_answers(notebook: NotebookNode) -> None:
    """Put the answers to *Check yourself* in a box of their own; the notebook is changed."""
    from nbformat.v4 import new_markdown_cell

    after, told = check_answers(notebook)
    if told:
        box = new_markdown_cell(_boxed(told, "Answers to Check yourself"), id="check-yourself")
        notebook.cells.insert(after, box)


def _boxed(source: str, title: str) -> str:
    """Set markdown in a box; its headings become bold lines, as a box has no headings."""
    plain = re.sub(r"^#{1,6} +(.+?) *$", r"**\1**\n", source, flags=re.MULTILINE)
    return f"::::::{{admonition}} {title}\n:class: pcqa-facilitator\n\n{plain}\n::::::"


@cache
def _preprocessors() -> tuple[Any, ...]:
    """Return what Generate runs, but for what it saves in a gradebook."""
    from nbgrader.converters.generate_assignment import GenerateAssignment
    from nbgrader.preprocessors import SaveCells

    from pcqa_teach.classroom.preprocessors import DropFacilitatorCells

    config = _settings()
    stock = config.get("GenerateAssignment", {}).get("preprocessors")
    steps = list(stock or GenerateAssignment.preprocessors.default())
    if DropFacilitatorCells not in steps:
        steps.insert(0, DropFacilitatorCells)
    return tuple(step(config=config) for step in steps if step is not SaveCells)


def _settings() -> Any:
    """Return the settings in the checkout's `nbgrader_config.py`, the ones that Generate reads."""
    from traitlets.config import Config
    from traitlets.config.loader import PyFileConfigLoader

    file = _ROOT / "nbgrader_config.py"
    if not file.is_file():
        return Config()
    return PyFileConfigLoader(file.name, path=str(file.parent)).load_config()


def _title(notebook: NotebookNode) -> str:
    name = notebook.metadata.get("pcqa", {}).get("id", "this lesson")
    return f"'{name}'"


def _without_cells(error: Exception) -> str:
    """Return the first line of nbgrader's complaint; it never quotes a cell there."""
    first = (str(error).strip().splitlines() or [type(error).__name__])[0]
    return first.rstrip(".")[:200]
