"""How many rows or cells a file holds, counted without the reader's help.

Rows are what Python's own `csv` finds, or the rows of a workbook's sheets; cells of a crosstab are
counted from its two rows of names. Where a file leaves open how it is parted, several counts may be
right; a reading must come to one of them.
"""

from __future__ import annotations

import csv
import gzip
import io
import re
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

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
    tables = list(_tables(mutant))
    if counted == "emis_crosstab":
        return {cells for table in tables for cells in _emis(table)}
    if counted == "askmygp_demand":
        return {cells for table in tables for cells in _askmygp(table)}
    if mutant.suffix == ".csv":
        return {len(table) - 1 for table in tables}
    sizes = [len(table) - 1 for table in tables]
    several = range(1, len(sizes) + 1)
    return {sum(some) for many in several for some in combinations(sizes, many)}


def _tables(mutant: Mutant) -> Iterator[Rows]:
    if mutant.suffix == ".xlsx":
        yield from mutant.tables
        return
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
            filled = sum(row[n].strip() not in EMPTY for row in rest for n in bare if n < len(row))
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
