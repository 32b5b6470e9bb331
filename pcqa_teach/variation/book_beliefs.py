"""A belief about missed appointments, put to the practice's own book, week by week."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.measures.outcomes import told
from pcqa_teach.measures.periods import granularity, periods
from pcqa_teach.variation.myths import Myth, myth_test

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_REST = "all others"


def missed_belief(appts: pd.DataFrame, who: Any, claim: str, *, matters: float = 1.0) -> Myth:
    """Test the belief that more are missed on a weekday, or among certain appointments.

    In each whole week: the share missed there, less the share missed elsewhere; see `myth_test`.
    The share is of all appointments whose day has passed, Unknown included, as NHS England counts.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    who : a weekday, such as "Monday"; or yes and no for each row of the table
    claim : the belief, such as "A larger share is missed on Mondays"
    matters : how many points would be worth acting on; agree it before you look

    Raises
    ------
    DataError
        The file counts months, does not say what became of appointments, or has too few weeks.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = [day for day in pd.date_range("2026-01-05", periods=42) if day.day_of_week < 5]
    >>> missed = ["DNA" if day.day_of_week == 0 else "Attended" for day in days]
    >>> book = tidy(date=[*days, *days], status=[*missed, *["Attended"] * len(days)])
    >>> found = missed_belief(book, "Monday", "A larger share is missed on Mondays")
    >>> found.verdict, found.mean
    ('holds', 50.0)
    """
    if granularity(appts) == "month":
        raise DataError(
            "This file counts whole months, so a belief cannot be tested week by week: bring the "
            "practice's own appointment report."
        )
    sorted_out = told(appts, "a belief about missed appointments")
    laid_out = periods(appts, "week")
    kept = sorted_out.expected & (laid_out.place >= 0)
    name, chosen = _chosen(appts, who)
    count = appts["count"].to_numpy(dtype=np.float64)
    frame = pd.DataFrame(
        {
            "week": laid_out.starts[laid_out.place[kept]],
            "who": np.where(chosen[kept], name, _REST),
            "missed": (count * sorted_out.missed)[kept],
            "cases": count[kept],
        }
    )
    return myth_test(
        frame, period="week", group="who", of=name, events="missed", cases="cases", claim=claim,
        matters=matters,
    )  # fmt: skip


def _chosen(appts: pd.DataFrame, who: Any) -> tuple[str, Any]:
    """Give the name of the group, and which rows are in it."""
    if isinstance(who, str):
        if who not in WEEKDAYS:
            raise DataError(f"'{who}' is no weekday: give one in full, such as 'Monday'.")
        return f"{who}s", (appts["date"].dt.day_of_week == WEEKDAYS.index(who)).to_numpy()
    given = pd.Series(who).astype("boolean").fillna(False).to_numpy(dtype=bool)
    if len(given) != len(appts):
        raise DataError("who needs yes or no for each row of the table: it has another length.")
    return "these", given
