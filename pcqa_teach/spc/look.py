"""Where a cause may be found: a suggestion, never a phase started for the reader."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.chart_tables import SECOND
from pcqa_teach.spc.episodes import Episode
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.words import period

_MOST = 6  # dates that are named


def where_to_look(chart: Chart, found: list[Episode]) -> list[str]:
    """Suggest where a cause may be found."""
    said = [*_lasting(chart, found), *_lone(chart, found)]
    if chart.workings.whole.any():
        said.append("Look for a slow drift or a lasting change rather than at single points.")
    fired = {one.rule for one in found}
    said += [rule.look for rule in chart.rules if rule.look and rule.name in fired]
    judged = np.isfinite(chart.limits["sigma"]).all() and not chart.limits["trial"].any()
    if not said and judged and chart.rules and not chart.points["signal"].any():
        said.append(
            "Nothing points to a special cause: asking about single points would be chasing chance."
            " To do better, change the process as a whole."
        )
    return said


def _lasting(chart: Chart, found: list[Episode]) -> list[str]:
    """Say where runs begin, and where running totals left zero."""
    every, x = period(chart), chart.points["x"]
    starts = {int(start) for start in chart.workings.phases.segments.starts}
    runs = [one for one in found if one.rule in ("shift", "anhoej") and not one.of_phase]
    said = [
        f"Look at what changed {every.on(x[one.first])} or just before, where {len(one.rows)}"
        f" points in a row {'above' if one.sign > 0 else 'below'} the {chart.about.centre} begin."
        for one in runs
        if one.first not in starts
    ]
    left = _left_zero(chart, found)
    said += [
        f"Look at what changed {every.on(x[row])} or just before, where a running total left 0 and"
        " then went on past its alarm line."
        for row in left
    ]
    if runs or left:
        said.append(
            "Only when the cause is known and the change is meant to last is it time for new"
            " limits, with the date and the reason written beside them."
        )
    return said


def _left_zero(chart: Chart, found: list[Episode]) -> list[int]:
    """Find the points at which totals that went past a limit began."""
    if chart.about.aims:
        return []
    begun: dict[int, None] = {}
    for one in found:
        if one.rule != "outside":
            continue
        column = SECOND if one.sign < 0 and SECOND in chart.points else "y"
        level = chart.points[column].to_numpy(dtype=np.float64)[: one.first + 1]
        phase = chart.points["phase"].to_numpy()[: one.first + 1]
        same = np.flatnonzero((phase == phase[-1]) & np.isfinite(level))
        zero = same[level[same] == 0]
        after = same[same > zero[-1]] if len(zero) else same
        begun[int(after[0])] = None
    return list(begun)[:_MOST]


def _lone(chart: Chart, found: list[Episode]) -> list[str]:
    """Ask about the points outside the limits."""
    lone = [one for one in found if one.rule == "outside"] if chart.about.aims else []
    if not lone:
        return []
    every, x = period(chart), chart.points["x"]
    places = [x[one.first] for one in lone]
    if len(places) > _MOST:
        return [f"Ask what was different {every.on(*places[:_MOST], more='later')}."]
    return [f"Ask what was different {every.on(*places)}."]
