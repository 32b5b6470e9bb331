"""What is said of demand, capacity, activity and queue: plain sentences beside the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.sayings import and_list, counted, day, percent, rounded

if TYPE_CHECKING:
    from pcqa_teach.flow.dcaq import Dcaq

_LONG = 600  # minutes, from which hours are said as well
_NEAR = 0.02  # demand within 2% of capacity is said to be about the same (our choice)
_FORTNIGHT = 12  # days, from the Monday of one week to the Friday of the next
_NAMED = 3  # days that are named; more are counted


def dcaq_message(found: Dcaq) -> str:
    """Say how demand and capacity lie together, and what the queue did, where that can be told."""
    if _too_few(found):
        return _few_days_said(found)
    load, grown = found.load, found.grown
    grew = grown > _NEAR * float(found.table["demand"].mean())
    if load < 1 - _NEAR and grew:
        unused = (
            "; unused time on quiet days cannot be saved for busy ones"
            if found.table["unused"].sum() > 0
            else ""
        )
        return (
            f"Capacity is larger than demand on average, yet the queue grew by"
            f" {_amount(found, grown)}{unused}"
        )
    if abs(load - 1) <= _NEAR and grew:
        return (
            "Demand and capacity are about the same on average, yet the queue grew by"
            f" {_amount(found, grown)}"
        )
    fell = grown < -_NEAR * float(found.table["demand"].mean())
    queue = f"the queue {'grew' if grew else 'fell'} by {_amount(found, abs(grown))}"
    return f"{_load_said(load)}; {queue if grew or fell else 'the queue hardly moved'}"


def _too_few(found: Dcaq) -> bool:
    """Say whether a queue was counted on days that do not make two whole weeks.

    It goes up and down within each week: its first and last day cannot be set against each other.
    """
    x = found.table["x"]
    return found.counted and found.every == "day" and (x.iloc[-1] - x.iloc[0]).days + 1 < _FORTNIGHT


def _few_days_said(found: Dcaq) -> str:
    full = found.table.loc[found.table["unused"] <= 0, "x"]
    if len(full) == 0:
        left = "some of it left on every day"
    elif len(full) == len(found.table):
        left = "none of it left on any day"
    elif len(full) <= _NAMED:
        within = (found.table["x"].iloc[-1] - found.table["x"].iloc[0]).days < 7
        left = f"none of it left on {and_list([f'{x:%A}' if within else day(x) for x in full])}"
    else:
        left = f"none of it left on {len(full)} of them"
    much = "About as much" if abs(found.load - 1) <= _NEAR else "More" if found.load < 1 else "Less"
    as_much = "as" if much.startswith("About") else "than"
    return f"{much} capacity {as_much} demand over {_count(found)}, and {left}"


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
    means = [
        f"{said} {_amount(found, table[what].mean())}"
        for what, said in (
            ("demand", "demand"),
            ("capacity", "capacity"),
            ("activity", "work done (activity)"),
        )
    ]
    parts = [
        f"{dcaq_message(found)}.",
        f"In a usual {step}: {', '.join(means)}. {_load_said(found.load)}.",
        _queue_said(found),
        f"{_amount(found, table['unused'].sum())} of capacity went unused in all: time that nobody "
        "was booked into cannot be kept for later."
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
        way = "fell" if end < 0 else "grew"
        return (
            f"Added up from demand less work done, the queue {way} by {_amount(found, abs(end))} "
            f"over {_count(found)}; what was waiting before is not in it."
        )
    return (
        f"The queue was {_amount(found, begin)} after the first {step}, {_amount(found, end)} at "
        "the end."
    )


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
    if _too_few(found):
        said.append(
            f"{_count(found)[:1].upper()}{_count(found)[1:]} cannot say whether the queue grows: "
            "days of the week differ, so compare weeks."
        )
    elif step == "day":
        said.append("Days of the week differ as a rule: compare weeks as well.")
    over = int((table["activity"] > table["capacity"] * 1.0001).sum())
    if over:
        said.append(
            f"Work done (activity) is above capacity in {counted(over, step)}: extras were fitted "
            "in, or capacity is counted too low."
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
                f"Demand less work done makes {_amount(found, should)}, yet the counted queue "
                f"moved by {_amount(found, moved)}: some asks came or left by another door."
            )
    return said


def dcaq_alt(found: Dcaq) -> str:
    """Say the picture."""
    table = found.table
    each = [
        f"{said} {rounded(table[what].min())} to {counted(table[what].max(), *_unit(found))}"
        if table[what].min() < table[what].max()
        else f"{said} {counted(table[what].max(), *_unit(found))}"
        for what, said in (
            ("demand", "demand"),
            ("capacity", "capacity"),
            ("activity", "work done (activity)"),
        )
    ]
    return (
        f"Two line charts over {_count(found)}{_dates(found)}. {dcaq_message(found)}. Above: "
        f"{and_list(each)}. Below, the queue. {_queue_said(found)} {_varied(found)}"
    ).rstrip()


def dcaq_notes(found: Dcaq) -> list[str]:
    """Give what is printed beneath the picture."""
    how = "counted" if found.counted else "added up from demand less work done"
    return [
        f"n = {_count(found)}{_dates(found)}.", _varied(found), f"Queue: {how}.", *_doubts(found),
    ]  # fmt: skip


def _varied(found: Dcaq) -> str:
    """Say which of demand and capacity varies more, where that can be told."""
    if found.varies_more is None:
        return ""
    other = "demand" if found.varies_more == "capacity" else "capacity"
    return (
        f"{found.varies_more.capitalize()} varies more from {_step(found)} to {_step(found)} than "
        f"{other}."
    )


def _dates(found: Dcaq) -> str:
    x = found.table["x"]
    if x.dtype.kind != "M":
        return ""
    return f", {day(x.iloc[0])}" + (f" to {day(x.iloc[-1])}" if len(x) > 1 else "")


def _step(found: Dcaq) -> str:
    return "period" if found.every == "row" else found.every


def _count(found: Dcaq) -> str:
    return counted(len(found.table), _step(found))


def _amount(found: Dcaq, value: float) -> str:
    """Say an amount in the unit of the table; many minutes in hours too."""
    said = counted(value, *_unit(found))
    if found.unit != "minutes" or abs(value) < _LONG:
        return said
    return f"{said} ({counted(round(value / 60), 'hour')})"


def _unit(found: Dcaq) -> tuple[str, str]:
    return found.unit.removesuffix("s"), found.unit
