"""What a column of the caller's frame holds; every complaint about one is made here."""

from __future__ import annotations

import re
from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach import sayings
from pcqa_teach.arguments import date_of
from pcqa_teach.errors import ChartError
from pcqa_teach.spc.segments import Bools, Floats, Ints

_MOST = 1e100  # beyond this, squares overflow


def column(frame: pd.DataFrame, name: Any, role: str) -> pd.Series[Any]:
    """Take one column, which must be there once."""
    if not isinstance(name, Hashable) or name not in frame.columns:
        raise ChartError(
            f"There is no column '{name}' for {role}=: the table has {_names(frame.columns)}."
        )
    if [*frame.columns].count(name) > 1:
        raise ChartError(f"Column '{name}' is there more than once: rename one of them.")
    return frame[name]


def _names(columns: pd.Index[Any]) -> str:
    names = [f"'{name}'" for name in columns]
    return (
        "no columns" if not names else ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    )


def numbers(column: pd.Series[Any], name: str, *, yes_no: bool = False) -> Floats:
    """Give float values, NaN where missing or blank; refuse what is not a number or is infinite.

    With `yes_no`, True and False are 1 and 0; they are no measurements otherwise.
    """
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiu":
        values = column.to_numpy(dtype=np.float64)
    else:
        if pd.api.types.is_datetime64_any_dtype(column) or isinstance(column.dtype, pd.PeriodDtype):
            raise ChartError(f"Column '{name}' holds dates: a chart needs numbers there.")
        there = column.notna().to_numpy() & ~_blank(column)
        given = column.astype(object).where(there, None)
        truth = given.map(lambda cell: isinstance(cell, bool | np.bool_)).to_numpy(dtype=bool)
        if truth.any() and not yes_no:
            raise ChartError(
                f"Column '{name}' holds yes and no: chart counts of them (kind='p'), or each by"
                " itself with kind='bernoulli_cusum'."
            )
        values = pd.to_numeric(given.where(~_odd(given), None), errors="coerce").to_numpy(
            dtype=np.float64, na_value=np.nan
        )
        wrong = np.isnan(values) & there
        if wrong.any():
            raise ChartError(
                f"Column '{name}' is not a number in {rows_said(wrong)}: mend"
                f" {_them(wrong)}, or leave {_them(wrong)} empty."
            )
    if len(values) == 0 or max(values.max(), -values.min()) <= _MOST:
        return values
    endless = np.isinf(values)
    if endless.any():
        raise ChartError(
            f"Column '{name}' is infinite in {rows_said(endless)} (a division by zero?):"
            " leave them empty."
        )
    if (np.abs(values) > _MOST).any():
        raise ChartError(f"Column '{name}' has values above 10^100: express it in a larger unit.")
    return values


def times(column: pd.Series[Any], name: str) -> NDArray[Any]:
    """Give dates (datetime64) or numbers, none missing."""
    if isinstance(column.dtype, pd.PeriodDtype):
        column = column.dt.to_timestamp()
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        wall = column.dt.tz_localize(None)
        if wall.nunique() < column.nunique():
            raise ChartError(
                f"Column '{name}' holds an hour that comes twice, when the clocks go back: give"
                f" its times in UTC, as in frame['{name}'].dt.tz_convert('UTC')."
            )
        column = wall
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    missing = column.isna().to_numpy() | _blank(column)
    if missing.any():
        raise ChartError(
            f"Column '{name}' is empty in {rows_said(missing)}: each point needs its date."
        )
    if pd.api.types.is_bool_dtype(column):
        raise ChartError(f"Column '{name}' holds yes and no: it must hold dates or numbers.")
    if pd.api.types.is_datetime64_any_dtype(column):
        return column.to_numpy()
    if pd.api.types.is_numeric_dtype(column):
        numbers = column.to_numpy()
        if numbers.dtype.kind in "iu":
            return numbers
        if numbers.dtype.kind == "f" and np.isfinite(numbers).all():
            return numbers
        if numbers.dtype.kind == "f":
            raise ChartError(f"Column '{name}' is infinite in {rows_said(np.isinf(numbers))}.")
        return column.to_numpy(dtype=np.float64)
    return dates(column, name).to_numpy()


def dates(column: pd.Series[Any], name: str, rows: Ints | None = None) -> pd.Series[Any]:
    """Read dates written as 2024-03-31 or, day first, as 31/03/2024; `rows` are their numbers.

    >>> dates(pd.Series(["01/02/2024", "2024-03-01"]), "week").dt.month.tolist()
    [2, 3]
    """
    given = column.astype(object)
    given = given.where(~_odd(given), "no date")
    codes, distinct = pd.factorize(given)
    read = pd.Series([date_of(cell) for cell in distinct], dtype="datetime64[us]").take(codes)
    wrong = read.isna().to_numpy()
    if wrong.any():
        why = _no_date(given[wrong].iloc[0])
        raise ChartError(f"Column '{name}' {why[0]} in {rows_said(wrong, rows)}: {why[1]}.")
    return read.set_axis(column.index)


def _no_date(cell: Any) -> tuple[str, str]:
    """Say what is wrong with a text that is no date, and what to do.

    >>> _no_date("03/13/2024")[0], _no_date("01/01/1999")[0], _no_date("soon")[0]
    ('has its month first', 'is before 2000 or after 2099', 'is not a date')
    """
    from pcqa_teach.dates import EARLIEST, LATEST, WrongOrderError, moment

    if isinstance(cell, str):
        try:
            moment(cell)
        except WrongOrderError:
            return "has its month first", "write dates day first, as 31/03/2024"
        except (ValueError, KeyError, OverflowError):
            year = re.search(r"(?<!\d)(\d{4})(?!\d)", cell)
            if year and not EARLIEST <= int(year[1]) <= LATEST:
                return (
                    f"is before {EARLIEST} or after {LATEST}",
                    "look for a slip, or turn the column into dates first (pd.to_datetime)",
                )
    return "is not a date", "write dates as 31/03/2024 or 2024-03-31"


def _blank(column: pd.Series[Any]) -> Bools:
    """Say which cells are text without anything in it."""
    if not (pd.api.types.is_object_dtype(column) or pd.api.types.is_string_dtype(column)):
        return np.zeros(len(column), dtype=bool)
    found = column.map(lambda cell: isinstance(cell, str) and not cell.strip())
    return found.to_numpy(dtype=bool)


def _odd(cells: pd.Series[Any]) -> Bools:
    """Say which cells can be no number at all, such as a list."""

    def odd(cell: Any) -> bool:
        return not isinstance(cell, Hashable) or isinstance(cell, complex)

    return cells.map(odd).to_numpy(dtype=bool)


def _them(wrong: Bools) -> str:
    return "it" if np.count_nonzero(wrong) == 1 else "them"


def rows_said(wrong: Bools, numbers: Ints | None = None) -> str:
    """Say which rows, by number only: from 1, or by the numbers that a file gives them.

    >>> rows_said(np.array([False, True, True]))
    'rows 2 and 3'
    """
    found = np.flatnonzero(wrong)
    return sayings.rows_said((found + 1 if numbers is None else numbers[found]).tolist())


def a_thing(thing: object) -> str:
    """Name the type of a thing, with its article."""
    name = type(thing).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
