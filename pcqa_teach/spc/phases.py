"""Phases, frozen baselines and points left out: which rows the limits come from.

A phase starts where the caller says, never by itself; of the values only their number is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pcqa_teach.arguments import nothing
from pcqa_teach.errors import ChartError
from pcqa_teach.spc.segments import Bools, Ints, Segments
from pcqa_teach.spc.series import Series
from pcqa_teach.spc.when import at, each_group, places, reached, said, value_of, whole, within

NO_REASON = "rebased without a stated reason"


@dataclass(frozen=True)
class Phases:
    """Every phase of every series.

    Parameters
    ----------
    segments : where each phase starts
    number : array of int, one a phase: 1 for the first of its series
    reasons : array of str, one a phase: why it begins; empty for the first of its series
    base : array of bool, the rows that limits come from (missing values too)
    excluded : array of bool, the rows left out by hand
    frozen : whether the baseline is only part of a phase
    short : array of bool, one a phase: it has fewer values than the baseline asks for
    """

    segments: Segments
    number: Ints
    reasons: NDArray[Any]
    base: Bools
    excluded: Bools
    frozen: bool
    short: Bools


def cut_phases(series: Series, *, rebase: Any, baseline: Any, exclude: Any) -> Phases:
    """Cut the series into phases and say where each phase's limits come from.

    Places are as `when.py` reads them; `rebase` may be each group's own. A baseline is the first k
    values of each phase, everything up to a date, or everything between two dates (both included);
    a phase with fewer values, or with none in those dates, uses all of its own and is marked short.
    """
    segments, number, reasons = _cut(series, rebase)
    excluded = np.zeros(len(series.y), dtype=bool)
    for place in places(exclude):
        rows = at(series, place, "exclude")
        if not rows.any():
            raise ChartError(
                f"exclude={said(place)} is not a point of the data: give its date exactly."
            )
        excluded |= rows
    base, short = _baseline(series, segments, baseline)
    return Phases(segments, number, reasons, base, excluded, not bool(base.all()), short)


def _cut(series: Series, rebase: Any) -> tuple[Segments, Ints, NDArray[Any]]:
    """Start a phase at each place, in every series that has points on both sides of it."""
    size = len(series.y)
    begins = []
    wanted = [
        (place, why, group)
        for group, one in each_group(rebase, series, lambda own: not isinstance(own, str | None))
        for place, why in _reasons(one)
    ]
    for place, _, group in wanted:
        after = reached(series, place, "rebase")
        begin = after & within(series, group)
        begin[1:] &= ~after[:-1]
        begin[series.group_starts] = False
        if not begin.any():
            raise ChartError(
                f"rebase={said(place)} does not fall inside the data: give a date after the first"
                " point and not after the last."
            )
        begins.append(np.flatnonzero(begin))
    starts = series.group_starts
    if begins:
        starts = np.unique(np.concatenate([starts, *begins]))
    owner = np.searchsorted(series.group_starts, starts, side="right") - 1
    number = np.arange(len(starts)) - np.searchsorted(owner, owner) + 1
    reasons = np.full(len(starts), "", dtype=object)
    for (_, why, _), rows in zip(wanted, begins, strict=True):
        those = np.searchsorted(starts, rows)
        reasons[those] = [_both(before, why) for before in reasons[those]]
    return Segments(starts, size), number, reasons


def _both(before: str, why: str) -> str:
    """Join the reasons of two places between the same two points."""
    if not before or before in (why, NO_REASON):
        return why
    return before if why == NO_REASON else f"{before}; {why}"


def _reasons(rebase: Any) -> list[tuple[Any, str]]:
    if isinstance(rebase, Mapping):
        return [
            (place, NO_REASON if nothing(why) else str(why).strip())
            for place, why in rebase.items()
        ]
    return [(place, NO_REASON) for place in places(rebase)]


def _baseline(series: Series, segments: Segments, baseline: Any) -> tuple[Bools, Bools]:
    """Say which rows the limits come from, and which phases have fewer values than asked for."""
    if baseline is None:
        return np.ones(segments.size, dtype=bool), np.zeros(len(segments.starts), dtype=bool)
    there = np.isfinite(series.y)
    if whole(baseline):
        return _first(segments, there, int(baseline))
    if isinstance(baseline, tuple | list):
        if len(baseline) != 2:
            raise ChartError(
                "baseline= takes a number of points, a last date, or (first date, last date)."
            )
        first, last = (value_of(series, place, "baseline") for place in baseline)
        inside = (series.x >= first) & (series.x <= last)
    else:
        inside = series.x <= value_of(series, baseline, "baseline")
    if not (inside & there).any():
        raise ChartError("baseline= holds no value of the data: check its dates.")
    short = segments.count(np.asarray(inside & there)) == 0
    return np.asarray(inside | np.repeat(short, segments.lengths)), short


def _first(segments: Segments, there: Bools, wanted: int) -> tuple[Bools, Bools]:
    """Take the first so many values of each phase, counting no gap."""
    if wanted < 2:
        raise ChartError(f"baseline={wanted} is too few: limits need at least 2 points, better 13.")
    values = segments.count(there)
    if wanted > int(values.max()):
        raise ChartError(
            f"baseline={wanted} asks for more points than the {int(values.max())} there are:"
            " ask for fewer, or leave it out to use them all."
        )
    before: Ints = np.cumsum(there) - there
    before -= np.repeat(before[segments.starts], segments.lengths)
    return np.asarray(before < wanted), np.asarray(values < wanted)
