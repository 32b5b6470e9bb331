"""What is said of the changes that were tried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.flow.what_if import MOVED_HOURS, SPARED_CALLS, SPREAD
from pcqa_teach.sayings import and_list, counted, lines, lowered, percent, plain, rounded, seconds

if TYPE_CHECKING:
    from pcqa_teach.flow.what_if import WhatIf

PAYS = 0.01  # of the later callers: less is chance, ours too
FAR = 0.10  # how far the simulation may lie from the log before it is doubted: ours


def message(found: WhatIf) -> str:
    """Say what the desk as it is does for early callers, and what a change with no more hours."""
    base, best = found.rows.iloc[0], found.best
    if not np.isfinite(base["early"]):
        return f"As it is, {percent(base['got_through'])} of people get through that day"
    said = f"Of those who first ring from 8 to 10, {percent(base['early'])} get through as it is"
    if best["name"] == base["name"]:
        return f"{said}; no change without more hours does better"
    return f"{said}; with no more hours, {percent(best['early'])} if {_if(best['name'])}"


def _if(name: str) -> str:
    """Put the name of a change into a sentence."""
    return {
        MOVED_HOURS: "some are moved to 8 to 10",
        SPREAD: "one in five rings from 10 to 12",
        SPARED_CALLS: "one call in ten need not be made",
    }.get(name, lowered(name))


def explained(found: WhatIf) -> str:
    """Say each desk, how near the simulation is to the log, and what it rests on."""
    return lines([f"{message(found)}.", each(found), nearness(found), worse(found), assumed(found)])


def each(found: WhatIf) -> str:
    """Say what each desk does."""
    said = [
        f"{row['name']} ({plain(row['hours'])} hours of staff): {percent(row['got_through'])} of "
        f"people get through, with {rounded(row['calls'])} calls"
        for _, row in found.rows.iterrows()
    ]
    return f"{'; '.join(said)}."


def nearness(found: WhatIf) -> str:
    """Say how near the desk as it is comes to what the log itself shows."""
    there, made = found.desk.reached, float(found.rows["got_through"].iloc[0])
    if not np.isfinite(there):
        return (
            "The log does not show how many people got through, so the simulation cannot be held "
            "against it: take the rows as a comparison with each other, no more."
        )
    said = f"In the log {percent(there)} of people who reached the desk were answered; "
    if abs(there - made) <= FAR:
        return f"{said}the simulated desk as it is answers {percent(made)}: near enough to compare."
    return (
        f"{said}the simulated desk as it is answers {percent(made)}. They are far apart, so "
        "something assumed is wrong, most often how many answer: mend that before reading on."
    )


def worse(found: WhatIf) -> str:
    """Say with which changes fewer of the later callers get through."""
    late = found.rows["late"]
    named = found.rows.loc[late < late.iloc[0] - PAYS, "name"].tolist()
    if not np.isfinite(late.iloc[0]):
        return ""
    if not named:
        return "With none of them do clearly fewer of those who ring after 10 get through."
    rows = found.rows.set_index("name")["late"]
    said = [f"{percent(rows[name])} if {_if(str(name))}" for name in named]
    return (
        f"Somebody pays: of those who first ring after 10, {percent(late.iloc[0])} get through as "
        f"it is, and {and_list(said)}."
    )


def assumed(found: WhatIf) -> str:
    """Say what the simulation took for granted."""
    desk = found.desk
    return (
        f"Assumed: calls of {seconds(desk.handling)} with their writing up, patience "
        f"{seconds(desk.patience)} on average, {percent(found.redial)} of those who give up ring "
        f"again. {counted(found.days, 'simulated day')} each, seed {found.seed}."
    )


def alt(found: WhatIf) -> str:
    """Say the picture."""
    rows = found.rows
    shares = rows["early"].where(rows["early"].notna(), rows["got_through"])
    named = [f"{name}: {percent(one)}" for name, one in zip(rows["name"], shares, strict=True)]
    return f"Bar chart of simulated desks. {message(found)}. {'; '.join(named)}."
