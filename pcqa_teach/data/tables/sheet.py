"""The rows of one table: their cells by field, and what becomes of each row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from pcqa_teach.data.readers.base import key
from pcqa_teach.data.reading import rows, table
from pcqa_teach.data.reading.columns import EMPTY, WRONG_ORDER, Column, Parsed
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.header_words import safe
from pcqa_teach.data.reading.kinds import DTYPES, Array
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.rows import ASIDE, REFUSED
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.errors import ReadError


def _nothing(_: str) -> float:
    raise ValueError


@dataclass
class Sheet:
    """The rows of one table that may stand for something, and the book that is kept of all of them.

    ``numbers`` are the rows' numbers as a spreadsheet shows them; ``keep`` says which still stand.
    """

    layout: Layout
    ledger: Ledger
    columns: dict[str, Column]
    fields: dict[str, Array]
    numbers: Array
    keep: Array = field(init=False)
    marks: Array = field(init=False)

    def __post_init__(self) -> None:
        self.keep = np.ones(len(self.numbers), dtype=bool)
        self.marks = np.zeros(len(self.numbers), dtype=np.uint32)

    def __len__(self) -> int:
        return len(self.numbers)

    def has(self, name: str) -> bool:
        """Say whether the table has a column for a field."""
        return name in self.fields

    def heading(self, name: str) -> str:
        """Return the name of a field's column, as it stands in the file."""
        return self.layout.heading(self.layout.places[name])

    def parsed(self, name: str, kind: str, read: Callable[[str], float]) -> Parsed:
        """Return a field as numbers, each distinct text read once by `read`.

        Raises
        ------
        ReadError
            A date in it is one only in the other order.
        """
        texts = self.columns[name].texts()
        column = Column(kind, read, frozenset())
        found = column.parsed(column.among(texts))
        here = self.fields[name]
        states = found.states[here]
        wrong = np.flatnonzero(self.keep & (states == WRONG_ORDER))
        if len(wrong):
            raise ReadError(
                f"'{self.ledger.file}' has a date in {self.place_of(name)}, row "
                f"{self.numbers[wrong[0]]}, that is a date only in the other order of day and "
                "month: mend it, or pass dates= ('day-first' or 'month-first')."
            )
        return Parsed(found.values[here].astype(DTYPES[kind]), states)

    def blank(self, name: str) -> Array:
        """Say which rows have nothing in a field."""
        return np.asarray(self.columns[name].marks()[self.fields[name]] & EMPTY > 0)

    def place_of(self, name: str) -> str:
        """Return a column in words; its name only where every word of it is a word of headers."""
        heading = self.heading(name).strip()
        return f"column '{heading}'" if safe(heading) else f"column {self.layout.places[name] + 1}"

    def aside(self, which: Array, what: str, why: str) -> None:
        """Set rows aside."""
        self._strike(ASIDE, which, what, why)

    def refuse(self, which: Array, what: str, why: str) -> None:
        """Refuse rows."""
        self._strike(REFUSED, which, what, why)

    def mend(self, which: Array, what: str, why: str) -> None:
        """Mark rows as mended."""
        if (which & self.keep).any():
            self.marks[which] |= np.uint32(self.ledger.bit(what, why))

    def fill_down(self, name: str) -> None:
        """Let a blank cell say what the one above it says."""
        blank = self.blank(name)
        above = np.maximum.accumulate(np.where(blank, -1, np.arange(len(self))))
        filled = blank & (above >= 0)
        self.fields[name] = self.fields[name][np.where(filled, above, np.arange(len(self)))]
        self.mend(filled, "cells left blank below a filled one", "filled from the row above")

    def _strike(self, outcome: str, which: Array, what: str, why: str) -> None:
        self.ledger.strike(outcome, what, why, self.numbers[self.keep & which])
        self.keep &= ~which


def open_sheet(source: Source, layout: Layout) -> Sheet:
    """Return the rows of a table, with those that stand for nothing written in its ledger."""
    ledger = Ledger(source.name)
    thing = layout.form.thing
    title = np.array(layout.titles, dtype=np.int32)
    ledger.rows_in += len(title)
    ledger.strike(ASIDE, "title or other line above the header", f"it is no {thing}", title)
    headings = {key(name) for name in layout.header if key(name)} - set(layout.form.status_keys())
    columns = {name: Column("flag", _nothing, headings) for name in layout.places}
    parts, beside = [], []
    for block in table.blocks(source, layout):
        ledger.rows_in += len(block.rows)
        if layout.sheet and layout.form.lone:  # a workbook's columns stay where they are
            beside.append(block.rows[block.overlong])
            block = replace(block, overlong=np.zeros_like(block.overlong))
        numbered = rows.numbered(block, layout, columns)
        parts.append(rows.appointments_only(numbered, layout, columns, ledger))
    fields = {
        name: np.concatenate([part.fields[name] for part in parts] or [np.empty(0, np.int32)])
        for name in layout.places
    }
    numbers = np.concatenate([part.rows for part in parts] or [np.empty(0, np.int32)])
    sheet = Sheet(layout, ledger, columns, fields, numbers)
    noted = np.isin(numbers, np.concatenate(beside or [np.empty(0, np.int32)]))
    sheet.mend(noted, "something to the right of the sheet's columns", "it was not read")
    return sheet
