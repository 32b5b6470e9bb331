"""What is said of the load on the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.sayings import and_list, clock, counted, lines, percent, rounded, seconds

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.flow.desk_load import DeskLoad


def message(desk: DeskLoad) -> str:
    """Say where the work is more than the staff, or the busiest quarter of an hour."""
    on = "On an average day" if desk.weekday is None else f"On a {desk.weekday}"
    top = _top(desk)
    work = f"the calls from {top['clock']} are {rounded(top['load'])} people's work"
    if not desk.staffed:
        return f"{on} {work}, the most of the day"
    there = f"{counted(int(top['staff']), 'person answers', 'people answer')}"
    if not len(desk.over):
        return f"{on} {work}, and {there}: the work fits on average all day"
    many = counted(len(desk.over), "quarter of an hour", "quarters of an hour")
    return f"{on} {work}, and {there}; in {many} the work is as much as the staff, or more"


def explained(desk: DeskLoad) -> str:
    """Say the sum, the warning, what would be enough, and what it rests on."""
    return lines([f"{message(desk)}.", the_sum(desk), warning(desk), enough(desk), rests_on(desk)])


def the_sum(desk: DeskLoad) -> str:
    """Work the busiest quarter of an hour out aloud."""
    top = _top(desk)
    return (
        f"From {top['clock']}: {rounded(top['people'])} people x {desk.handling:,.0f} seconds / "
        f"900 = {rounded(top['load'])} people's work."
    )


def warning(desk: DeskLoad) -> str:
    """Warn of the quarters of an hour in which no formula holds; of none, say what is left."""
    if not desk.staffed:
        return (
            "It was not said how many people answer, so no line of staff is drawn: say it where "
            "the form asks, or add --set staff=3 to the command."
        )
    if len(desk.over):
        return (
            f"Warning: {_times(desk.over)} the load is as large as the staff, or larger. No queue "
            "settles then: it grows for as long as the calls come. Erlang C has no answer there, "
            "and an average over the morning would hide it."
        )
    return (
        "The load is below the staff in every quarter of an hour, on average. Calls come by "
        "chance, two or three at once, so some people wait all the same."
    )


def enough(desk: DeskLoad) -> str:
    """Say how many would be enough at the busiest, and of what target that is."""
    need = desk.quarters["needed"]
    if not need.max() > 0:
        return ""
    return (
        f"For {percent(desk.share)} to be answered within {seconds(desk.within_seconds)}, "
        f"{counted(int(need.max()), 'person', 'people')} would be needed at the busiest, from "
        f"{_busiest_need(desk)['clock']}; in half of the day's quarters of an hour "
        f"{int(need.median())} or fewer. That is an example, not a target: the share and the time "
        "are a choice, and the formula (Erlang A) takes a steady rate and knows no redials."
    )


def rests_on(desk: DeskLoad) -> str:
    """Say what the sums took for granted."""
    talk = "the log's own mean" if desk.talk_known else "an assumption, as the log does not say"
    who = {
        "caller": "People are told from calls by their numbers.",
        "redial_of": "The log says which calls are redials.",
        "stated": "People are an estimate: calls less the redials that an assumed share makes.",
    }.get(desk.method or "", "Calls stand for people, which makes the load too large.")
    return (
        f"Mean of {counted(desk.days, 'day')}. A call takes {seconds(desk.talk)} ({talk}) and "
        f"{seconds(desk.wrap_up)} to write up (an assumption: time yours). {who}"
    )


def alt(desk: DeskLoad) -> str:
    """Say the picture."""
    staff = " A dotted line shows who answers." if desk.staffed else ""
    return f"Bars of work by quarter of an hour. {message(desk)}.{staff} {warning(desk)}"


def _top(desk: DeskLoad) -> pd.Series:
    return desk.quarters.iloc[int(desk.quarters["load"].argmax())]


def _busiest_need(desk: DeskLoad) -> pd.Series:
    return desk.quarters.iloc[int(desk.quarters["needed"].argmax())]


def _times(over: pd.DataFrame) -> str:
    """Name stretches of quarters of an hour, the first few.

    A stretch ends where the next quarter of an hour is not over.
    """
    minute = over["minute"].to_numpy()
    ends = np.flatnonzero(np.diff(minute) != 15)
    begins = [0, *(ends + 1)]
    stops = [*ends, len(minute) - 1]
    said = [
        f"{clock(int(minute[a]))} to {clock(int(minute[b]) + 15)}"
        for a, b in zip(begins, stops, strict=True)
    ]
    if len(said) > 3:
        return f"from {', '.join(said[:3])} and at other times"
    return f"from {and_list(said)}"
