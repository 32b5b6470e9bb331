"""What a sheet to fill in is: its columns, and how cells of each kind are read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from pcqa_teach.data import schema
from pcqa_teach.data.readers.base import Field, Format
from pcqa_teach.data.reading.columns import Parsed
from pcqa_teach.data.reading.kinds import Array
from pcqa_teach.data.tables import cells
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import Ask, Shape
from pcqa_teach.data.tables.sheet import Sheet

MARK = "PCQA sheet:"
DAY, MONTH, CHOICE, WHOLE = "day", "month", "choice", "whole number"


@dataclass(frozen=True)
class Box:
    """A column of a sheet.

    ``choices`` are the words of its drop-down list, each with what it is kept as; ``also`` are
    further words that mean the same. ``within`` are the bounds of a whole number.
    """

    name: str
    heading: str
    says: str
    kind: str = CHOICE
    choices: Mapping[str, str] = field(default_factory=dict)
    also: Mapping[str, str] = field(default_factory=dict)
    within: tuple[int, int] = (0, 0)
    aliases: tuple[str, ...] = ()
    required: bool = False
    wide: int = 16

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What its cells may be kept as."""
        return tuple(dict.fromkeys([*self.choices.values(), *self.also.values()]))

    def words(self) -> dict[str, int]:
        """Return every word that it may hold, and the place of what it is kept as."""
        kept = {label: label for label in self.labels}
        return {
            word: self.labels.index(meant)
            for word, meant in {**kept, **self.also, **self.choices}.items()
        }


@dataclass(frozen=True)
class Template:
    """A sheet to fill in."""

    name: str
    title: str
    thing: tuple[str, str]
    purpose: str
    how: tuple[str, ...]
    boxes: tuple[Box, ...]
    rows: Callable[[Sheet, Reading], pd.DataFrame]
    finish: Callable[[pd.DataFrame, Reading], pd.DataFrame]
    asks: Mapping[str, Ask]
    lesson: str
    tells: int = 4
    example: tuple[str, ...] = ()
    blank_rows: int = 400

    @property
    def marker(self) -> str:
        """The cell by which the sheet is known again."""
        return f"{MARK} {self.title}"

    def box(self, name: str) -> Box:
        """Return a column by its name."""
        return next(box for box in self.boxes if box.name == name)

    def shape(self) -> Shape:
        """Return the sheet as a kind of table."""
        words = {word for box in self.boxes for word in box.words()}
        form = Format(
            id=f"sheet_{self.name}",
            title=f"{self.title} (a sheet of this kit)",
            fields=tuple(
                Field(box.name, (box.heading, *box.aliases, box.name), box.required, tell=True)
                for box in self.boxes
            ),
            statuses=dict.fromkeys(words, ""),
            thing=self.thing[0],
            lone=True,
        )
        return Shape(
            kind=self.name, form=form, rows=self.rows, finish=self.finish, things=self.thing,
            asks=self.asks, marker=self.marker, template=self.name, lesson=self.lesson,
            tells=self.tells,
        )  # fmt: skip


def chosen(sheet: Sheet, box: Box) -> Parsed | None:
    """Return a column of choices as places among its labels; None where the sheet has none."""
    if not sheet.has(box.name):
        return None
    return sheet.parsed(box.name, "flag", cells.choice(box.words()))


def whole(sheet: Sheet, box: Box) -> Parsed | None:
    """Return a column of whole numbers; None where the sheet has none."""
    if not sheet.has(box.name):
        return None
    return sheet.parsed(box.name, "days", cells.whole(*box.within))


def days(sheet: Sheet, reading: Reading, box: Box) -> Array:
    """Return a column of days (or months, by their first day) since 1970, -1 where there is none.

    A blank cell says what the one above it says; a date that is none, or is to come, is refused.
    """
    if not sheet.has(box.name):
        return np.full(len(sheet), -1)
    sheet.fill_down(box.name)
    read = cells.month if box.kind == MONTH else cells.day
    found = sheet.parsed(box.name, "date", read(month_first=reading.month_first))
    if box.kind == DAY:
        short = [cells.no_year(text) for text in sheet.columns[box.name].texts()]
        yearless = found.bad() & np.array(short or [False])[sheet.fields[box.name]]
        sheet.refuse(yearless, "day without its year", "add the year")
    sheet.refuse(found.bad(), f"{box.kind} not readable", "it is no date between 2000 and 2099")
    late = found.ok() & (found.values > reading.today)  # noqa: PD011
    sheet.refuse(late, "date in the future", "that day is still to come")
    return np.where(found.ok(), found.values, -1)


def dated(values: Sequence[int] | Array) -> pd.Series:
    """Return days since 1970 as dates, missing where they are below nought."""
    known = pd.Series(np.asarray(values, dtype=np.int64))
    stamps = pd.Series(known.to_numpy().astype("datetime64[D]").astype("datetime64[s]"))
    return stamps.mask(known < 0)


def category(places: Array, box: Box) -> pd.Categorical:
    """Return the places of a column's labels as a category."""
    return schema.category(np.asarray(places, dtype=np.int16), box.labels)


def answered(name: str) -> Callable[[pd.DataFrame], bool]:
    """Return whether a column of a frame has anything in it."""
    return lambda frame: name in frame and bool(frame[name].notna().any())
