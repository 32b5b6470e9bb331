"""The tidy frame of calls by stretch of the day: its columns, and the check that a frame fits."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.schema import Column
from pcqa_teach.data.tables import made

ALL, MENU, ANSWERED, MISSED, CALL_BACK, CALLED_BACK, BY_LENGTH = (
    "All calls", "Ended in menu", "Answered", "Missed", "Call-back asked", "Call-back made",
    "Answered, by length",
)  # fmt: skip
MEASURES = (ALL, MENU, ANSWERED, MISSED, CALL_BACK, CALLED_BACK, BY_LENGTH)

_ALL = (
    Column("start", "datetime64[s]", "beginning of the stretch, London's clocks", required=True),
    Column("minutes", "int64", "length of the stretch, minutes", required=True),
    Column("measure", "category", "which calls are counted", MEASURES, required=True),
    Column("count", "int64", "calls that the row stands for", required=True),
    Column("practice", "category", "practice, as a code; blank where several share a line",
           prefix="G"),
    Column("area", "category", "public area code, or a code in its place", prefix="A"),
)  # fmt: skip
COLUMNS: dict[str, Column] = {column.name: column for column in _ALL}


def is_call_bands(frame: pd.DataFrame) -> bool:
    """Say whether a frame is one of calls by stretch of the day, as `pcqa.read` gives it.

    >>> is_call_bands(pd.DataFrame({"date": []}))
    False
    """
    return all(column.name in frame for column in _ALL if column.required)


def validate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as it is, once every column of it fits; else raise `DataError`.

    >>> validate(pd.DataFrame({"start": []}))
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: This is no tidy table of calls by stretch of the day: column \
'minutes' is missing.
    """
    return made.validate(frame, COLUMNS, "tidy table of calls by stretch of the day")
