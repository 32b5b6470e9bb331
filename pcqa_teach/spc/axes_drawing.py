"""The axes themselves: matplotlib's own round one chart, or lines and letters round many."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.spc.date_axis import Dates, date_axis, locator, number_axis
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Bools, Floats, Ints
from pcqa_teach.spc.windows import Windows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SIZE = 8.5
_TICK = 0.05  # inches


def own_axes(ax: Axes, chart: Chart, on: Windows) -> None:
    """Set the axes of one chart to its window, with dates and values along them."""
    from matplotlib.ticker import FuncFormatter

    from pcqa_teach.spc.value_axis import value_locator

    ax.set_xlim(on.x0[0], on.x1[0])
    ax.set_ylim(on.y0[0], on.y1[0])
    if chart.workings.series.dated:
        date_axis(ax, float(on.x1[0] - on.x0[0]), 9)
    else:
        number_axis(ax, chart.workings.series.x.dtype.kind in "iu")
    ax.yaxis.set_major_locator(value_locator(chart, 6))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: said(value, chart)))


def said(value: float, chart: Chart) -> str:
    """Write a value along the y axis."""
    return f"{value:,.10g}{'%' if chart.unit == '%' else ''}"


def panel_axes(
    ax: Axes, chart: Chart, on: Windows, outer: Bools, lowest: Bools, ticks: tuple[int, int]
) -> None:
    """Draw the axes of every panel: dates under the `lowest`, values left of the `outer`.

    `ticks` is the most there may be along x and along y.
    """
    from matplotlib.collections import LineCollection

    x, labels = _along(chart, on, ticks[0])
    panels = np.arange(len(on.y0))
    levels, which, texts = _up(chart, on, ticks[1])
    left, right = on.x(on.x0[which], which), on.x(on.x1[which], which)
    height = on.y(levels, which)
    grid = np.stack([left, height, right, height], axis=1).reshape(-1, 2, 2)
    foot, top = on.y(on.y0, panels), on.y(on.y1, panels)
    begin, end = on.x(on.x0, panels), on.x(on.x1, panels)
    frame = np.stack([begin, top, begin, foot, end, foot], axis=1).reshape(-1, 3, 2)
    owner = np.repeat(panels, len(x))
    place = on.x(np.tile(x, len(panels)), owner)
    ticks_down = _ticks(place, foot[owner], 0.0, -_TICK)
    ticks_left = _ticks(left, height, -_TICK, 0.0)
    for lines, colour, wide, order in (
        (grid, COLOURS["grid"], 0.8, 0.5),
        (frame, COLOURS["muted"], 0.8, 2.5),
        (np.concatenate([ticks_down, ticks_left]), COLOURS["ink"], 0.7, 2.5),
    ):
        drawn = LineCollection(list(lines), colors=colour, linewidths=wide, zorder=order)
        ax.add_collection(drawn, autolim=False)
    look: Any = {"size": _SIZE, "color": COLOURS["ink"]}
    for row in np.flatnonzero(outer[which]):
        ax.text(
            left[row] - _TICK - 0.03, height[row], texts[row], ha="right", va="center_baseline",
            **look,
        )  # fmt: skip
    for panel in np.flatnonzero(lowest):
        for at, label in zip(on.x(x, np.full(len(x), panel)), labels, strict=True):
            ax.text(at, foot[panel] - _TICK - 0.03, label, ha="center", va="top", **look)


def _ticks(x: Floats, y: Floats, dx: float, dy: float) -> Floats:
    return np.stack([x, y, x + dx, y + dy], axis=1).reshape(-1, 2, 2)


def _along(chart: Chart, on: Windows, most: int) -> tuple[Floats, list[str]]:
    """Choose the ticks of x, which all panels share, and their labels."""
    begin, end = float(on.x0[0]), float(on.x1[0])
    if chart.workings.series.dated:
        from matplotlib import dates

        day: Any = dates.num2date
        at = np.asarray(locator(end - begin, most).tick_values(day(begin), day(end)))
        at = at[(at >= begin) & (at <= end)]
        return at, Dates().format_ticks(at.tolist())
    from matplotlib.ticker import MaxNLocator

    whole = chart.workings.series.x.dtype.kind in "iu"
    at = np.asarray(MaxNLocator(nbins=most, integer=whole).tick_values(begin, end))
    at = at[(at >= begin) & (at <= end)]
    return at, [f"{value:,.10g}" for value in at]


def _up(chart: Chart, on: Windows, most: int) -> tuple[Floats, Ints, list[str]]:
    """Choose the ticks of y: their levels, the panel of each, and their labels."""
    from pcqa_teach.spc.value_axis import value_locator

    choose = value_locator(chart, most)
    shown = np.column_stack([on.y0, on.y1])
    spans, owner = np.unique(shown, axis=0, return_inverse=True)
    owner = owner.ravel()
    levels = [np.asarray(choose.tick_values(low, high)) for low, high in spans]
    levels = [at[(at >= low) & (at <= high)] for at, (low, high) in zip(levels, spans, strict=True)]
    counts = np.array([len(at) for at in levels])[owner]
    flat = np.concatenate([levels[one] for one in owner])
    return flat, np.repeat(np.arange(len(owner)), counts), [said(value, chart) for value in flat]
