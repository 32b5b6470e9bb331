"""The folder that a batch fills, and what is still to do in it.

| in the folder | what it is |
|---|---|
| `reports/LABEL/` | a practice's report; there only when it is whole |
| `summary.csv`, `index.html`, `funnel.svg` | what the practices say together |
| `failed.csv` | practices without a report, and why |
| `private/which-is-which.csv` | label and file; readable by its owner alone, not to be passed on |
| `private/key` | makes the marks of what reports were made from; so too |
| `batch.json` | which lesson, with which settings |

A practice goes by its ODS code where its file's name begins with that, else by a number: a file's
name may hold a person's. Each report says what it was made from, so that one of another file, or
of other settings, is never taken for it. It does so by a keyed digest: a plain one would let
whoever has the report try files until one fits.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
import shutil
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from pcqa_teach.errors import ReadError, RunError
from pcqa_teach.privacy import KEY_BYTES
from pcqa_teach.run.batch.labels import Labels
from pcqa_teach.run.batch.one import Practice
from pcqa_teach.run.mapped import Reading
from pcqa_teach.run.output import write_json

if TYPE_CHECKING:
    from nbformat import NotebookNode

_STILL_MADE = 3600.0  # seconds: on a cluster, a worker may still be making a younger report
_FILES = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".gz", ".zip"}
_LOCK = ".batch.lock"
_OURS = {
    *("reports", "summary.csv", "index.html", "funnel.svg"),
    *("failed.csv", "private", "batch.json", _LOCK),
}


class Work:
    """A batch's folder, begun or gone on with; nobody else may fill it meanwhile."""

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, Any],
        *,
        replace: bool,
        elsewhere: bool = False,
    ) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        self.settings = dict(settings)
        self.replace = replace
        self.young = _STILL_MADE if elsewhere else 0.0
        self.lock = FileLock(folder / _LOCK)

    def __enter__(self) -> Work:
        """Hold the folder, begun or gone on with.

        Raises
        ------
        RunError
            It holds something else, or somebody else is filling it.
        """
        self._look()
        made = not self.folder.exists()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._hold()
        try:
            self._begin()
        except BaseException:
            self.lock.release()
            if made:
                shutil.rmtree(self.folder, ignore_errors=True)
            raise
        return self

    def __exit__(self, *_: object) -> None:
        """Let others fill it."""
        self.lock.release()

    def practices(
        self,
        exports: Sequence[Path],
        sizes: Mapping[str, int] | None = None,
        reading: Reading | None = None,
    ) -> list[Practice]:
        """Give every export with its practice's label, the same each time.

        Parameters
        ----------
        exports : paths
            One file for each practice.
        sizes : dict, optional
            List sizes by practice code, which go to the practices' lessons as `list_size`.
        reading : Reading, optional
            How files are to be read; a mapping serves for those of no known format alone.
        """
        given = sizes or {}
        private = self.folder / "private"
        labels, key = Labels(private, [path.name for path in exports]), _key(private)
        listed = []
        for path in exports:
            label = labels.label(path.name)
            own = {"list_size": given[label]} if label in given else {}
            how = _reading(path, reading or Reading())
            content = _content(path)
            mark = _digest([content, own, how.said(), self.settings], key)
            listed.append(Practice(label, path, self.reports / label, content, mark, own, how))
        labels.keep()
        return listed

    def left_over(self, done: Sequence[Practice]) -> list[str]:
        """Give the labels of reports beside those that are done: of no export, or of a former."""
        labels = {one.label for one in done}
        made = (path.name for path in self.reports.iterdir() if not path.name.startswith("."))
        return sorted(name for name in made if name not in labels)

    def _look(self) -> None:
        """Refuse a folder that holds anything but a batch."""
        there = {path.name for path in self.folder.glob("*")}
        ours = (self.folder / "batch.json").is_file()
        if not ours and any(not name.startswith(".") for name in there):
            raise RunError(
                f"'{self.folder.name}' already holds other files: choose another folder."
            )
        strange = {name for name in there if not name.endswith(".partial")} - _OURS
        if ours and self.replace and strange:
            raise RunError(
                f"'{self.folder.name}' holds files that no batch made, which --replace would "
                "destroy: choose another folder."
            )

    def _hold(self) -> None:
        """Take the lock; where the disk knows no locks the folder is as good as taken."""
        try:
            self.lock.acquire(timeout=0)
        except Timeout:
            raise RunError(
                f"Another line is filling '{self.folder.name}' just now: let it end, or stop it"
                " first."
            ) from None
        except PermissionError:
            raise RunError(
                f"'{self.folder.name}' may not be written to: choose a folder of your own."
            ) from None
        except (NotImplementedError, OSError):
            pass

    def _begin(self) -> None:
        about = self.folder / "batch.json"
        if about.is_file() and self.replace:
            self._clear()
        if about.is_file() and json.loads(about.read_text(encoding="utf-8")) != self.settings:
            raise RunError(
                f"'{self.folder.name}' holds a batch of another lesson, or with other settings, or "
                "of another version of the kit: choose another folder, or add --replace to begin "
                "anew, which deletes its reports."
            )
        if not about.is_file():
            partial = self.folder / ".batch.json.partial"
            write_json(partial, self.settings)
            partial.replace(about)
        self.reports.mkdir(exist_ok=True)
        for left in self.folder.glob(".*.partial"):  # half a file of one that was killed
            left.unlink(missing_ok=True)
        for left in self.reports.glob(".*"):
            if time.time() - left.stat().st_mtime >= self.young:
                shutil.rmtree(left, ignore_errors=True)

    def _clear(self) -> None:
        about = self.folder / "batch.json"
        for path in self.folder.iterdir():
            if path.is_dir():
                shutil.rmtree(path)
            elif path.name not in (_LOCK, about.name):
                path.unlink()
        about.unlink()  # the last: until then it is a batch of ours


def settings(
    lesson: NotebookNode, parameters: Mapping[str, Any], *, png: bool, project: str | None
) -> dict[str, Any]:
    """Give what all reports of a batch have in common."""
    import pcqa_teach

    return {
        "made_by": "pcqa_teach",
        "version": pcqa_teach.__version__,
        "lesson": lesson.metadata.get("pcqa", {}).get("id"),
        "made_from": _digest([lesson, dict(parameters), png, project]),
    }


def exports_in(folder: Path) -> tuple[list[Path], int]:
    """Give the exports of a folder, and how many other things lie in it.

    Raises
    ------
    RunError
        There is no such folder, or no export in it.
    """
    if folder.is_file():
        raise RunError(
            f"'{folder.name}' is a file: for one export there is `pcqa run`; a batch takes a folder"
            " with one file for each practice."
        )
    if not folder.is_dir():
        raise RunError(f"There is no folder '{folder.name}' where you say: check the path.")
    there = [path for path in sorted(folder.iterdir()) if not path.name.startswith((".", "~"))]
    found = [path for path in there if path.is_file() and path.suffix.lower() in _FILES]
    if not found:
        raise RunError(
            f"'{folder.name}' holds no export: put one file for each practice there (.csv, .txt,"
            " .xlsx)."
        )
    return found, len(there) - len(found)


def twins(practices: Sequence[Practice]) -> list[list[str]]:
    """Give the labels of practices whose files hold the very same data."""
    same: dict[str, list[str]] = {}
    for one in practices:
        same.setdefault(one.content, []).append(one.label)
    return [labels for labels in same.values() if len(labels) > 1]


def _reading(path: Path, reading: Reading) -> Reading:
    """Say how one file is to be read: the mapping is for a format that nobody knows."""
    from pcqa_teach import data

    if reading.mapping is None:
        return reading
    try:
        known = data.is_known(path)
    except (ReadError, OSError):  # its own lesson will say why
        known = True
    return replace(reading, mapping=None) if known else reading


def _digest(parts: Sequence[Any], key: bytes = b"") -> str:
    text = json.dumps(parts, sort_keys=True, default=str)
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()


def _key(folder: Path) -> bytes:
    """Give the batch's key, made where there is none yet; readable by its owner alone."""
    path = folder / "key"
    if not path.is_file():
        folder.mkdir(mode=0o700, exist_ok=True)
        partial = folder / ".key.partial"
        partial.unlink(missing_ok=True)
        with os.fdopen(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(KEY_BYTES))
        partial.replace(path)
    return path.read_bytes()


def _content(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:  # the lesson will say why
        return f"not readable: {path.name}"
