"""The whole picture of one series: message, chart, icons, key and notes on one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.errors import ChartError
from pcqa_teach.figures import theme
from pcqa_teach.figures.lettering import balanced, fitted
from pcqa_teach.spc import callouts, icon_drawing, sheet
from pcqa_teach.spc.axes_drawing import own_axes
from pcqa_teach.spc.caution_counts import too_narrow
from pcqa_teach.spc.edge_labels import NAMED, edge_labels
from pcqa_teach.spc.marks import Marks
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.sheet import WIDTH, Sheet
from pcqa_teach.spc.windows import Windows, windows
from pcqa_teach.spc.words import dates_said, message, period, points_said, span_said

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

    from pcqa_teach.figures import Figure

_PLOT = 3.05  # inches of plot
_LEFT, _RIGHT = 0.78, 1.02
_LINE = 0.18  # inches beside the plot for the second line of its label
_BADGE = 0.62
_TICKS = 0.48  # inches under the plot for the dates


def figure(chart: Chart, *, two_sigma: bool = False, free_y: bool = False) -> Figure:
    """Draw the finished picture of a chart, or of all its groups."""
    from pcqa_teach.figures import Figure

    with theme():
        drawing = blank()
        compose(drawing, chart, two_sigma=two_sigma, free_y=free_y)
        return Figure.of(drawing, alt=chart.alt_text, name=file_name(chart))


def blank() -> MplFigure:
    """Give an empty figure that belongs to nobody's list of open ones."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as MplFigure

    drawing = MplFigure()
    FigureCanvasAgg(drawing)
    return drawing


def file_name(chart: Chart) -> str:
    """Name the figure after its measure, and its kind where that is not the usual one."""
    return chart.title if chart.kind == "xmr" else f"{chart.title} {chart.about.title}"


def plot(
    chart: Chart, ax: Axes | None = None, *, two_sigma: bool = False, free_y: bool = False
) -> Axes:
    """Draw into `ax`, or compose a new figure and give its axes.

    The axes of many groups hold the whole sheet, in inches.
    """
    with theme():
        if ax is None:
            import matplotlib.pyplot as plt

            return compose(plt.figure(), chart, two_sigma=two_sigma, free_y=free_y)[0]
        if chart.by is not None:
            raise ChartError(
                "One chart a group does not fit one ax: call plot() without it,"
                " or chart.single(group).plot(ax)."
            )
        size = ax.get_window_extent()
        wide, tall = size.width / ax.figure.dpi, size.height / ax.figure.dpi
        _inside(ax, chart, wide, tall, two_sigma=two_sigma)
        ax.set_title("\n".join(balanced(message(chart), wide, 12, "bold")))
        return ax


def compose(
    drawing: MplFigure, chart: Chart, *, two_sigma: bool = False, free_y: bool = False
) -> tuple[Axes, Windows]:
    """Lay the sheet out; give its axes, and the windows through which they show the data."""
    if chart.by is not None:
        from pcqa_teach.spc.panels import panels

        return panels(drawing, chart, two_sigma=two_sigma, free_y=free_y)
    count = icon_drawing.how_many(chart)
    badges = _BADGE * count * (1 + icon_drawing.GAP)
    paper = Sheet(message(chart), subtitle(chart), notes(chart), badges + 0.1)
    top = max(paper.head, _BADGE + 0.22) + 0.10
    left = _LEFT + _LINE * _y_label(chart, _PLOT).count("\n")
    wide = WIDTH - left - _RIGHT
    on = windows(chart)
    found = callouts.arrange(callouts.callouts(chart), on.x0[0], on.x1[0], wide)
    tall = _PLOT + callouts.band(found)
    ax = drawing.add_axes((0.1, 0.1, 0.8, 0.8))
    drawing.set_size_inches(WIDTH, top + tall + 1)
    on = _inside(ax, chart, wide, tall, two_sigma=two_sigma, found=found)
    rows = sheet.key_rows(sheet.named(ax, NAMED))
    bottom = _TICKS + sheet.key_high(rows) + paper.notes_high
    height = top + tall + bottom
    drawing.set_size_inches(WIDTH, height)
    ax.set_position((left / WIDTH, bottom / height, wide / WIDTH, tall / height))
    edge_labels(ax, chart, two_sigma=two_sigma)
    paper.write(drawing, height)
    sheet.write_key(drawing, rows, bottom - _TICKS, height)
    right, middle = np.array([WIDTH - 0.12]), np.array([height - 0.10 - _BADGE / 2])
    icon_drawing.icons(drawing, chart, right, middle, _BADGE)
    return ax, on


def _inside(
    ax: Axes,
    chart: Chart,
    wide: float,
    tall: float,
    *,
    two_sigma: bool,
    found: list[callouts.Placed] | None = None,
) -> Windows:
    """Draw what belongs to the axes of one series, of that size in inches."""
    on = windows(chart)
    alone = found is None
    if found is None:
        found = callouts.arrange(callouts.callouts(chart), on.x0[0], on.x1[0], wide)
    band = min(callouts.band(found), tall / 2)
    top = float(on.y0[0] + (on.y1[0] - on.y0[0]) * tall / (tall - band))
    shown = Windows(on.x0, on.x1, on.y0, np.array([top]), on.group)
    own_axes(ax, chart, shown)
    Marks(ax, chart, shown, two_sigma=two_sigma).draw()
    callouts.write(ax, found, wide, tall)
    ax.set_ylabel(_y_label(chart, tall))
    if alone:
        edge_labels(ax, chart, two_sigma=two_sigma)
    return shown


def subtitle(chart: Chart) -> str:
    """Say the kind, the points and where the lines come from."""
    last, every = chart.limits.iloc[-1], period(chart)
    phases = chart.workings.phases
    rows = np.flatnonzero(chart.workings.data.base)
    rows = rows[rows >= phases.segments.starts[-1]]
    x = chart.points["x"]
    what = chart.about.centre if chart.kind == "run" else "limits"
    points = points_said(int(last["points"]))
    out = int(phases.excluded[phases.segments.starts[-1] :].sum())
    points += f", {out} left out" if out else ""
    if chart.kind != "run" and not np.isfinite(last["sigma"]):
        lines = "no limits"
    elif phases.frozen or len(chart.limits) > 1:
        span = dates_said(every, x.iloc[rows[0]], x.iloc[rows[-1]])
        lines = f"baseline for the {what}: {span}, {points}"
    else:
        lines = f"baseline for the {what}: {'' if out else 'all '}{points}"
    if bool(last["trial"]) and np.isfinite(last["sigma"]):
        lines += " (trial limits, dotted: fewer than 13)"
    return f"{chart.about.title} · {span_said(chart)} · {lines}"


def notes(chart: Chart) -> list[str]:
    """Give the small print: a warning where limits are too narrow, and what the caller says."""
    warning = too_narrow(chart)
    said = not warning or warning in message(chart)
    return [*chart.notes] if said else [f"{warning}.", *chart.notes]


def _y_label(chart: Chart, tall: float) -> str:
    text = chart.title if chart.unit in ("", "%") else chart.unit
    if chart.kind == "mr":
        text = "Moving range"
    if not chart.about.aims:
        text = f"{chart.title}: running total"
    text, tall = text[:1].upper() + text[1:], max(tall, 1.0)
    lines = balanced(text, tall, 10)
    return "\n".join(lines if len(lines) <= 2 else fitted(text, tall, 10, 2))
