"""The rubric of a manually marked item, read from the facilitator's cell that holds it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pcqa_teach.classroom.grading.repair import grade_id, is_answer, source

_ROW = re.compile(r"^\|\s*\**(\d)\**\s*\|\s*(.+?)\s*\|\s*$", re.MULTILINE)


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
