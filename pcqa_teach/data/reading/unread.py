"""The sheets of a workbook that were not read: every row of theirs is answered for."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from pcqa_teach.data.readers.base import key
from pcqa_teach.data.reading import workbook
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.rows import ASIDE
from pcqa_teach.sayings import counted

GUIDE = ("The column", "What to write in it", "For example")  # on the kit's own page of guidance
_GUIDE = [key(cell) for cell in GUIDE]
_HIDDEN = "it is hidden", "show it, and read the workbook again"
_STRANGE = (
    "a row with the names of this table's columns is not in it",
    "give it that row, or save it as a file of its own",
)


def answer_for(source: Source, read: Collection[str], ledger: Ledger) -> list[str]:
    """Write what the other sheets of a workbook hold in a ledger, and return a note for each.

    Rows are counted where they are not blank; for a crosstab it is their filled cells. The kit's
    own page of guidance holds no rows.

    Parameters
    ----------
    source : the file
    read : the names of the sheets that were read
    ledger : its ledger
    """
    if source.kind != "xlsx":
        return []
    notes = []
    for page in workbook.pages(source):
        numbers = np.empty(0, np.int32) if page.name in read else _held(source, page.name, ledger)
        if not len(numbers):
            continue
        where = page.where
        why, advice = _HIDDEN if page.hidden else _STRANGE
        ledger.rows_in += len(numbers)
        ledger.strike(ASIDE, f"{ledger.unit} of {where}", "the sheet was not read", numbers)
        much = counted(len(numbers), ledger.unit, f"{ledger.unit}s")
        notes.append(
            f"{where[0].upper()}{where[1:]} was not read ({much}), since {why}: if it belongs to "
            f"the others, {advice}."
        )
    return notes


def _held(source: Source, name: str, ledger: Ledger) -> np.ndarray:
    """Return the number of each row of a sheet that is not blank, for a crosstab of each cell."""
    found: list[int] = []
    for number, row in enumerate(workbook.sheet_rows(source, name), start=1):
        filled = sum(bool(cell.strip()) for cell in row)
        if filled and [key(cell) for cell in row[: len(_GUIDE)]] == _GUIDE:
            return np.empty(0, np.int32)
        found += [number] * (filled if ledger.unit == "cell" else min(filled, 1))
    return np.array(found, dtype=np.int32)
