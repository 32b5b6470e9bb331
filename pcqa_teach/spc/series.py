"""From the caller's frame to sorted arrays; every complaint about columns is made here."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.dates import moment
from pcqa_teach.errors import ChartError
from pcqa_teach.spc.segments import Bools, Floats, Ints, Segments

_MOST = 1e100  # beyond this, squares overflow


@dataclass(frozen=True)
class Series:
    """One or many series, sorted by group and then by x.

    Parameters
    ----------
    x : array of dates or numbers
    y : array of float, NaN where missing
    n : array of float, or None
    group : array of int, the series each row belongs to
    groups : the values of the `by` column, in the order they first appear; empty without one
    holiday : array of bool, or None
    """

    x: NDArray[Any]
    y: Floats
    n: Floats | None
    group: Ints
    groups: pd.Index[Any]
    holiday: Bools | None

    @property
    def dated(self) -> bool:
        """Whether x holds dates."""
        return self.x.dtype.kind == "M"

    @cached_property
    def group_starts(self) -> Ints:
        """The first row of each series."""
        new = np.empty(len(self.group), dtype=bool)
        new[:1] = True
        np.not_equal(self.group[1:], self.group[:-1], out=new[1:])
        return np.flatnonzero(new)

    @cached_property
    def position(self) -> Ints:
        """Count rows from 0 within each series."""
        return Segments(self.group_starts, len(self.group)).position()


def read_series(frame: pd.DataFrame, x: str, y: str, n: str | None, by: str | None) -> Series:
    """Take the named columns, check them and sort them.

    Raises
    ------
    ChartError
        A column is missing or twice, not numbers or dates, or one date has several rows.
    """
    if not isinstance(frame, pd.DataFrame):
        raise ChartError(f"A chart needs a table (a pandas DataFrame), not {_a(frame)}.")
    when = _times(_column(frame, x, "x"), x)
    values = _numbers(_column(frame, y, "y"), y)
    sizes = None
    if n is not None and (n != "n" or "n" in frame.columns):
        sizes = _numbers(_column(frame, n, "n"), n)
    group, groups = np.zeros(len(frame), dtype=np.int64), pd.Index([])
    if by is not None:
        codes, groups = pd.factorize(_column(frame, by, "by"))
        group = codes.astype(np.int64)
        if isinstance(groups, pd.CategoricalIndex):
            groups = groups.remove_unused_categories()
        if (group < 0).any():
            raise ChartError(
                f"Column '{by}' has {rows_said(group < 0)} without a group: fill or drop them."
            )
    if len(frame) == 0:
        raise ChartError("The table has no rows: a chart needs at least 2 values.")
    order = _order(group, when)
    holiday = _holiday(frame)
    if order is not None:
        group, when, values = group[order], when[order], values[order]
        sizes = None if sizes is None else sizes[order]
        holiday = None if holiday is None else holiday[order]
    same = when[1:] == when[:-1]
    if same.any():
        same &= group[1:] == group[:-1]
    if same.any():
        within = " of one group" if by is not None else ""
        hint = (
            "add them up first"
            if by is not None
            else "add them up first, or name their column with by="
        )
        raise ChartError(
            f"Column '{x}' has the same value in several rows{within}"
            f" ({int(same.sum())} too many): {hint}."
        )
    return Series(when, values, sizes, group, groups, holiday)


def _column(frame: pd.DataFrame, name: str, role: str) -> pd.Series[Any]:
    if not isinstance(name, Hashable) or name not in frame.columns:
        raise ChartError(
            f"There is no column '{name}' for {role}=: the table has {_names(frame.columns)}."
        )
    column = frame[name]
    if list(frame.columns).count(name) > 1:
        raise ChartError(f"Column '{name}' is there more than once: rename one of them.")
    return column


def _names(columns: pd.Index[Any]) -> str:
    names = [f"'{name}'" for name in columns]
    return (
        "no columns" if not names else ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")
    )


def _numbers(column: pd.Series[Any], name: str) -> Floats:
    """Give float values, NaN where missing; refuse what is not a number or is infinite."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fiu":
        values = column.to_numpy(dtype=np.float64)
    else:
        if pd.api.types.is_datetime64_any_dtype(column) or isinstance(column.dtype, pd.PeriodDtype):
            raise ChartError(f"Column '{name}' holds dates: a chart needs numbers there.")
        given = column.astype(object).where(column.notna(), None)
        values = pd.to_numeric(given, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        wrong = np.isnan(values) & column.notna().to_numpy()
        if wrong.any():
            raise ChartError(
                f"Column '{name}' is not a number in {rows_said(wrong)}:"
                " mend them, or leave them empty."
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


def _times(column: pd.Series[Any], name: str) -> NDArray[Any]:
    """Give dates (datetime64) or numbers, none missing."""
    if isinstance(column.dtype, pd.PeriodDtype):
        column = column.dt.to_timestamp()
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if isinstance(column.dtype, pd.CategoricalDtype):
        column = column.astype(column.cat.categories.dtype)
    missing = column.isna().to_numpy()
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
    codes, distinct = pd.factorize(column.astype(object))
    read = pd.Series([date_of(cell) for cell in distinct], dtype="datetime64[us]").take(codes)
    wrong = read.isna().to_numpy()
    if wrong.any():
        raise ChartError(
            f"Column '{name}' is not a date in {rows_said(wrong, rows)}:"
            " write dates as 31/03/2024 or 2024-03-31."
        )
    return read.set_axis(column.index)


def date_of(given: Any) -> pd.Timestamp | None:
    """Read one date, from text day first; None where it is none. The wall time is what counts.

    >>> date_of("05/03/2024"), date_of("03/13/2024")
    (Timestamp('2024-03-05 00:00:00'), None)
    """
    if isinstance(given, pd.Period):
        given = given.to_timestamp()
    try:
        if isinstance(given, str):
            return pd.Timestamp(moment(given))
        if isinstance(given, date | np.datetime64):
            when = pd.Timestamp(given)
            return when.tz_localize(None) if isinstance(when, pd.Timestamp) else None
    except (ValueError, KeyError, OverflowError):
        return None
    return None


def _order(group: Ints, when: NDArray[Any]) -> Ints | None:
    """Give the stable order by group and x; None where rows already lie so."""
    falls = when[1:] < when[:-1]
    if group[-1] != group[0] or group.any():
        step = np.diff(group)
        falls = (step < 0) | ((step == 0) & falls)
    if not falls.any():
        return None
    return np.lexsort((when, group))


def _holiday(frame: pd.DataFrame) -> Bools | None:
    """Take the marks of weeks with a bank holiday, where a measure gave them."""
    if "holiday" not in frame.columns:
        return None
    column = frame["holiday"]
    if list(frame.columns).count("holiday") > 1 or not pd.api.types.is_bool_dtype(column):
        return None
    return column.fillna(False).to_numpy(dtype=bool)


def rows_said(wrong: Bools, numbers: Ints | None = None) -> str:
    """Say which rows, by number only: from 1, or by the numbers that a file gives them.

    >>> rows_said(np.array([False, True, True]))
    'rows 2 and 3'
    """
    found = np.flatnonzero(wrong)
    rows = [str(row) for row in (found + 1 if numbers is None else numbers[found])]
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) > 5:
        return f"{len(rows)} rows (the first are {', '.join(rows[:5])})"
    return f"rows {', '.join(rows[:-1])} and {rows[-1]}"


def _a(thing: object) -> str:
    name = type(thing).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"
