"""Sentences that a chart prints beneath itself: short, dated, without jargon."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pcqa_teach.measures.calendar import Days
from pcqa_teach.sayings import and_list, counted, day

_FEW = 6


def month(value: Any) -> str:
    """Write a month as people say it.

    >>> month("2026-05-01")
    'May 2026'
    """
    return f"{pd.Timestamp(value):%b %Y}"


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
