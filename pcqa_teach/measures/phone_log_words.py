"""What is said of the days of a telephone log."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import and_list, counted, day, span

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.measures.phone_log import PhoneLog

FEW_MONDAYS = 4
_NAMED = 6
NO_LOG = (
    "This is no telephone log: what is wanted here is a list of calls with the time of each and "
    "what became of it, a log by the quarter of an hour, or NHS England's file of calls by day and "
    "time (CBT)."
)


LACKS = (
    "This part needs your telephone supplier's own log: the national file counts two hours "
    "together and tells no callers apart."
)


def too_few(days: int, calls: int, least: int) -> str:
    """Say that there are too few whole working days, and what to ask for.

    >>> too_few(1, 2, 5)
    'There are 2 calls on 1 whole working day in this log, and at least 5 days are needed: ask \
for four whole weeks, from a Monday to a Friday.'
    """
    verb = "is" if calls == 1 else "are"
    return (
        f"There {verb} {counted(calls, 'call')} on {counted(days, 'whole working day')} in this "
        f"log, and at least {least} days are needed: ask for four whole weeks, from a Monday to a "
        "Friday."
    )


def whose(log: PhoneLog) -> str:
    """Say whose calls these are."""
    if log.bands is None:
        return "These are taken to be one practice's own calls: the log does not say whose."
    practices = log.bands["practice"].nunique() if "practice" in log.bands else 0
    if practices == 1:
        return "These are one practice's own calls, as NHS England counts them."
    together = counted(practices, "practice") if practices else "an area's practices"
    return (
        f"This file holds {together} together: read every figure below as the whole group, or cut "
        "the file down to your own practice first."
    )


def covers(log: PhoneLog) -> str:
    """Say how many days of which dates."""
    kept = log.kept
    dates = (kept["date"].iloc[0], kept["date"].iloc[-1])
    return f"{counted(len(kept), 'whole working day')}, {span(dates)}"


def notes(days: pd.DataFrame, national: bool, shared: int = 0) -> tuple[str, ...]:
    """Say which days were left out and why, and whether there are few Mondays."""
    from pcqa_teach.measures.phone_log import FULL, HOLIDAY, PART_DAY, WEEKEND

    said = []
    if shared:
        said.append(
            f"{counted(shared, 'call')} on lines that several practices share "
            f"{'is' if shared == 1 else 'are'} left out: whose, is not said."
        )
    weekend, holiday, part = (days[days["kind"] == kind] for kind in (WEEKEND, HOLIDAY, PART_DAY))
    if len(weekend):
        said.append(
            f"Saturdays and Sundays are left out: {counted(weekend['calls'].sum(), 'call')}."
        )
    if len(holiday):
        some = counted(int(holiday["calls"].sum()), "call")
        said.append(f"Bank holidays are left out: {_named(holiday)} ({some}).")
    for _, row in part.iterrows():
        said.append(
            f"{day(row['date'])} is left out: the log holds only a part of that day, by its hours."
        )
    mondays = int(((days["kind"] == FULL) & (days["weekday"] == "Monday")).sum())
    if mondays < FEW_MONDAYS:
        there = "no Monday" if mondays == 0 else f"only {counted(mondays, 'Monday')}"
        said.append(
            f"There is {there} among the days: read what is said of Mondays with care, and ask for "
            "four weeks."
            if mondays == 1 or mondays == 0
            else f"There are {there} among the days: read what is said of Mondays with care, and "
            "ask for four weeks."
        )
    if national:
        said.append(
            "This is the national file: two hours together, and calls, not people. Your "
            "telephone supplier's own log shows the quarters of an hour and who rang again."
        )
    return tuple(said)


def _named(days: pd.DataFrame) -> str:
    if len(days) > _NAMED:
        return f"{len(days)} days"
    return and_list([day(one) for one in days["date"]])
