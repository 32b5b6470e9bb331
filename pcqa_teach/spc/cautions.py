"""Honest words on what a chart cannot judge well: one list, a family of warnings a file."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.caution_counts import (
    between_subgroups,
    denominators,
    dispersion,
    rarely,
    small_counts,
)
from pcqa_teach.spc.caution_patterns import alike, lag_one, lopsided, seasons, ties
from pcqa_teach.spc.limits import TRIAL
from pcqa_teach.spc.phases import NO_REASON
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.words import missing, numbers, period, points_said

__all__ = ["cautions", "lag_one"]

_DATES = 8  # that are named
_RUNS = {"shift", "trend", "anhoej"}


def cautions(chart: Chart) -> list[str]:
    """Say what makes this chart less sure than it looks."""
    return [
        *_short(chart),
        *_baseline(chart),
        *_flat(chart),
        *_beyond(chart),
        *_gaps(chart),
        *_left_out(chart),
        *_unexplained(chart),
        *rarely(chart),
        *small_counts(chart),
        *dispersion(chart),
        *between_subgroups(chart),
        *denominators(chart),
        *ties(chart),
        *lopsided(chart),
        *alike(chart),
        *seasons(chart),
        *_suits(chart),
    ]


def _short(chart: Chart) -> list[str]:
    said = []
    few = chart.limits["trial"].to_numpy() & (chart.limits["points"].to_numpy() > 0)
    for _, row in chart.limits[few].iterrows():
        count = int(row["points"])
        where = f"Phase {row['phase']} has" if len(chart.limits) > 1 else (
            "There is" if count == 1 else "There are"
        )  # fmt: skip
        what = "lines" if chart.kind == "run" else "limits"
        said.append(
            f"{where} only {points_said(count)} to work from:"
            f" fewer than {TRIAL} make trial {what} that will still move."
        )
    return said


def _baseline(chart: Chart) -> list[str]:
    """Say which phases have fewer values than the baseline asks for."""
    said = []
    for number in chart.limits["phase"][chart.workings.phases.short]:
        where = f"Phase {number} has" if len(chart.limits) > 1 else "There are"
        what = f"{chart.about.centre} comes" if chart.kind == "run" else "limits come"
        said.append(
            f"{where} fewer values than the baseline asks for: the {what} from all there are."
        )
    return said


def _flat(chart: Chart) -> list[str]:
    """Say why there are no limits."""
    if chart.kind == "run":
        return []
    said = []
    for _, row in chart.limits[~np.isfinite(chart.limits["sigma"].to_numpy())].iterrows():
        if row["points"] == 0:
            continue
        where = f"Phase {row['phase']}" if len(chart.limits) > 1 else "The series"
        said.append(f"{where} has no limits: {_why_flat(chart, float(row['mr_bar']))}")
    return said


def _why_flat(chart: Chart, ranges: float) -> str:
    if chart.about.grouped:
        return "the values within a subgroup never differ, so there is nothing to judge by."
    if chart.about.holds == "yes-no":
        return (
            "the baseline has no event, or nothing else: give the usual risk, as in"
            " settings={'p0': 0.02}."
        )
    if not chart.about.ranged:
        return "every count is 0, or all there is, and chance would leave it there."
    if ranges == 0:
        return (
            "neighbouring values never differ, so there is no variation"
            " to judge by. Is it a real measurement, or a number that is carried forward?"
        )
    return "it needs at least two neighbouring values."


def _beyond(chart: Chart) -> list[str]:
    """Say when a limit works out where no value can be, or none is."""
    say, last = numbers(chart), chart.limits.iloc[-1]
    if not chart.about.aims:
        return []
    raw = np.array([last["lower"], last["upper"]], dtype=np.float64)
    if not say.share and raw[0] < say.least:
        return [
            f"The lower limit works out at {say(float(raw[0]))}. No value here is below 0, so it is"
            " said and drawn as 0: if this cannot be below 0, there is no lower limit, and no low"
            " value can be a signal by itself."
        ]
    edges = zip(("lower", "upper"), raw, say.within(raw), strict=True)
    return [
        f"The {name} limit works out at {say(value)}, where no share can be: it is drawn at"
        f" {edge:.0f}%, and no value can cross it."
        for name, value, edge in edges
        if np.isfinite(value) and value != edge
    ]


def _gaps(chart: Chart) -> list[str]:
    gone = missing(chart)
    if not gone:
        return []
    said = f"{gone} value{'s are' if gone > 1 else ' is'} missing: shown as a gap, never filled in."
    if chart.ranges is not None:
        said += " The moving ranges beside a gap are not used."
    if _RUNS & {rule.name for rule in chart.rules}:
        said += " A run goes on across it."
    return [said]


def _left_out(chart: Chart) -> list[str]:
    out = np.flatnonzero(chart.workings.phases.excluded)
    if not len(out):
        return []
    every, x = period(chart), chart.points["x"].to_numpy()
    dates = ", ".join(every.say(x[row]) for row in out[:_DATES])
    more = f" and {len(out) - _DATES} more" if len(out) > _DATES else ""
    return [f"Left out of the limits and of runs by hand, and still shown: {dates}{more}."]


def _unexplained(chart: Chart) -> list[str]:
    """Ask for the reason of a phase that has none."""
    numbers_of = chart.limits["phase"][chart.workings.phases.reasons == NO_REASON].tolist()
    if not numbers_of:
        return []
    which = f"Phase {numbers_of[0]} begins" if len(numbers_of) == 1 else (
        f"Phases {', '.join(map(str, numbers_of[:-1]))} and {numbers_of[-1]} begin"
    )  # fmt: skip
    return [
        f"{which} without a stated reason. New limits can hide a change as well as show one: write"
        " down what changed, and when."
    ]


def _suits(chart: Chart) -> list[str]:
    if chart.kind != "mr" or not np.isfinite(chart.limits["sigma"].iloc[-1]):
        return []
    upper = numbers(chart)(float(chart.limits["upper"].iloc[-1]))
    return [
        "Neighbouring moving ranges share a value, so runs among them mean nothing: only points"
        f" above {upper} are read as a signal."
    ]
