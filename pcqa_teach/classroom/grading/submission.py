"""A notebook as it was handed in: read kindly, refused in a few words where it cannot be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pcqa_teach.classroom.grading.repair import Cell

_BIGGEST = 32 << 20
_MOST_CELLS = 2_000
_LONGEST_KEPT, _ALL_KEPT = 20_000, 200_000  # characters of a cell, and of all of a notebook's


@dataclass(frozen=True)
class Submission:
    """What a file holds: its cells, what it says of itself; or the trouble with it."""

    cells: tuple[Cell, ...] = ()
    about: Mapping[str, Any] = field(default_factory=dict)
    trouble: str = ""


def read(path: Path, lesson: str = "") -> Submission:
    """Return what was handed in at `path`.

    Parameters
    ----------
    path
        A file of somebody else's making.
    lesson : str
        The id of the lesson that it should be, such as `b3`; a file that says that it is another
        is refused.
    """
    if path.is_symlink() or not path.is_file():
        return Submission(trouble="it is no file")
    if path.stat().st_size > _BIGGEST:
        return Submission(trouble="the file is far too large for a lesson")
    content = path.read_bytes()
    if not content.strip():
        return Submission(trouble="the file is empty")
    try:
        notebook = json.loads(content)
    except (ValueError, RecursionError):
        return Submission(trouble="the file is damaged: it ends too early, or is no notebook")
    if not isinstance(notebook, dict):
        return Submission(trouble="the file is no notebook")
    if notebook.get("nbformat") != 4:
        notebook = _converted(notebook)
        if notebook is None:
            return Submission(trouble="the notebook is of a version that cannot be read")
    cells = notebook.get("cells")
    if not isinstance(cells, list) or len(cells) > _MOST_CELLS:
        return Submission(trouble="the file is no notebook, or has far too many cells")
    cells = [_read_cell(cell) for cell in cells if isinstance(cell, dict)]
    metadata = notebook.get("metadata")
    about = metadata.get("pcqa", {}) if isinstance(metadata, dict) else {}
    about = about if isinstance(about, dict) else {}
    said = about.get("id")
    if lesson and said is not None and said != lesson:
        return Submission(trouble="it is the work on another lesson")
    return Submission(tuple(cells), about)


def _read_cell(cell: dict[str, Any]) -> Cell:
    """Return what a cell holds in the types that a notebook has, whatever was written there."""
    kind, metadata = cell.get("cell_type"), cell.get("metadata")
    made: Cell = {
        "cell_type": kind if kind in ("code", "markdown", "raw") else "raw",
        "source": as_text(cell.get("source")),
        "metadata": dict(metadata) if isinstance(metadata, dict) else {},
    }
    if not isinstance(made["metadata"].get("nbgrader", {}), dict):
        del made["metadata"]["nbgrader"]
    if isinstance(cell.get("id"), str):
        made["id"] = cell["id"]
    if made["cell_type"] == "code":
        made["execution_count"] = None
        outputs = cell.get("outputs")
        made["outputs"] = outputs if isinstance(outputs, list) else []
    return made


def as_text(value: Any) -> str:
    r"""Return a text that can be written as UTF-8; a list of lines is joined, all else is "".

    >>> as_text(["a", "b"]), as_text("\ud800"), as_text(5)
    ('ab', '?', '')
    """
    lines = value if isinstance(value, list) else [value]
    text = "".join(line for line in lines if isinstance(line, str))
    return text.encode("utf-8", "replace").decode("utf-8")


def shorten(cells: Iterable[dict[str, Any]]) -> None:
    r"""Cut sources that are longer than anybody reads, and say so where they are cut.

    >>> cells = [{"source": "x" * 30_000}, {"source": "y"}]
    >>> shorten(cells)
    >>> cells[0]["source"][-54:], cells[1]["source"]
    ('x\n\n[Cut here by the marking: the cell is 30,000 long.]', 'y')
    """
    room = _ALL_KEPT
    for cell in cells:
        text = cell["source"]
        most = min(_LONGEST_KEPT, room)
        room -= min(len(text), most)
        if len(text) > most:
            said = f"[Cut here by the marking: the cell is {len(text):,} long.]"
            cell["source"] = f"{text[:most]}\n\n{said}"


def _converted(notebook: dict[str, Any]) -> dict[str, Any] | None:
    """Return a notebook of an older version as one of version 4; None where that fails."""
    import nbformat

    try:
        made = nbformat.convert(nbformat.reader.reads(json.dumps(notebook)), 4)
        return dict(json.loads(nbformat.writes(made)))
    except Exception:  # noqa: BLE001  (whatever a damaged file makes of it)
        return None
