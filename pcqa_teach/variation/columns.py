"""Taking named columns from a caller's frame; every complaint about them is made here."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

_MOST = 1e15  # beyond this, whole numbers are no longer exact


def column(frame: Any, name: Any, role: str) -> pd.Series[Any]:
    """Take one column of the frame; `role` is the argument that named it.

    Raises
    ------
    DataError
        This is not a table, it is empty, or the column is missing or there twice.
    """
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"A table (a pandas DataFrame) is needed, not {type(frame).__name__}.")
    names = list(frame.columns)
    if not isinstance(name, Hashable) or name not in names:
        listed = ", ".join(f"'{one}'" for one in names[:12]) or "no columns"
        raise DataError(f"There is no column '{name}' for {role}=: the table has {listed}.")
    if names.count(name) > 1:
        raise DataError(f"Column '{name}' is there more than once: rename one of them.")
    if len(frame) == 0:
        raise DataError("The table has no rows: read the export again, or choose other dates.")
    return frame[name]


def numbers(frame: Any, name: Any, role: str, *, below_zero: bool = False) -> Floats:
    """Take a column of numbers, NaN where a cell is empty.

    Raises
    ------
    DataError
        A cell holds text, yes or no, infinity or, unless allowed, a number below 0.
    """
    taken = column(frame, name, role)
    if pd.api.types.is_bool_dtype(taken):
        raise DataError(f"Column '{name}' holds yes and no: {role}= needs numbers.")
    if pd.api.types.is_datetime64_any_dtype(taken) or isinstance(taken.dtype, pd.PeriodDtype):
        raise DataError(f"Column '{name}' holds dates: {role}= needs numbers.")
    cells = taken.astype(object).where(taken.notna(), None)
    truth = cells.map(lambda cell: isinstance(cell, bool | np.bool_)).to_numpy(dtype=bool)
    values = pd.to_numeric(cells, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
    _refuse((np.isnan(values) & taken.notna().to_numpy()) | truth, name, "is not a number")
    _refuse(np.isinf(values), name, "is infinite")
    _refuse(np.abs(values) > _MOST, name, "is beyond 10^15")
    _refuse((values != 0) & (np.abs(values) < 1 / _MOST), name, "is closer to 0 than 10^-15")
    if not below_zero:
        _refuse(values < 0, name, "is below 0")
    return values


def names_given(frame: Any, name: Any, role: str) -> pd.Series[Any]:
    """Take a column that says who or what each row is of; none may be empty.

    Raises
    ------
    DataError
        A cell is empty.
    """
    taken = plain(column(frame, name, role), name)
    if isinstance(taken.dtype, pd.CategoricalDtype):
        taken = taken.astype(taken.cat.categories.dtype)
    missing = taken.isna().to_numpy()
    if missing.any():
        raise DataError(f"Column '{name}' is empty in {rows_said(missing)}: fill or drop them.")
    return taken


def plain(taken: pd.Series[Any], name: Any) -> pd.Series[Any]:
    """Refuse a column whose cells cannot be told apart, such as lists."""
    kinds = taken.map(lambda cell: isinstance(cell, Hashable)).to_numpy(dtype=bool)
    if not kinds.all():
        raise DataError(f"Column '{name}' holds lists or tables: it needs one label a row.")
    return taken


def codes(frame: Any, name: Any, role: str) -> tuple[Ints, pd.Index[Any]]:
    """Give each row the number of its label, and the labels in the order they first appear."""
    number, distinct = pd.factorize(names_given(frame, name, role).astype(object))
    return number.astype(np.int64), pd.Index(distinct)


def full(values: Floats, name: Any) -> Floats:
    """Refuse a column with empty cells where none can be missing."""
    missing = np.isnan(values)
    if missing.any():
        raise DataError(f"Column '{name}' is empty in {rows_said(missing)}: fill or drop them.")
    return values


def whole(values: Floats, name: Any) -> Floats:
    """Refuse a column of counts that holds fractions."""
    _refuse(values != np.where(np.isnan(values), values, np.round(values)), name,
            "is not a whole number", unless=np.isnan(values))  # fmt: skip
    return values


def number_given(value: Any, name: str, low: float, high: float, hint: str) -> float:
    """Take a number given by hand, strictly between `low` and `high`.

    >>> number_given(0.05, "target", 0, 1, "a share")
    0.05
    """
    plain = isinstance(value, int | float | np.number) and not isinstance(value, bool)
    if not plain or not low < float(value) < high:
        said = f"{value}" if plain else type(value).__name__
        raise DataError(f"{name}={said} cannot be used: give {hint}.")
    return float(value)


def count_given(value: Any, name: str, low: int, high: int) -> int:
    """Take a whole number given by hand, from `low` to `high`.

    >>> count_given(24, "points", 2, 500)
    24
    """
    plain = isinstance(value, int | np.integer) and not isinstance(value, bool)
    if not plain or not low <= int(value) <= high:
        said = f"{value}" if isinstance(value, int | float | np.number) else type(value).__name__
        raise DataError(
            f"{name}={said} cannot be used: give a whole number from {low:,} to {high:,}."
        )
    return int(value)


def rows_said(wrong: Bools) -> str:
    """Say which rows, counted from 1.

    >>> rows_said(np.array([False, True, True]))
    'rows 2 and 3'
    """
    rows = [f"{row:,}" for row in np.flatnonzero(wrong) + 1]
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) > 5:
        return f"{len(rows):,} rows (the first are {', '.join(rows[:5])})"
    return f"rows {', '.join(rows[:-1])} and {rows[-1]}"


def _refuse(wrong: Bools, name: Any, what: str, unless: Bools | None = None) -> None:
    found = wrong if unless is None else wrong & ~unless
    if found.any():
        raise DataError(f"Column '{name}' {what} in {rows_said(found)}: mend or empty them.")
