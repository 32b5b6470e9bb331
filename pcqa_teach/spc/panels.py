"""Small multiples: the charts of all groups on one sheet, on one scale."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.spc import draw, icon_drawing
from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.date_axis import date_axis
from pcqa_teach.spc.marks import marks
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.words import dates_said, message, numbers, period

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

_TALL = 1.35
_GAP = 0.42
_ICON = 0.30


def panels(drawing: MplFigure, chart: Chart) -> Axes:
    """Draw one small chart a group; give the first one's axes."""
    count = len(chart.icons)
    columns = min(count, 2 if count <= 4 else 3 if count <= 12 else 4)
    rows = -(-count // columns)
    head = draw.heading(message(chart), _subtitle(chart), draw.WIDTH - 0.4)
    notes = draw.footnotes(chart)
    top = draw.head_height(head) + 0.36
    bottom = 0.46 + 0.30 + 0.165 * len(notes) + 0.08
    height = top + rows * _TALL + (rows - 1) * _GAP + bottom
    drawing.set_size_inches(draw.WIDTH, height)
    draw.write_heading(drawing, head, height)
    left, right, between = 0.55, 0.15, 0.22
    wide = (draw.WIDTH - left - right - (columns - 1) * between) / columns
    on = icon_drawing.sheet(drawing)
    axes: list[Axes] = []
    for i in range(count):
        row, column = divmod(i, columns)
        x = left + column * (wide + between)
        y = height - top - row * (_TALL + _GAP) - _TALL
        ax = drawing.add_axes((x / draw.WIDTH, y / height, wide / draw.WIDTH, _TALL / height))
        one = nth(chart, i)
        marks(ax, one, small=True)
        _name(on, ax, one, str(chart.icons[chart.by].iloc[i]), (x, y, wide))
        if column:
            ax.tick_params(labelleft=False)
        if i + columns < count:
            ax.tick_params(labelbottom=False)
        ax.tick_params(labelsize=8.5)
        axes.append(ax)
    limits = np.array([ax.get_ylim() for ax in axes])
    ends = np.array([ax.get_xlim() for ax in axes])
    begin, end = float(ends[:, 0].min()), float(ends[:, 1].max())
    for ax in axes:
        ax.set_xlim(begin, end)
        if chart.workings.series.dated:
            date_axis(ax, end - begin, 5)
        ax.set_ylim(limits[:, 0].min(), limits[:, 1].max())
    draw.write_legend(drawing, axes, bottom - 0.46, height)
    draw.write_notes(drawing, notes, height)
    return axes[0]


def _subtitle(chart: Chart) -> str:
    every, x = period(nth(chart, 0)), chart.points["x"]
    what = chart.about.centre if chart.kind == "run" else "limits"
    where = "its own baseline" if chart.workings.phases.frozen else "all its own points"
    trial = " (dashed: trial limits, fewer than 13 points)" if chart.limits["trial"].any() else ""
    unit = f" · {chart.unit}" if chart.unit not in ("", "%") else ""
    by = str(chart.by).replace("_", " ")
    return (
        f"{chart.about.title}s, one for each {by} · {dates_said(every, x.min(), x.max())}"
        f" · each group's {what} from {where}{trial}{unit}"
    )


def _name(on: Axes, ax: Axes, one: Chart, name: str, place: tuple[float, float, float]) -> None:
    """Write the group's name and centre over its panel, with its icons at the right."""
    x, y, wide = place
    held = one.icons["assurance"].iloc[0]
    icons = 2 if isinstance(held, str) else 1
    room = int((wide - icons * (_ICON + 0.03)) * 10)
    label = name if len(name) <= max(room, 8) else f"{name[: max(room, 8) - 1]}…"
    centre = float(one.limits["centre"].iloc[-1])
    if np.isfinite(centre):
        say = numbers(one)
        more = f"{label}  {say(centre) if one.unit == '%' else say.bare(centre)}"
        label = more if len(more) <= room else label
    ax.text(0, 1.04, label, transform=ax.transAxes, size=9.5, weight="bold", va="bottom")
    for i in range(icons):
        middle = x + wide - (icons - i) * (_ICON + 0.03) + 0.03 + _ICON / 2
        spot = icon_drawing.Spot(on, middle, y + _TALL + 0.01 + _ICON / 2, _ICON)
        if i:
            icon_drawing.assurance(spot, held, one.improvement == "up")
        else:
            verdict = str(one.icons["variation"].iloc[0])
            icon_drawing.variation(spot, verdict, draw.sign_of_latest(one))
