"""Executed notebooks kept from one build to the next, and how long their cells took.

A notebook is taken from here only if nothing that it is made from has changed: its own cells, the
library and its data, the locked packages and the Python.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nbformat import NotebookNode

_LEFT_OUT = {"__pycache__", ".ipynb_checkpoints"}


def files(root: Path, names: Iterable[str]) -> Iterator[Path]:
    """Give every file of these files and folders, in order, but for what tools leave."""
    for name in names:
        place = root / name
        for path in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if path.is_file() and not _LEFT_OUT & set(path.parts):
                yield path


def digest(root: Path, names: Iterable[str]) -> str:
    """Return a digest of the names and contents of files and folders below `root`."""
    found = hashlib.sha256()
    for path in files(root, names):
        for part in (path.relative_to(root).as_posix().encode(), path.read_bytes()):
            found.update(len(part).to_bytes(8, "big") + part)
    return found.hexdigest()


def surroundings() -> dict[str, str]:
    """Return what outputs hang on beside files: the Python, and what was set for the kit."""
    own = {name: value for name, value in os.environ.items() if name.startswith("PCQA_")}
    return {"python": platform.python_version(), **own}


class Kept:
    """A folder of executed notebooks.

    Parameters
    ----------
    folder : path
        Where they lie.
    library : str
        A digest of what all notebooks are made from.
    """

    def __init__(self, folder: Path, library: str) -> None:
        self.folder = folder
        self.library = library

    def find(self, name: str, notebook: NotebookNode) -> NotebookNode | None:
        """Return the executed notebook of that name, if it was made from the very same."""
        import nbformat

        kept = self._read(name)
        if kept.get("made_from") != self._key(notebook):
            return None
        return nbformat.from_dict(kept["notebook"])

    def keep(
        self, name: str, notebook: NotebookNode, done: NotebookNode, cells: dict[int, float]
    ) -> None:
        """Keep what a notebook became, and the seconds of its cells."""
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = {
            "made_from": self._key(notebook),
            "seconds": {str(n): s for n, s in cells.items()},
            "notebook": done,
        }
        partial = self.folder / f".{name}.{os.getpid()}.partial"
        partial.write_text(json.dumps(kept) + "\n", encoding="utf-8")
        partial.replace(self._place(name))

    def seconds(self, name: str) -> float | None:
        """Return how long a notebook's cells took the last time, whatever has changed since."""
        each = self._read(name).get("seconds")
        return float(sum(each.values())) if each else None

    def _read(self, name: str) -> dict[str, Any]:
        with contextlib.suppress(OSError, ValueError):
            kept = json.loads(self._place(name).read_text(encoding="utf-8"))
            if isinstance(kept, dict) and {"made_from", "seconds", "notebook"} <= set(kept):
                return kept
        return {}

    def _key(self, notebook: NotebookNode) -> str:
        """Return a digest of the notebook and of all else that its outputs hang on."""
        text = json.dumps([self.library, surroundings(), notebook], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()

    def _place(self, name: str) -> Path:
        return self.folder / f"{name}.json"
