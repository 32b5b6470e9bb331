"""Sentences that a chart prints beneath itself: short, dated, without jargon."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pcqa_teach.measures.calendar import Days

_FEW = 6


def day(value: Any) -> str:
    """Write a day as people say it.

    >>> day("2026-05-04")
    '4 May 2026'
    """
    stamp = pd.Timestamp(value)
    return f"{stamp.day} {stamp:%b %Y}"


def month(value: Any) -> str:
    """Write a month as people say it.

    >>> month("2026-05-01")
    'May 2026'
    """
    return f"{pd.Timestamp(value):%b %Y}"


def counted(n: int, thing: str) -> str:
    """Write a number with its noun.

    >>> counted(1, "week"), counted(1234, "month")
    ('1 week', '1,234 months')
    """
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def and_list(parts: list[str]) -> str:
    """Join words as a sentence does.

    >>> and_list(["Mon", "Tue", "Wed"])
    'Mon, Tue and Wed'
    """
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " and " + parts[-1]


def _when(starts: Days, every: str) -> str:
    """Name a few periods; count many."""
    said = [month(start) if every == "month" else day(start) for start in starts]
    return and_list(said) if len(said) <= _FEW else f"{said[0]} to {said[-1]}, not all"


def part_periods(every: str, cut: list[str]) -> list[str]:
    """Say which ends were dropped."""
    if not cut:
        return []
    ends = (
        f"the part-{every}s at both ends are"
        if len(cut) == 2
        else f"the {cut[0]}, a part-{every}, is"
    )
    return [f"Whole {every}s only: {ends} left out."]


def not_yet(last: Any) -> str:
    """Say that later days were left out."""
    return (
        f"Days after {day(last)}, the last with a recorded outcome, had not happened yet and are "
        "left out."
    )


def no_rows(starts: Days, every: str) -> list[str]:
    """Say which periods hold no row at all: closed, or missing; never nought."""
    if not len(starts):
        return []
    start = "starting " if every == "week" else ""
    return [
        f"No rows for {counted(len(starts), every)} ({start}{_when(starts, every)}): closed, or "
        "missing from the export, so shown as a gap."
    ]


def holiday_weeks(starts: Days) -> list[str]:
    """Name the weeks with a bank holiday; count them where there are many."""
    if not len(starts):
        return []
    named = len(starts) <= _FEW
    weeks = f"week{'' if len(starts) == 1 else 's'} starting {_when(starts, 'week')}"
    return [f"Bank holidays: {weeks if named else counted(len(starts), 'week')}."]


def short_last(start: Any) -> list[str]:
    """Doubt the last month."""
    return [
        f"{month(start)}, the last month, has under half the usual appointments a working day: "
        "it may be incomplete."
    ]
