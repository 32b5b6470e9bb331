"""Calls by stretch of the day, as kinds of table."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.call_bands import cbt, schema
from pcqa_teach.data.call_bands.taking import calls_by_fate, calls_in
from pcqa_teach.data.tables import made
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import Shape

KIND = "call_bands"
THINGS = ("call", "calls")
_TIDY = made.format_of(
    schema.COLUMNS, "tidy_call_bands", "tidy table of calls by stretch of the day", "count of calls"
)


def _finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    return schema.validate(made.made(frame, schema.COLUMNS, reading))


def _total(frame: pd.DataFrame) -> int:
    """Return how many calls came in; the counts of their fates are among them."""
    whole = calls_in(frame)
    return int((whole if len(whole) else calls_by_fate(frame))["count"].sum())


SHAPES = (
    Shape(
        kind=KIND, form=_TIDY, rows=made.rows_of(schema.COLUMNS), finish=_finish, things=THINGS,
        asks=cbt.ASKS, lesson="d2", tells=4, once=True, total=_total,
    ),
    Shape(
        kind=KIND, form=cbt.FORMAT, rows=cbt.rows, finish=cbt.finish, things=THINGS,
        asks=cbt.ASKS, lesson="d2", once=True, total=_total,
    ),
)  # fmt: skip
