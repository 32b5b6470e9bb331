"""What an assignment is marked by: its lessons' keys, and the cells that were handed out."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from pcqa_teach.classroom.grading.marking import AnswerKey, answer_key
from pcqa_teach.classroom.grading.repair import Cell, source
from pcqa_teach.errors import ClassroomError

_MARKING = "1"  # a change here has everything marked again


@dataclass(frozen=True)
class Lesson:
    """What a notebook is marked by: its key, the cells that were handed out, the data it reads."""

    name: str
    id: str
    key: AnswerKey
    released: tuple[Cell, ...]
    digest: str
    tables: tuple[str, ...]


def lessons(source_folder: Path, release_folder: Path) -> dict[str, Lesson]:
    """Return the lessons of an assignment by name, from its sources and what was handed out.

    Raises
    ------
    ClassroomError
        Nothing was handed out yet, or it was made from another source than the one here.
    """
    if not any(source_folder.glob("*.ipynb")):
        name = source_folder.name
        raise ClassroomError(
            f"'{name}' was never handed out in this class: run `pcqa classroom release {name}` "
            "first."
        )
    found: dict[str, Lesson] = {}
    for path in sorted(source_folder.glob("*.ipynb")):
        handed_out = release_folder / path.name
        if not handed_out.is_file():
            raise ClassroomError(
                f"'{path.stem}' was never handed out: run `pcqa classroom release` first."
            )
        texts = path.read_bytes(), handed_out.read_bytes()
        own, released = (json.loads(text) for text in texts)
        here = made_from(texts[0])
        if released["metadata"].get("pcqa", {}).get("made_from", here) != here:
            raise ClassroomError(
                f"'{path.stem}' was not handed out from the source that lies in this class: run "
                f"`pcqa classroom release {source_folder.name}` again, then mark."
            )
        digest = hashlib.sha256(b"\0".join((_MARKING.encode(), *texts))).hexdigest()
        about = own["metadata"].get("pcqa", {})
        name, tables = about.get("id", path.stem), tuple(map(str, about.get("data", ())))
        key = answer_key([{**cell, "source": source(cell)} for cell in own["cells"]])
        cells = tuple({**cell, "source": source(cell)} for cell in released["cells"])
        found[path.stem] = Lesson(path.stem, name, key, cells, digest, tables)
    return found


def made_from(source: bytes) -> str:
    """Return what a copy to hand out says of the source that it was made from."""
    return hashlib.sha256(source).hexdigest()[:16]
