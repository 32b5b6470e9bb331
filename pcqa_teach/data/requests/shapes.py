"""Online requests, as kinds of table."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.requests import anima, askmygp, crosstab, schema
from pcqa_teach.data.tables import made
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import Ask, Shape

KIND = "requests"
THINGS = ("request", "requests")
_TIDY = made.format_of(schema.COLUMNS, "tidy_requests", "tidy requests table", "request")
ASKS: dict[str, Ask] = {
    "days": Ask(
        lambda frame: frame["date"].min() < frame["date"].max(),
        "This export has one day alone: no change shows.",
    ),
    "time_of_day": Ask(
        lambda frame: "start" in frame, "This export does not say at what time people asked."
    ),
    "kinds": Ask(
        lambda frame: (
            "request_type" in frame and bool(frame["request_type"].isin(schema.KINDS[:-1]).any())
        ),
        "This export does not say what kind of request it was.",
    ),
    "failure_demand": Ask(
        lambda frame: False,
        "This export does not say why people asked, so failure demand takes a tally.",
    ),
}


def _finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    return schema.validate(made.made(frame, schema.COLUMNS, reading))


SHAPES = (
    Shape(
        kind=KIND, form=_TIDY, rows=made.rows_of(schema.COLUMNS), finish=_finish, things=THINGS,
        asks=ASKS, once=False,
    ),
    askmygp.DaysAcross(
        kind=KIND, form=askmygp.FORMAT, rows=askmygp.rows, finish=askmygp.finish, things=THINGS,
        asks=ASKS, tells=1, once=True, opens=crosstab.cells,
    ),
    Shape(
        kind=KIND, form=anima.FORMAT, rows=anima.rows, finish=anima.finish, things=THINGS,
        asks=ASKS, once=True,
    ),
)  # fmt: skip
