"""What the impact tools take from a caller's frame, with the complaints they share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError
from pcqa_teach.spc.segments import Bools, Floats
from pcqa_teach.spc.series import date_of, dates, rows_said
from pcqa_teach.spc.spacing import Spacing, spacing


def column(frame: pd.DataFrame, name: Any, role: str) -> pd.Series[Any]:
    """Give one column, if it is there once."""
    if not isinstance(frame, pd.DataFrame):
        raise DataError(
            f"{role}= is looked for in a table (a pandas DataFrame),"
            f" and a {type(frame).__name__} was given: give the table."
        )
    count = list(frame.columns).count(name)
    if count == 0:
        there = ", ".join(f"'{one}'" for one in frame.columns[:12]) or "no columns"
        raise DataError(f"There is no column '{name}' for {role}=: the table has {there}.")
    if count > 1:
        raise DataError(f"Column '{name}' is there more than once: rename one of them.")
    if len(frame) == 0:
        raise DataError(f"The table with column '{name}' has no rows: check what was read.")
    found: pd.Series[Any] = frame[name]
    return found


def amounts(values: pd.Series[Any], name: Any, *, negative: bool = False) -> Floats:
    """Give a column as numbers, NaN where missing; refuse text, yes and no, and infinity."""
    if pd.api.types.is_bool_dtype(values) or values.map(lambda one: isinstance(one, bool)).any():
        raise DataError(f"Column '{name}' holds yes and no: it must hold numbers.")
    if pd.api.types.is_datetime64_any_dtype(values):
        raise DataError(f"Column '{name}' holds dates: it must hold numbers.")
    given = values.astype(object).where(values.notna(), None)
    read = pd.to_numeric(given, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse(np.isnan(read) & values.notna().to_numpy(), name, "is not a number")
    _refuse(np.isinf(read), name, "is infinite")
    if not negative:
        _refuse(read < 0, name, "is below zero")
    return np.asarray(read, dtype=np.float64)


def _refuse(wrong: Bools, name: Any, what: str) -> None:
    if wrong.any():
        raise DataError(
            f"Column '{name}' {what} in {rows_said(wrong)}: mend them, or leave them empty."
        )


def times(values: pd.Series[Any], name: Any) -> np.ndarray[Any, Any]:
    """Give a column as dates (text is read day first) or as numbers; none may be missing."""
    missing = values.isna().to_numpy()
    if missing.any():
        raise DataError(
            f"Column '{name}' is empty in {rows_said(missing)}: each row needs its date."
        )
    if isinstance(values.dtype, pd.PeriodDtype):
        values = values.dt.to_timestamp()
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_localize(None)
    if pd.api.types.is_datetime64_any_dtype(values):
        return values.to_numpy()
    if pd.api.types.is_numeric_dtype(values):
        given = values.to_numpy()
        read = amounts(values, name, negative=True)
        return given if given.dtype.kind in "iu" else read
    return dates(values, name).to_numpy()


@dataclass(frozen=True)
class Rows:
    """Dates, values and whose they are, in order of whose and then of date."""

    x: np.ndarray[Any, Any]
    y: Floats
    whose: NDArray[np.int64]


def rows_of(frame: pd.DataFrame, x: str, y: str, whose: NDArray[np.int64] | None = None) -> Rows:
    """Take dates and values, sorted; one row a date (and member) is allowed."""
    when, values = column(frame, x, "x"), column(frame, y, "y")
    at, read = times(when, x), amounts(values, y, negative=True)
    of = np.zeros(len(at), dtype=np.int64) if whose is None else whose
    order = np.lexsort((at, of))
    at, read, of = at[order], read[order], of[order]
    twice = int(((at[1:] == at[:-1]) & (of[1:] == of[:-1])).sum())
    if twice:
        each = "" if whose is None else " of one group or member"
        raise DataError(
            f"Column '{x}' has the same value in several rows{each} ({twice} too many): add them up"
            " first."
        )
    return Rows(at, read, of)


def place(x: np.ndarray[Any, Any], given: Any, name: str) -> Any:
    """Read a date, or a number where x holds numbers, in the units of x."""
    if x.dtype.kind == "M":
        when = date_of(given)
        if when is None:
            raise DataError(f"{name}= is not a date: write it as '2025-01-11' or '11/01/2025'.")
        return when.to_datetime64()
    number = isinstance(given, int | float | np.number) and not isinstance(given, bool)
    if not number or not np.isfinite(given):
        raise DataError(f"{name}= is not a number, as the values of x are: give one of them.")
    return given


def confidence_of(confidence: Any) -> float:
    """Check how sure an interval is to be."""
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise DataError("confidence= must be a number such as 0.95.")
    if not 0.5 <= confidence < 1:
        raise DataError(f"confidence={confidence:g} must lie from 0.5 to below 1, such as 0.95.")
    return float(confidence)


def step_of(x: np.ndarray[Any, Any]) -> tuple[Floats, Spacing]:
    """Give the time of each point in usual steps from the first, and what a step is called.

    >>> time, every = step_of(np.array([1, 2, 3, 5]))
    >>> time.tolist(), every.one
    ([0.0, 1.0, 2.0, 4.0], 'point')
    """
    unit = np.timedelta64(1, "D") if x.dtype.kind == "M" else 1
    time = np.asarray((x - x[0]) / unit, dtype=np.float64)
    step = float(np.median(np.diff(time))) if len(time) > 1 else 1.0
    return time / (step or 1.0), spacing(x)


def straddling(x: np.ndarray[Any, Any], change: Any) -> Bools:
    """Find the point whose week or month began before the change and ended after it.

    >>> weeks = np.array(["2024-01-01", "2024-01-08", "2024-01-15"], dtype="datetime64[D]")
    >>> straddling(weeks, np.datetime64("2024-01-10")).tolist()
    [False, True, False]
    """
    if x.dtype.kind != "M" or len(x) < 2 or spacing(x).one == "point":
        return np.zeros(len(x), dtype=bool)
    if spacing(x).one == "month":
        ends = (pd.DatetimeIndex(x) + pd.DateOffset(months=1)).to_numpy()
    else:
        ends = x + np.median(np.diff(x))
    return np.asarray((x < change) & (ends > change))
