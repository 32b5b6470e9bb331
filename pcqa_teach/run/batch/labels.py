"""What each practice of a batch goes by, and the private table that says which file is which."""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Sequence
from pathlib import Path

_ODS = re.compile(r"[A-Za-z]\d{5}(?![A-Za-z0-9])")
_NAME = "which-is-which.csv"


class Labels:
    """Labels by file name, the same each time for as long as the private table is kept."""

    def __init__(self, folder: Path, files: Sequence[str]) -> None:
        self.folder = folder
        self.known = self._read()
        gone = self.known.keys() - set(files)
        for name in gone:  # a code is free again: a file may be back under another name
            if _ODS.fullmatch(self.known[name]):
                del self.known[name]
        self.taken = set(self.known.values())

    def label(self, file: str) -> str:
        """Give a file's label: its ODS code if its name begins with one that is free."""
        if file not in self.known:
            code = _ODS.match(file)
            label = code[0].upper() if code else ""
            self.known[file] = label if label and label not in self.taken else self._number()
            self.taken.add(self.known[file])
        return self.known[file]

    def keep(self) -> None:
        """Write the table, for its owner alone."""
        self.folder.mkdir(mode=0o700, exist_ok=True)
        partial = self.folder / f".{_NAME}.partial"
        partial.unlink(missing_ok=True)
        with os.fdopen(
            os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600),
            "w", encoding="utf-8", errors="surrogateescape", newline="",
        ) as file:  # fmt: skip
            rows = csv.writer(file)
            rows.writerow(["label", "file"])
            rows.writerows([label, _safe(name)] for name, label in self.known.items())
        partial.replace(self.folder / _NAME)

    def _read(self) -> dict[str, str]:
        path = self.folder / _NAME
        if not path.is_file():
            return {}
        with path.open(encoding="utf-8", errors="surrogateescape", newline="") as file:
            return {row["file"].removeprefix("'"): row["label"] for row in csv.DictReader(file)}

    def _number(self) -> str:
        number = 1
        while f"practice-{number:03d}" in self.taken:
            number += 1
        return f"practice-{number:03d}"


def _safe(name: str) -> str:
    """Keep a spreadsheet from taking a file's name for a formula."""
    return f"'{name}" if name[:1] in "=+-@'" else name
