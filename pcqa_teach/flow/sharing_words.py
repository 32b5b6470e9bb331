"""What is said of one pool against several: slots kept back, desks apart and one hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.sayings import and_list, counted, percent, rounded, seconds

if TYPE_CHECKING:
    from pcqa_teach.flow.carve_out import CarveOut
    from pcqa_teach.flow.pooling import Pooling

_PARTS = {0.25: "a quarter of a day", 1 / 3: "a third of a day", 0.5: "half a day",
          2 / 3: "two thirds of a day", 0.75: "three quarters of a day"}  # fmt: skip
_HARDLY, _WHOLE = 0.05, 0.95  # of a day
_NEAR, _CLOSE = 0.05, 0.015
_ABOUT_HALF = 0.05  # halves: 45% to 55% less
_MANY = 0.5  # slots a day


def carve_out_message(found: CarveOut) -> str:
    """Say what one pool does to the average wait, and who must go first in it."""
    apart, pool = (float(found.of(s)["mean_wait_days"]) for s in _schemes()[:2])
    if np.isclose(apart, pool, rtol=0.02, atol=0.005):
        return (
            f"{carve_out_kept(found).capitalize()}: the average wait is {days_said(apart)}, the"
            " same as with one pool"
        )
    first = found.names[0]
    late = [percent(found.of(s, first)["not_same_day"]) for s in _schemes()[1:]]
    order = "" if late[0] == late[1] else (
        f"; {first} asks must go first to be seen that day ({late[1]} late, against {late[0]})"
    )  # fmt: skip
    less = 1 - pool / apart
    cut = "halves the average wait" if abs(less - 0.5) <= _ABOUT_HALF else (
        f"cuts the average wait by {percent(less)}"
    )  # fmt: skip
    return f"One pool {cut}{order}"


def carve_out_kept(found: CarveOut) -> str:
    """Say how many slots are kept, and for whom."""
    return f"{found.kept:,} of {found.slots:,} slots kept for {found.names[0]} asks"


def carve_out_explained(found: CarveOut) -> str:
    """Say who waits, under each scheme, and why."""
    apart, pool = (days_said(float(found.of(s)["mean_wait_days"])) for s in _schemes()[:2])
    said = [
        f"{carve_out_message(found)}.",
        f"With {carve_out_kept(found)} the average wait is {apart}; with one pool, {pool}.",
    ]
    for scheme in _schemes():
        kinds = [
            f"{name} asks {days_said(found.of(scheme, name)['mean_wait_days'])} "
            f"({percent(found.of(scheme, name)['not_same_day'])} not seen that day)"
            for name in found.names
        ]
        said.append(f"{scheme_said(found, scheme)}: {and_list(kinds)}.")
    for name in found.names:
        row = found.of(_schemes()[0], name)
        if row["load"] >= 1:
            said.append(
                f"Kept apart, {name} asks need {percent(row['load'])} of their slots: there is no "
                f"steady state, and the wait grows for as long as this lasts."
            )
    said.append(_cost(found))
    said.append(
        f"Taking {found.names[0]} asks first, from one pool, looks after them without keeping "
        f"slots back; {found.names[1]} asks then wait longer than in order."
    )
    if found.of(_schemes()[1])["load"] >= 1:
        said.append(f"There are {_enough(found)}: no way of sharing them out mends that.")
    said.append(carve_out_assumed(found))
    return " ".join(said)


def _cost(found: CarveOut) -> str:
    """Say what keeping slots apart costs: slots, or only time."""
    lost = [float(found.of(s)["unused_a_day"]) for s in _schemes()[:2]]
    both = f"{counted(lost[0], 'slot')} a day kept apart, {rounded(lost[1])} in one pool"
    if lost[0] - lost[1] < _MANY:
        return (
            f"About as many slots go unused either way ({both}). The cost of keeping slots apart "
            "is time: on a day when one kind has slots to spare, the other kind waits beside them."
        )
    return (
        f"More slots go unused ({both}): a slot kept for one kind stays empty on a day when the "
        "other kind waits."
    )


def carve_out_growing(found: CarveOut) -> list[str]:
    """Say which waits never settle; nothing where all do."""
    if found.of(_schemes()[1])["load"] >= 1:
        return [
            f"There are {_enough(found)}: the average wait keeps growing however they are shared. "
            f"These means are over {counted(found.days, 'day')} only."
        ]
    stuck = [name for name in found.names if found.of(_schemes()[0], name)["load"] >= 1]
    if not stuck:
        return []
    return [f"Kept apart, {and_list(stuck)} asks outnumber their slots: that wait keeps growing."]


def _enough(found: CarveOut) -> str:
    """Say how the asks compare with the slots, where there are not more slots."""
    more = found.of(_schemes()[1])["load"] > 1
    return "more asks than slots" if more else "as many asks as slots"


def carve_out_assumed(found: CarveOut) -> str:
    """Say what was simulated."""
    return (
        f"Simulated over {counted(found.days, 'working day')} that begin with nobody waiting; "
        "every ask takes one slot, and any slot suits (our assumption)."
    )


def carve_out_alt(found: CarveOut) -> str:
    """Say the picture."""
    parts = [
        f"{scheme_said(found, scheme)}: "
        + and_list(
            [f"{n} asks {days_said(found.of(scheme, n)['mean_wait_days'])}" for n in found.names]
        )
        for scheme in _schemes()
    ]
    return f"Bar chart of mean waits. {carve_out_message(found)}. {'; '.join(parts)}."


def scheme_said(found: CarveOut, scheme: str) -> str:
    """Name a scheme, with the kind that goes first by its own name."""
    named = scheme.replace("first kind", found.names[0])
    return named[0].upper() + named[1:]


def _schemes() -> tuple[str, ...]:
    from pcqa_teach.flow.carve_out import SCHEMES

    return SCHEMES


def pooling_message(found: Pooling) -> str:
    """Say how prompt desks and hub are."""
    within = seconds(found.within_seconds)
    return (
        f"One hub answers {percent(found.hub['within'])} of calls within {within}; the desks "
        f"apart, {percent(found.apart['within'])}"
    )


def pooling_explained(found: Pooling) -> str:
    """Say what pooling gives, why, and what is not in the sum."""
    apart, hub = found.apart, found.hub
    said = [
        f"{pooling_message(found)}.",
        f"The mean wait is {seconds(hub['mean_wait_seconds'])} in the hub and "
        f"{seconds(apart['mean_wait_seconds'])} apart, with the same "
        f"{counted(hub['agents'], 'member')} of staff.",
        "Apart, a caller can wait at one desk while somebody at another has nothing to do.",
    ]
    stuck = int((~found.table["steady"].iloc[:-2]).sum())
    if stuck:
        said.append(
            f"{counted(stuck, 'desk')} {'has' if stuck == 1 else 'have'} as much work as staff or "
            "more, so the queue there never settles."
        )
    spared = int(hub["agents"]) - found.enough
    if spared > 0:
        said.append(
            f"The hub would be as prompt as the desks are with {found.enough} staff, "
            f"{spared} fewer."
        )
    said.append(pooling_left_out())
    return " ".join(said)


def pooling_left_out() -> str:
    """Say what the sum does not hold."""
    return (
        "Not in the sum: a hub does not know the people who call or the practice, may need "
        "longer calls, and may pass some on. Calls at a steady rate; no redials."
    )


def pooling_alt(found: Pooling) -> str:
    """Say the picture."""
    each = [f"{row['who']} {percent(row['within'])}" for _, row in found.table.iloc[:-2].iterrows()]
    shown = each if len(each) <= 8 else [*each[:8], "and so on"]
    return f"Bar chart. {pooling_message(found)}. Each desk: {', '.join(shown)}."


def days_said(value: float) -> str:
    """Say a wait in days; part of a day in words.

    >>> days_said(0), days_said(0.02), days_said(0.53), days_said(0.61), days_said(2.34)
    ('no wait', 'hardly any wait', 'just over half a day', '0.6 of a day', '2.3 days')
    """
    if value == 0:
        return "no wait"
    if value < _HARDLY:
        return "hardly any wait"
    if value >= _WHOLE:
        return counted(value, "day")
    part, name = min(_PARTS.items(), key=lambda one: abs(one[0] - value))
    off = value - part
    if abs(off) > _NEAR:
        return f"{value:.1f} of a day"
    near = "about" if abs(off) < _CLOSE else "just over" if off > 0 else "just under"
    return f"{near} {name}"
