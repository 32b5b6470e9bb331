"""Lead from a lesson's page in the book to the sheets to print that are made for it.

Below its heading each sheet names, in italics, the lessons that it is for ("Day 3: The Model for
Improvement"), or a course ("Quality Coaches, every day"); from there the lesson's page takes its
links, so that a new sheet is linked without anybody remembering to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pcqa_teach.publish.workbook import part

if TYPE_CHECKING:
    from nbformat import NotebookNode

FILE = "sheets.md"
_SHEET = re.compile(
    r"^\((?P<place>sheet-[\w-]+)\)=\n## (?P<heading>.+)\n\n\*(?P<whose>[^*\n]+)\*$", re.MULTILINE
)

Sheets = Mapping[str, list[tuple[str, str]]]


def by_lesson(page: str) -> dict[str, list[tuple[str, str]]]:
    r"""Return the sheets of each lesson, as (place, heading), by the lesson's title in lower case.

    >>> by_lesson("(sheet-pdsa)=\n## PDSA\n\n*Day 3: Small tests; On your own data: Impact*\n")
    {'small tests': [('sheet-pdsa', 'PDSA')], 'impact': [('sheet-pdsa', 'PDSA')]}
    """
    found: dict[str, list[tuple[str, str]]] = {}
    for sheet in _SHEET.finditer(page):
        for whose in sheet["whose"].split("; "):
            title = whose.partition(": ")[2] or whose
            found.setdefault(title.casefold(), []).append((sheet["place"], sheet["heading"]))
    return found


def linked(notebook: NotebookNode, sheets: Sheets) -> NotebookNode:
    """Put a line with a lesson's sheets below its title; changed in place."""
    from nbformat.v4 import new_markdown_cell

    about: dict[str, Any] = notebook.metadata.get("pcqa", {})
    course = re.sub(r"day \d+$", "every day", part(str(about.get("assignment", ""))))
    keys = (str(about.get("title", "")).casefold(), course.casefold())
    own = [sheet for key in keys for sheet in sheets.get(key, [])]
    if own:
        listed = ", ".join(f"[{heading}](#{place})" for place, heading in own)
        line = f"**Sheets to print for this lesson:** {listed}."
        notebook.cells.insert(1, new_markdown_cell(line, id="sheets-to-print"))
    return notebook
