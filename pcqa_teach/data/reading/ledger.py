"""What became of every row of one file: kept, mended, set aside or refused."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from pcqa_teach.data.quality import FIRST_ROWS, Finding
from pcqa_teach.data.reading.kinds import Array


@dataclass
class Ledger:
    """The book of one file's rows.

    A row set aside or refused is written here and goes no further; a mended row carries a bit for
    each thing mended, so that it is counted once.
    """

    file: str = ""
    rows_in: int = 0
    unit: str = "row"  # what is counted: rows, or the cells of a crosstab
    gone: dict[tuple[str, str, str], tuple[int, list[int]]] = field(default_factory=dict)
    mends: list[tuple[str, str]] = field(default_factory=list)

    def strike(self, outcome: str, what: str, why: str, numbers: Array) -> None:
        """Write down rows that are set aside or refused, by their numbers."""
        if len(numbers):
            before, first = self.gone.get((outcome, what, why), (0, []))
            first = list(dict.fromkeys([*first, *_first(numbers)]))[:FIRST_ROWS]
            self.gone[outcome, what, why] = before + len(numbers), first

    def bit(self, what: str, why: str) -> int:
        """Return the bit that marks rows mended in this way."""
        if (what, why) not in self.mends:
            self.mends.append((what, why))
        return 1 << min(self.mends.index((what, why)), 31)

    def findings(self, outcome: str) -> list[Finding]:
        """Return the rows set aside or refused so far, by what they were."""
        found = [
            Finding(what, rows, tuple(first), why, self.file, self.unit)
            for (end, what, why), (rows, first) in self.gone.items()
            if end == outcome
        ]
        return sorted(found, key=Finding.place)

    def mended(self, marks: Array, numbers: Array) -> list[Finding]:
        """Return what was mended in the rows that stayed."""
        found = []
        for place, (what, why) in enumerate(self.mends):
            rows = numbers[marks & np.uint32(1 << min(place, 31)) != 0]
            if len(rows):
                first = tuple(_first(rows))
                found.append(Finding(what, len(rows), first, why, self.file, self.unit))
        return sorted(found, key=Finding.place)


def _first(numbers: Array) -> list[int]:
    """Return the first few row numbers; the cells of a row share one."""
    places = np.flatnonzero(np.diff(numbers, prepend=numbers[0] - 1))[:FIRST_ROWS]
    return [int(number) for number in numbers[places]]
