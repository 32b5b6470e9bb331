"""Rows that are no appointments (blank, headers again, totals, footnotes), and cells to fill."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from dataclasses import dataclass, field

import numpy as np

from pcqa_teach.data.readers.base import key
from pcqa_teach.data.readers.kinds import Array, Cells
from pcqa_teach.data.readers.ledger import Ledger
from pcqa_teach.data.readers.sniff import Layout
from pcqa_teach.data.readers.table import Block
from pcqa_teach.errors import ReadError

_TOTAL = re.compile(r"^\W*(?:grand|sub|overall)?[\s-]*(?:totals?|sum)\b", re.I)
ASIDE, REFUSED = "set aside", "refused"
BLANK, HEADING, TOTAL = 1, 2, 4


class Texts(dict[str, int]):
    """What a text is, worked out once: blank, a heading, the start of a totals row, or none."""

    def __init__(self, headings: Set[str]) -> None:
        super().__init__()
        self.headings = headings

    def __missing__(self, text: str) -> int:
        plain = text.strip()
        mark = 0
        if not plain:
            mark = BLANK
        elif not plain[0].isdigit():
            mark = HEADING * (key(plain) in self.headings) | TOTAL * bool(_TOTAL.match(plain))
        self[text] = mark
        return mark

    def of(self, cells: Cells) -> Array:
        """Return the mark of each distinct text."""
        return np.fromiter(map(self.__getitem__, cells.texts), np.int8, len(cells.texts))


def appointments_only(block: Block, layout: Layout, ledger: Ledger, texts: Texts) -> Block:
    """Return the rows that may be appointments; the others are written in the ledger."""
    each = {spot: texts.of(cells) for spot, cells in block.cells.items()}
    never_blank = sum(not mark.any() for mark in each.values())
    if never_blank > 1 and not block.overlong.any() and _only_blanks(each):
        return block  # most blocks of most files: nothing to look for
    marks = {spot: mark[block.cells[spot].places] for spot, mark in each.items()}
    filled = sum(((mark & BLANK) == 0).astype(np.int16) for mark in marks.values())
    headings = sum((mark & HEADING > 0).astype(np.int16) for mark in marks.values())
    like = np.asarray((headings > 1) & (2 * headings >= filled))
    header = _headers(block, layout, ledger, like)
    total = np.any([mark & TOTAL > 0 for mark in marks.values()], axis=0)
    steps = (
        (ASIDE, filled == 0, "blank", "nothing is in its columns"),
        (ASIDE, header, "header row again", "a page break repeats it"),
        (ASIDE, total, "totals row", "it would count appointments twice"),
        (ASIDE, (filled == 1) & (len(marks) > 2), "title or footnote", "one cell alone is filled"),
        (REFUSED, block.overlong, "more cells than the header", "its columns cannot be told apart"),
    )
    left = np.ones(len(block), dtype=bool)
    for outcome, rows, what, why in steps:
        ledger.strike(outcome, what, why, block.numbers[left & rows])
        left &= ~np.asarray(rows)
    return block if left.all() else block.only(left)


def _only_blanks(marks: Mapping[int, Array]) -> bool:
    return all(bool((mark <= BLANK).all()) for mark in marks.values())


def _headers(block: Block, layout: Layout, ledger: Ledger, like: Array) -> Array:
    """Return which rows are this table's header again; another table's header stops the reading."""
    same = np.zeros(len(block), dtype=bool)
    own = {spot: key(layout.header[spot]) for spot in block.cells if spot < len(layout.header)}
    for row in np.flatnonzero(like):
        cells = {spot: key(cells.texts[cells.places[row]]) for spot, cells in block.cells.items()}
        if cells == own:
            same[row] = True
        else:
            raise ReadError(
                f"'{ledger.file}' has another header in row {block.numbers[row]}: two exports (of "
                "two suppliers, or two layouts) stand one after the other in it; read them one by "
                "one."
            )
    return same


def _blank(cells: Cells) -> Array:
    return np.array([not text.strip() for text in cells.texts], dtype=bool)[cells.places]


@dataclass
class Filler:
    """Fills cells that a list prints once and leaves blank while they repeat.

    Columns are levels, the leftmost the outermost. A blank cell repeats the one above unless an
    outer level was printed in its row. A table whose dates are printed on every row is left as it
    is: there a blank is a blank.
    """

    layout: Layout
    ledger: Ledger
    grouped: bool | None = None
    last: dict[int, str] = field(default_factory=dict)

    def fill(self, block: Block) -> tuple[Block, Array]:
        """Return the block with repeated cells filled, and which rows were."""
        touched = np.zeros(len(block), dtype=bool)
        names = [name for name in self.layout.form.grouped if name in self.layout.places]
        levels = sorted(self.layout.places[name] for name in names)
        if not levels or not len(block):
            return block, touched
        if self.grouped is None:
            self.grouped = _prints_once(block.cells[self.layout.places["date"]])
        if not self.grouped:
            return block, touched
        columns = dict(block.cells)
        may = np.ones(len(block), dtype=bool)
        for spot in levels:
            blank = _blank(columns[spot])
            columns[spot], filled = self._down(spot, columns[spot], blank & may)
            touched |= filled
            may &= blank
        return Block(block.numbers, columns, block.overlong), touched

    def _down(self, spot: int, cells: Cells, wanted: Array) -> tuple[Cells, Array]:
        texts = [*cells.texts, self.last.get(spot, "")]
        places = np.concatenate([[len(texts) - 1], cells.places])
        source = np.where(np.concatenate([[False], wanted]), 0, np.arange(len(places)))
        filled = places[np.maximum.accumulate(source)][1:]
        self.last[spot] = texts[filled[-1]]
        has = np.array([bool(text.strip()) for text in texts], dtype=bool)[filled]
        return Cells(texts, filled), wanted & has


def _prints_once(cells: Cells) -> bool:
    """Say whether dates are printed once and left blank below: more blanks than printed repeats."""
    blank = _blank(cells)
    printed = cells.places[~blank]
    return bool(blank.sum() > (printed[1:] == printed[:-1]).sum() + 1)
