"""The folder that a batch fills, and what is still to do in it.

| in the folder | what it is |
|---|---|
| `reports/LABEL/` | a practice's report; there only when it is whole |
| `summary.csv`, `index.html`, `funnel.svg` | what the practices say together |
| `failed.csv` | practices without a report, and why |
| `private/which-is-which.csv` | label and file; readable by its owner alone, not to be passed on |
| `batch.json` | which lesson, with which settings |

A practice goes by its ODS code where its file is called that, else by a number: a file's name may
hold a person's.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from pcqa_teach.errors import RunError
from pcqa_teach.run.batch.one import Practice, is_whole
from pcqa_teach.run.mapped import Reading
from pcqa_teach.run.output import write_json

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ODS = re.compile(r"[A-Z]\d{5}")
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
        lesson: NotebookNode,
        parameters: Mapping[str, Any],
        *,
        reading: Reading,
        replace: bool,
        elsewhere: bool = False,
    ) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        self.private = folder / "private"
        self.young = _STILL_MADE if elsewhere else 0.0
        self._look(replace=replace)
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = _locked(folder)
        self._begin(_settings(lesson, parameters, reading), replace=replace)

    def __enter__(self) -> Work:
        """Hold the folder."""
        return self

    def __exit__(self, *_: object) -> None:
        """Let others fill it."""
        self._lock.release()

    def practices(self, exports: Path, sizes: Mapping[str, int] | None = None) -> list[Practice]:
        """Give every export of a folder with its practice's label, the same each time.

        Parameters
        ----------
        exports : path
            The folder of exports.
        sizes : dict, optional
            List sizes by practice code, which go to the practices' lessons as `list_size`.

        Raises
        ------
        RunError
            There is no such folder, or no export in it.
        """
        found = _exports(exports)
        known = self._known()
        taken = {label for label, _ in known.values()}
        listed = []
        for path in found:
            label, mark = known.get(path.name, ("", ""))
            label = label or _label(path, taken)
            taken.add(label)
            own = {"list_size": sizes[label]} if sizes and label in sizes else {}
            now = _mark(path) + "".join(f"+{name}={value}" for name, value in own.items())
            report = self.reports / label
            if mark and mark != now and is_whole(report):
                _discard(report)  # it was made from an earlier state of this file
            known[path.name] = (label, now)
            listed.append(Practice(label, path, report, own))
        self._remember(known)
        return listed

    def left_over(self, practices: list[Practice]) -> list[str]:
        """Give the labels of reports whose exports are no longer in the folder."""
        there = {one.label for one in practices}
        made = (path.name for path in self.reports.iterdir() if not path.name.startswith("."))
        return sorted(name for name in made if name not in there)

    def twins(self, practices: list[Practice]) -> list[list[str]]:
        """Give the labels of practices whose files hold the very same data."""
        marks: dict[str, list[str]] = {}
        known = self._known()
        for one in practices:
            digest = known[one.export.name][1].partition("+")[0]
            marks.setdefault(digest, []).append(one.label)
        return [labels for labels in marks.values() if len(labels) > 1]

    def unfinished(self, practices: list[Practice]) -> list[Practice]:
        """Give the practices without a report."""
        return [one for one in practices if not is_whole(one.report)]

    def _look(self, *, replace: bool) -> None:
        """Refuse a folder that holds anything but a batch."""
        there = {path.name for path in self.folder.glob("*")}
        ours = (self.folder / "batch.json").is_file()
        if not ours and any(not name.startswith(".") for name in there):
            raise RunError(
                f"'{self.folder.name}' already holds other files: choose another folder."
            )
        strange = {name for name in there if not name.endswith(".partial")} - _OURS
        if ours and replace and strange:
            raise RunError(
                f"'{self.folder.name}' holds files that no batch made, which --replace would "
                "destroy: choose another folder."
            )

    def _begin(self, settings: dict[str, Any], *, replace: bool) -> None:
        about = self.folder / "batch.json"
        if about.is_file() and replace:
            self._clear()
        if about.is_file() and json.loads(about.read_text(encoding="utf-8")) != settings:
            raise RunError(
                f"'{self.folder.name}' holds a batch of another lesson, or with other settings, or "
                "of another version of the kit: choose another folder, or add --replace to begin "
                "anew."
            )
        if not about.is_file():
            partial = self.folder / ".batch.json.partial"
            write_json(partial, settings)
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

    @property
    def _names(self) -> Path:
        return self.private / "which-is-which.csv"

    def _known(self) -> dict[str, tuple[str, str]]:
        if not self._names.is_file():
            return {}
        with self._names.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            return {
                row["file"].removeprefix("'"): (row["label"], row["digest"])
                for row in csv.DictReader(file)
            }

    def _remember(self, known: Mapping[str, tuple[str, str]]) -> None:
        self.private.mkdir(mode=0o700, exist_ok=True)
        partial = self._names.with_name(f".{self._names.name}.partial")
        partial.unlink(missing_ok=True)
        with os.fdopen(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600),
            "w", encoding="utf-8", errors="surrogateescape", newline="",
        ) as file:  # fmt: skip
            rows = csv.writer(file)
            rows.writerow(["label", "file", "digest"])
            rows.writerows([label, _safe(name), mark] for name, (label, mark) in known.items())
        partial.replace(self._names)


def _locked(folder: Path) -> FileLock:
    """Take the folder; where its disk knows no locks it is as good as taken."""
    lock = FileLock(folder / _LOCK)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise RunError(
            f"Another line is filling '{folder.name}' just now: let it end, or stop it first."
        ) from None
    except (NotImplementedError, OSError):
        pass
    return lock


def _discard(report: Path) -> None:
    """Take a report away under a name that is swept up later, should this be stopped half-way."""
    old = report.with_name(f".{report.name}.old")
    report.rename(old)
    shutil.rmtree(old, ignore_errors=True)


def _safe(name: str) -> str:
    """Keep a spreadsheet from taking a file's name for a formula."""
    return f"'{name}" if name[:1] in "=+-@'" else name


def _settings(
    lesson: NotebookNode, parameters: Mapping[str, Any], reading: Reading
) -> dict[str, Any]:
    import pcqa_teach

    how = [reading.mapping.read_text("utf-8") if reading.mapping else None, reading.dates]
    made_from = [lesson, dict(parameters), *([how] if reading else [])]
    text = json.dumps(made_from, sort_keys=True, default=str)
    return {
        "made_by": "pcqa_teach",
        "version": pcqa_teach.__version__,
        "lesson": lesson.metadata.get("pcqa", {}).get("id"),
        "made_from": hashlib.sha256(text.encode()).hexdigest(),
    }


def _exports(folder: Path) -> list[Path]:
    if folder.is_file():
        raise RunError(
            f"'{folder.name}' is a file: for one export there is `pcqa run`; a batch takes a folder"
            " with one file for each practice."
        )
    if not folder.is_dir():
        raise RunError(f"There is no folder '{folder.name}' where you say: check the path.")
    found = sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in _FILES and not path.name.startswith((".", "~"))
    )
    if not found:
        raise RunError(
            f"'{folder.name}' holds no export: put one file for each practice there (.csv, .txt,"
            " .xlsx)."
        )
    return found


def _label(path: Path, taken: set[str]) -> str:
    code = path.name.split(".")[0].upper()
    if _ODS.fullmatch(code) and code not in taken:
        return code
    number = 1
    while f"practice-{number:03d}" in taken:
        number += 1
    return f"practice-{number:03d}"


def _mark(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
