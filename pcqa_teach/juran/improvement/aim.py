"""The project charter: how much, by when, for whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import day_of, number, optional, text
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.spc import Chart


@dataclass(frozen=True, eq=False, repr=False)
class Charter(Shown):
    """What a project wants, why, for whom, how much and by when; None where nobody said yet."""

    measure: str
    unit: str
    now: float | None
    goal: float | None
    starts: pd.Timestamp | None
    by: pd.Timestamp | None
    whom: str | None
    why: str | None
    reachable: str | None
    team: str | None
    inside: str | None
    outside: str | None
    limits: tuple[float, float] | None

    @property
    def aim(self) -> str:
        """The aim in one sentence."""
        from pcqa_teach.juran.improvement.aim_words import aim

        return aim(self)

    @property
    def checks(self) -> pd.DataFrame:
        """A row a letter of SMART: check, passes, advice (empty when it passes)."""
        return pd.DataFrame(_checks(self), columns=["check", "passes", "advice"])

    @property
    def ready(self) -> bool:
        """Whether every check passes."""
        return bool(self.checks["passes"].all())

    @property
    def table(self) -> pd.DataFrame:
        """A row a part: part, words."""
        from pcqa_teach.juran.improvement.aim_words import charter_parts

        return pd.DataFrame(charter_parts(self), columns=["part", "words"], dtype=object)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import aim_words as words
        from pcqa_teach.juran.improvement import table_draw as draw

        return Showing(words.aim, words.charter_explain, words.charter_alt, draw.charter_figure)


def charter(
    measure: str,
    *,
    unit: str,
    now: float | None = None,
    goal: float | None = None,
    by: Any = None,
    whom: str | None = None,
    starts: Any = None,
    why: str | None = None,
    reachable: str | None = None,
    team: str | None = None,
    inside: str | None = None,
    outside: str | None = None,
    chart: Chart | None = None,
) -> Charter:
    """Write a project charter whose aim says how much, by when and for whom.

    The checks are those of SMART: specific (for whom), measurable (from what to what), achievable
    (a reason to think so), relevant (why it matters) and time-bound (a date after the start). With
    a chart, a goal inside its limits is pointed out: single points reach it by chance already.

    Parameters
    ----------
    measure, unit : what is measured, and in what: "Share of calls answered", "%"
    now, goal : from what, to what; with a chart, `now` is its latest mean unless given
    by, starts : dates, day first
    whom : the people it is for
    why : why it matters to them
    reachable : what makes you think that it can be reached
    team, inside, outside : who does it, what belongs to it, what does not
    chart : the measure's `Chart` of one series

    Returns
    -------
    Charter

    Raises
    ------
    DataError
        The measure or unit is empty, a number is not a number, a date is not a date, the date is
        not after the start, or the goal is where we are now.

    Examples
    --------
    >>> plan = charter("Calls answered within 5 minutes", unit="%", now=52, goal=75,
    ...     starts="1/2/2026", by="31/7/2026", whom="early callers")
    >>> plan.aim
    'Raise calls answered within 5 minutes for early callers from 52% to 75% by 31 Jul 2026'
    >>> plan.checks.loc[~plan.checks["passes"], "check"].tolist()
    ['achievable', 'relevant']

    Notes
    -----
    Langley et al., The Improvement Guide: what are we trying to accomplish? Juran and Godfrey,
    Juran's Quality Handbook (1999), on project mission statements.
    """
    limits = None
    if chart is not None:
        now, limits = _from_chart(chart, now)
    begin, end = optional(day_of, starts, "starts"), optional(day_of, by, "by")
    if begin is not None and end is not None and end <= begin:
        raise DataError("by is not after starts: give the day by which the goal is reached.")
    here, there = optional(number, now, "now"), optional(number, goal, "goal")
    if here is not None and here == there:
        raise DataError("goal is where you are now: say how much better it is to be.")
    words = {
        name: optional(text, value, name)
        for name, value in {
            "whom": whom,
            "why": why,
            "reachable": reachable,
            "team": team,
            "inside": inside,
            "outside": outside,
        }.items()
    }
    return Charter(
        measure=text(measure, "measure"),
        unit=text(unit, "unit", "say in what it is measured, such as '%' or 'minutes'"),
        now=here,
        goal=there,
        starts=begin,
        by=end,
        limits=limits,
        **words,
    )


def _from_chart(chart: Any, now: float | None) -> tuple[float, tuple[float, float] | None]:
    if not isinstance(chart, Chart) or chart.by is not None:
        raise DataError("chart= needs the chart of one series: call chart.single(group).")
    last = chart.limits.iloc[-1]
    low, high = float(last["lower"]), float(last["upper"])
    limits = (low, high) if np.isfinite([low, high]).all() else None
    return (round(float(last["centre"]), 2) if now is None else number(now, "now")), limits


def _checks(one: Charter) -> list[tuple[str, bool, str]]:
    inside = (
        one.goal is not None and one.limits is not None
        and one.limits[0] <= one.goal <= one.limits[1]
    )  # fmt: skip
    numbers = one.now is not None and one.goal is not None
    measurable = "The goal lies inside the chart's limits: single points reach it by chance." \
        " Say that the mean is to reach it, or aim further."  # fmt: skip
    if not numbers:
        measurable = "Say from what to what: where you are now, and the goal."
    rows = [
        ("specific", bool(one.whom), "Say for whom: which people will notice."),
        ("measurable", numbers and not inside, measurable),
        ("achievable", bool(one.reachable),
         "Say what makes you think that it can be reached, such as another practice or a test."),
        ("relevant", bool(one.why), "Say why it matters to the people it is for."),
        ("time-bound", one.by is not None, "Say by when, as a date."),
    ]  # fmt: skip
    return [(check, passes, "" if passes else advice) for check, passes, advice in rows]
