"""One mutated file out of a seed: its table changed, then how it is written, then its bytes."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .books import book
from .dice import Dice
from .nasty import CELLS, DATES, HEADINGS, PEOPLE
from .seeds import Seed
from .writing import damaged, text

Rows = list[list[str]]
MOST = 6


@dataclass(frozen=True)
class Mutant:
    """A mutated file, and what is known of it."""

    seed: Seed
    data: bytes
    suffix: str
    done: tuple[str, ...]  # what was done to it, for whoever looks into a fault
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()  # a workbook's visible sheets
    hidden: tuple[tuple[tuple[str, ...], ...], ...] = ()
    whole: bool = True  # its bytes are as they were written
    block: int = 0  # read it in blocks of so many bytes; 0: as the reader has it


def mutant(dice: Dice, seeds: Sequence[Seed], *, most: int = MOST, written: bool = True) -> Mutant:
    """Return a mutated file, with up to `most` changes to its table.

    Unless `written`, a text is written as its system writes it, and no byte of it is changed.
    """
    seed, block = dice.of(seeds), dice.of((0, 0, 0, 300))
    rows = [list(row) for row in seed.rows]
    done = []
    for _ in range(1 + dice.below(most)):
        change = dice.of(CHANGES)
        change(dice, rows, min(seed.header, max(0, len(rows) - 1)))
        done.append(change.__name__.strip("_"))
    if dice.one_in(40):
        other = dice.of(seeds)
        rows += [list(row) for row in other.rows]
        done.append(f"beside {other.name}")
    if dice.one_in(7):
        made = book(dice, rows)
        return Mutant(seed, made.data, ".xlsx", (*done, *made.done), made.tables, made.hidden,
                      made.whole)  # fmt: skip
    data, how = text(dice if written else Dice([]), rows, seed)
    hurt, what = damaged(dice, data) if written and dice.one_in(4) else (data, ())
    if written and dice.one_in(30):
        hurt, what = gzip.compress(hurt, mtime=0), (*what, "gzip")
    told = (*done, *how, *what)
    return Mutant(seed, hurt, ".csv", told, whole=hurt == data, block=block)


def _at(dice: Dice, rows: Rows) -> int:
    return dice.below(len(rows))


def _cell(dice: Dice, rows: Rows, _: int) -> None:
    for _ in range(1 + dice.below(5)):
        if rows and (row := rows[_at(dice, rows)]):
            row[dice.below(len(row))] = dice.of(CELLS)


def _column(dice: Dice, rows: Rows, header: int) -> None:
    place = dice.below(max(map(len, rows), default=0))
    words = [dice.of(CELLS) for _ in range(1 + dice.below(3))]
    every = 1 + dice.below(4)
    for number, row in enumerate(rows[header + 1 :]):
        if place < len(row) and number % every == 0:
            row[place] = words[number % len(words)]


def _dates(dice: Dice, rows: Rows, header: int) -> None:
    for number, row in enumerate(rows[header + 1 :]):
        if row and number % 5 == 0:
            row[0] = dice.of(DATES)


def _people(dice: Dice, rows: Rows, header: int) -> None:
    step = 3 + dice.below(20)
    for number, row in enumerate(rows):
        if row and number % step == step - 1:
            row[dice.below(len(row))] = dice.of(PEOPLE)


def _heading(dice: Dice, rows: Rows, header: int) -> None:
    if rows and (row := rows[header]):
        row[dice.below(len(row))] = dice.of(HEADINGS)


def _heading_twice(dice: Dice, rows: Rows, header: int) -> None:
    if rows and (row := rows[header]):
        row[dice.below(len(row))] = dice.of(row)


def _column_twice(dice: Dice, rows: Rows, header: int) -> None:
    place = dice.below(max(map(len, rows), default=0))
    for row in rows:
        if place < len(row):
            row.insert(place, row[place])
    if rows and dice.one_in(3) and len(rows) > header + 1 and len(rows[header + 1]) > place:
        rows[header + 1][place] = dice.of(CELLS)


def _drop_column(dice: Dice, rows: Rows, _: int) -> None:
    place = dice.below(max(map(len, rows), default=0))
    for row in rows:
        del row[place : place + 1]


def _new_column(dice: Dice, rows: Rows, header: int) -> None:
    place, words = dice.below(max(map(len, rows), default=0) + 1), dice.of(CELLS)
    for number, row in enumerate(rows[header:]):
        row.insert(place, dice.of(HEADINGS) if number == 0 else words)


def _order(dice: Dice, rows: Rows, _: int) -> None:
    order = list(range(max(map(len, rows), default=0)))
    dice.random().shuffle(order)
    for row in rows:
        row[:] = [row[place] if place < len(row) else "" for place in order]


def _header_only_order(dice: Dice, rows: Rows, header: int) -> None:
    if rows:
        dice.random().shuffle(rows[header])


def _repeat(dice: Dice, rows: Rows, _: int) -> None:
    for _ in range(1 + dice.below(3)):
        if rows:
            rows.insert(dice.below(len(rows) + 1), list(rows[_at(dice, rows)]))


def _drop(dice: Dice, rows: Rows, _: int) -> None:
    start = _at(dice, rows)
    del rows[start : start + 1 + dice.below(4)]


def _cut(dice: Dice, rows: Rows, header: int) -> None:
    del rows[header + 1 + dice.below(8) :]


def _no_header(dice: Dice, rows: Rows, header: int) -> None:
    del rows[: header + 1]


def _shuffle(dice: Dice, rows: Rows, header: int) -> None:
    body = rows[header + 1 :]
    dice.random().shuffle(body)
    rows[header + 1 :] = body


def _blank(dice: Dice, rows: Rows, _: int) -> None:
    width = max(map(len, rows), default=0)
    for _ in range(1 + dice.below(3)):
        rows.insert(dice.below(len(rows) + 1), dice.of([[], [""] * width, [" "] * width]))


def _blank_cells(dice: Dice, rows: Rows, header: int) -> None:
    place, step = dice.below(max(map(len, rows), default=0)), 1 + dice.below(3)
    for number, row in enumerate(rows[header + 1 :]):
        if place < len(row) and number % (step + 1):
            row[place] = ""


def _total(dice: Dice, rows: Rows, _: int) -> None:
    width = max(map(len, rows), default=1)
    row = [dice.of(("Total", "Grand total", "Sum", "Totals:")), *[""] * (width - 1)]
    row[-1] = dice.of(("1,234", "99", ""))
    rows.insert(dice.of((len(rows), dice.below(len(rows) + 1))), row)


def _header_again(dice: Dice, rows: Rows, header: int) -> None:
    if rows:
        rows.insert(dice.below(len(rows) + 1), list(rows[header]))


def _title(dice: Dice, rows: Rows, _: int) -> None:
    for _ in range(1 + dice.below(3)):
        rows.insert(0, [dice.of(CELLS), *([dice.of(PEOPLE)] if dice.one_in(2) else [])])


def _longer(dice: Dice, rows: Rows, _: int) -> None:
    if rows:
        rows[_at(dice, rows)] += [dice.of(CELLS), *([dice.of(CELLS)] if dice.one_in(2) else [])]


def _shorter(dice: Dice, rows: Rows, _: int) -> None:
    if rows and (row := rows[_at(dice, rows)]):
        del row[dice.below(len(row)) :]


def _swap_rows(dice: Dice, rows: Rows, _: int) -> None:
    if rows:
        one, other = _at(dice, rows), _at(dice, rows)
        rows[one], rows[other] = rows[other], rows[one]


def _wide(dice: Dice, rows: Rows, _: int) -> None:
    for row in rows[dice.below(3) :]:
        row += [""] * (1 + dice.below(3))


def _nothing(dice: Dice, rows: Rows, _: int) -> None:
    """Leave the table as it is, so that what is done to its writing is seen alone."""


CHANGES: tuple[Callable[[Dice, Rows, int], None], ...] = (
    _nothing, _cell, _cell, _column, _dates, _people, _heading, _heading_twice, _column_twice,
    _drop_column, _new_column, _order, _header_only_order, _repeat, _drop, _cut, _no_header,
    _shuffle, _blank, _blank_cells, _total, _header_again, _title, _longer, _shorter, _swap_rows,
    _wide,
)  # fmt: skip
