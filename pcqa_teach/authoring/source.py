"""A lesson's source, as the rules read it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pcqa_teach.classroom.unfinished import where
from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import Key, misconception_cases

Cell = Mapping[str, Any]
OWN_DATA = "own-data"


@dataclass(frozen=True)
class Source:
    """A lesson's notebook as it stands in its file, with what the rules ask of it.

    Attributes
    ----------
    path : Path
        Its file; the folder's name is that of its assignment.
    text : str
        The file as it stands.
    """

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path | str) -> Source:
        """Return the source at `path`.

        Raises
        ------
        LessonError
            The file is no notebook, or a part of it is not as notebooks keep it; the message names
            it.
        """
        path = Path(path).resolve()  # the folder's name is wanted, wherever one types from
        text, notebook = opened(path)
        faults = _misshapen(notebook)
        if faults:
            raise LessonError(
                f"'{path.name}' is not a whole notebook: {'; '.join(faults[:3])}. Put that in "
                "order in the file, or take back what was last changed there."
            )
        return cls(path, text)

    @cached_property
    def notebook(self) -> dict[str, Any]:
        """The notebook, plain."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    @property
    def about(self) -> dict[str, Any]:
        """What it says of itself, under "pcqa" in its metadata."""
        return dict(self.notebook["metadata"].get("pcqa", {}))

    @property
    def cells(self) -> list[Cell]:
        """Its cells, in order."""
        found: list[Cell] = self.notebook["cells"]
        return found

    @property
    def is_own_data(self) -> bool:
        """Whether it is a practice's own tool, which has no graded task."""
        return self.path.parent.name == OWN_DATA

    @property
    def tests(self) -> list[Cell]:
        """The cells that hold the key of a graded item."""
        return [cell for cell in self.cells if is_test(cell)]

    @property
    def manual(self) -> list[Cell]:
        """The cells that a person marks."""
        return [cell for cell in self.cells if is_manual(cell)]

    def where(self, cell: Cell) -> str:
        """Return how a finding names one of its cells."""
        return where(cell, self.cells)

    def graded(self) -> Iterator[tuple[Cell, Key]]:
        """Give each test cell with its key; one that cannot be read is left out."""
        for cell in self.tests:
            try:
                yield cell, misconception_cases(source(cell))
            except LessonError:
                continue

    def told(self, *, facilitator: bool) -> str:
        """Return the words of its text cells: those for facilitators, or those for participants."""
        return "\n".join(
            source(cell)
            for cell in self.cells
            if cell["cell_type"] == "markdown" and ("facilitator" in tags(cell)) == facilitator
        )

    def headings(self) -> list[str]:
        """Return the headings that participants see, below the title."""
        return re.findall(r"^#{2,3} (.+?)\s*$", self.told(facilitator=False), re.MULTILINE)

    def answer_cell(self, key: Key) -> str | None:
        """Return the source of the one cell in which an item's answer is given, if there is one."""
        found = [
            source(cell)
            for cell in self.cells
            if marks(cell).get("solution") and f"{key.answer_name} =" in source(cell)
        ]
        return found[0] if len(found) == 1 else None


Rule = Callable[[Source], list[str]]


def opened(path: Path) -> tuple[str, dict[str, Any]]:
    """Return a notebook's file as it stands, and the plain notebook in it.

    Raises
    ------
    LessonError
        The file is no notebook of format 4.
    """
    try:
        text = path.read_text(encoding="utf-8")
        notebook = json.loads(text)
        if notebook["nbformat"] != 4 or not all(
            isinstance(cell, dict) for cell in notebook["cells"]
        ):
            raise ValueError
    except (OSError, ValueError, KeyError, TypeError):
        raise LessonError(f"'{path.name}' is not a notebook that can be read.") from None
    return text, notebook


def _misshapen(notebook: Mapping[str, Any]) -> list[str]:
    """Return what in a notebook no rule could read, each as it is told."""
    from nbformat.validator import iter_validate

    # What ids must be is a rule of its own, so that all is read as if each cell had one.
    cells = [{**cell, "id": "one"} for cell in notebook["cells"]]
    errors = iter_validate(
        {**notebook, "cells": cells}, version=4, version_minor=5, relax_add_props=True
    )
    found = [_told(notebook, list(error.relative_path), error.message) for error in errors]
    if found:
        return found
    every = notebook["cells"]
    held = [("its metadata", notebook), *((where(cell, every), cell) for cell in every)]
    return [
        f"{holder}: '{name}' is not a list of names and values in braces"
        for holder, one in held
        for name in ("pcqa", "nbgrader")
        if not isinstance(one["metadata"].get(name, {}), dict)
    ]


def _told(notebook: Mapping[str, Any], path: list[Any], message: str) -> str:
    """Say in words where a notebook is not as its format wants it."""
    holder, inner = "it", path
    if path[:1] == ["cells"] and len(path) > 1:
        holder, inner = where(notebook["cells"][path[1]], notebook["cells"]), path[2:]
    missing = re.fullmatch(r"'(\w+)' is a required property", message)
    at = "".join(f" '{name}'" for name in inner)
    if missing:
        return f"{holder} has no '{missing[1]}'{f' in{at}' if at else ''}"
    return f"{holder} has something in{at or ' itself'} that notebooks cannot hold"


def source(cell: Cell) -> str:
    """Return what stands in a cell."""
    return "".join(cell["source"])


def tags(cell: Cell) -> list[str]:
    """Return a cell's tags."""
    return list(cell["metadata"].get("tags", []))


def marks(cell: Cell) -> dict[str, Any]:
    """Return nbgrader's marks of a cell; none where it has none."""
    return dict(cell["metadata"].get("nbgrader", {}))


def is_test(cell: Cell) -> bool:
    """Say whether a cell holds the key of an item."""
    return bool(marks(cell).get("grade")) and not marks(cell).get("solution")


def is_manual(cell: Cell) -> bool:
    """Say whether a person marks a cell."""
    return bool(marks(cell).get("grade")) and bool(marks(cell).get("solution"))
