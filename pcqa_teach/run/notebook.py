"""What a notebook says about itself: its title, its sections, its parameters, its tags."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nbformat import NotebookNode

_HEADING = re.compile(r"^#{1,6}\s+(.+?)\s*#*$", flags=re.MULTILINE)


def title(notebook: NotebookNode) -> str:
    """Return the lesson's title: from its metadata, else its first heading."""
    known = notebook.metadata.get("pcqa", {}).get("title")
    return str(known or next(filter(None, headings(notebook)), "The notebook"))


def headings(notebook: NotebookNode) -> list[str]:
    """Return, for each cell, the heading of the section it stands in ("" before the first)."""
    current, found = "", []
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            here = _HEADING.findall(cell.source)
            current = here[-1] if here else current
        found.append(current)
    return found


def is_code(cell: NotebookNode) -> bool:
    """Say whether the cell holds code to run."""
    return cell.cell_type == "code" and bool(cell.source.strip())


def tagged(cell: NotebookNode, tag: str) -> bool:
    """Say whether the cell carries a tag."""
    return tag in cell.metadata.get("tags", [])


def parameters_cell(notebook: NotebookNode) -> int:
    """Return the place of the cell tagged `parameters`; -1 where there is none."""
    places = (place for place, cell in enumerate(notebook.cells) if tagged(cell, "parameters"))
    return next(places, -1)


def parameter_names(notebook: NotebookNode) -> list[str]:
    """Return the names that the `parameters` cell sets, in their order."""
    place = parameters_cell(notebook)
    if place < 0:
        return []
    names: list[str] = []
    for statement in ast.parse(notebook.cells[place].source).body:
        targets = statement.targets if isinstance(statement, ast.Assign) else []
        if isinstance(statement, ast.AnnAssign):
            targets = [statement.target]
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names
