"""A notebook as it was handed in: read kindly, refused in a few words where it cannot be."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pcqa_teach.classroom.grading.repair import Cell
from pcqa_teach.run import words

_BIGGEST = 32 << 20
_MOST_CELLS = 2_000
_LONGEST_OUTPUT = 20_000
_KEPT = ("image/png", "image/svg+xml", "text/html", "text/plain")


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
    cells = [cell for cell in cells if isinstance(cell, dict)]
    metadata = notebook.get("metadata")
    about = metadata.get("pcqa", {}) if isinstance(metadata, dict) else {}
    about = about if isinstance(about, dict) else {}
    said = about.get("id")
    if lesson and said is not None and said != lesson:
        return Submission(trouble="it is the work on another lesson")
    return Submission(tuple(cells), about)


def shown(cell: Cell) -> list[dict[str, Any]]:
    """Return the outputs that a participant saw, with nothing in them that runs or loads."""
    found: list[dict[str, Any]] = []
    outputs = cell.get("outputs")
    for one in outputs if isinstance(outputs, list) else []:
        kind = one.get("output_type") if isinstance(one, dict) else None
        if kind == "stream":
            found.append(
                {"output_type": "stream", "name": "stdout", "text": _text(one.get("text"))}
            )
        elif kind in ("display_data", "execute_result"):
            data = {k: _safe(k, v) for k, v in dict(one.get("data") or {}).items() if k in _KEPT}
            if data:
                found.append({"output_type": "display_data", "data": data, "metadata": {}})
        elif kind == "error":
            name = _text(one.get("ename"))[:80]
            found.append({"output_type": "stream", "name": "stdout", "text": f"It stopped: {name}"})
    return found[:50]


def _safe(kind: str, value: Any) -> str:
    text = _text(value, 2_000_000)
    if kind == "text/html":
        return words.from_html(text)
    if kind == "image/svg+xml":
        return ""
    return text if kind == "image/png" else text[:_LONGEST_OUTPUT]


def _text(value: Any, longest: int = _LONGEST_OUTPUT) -> str:
    text = value if isinstance(value, str) else "".join(map(str, value or []))
    return text if len(text) <= longest else text[:longest] + " ..."


def _converted(notebook: dict[str, Any]) -> dict[str, Any] | None:
    """Return a notebook of an older version as one of version 4; None where that fails."""
    import nbformat

    try:
        made = nbformat.convert(nbformat.from_dict(notebook), 4)
        return dict(json.loads(nbformat.writes(made)))
    except Exception:  # noqa: BLE001  (whatever a damaged file makes of it)
        return None
