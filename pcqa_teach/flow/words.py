"""What is said of queues in the book: plain sentences beside each result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.sayings import and_list, counted, day, percent, rounded

if TYPE_CHECKING:
    from pcqa_teach.flow.backlog import Backlog
    from pcqa_teach.flow.dcaq import Dcaq
    from pcqa_teach.flow.little import Little

_NEAR = 0.02  # demand within 2% of capacity is said to be about the same (our choice)


def little_message(law: Little) -> str:
    """Say the three numbers as one equation."""
    return (
        f"{_trim(law.number)} {law.things} waiting = {_trim(law.rate)} {law.things} "
        f"{_each(law.per)} x {_trim(law.time)} {law.per}s each"
    )


def little_explained(law: Little) -> str:
    """Say what was found, and whether the queue is steady."""
    found = {
        "number": f"about {_trim(law.number)} {law.things} are waiting at any time",
        "rate": f"about {_trim(law.rate)} {law.things} join {_each(law.per)}",
        "time": f"each waits about {_trim(law.time)} {law.per}s",
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


def dcaq_message(found: Dcaq) -> str:
    """Say the load and which varies more."""
    varied = {
        "capacity": f"; capacity varies more from {_step(found)} to {_step(found)} than demand",
        "demand": f"; demand varies more from {_step(found)} to {_step(found)} than capacity",
        None: "",
    }[found.varies_more]
    return f"{_load_said(found.load)}{varied}"


def _load_said(load: float) -> str:
    if abs(load - 1) <= _NEAR:
        return "Demand and capacity are about the same on average"
    more = percent(abs(load - 1))
    if load > 2:
        return f"Demand is {rounded(load)} times capacity on average"
    return f"Demand is {more} {'above' if load > 1 else 'below'} capacity on average"


def dcaq_explained(found: Dcaq) -> str:
    """Say how the four lie together, which varies more, and what to doubt."""
    table, step = found.table, _step(found)
    parts = [
        f"{dcaq_message(found)}.",
        f"In a usual {step}: demand {_minutes(table['demand'].mean())}, capacity "
        f"{_minutes(table['capacity'].mean())}, activity {_minutes(table['activity'].mean())}.",
        _queue_said(found),
        f"{_minutes(table['unused'].sum())} of capacity went unused in all: time that nobody was "
        "booked into cannot be kept for later."
        if table["unused"].sum() > 0
        else "",
        _spread_said(found),
        *_doubts(found),
    ]
    return " ".join(part for part in parts if part)


def _queue_said(found: Dcaq) -> str:
    queue, step = found.table["queue"], _step(found)
    begin, end = float(queue.iloc[0]), float(queue.iloc[-1])
    if not found.counted:
        return (
            f"Added up from demand less activity, the queue changed by {_minutes(end)} over "
            f"{_count(found)}; what was waiting before is not in it."
        )
    return f"The queue was {_minutes(begin)} after the first {step}, {_minutes(end)} at the end."


def _spread_said(found: Dcaq) -> str:
    spread = found.variation.set_index("what").to_dict("index")
    n, step = int(found.variation["n"].iloc[0]), _step(found)
    if not np.isfinite(found.ratio_low):
        return (
            f"Which of demand and capacity varies more cannot be told from {counted(n, step)}: "
            "it takes eight or more, and some variation."
        )
    one = [
        f"{what} varies by {percent(spread[what]['cv'])} of its mean (95% interval "
        f"{percent(spread[what]['low'])} to {percent(spread[what]['high'])})"
        for what in ("demand", "capacity")
    ]
    verdict = {
        "capacity": "Capacity varies more, and capacity is mostly ours to plan: leave, rotas, "
        "meetings.",
        "demand": "Demand varies more: look at when people ask, and plan capacity to match.",
        None: "Neither can be said to vary more than the other.",
    }[found.varies_more]
    said = and_list(one)
    return (
        f"{said[0].upper()}{said[1:]}. Capacity's spread is {rounded(found.ratio)} times demand's "
        f"({rounded(found.ratio_low)} to {rounded(found.ratio_high)}). {verdict}"
    )


def _doubts(found: Dcaq) -> list[str]:
    table, step = found.table, _step(found)
    said = []
    short = int(table["short"].sum())
    if short:
        said.append(
            f"{counted(short, step)} with fewer days than usual (bank holidays, say) left out of "
            "the comparison."
        )
    if step == "day":
        said.append("Days of the week differ as a rule: compare weeks as well.")
    over = int((table["activity"] > table["capacity"] * 1.0001).sum())
    if over:
        said.append(
            f"Activity is above capacity in {counted(over, step)}: extras were fitted in, or "
            "capacity is counted too low."
        )
    if not found.counted and float(table["queue"].min()) < -1e-9:
        said.append(
            "The queue falls below where it began: an older backlog was worked off, or some "
            "demand was not counted."
        )
    if found.counted and len(table) > 1:
        moved = float(table["queue"].iloc[-1] - table["queue"].iloc[0])
        should = float((table["demand"] - table["activity"]).iloc[1:].sum())
        if abs(moved - should) > 0.05 * float(table["demand"].sum()):
            said.append(
                f"Demand less activity makes {_minutes(should)}, yet the counted queue moved by "
                f"{_minutes(moved)}: some asks came or left by another door."
            )
    return said


def dcaq_alt(found: Dcaq) -> str:
    """Say the picture."""
    table = found.table
    each = [
        f"{what} {rounded(table[what].min())} to {_minutes(table[what].max())}"
        if table[what].min() < table[what].max()
        else f"{what} {_minutes(table[what].max())}"
        for what in ("demand", "capacity", "activity")
    ]
    return (
        f"Two line charts over {_count(found)}{_dates(found)}. {dcaq_message(found)}. Above: "
        f"{and_list(each)}. Below, the queue. {_queue_said(found)}"
    )


def dcaq_notes(found: Dcaq) -> list[str]:
    """Give what is printed beneath the picture."""
    how = "counted" if found.counted else "added up from demand less activity"
    return [f"n = {_count(found)}{_dates(found)}.", f"Queue: {how}.", *_doubts(found)]


def _dates(found: Dcaq) -> str:
    x = found.table["x"]
    if x.dtype.kind != "M":
        return ""
    return f", {day(x.iloc[0])}" + (f" to {day(x.iloc[-1])}" if len(x) > 1 else "")


def _step(found: Dcaq) -> str:
    return "period" if found.every == "row" else found.every


def _count(found: Dcaq) -> str:
    return counted(len(found.table), _step(found))


def backlog_message(found: Backlog) -> str:
    """Say how long the queue is at the end."""
    last = found.table.iloc[-1]
    span = counted(len(found.table), found.per)
    if found.demand == found.capacity:
        if found.demand_cv == found.capacity_cv == 0:
            return "Without variation, equal demand and capacity leave no queue"
        return (
            f"Capacity equals demand on average, yet after {span} the queue is "
            f"{_periods(last['mean'] / found.demand, found.per)} of demand"
        )
    way = "above" if found.demand > found.capacity else "below"
    part = percent(abs(found.demand / found.capacity - 1))
    return (
        f"With demand {part} {way} capacity, the queue after {span} is "
        f"{_periods(last['mean'] / found.demand, found.per)} of demand"
    )


def backlog_explained(found: Backlog) -> str:
    """Say why the queue grows."""
    last = found.table.iloc[-1]
    said = (
        f"{backlog_message(found)}: {rounded(last['mean'])} {found.unit} on average; one run in "
        f"ten has less than {rounded(last['low'])}, one in ten more than {rounded(last['high'])}. "
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
        f"{rounded(last['low'])} and {rounded(last['high'])}."
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


def _minutes(value: float) -> str:
    return counted(value, "minute")


def _periods(value: float, per: str) -> str:
    return f"{rounded(value)} {per}{'' if rounded(value) == '1' else 's'}"
