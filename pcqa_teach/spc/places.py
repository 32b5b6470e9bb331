"""Where the rows of a chart lie: along x, from edge to edge, line by line; numbers alone."""

from __future__ import annotations

from typing import Any

import numpy as np

from pcqa_teach.spc.chart_tables import SECOND
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Bools, Floats, Ints, Segments


def places(chart: Chart) -> Floats:
    """Give x as matplotlib counts it: in days where x holds dates."""
    return as_places(chart, chart.workings.series.x)


def as_places(chart: Chart, x: Any) -> Floats:
    """Give values of x as matplotlib counts them."""
    if chart.workings.series.dated:
        from matplotlib import dates

        count: Any = dates  # matplotlib's dates carry no types
        x = count.date2num(x)
    return np.asarray(x, dtype=np.float64)


def cells(chart: Chart) -> tuple[Floats, Floats]:
    """Give where each row's stretch of x begins and ends: half way to its neighbours."""
    x, starts = places(chart), chart.workings.series.group_starts
    step = np.diff(x, prepend=np.nan)
    step[starts] = np.nan
    known = np.isfinite(step)
    groups = Segments(starts, len(x))
    half = groups.median(step, known) / 2
    usual = float(np.median(step[known])) / 2 if known.any() else 0.5
    half[np.isnan(half)] = usual
    begin = np.where(known, x - step / 2, x - groups.spread(half))
    end = np.append(begin[1:], np.nan)
    end[groups.ends] = x[groups.ends] + half
    return begin, end


def heights(chart: Chart) -> Floats:
    """Give the level of each point; of the two sums of a CUSUM chart, the one further from 0."""
    y = chart.points["y"].to_numpy(dtype=np.float64)
    if SECOND not in chart.points:
        return y
    second = chart.points[SECOND].to_numpy(dtype=np.float64)
    return np.where(-second > y, second, y)


def stepped(begin: Floats, end: Floats, level: Floats, starts: Ints) -> tuple[Floats, Floats]:
    """Give the corners of a line that may step from row to row and breaks at `starts`.

    >>> x, y = stepped(*np.array([[0., 1, 2], [1, 2, 3], [5, 5, 7]]), np.array([0]))
    >>> x.tolist(), y.tolist()
    ([0.0, 2.0, 2.0, 3.0], [5.0, 5.0, 7.0, 7.0])
    """
    x = np.column_stack([begin, end]).ravel()
    y = np.repeat(level, 2)
    turns = np.ones(len(y), dtype=bool)
    turns[1:-1] = (y[1:-1] != y[:-2]) | (y[1:-1] != y[2:])
    turns[2 * starts] = True
    turns[2 * starts[1:] - 1] = True
    breaks = np.searchsorted(np.flatnonzero(turns), 2 * starts[1:])
    return np.insert(x[turns], breaks, np.nan), np.insert(y[turns], breaks, np.nan)


def apart(values: Floats, starts: Ints) -> Floats:
    """Put a gap before each start but the first, so that a line breaks there.

    >>> apart(np.array([1.0, 2.0, 3.0]), np.array([0, 2])).tolist()
    [1.0, 2.0, nan, 3.0]
    """
    return np.insert(values, starts[1:], np.nan)


def latest(chart: Chart) -> Ints:
    """Give the last row of each group that holds a value, -1 where none does.

    A row is counted in the chart's points.
    """
    seen = np.isfinite(chart.points["y"].to_numpy())
    rows = np.where(seen, np.arange(len(seen)), -1)
    return np.maximum.reduceat(rows, chart.workings.series.group_starts)


def signs(chart: Chart) -> Ints:
    """Say of each group whether its latest point's signal is high (+1), low (-1) or none (0)."""
    rows = latest(chart)
    up = chart.workings.up[rows] & (rows >= 0)
    down = chart.workings.down[rows] & (rows >= 0)
    both = 1 if chart.improvement == "up" else -1
    return np.where(up & down, both, up.astype(np.int64) - down.astype(np.int64))


def both_ways(chart: Chart) -> Bools:
    """Say which points are an improvement and a concern at once."""
    if chart.improvement is None:
        return np.zeros(len(chart.points), dtype=bool)
    seen: Bools = np.isfinite(chart.points["y"].to_numpy(dtype=np.float64))
    return chart.workings.up & chart.workings.down & seen
