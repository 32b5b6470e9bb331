"""A practice's telephones on one page: a few totals and rates, and the questions they raise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.measures.call_bands import OTHERS
from pcqa_teach.privacy import SMALL
from pcqa_teach.sayings import clock, names_in, seconds, to_record

_OTHERS = ("Tuesday", "Wednesday", "Thursday", "Friday")

if TYPE_CHECKING:
    from pcqa_teach.flow.desk_load import DeskLoad
    from pcqa_teach.flow.outcomes import CallOutcomes
    from pcqa_teach.flow.profile import CallProfile
    from pcqa_teach.flow.what_if import WhatIf
    from pcqa_teach.measures.call_bands import CallBands
    from pcqa_teach.measures.phone_log import PhoneLog

_MANY_MISSED, _MANY_MENU = 0.10, 0.25  # shares that raise a question: our own marks


def phone_page(
    log: PhoneLog,
    *,
    shape: CallProfile | None = None,
    outcomes: CallOutcomes | None = None,
    desk: DeskLoad | None = None,
    tried: WhatIf | None = None,
    bands: CallBands | None = None,
) -> dict[str, Any]:
    """Return the figures of one page, for `pcqa.record`; a part that is missing leaves its gaps.

    Parameters
    ----------
    log : the days that are used
    shape, outcomes, desk, tried, bands : what the other parts of this floor gave, where they could

    Examples
    --------
    >>> from pcqa_teach.data.demo import load_demo
    >>> from pcqa_teach.measures.phone_log import phone_log
    >>> page = phone_page(phone_log(load_demo("calls")))
    >>> page["period"], page["answered_percent"] is None
    ('20 whole working days, 4 Nov 2024 to 29 Nov 2024', True)
    """
    values: dict[str, Any] = {"period": log.covers, "calls": int(log.kept["calls"].sum())}
    values |= dict.fromkeys(_NAMES)
    if shape is not None:
        early = shape.early
        values |= {"monday_early": to_record(early["monday"]),
                   "others_early": to_record(early["others"]),
                   "monday_early_percent": _percent(early["monday_share"]),
                   "redials_percent": _redials(shape)}  # fmt: skip
    if outcomes is not None:
        total = outcomes.total
        values |= {f"{name}_percent": _shared(total[name], total["offered"])
                   for name in ("answered", "missed", "in_menu", "call_back")}  # fmt: skip
        values |= {"reached_percent": _percent(outcomes.share_reached),
                   "waits": _waits(total["median_wait_s"], total["p90_wait_s"]),
                   "median_wait_s": to_record(total["median_wait_s"]),
                   "tenth_wait_s": to_record(total["p90_wait_s"])}  # fmt: skip
    if desk is not None:
        top = desk.quarters.iloc[int(desk.quarters["load"].argmax())]
        values |= {"busiest": str(top["clock"]), "load": to_record(top["load"])}
        values["looked_at"] = desk.weekday or "Monday to Friday"
        if desk.staffed:
            over = f"{len(desk.over)} of {len(desk.quarters)}"
            values |= {"staff_then": f"{top['staff']:.0f}", "quarters_over": over}
    if tried is not None:
        best = tried.best
        values |= {
            "now_early_percent": _percent(tried.rows["early"].iloc[0]),
            "best_change": str(best["name"]),
            "best_early_percent": _percent(best["early"]),
        }
    if bands is not None:
        values |= _of_bands(bands)
    return values


_NAMES = (
    *("monday_early", "others_early", "monday_early_percent", "redials_percent"),
    *("answered_percent", "missed_percent", "in_menu_percent", "call_back_percent"),
    *("reached_percent", "median_wait_s", "tenth_wait_s", "waits", "looked_at", "busiest", "load"),
    *("staff_then", "quarters_over", "now_early_percent", "best_change", "best_early_percent"),
)
_ROWS = {
    "Whose figures": "{whose}",
    "Period covered": "{period}",
    "Calls that came in": "{calls:,}",
    "Monday, 8 to 10 am": "{monday_early:.0f} calls[, {monday_early_percent:.0f}% of the day's]",
    "Another weekday, 8 to 10 am": "{others_early:.0f} calls",
    "Calls that were redials": "{redials_percent:.0f}%",
    "Calls answered": "{answered_percent:.0f}%",
    "Calls given up or missed": "{missed_percent:.0f}%",
    "Calls that ended in the menu": "{in_menu_percent:.0f}%",
    "Calls that asked to be rung back": "{call_back_percent:.0f}%",
    "People answered by somebody in the end": "{reached_percent:.0f}%; "
    "ending in the menu counts as no answer",
    "Wait of the answered": "{waits}",
    "Busiest quarter of an hour": "{looked_at}, from {busiest}[: {load:.1f} people's work]",
    "Who answers then": "{staff_then}",
    "Quarters of an hour with as much work as staff, or more": "{quarters_over}",
    "Early callers who get through, simulated as it is": "{now_early_percent:.0f}%",
    "What does most with no more hours, simulated": "{best_change}[: {best_early_percent:.0f}%]",
}


def phone_labels(page: dict[str, Any]) -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows a `phone_page`; what is not known has none.

    >>> phone_labels({"whose": "ours", "period": "20 days", "calls": 5000, "load": None})
    {'Whose figures': '{whose}', 'Period covered': '{period}', 'Calls that came in': '{calls:,}'}
    """
    known = {name for name, value in page.items() if value is not None}
    return {heading: said for heading, said in _ROWS.items() if names_in(said) <= known}


def phone_sharing(
    page: dict[str, Any],
    shape: CallProfile | None = None,
    outcomes: CallOutcomes | None = None,
    bands: CallBands | None = None,
) -> dict[str, Any]:
    """Return what of a `phone_page` may be shared, as `pcqa.record` takes it.

    Waits, work and what a simulation gives stay in the report: no count stands behind them. What
    `bands` gave is shared as it is: NHS England has published that file, for anyone to look up.

    Parameters
    ----------
    page : what `phone_page` gave
    shape, outcomes, bands : as for `phone_page`

    Examples
    --------
    >>> phone_sharing({"calls": 5000, "period": "20 days"})["counts"]
    ['calls']
    """
    rests: dict[str, tuple[int, int]] = {}
    means: dict[str, tuple[int, int]] = {}
    if shape is not None:
        days = shape.weekdays
        for name, chosen in (("monday", ("Monday",)), ("others", _OTHERS)):
            rows = days[days["weekday"].isin(chosen)]
            early, seen = round((rows["early_a_day"] * rows["days"]).sum()), int(rows["days"].sum())
            means[f"{name}_early"] = (early, seen)
            if name == "monday":
                rests["monday_early_percent"] = (early, round(rows["calls"].sum()))
        if shape.people is not None:
            calls = round(shape.calls)
            rests["redials_percent"] = (calls - round(shape.people), calls)
    if outcomes is not None:
        total = outcomes.total
        for name in ("answered", "missed", "in_menu", "call_back"):
            if np.isfinite(total[name]):
                rests[f"{name}_percent"] = (round(total[name]), round(total["offered"]))
        if outcomes.reached is not None:
            rests["reached_percent"] = (round(outcomes.reached), round(total["people"]))
    words = ("whose", "data", "period", "looked_at", "busiest", "best_change")
    published = [] if bands is None else _of_bands(bands)
    return {
        "counts": ["calls"],
        "exact": [name for name in published if name not in (*rests, *means)],
        "words": [one for one in words if one in page],
        "rests_on": rests,
        "means": means,
    }


def phone_questions(
    log: PhoneLog,
    *,
    shape: CallProfile | None = None,
    outcomes: CallOutcomes | None = None,
    desk: DeskLoad | None = None,
    bands: CallBands | None = None,
) -> list[str]:
    """Return the questions that these telephones raise, for a team to choose one from.

    One where over 10 in 100 calls are given up, where over 25 in 100 end in the menu, where the
    work is more than the staff, and where redials are not seen: our own marks, to start a talk.
    """
    asked = []
    if desk is not None and desk.staffed and len(desk.over):
        first = desk.over["clock"].iloc[0]
        asked.append(
            "Who could start earlier, or do something else later, so that more answer from "
            f"{first}?"
        )
    missed, menu, worst = _marks(outcomes, bands)
    if missed > _MANY_MISSED:
        asked.append(f"What do people want who give up{worst}, and where do they go?")
    if menu > _MANY_MENU:
        asked.append("Did those who ended in the menu find what they wanted? Ask a few.")
    if bands is not None or (shape is not None and shape.method not in ("caller", "redial_of")):
        asked.append(
            "Can the supplier give a code for each caller, so that people can be told from calls?"
        )
    asked.append("Which calls need not be made at all? Tally a week to find out.")
    asked.append("Who does not ring, because ringing at eight is beyond them?")
    return asked


def _marks(outcomes: CallOutcomes | None, bands: CallBands | None) -> tuple[float, float, str]:
    """Give the shares missed and in the menu, and when most are missed."""
    if outcomes is not None:
        total = outcomes.total
        row = outcomes.quarters.iloc[int(outcomes.quarters["missed"].argmax())]
        missed, menu = (float(total[name] / total["offered"]) for name in ("missed", "in_menu"))
        return missed, menu, f" in the quarter of an hour from {clock(int(row['minute']))}"
    early = None if bands is None else bands.early()
    if early is None or not np.isfinite(early["missed"]):
        return 0.0, 0.0, ""
    return float(early["missed"]), float(early["in_menu"]), " on a Monday from 8 to 10"


def _of_bands(bands: CallBands) -> dict[str, Any]:
    monday, others = bands.early(), bands.early(OTHERS)
    out: dict[str, Any] = {}
    if monday is not None:
        out |= {"monday_early": to_record(monday["calls"]),
                "monday_early_percent": _percent(monday["share"])}  # fmt: skip
    if others is not None:
        out["others_early"] = to_record(others["calls"])
    rows = bands.rows
    for name in ("answered", "missed", "in_menu", "call_back"):
        known = rows[rows[name].notna()]
        if len(known):
            weight = known["calls"] * np.where(known["days"] == OTHERS, 4.0, 1.0)  # of a week
            out[f"{name}_percent"] = _percent(float((known[name] * weight).sum() / weight.sum()))
    return out


def _waits(median: float, tenth: float) -> str | None:
    """Say how long the answered waited.

    >>> _waits(0.0, 0.0)
    'nine in ten or more were answered at once, says the log'
    >>> _waits(0.0, 102.0), _waits(30.0, 200.0)
    ('half were answered at once, one in ten waited 1.7 minutes or more', 'half waited 30 seconds \
or less, one in ten 3.3 minutes or more')
    """
    if not (np.isfinite(median) and np.isfinite(tenth)):
        return None
    if tenth < 1:
        return "nine in ten or more were answered at once, says the log"
    if median < 1:
        return f"half were answered at once, one in ten waited {seconds(tenth)} or more"
    return f"half waited {seconds(median)} or less, one in ten {seconds(tenth)} or more"


def _redials(shape: CallProfile) -> float | None:
    if shape.people is None or not shape.calls:
        return None
    return _percent(1 - shape.people / shape.calls)


def _shared(part: float, whole: float) -> float | None:
    """Give a share in per cent; None where it, or what is left, stands for 1 to 4 calls."""
    few = any(0 < count < SMALL for count in (part, whole - part))
    return None if few or not whole else _percent(part / whole)


def _percent(share: Any) -> float | None:
    return to_record(100 * float(share))
