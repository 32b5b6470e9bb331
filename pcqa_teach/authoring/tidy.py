"""A lesson's file as lessons are kept, whatever an editor left in it."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from pcqa_teach.authoring.form import METADATA, as_kept
from pcqa_teach.authoring.source import Source, opened
from pcqa_teach.run import output

_LEFT_BY_EDITORS = {"collapsed", "trusted", "execution", "ExecuteTime", "scrolled", "editable",
                    "deletable", "slideshow"}  # fmt: skip


def tidy(path: Path) -> bool:
    """Take outputs and an editor's traces out of a lesson's file, and put its keys in order.

    Parameters
    ----------
    path : Path
        The lesson's source notebook; what is written in its cells stays.

    Returns
    -------
    bool
        Whether anything was changed.

    Raises
    ------
    LessonError
        The file is no notebook, or not a whole one even when it is tidy.
    """
    text, notebook = opened(path)
    held = notebook.setdefault("metadata", {})
    about = {name: value for name, value in held.items() if name in METADATA}
    about["kernelspec"] = {"display_name": "Python 3", "language": "python", "name": "python3"}
    about["language_info"] = {"name": "python"}
    notebook["metadata"] = about
    for cell in notebook["cells"]:
        cell.setdefault("metadata", {})
        if cell.get("cell_type") == "code":
            cell["outputs"], cell["execution_count"] = [], None
        for name in _LEFT_BY_EDITORS & set(cell["metadata"]):
            del cell["metadata"][name]
    if notebook.get("nbformat_minor", 0) < 5:
        notebook["nbformat_minor"] = 5
        _name(notebook["cells"], path.stem.split("_")[0])
    kept = as_kept(notebook)
    if kept == text:
        return False
    with output.file(path, replace=True) as partial:
        partial.write_text(kept, encoding="utf-8")
    Source.read(path)  # what it cannot mend is told at once
    return True


def _name(cells: list[dict[str, Any]], short: str) -> None:
    """Give an id to each cell that has none, as the notebook formats before 4.5 allowed."""
    taken = {cell.get("id") for cell in cells}
    free = (name for number in count(1) if (name := f"{short}-cell-{number}") not in taken)
    for cell in cells:
        if not cell.get("id"):
            cell["id"] = next(free)
