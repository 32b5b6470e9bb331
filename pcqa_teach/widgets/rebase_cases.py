"""Invented weeks for the question of new limits: three series, and what is known of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

FIRST = date(2025, 1, 6)


@dataclass(frozen=True)
class Case:
    """A series of weeks, what people know about it, and an example of what one might write.

    Parameters
    ----------
    values : one a week, the first beginning on Monday 6 January 2025; fewer is better
    title, unit, known : words
    week, reason : where new limits might start and why, as shown in print
    """

    values: tuple[float, ...]
    title: str
    unit: str
    known: str
    week: int
    reason: str


# Invented; each shows one thing.
CASES: dict[str, Case] = {
    "Results by text": Case(
        (38, 38, 40, 45, 39, 36, 37, 47, 39, 35, 39, 41, 25, 30, 23, 19, 29, 25, 25, 22, 21, 29,
         19, 22),
        "Contacts that ask for a result", "a week",
        "since Monday 31 March 2025 normal results go out by text message, and they "
        "still do.",
        13, "Normal results go out by text since 31 March 2025",
    ),
    "Three busy weeks": Case(
        (61, 64, 68, 57, 64, 69, 66, 60, 61, 64, 83, 88, 81, 60, 63, 62, 67, 65, 70, 64, 63, 66,
         60, 62),
        "People asked to ring again", "a week",
        "flu was about for three weeks from Monday 17 March 2025, and has passed.",
        11, "Flu in the neighbourhood from 17 March 2025",
    ),
    "It came down": Case(
        (53, 51, 47, 51, 46, 47, 51, 50, 44, 47, 51, 47, 51, 53, 47, 41, 43, 48, 45, 41, 42, 44,
         42, 46),
        "Letters not yet read", "on Friday evening",
        "nobody knows of any change in the work. Somebody would like new limits, so that the gain "
        "shows.",
        15, "It is better now, so the old limits look wrong",
    ),
}  # fmt: skip


def monday(week: int) -> date:
    """Return the day on which a week begins, counted from 1."""
    return FIRST + timedelta(days=7 * (week - 1))


def monday_said(week: int) -> str:
    """Say that day.

    >>> monday_said(13)
    '31 March 2025'
    """
    return f"{monday(week).day} {monday(week):%B %Y}"


def chart_of(case: Case, **options: Any) -> Chart:
    """Return a case's chart; the options are those of `spc.chart`."""
    from pcqa_teach import spc

    days = [pd.Timestamp(monday(week)) for week in range(1, len(case.values) + 1)]
    frame = pd.DataFrame({"x": days, "value": [*map(float, case.values)]})
    return spc.chart(frame, n=None, improvement="down", title=case.title, unit=case.unit, **options)
