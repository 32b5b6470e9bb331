"""The tidy calls frame: its columns, and the check that a frame fits."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from pcqa_teach.data.phones.vocabulary import OUTCOMES
from pcqa_teach.data.schema import Column
from pcqa_teach.errors import DataError

PERIODS = ("call", "quarter-hour", "half-hour", "hour")
MINUTES = {"call": 0, "quarter-hour": 15, "half-hour": 30, "hour": 60}

_ALL = (
    Column("start", "datetime64[s]", "when the call came, by London's clocks", required=True),
    Column("period", "category", "what `start` is the beginning of", PERIODS, required=True),
    Column("outcome", "category", "what became of the call", OUTCOMES, required=True),
    Column("count", "int64", "calls that the row stands for", required=True),
    Column("queue_s", "float64", "seconds waited; a mean, where the row stands for several"),
    Column("handled_s", "float64", "seconds talked; a mean, where the row stands for several"),
    Column("queue", "category", "queue, as a code", prefix="Q"),
    Column("caller", "category", "number that rang, as a code", prefix="N"),
)
COLUMNS: dict[str, Column] = {column.name: column for column in _ALL}
REQUIRED = tuple(column.name for column in _ALL if column.required)


def is_calls(frame: pd.DataFrame) -> bool:
    """Say whether a frame is a tidy calls frame, as `pcqa.read` gives it."""
    return all(name in frame.columns for name in REQUIRED) and "status" not in frame.columns


def validate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as it is, once every column of it fits the tidy calls frame.

    Raises
    ------
    DataError
        Names the columns that are missing, not known, or not what they should be.

    Examples
    --------
    >>> validate(pd.DataFrame({"start": []}))
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: This is no tidy calls frame: column 'period' is missing.
    """
    faults = list(_faults(frame))
    if faults:
        raise DataError(f"This is no tidy calls frame: {faults[0]}.")
    return frame


def _faults(frame: pd.DataFrame) -> Iterator[str]:
    yield from (f"column '{name}' is missing" for name in REQUIRED if name not in frame)
    if not frame.columns.is_unique or any(name not in COLUMNS for name in frame.columns):
        yield "a column is there twice, or is none of its own"
        return
    for name in frame.columns:
        column, values = COLUMNS[name], frame[name]
        if str(values.dtype) != column.dtype:
            yield f"column '{name}' should be {column.dtype}"
        elif column.required and values.isna().any():
            yield f"column '{name}' has blanks"
        elif column.labels and tuple(values.cat.categories) != column.labels:
            yield f"column '{name}' has other labels than its own"
