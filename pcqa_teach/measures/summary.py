"""The baseline on one page: a few totals and rates, and the questions that they raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.measures import words
from pcqa_teach.measures.formats import about
from pcqa_teach.measures.outcomes import outcomes
from pcqa_teach.measures.periods import span

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

_MANY_UNKNOWN = 5.0
_SPARE = 90.0


def baseline_summary(appts: pd.DataFrame, **charts: Chart | None) -> dict[str, Any]:
    """Return what `pcqa.record` keeps of an access baseline: totals and rates, no row.

    Parameters
    ----------
    appts : tidy table
    charts : by name (`same_day`, `dna_unknown_in` ...), the XmR chart of a measure; None where the
        file could not answer

    Returns
    -------
    dict of `whose`, `period`, `periods`, `appointments`, `unknown_percent`, and for each chart
    `NAME_mean`, `NAME_lower`, `NAME_upper` (of its last phase) and `NAME_signals` in words.
    """
    found = outcomes(appts)
    total = int(appts["count"].to_numpy()[found.expected].sum())
    drawn = {name: chart for name, chart in charts.items() if chart is not None}
    values: dict[str, Any] = {
        "whose": about(appts),
        "period": span(appts),
        "periods": max((len(chart.points) for chart in drawn.values()), default=0),
        "appointments": total,
        "unknown_percent": round(_unknown_percent(appts), 1),
    }
    for name, chart in drawn.items():
        values |= _of(name, chart)
    return values


def questions(
    appts: pd.DataFrame,
    same_day: Chart | None = None,
    dna: Chart | None = None,
    filled: pd.DataFrame | None = None,
) -> list[str]:
    """Return the questions that this baseline raises, for a team to choose one from.

    A question is asked where a chart signals, where more than 5 in 100 outcomes are unknown, or
    where fewer than 90 in 100 offered slots were filled: our own marks, to start a talk with. The
    last question is always asked, because an appointment book cannot answer it.
    """
    asked = []
    if _unknown_percent(appts) > _MANY_UNKNOWN:
        asked.append("Who closes the slots whose outcome nobody noted, and when in the day?")
    for chart, what in ((same_day, "same-day booking"), (dna, "missed appointments")):
        when = _signals(chart)
        if when:
            asked.append(f"What was different for {what} in {when}?")
    if filled is not None and filled["value"].mean() < _SPARE:
        asked.append("Which kind of slot stays empty, on which days, and who could have used it?")
    asked.append("How many people asked and could not be given anything? Tally a week to find out.")
    return asked


def _of(name: str, chart: Chart) -> dict[str, Any]:
    last = chart.limits.iloc[-1]
    lines = {"mean": "centre", "lower": "lower", "upper": "upper"}
    values: dict[str, Any] = {
        f"{name}_{said}": _rounded(last[column]) for said, column in lines.items()
    }
    flagged = int(chart.points["signal"].sum())
    values[f"{name}_signals"] = f"{flagged} of {len(chart.points)} points"
    return values


def _rounded(value: Any) -> float | None:
    number = float(value)
    return round(number, 2) if np.isfinite(number) else None


def _unknown_percent(appts: pd.DataFrame) -> float:
    found, count = outcomes(appts), appts["count"].to_numpy()
    total = count[found.expected].sum()
    return 100 * float(count[found.unknown].sum()) / total if total else 0.0


def _signals(chart: Chart | None) -> str:
    """Name the latest points beyond the limits, or else the latest flagged; at most three."""
    if chart is None or not chart.points["signal"].any():
        return ""
    points = chart.points
    beyond = points["outside"] if "outside" in points and points["outside"].any() else None
    latest = points.loc[points["signal"] if beyond is None else beyond, "x"].iloc[-3:]
    monthly = bool((points["x"].diff().dropna() > pd.Timedelta(days=20)).all())
    if monthly:
        return words.and_list([words.month(day) for day in latest])
    return "the week of " + words.and_list([words.day(day) for day in latest])
