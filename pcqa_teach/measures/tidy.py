"""A small tidy table of appointments from a few lists, for examples and tests."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from pcqa_teach.data.schema import COLUMNS


def tidy(
    *,
    date: Iterable[Any],
    status: Iterable[str],
    count: Iterable[int] | None = None,
    period: str = "day",
    source: str = "tidy",
    **others: Iterable[Any],
) -> pd.DataFrame:
    """Return a table in the shape that `pcqa.read` gives.

    >>> tidy(date=["2026-05-11"], status=["DNA"], count=[3])[["status", "count"]].values.tolist()
    [['DNA', 3]]
    """
    dates = list(date)
    frame = pd.DataFrame({"date": pd.Series(pd.to_datetime(dates)).astype("datetime64[s]")})
    given: dict[str, list[Any]] = {
        "period": [period] * len(dates),
        "status": list(status),
        "count": [1] * len(dates) if count is None else list(count),
        "source": [source] * len(dates),
        **{name: list(values) for name, values in others.items()},
    }
    for name, values in given.items():
        frame[name] = _column(name, values)
    return frame


def _column(name: str, values: list[Any]) -> Any:
    column = COLUMNS[name]
    if column.dtype != "category":
        return pd.Series(values).astype(column.dtype)  # type: ignore[call-overload]
    labels = list(column.labels) or None
    return pd.Categorical(values, categories=labels, ordered=column.ordered)
