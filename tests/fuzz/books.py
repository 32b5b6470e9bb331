"""A table as a workbook: its cells typed or not, with other sheets beside it, whole or damaged."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from .dice import Dice
from .nasty import CELLS, PEOPLE
from .writing import damaged

Table = tuple[tuple[str, ...], ...]
LONGEST = 32_767
TYPED: tuple[Any, ...] = (
    datetime(2025, 4, 1), datetime(2025, 4, 1, 8, 30, 15), date(1900, 1, 1), time(8, 30),
    timedelta(hours=30), timedelta(seconds=-5), 1e308, -1e308, 3.5, 45748, 45748.354, True, False,
    10**15, 0.1 + 0.2, datetime(9999, 12, 31), "#N/A", "=1/0", '="Quux"', datetime(1899, 12, 31, 8),
)  # fmt: skip


@dataclass(frozen=True)
class Book:
    """A workbook's bytes, what was done, and the tables of its sheets, seen and hidden."""

    data: bytes
    done: tuple[str, ...]
    tables: tuple[Table, ...]
    hidden: tuple[Table, ...]
    whole: bool


def book(dice: Dice, rows: list[list[str]]) -> Book:
    """Return a table as a workbook, with quirks."""
    made, done = Workbook(), []
    page = made.active
    typed = dice.one_in(2)
    table = _put(page, rows, typed, dice)
    tables, hidden = [table], []
    if dice.one_in(3):
        page.title = dice.of(("Fill in", "Sheet 1", "Zenobia Quux", "a" * 31, "😀", "Report (2)"))
    for _ in dice.up_to(2):
        what = dice.of(
            (
                "empty",
                "copy",
                "hidden copy",
                "words",
                "merged",
                "very hidden",
                "chart",
                "copy without names",
            )
        )
        done.append(what)
        if what == "chart":
            made.create_chartsheet()
            continue
        if what == "merged":
            place = 1 + dice.below(len(rows) + 1)
            page.merge_cells(start_row=place, end_row=place + 1, start_column=1, end_column=2)
            tables[0] = _texts(page)
            continue
        other = made.create_sheet(index=dice.below(2))
        held: list[list[str]] = []
        if "copy" in what:
            bare = 5 if "names" in what else 0
            held = rows[bare : 1 + bare + dice.below(len(rows) + 1)]
        elif what == "words":
            held = [[dice.of(CELLS)], [dice.of(PEOPLE)] * 3, [dice.of(CELLS)] * 5]
        beside = _put(other, held, typed, dice)
        if "hidden" in what:
            other.sheet_state = "veryHidden" if "very" in what else "hidden"
            hidden.append(beside)
        else:
            tables.append(beside)
    buffer = io.BytesIO()
    made.save(buffer)
    data = buffer.getvalue()
    hurt = _hurt(dice, data) if dice.one_in(4) else data
    how = (*done, "typed" if typed else "texts")
    return Book(hurt, how, tuple(tables), tuple(hidden), hurt == data)


def _put(page: Any, rows: list[list[str]], typed: bool, dice: Dice) -> Table:
    every = 2 + dice.below(40)
    for number, row in enumerate(rows, start=1):
        for place, cell in enumerate(row, start=1):
            words = ILLEGAL_CHARACTERS_RE.sub("", cell)[:LONGEST]
            value: Any = words
            if typed and number > 4 and (number * 7 + place) % every == 0:
                value = dice.of(TYPED)
            elif typed and words.isascii() and words.isdecimal() and len(words) < 12:
                value = int(words)
            if value != "":
                page.cell(number, place).value = value
    return _texts(page)


def _texts(page: Any) -> Table:
    """Return which cells of a page hold something; how they are read is the reader's business."""
    last = max((cell.row for line in page.iter_rows() for cell in line), default=0)
    lines = page.iter_rows(min_row=1, max_row=last) if last else ()
    return tuple(tuple(map(_text, line)) for line in lines)


def _text(cell: Any) -> str:
    formula = cell.data_type == "f"  # saved by a program that did not work it out
    return "" if cell.value is None or formula else str(cell.value)


def _hurt(dice: Dice, data: bytes) -> bytes:
    """Damage a workbook: its bytes, or a part of it."""
    if dice.one_in(2):
        return damaged(dice, data)[0]
    with zipfile.ZipFile(io.BytesIO(data)) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    name = dice.of(sorted(parts))
    how = dice.below(5)
    if how == 0:
        del parts[name]
    elif how == 1:
        parts[name] = parts[name][: dice.below(len(parts[name]) + 1)]
    elif how == 2:
        parts[name] = dice.of((b"", b"<x/>", b"\x00" * 50, b"Zenobia Quux", b"<a><b></a>"))
    elif how == 3:
        parts[name] = damaged(dice, parts[name])[0]
    else:
        sheet = "xl/worksheets/sheet1.xml"
        parts[sheet] = parts[sheet].replace(
            *dice.of(((b'r="A', b'r="ZZZZ'), (b"<v>", b"<v>x"), (b't="s"', b't="q"'),
                      (b'<row r="3"', b'<row r="30000"'), (b't="s"', b't="d"'),
                      (b"<dimension ref=", b"<dimension ref='A1:XFD1048576' x=")))
        )  # fmt: skip
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for part, content in parts.items():
            target.writestr(part, content)
    return buffer.getvalue()
