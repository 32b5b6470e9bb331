"""How a chart's numbers are said: their decimals, their unit, and what they cannot go below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pcqa_teach.spc.numbers import Numbers
from pcqa_teach.spc.places import heights
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Bools, Ints

_LINES = ("lower", "upper", "lower2", "upper2")


def numbers(chart: Chart) -> Numbers:
    """Choose how the chart's values are said."""
    sigma = chart.limits["sigma"].to_numpy()
    if chart.about.scale is not None:  # sigma is on another scale than the one that is shown
        edges = chart.limits[["lower", "upper"]].to_numpy(dtype=np.float64)
        near = np.abs(edges - chart.limits[["centre"]].to_numpy(dtype=np.float64))
        sigma = near.min(axis=1) / 3
    say = Numbers.of(sigma, chart.points["y"].to_numpy(), chart.unit)
    return replace(say, least=0.0) if not say.share and never_below_0(chart) else say


def never_below_0(chart: Chart) -> bool:
    """Say whether no value and no target is below 0, so that a limit there would mean nothing."""
    y = chart.points["y"].to_numpy(dtype=np.float64)
    return chart.about.aims and not ((y < 0).any() or (chart.workings.targets < 0).any())


def numbers_apart(chart: Chart, rows: Ints | Bools) -> Numbers:
    """Choose how values are said beside the lines that they passed: never as the same number."""
    y = heights(chart)[rows]
    lines = [chart.points[name].to_numpy(dtype=np.float64)[rows] for name in _LINES]
    return numbers(chart).apart(np.tile(y, len(lines)), np.concatenate(lines))


def measured(chart: Chart) -> Numbers:
    """Choose how the values behind the points are said, where the points are sums of them."""
    if chart.about.aims:
        return numbers(chart)
    return Numbers.of(np.array([]), chart.workings.series.y, chart.workings.unit)
