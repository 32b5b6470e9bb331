"""How many rows or cells a file holds, counted without the reader's help.

Rows are what Python's own `csv` finds, or the rows of a workbook's sheets; cells of a crosstab are
counted from its two rows of names. Every sheet of a workbook counts: one that is not read, or is
hidden, with its rows that are not blank, or its filled cells beside a crosstab. Where a file leaves
open how it is parted, several counts may be right; a reading must come to one of them.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .mutate import Mutant

CORNER, EMPTY = "fullnameofthesession", ("", "-", "--", ".", "na", "n/a", "nan", "none", "null")
csv.field_size_limit(1 << 24)
GROUPS = {"appointmentdate", "slotdate", "appointmenttime", "slottime", "starttime", "slottype",
          "slottypename", "availability", "slotstatus", "currentslotstatus"}  # fmt: skip
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
Rows = Sequence[Sequence[str]]


def possible(mutant: Mutant, counted: str) -> set[int] | None:
    """Return the counts that are right for a file; None where nobody but the reader can count.

    `counted` is "rows", or the format of the crosstab whose cells are counted.
    """
    if mutant.suffix == ".xlsx" and not mutant.whole:
        return None
    count = {"emis_crosstab": _emis, "askmygp_demand": _askmygp}.get(counted, _rows)
    if mutant.suffix == ".csv":
        return {size for table in _tables(mutant) for size in count(table)}
    some, none = set[int](), {0}  # with a sheet read so far, and with none
    for table in mutant.tables:
        left = _unread(table, count is not _rows)
        read = {before + size for before in some | none for size in count(table)}
        some = read | {before + left for before in some}
        none = {before + left for before in none}
    beside = sum(_unread(table, count is not _rows) for table in mutant.hidden)
    return {size + beside for size in some}


def _unread(table: Rows, cells: bool) -> int:
    filled = [sum(bool(cell.strip()) for cell in row) for row in table]
    return sum(filled) if cells else sum(map(bool, filled))


def _rows(table: Rows) -> Iterator[int]:
    """Yield the rows but for the header, and without the lines that the kit writes above it."""
    yield len(table) - 1
    for at, row in enumerate(table):  # a header may stand in between of them
        if any(_word(cell).startswith("pcqasheet") for cell in row):
            after = table[at + 1 : at + 3]
            own = [line for line in after if not any(_ended(line)) or _says_one_row(line)]
            yield from range(len(table) - 2 - len(own), len(table) - 1)


def _says_one_row(line: Sequence[str]) -> bool:
    return bool(line) and _word(line[0]).startswith("onerowforeach")


def _tables(mutant: Mutant) -> Iterator[Rows]:
    data = mutant.data
    if data.startswith(b"\x1f\x8b"):
        data = gzip.decompress(data)
    text = _text(data)
    for mark in ",;\t|":
        yield list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))


def _text(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    zeros = data[: len(data) & ~1].count(0)
    for order, start in (("utf-16-le", 1), ("utf-16-be", 0)):
        if zeros > len(data) // 4 and data[start : len(data) & ~1 : 2].count(0) == zeros:
            return data.decode(order, "replace")
    return data.decode("latin-1").removeprefix("\xef\xbb\xbf")


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", text.casefold())


def _ended(row: Sequence[str]) -> list[str]:
    """Return a row of names without the blank cells at its end."""
    cells = [cell.strip() for cell in row]
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _emis(table: Rows) -> Iterator[int]:
    """Yield the cells below each row of clinicians' names: named columns, and other counts."""
    for at, (above, below) in enumerate(pairwise(table)):
        names, header = _ended(above), _ended(below)
        words = [_word(cell) for cell in names]
        corner = next((n for n, w in enumerate(words) if w.startswith(CORNER)), None)
        groups = [n for n, cell in enumerate(header) if _word(cell) in GROUPS]
        if corner is None or not {"appointmentdate", "slotdate"} & set(map(_word, header)):
            continue
        named = [n for n in range(corner + 1, len(names)) if names[n]]
        rest = table[at + 2 :]
        start = max(corner, *groups) + 1
        for end in {max(len(above), len(below)), max(len(names), len(header))}:
            bare = [n for n in range(start, end) if n not in named]
            filled = sum(
                row[n].strip().casefold() not in EMPTY for row in rest for n in bare if n < len(row)
            )
            yield len(named) * len(rest) + filled


def _askmygp(table: Rows) -> Iterator[int]:
    """Yield the cells below each row of weekdays, and those of the requests that no day names.

    What lies to the right of the row of days counts as one cell, however much it is; a workbook
    does not say whether a row of names ends where its last name does.
    """
    for at, row in enumerate(table):
        places = [n for n, cell in enumerate(row) if cell.strip()[:3].casefold() in DAYS]
        if len(places) < 5:
            continue
        named = {n for n, cell in enumerate(row) if n >= places[0] and cell.strip()}
        for line in table[at + 1 :]:
            if line and _word(line[0]).startswith("requests"):
                bare = [n for n, cell in enumerate(line) if n > places[0] and n not in named
                        and cell.strip().casefold() not in EMPTY]  # fmt: skip
                for width in {len(row), len(_ended(row))}:
                    nameless = sum(n < width for n in bare) + any(line[width:])
                    yield len(named) * (len(table) - at - 1) + nameless
