"""Targets and texts that are drawn on a chart: one for all, one a group, or changing over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.kinds.base import Kind
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.series import Series
from pcqa_teach.spc.when import each_group, reached, value_of, within


@dataclass(frozen=True)
class Annotation:
    """A text at a place of x; `group` counts the series from 0, None is for all of them."""

    x: Any
    text: str
    group: int | None = None


def read_targets(target: Any, series: Series, kind: Kind, share: bool) -> Floats:
    """Give the target that holds at each row, NaN where there is none.

    Raises
    ------
    ChartError
        A target is no number, names an unknown group, or means nothing on this kind of chart.
    """
    if target is None:
        return np.full(len(series.y), np.nan)
    if not kind.aims:
        raise ChartError(
            f"target= means nothing on {kind.called}, whose points are sums: leave it out."
        )
    if series.target is not None:
        found = series.target
    else:
        found = np.full(len(series.y), np.nan)
        for group, one in each_group(target, series):
            _set(found, one, series, group)
    if (share or kind.holds == "counts") and (found < 0).any():
        raise ChartError(
            f"target= is below 0, where {kind.called} can have no value: give 0 or more."
        )
    if share and (found > 1).any():
        raise ChartError(
            f"target= is above 1, and {kind.called} plots shares between 0 and 1: write 5% as 0.05."
        )
    return found


def _set(found: Floats, target: Any, series: Series, group: int | None) -> None:
    """Write one series' target, or that of all, from each date on."""
    rows = within(series, group)
    if not isinstance(target, Mapping):
        found[rows] = _number(target)
        return
    steps = [(key, _number(np.nan if one is None else one)) for key, one in target.items()]
    try:
        steps.sort(key=lambda step: value_of(series, step[0], "target"))
    except ChartError:
        if group is None:
            raise ChartError(
                "target= names a group that the data do not have, or something that is no date:"
                " give {group: number} for groups of by=, or {date: number}."
            ) from None
        raise
    for place, value in steps:
        found[reached(series, place, "target") & rows] = value


def _number(target: Any) -> float:
    real = isinstance(target, int | float | np.number) and not isinstance(target, bool)
    if not real or np.isinf(target):
        raise ChartError(
            "target= must be a number in the units of the measure, the name of a column,"
            " or {date: number}."
        )
    return float(target)


def read_annotations(given: Any, series: Series) -> tuple[Annotation, ...]:
    """Read {date: text}, or {group: {date: text}}, earliest first.

    Raises
    ------
    ChartError
        It is no mapping, or a date is none or lies outside the data.
    """
    if given is None:
        return ()
    found = []
    for group, one in each_group(given, series, lambda value: isinstance(value, Mapping)):
        if not isinstance(one, Mapping):
            raise ChartError("annotations= takes {date: text}, or {group: {date: text}}.")
        for place, text in one.items():
            found.append(_annotation(series, place, text, group))
    return tuple(sorted(found, key=lambda one: one.x))


def _annotation(series: Series, place: Any, text: Any, group: int | None) -> Annotation:
    if isinstance(text, Mapping):
        raise ChartError("annotations= names a group that the data do not have.")
    x = value_of(series, place, "annotations")
    if not series.x.min() <= x <= series.x.max():
        raise ChartError(
            f"annotations= has a date outside the data ({place}): give one between the first point"
            " and the last."
        )
    return Annotation(x, str(text).strip(), group)
