"""Phases, frozen baselines and points left out: which rows the limits come from.

Nothing here looks at the values: a phase starts where the caller says, never by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.segments import Bools, Ints, Segments
from pcqa_teach.spc.series import Series

_NONE = np.zeros(0, dtype=np.int64)
NO_REASON = "rebased without a stated reason"


@dataclass(frozen=True)
class Phases:
    """Every phase of every series.

    Parameters
    ----------
    segments : where each phase starts
    number : array of int, one a phase: 1 for the first of its series
    reasons : why phase 2, 3, ... begins
    base : array of bool, the rows that limits come from (missing values too)
    excluded : array of bool, the rows left out by hand
    frozen : whether the baseline is only part of a phase
    """

    segments: Segments
    number: Ints
    reasons: tuple[str, ...]
    base: Bools
    excluded: Bools
    frozen: bool


def phases(series: Series, *, rebase: Any, baseline: Any, exclude: Any) -> Phases:
    """Cut the series into phases and say where each phase's limits come from.

    A place is a date (or, where x holds numbers, a value of x); where x holds dates, a whole
    number k stands for the point after the first k. A baseline is the first k points of each
    phase, everything up to a date, or everything between two dates (both included); a phase
    without a point in those dates uses all of its own.
    """
    size = len(series.y)
    position = Segments(series.group_starts, size).position() if rebase or exclude else _NONE
    number = np.ones(size, dtype=np.int64)
    ends = np.append(series.group_starts[1:], size) - 1
    wanted = _reasons(rebase)
    reached = [_from(series, position, place, "rebase") for place in wanted]
    for place, rows in zip(wanted, reached, strict=True):
        if not (rows[ends] & ~rows[series.group_starts]).any():
            raise ChartError(
                f"rebase={_said(place)} does not fall inside the data: give a date after the first"
                " point and not after the last."
            )
        number += rows
    order = sorted(range(len(reached)), key=lambda i: -int(reached[i].sum()))
    reasons = tuple(list(wanted.values())[i] for i in order)
    starts = series.group_starts
    if wanted:
        starts = np.union1d(starts, np.flatnonzero(np.diff(number, prepend=number[:1])))
    segments = Segments(starts, size)
    excluded = np.zeros(size, dtype=bool)
    for place in _places(exclude):
        rows = _at(series, position, place)
        if not rows.any():
            raise ChartError(
                f"exclude={_said(place)} is not a point of the data: give its date exactly."
            )
        excluded |= rows
    base = _baseline(series, segments, baseline)
    return Phases(segments, number[starts], reasons, base, excluded, not bool(base.all()))


def _reasons(rebase: Any) -> dict[Any, str]:
    if rebase is None:
        return {}
    if isinstance(rebase, Mapping):
        return {place: str(why).strip() or NO_REASON for place, why in rebase.items()}
    return dict.fromkeys(_places(rebase), NO_REASON)


def _places(given: Any) -> list[Any]:
    if given is None:
        return []
    if isinstance(given, str) or not isinstance(given, Iterable):
        return [given]
    return list(given)


def _from(series: Series, position: Ints, place: Any, what: str) -> Bools:
    """Say which rows lie at or after a place."""
    if series.dated and _whole(place):
        return np.asarray(position >= int(place))
    return np.asarray(series.x >= _value(series, place, what))


def _at(series: Series, position: Ints, place: Any) -> Bools:
    if series.dated and _whole(place):
        return np.asarray(position == int(place))
    return np.asarray(series.x == _value(series, place, "exclude"))


def _whole(place: Any) -> bool:
    return isinstance(place, int | np.integer) and not isinstance(place, bool | np.bool_)


def _value(series: Series, place: Any, what: str) -> Any:
    """Read a place in the units of x."""
    wrong = isinstance(place, bool)
    value: Any = None
    if series.dated:
        try:
            value = pd.to_datetime(place, dayfirst=isinstance(place, str) and "/" in place)
        except (ValueError, TypeError, OverflowError):
            wrong = True
        if wrong or not isinstance(value, pd.Timestamp):
            raise ChartError(
                f"{what}={_said(place)} is not a date: write it as '2024-03-31'."
            ) from None
        return value.tz_localize(None).to_datetime64()
    if wrong or not isinstance(place, int | float | np.number) or not np.isfinite(place):
        raise ChartError(f"{what}={_said(place)} is not a number, as the values of x are.")
    return place


def _baseline(series: Series, segments: Segments, baseline: Any) -> Bools:
    size = segments.size
    if baseline is None:
        return np.ones(size, dtype=bool)
    if _whole(baseline):
        if baseline < 2:
            raise ChartError(
                f"baseline={baseline} is too few: limits need at least 2 points, better 13."
            )
        if baseline > int(segments.lengths.max()):
            raise ChartError(
                f"baseline={baseline} asks for more points than the"
                f" {int(segments.lengths.max())} there are:"
                " ask for fewer, or leave it out to use them all."
            )
        return np.asarray(segments.position() < int(baseline))
    if isinstance(baseline, tuple | list):
        if len(baseline) != 2:
            raise ChartError(
                "baseline= takes a number of points, a last date, or (first date, last date)."
            )
        first, last = (_value(series, place, "baseline") for place in baseline)
        inside = (series.x >= first) & (series.x <= last)
    else:
        inside = series.x <= _value(series, baseline, "baseline")
    if not inside.any():
        raise ChartError("baseline= holds no point of the data: check its dates.")
    without = segments.count(np.asarray(inside)) == 0
    return np.asarray(inside | np.repeat(without, segments.lengths))


def _said(place: Any) -> str:
    if isinstance(place, pd.Timestamp | np.datetime64):
        return f"'{pd.Timestamp(place):%Y-%m-%d}'"
    return repr(place) if isinstance(place, str | int | float) else f"'{place}'"
