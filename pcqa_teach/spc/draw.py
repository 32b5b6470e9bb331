"""The whole picture: message, chart, icons, legend and notes on one sheet."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.errors import ChartError
from pcqa_teach.figures import COLOURS, theme
from pcqa_teach.spc import icon_drawing
from pcqa_teach.spc.marks import marks
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.words import dates_said, message, numbers, period, points_said, seen, span_said

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

    from pcqa_teach.figures import Figure

WIDTH = 7.6
_PLOT = 3.05  # inches of plot
_LEFT, _RIGHT = 0.78, 1.02
_BADGE = 0.62


def figure(chart: Chart) -> Figure:
    """Draw the finished picture of a chart, or of all its groups."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as MplFigure

    from pcqa_teach.figures import Figure

    with theme():
        drawing = MplFigure()
        FigureCanvasAgg(drawing)
        compose(drawing, chart)
        return Figure.of(drawing, alt=chart.alt_text, name=_file_name(chart))


def _file_name(chart: Chart) -> str:
    """Name the figure after its measure, and its kind where that is not the usual one."""
    return chart.title if chart.kind == "xmr" else f"{chart.title} {chart.about.title}"


def plot(chart: Chart, ax: Axes | None = None) -> Axes:
    """Draw into `ax`, or compose a new figure and give its (first) axes."""
    with theme():
        if ax is None:
            import matplotlib.pyplot as plt

            return compose(plt.figure(), chart)
        if chart.by is not None:
            raise ChartError(
                "One chart a group does not fit one ax: call plot() without it,"
                " or chart.single(group).plot(ax)."
            )
        marks(ax, chart)
        _labels(ax, chart)
        ax.set_title("\n".join(balanced(message(chart), 62)))
        ax.set_ylabel(_y_label(chart))
        return ax


def compose(drawing: MplFigure, chart: Chart) -> Axes:
    """Lay the sheet out: heights are inches from the top."""
    if chart.by is not None:
        from pcqa_teach.spc.panels import panels

        return panels(drawing, chart)
    two = isinstance(chart.icons["assurance"].iloc[0], str)
    wide = WIDTH - 0.3 - _BADGE * (2 if two else 1) - 0.15
    head = heading(message(chart), subtitle(chart), wide)
    notes = footnotes(chart)
    top = max(head_height(head), _BADGE + 0.22) + 0.10
    legend = 0.30
    bottom = 0.48 + legend + 0.165 * len(notes) + 0.08
    height = top + _PLOT + bottom
    drawing.set_size_inches(WIDTH, height)
    write_heading(drawing, head, height)
    ax = drawing.add_axes(
        (_LEFT / WIDTH, bottom / height, (WIDTH - _LEFT - _RIGHT) / WIDTH, _PLOT / height)
    )
    marks(ax, chart)
    _labels(ax, chart)
    ax.set_ylabel(_y_label(chart))
    write_legend(drawing, [ax], bottom - 0.48, height)
    write_notes(drawing, notes, height)
    _icons(drawing, chart, height, two)
    return ax


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
        lines += " (trial limits: fewer than 13)"
    return f"{chart.about.title} · {span_said(chart)} · {lines}"


def heading(title: str, under: str, wide: float) -> tuple[list[str], list[str]]:
    """Break the title and the line under it to a width in inches."""
    return balanced(title, int(wide * 9.6)), textwrap.wrap(under, int(wide * 15.6))


def balanced(text: str, most: int) -> list[str]:
    """Break a text into as few lines as fit, of about one length.

    >>> balanced("unusually high in March, a concern", 32)
    ['unusually high in', 'March, a concern']
    """
    lines = textwrap.wrap(text, most)
    for width in range(len(text) // max(len(lines), 1), most):
        tried = textwrap.wrap(text, width)
        if len(tried) == len(lines):
            return tried
    return lines


def head_height(head: tuple[list[str], list[str]]) -> float:
    """Give the inches that a heading takes."""
    return 0.14 + 0.225 * len(head[0]) + 0.175 * len(head[1])


def write_heading(drawing: MplFigure, head: tuple[list[str], list[str]], height: float) -> None:
    """Write the message and, under it, what the chart is of."""
    drawing.text(
        0.15 / WIDTH,
        1 - 0.12 / height,
        "\n".join(head[0]),
        va="top",
        size=12.5,
        weight="bold",
        linespacing=1.15,
    )
    down = 0.17 + 0.225 * len(head[0])
    drawing.text(
        0.15 / WIDTH,
        1 - down / height,
        "\n".join(head[1]),
        va="top",
        size=9,
        color=COLOURS["muted"],
        linespacing=1.2,
    )


def footnotes(chart: Chart) -> list[str]:
    """Give the notes of the measure and of the chart, broken into lines."""
    lines: list[str] = []
    for note in chart.notes:
        lines += textwrap.wrap(note, 112)
    return lines


def write_notes(drawing: MplFigure, notes: list[str], height: float) -> None:
    """Print the notes small at the foot."""
    if notes:
        drawing.text(
            0.15 / WIDTH,
            0.07 / height,
            "\n".join(notes),
            va="bottom",
            size=8.5,
            color=COLOURS["muted"],
            linespacing=1.25,
        )


def write_legend(drawing: MplFigure, axes: list[Axes], down: float, height: float) -> None:
    """Name every mark that is used, once, in a row under the chart."""
    named: dict[str, Any] = {}
    for ax in axes:
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True):
            named.setdefault(label, handle)
    if named:
        drawing.legend(
            named.values(),
            named.keys(),
            loc="upper left",
            bbox_to_anchor=(0.08 / WIDTH, down / height),
            ncols=5,
            fontsize=8.5,
            handletextpad=0.3,
            columnspacing=1.1,
            borderaxespad=0.0,
            handlelength=1.5,
        )


def sign_of_latest(chart: Chart) -> int:
    """Say whether the latest point's signal is high (+1) or low (-1)."""
    rows = seen(chart)
    if not len(rows):
        return 0
    up, down = bool(chart.workings.up[rows[-1]]), bool(chart.workings.down[rows[-1]])
    if up and down:
        return 1 if chart.improvement == "up" else -1
    return int(up) - int(down)


def _icons(drawing: MplFigure, chart: Chart, height: float, two: bool) -> None:
    on, half = icon_drawing.sheet(drawing), _BADGE / 2
    right, y = WIDTH - 0.12 - half, height - 0.10 - half
    spots = [icon_drawing.Spot(on, right, y, _BADGE)]
    if two:
        held = str(chart.icons["assurance"].iloc[0])
        icon_drawing.assurance(spots[0], held, chart.improvement == "up")
        spots.append(icon_drawing.Spot(on, right - _BADGE - 0.06, y, _BADGE))
    verdict = str(chart.icons["variation"].iloc[0])
    icon_drawing.variation(spots[-1], verdict, sign_of_latest(chart))


def _labels(ax: Axes, chart: Chart) -> None:
    """Name the last phase's lines at the right edge, kept apart where they crowd."""
    say, last = numbers(chart), chart.limits.iloc[-1]
    target = float(chart.workings.targets[0])
    lower, upper = say.within(last[["lower", "upper"]].to_numpy(dtype=np.float64))
    wanted = [
        (upper, "Upper limit", COLOURS["limit"]),
        (last["centre"], chart.about.centre.capitalize(), COLOURS["ink"]),
        (lower, "Lower limit", COLOURS["limit"]),
        (target, "Target", COLOURS["target"]),
    ]
    wanted = sorted((one for one in wanted if np.isfinite(one[0])), key=lambda one: float(one[0]))
    low, high = ax.get_ylim()
    inches = ax.get_window_extent().height / ax.figure.dpi
    places = np.array([(float(value) - low) / (high - low) * inches for value, _, _ in wanted])
    for place, (value, name, colour) in zip(_apart(places, 0.32), wanted, strict=True):
        said = f"{float(value):,.10g}" if name == "Target" else say.bare(float(value))
        ax.text(
            1.012,
            place / inches,
            f"{name}\n{said}{'%' if chart.unit == '%' else ''}",
            transform=ax.transAxes,
            size=8.5,
            color=colour,
            va="center",
            linespacing=1.05,
            weight="bold" if name in ("Mean", "Median") else "normal",
        )


def _apart(places: Floats, gap: float) -> Floats:
    """Move sorted places until neighbours are `gap` apart, as little as that takes."""
    moved = places.copy()
    for _ in range(60):
        close = np.flatnonzero(np.diff(moved) < gap - 1e-6)
        if not len(close):
            break
        for i in close:
            push = (gap - (moved[i + 1] - moved[i])) / 2
            moved[i], moved[i + 1] = moved[i] - push, moved[i + 1] + push
    return moved


def _y_label(chart: Chart) -> str:
    text = chart.title if chart.unit in ("", "%") else chart.unit
    if chart.kind == "mr":
        text = "Moving range"
    return "\n".join(textwrap.wrap(text[:1].upper() + text[1:], 40)[:2])
