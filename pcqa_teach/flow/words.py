"""What is said of Little's law and of backlogs: plain sentences beside each result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import counted, percent, rounded, seconds

if TYPE_CHECKING:
    from pcqa_teach.flow.backlog import Backlog
    from pcqa_teach.flow.little import Little


def little_message(law: Little) -> str:
    """Say the three numbers as one equation."""
    return (
        f"{_trim(law.number)} {law.things} waiting = {_trim(law.rate)} {law.things} "
        f"{_each(law.per)} x {_time(law.time, law.per)} each"
        f"{_smaller(law.time, law.per, ' ({})')}"
    )


def little_explained(law: Little) -> str:
    """Say what was found, and whether the queue is steady."""
    found = {
        "number": f"about {_trim(law.number)} {law.things} are waiting at any time",
        "rate": f"about {_trim(law.rate)} {law.things} join {_each(law.per)}",
        "time": "each waits about "
        + (_smaller(law.time, law.per, "{}") or _time(law.time, law.per)),
    }[law.found]
    said = f"{little_message(law)}. So {found}, on average. "
    said += "It does not matter who is taken first, or how uneven the arrivals are. "
    if law.leaving is None:
        return said + (
            "The law needs a steady queue, one that is about as long at the end as at the start: "
            f"count how many leave {_each(law.per)} as well."
        )
    out = f"{_trim(law.leaving)} leave {_each(law.per)} and {_trim(law.rate)} join: "
    if law.stable:
        return said + out + "the queue is steady, so the law describes it."
    gap = _trim(abs(law.rate - law.leaving))
    if law.leaving < law.rate:
        return said + out + (
            f"the queue is not steady, it grows by {gap} {_each(law.per)}. Whoever joins now will "
            "wait longer than this average says."
        )  # fmt: skip
    return said + out + (
        f"the queue is not steady, it shrinks by {gap} {_each(law.per)} until it is worked off. "
        "Whoever joins now will wait less than this average says."
    )  # fmt: skip


def backlog_message(found: Backlog) -> str:
    """Say how long the queue is at the end."""
    span = counted(len(found.table), found.per)
    if found.demand == found.capacity:
        if found.demand_cv == found.capacity_cv == 0:
            return "Without variation, equal demand and capacity leave no queue"
        return f"Capacity equals demand on average, yet after {span} the queue is {_length(found)}"
    way = "above" if found.demand > found.capacity else "below"
    part = percent(abs(found.demand / found.capacity - 1))
    return f"With demand {part} {way} capacity, the queue after {span} is {_length(found)}"


def _length(found: Backlog) -> str:
    """Say the queue at the end, in what is counted and in periods of demand."""
    last = float(found.table["mean"].iloc[-1])
    return f"{rounded(last)} {found.unit}, {_periods(last / found.demand, found.per)} of demand"


def backlog_explained(found: Backlog) -> str:
    """Say why the queue grows."""
    last = found.table.iloc[-1]
    said = (
        f"{backlog_message(found)}, on average; one run in "
        f"ten has less than {rounded(last['low'])} {found.unit}, one in ten more than "
        f"{rounded(last['high'])} {found.unit}. "
        f"Meanwhile {rounded(last['unused'])} {found.unit} of capacity went unused. "
        "A slot that nobody takes today is gone; an ask that nobody meets today still waits "
        "tomorrow. So good days do not make up for bad ones."
    )
    if found.demand == found.capacity and found.demand_cv + found.capacity_cv > 0:
        said += (
            " If unused time could be kept, the queue would come to nothing on average. With "
            "equal means it grows for ever, ever more slowly, about as the square root of time: "
            "less variation, or a little more capacity than demand, stops it."
        )
    return f"{said} {backlog_assumed(found)}"


def backlog_assumed(found: Backlog) -> str:
    """Say what the simulation took for granted."""
    return (
        f"Simulated: it begins with nobody waiting, demand varies by {percent(found.demand_cv)} of "
        f"its mean and capacity by {percent(found.capacity_cv)}, independently (our assumption)."
    )


def backlog_alt(found: Backlog) -> str:
    """Say the picture."""
    last = found.table.iloc[-1]
    return (
        f"Line chart. {backlog_message(found)}. The mean queue goes from nothing to "
        f"{rounded(last['mean'])} {found.unit}; eight runs of ten end between "
        f"{rounded(last['low'])} and {rounded(last['high'])} {found.unit}."
        + (
            " A dashed line near nought shows the queue if unused time could be kept."
            if found.demand == found.capacity
            else ""
        )
    )


def _each(per: str) -> str:
    """Say 'a day', 'an hour'."""
    return f"{'an' if per[:1].lower() in 'aeio' or per == 'hour' else 'a'} {per}"


def _trim(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2g}" if value < 10 else f"{value:.3g}"


def _time(value: float, per: str) -> str:
    return f"{_trim(value)} {per}{'' if _trim(value) == '1' else 's'}"


def _smaller(value: float, per: str, form: str) -> str:
    """Say a part of an hour in minutes, and of a minute in seconds; nothing of what is longer.

    >>> _smaller(5 / 60, "hour", "about {}"), _smaller(2.0, "hour", "{}")
    ('about 5 minutes', '')
    """
    length = {"hour": 3600.0, "minute": 60.0}.get(per)
    return "" if length is None or value >= 1 else form.format(seconds(value * length))


def _periods(value: float, per: str) -> str:
    return f"{rounded(value)} {per}{'' if rounded(value) == '1' else 's'}"
