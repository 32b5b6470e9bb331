"""The baseline on one page: a few totals and rates, and the questions that they raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.measures.formats import about, whose
from pcqa_teach.measures.outcomes import known_of, outcomes
from pcqa_teach.measures.periods import granularity, span
from pcqa_teach.measures.picture import weekday_profile
from pcqa_teach.measures.reading import when_to_look
from pcqa_teach.measures.supply import DOUBTED
from pcqa_teach.sayings import to_record

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

_MANY_UNKNOWN = 5.0
_SPARE = 90.0
_APART = 1.5  # times the mean of the other days
_LARGE = 1000  # from which a mean is said without a decimal


def baseline_summary(
    appts: pd.DataFrame, **parts: Chart | pd.DataFrame | None
) -> dict[str, str | int | float | None]:
    """Return what `pcqa.record` keeps of an access baseline: totals and rates, no row.

    Parameters
    ----------
    appts : tidy table
    parts : by name (`same_day`, `dna_unknown_in` ...), a measure or its XmR chart; None where the
        file could not answer

    Returns
    -------
    dict of `whose`, `period`, `periods`, `appointments`, `dna_count`, `unknown_percent`; for each
    measure `NAME_mean`, and `NAME_percent` over all weeks; for each chart also `NAME_lower`,
    `NAME_upper` (of its last phase; never below nought, and a share never above 100) and
    `NAME_signals` in words.

    Raises
    ------
    DataError
        If a part holds several groups: one group's mean is not the practice's.
    """
    known = {name: part for name, part in parts.items() if part is not None}
    for name, part in known.items():
        if _split(part):
            raise DataError(
                f"'{name}' is split into groups, and a baseline has one figure for the whole: give"
                " it without by=, or one group with chart.single(...)."
            )
    lengths = [len(_points(part)) for part in known.values()]
    found, count = outcomes(appts), appts["count"].to_numpy()
    values: dict[str, Any] = {
        "whose": about(appts),
        "period": span(appts),
        "periods": max(lengths, default=0),
        "appointments": int(count[found.expected].sum()),
        "dna_count": int(count[found.missed].sum()) if known_of(found) else None,
        "unknown_percent": _unknown_percent(appts),
    }
    for name, part in known.items():
        values |= {f"{name}_{said}": value for said, value in _of(part).items()}
        if counted := _counted(part):
            values[f"{name}_percent"] = to_record(100 * counted[0] / counted[1], 3)
    return values


def baseline_sharing(appts: pd.DataFrame, **parts: Chart | pd.DataFrame | None) -> dict[str, Any]:
    """Return what of a `baseline_summary` may be shared, as `pcqa.record` takes it.

    Means and ordinary ranges of weeks stay in the report: no count stands behind them.

    Parameters
    ----------
    appts, parts : as given to `baseline_summary`
    """
    found, count = outcomes(appts), appts["count"].to_numpy()
    unknown, came = (int(count[mask].sum()) for mask in (found.unknown, found.came))
    rests: dict[str, tuple[int | str, ...]] = {"unknown_percent": (unknown, "appointments")}
    for name, part in parts.items():
        if part is not None and (counted := _counted(part)):
            others = (unknown,) if name.endswith("left_out") else ()
            rests[f"{name}_percent"] = (*counted, *others)
    return {
        "counts": ["appointments", ("dna_count", "appointments", came)],
        "exact": ["periods"],
        "words": ["whose", "data", "period"],
        "rests_on": rests,
    }


def baseline_labels(appts: pd.DataFrame, **parts: Chart | pd.DataFrame | None) -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows a `baseline_summary`: a heading and its words.

    Parameters
    ----------
    appts, parts : as given to `baseline_summary`
    """
    every = "months" if granularity(appts) == "month" else "weeks"
    rows = {
        "Whose figures": "{whose}",
        "Period covered": "{period}",
        f"Whole {every} charted": "{periods}",
        "Appointments whose day has passed": "{appointments:,}",
        "Outcome unknown": "{unknown_percent:.1f}%, all of them together"
        if known_of(outcomes(appts))
        else "not in this file",
    }
    for name, part in parts.items():
        if part is not None:
            frame = isinstance(part, pd.DataFrame)
            about = part.attrs["pcqa"] if isinstance(part, pd.DataFrame) else vars(part)
            rows[str(about["title"])] = _row(
                name,
                str(about["unit"]),
                every,
                chart=not frame,
                whole=_counted(part) is not None,
                decimals=0 if (_of(part)["mean"] or 0) >= _LARGE else 1,
            )
            if isinstance(part, pd.DataFrame) and about["measure"] == "per_1000":
                rows[str(about["title"])] += _list_size(part)
    return rows


def _row(name: str, unit: str, every: str, *, chart: bool, whole: bool, decimals: int) -> str:
    sign, form = "%" if unit == "%" else "", f":,.{decimals}f"
    mean, lower, upper = (f"{{{name}_{part}{form}}}{sign}" for part in ("mean", "lower", "upper"))
    said = f"{mean}, mean of the {every}"
    if chart:
        said = f"{said}; ordinary range {lower} to {upper}; {{{name}_signals}} flagged"
    return f"[{said}; ]{{{name}_percent:.1f}}% over all {every}" if whole else said


def _list_size(rate: pd.DataFrame) -> str:
    doubt = f". {DOUBTED}" if DOUBTED in rate.attrs["pcqa"]["notes"] else ""
    return f"; list size {rate['n'].iloc[0]:,.0f}{doubt}"


def questions(
    appts: pd.DataFrame,
    *,
    activity: Chart | None = None,
    same_day: Chart | None = None,
    dna: Chart | None = None,
    filled: pd.DataFrame | None = None,
) -> list[str]:
    """Return the questions that this baseline raises, for a team to choose one from.

    A question is asked where a chart signals, where more than 5 in 100 outcomes are unknown, where
    one weekday has half as many appointments again as the others, or where fewer than 90 in 100
    offered slots were filled: our own marks, to start a talk with. The last question
    is always asked, because an appointment book cannot answer it.
    """
    asked = []
    if (_unknown_percent(appts) or 0) > _MANY_UNKNOWN:
        asked.append("Who closes the slots whose outcome nobody noted, and when in the day?")
    charts = {
        f"What made {whose(appts)} busier or quieter": activity,
        "What was different about same-day booking": same_day,
        "What was different about missed appointments": dna,
    }
    for question, chart in charts.items():
        when = when_to_look(chart)
        if when:
            asked.append(f"{question} {when}?")
    if day := _day_apart(appts):
        asked.append(day)
    if filled is not None and filled["value"].mean() < _SPARE:
        asked.append("Which kind of slot stays empty, on which days, and who could have used it?")
    asked.append("How many people asked and could not be given anything? Tally a week to find out.")
    return asked


def _day_apart(appts: pd.DataFrame) -> str:
    """Ask about a weekday that has far more appointments than the mean of the others, if one has.

    In whole appointments: 58 on Mondays, 29 on the other days.
    """
    try:
        days = weekday_profile(appts).dropna(subset="value").set_index("weekday")["value"]
    except DataError:  # months, or no whole week
        return ""
    if len(days) < 2 or days.max() < _APART * (others := days.drop(days.idxmax()).mean()):
        return ""
    return (
        f"Why has a {days.idxmax()} {days.max():,.0f} appointments, and another day "
        f"{others:,.0f}: is it when people ask, or when we offer?"
    )


def _points(part: Chart | pd.DataFrame) -> pd.DataFrame:
    return part if isinstance(part, pd.DataFrame) else part.points


def _counted(part: Chart | pd.DataFrame) -> tuple[int, int] | None:
    """Give the count and the whole of a share over all its weeks; None where it is no share."""
    points = _points(part)
    about = part.attrs["pcqa"] if isinstance(part, pd.DataFrame) else vars(part)
    if about["unit"] != "%" or "n" not in points:
        return None
    value = points["value" if isinstance(part, pd.DataFrame) else "y"]
    known = value.notna() & points["n"].notna()
    part_of, whole = (float(one[known].sum()) for one in (value * points["n"] / 100, points["n"]))
    return (round(part_of), round(whole)) if whole else None


def _split(part: Chart | pd.DataFrame) -> bool:
    if isinstance(part, pd.DataFrame):
        return "x" in part.columns and bool(part["x"].duplicated().any())
    return part.by is not None


def _of(part: Chart | pd.DataFrame) -> dict[str, Any]:
    if isinstance(part, pd.DataFrame):
        return {"mean": to_record(part["value"].mean(), 3)}
    last = part.limits.iloc[-1]
    lines = {"mean": "centre", "lower": "lower", "upper": "upper"}
    flagged = int(part.points["signal"].sum())
    highest = 100.0 if part.unit == "%" else np.inf
    return {
        **{said: to_record(np.clip(last[name], 0, highest), 3) for said, name in lines.items()},
        "signals": f"{flagged} of {len(part.points)} points",
    }


def _unknown_percent(appts: pd.DataFrame) -> float | None:
    found, count = outcomes(appts), appts["count"].to_numpy()
    total = count[found.expected].sum()
    if not known_of(found):
        return None
    return round(100 * float(count[found.unknown].sum()) / total, 1) if total else 0.0
