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
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import RunError
from pcqa_teach.run.batch.one import Practice, is_whole
from pcqa_teach.run.output import write_json

if TYPE_CHECKING:
    from nbformat import NotebookNode

_ODS = re.compile(r"[A-Z]\d{5}")
_FILES = {".csv", ".txt", ".tsv", ".xlsx", ".xls", ".gz", ".zip"}
_OURS = {
    *("reports", "summary.csv", "index.html", "funnel.svg"),
    *("failed.csv", "which-is-which.csv", "batch.json"),
}


class Work:
    """A batch's folder, begun or gone on with."""

    def __init__(
        self, folder: Path, lesson: NotebookNode, parameters: Mapping[str, Any], *, replace: bool
    ) -> None:
        self.folder = folder
        self.reports = folder / "reports"
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
                shutil.rmtree(report)  # it was made from an earlier state of this file
            known[path.name] = (label, now)
            listed.append(Practice(label, path, report))
        self._remember(known)
        return listed

    def unfinished(self, practices: list[Practice]) -> list[Practice]:
        """Give the practices without a report."""
        return [one for one in practices if not is_whole(one.report)]

    def _begin(self, settings: dict[str, Any], *, replace: bool) -> None:
        about = self.folder / "batch.json"
        if self.folder.exists() and any(self.folder.iterdir()) and not about.is_file():
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
        self.reports.mkdir(parents=True, exist_ok=True)
        for left in self.reports.glob(".*"):  # half a report of one that was killed
            shutil.rmtree(left, ignore_errors=True)
        if not about.is_file():
            write_json(about, settings)

    def _clear(self) -> None:
        strange = {path.name for path in self.folder.iterdir()} - _OURS
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
        with self._names.open(encoding="utf-8", newline="") as file:
            return {row["file"]: (row["label"], row["digest"]) for row in csv.DictReader(file)}

    def _remember(self, known: Mapping[str, tuple[str, str]]) -> None:
        partial = self._names.with_suffix(".partial")
        partial.unlink(missing_ok=True)
        with os.fdopen(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600),
            "w", encoding="utf-8", newline="",
        ) as file:  # fmt: skip
            rows = csv.writer(file)
            rows.writerow(["label", "file", "digest"])
            rows.writerows([label, name, mark] for name, (label, mark) in known.items())
        partial.replace(self._names)


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
