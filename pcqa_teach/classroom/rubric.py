"""What a class's lessons say that pages about marks need: titles, objectives, rubrics."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading.repair import grade_id, is_answer, is_test, source
from pcqa_teach.classroom.insights.readable import folded
from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import misconception_cases

_LAST = 1 << 20
_WRITTEN = "say in your own words what you make of it, and what you would do"
_ASKED = "answer what the task asks for"
_QUOTED = re.compile(r"[\"']([^\"'\n]{1,60})[\"']")
_ROW = re.compile(r"^\|\s*\**(\d)\**\s*\|\s*(.+?)\s*\|\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Told:
    """Of the lessons: `titles` by notebook; of their items: `order`, `objectives`, `rubrics`.

    `choices` are the words that an item's key or its box itself offers.
    """

    titles: Mapping[str, str]
    order: Mapping[str, int]
    objectives: Mapping[str, str]
    rubrics: Mapping[str, Mapping[int, str]]
    choices: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def title(self, notebook: str) -> str:
        """Return what a lesson is called, with its short name."""
        short = notebook.split("_", 1)[0].upper()
        title = self.titles.get(notebook)
        return f"{title} ({short})" if title else notebook

    def sorted(self, items: Iterable[str]) -> list[str]:
        """Return items in the order of the lessons."""
        return sorted(items, key=lambda item: (self.order.get(item, _LAST), item))


def told(course: ClassFolder, assignment: str | None = None) -> Told:
    """Return what the lessons of an assignment, or of all, say; what cannot be read says nothing.

    Parameters
    ----------
    course
        The class, whose own copies of the sources are read.
    assignment : str, optional
        Such as `core-day1`.
    """
    titles: dict[str, str] = {}
    order: dict[str, int] = {}
    objectives: dict[str, str] = {}
    marks: dict[str, dict[int, str]] = {}
    choices: dict[str, frozenset[str]] = {}
    for path in sorted(course.part("source").glob(f"{assignment or '*'}/*.ipynb"), key=_in_order):
        try:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            about, cells = notebook["metadata"].get("pcqa", {}), notebook["cells"]
        except (OSError, ValueError, KeyError):
            continue
        titles[path.stem] = str(about.get("title", path.stem))
        objectives |= about.get("objectives", {})
        for cell in cells:
            if (item := grade_id(cell)) and cell["metadata"]["nbgrader"].get("grade"):
                order[item] = len(order)
                objectives.setdefault(item, _WRITTEN if is_answer(cell) else _ASKED)
        marks |= rubrics(cells)
        choices |= offered(cells)
    return Told(titles, order, objectives, marks, choices)


def offered(cells: Sequence[Mapping[str, Any]]) -> dict[str, frozenset[str]]:
    r"""Return, by item, the words that its key knows or that stand in quotation marks in its box.

    Parameters
    ----------
    cells
        Of a source lesson.

    Examples
    --------
    >>> test = {"cell_type": "code", "metadata": {"nbgrader": {"grade_id": "b1-1", "grade": True}},
    ...         "source": 'judge("b1-1", answer_b1_1, expect={"3": "Planning"})'}
    >>> offered([test])
    {'b1-1': frozenset({'planning'})}
    """
    found: dict[str, frozenset[str]] = {}
    box = ""
    for cell in cells:
        if is_answer(dict(cell)):
            box = source(dict(cell))
        elif is_test(dict(cell)) and cell["cell_type"] == "code":
            try:
                key = misconception_cases(source(dict(cell)))
            except LessonError:
                continue
            words = [key.expect, *(one.answer for one in key.misconceptions), *_QUOTED.findall(box)]
            found[key.item] = frozenset(map(folded, _texts(words)))
            box = ""
    return found


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _texts(part)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for part in value:
            yield from _texts(part)


def _in_order(path: Any) -> tuple[str, list[tuple[int, str]]]:
    """Put b10 after b9."""
    return path.parent.name, [(int(n or 0), w) for n, w in re.findall(r"(\d+)|(\D+)", path.stem)]


def rubrics(cells: Sequence[Mapping[str, Any]]) -> dict[str, dict[int, str]]:
    r"""Return, by item, the rubric's words for each mark.

    Parameters
    ----------
    cells
        Of a source lesson. The rubric of an item stands in the first facilitator's cell after it
        that has one, as a table of marks and words.

    Examples
    --------
    >>> item = {"cell_type": "markdown", "source": "", "metadata": {"nbgrader": {
    ...     "grade_id": "b3-5", "grade": True, "solution": True}}}
    >>> notes = {"cell_type": "markdown", "metadata": {"tags": ["facilitator"]},
    ...          "source": "| Points | What |\n|---|---|\n| 0 | Nothing |\n| 1 | Restates it |"}
    >>> rubrics([item, notes])
    {'b3-5': {0: 'Nothing', 1: 'Restates it'}}
    """
    found: dict[str, dict[int, str]] = {}
    waiting: list[str] = []
    for cell in cells:
        item = grade_id(dict(cell))
        if item and is_answer(dict(cell)) and cell["metadata"]["nbgrader"].get("grade"):
            waiting.append(item)
        elif waiting and "facilitator" in cell.get("metadata", {}).get("tags", []):
            words = {int(mark): text for mark, text in _ROW.findall(source(dict(cell)))}
            if words:
                found |= dict.fromkeys(waiting, words)
                waiting = []
    return found
