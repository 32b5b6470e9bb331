"""From a caller's table to dates and values in order, and where among them a change lies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach import columns
from pcqa_teach.arguments import Bools, Floats, day_of, number
from pcqa_teach.errors import DataError
from pcqa_teach.spc.spacing import Spacing, spacing


def times(taken: pd.Series[Any], name: Any) -> np.ndarray[Any, Any]:
    """Give a column as dates (text is read day first) or as numbers; none may be missing."""
    numeric = pd.api.types.is_numeric_dtype(taken) and not pd.api.types.is_bool_dtype(taken)
    if not numeric:
        return columns.times(taken, name).to_numpy()
    read = columns.amounts_of(taken, name, low=None)
    return taken.to_numpy() if taken.dtype.kind in "iu" else read


@dataclass(frozen=True)
class Rows:
    """Dates, values and whose they are, in order of whose and then of date."""

    x: np.ndarray[Any, Any]
    y: Floats
    whose: NDArray[np.int64]


def rows_of(frame: pd.DataFrame, x: str, y: str, whose: NDArray[np.int64] | None = None) -> Rows:
    """Take dates and values, sorted; one row a date (and member) is allowed."""
    at = times(columns.column(frame, x, "x="), x)
    read = columns.amounts(frame, y, "y=", low=None, gaps=True)
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
    return day_of(given, name).to_datetime64() if x.dtype.kind == "M" else number(given, name)


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
