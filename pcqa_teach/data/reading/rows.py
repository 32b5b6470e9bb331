"""Rows that are no appointments (blank, headers again, totals, footnotes), and cells to fill."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from pcqa_teach.data.readers.base import key
from pcqa_teach.data.reading.columns import EMPTY, HEADING, TOTAL, Column
from pcqa_teach.data.reading.kinds import Array
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.data.reading.table import Block
from pcqa_teach.errors import ReadError

ASIDE, REFUSED = "set aside", "refused"
STRETCH = 65_536
LOOK = 65_536  # rows that show how a list prints its dates


@dataclass(frozen=True)
class Table:
    """Some rows as numbers: their row numbers, and for each field the number of each row's text."""

    rows: Array
    fields: Mapping[str, Array]
    overlong: Array  # rows with more cells than the header
    plain: bool = False  # every row may be an appointment

    def __len__(self) -> int:
        return len(self.rows)

    def only(self, keep: Array | slice) -> Table:
        """Return the rows where `keep` is true, or a stretch of them."""
        fields = {name: numbers[keep] for name, numbers in self.fields.items()}
        return Table(self.rows[keep], fields, self.overlong[keep], self.plain)

    def stretches(self, size: int = STRETCH) -> Iterator[Table]:
        """Yield the rows some at a time: few enough for the processor's own memory."""
        for start in range(0, len(self), size):
            yield self.only(slice(start, start + size))


def together(tables: list[Table]) -> Table:
    """Return several stretches of rows as one."""
    if len(tables) == 1:
        return tables[0]
    fields = {
        name: np.concatenate([table.fields[name] for table in tables]) for name in tables[0].fields
    }
    return Table(
        np.concatenate([table.rows for table in tables]),
        fields,
        np.concatenate([table.overlong for table in tables]),
    )


def numbered(block: Block, layout: Layout, columns: Mapping[str, Column]) -> Table:
    """Return a block's cells as the numbers of their texts."""
    texts = {name: columns[name].among(block.cells[s].texts) for name, s in layout.places.items()}
    fields = {name: texts[name][block.cells[s].places] for name, s in layout.places.items()}
    seen = [columns[name].marks()[numbers] for name, numbers in texts.items()]
    always_filled = sum(not marks.any() for marks in seen)
    nothing_odd = all(bool((marks <= EMPTY).all()) for marks in seen) and not block.overlong.any()
    return Table(block.rows, fields, block.overlong, nothing_odd and always_filled > 1)


def appointments_only(
    table: Table, layout: Layout, columns: Mapping[str, Column], ledger: Ledger
) -> Table:
    """Return the rows that may be appointments; the others are written in the ledger."""
    if table.plain:
        return table
    each = [columns[name].marks()[numbers] for name, numbers in table.fields.items()]
    filled = np.sum([mark & EMPTY == 0 for mark in each], axis=0)
    headings = np.sum([mark & HEADING > 0 for mark in each], axis=0)
    header = _headers(table, layout, columns, ledger, (headings > 1) & (2 * headings >= filled))
    total = np.any([mark & TOTAL > 0 for mark in each], axis=0)
    steps = (
        (ASIDE, filled == 0, "blank", "nothing is in its columns"),
        (ASIDE, header, "header row again", "a page break repeats it"),
        (ASIDE, total, "totals row", f"it would count {layout.form.things} twice"),
        (
            ASIDE,
            (filled == 1) & (len(each) > 2) & (not layout.form.lone),
            "title or footnote",
            "one cell alone is filled",
        ),
        (REFUSED, table.overlong, "more cells than the header", "its columns cannot be told apart"),
    )
    left = np.ones(len(table), dtype=bool)
    for outcome, rows, what, why in steps:
        ledger.strike(outcome, what, why, table.rows[left & rows])
        left &= ~rows
    return table if left.all() else table.only(left)


def _headers(
    table: Table, layout: Layout, columns: Mapping[str, Column], ledger: Ledger, like: Array
) -> Array:
    """Return which rows are this table's header again; another header stops the reading."""
    same = np.zeros(len(table), dtype=bool)
    if not like.any():
        return same
    own = {name: key(layout.heading(spot)) for name, spot in layout.places.items()}
    texts = {name: columns[name].texts() for name in own}
    for row in np.flatnonzero(like):
        if any(
            key(texts[name][table.fields[name][row]]) != heading for name, heading in own.items()
        ):
            raise ReadError(
                f"'{ledger.file}' has another header in row {table.rows[row]}: two exports (of two "
                "suppliers, or two layouts) stand one after the other in it; read them one by one."
            )
        same[row] = True
    return same


@dataclass
class Filler:
    """Fills cells that a list prints once and leaves blank while they repeat.

    Columns are levels, the leftmost the outermost. A blank cell repeats the one above unless an
    outer level was printed in its row. A table whose dates are printed on every row is left as it
    is: there a blank is a blank.
    """

    layout: Layout
    columns: Mapping[str, Column]
    grouped: bool | None = None
    last: dict[str, int] = field(default_factory=dict)

    def ready(self, tables: Iterator[Table]) -> Iterator[Table]:
        """Yield the rows again, first enough of them to see how dates are printed."""
        first: list[Table] = []
        while sum(map(len, first)) < LOOK and (table := next(tables, None)) is not None:
            first.append(table)
        if first:
            yield together(first)
        yield from tables

    def fill(self, table: Table) -> tuple[Table, Array]:
        """Return the table with repeated cells filled, and which rows were."""
        touched = np.zeros(len(table), dtype=bool)
        places = self.layout.places
        levels = sorted(
            (n for n in self.layout.form.grouped if n in places), key=places.__getitem__
        )
        if levels and self.grouped is None:
            self.grouped = self._prints_once(table.only(slice(0, LOOK)))
        if not self.grouped:
            return table, touched
        fields = dict(table.fields)
        may = np.ones(len(table), dtype=bool)
        for name in levels:
            blank = self._blank(name, table)
            fields[name], filled = self._down(name, fields[name], blank & may)
            touched |= filled
            may &= blank
        return Table(table.rows, fields, table.overlong), touched

    def _blank(self, name: str, table: Table) -> Array:
        return np.asarray(self.columns[name].marks()[table.fields[name]] & EMPTY > 0)

    def _down(self, name: str, numbers: Array, wanted: Array) -> tuple[Array, Array]:
        """Return a column with the wanted cells taken from above, and which of them found one."""
        nothing = self.columns[name].among([""])[0]
        numbers = np.concatenate([[self.last.get(name, nothing)], numbers])
        source = np.where(np.concatenate([[False], wanted]), 0, np.arange(len(numbers)))
        filled = numbers[np.maximum.accumulate(source)][1:]
        self.last[name] = int(filled[-1])
        return filled, wanted & (self.columns[name].marks()[filled] & EMPTY == 0)

    def _prints_once(self, table: Table) -> bool:
        """Say whether dates are printed once and left blank below: more blanks than repeats."""
        blank = self._blank("date", table)
        printed = table.fields["date"][~blank]
        return bool(blank.sum() > (printed[1:] == printed[:-1]).sum() + 1)
