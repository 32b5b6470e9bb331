"""The frames that a chart shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.spc.icons import NEUTRAL, VERDICTS, assurance
from pcqa_teach.spc.kinds.base import TRIAL, Kind, Lines
from pcqa_teach.spc.phases import Phases
from pcqa_teach.spc.segments import Bools, Codes, Floats, Ints, Segments
from pcqa_teach.spc.series import Series

EDGES = ("centre", "lower", "upper", "lower2", "upper2")
SECOND = "lower_sum"
_VERDICT = pd.CategoricalDtype(list(VERDICTS))
POINTS = ("x", "y", SECOND, "n", "phase", *EDGES, "signal", "verdict")
LIMITS = ("phase", "centre", "lower", "upper", "sigma", "mr_bar", "sigma_z", "points", "trial")
ICONS = ("variation", "assurance", "latest_x", "latest_y", "centre", "lower", "upper", "target")
OWN = frozenset({*POINTS, *LIMITS, *ICONS})  # names that no column of by= may have


@dataclass(frozen=True)
class Drawn:
    """What is plotted and the lines it is seen against, on the scale that is shown."""

    y: Floats
    second: Floats | None
    edges: Mapping[str, Floats]

    def rows(self, segments: Segments) -> dict[str, Floats]:
        """Give every line row by row."""
        return {name: segments.spread(line) for name, line in self.edges.items()}

    @classmethod
    def of(cls, kind: Kind, y: Floats, second: Floats | None, lines: Lines) -> Drawn:
        """Bring the lines back to the scale that is shown."""
        edges = {"centre": lines.centre}
        for name, sigmas in zip(EDGES[1:], (-3, 3, -2, 2), strict=True):
            edges[name] = lines.edge(sigmas)
            if abs(sigmas) == 2 and not kind.band:
                edges[name] = np.full_like(edges[name], np.nan)
        if kind.scale is not None:
            edges = {name: kind.scale.back(line) for name, line in edges.items()}
        return cls(y, second, edges)


def by_columns(series: Series, rows: Ints | None = None) -> dict[Any, Any]:
    """Give the `by` columns of each series, or of rows that belong to these ones."""
    each = _levels(series.groups)
    return {name: one if rows is None else one.take(rows) for name, one in each.items()}


def _by_rows(series: Series) -> dict[Any, Any]:
    """Give the `by` columns row by row."""
    return {
        name: series.labels[name] if name in series.labels else one.take(series.group)
        for name, one in _levels(series.groups).items()
    }


def _levels(groups: pd.Index[Any]) -> dict[Any, pd.Index[Any]]:
    if len(groups) == 0:
        return {}
    if isinstance(groups, pd.MultiIndex):
        return {groups.names[i]: groups.get_level_values(i) for i in range(groups.nlevels)}
    return {groups.name: groups}


def point_frame(
    series: Series,
    drawn: Drawn,
    lines: Mapping[str, Floats],
    phases: Phases,
    codes: Mapping[str, Codes],
    signal: Bools,
    verdict: Codes,
) -> pd.DataFrame:
    """Give a row a point."""
    segments, size = phases.segments, len(drawn.y)
    second = {} if drawn.second is None else {SECOND: drawn.second}
    return pd.DataFrame(
        {
            **_by_rows(series),
            "x": series.x.copy(),
            "y": drawn.y.copy(),
            **second,
            "n": np.full(size, np.nan) if series.n is None else series.n.copy(),
            "phase": segments.spread(phases.number),
            **{name: lines[name] for name in EDGES},
            **{name: code != 0 for name, code in codes.items()},
            "signal": signal,
            "verdict": pd.Categorical.from_codes(verdict, dtype=_VERDICT),
        },
        copy=False,
    )


def limit_frame(
    series: Series, drawn: Drawn, lines: Lines, phases: Phases, base: Bools
) -> pd.DataFrame:
    """Give a row a phase; where lines step from point to point, those of its latest point."""
    segments = phases.segments
    count = segments.count(base)
    none = np.full(len(count), np.nan)
    bar = none if lines.ranges is None else lines.ranges.bar
    wide = {} if lines.sigma_z is None else {"sigma_z": lines.sigma_z}

    def last(line: Floats) -> Floats:
        return line if len(line) == len(count) else line[_latest(drawn.y, segments)]

    return pd.DataFrame(
        {
            **by_columns(series, series.group[segments.starts]),
            "phase": phases.number,
            **{name: last(drawn.edges[name]) for name in ("centre", "lower", "upper")},
            "sigma": last(lines.sigma),
            "mr_bar": bar,
            **wide,
            "points": np.asarray(count, dtype=np.int64),
            "trial": count < TRIAL,
        }
    )


def _latest(y: Floats, segments: Segments) -> Ints:
    """Find the last row of each stretch that holds a value, or its first row."""
    there = np.isfinite(y)
    if there[segments.ends].all():
        return segments.ends
    rows = np.where(there, np.arange(len(y)), -1)
    return np.maximum(np.maximum.reduceat(rows, segments.starts), segments.starts)


def icon_frame(
    series: Series,
    drawn: Drawn,
    limits: pd.DataFrame,
    phases: Phases,
    verdict: Codes,
    whole: Bools,
    targets: Floats,
    improvement: str | None,
) -> pd.DataFrame:
    """Give each series its latest point, its last limits and target, and the two icons."""
    groups = Segments(series.group_starts, len(drawn.y))
    latest = _latest(drawn.y, groups)
    last = np.searchsorted(phases.segments.starts, groups.ends, side="right") - 1
    code = np.where(np.isfinite(drawn.y[latest]), verdict[latest], 0)
    if whole.any():
        of_phase = phases.segments.count(whole)[last] > 0
        code = np.where((code == 0) & of_phase, NEUTRAL, code)
    centre, lower, upper = (limits[name].to_numpy()[last] for name in ("centre", "lower", "upper"))
    target = targets[groups.ends]
    held = assurance(lower, upper, target, improvement)
    return pd.DataFrame(
        {
            **by_columns(series),
            "variation": pd.Categorical.from_codes(code, dtype=_VERDICT),
            "assurance": pd.Series(held, dtype=object),
            "latest_x": series.x[latest],
            "latest_y": drawn.y[latest],
            "centre": centre,
            "lower": lower,
            "upper": upper,
            "target": target,
        }
    )
