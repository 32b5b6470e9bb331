"""Workbooks (.xlsx): their cells as the texts that a CSV would hold."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from pcqa_teach.data.reading.files import EXPORT_AGAIN, Source
from pcqa_teach.errors import ReadError

_PLACES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


@dataclass(frozen=True)
class Page:
    """A sheet of a workbook: its name (never to be shown), its place from 0, if it is hidden."""

    name: str
    place: int
    hidden: bool

    @property
    def where(self) -> str:
        """The sheet by its place, since its name may be somebody's.

        >>> Page("Ann", 1, False).where, Page("Ann", 11, False).where
        ('the second sheet', 'sheet 12')
        """
        if self.place < len(_PLACES):
            return f"the {_PLACES[self.place]} sheet"
        return f"sheet {self.place + 1}"


def heads(source: Source, rows: int) -> list[tuple[str, list[list[str]]]]:
    """Return each sheet's name and its first rows."""
    return [
        (page.name, list(islice(sheet_rows(source, page.name), rows)))
        for page in pages(source)
        if not page.hidden
    ]


def sheet_rows(source: Source, sheet: str, *, seconds: bool = False) -> Iterator[list[str]]:
    """Yield a sheet's rows as texts, blank rows too."""
    rows = _raw_rows(source, sheet)
    while True:
        why = ""
        try:
            row = next(rows, None)
        except Exception as error:  # noqa: BLE001  # openpyxl raises many kinds; some hold a cell
            row, why = None, type(error).__name__
        if why:
            raise ReadError(
                f"'{source.name}' is a damaged workbook ({why}): open and save it, or "
                f"{EXPORT_AGAIN}."
            )
        if row is None:
            return
        yield [text(cell, seconds=seconds) for cell in row]


def _raw_rows(source: Source, sheet: str) -> Iterator[tuple[Any, ...]]:
    import openpyxl

    with source.path.open("rb") as file:  # given by name, only .xlsx would be taken
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
        page = book[sheet]
        page.reset_dimensions()
        yield from page.iter_rows(values_only=True)


def pages(source: Source) -> list[Page]:
    """Return a workbook's sheets of cells, the hidden ones too.

    Raises
    ------
    ReadError
        The workbook is damaged, or has no sheet to be seen.
    """
    import openpyxl

    found: list[Page] = []
    try:
        with source.path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            found = [
                Page(page.title, book.sheetnames.index(page.title), page.sheet_state != "visible")
                for page in book.worksheets
            ]
    except Exception:  # noqa: BLE001  # openpyxl raises many kinds; some hold a cell
        found = []
    if all(page.hidden for page in found):
        raise ReadError(f"'{source.name}' is a damaged or empty workbook: {EXPORT_AGAIN}.")
    return found


def which(source: Source, sheet: str) -> str:
    """Return what the file, or the sheet of a workbook of several, is called in a sentence."""
    found = pages(source) if source.kind == "xlsx" else []
    if len(found) < 2:
        return f"'{source.name}'"
    where = next(page.where for page in found if page.name == sheet)
    return f"{where[0].upper()}{where[1:]} of '{source.name}'"


def text(cell: Any, *, seconds: bool = False) -> str:
    """Return a cell as text: dates as ISO, lengths in minutes, whole numbers without a point.

    With `seconds` times of day are written with theirs, and lengths as `h:mm:ss`.

    >>> [text(cell) for cell in (None, 12.0, datetime(2025, 4, 1), time(8, 30), timedelta(hours=1))]
    ['', '12', '2025-04-01', '08:30', '60m']
    >>> [text(cell, seconds=True) for cell in (time(0, 1, 20), timedelta(seconds=80))]
    ['00:01:20', '0:01:20']
    """
    clock = "%H:%M:%S" if seconds else "%H:%M"
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        day, at = cell.date(), cell.time()
        if day.year < 1901:  # a time of day, which some writers put on day nought
            return at.strftime(clock)
        return day.isoformat() if at == time(0) else f"{day.isoformat()} {at.strftime(clock)}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, time):
        return cell.strftime(clock)
    if isinstance(cell, timedelta):
        return _length(round(cell.total_seconds()), seconds)
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _length(total: int, seconds: bool) -> str:
    if not seconds:
        return f"{round(total / 60)}m"
    return f"{total // 3600}:{total // 60 % 60:02d}:{total % 60:02d}"
