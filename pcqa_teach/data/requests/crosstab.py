"""A crosstab with a column a day: each cell below the days is a count, and each is answered for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from pcqa_teach.data.quality import BLANK_CELL
from pcqa_teach.data.readers.base import key
from pcqa_teach.data.reading import sniff, table
from pcqa_teach.data.reading.columns import Column
from pcqa_teach.data.reading.files import Source
from pcqa_teach.data.reading.kinds import BLANKS
from pcqa_teach.data.reading.ledger import Ledger
from pcqa_teach.data.reading.rows import ASIDE, REFUSED
from pcqa_teach.data.reading.sniff import Layout
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.errors import ReadError

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
LABEL = "requests"
_PLACE = {name[:3]: place for place, name in enumerate(WEEKDAYS)}
_TOTALS = ("total", "all", "week", "sum", "average", "mean")
AT_LEAST = 5  # so many names of weekdays make a row the row of days


@dataclass(frozen=True)
class Day:
    """A column of the crosstab: what stands above it."""

    spot: int
    week: str
    name: str


@dataclass(frozen=True)
class _Wide(Layout):
    """The row of days as a header whose every column is read."""

    @property
    def columns(self) -> list[int]:
        return list(range(len(self.header)))


def weekday(text: str) -> int | None:
    """Return the place of a weekday from Monday; None for anything else.

    >>> weekday("Tuesday"), weekday("TUE"), weekday("2 June 2025")
    (1, 1, None)
    """
    word = key(text)
    place = _PLACE.get(word[:3])
    return place if place is not None and WEEKDAYS[place].startswith(word) else None


def of_days(header: list[str]) -> list[int]:
    """Return the columns of a row of weekdays; none where it is no such row."""
    spots = [spot for spot, cell in enumerate(header) if weekday(cell) is not None]
    filled = sum(bool(cell.strip()) for cell in header)
    runs = sum(
        (weekday(header[b]) or 0) == ((weekday(header[a]) or 0) + 1) % 7 for a, b in pairwise(spots)
    )
    enough = len(spots) >= AT_LEAST and 2 * len(spots) > filled and 2 * runs >= len(spots) - 1
    return spots if enough else []


def cells(source: Source, layout: Layout) -> Sheet:
    """Return the cells of the row of requests, a row each: `week`, `day`, `count`.

    Raises
    ------
    ReadError
        It has no row of requests or several, or no weeks above the days.
    """
    ledger = Ledger(source.name, unit="cell")
    above = _row_above(source, layout)
    days = _days(above, list(layout.header), source)
    lines = list(_lines(source, layout))
    chosen = _chosen(lines, source)
    named = {day.spot for day in days}
    kept: list[tuple[int, Day, str]] = []
    for number, line in lines:
        ledger.rows_in += len(days)
        numbers = np.full(len(days), number, dtype=np.int32)
        if number != chosen:
            what = "cell of another row" if any(line) else "cell of a blank row"
            ledger.strike(ASIDE, what, f"only the row '{LABEL}' is counted", numbers)
            continue
        _nameless(line, days[0].spot, named, number, ledger)
        for day in days:
            text = line[day.spot] if day.spot < len(line) else ""
            at = np.array([number], dtype=np.int32)
            if key(day.name).startswith(_TOTALS):
                ledger.strike(ASIDE, "cell of a totals column", "it would count twice", at)
            elif text.strip().casefold() in BLANKS:
                ledger.strike(ASIDE, BLANK_CELL, "closed on that day, not nought", at)
            else:
                kept.append((number, day, text))
    return _sheet(layout, ledger, kept)


def _nameless(line: list[str], first: int, named: set[int], number: int, ledger: Ledger) -> None:
    """Refuse what stands in the row of requests where no day is named above it."""
    filled = [
        spot
        for spot, text in enumerate(line)
        if spot > first and spot not in named and text.strip().casefold() not in BLANKS
    ]
    ledger.rows_in += len(filled)
    ledger.strike(REFUSED, "count in a column without a name", "its day is not said",
                  np.full(len(filled), number, dtype=np.int32))  # fmt: skip


def _sheet(layout: Layout, ledger: Ledger, kept: list[tuple[int, Day, str]]) -> Sheet:
    texts = {
        "week": [day.week for _, day, _ in kept],
        "day": [day.name for _, day, _ in kept],
        "count": [text for _, _, text in kept],
    }
    columns = {name: Column("flag", _nothing, frozenset()) for name in texts}
    fields = {
        name: np.array([columns[name].among([text])[0] for text in held], dtype=np.int32)
        for name, held in texts.items()
    }
    numbers = np.array([number for number, _, _ in kept], dtype=np.int32)
    places = {"week": 0, "day": 0, "count": 0}
    plain = Layout(layout.form, layout.header_row, layout.header, places, {})
    return Sheet(plain, ledger, columns, fields, numbers)


def _nothing(_: str) -> float:
    raise ValueError


def _row_above(source: Source, layout: Layout) -> list[str]:
    for grid in sniff.grids(source):
        if (grid.delimiter, grid.sheet) == (layout.delimiter, layout.sheet) and layout.header_row:
            return grid.rows[layout.header_row - 1]
    return []


def _days(above: list[str], header: list[str], source: Source) -> list[Day]:
    """Return the columns of days; a week that is printed once holds for the days to its right."""
    first = of_days(header)[0]
    days, week = [], ""
    for spot in range(first, max(len(header), len(above))):
        week = above[spot].strip() if spot < len(above) and above[spot].strip() else week
        name = header[spot].strip() if spot < len(header) else ""
        if name:
            days.append(Day(spot, week, name))
    if not any(day.week for day in days):
        raise ReadError(
            f"'{source.name}' names the days of the week but not the weeks: export it again with "
            "the row of dates above the days."
        )
    return days


def _lines(source: Source, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    wide = _Wide(
        layout.form, layout.header_row, layout.header, {}, {}, layout.delimiter, layout.sheet
    )
    for block in table.blocks(source, wide):
        held = [block.cells[spot] for spot in wide.columns]
        for place, number in enumerate(block.rows.tolist()):
            beyond = ["beyond"] if block.overlong[place] else []  # what, is not read
            yield number, [*(one.texts[one.places[place]] for one in held), *beyond]


def _chosen(lines: list[tuple[int, list[str]]], source: Source) -> int:
    """Return the number of the row that counts requests."""
    exact = [number for number, line in lines if line and key(line[0]) == LABEL]
    like = exact or [number for number, line in lines if line and key(line[0]).startswith(LABEL)]
    if len(like) == 1:
        return like[0]
    what = "no row" if not like else f"{len(like)} rows"
    raise ReadError(
        f"'{source.name}' has {what} called '{LABEL}' below its days: export the demand data again "
        "as it is, with one row of them."
    )
