"""The chart's alt text: what a colleague would say aloud; and the door to its other words."""

from __future__ import annotations

from typing import Any

import numpy as np

from pcqa_teach.spc.caution_counts import too_narrow
from pcqa_teach.spc.headline import message
from pcqa_teach.spc.headline_groups import earlier
from pcqa_teach.spc.phrases import (
    VERDICT_WORDS,
    dates_said,
    directions,
    lines_said,
    missing,
    nouns,
    period,
    points_said,
    rule_of,
    seen,
    span_said,
    stepping,
    tally,
    targets_said,
)
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.units import measured, numbers

__all__ = [
    "VERDICT_WORDS",
    "alt_text",
    "dates_said",
    "directions",
    "lines_said",
    "measured",
    "message",
    "missing",
    "nouns",
    "numbers",
    "period",
    "points_said",
    "rule_of",
    "seen",
    "span_said",
    "stepping",
    "tally",
    "targets_said",
]

_NAMED = 6  # groups


def alt_text(chart: Chart) -> str:
    """Say the message, the lines and the signals in one to three sentences."""
    if chart.by is not None:
        return _alt_of_groups(chart)
    phases = len(chart.limits)
    where = f", in {phases} phases; latest {lines_said(chart)}" if phases > 1 else (
        f": {lines_said(chart)}"
    )  # fmt: skip
    return " ".join(
        [
            f"{message(chart)}.",
            f"{chart.about.title} of {span_said(chart)}{where}.",
            f"{_signals(chart)}{_target(chart)}.",
        ]
    )


def _signals(chart: Chart) -> str:
    rows, count = seen(chart), int(chart.points["signal"].sum())
    if chart.workings.whole.any():
        return "The points as a whole are unusual, whatever each is by itself"
    if not chart.rules:
        return "Not judged: no rules were asked for"
    if count == 0:
        return "No point is special cause"
    flagged = f"{count} of {len(rows)} points {'is' if count == 1 else 'are'} special cause"
    latest = VERDICT_WORDS[str(chart.points["verdict"].iloc[rows[-1]])]
    said = f"{flagged}; the latest is {latest}"
    return f"{said}; but the limits are too narrow to judge by" if too_narrow(chart) else said


def _target(chart: Chart) -> str:
    said = targets_said(chart)
    if not said:
        return ""
    held = chart.icons["assurance"].iloc[0]
    return f"; the target is {said}" + (f", {_HELD[held]}" if isinstance(held, str) else "")


_HELD = {
    "passing": "met every time",
    "failing": "missed every time",
    "hit-and-miss": "hit and miss",
}


def _named(groups: np.ndarray[Any, Any]) -> str:
    more = f" and {len(groups) - _NAMED} more" if len(groups) > _NAMED else ""
    return f"{', '.join(groups[:_NAMED])}{more}"


def _alt_of_groups(chart: Chart) -> str:
    groups = np.array(chart.group_names, dtype=object)
    by = " and ".join(chart.by_columns).replace("_", " ")
    flagged = groups[(chart.icons["variation"] != "common").to_numpy()]
    named = f": {_named(flagged)}" if len(flagged) else ""
    if not len(flagged) and (before := groups[earlier(chart) >= 0]).size:
        named = f". Earlier signals: {_named(before)}"
    many = f"{len(groups)} {chart.about.title}s side by side" if len(groups) > 1 else (
        f"One {chart.about.title}"
    )  # fmt: skip
    said = f"{message(chart)}{named}. {many}, one for each {by}"
    centre = chart.icons["centre"].to_numpy(dtype=np.float64)
    centre = centre[np.isfinite(centre)]
    if not chart.about.aims or not len(centre):
        return f"{said}."
    run = numbers(chart).range(float(centre.min()), float(centre.max()))
    return f"{said}; their latest {chart.about.centre}s run from {run}."
