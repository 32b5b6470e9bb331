"""The folder that a batch fills, and what is still to do in it.

| in the folder | what it is |
|---|---|
| `reports/LABEL/` | a practice's report; there only when it is whole |
| `summary.csv`, `index.html`, `funnel.svg` | what the practices say together |
| `failed.csv` | practices without a report, and why |
| `which-is-which.csv` | label and file; readable by its owner alone, not to be passed on |
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

from pcqa_teach.errors import RunError
from pcqa_teach.run.batch.one import Practice, is_whole
from pcqa_teach.run.output import write_json

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ODS = re.compile(r"[A-Z]\d{5}")
_STILL_MADE = 3600.0  # seconds: on a cluster, a worker may still be making a younger report
_FILES = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".gz", ".zip"}
_OURS = {
    *("reports", "summary.csv", "index.html", "funnel.svg"),
    *("failed.csv", "which-is-which.csv", "batch.json"),
}


class Work:
    """A batch's folder, begun or gone on with."""

    def __init__(
        self,
        folder: Path,
        lesson: NotebookNode,
        parameters: Mapping[str, Any],
        *,
        replace: bool,
        elsewhere: bool = False,
    ) -> None:
        self.folder = folder
        self.reports = folder / "reports"
        self.young = _STILL_MADE if elsewhere else 0.0
        self._begin(_settings(lesson, parameters), replace=replace)

    def practices(self, exports: Path) -> list[Practice]:
        """Give every export of a folder with its practice's label, the same each time.

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
            now = _mark(path)
            report = self.reports / label
            if mark and mark != now and is_whole(report):
                _discard(report)  # it was made from an earlier state of this file
            known[path.name] = (label, now)
            listed.append(Practice(label, path, report))
        self._remember(known)
        return listed

    def twins(self, practices: list[Practice]) -> list[list[str]]:
        """Give the labels of practices whose files hold the very same data."""
        marks: dict[str, list[str]] = {}
        known = self._known()
        for one in practices:
            marks.setdefault(known[one.export.name][1], []).append(one.label)
        return [labels for labels in marks.values() if len(labels) > 1]

    def unfinished(self, practices: list[Practice]) -> list[Practice]:
        """Give the practices without a report."""
        return [one for one in practices if not is_whole(one.report)]

    def _begin(self, settings: dict[str, Any], *, replace: bool) -> None:
        about = self.folder / "batch.json"
        strange = [p for p in self.folder.glob("*") if not p.name.startswith(".")]
        if strange and not about.is_file():
            raise RunError(
                f"'{self.folder.name}' already holds other files: choose another folder."
            )
        if about.is_file() and replace:
            self._clear()
        if about.is_file() and json.loads(about.read_text(encoding="utf-8")) != settings:
            raise RunError(
                f"'{self.folder.name}' holds a batch of another lesson, or with other settings, or "
                "of another version of the kit: choose another folder, or add --replace to begin "
                "anew."
            )
        self.folder.mkdir(parents=True, exist_ok=True)
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
        there = {path.name for path in self.folder.iterdir()}
        strange = {name for name in there if not name.endswith(".partial")} - _OURS
        if strange:
            raise RunError(
                f"'{self.folder.name}' holds files that no batch made, which --replace would "
                "destroy: choose another folder."
            )
        shutil.rmtree(self.folder)
        self.folder.mkdir()

    @property
    def _names(self) -> Path:
        return self.folder / "which-is-which.csv"

    def _known(self) -> dict[str, tuple[str, str]]:
        if not self._names.is_file():
            return {}
        with self._names.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            return {
                row["file"].removeprefix("'"): (row["label"], row["digest"])
                for row in csv.DictReader(file)
            }

    def _remember(self, known: Mapping[str, tuple[str, str]]) -> None:
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


def _discard(report: Path) -> None:
    """Take a report away under a name that is swept up later, should this be stopped half-way."""
    old = report.with_name(f".{report.name}.old")
    report.rename(old)
    shutil.rmtree(old, ignore_errors=True)


def _safe(name: str) -> str:
    """Keep a spreadsheet from taking a file's name for a formula."""
    return f"'{name}" if name[:1] in "=+-@'" else name


def _settings(lesson: NotebookNode, parameters: Mapping[str, Any]) -> dict[str, Any]:
    import pcqa_teach

    text = json.dumps([lesson, dict(parameters)], sort_keys=True, default=str)
    return {
        "made_by": "pcqa_teach",
        "version": pcqa_teach.__version__,
        "lesson": lesson.metadata.get("pcqa", {}).get("id"),
        "made_from": hashlib.sha256(text.encode()).hexdigest(),
    }


def _exports(folder: Path) -> list[Path]:
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
