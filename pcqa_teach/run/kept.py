"""Executed notebooks kept from one build to the next, and how long their cells took.

A notebook is taken from here only if nothing that it is made from has changed: its own cells, the
library and its data, the locked packages and the Python.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
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
        found.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


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
        self.library = f"{library} {platform.python_version()}"

    def find(self, name: str, notebook: NotebookNode) -> NotebookNode | None:
        """Return the executed notebook of that name, if it was made from the very same."""
        import nbformat

        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            about = json.loads(self._about(name).read_text(encoding="utf-8"))
            if about["made_from"] == self._key(notebook):
                return nbformat.read(self._place(name), as_version=4)
        return None

    def keep(
        self, name: str, notebook: NotebookNode, done: NotebookNode, cells: dict[int, float]
    ) -> None:
        """Keep what a notebook became, and the seconds of its cells."""
        import nbformat

        self.folder.mkdir(parents=True, exist_ok=True)
        about = {"made_from": self._key(notebook), "seconds": {str(n): s for n, s in cells.items()}}
        self._about(name).unlink(missing_ok=True)  # without it, a half-written one never counts
        self._place(name).write_text(nbformat.writes(done) + "\n", encoding="utf-8")
        partial = self._about(name).with_suffix(".partial")
        partial.write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")
        partial.replace(self._about(name))

    def seconds(self, name: str) -> float | None:
        """Return how long a notebook's cells took the last time, whatever has changed since."""
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            about: dict[str, Any] = json.loads(self._about(name).read_text(encoding="utf-8"))
            return float(sum(about["seconds"].values()))
        return None

    def _key(self, notebook: NotebookNode) -> str:
        text = json.dumps(notebook, sort_keys=True)
        return hashlib.sha256(f"{self.library}\0{text}".encode()).hexdigest()

    def _place(self, name: str) -> Path:
        return self.folder / f"{name}.ipynb"

    def _about(self, name: str) -> Path:
        return self.folder / f"{name}.json"
