"""What is said of calls and waits at the telephone: plain sentences beside each result."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.sayings import and_list, clock, counted, day, percent, rounded, seconds

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.flow.erlang import Erlang
    from pcqa_teach.flow.phones import PhoneSimulation
    from pcqa_teach.flow.profile import CallProfile

SHOWN = 8
_LEFT_OUT = {
    "b": "Nobody can wait in this sum: whoever finds all lines taken hears the engaged tone.",
    "c": "Everybody waits until answered in this sum, and calls come at a steady rate: at 8 am "
    "neither holds, people give up and ring again.",
    "a": "Patience and calls are as in the formula, and calls come at a steady rate: there is no "
    "8 am rush and no redial in this sum.",
}


def main_column(queue: Erlang) -> str:
    """Name the column that the picture shows."""
    return "blocked" if queue.model == "b" else "p_wait"


def erlang_message(queue: Erlang) -> str:
    """Say the first row, or how the rows run."""
    table = queue.table
    what = "find every line taken" if queue.model == "b" else "have to wait"
    shares = table[main_column(queue)]
    if len(table) == 1:
        row = table.iloc[0]
        if not row["steady"]:
            return f"{_staffed(row)}: the queue never settles"
        return f"{_staffed(row)}: {percent(shares.iloc[0])} of callers {what}"
    low, high = int(table["agents"].min()), int(table["agents"].max())
    ends = percent(shares.max()), percent(shares.min())
    if low == high:
        return f"{_staff(low)}: {ends[1]} to {ends[0]} of callers {what}, as calls rise"
    if not alike(table["calls_per_hour"]):
        calls = table["calls_per_hour"]
        return (
            f"For {rounded(calls.min())} to {rounded(calls.max())} calls an hour, {low} to {high} "
            f"staff: {ends[1]} to {ends[0]} of callers {what}"
        )
    return (
        f"From {low} to {high} staff, the share of callers who {what} goes from {ends[0]} to "
        f"{ends[1]}"
    )


def alike(values: pd.Series[Any]) -> bool:
    """Say whether all values are the same."""
    return bool((values == values.iloc[0]).all())


def erlang_explained(queue: Erlang) -> str:
    """Say every row (the first of many), the rows without a steady state, and what is left out."""
    table = queue.table
    said = [_row_said(queue, row) for _, row in table.head(SHOWN).iterrows()]
    if len(table) > SHOWN:
        said.append(f"{len(table) - SHOWN} more rows are in the table.")
    if queue.model == "a":
        said.append(
            f"Mean patience of {seconds(queue.patience_seconds or 0)} is an assumption: try others."
        )
    return " ".join([*said, _LEFT_OUT[queue.model]])


def _row_said(queue: Erlang, row: pd.Series[Any]) -> str:
    if not row["steady"]:
        return (
            f"{_staffed(row)}: the calls are {rounded(row['load'])} people's work, so there is no "
            "steady state: the queue and the waits grow for as long as the calls come, and "
            "Erlang C has no answer."
        )
    if queue.model == "b":
        return f"{_staffed(row)}: {percent(row['blocked'])} of callers find every line taken."
    gone = f", {percent(row['abandoned'])} give up" if queue.model == "a" else ""
    return (
        f"{_staffed(row)}: {percent(row['p_wait'])} have to wait{gone}; the mean wait is "
        f"{seconds(row['mean_wait_seconds'])}, and {percent(row['within'])} are answered within "
        f"{seconds(queue.within_seconds)}. Staff talk {percent(row['occupancy'])} of the time."
    )


def _staffed(row: pd.Series[Any]) -> str:
    return (
        f"{_staff(int(row['agents']))} for {counted(row['calls_per_hour'], 'call')} an hour of "
        f"{seconds(row['handling_seconds'])}"
    )


def _staff(count: int) -> str:
    return counted(count, "member") + " of staff" if count == 1 else f"{count:,} staff"


def erlang_alt(queue: Erlang) -> str:
    """Say the picture."""
    column = main_column(queue)
    each = [
        f"{int(row['agents'])} staff {percent(row[column]) if row['steady'] else 'no steady state'}"
        for _, row in queue.table.head(SHOWN).iterrows()
    ]
    more = "; and so on" if len(queue.table) > SHOWN else ""
    return f"Bar chart. {erlang_message(queue)}. {', '.join(each)}{more}."


def profile_message(shape: CallProfile) -> str:
    """Say Monday's early calls and how they compare, or the busiest quarter of an hour."""
    early = shape.early
    if not np.isfinite(early["monday_share"]):
        return f"The busiest quarter of an hour starts at {_busiest(shape)}"
    monday = f"On Mondays {counted(early['monday'], 'call')} come from 8 to 10 am"
    if early["monday"] == 1:
        monday = "On Mondays 1 call comes from 8 to 10 am"
    share = percent(early["monday_share"])
    if not np.isfinite(early["others_share"]):
        return f"{monday} ({share} of the day's calls)"
    return (
        f"{monday}, against {rounded(early['others'])} on other weekdays ({share} of the day's "
        f"calls against {percent(early['others_share'])})"
    )


def profile_explained(shape: CallProfile) -> str:
    """Say when calls come, how many people they are, and what to doubt."""
    week = and_list(
        [f"{row['weekday']} {rounded(row['calls_a_day'])}" for _, row in shape.weekdays.iterrows()]
    )
    return " ".join(
        [
            f"{profile_message(shape)}.",
            f"Calls on an average day: {week}.",
            f"The busiest quarter of an hour starts at {_busiest(shape)}.",
            people_said(shape),
            *_clock_doubt(shape),
        ]
    )


def people_said(shape: CallProfile) -> str:
    """Say how many people may be behind the calls."""
    if shape.people is None or shape.method is None:
        return (
            "Calls are not people: whoever gives up may ring again. Give redial=0.6, say, for an "
            "estimate."
        )
    made = (
        f"Calls are not people. {counted(shape.calls, 'call')}: about "
        f"{counted(shape.people, 'first try', 'first tries')} and "
        f"{counted(shape.calls - shape.people, 'redial')}"
    )
    if shape.method == "redial_of":
        return f"{made}."
    if shape.method == "caller":
        return f"{made}, by their numbers; a withheld number counts as somebody new each time."
    return (
        f"{made}, if {percent(shape.redial or 0)} of those who gave up rang again (an assumption: "
        "try others)."
    )


def _busiest(shape: CallProfile) -> str:
    days = shape.weekdays.set_index("weekday")["days"].reindex(shape.quarters["weekday"])
    total = (shape.quarters["calls"] * days.to_numpy()).groupby(shape.quarters["minute"]).sum()
    return clock(int(total.idxmax()))


def _clock_doubt(shape: CallProfile) -> list[str]:
    busiest = _busiest(shape)
    if busiest[:2] not in ("07", "09"):
        return []
    return [
        "If your lines open at 08:00, the clock of this file may be an hour out (summer time): ask "
        "which time zone it was written in."
    ]


def profile_alt(shape: CallProfile) -> str:
    """Say the picture."""
    return (
        f"Step chart of calls by quarter of an hour. {profile_message(shape)}. The busiest quarter "
        f"of an hour starts at {_busiest(shape)}."
    )


def profile_notes(shape: CallProfile) -> list[str]:
    """Give what is printed beneath the picture."""
    days = int(shape.weekdays["days"].sum())
    span = day(shape.first) if days == 1 else f"{day(shape.first)} to {day(shape.last)}"
    return [
        f"n = {counted(shape.calls, 'call')} on {counted(days, 'day')}, {span}.",
        people_said(shape),
        *_clock_doubt(shape),
    ]


def phones_message(run: PhoneSimulation) -> str:
    """Say how many people get through, with how many calls."""
    mean = run.summary["mean"]
    return (
        f"{percent(mean['got_through'])} of {rounded(mean['people'])} people a day get through, "
        f"with {rounded(mean['calls'])} calls"
    )


def phones_explained(run: PhoneSimulation) -> str:
    """Say the usual day, the spread of days, the worst quarter, and what was assumed."""
    s = run.summary.to_dict("index")
    worst = run.quarters.iloc[int(run.quarters["mean_wait_seconds"].fillna(0).argmax())]
    said = [
        f"{phones_message(run)}.",
        f"On nine days of ten between {rounded(s['calls']['low'])} and "
        f"{rounded(s['calls']['high'])} calls come, and between "
        f"{rounded(s['gave_up']['low'])} and {rounded(s['gave_up']['high'])} are given up.",
        f"A mean day has {rounded(s['redials']['mean'])} redials: calls that were not new people.",
        f"Whoever is answered has waited {seconds(_known(s['mean_wait_seconds']['mean']))} on "
        f"average, and longest after {worst['clock']}: "
        f"{seconds(_known(worst['mean_wait_seconds']))}.",
        f"{percent(_known(s['within']['mean']))} of calls are answered within "
        f"{seconds(run.within_seconds)}.",
    ]
    if s["engaged"]["mean"] > 0:
        said.append(f"{rounded(s['engaged']['mean'])} calls a day hear the engaged tone.")
    if s["waiting_at_close"]["mean"] > 0:
        said.append(f"{rounded(s['waiting_at_close']['mean'])} a day still wait at the close.")
    return " ".join([*said, phones_assumed(run)])


def phones_assumed(run: PhoneSimulation) -> str:
    """Say what the simulation took for granted."""
    habits = run.habits
    patience = (
        "nobody gives up"
        if habits.patience is None
        else f"patience {seconds(habits.patience)} on average, {percent(habits.redial)} of those "
        f"who give up ring again, {seconds(habits.redial_delay)} later on average"
    )
    lines = "" if habits.lines is None else f", {counted(habits.lines, 'line')}"
    return (
        f"Assumed: calls of {seconds(habits.handling)} on average, {patience}{lines}. Simulated "
        f"{counted(len(run.days), 'day')}, seed {run.seed}."
    )


def phones_alt(run: PhoneSimulation) -> str:
    """Say the picture."""
    peak = run.minutes.iloc[int(run.minutes["waiting"].argmax())]
    redials = float(run.summary["mean"]["redials"])
    return (
        f"Two charts over the day. {phones_message(run)}. Above, the desk minute by minute: most "
        f"callers wait at {peak['clock']}, {rounded(peak['waiting'])} on a mean day, up to "
        f"{rounded(peak['waiting_high'])} on nine days of ten. Below, the calls of each quarter of "
        f"an hour: first calls and redials, {rounded(redials)} redials a day."
    )


def _known(value: float) -> float:
    return float(value) if np.isfinite(value) else 0.0


def left_out(queue: Erlang) -> str:
    """Say what the formula does not hold."""
    return _LEFT_OUT[queue.model]
