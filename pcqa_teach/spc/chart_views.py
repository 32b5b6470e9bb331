"""A chart in other shapes: the chart of one group, and plain values that `json.dump` takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.limits import Data
from pcqa_teach.spc.result import Chart, Workings
from pcqa_teach.spc.segments import Segments


def pick(chart: Chart, group: Any) -> Chart:
    """Give the chart of one group, as it would be made from that group's rows alone."""
    groups = chart.workings.series.groups
    if chart.by is None or group not in groups:
        raise ChartError("There is no such group in this chart: chart.icons lists them.")
    return nth(chart, groups.tolist().index(group))


def nth(chart: Chart, place: int) -> Chart:
    """Give the chart of the group in place `place`, counting from 0."""
    work = chart.workings
    series, phases, data = work.series, work.phases, work.data
    start, stop = np.searchsorted(series.group, [place, place + 1])
    rows = slice(int(start), int(stop))
    first, last = np.searchsorted(phases.segments.starts, [start, stop])
    those = slice(int(first), int(last))
    segments = Segments(phases.segments.starts[those] - start, int(stop - start))
    part = replace(
        series,
        x=series.x[rows],
        y=series.y[rows],
        n=None if series.n is None else series.n[rows],
        group=np.zeros(int(stop - start), dtype=np.int64),
        groups=pd.Index([]),
        holiday=None if series.holiday is None else series.holiday[rows],
    )
    own_phases = replace(
        phases,
        segments=segments,
        number=phases.number[those],
        reasons=phases.reasons[those],
        short=phases.short[those],
        base=phases.base[rows],
        excluded=phases.excluded[rows],
    )
    inner = Data(
        part.y, data.base[rows], segments, data.screen, data.ratio, part.n, own_phases.excluded
    )
    codes = {name: code[rows] for name, code in work.codes.items()}
    working = Workings(
        part, own_phases, inner, codes, work.up[rows], work.down[rows], work.whole[rows],
        work.targets[place : place + 1],
    )  # fmt: skip
    name = str(series.groups[place])
    return replace(
        chart,
        points=_own(chart.points.iloc[rows], chart.by),
        limits=_own(chart.limits.iloc[those], chart.by),
        icons=_own(chart.icons.iloc[place : place + 1], chart.by),
        by=None,
        title=f"{chart.title}, {name}",
        workings=working,
    )


def _own(frame: pd.DataFrame, by: str | None) -> pd.DataFrame:
    return frame.drop(columns=by).reset_index(drop=True)


def to_dict(chart: Chart) -> dict[str, Any]:
    """Give what was asked for, the frames as lists of records, and the words."""
    return {
        "kind": chart.kind,
        "rules": [rule.name for rule in chart.rules],
        "preset": chart.preset,
        "improvement": chart.improvement,
        "by": chart.by,
        "title": chart.title,
        "unit": chart.unit,
        "screen": chart.screen,
        "constants": chart.constants,
        "message": chart.message,
        "alt_text": chart.alt_text,
        "explain": chart.explain(),
        "notes": list(chart.notes),
        "icons": _records(chart.icons),
        "limits": _records(chart.limits),
        "points": _records(chart.points),
    }


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    columns = {str(name): [_plain(value) for value in frame[name]] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _plain(value: Any) -> Any:
    if value is None or value is pd.NaT or value is pd.NA:
        return None
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value) if np.isfinite(value) else None
    if isinstance(value, pd.Timestamp | np.datetime64):
        day = pd.Timestamp(value)
        return day.date().isoformat() if day == day.normalize() else day.isoformat()
    return str(value)
