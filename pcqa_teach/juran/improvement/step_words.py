"""What a process map says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.sayings import counted, percent, plain

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement.steps import ProcessMap

_HOUR, _DAY = 60.0, 1440.0
_LITTLE = 0.25  # of the time: our own limit


def duration(minutes: float) -> str:
    """Say a length of time in the unit that fits it; a day is 24 hours.

    >>> [duration(minutes) for minutes in (3, 90, 150, 2880, 0.5)]
    ['3 min', '90 min', '2.5 h', '2 days', '0.5 min']
    """
    if minutes < 2 * _HOUR:
        return f"{plain(round(minutes, 1))} min"
    if minutes < 2 * _DAY:
        return f"{plain(round(minutes / _HOUR, 1))} h"
    return f"{plain(round(minutes / _DAY, 1))} days"


def map_message(result: ProcessMap) -> str:
    """Say how much of the time is work."""
    return (
        f"{result.title}: {duration(result.touch_time)} of work in {duration(result.lead_time)},"
        f" {percent(result.lead_time - result.touch_time, result.lead_time)} of it waiting"
    )


def map_alt(result: ProcessMap) -> str:
    """Say the steps, who does them, and the longest wait."""
    steps = result.steps
    named = [f"{row['step']} ({row['role']})" for row in steps.head(6).to_dict("records")]
    more = f", and {len(steps) - 6} more" if len(steps) > 6 else ""
    return (
        f"Process map of {counted(len(steps), 'step')} in {counted(len(result.roles), 'lane')}."
        f" {map_message(result)}. {', '.join(named)}{more}. {_longest(result)}"
    )


def map_explain(result: ProcessMap) -> str:
    """Say the sums, the longest wait and the handovers."""
    steps = result.steps
    worth = float(steps["touch"].where(steps["value"], 0).sum())
    lines = [
        f"{map_message(result)}.",
        f"Waiting {duration(float(steps['wait'].sum()))} + work {duration(result.touch_time)}"
        f" = {duration(result.lead_time)} from start to end.",
        f"Process-cycle efficiency: {plain(worth)} minutes that add value"
        f" / {plain(result.lead_time)} minutes = {_precise(result.efficiency)}%.",
        _longest(result),
        f"The work is handed over {counted(result.handovers, 'time')}.",
    ]
    if steps["value"].all():
        lines.append("No step was marked as adding no value, so all work counts as value.")
    if result.touch_time < _LITTLE * result.lead_time:
        lines.append("Working faster hardly helps here; look at the waits and handovers first.")
    else:
        lines.append("Most of the time is work: ask which steps could be left out.")
    return "\n".join(lines)


def _longest(result: ProcessMap) -> str:
    waits = result.steps["wait"]
    if not waits.gt(0).any():
        return "No wait was given."
    row = result.steps.iloc[int(waits.to_numpy().argmax())]
    return f"The longest wait is {duration(float(row['wait']))}, before: {row['step']}."


def _precise(share: float) -> str:
    return f"{share:.1f}" if share >= 1 or share == 0 else f"{share:.2g}"
