"""The tidy frame of a kind of table, from plain arrays; and the table read back as it was saved.

In a frame under way a blank is -1, or no number where the column is a moment or a real number;
moments are seconds since 1970, and the labels and codes of a column their places.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import numpy as np
import pandas as pd

from pcqa_teach import dates
from pcqa_teach.data import schema
from pcqa_teach.data.phones import clocks
from pcqa_teach.data.readers.base import Field, Format
from pcqa_teach.data.schema import Column
from pcqa_teach.data.tables import cells
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.errors import DataError

Columns = Mapping[str, Column]
_MOMENT, _WHOLE = "datetime64[s]", "int64"
_MOST = 1e9  # no quantity of a table comes near; an NHS number does not pass for one


def made(rows: pd.DataFrame, columns: Columns, reading: Reading) -> pd.DataFrame:
    """Return the tidy frame of a frame under way; a column that says nothing is left out."""
    data: dict[str, object] = {}
    for name, column in columns.items():
        if name not in rows:
            continue
        values = rows[name].to_numpy()
        blank = np.isnan(values) if values.dtype.kind == "f" else values < 0
        if not column.required and blank.all():
            continue
        if column.dtype == _MOMENT:
            seconds = np.where(blank, 0, values).astype(np.int64).astype(_MOMENT)
            data[name] = np.where(blank, np.datetime64("NaT", "s"), seconds)
        elif column.prefix:
            data[name] = _coded(values.astype(np.int64), reading.coder.codes(column.prefix))
        elif column.labels:
            data[name] = schema.category(
                values.astype(np.int8), column.labels, ordered=column.ordered
            )
        else:
            data[name] = values.astype(column.dtype)
    return pd.DataFrame(data)


def _coded(values: np.ndarray, codes: list[str]) -> pd.Categorical:
    used = sorted({codes[place] for place in np.unique(values[values >= 0])})
    spot = {code: place for place, code in enumerate(used)}
    lookup = np.array([*(spot.get(code, -1) for code in codes), -1])
    return schema.category(lookup[values], used)


def validate(frame: pd.DataFrame, columns: Columns, what: str) -> pd.DataFrame:
    """Return `frame` as it is, once every column of it fits.

    Raises
    ------
    DataError
        Names the first column that is missing, not known, or not what it should be.
    """
    fault = next(_faults(frame, columns), "")
    if fault:
        raise DataError(f"This is no {what}: {fault}.")
    return frame


def _faults(frame: pd.DataFrame, columns: Columns) -> Iterator[str]:
    lacking = [name for name, column in columns.items() if column.required and name not in frame]
    yield from (f"column '{name}' is missing" for name in lacking)
    if not frame.columns.is_unique or any(name not in columns for name in frame.columns):
        yield "a column is there twice, or is none of its own"
        return
    for name in frame.columns:
        column, values = columns[name], frame[name]
        if str(values.dtype) != column.dtype:
            yield f"column '{name}' should be {column.dtype}"
        elif column.required and values.isna().any():
            yield f"column '{name}' has blanks"
        elif column.labels and tuple(values.cat.categories) != column.labels:
            yield f"column '{name}' has other labels than its own"


def format_of(columns: Columns, form_id: str, title: str, thing: str) -> Format:
    """Return the format of a table as the kit saves it: its own columns, by their names."""
    labels = {label: "" for column in columns.values() for label in column.labels}
    fields = tuple(
        Field(name, (name,), required=column.required, tell=True)
        for name, column in columns.items()
    )
    return Format(form_id, title, fields, labels, codes_kept=True, thing=thing, seconds=True)


def rows_of(columns: Columns) -> Callable[[Sheet, Reading], pd.DataFrame]:
    """Return the reader of the rows of a table that the kit saved."""

    def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
        frame: dict[str, object] = {ROW: np.arange(len(sheet))}
        for name, column in columns.items():
            if sheet.has(name):
                frame[name] = _values(sheet, column, reading)
        return pd.DataFrame(frame)

    return rows


def _values(sheet: Sheet, column: Column, reading: Reading) -> np.ndarray:
    kind, read = _how(column, reading)
    found = sheet.parsed(column.name, kind, read)
    lost = ~found.ok() if column.required else found.bad() & ~sheet.blank(column.name)
    sheet.refuse(lost, f"{column.name} not readable", "it is none of the tidy table's own")
    gap = np.nan if kind == "length" else -1
    return found.or_else(gap)


def _how(column: Column, reading: Reading) -> tuple[str, Callable[[str], float]]:
    if column.dtype == _MOMENT:
        return "length", _moment
    if column.prefix:
        return "code", lambda text: _place(text, column.prefix, reading)
    if column.labels:
        return "label", cells.choice({label: place for place, label in enumerate(column.labels)})
    if column.dtype == "float64":
        return "length", cells.between(-_MOST, _MOST)
    return "days", cells.whole(0, 10_000_000)


def _place(text: str, prefix: str, reading: Reading) -> float:
    if not text:
        raise ValueError
    return reading.coder.place(text, prefix)


def _moment(text: str) -> float:
    if dates.has_clock(text):
        return clocks.moment(text, False)
    return dates.day_number(text, False, False) * float(clocks.DAY)  # pandas leaves midnight out
