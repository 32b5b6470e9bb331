"""A chart in other shapes: the chart of one group, and plain values that `json.dump` takes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.result import Chart, Workings
from pcqa_teach.spc.segments import Segments


def pick(chart: Chart, group: Any) -> Chart:
    """Give the chart of one group, as it would be made from that group's rows alone."""
    groups = chart.workings.series.groups.tolist()
    group = tuple(group) if isinstance(group, list) else group
    if chart.by is None or group not in groups:
        raise ChartError("There is no such group in this chart: chart.icons lists them.")
    return nth(chart, groups.index(group))


def nth(chart: Chart, place: int) -> Chart:
    """Give the chart of the group in place `place`, counting from 0."""
    work = chart.workings
    series, phases, data = work.series, work.phases, work.data
    start, stop = (int(row) for row in np.searchsorted(series.group, [place, place + 1]))
    rows = slice(start, stop)
    first, last = np.searchsorted(phases.segments.starts, [start, stop])
    those = slice(int(first), int(last))
    segments = Segments(phases.segments.starts[those] - start, stop - start)
    part = replace(
        series.rows(rows), group=np.zeros(stop - start, dtype=np.int64), groups=pd.Index([])
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
    inner = replace(
        data, y=part.y, base=data.base[rows], segments=segments, n=part.n,
        skip=own_phases.excluded, sd=part.sd, span=part.span,
    )  # fmt: skip
    codes = {name: code[rows] for name, code in work.codes.items()}
    working = Workings(
        part, own_phases, inner, codes, work.up[rows], work.down[rows], work.whole[rows],
        work.targets[rows], work.unit,
    )  # fmt: skip
    columns = chart.by_columns
    return replace(
        chart,
        points=_own(chart.points.iloc[rows], columns),
        limits=_own(chart.limits.iloc[those], columns),
        icons=_own(chart.icons.iloc[place : place + 1], columns),
        by=None,
        title=f"{chart.title}, {chart.group_names[place]}",
        annotations=tuple(
            replace(one, group=None) for one in chart.annotations if one.group in (None, place)
        ),
        workings=working,
    )


def _own(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return frame.drop(columns=columns).reset_index(drop=True)


_SHOWN = {
    "points": ("y", "centre", "lower", "upper", "lower2", "upper2"),
    "limits": ("centre", "lower", "upper", "sigma"),
    "icons": ("latest_y", "centre", "lower", "upper", "target"),
}


def shown(chart: Chart) -> Chart:
    """Give the chart as it is said and drawn: shares between 0 and 1 in per cent.

    Its numbers are a hundred times those of the chart; any other chart is given back as it is.
    """
    if not (chart.about.share and chart.about.rate and chart.per == 1):
        return chart
    frames = {
        name: frame.assign(**{column: frame[column] * 100 for column in columns})
        for name, columns in _SHOWN.items()
        for frame in [getattr(chart, name)]
    }
    targets = replace(chart.workings, targets=chart.workings.targets * 100)
    return replace(chart, **frames, unit="%", per=100, workings=targets)


def to_dict(chart: Chart) -> dict[str, Any]:
    """Give what was asked for, the frames as lists of records, and the words."""
    return {
        "kind": chart.kind,
        "rules": [rule.name for rule in chart.rules],
        "preset": chart.preset,
        "improvement": chart.improvement,
        "by": chart.by if chart.by is None or isinstance(chart.by, str) else list(chart.by),
        "title": chart.title,
        "unit": chart.unit,
        "screen": chart.screen,
        "constants": chart.constants,
        "per": chart.per,
        "settings": {name: _plain(value) for name, value in chart.settings.items()},
        "annotations": [
            {"x": _plain(one.x), "text": one.text, "group": one.group} for one in chart.annotations
        ],
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
