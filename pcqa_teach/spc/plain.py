"""The chart as plain values that `json.dump` takes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.spc.result import Chart


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
