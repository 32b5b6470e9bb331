"""Workbooks (.xlsx): their cells as the texts that a CSV would hold."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any

from pcqa_teach.data.reading.files import EXPORT_AGAIN, Source
from pcqa_teach.errors import ReadError


def heads(source: Source, rows: int) -> list[tuple[str, list[list[str]]]]:
    """Return each sheet's name and its first rows."""
    return [(name, list(islice(sheet_rows(source, name), rows))) for name in _names(source)]


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


def _names(source: Source) -> list[str]:
    import openpyxl

    names: list[str] = []
    try:
        with source.path.open("rb") as file, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(file, read_only=True, data_only=True)
            names = [page.title for page in book.worksheets if page.sheet_state == "visible"]
    except Exception:  # noqa: BLE001  # openpyxl raises many kinds; some hold a cell
        names = []
    if not names:
        raise ReadError(f"'{source.name}' is a damaged or empty workbook: {EXPORT_AGAIN}.")
    return names


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
