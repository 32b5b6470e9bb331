"""A table of counts with a column a clinician: each cell becomes a row, and is answered for.

Rows are named on their left, by groups that are printed once and left blank while they repeat; the
columns of counts are named one row above. From the cells on, all is as for any other export.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from pcqa_teach import dates
from pcqa_teach.data.quality import BLANK_CELL, CLOSED
from pcqa_teach.data.readers.base import key
from pcqa_teach.data.readers.counted import CountedFormat
from pcqa_teach.data.reading import rows, sniff
from pcqa_teach.data.reading.columns import EMPTY, HEADING, TOTAL, Column
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.kinds import Array
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.rows import ASIDE, REFUSED, Filler, Table
from pcqa_teach.data.reading.sniff import Grid, Layout
from pcqa_teach.data.reading.table import Block
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import counted

CELLS_TOGETHER = 262_144
_LAST_RUN = re.compile(r"last run\b\W*(\d\S*)", re.I)
COUNT, HOLDER = "count", "clinician"


@dataclass(frozen=True)
class Crosstab(Layout):
    """Where a crosstab lies: its row groups are `places`; `heads` says whose each column is."""

    corner: int = 0
    heads: Mapping[int, str] = field(default_factory=dict)
    run: int | None = None  # the day on which the report was run, where it says so

    @property
    def columns(self) -> list[int]:
        """The columns that are read: groups, the corner, and the columns of counts."""
        return sorted({*self.places.values(), self.corner, *self.heads})

    @property
    def of_cells(self) -> Layout:
        """The layout of the list that its cells make."""
        places = {**self.places, HOLDER: self.corner, COUNT: min(self.heads)}
        return Layout(self.form, self.header_row, self.header, places, {})


def find(source: Source, forms: Sequence[CountedFormat]) -> Crosstab | None:
    """Return the crosstab of a file; None where it holds none.

    Raises
    ------
    ReadError
        It lacks a row group, its names stand over its row groups, or two sheets hold one each.
    """
    found = [
        one for grid in sniff.grids(source) for form in forms if (one := _in(grid, form, source))
    ]
    if not found:
        return None
    sheets = {one.sheet for one in found}
    if len(sheets) > 1:
        raise ReadError(
            f"'{source.name}' has {len(sheets)} sheets of counts: save each sheet as a file of its "
            "own, and read the files together."
        )
    best = max(found, key=lambda one: (len(one.places), len(one.heads)))
    lacking = best.form.lacks({name: [spot] for name, spot in best.places.items()})
    if lacking:
        names = " and ".join(f"'{name}'" for name in lacking)
        raise ReadError(
            f"'{source.name}' looks like an {best.form.title}, but {names} is not among the groups "
            "that its rows are named by: add it to the report and export it again."
        )
    if any(head and best.header[spot] != head for spot, head in best.heads.items()):
        raise ReadError(
            f"'{source.name}' is EMIS's table of counts with a column a clinician, but names stand "
            "over the columns of its row groups, so it cannot be told which counts are whose: "
            "export it again and leave it as it is, or export the list of slots (one row a slot)."
        )
    return best


def _in(grid: Grid, form: CountedFormat, source: Source) -> Crosstab | None:
    for above, (names, header) in enumerate(pairwise(grid.rows)):
        corner = _corner(names, form)
        found = form.places(list(header))
        if corner is None or "date" not in found or "date" in form.places(list(names)):
            continue
        wide = range(corner + 1, max(len(names), len(header)))
        cells = {spot: _cell(names, spot) for spot in wide}
        groups = {spot for spots in found.values() for spot in spots}
        heads = {spot: name for spot, name in cells.items() if name or spot > max(groups)}
        if not any(heads.values()):
            continue
        titles = tuple(
            _cell(header, spot) if spot not in heads or spot in groups else heads[spot]
            for spot in range(max(len(names), len(header)))
        )
        places = {name: spots[0] for name, spots in found.items()}
        return Crosstab(
            form, above + 1, titles, places, {}, grid.delimiter, grid.sheet, corner, heads,
            _run(grid.rows[:above]),
        )  # fmt: skip
    return None


def _run(above: Sequence[Sequence[str]]) -> int | None:
    """Return the day that stands behind "Last Run:", in the same cell or in the next."""
    for cells in above:
        line = " ".join(cell.strip() for cell in cells if cell.strip())
        match = _LAST_RUN.search(line)
        if match:
            with contextlib.suppress(ValueError, KeyError):
                return dates.day_number(match[1], False, False)
    return None


def _corner(cells: Sequence[str], form: CountedFormat) -> int | None:
    start = key(form.corner)
    return next((spot for spot, cell in enumerate(cells) if key(cell).startswith(start)), None)


def _cell(cells: Sequence[str], spot: int) -> str:
    return cells[spot].strip() if spot < len(cells) else ""


class Cells:
    """Turns the blocks of a crosstab into rows, one a cell, with the others in the ledger.

    ``columns`` are those of the row groups, of the count and of the names above; ``today`` is the
    day after which nothing has happened yet, where the report does not say when it was run.
    """

    def __init__(
        self, layout: Crosstab, columns: Mapping[str, Column], ledger: Ledger, today: int
    ) -> None:
        self.layout, self.columns, self.ledger = layout, columns, ledger
        self._last = today if layout.run is None else min(today, layout.run)
        self.spots = sorted(layout.heads)
        self._filler = Filler(layout, columns)
        names = [layout.heads[spot] for spot in self.spots]
        self._holders = columns[HOLDER].among([_once(name) for name in names])
        self._named = np.array([bool(name) for name in names])
        self._totals = np.array([bool(name) and _is_total(columns[HOLDER], name) for name in names])
        self._sums = np.zeros((2, len(names)), dtype=np.uint64)

    def tables(self, block: Block) -> Iterator[Table]:
        """Yield a block's cells that may be counts of slots, as rows."""
        counts = np.stack([self._counts(block, spot) for spot in self.spots], axis=1)
        blank = self.columns[COUNT].parsed(counts).blank()
        inside = self._named | ~blank  # a column without a name counts where it is filled
        self.ledger.rows_in += int(inside.sum())
        groups = rows.numbered(block, self.layout, self.columns)
        left = self._rows_left(block, groups, blank, inside)
        if not left.any():
            return
        filled, _ = self._filler.fill(groups.only(left))
        counts, blank, inside = counts[left], blank[left], inside[left]
        step = max(1, CELLS_TOGETHER // len(self.spots))
        for start in range(0, len(filled), step):
            piece = slice(start, start + step)
            yield self._exploded(filled.only(piece), counts[piece], blank[piece], inside[piece])

    def notes(self) -> tuple[str, ...]:
        """Return what there is to say of the whole file.

        Raises
        ------
        ReadError
            One name stands over two columns that say the same.
        """
        names = [self.layout.heads[spot] for spot in self.spots]
        seen: dict[str, int] = {}
        again = 0
        for place, name in enumerate(map(key, names)):
            if name and name in seen:
                again += 1
                first = seen[name]
                if (self._sums[:, place] == self._sums[:, first]).all() and self._sums[1, place]:
                    raise ReadError(
                        f"'{self.ledger.file}' has the same counts under the same name in columns "
                        f"{self.spots[first] + 1} and {self.spots[place] + 1}: delete the one that "
                        "is a copy."
                    )
            seen.setdefault(name, place)
        form, notes = self.layout.form, []
        above = self.layout.header_row - 1
        if above:
            lines = counted(above, "line above the names is no count", "lines above the names are "
                            "no counts")  # fmt: skip
            notes.append(f"{lines}: not read.")
        if again:
            notes.append(f"{counted(again, 'name stands', 'names stand')} over more than one "
                         "column: the columns share a code.")  # fmt: skip
        return (*notes, form.note) if isinstance(form, CountedFormat) else tuple(notes)

    def _counts(self, block: Block, spot: int) -> Array:
        cells = block.cells[spot]
        return np.asarray(self.columns[COUNT].among(cells.texts)[cells.places])

    def _rows_left(self, block: Block, groups: Table, blank: Array, inside: Array) -> Array:
        """Return which rows hold cells of counts; those that do not are struck, cell by cell."""
        names = sorted(self.layout.places, key=self.layout.places.__getitem__)
        each = [self.columns[name].marks()[groups.fields[name]] for name in names]
        empty = np.stack([mark & EMPTY > 0 for mark in each])
        nothing = blank.all(axis=1)
        alone = (~empty).sum(axis=0) == 1
        total = np.zeros(len(block.rows), dtype=bool)
        for place, mark in enumerate(each):  # "Total" with nothing in the groups to its right
            total |= (mark & TOTAL > 0) & empty[place + 1 :].all(axis=0)
        header = np.sum([mark & HEADING > 0 for mark in each], axis=0) > 1
        corner = block.cells[self.layout.corner]
        start = key(self.layout.form.corner) if isinstance(self.layout.form, CountedFormat) else ""
        header |= np.array([key(text).startswith(start) for text in corner.texts])[corner.places]
        dated = self.columns["date"].parsed(groups.fields["date"]).ok()
        left = np.ones(len(block.rows), dtype=bool)
        for outcome, which, what, why in (
            (ASIDE, empty.all(axis=0) & nothing, "cell of a blank row", "nothing is in the row"),
            (ASIDE, header, "cell of a header again", "a page break repeats it"),
            (ASIDE, total, "cell of a totals row", "it would count slots twice"),
            (ASIDE, alone & nothing & ~dated, "cell beside a title or footnote",
             "one cell alone is filled"),
            (REFUSED, block.overlong, "cell of a row with more cells than the header",
             "its columns cannot be told apart"),
        ):  # fmt: skip
            self._strike(outcome, what, why, block.rows, inside & (left & which)[:, None])
            left &= ~which
        return left

    def _exploded(self, table: Table, counts: Array, blank: Array, inside: Array) -> Table:
        totals = inside & self._totals
        unnamed = inside & ~self._named & ~totals
        closed = inside & blank & ~totals
        day = self.columns["date"].parsed(table.fields["date"])
        ahead = inside & ~totals & ~unnamed & ~closed & (day.or_else(-1) > self._last)[:, None]
        for outcome, which, what, why in (
            (ASIDE, totals, "cell of a totals column", "it would count slots twice"),
            (ASIDE, closed, BLANK_CELL, CLOSED),
            (ASIDE, ahead, "count of a day to come", "the report was run before it"),
            (REFUSED, unnamed, "count in a column without a name", "whose it is, is not said"),
        ):
            self._strike(outcome, what, why, table.rows, which)
        keep = inside & ~totals & ~unnamed & ~closed & ~ahead
        at, column = np.nonzero(keep)
        self._add(table.rows[at], column, counts[keep])
        fields = {name: numbers[at] for name, numbers in table.fields.items()}
        fields |= {COUNT: counts[keep], HOLDER: self._holders[column]}
        return Table(table.rows[at], fields, np.zeros(len(at), dtype=bool))

    def _add(self, numbers: Array, column: Array, counts: Array) -> None:
        """Keep a sum of each column, by which a copy of another shows."""
        mixed = numbers.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        mixed = (mixed ^ counts.astype(np.uint64)) * np.uint64(0x94D049BB133111EB)
        np.add.at(self._sums[0], column, mixed)
        np.add.at(self._sums[1], column, np.uint64(1))

    def _strike(self, outcome: str, what: str, why: str, numbers: Array, which: Array) -> None:
        self.ledger.strike(outcome, what, why, np.repeat(numbers, which.sum(axis=1)))


def _once(name: str) -> str:
    return " ".join(name.split())


def _is_total(column: Column, name: str) -> bool:
    return bool(column.marks()[column.among([_once(name)])[0]] & TOTAL)
