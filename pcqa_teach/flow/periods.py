"""Rows added up by day or by week."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.columns import amounts_of, column, times
from pcqa_teach.errors import DataError

_EVERY = ("day", "week")


def in_periods(
    frame: pd.DataFrame, x: str, values: dict[str, Floats], every: str | None
) -> tuple[pd.DataFrame, str]:
    """Return a row a period (x, the values, short), in order, and what a row stands for.

    A queue is the last of its period; everything else is added up. `short` marks weeks with fewer
    days than usual, such as one with a bank holiday; at either end they are part-weeks and go.
    """
    if every is not None and every not in _EVERY:
        raise DataError(f"every='{every}' is not known: use 'day' or 'week', or leave it out.")
    when = _when(frame, x, every)
    table = pd.DataFrame({"x": when, **values}).sort_values("x", kind="stable")
    if every is None:
        if table["x"].duplicated().any():
            raise DataError(
                f"Column '{x}' has the same value twice: use every='day' or every='week' to add "
                "rows up."
            )
        return table.assign(short=False).reset_index(drop=True), _step(table["x"])
    day = table["x"].dt.normalize()
    start = day - pd.to_timedelta(day.dt.day_of_week, unit="D") if every == "week" else day
    how = {name: "last" if name == "queue" else "sum" for name in values}
    groups = table.groupby(start)
    added = groups.agg(how).rename_axis("x").reset_index()
    days = day.groupby(start).nunique().to_numpy()
    added["short"] = days < np.median(days)
    return _without_part_weeks(added) if every == "week" else added, every


def _when(frame: pd.DataFrame, x: str, every: str | None) -> pd.Series:
    given = column(frame, x, "x=").reset_index(drop=True)
    number = pd.api.types.is_numeric_dtype(given) and not pd.api.types.is_bool_dtype(given)
    if every is None and number:
        return pd.Series(amounts_of(given, x, low=None))
    return times(given, x, london=True)


def _step(x: pd.Series) -> str:
    """Say what rows stand for by how far apart they lie: days, weeks, or rows."""
    if not pd.api.types.is_datetime64_any_dtype(x) or len(x) < 2:
        return "row"
    usual = float(np.median(np.diff(x.to_numpy()) / np.timedelta64(1, "D")))
    return {1.0: "day", 7.0: "week"}.get(usual, "row")


def _without_part_weeks(added: pd.DataFrame) -> pd.DataFrame:
    keep = np.ones(len(added), dtype=bool)
    if len(added) > 2:
        keep[[0, -1]] = ~added["short"].to_numpy()[[0, -1]]
    return added[keep].reset_index(drop=True)
