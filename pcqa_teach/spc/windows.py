"""Windows on the data, one a group, and where each stands on the sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from pcqa_teach.spc.chart_tables import SECOND
from pcqa_teach.spc.places import cells
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats, Ints
from pcqa_teach.spc.words import numbers

_LINES = ("y", "lower", "upper", "centre")


@dataclass(frozen=True)
class Windows:
    """What each group's panel shows, from edge to edge, and its place in inches.

    Parameters
    ----------
    x0, x1, y0, y1 : arrays of float, one a group, in the data's units
    group : array of int, the group of each row
    left, bottom : arrays of float, one a group, in inches; None: the axes' own units are the data's
    wide, tall : inches of every panel
    """

    x0: Floats
    x1: Floats
    y0: Floats
    y1: Floats
    group: Ints
    left: Floats | None = None
    bottom: Floats | None = None
    wide: float = 1.0
    tall: float = 1.0

    def x(self, values: Floats, which: Ints | None = None) -> Floats:
        """Take values of x, of the groups `which` (None: a value a row), to the axes."""
        if self.left is None:
            return values
        own = self.group if which is None else which
        span = (self.x1 - self.x0)[own]
        return self.left[own] + (values - self.x0[own]) / span * self.wide

    def y(self, values: Floats, which: Ints | None = None) -> Floats:
        """Take values of y to the axes, as `x` does."""
        if self.bottom is None:
            return values
        own = self.group if which is None else which
        span = (self.y1 - self.y0)[own]
        return self.bottom[own] + (values - self.y0[own]) / span * self.tall

    def at(self, left: Floats, bottom: Floats, wide: float, tall: float) -> Windows:
        """Give the same windows, placed on a sheet."""
        return replace(self, left=left, bottom=bottom, wide=wide, tall=tall)


def windows(chart: Chart, *, free_y: bool = False) -> Windows:
    """Choose what each panel shows: one x for all, one y for all unless `free_y`."""
    begin, end = cells(chart)
    starts = chart.workings.series.group_starts
    count = len(starts)
    names = [name for name in (*_LINES, SECOND) if name in chart.points]
    say = numbers(chart)
    lines = [chart.points["y"].to_numpy(dtype=np.float64), chart.workings.targets]
    lines += [say.within(chart.points[name].to_numpy(dtype=np.float64)) for name in names[1:]]
    low = np.fmin.reduceat(np.fmin.reduce(lines), starts)
    high = np.fmax.reduceat(np.fmax.reduce(lines), starts)
    known = np.isfinite(low)
    if not free_y or not known.all():
        least, most = (low[known].min(), high[known].max()) if known.any() else (0.0, 1.0)
        low = np.where(known & free_y, low, least)
        high = np.where(known & free_y, high, most)
    room = high - low
    room = np.where(room > 0, room, np.where(high != 0, np.abs(high), 1.0))
    foot = 0.11 if chart.workings.series.holiday is not None else 0.07
    return Windows(
        np.full(count, begin.min()),
        np.full(count, end.max()),
        low - room * foot,
        high + room * 0.07,
        chart.workings.series.group,
    )
