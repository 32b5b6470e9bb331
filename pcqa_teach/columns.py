"""What the columns of a caller's table hold; every complaint about one is made here."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, Ints, date_of, nothing
from pcqa_teach.errors import DataError
from pcqa_teach.sayings import quoted, rows_said

_MOST = 1e15  # beyond this, whole numbers are no longer exact


def table_of(frame: Any, of: str = "") -> pd.DataFrame:
    """Give a frame that has rows; `of` says what its rows are.

    >>> table_of(pd.DataFrame(), "contacts")
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: The table of contacts has no rows: give at least one.
    """
    named = f"The table of {of}" if of else "The table"
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"{named} must be a pandas DataFrame, as pd.read_csv makes it.")
    if not len(frame):
        raise DataError(f"{named} has no rows: give at least one.")
    return frame


def column(frame: Any, name: Any, what: str) -> pd.Series[Any]:
    """Take one column; `what` says what it is for: an argument (`x=`), or a thing (the codes)."""
    rows = table_of(frame)
    if not isinstance(name, Hashable) or name not in rows.columns:
        said = f"'{name}'" if isinstance(name, str) else "of that kind"
        there = quoted(rows.columns) or "no columns"
        raise DataError(f"There is no column {said} for {what}: the table has {there}.")
    taken: pd.Series[Any] | pd.DataFrame = rows[name]
    if isinstance(taken, pd.DataFrame):
        raise DataError(f"Column '{name}' is there more than once: rename one of them.")
    return taken


def amounts(
    frame: Any, name: Any, what: str, *, low: float | None = 0.0, gaps: bool = False
) -> Floats:
    """Take a column of finite numbers, none below `low`; empty cells are NaN where `gaps` may be.

    >>> amounts(pd.DataFrame({"n": [1, -1]}), "n", "contacts")
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: Column 'n' is below 0 in row 2: mend or drop it.
    """
    return amounts_of(column(frame, name, what), name, low=low, gaps=gaps)


def amounts_of(
    taken: pd.Series[Any], name: Any, *, low: float | None = 0.0, gaps: bool = False
) -> Floats:
    """Read a column as finite numbers."""
    if pd.api.types.is_datetime64_any_dtype(taken) or isinstance(taken.dtype, pd.PeriodDtype):
        raise DataError(f"Column '{name}' holds dates: it must hold numbers.")
    there = taken.notna().to_numpy()
    given = taken.astype(object).where(there, None)
    if given.map(lambda cell: isinstance(cell, bool | np.bool_)).any():
        raise DataError(f"Column '{name}' holds yes and no: it must hold numbers.")
    values = pd.to_numeric(given, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    refuse(np.isnan(values) & there, name, "is not a number")
    refuse(np.isinf(values), name, "is infinite")
    refuse(np.abs(values) > _MOST, name, "is beyond 10^15")
    refuse((values != 0) & (np.abs(values) < 1 / _MOST), name, "is closer to 0 than 10^-15")
    if not gaps:
        refuse(~there, name, "is empty")
    if low is not None:
        refuse(values < low, name, f"is below {low:g}")
    return values


def whole_amounts(frame: Any, name: Any, what: str) -> Floats:
    """Take a column of whole numbers, none below 0."""
    return whole_of(amounts(frame, name, what), name)


def whole_of(values: Floats, name: Any) -> Floats:
    """Refuse counts with parts of a whole; what is missing passes."""
    refuse(values % 1 > 0, name, "is not a whole number")
    return values


def full(taken: pd.Series[Any], name: Any) -> pd.Series[Any]:
    """Refuse a column with empty cells."""
    refuse(taken.isna().to_numpy(), name, "is empty")
    return taken


def named(frame: Any, name: Any, what: str) -> pd.Series[Any]:
    """Take a column that says who or what each row is of; none may be empty."""
    taken = full(labelled(frame, name, what), name)
    if isinstance(taken.dtype, pd.CategoricalDtype):
        taken = taken.astype(taken.cat.categories.dtype)
    return taken


def labelled(frame: Any, name: Any, what: str) -> pd.Series[Any]:
    """Take a column of labels, some of which may be empty; a list is no label.

    >>> labelled(pd.DataFrame({"who": [["a", "b"]]}), "who", "unit=")
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: Column 'who' holds more than one label in row 1: mend or drop it.
    """
    taken = column(frame, name, what)
    told = taken.map(lambda cell: isinstance(cell, Hashable)).to_numpy(dtype=bool)
    refuse(~told, name, "holds more than one label")
    return taken


def codes(frame: Any, name: Any, what: str) -> tuple[Ints, pd.Index[Any]]:
    """Give each row the number of its label, and the labels in the order they first appear.

    >>> codes(pd.DataFrame({"who": ["b", "a", "b"]}), "who", "unit=")[0].tolist()
    [0, 1, 0]
    """
    number, distinct = pd.factorize(named(frame, name, what).astype(object))
    return number.astype(np.int64), pd.Index(distinct)


def times(taken: pd.Series[Any], name: Any, *, london: bool = False) -> pd.Series[Any]:
    """Read a column as dates, with their times of day if they have them; none may be missing.

    Text is read day first. With `london`, times of another zone are turned to London's.

    >>> times(pd.Series(["01/02/2024 08:05", "2024-03-01"]), "start").dt.month.tolist()
    [2, 3]
    """
    values = full(taken, name).reset_index(drop=True)
    if isinstance(values.dtype, pd.PeriodDtype):
        values = values.dt.to_timestamp()
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_convert("Europe/London") if london else values
        values = values.dt.tz_localize(None)
    if pd.api.types.is_datetime64_any_dtype(values):
        return values
    codes, distinct = pd.factorize(values.astype(object))
    found = [date_of(cell, london=london) for cell in distinct]
    read = pd.Series(found, dtype="datetime64[us]").take(codes).reset_index(drop=True)
    refuse(read.isna().to_numpy(), name, "is not a date", "write dates as 31/03/2025 or 2025-03-31")
    return read


def records(
    given: Any, what: str, needed: Sequence[str], optional: Sequence[str] = ()
) -> list[dict[str, Any]]:
    """Give rows as dicts with all of the columns, None where nothing was given.

    >>> records([{"step": "Open letter"}], "process_map", ["step"], ["role"])
    [{'step': 'Open letter', 'role': None}]
    """
    allowed = [*needed, *optional]
    rows = _rows(given, what, allowed)
    if not rows:
        raise DataError(f"{what} has no rows: give at least one.")
    for place, row in enumerate(rows, 1):
        lacking = [name for name in needed if name not in row]
        if lacking:
            raise DataError(
                f"{what}, row {place}, has no '{lacking[0]}': each row needs {quoted(needed)}."
            )
        other = [name for name in row if name not in allowed]
        if other and not isinstance(given, pd.DataFrame):
            raise DataError(
                f"{what}, row {place}, has an entry that is not one of {quoted(allowed)}:"
                " rename it or take it out."
            )
    return [
        {name: None if nothing(row.get(name)) else row[name] for name in allowed} for row in rows
    ]


def refuse(wrong: Bools, name: Any, what: str, remedy: str = "") -> None:
    """Complain about a column if there are rows that are wrong."""
    places = np.flatnonzero(wrong) + 1
    if len(places):
        remedy = remedy or f"mend or drop {'it' if len(places) == 1 else 'them'}"
        raise DataError(f"Column '{name}' {what} in {rows_said(places.tolist())}: {remedy}.")


def _rows(given: Any, what: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    if isinstance(given, pd.DataFrame):
        if given.columns.has_duplicates:
            raise DataError(f"The table of {what} has a column name twice: rename one of them.")
        given = given.to_dict("records")
    rows = [given] if isinstance(given, Mapping) else given
    listed = isinstance(rows, Iterable) and not isinstance(rows, str)
    rows = list(rows) if listed else [None]
    if not all(isinstance(row, Mapping) for row in rows):
        raise DataError(f"{what} needs rows with {quoted(columns)}, as a table or a list of dicts.")
    return [{str(name): value for name, value in row.items()} for row in rows]
