"""The trilogy chart: planning, control and improvement on one time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS, MARKERS, Figure, theme
from pcqa_teach.figures.boxes import Page, paper, text_width, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH, Sheet, blank
from pcqa_teach.juran.control.words import CHRONIC, NAMES
from pcqa_teach.juran.time_axis import across, draw_axis, phase_edges
from pcqa_teach.sayings import capital
from pcqa_teach.spc.words import numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.juran.control.trilogy import Trilogy

_LEFT, _RIGHT, _PLOT = 0.78, 1.02, 3.0
_STRIP = 0.46  # inches above the plot, for the names of the zones
_WASTE = "#F6E3D2"
_EDGE = "#A65A1F"
_PLANNING = 0.085  # of the width of the axis
_BELOW = ("Quality planning", "Quality improvement")
_DASHED = (0, (5, 3))


def trilogy_figure(result: Trilogy) -> Figure:
    """Draw the series in its zones, chronic waste shaded, spikes marked."""
    words = Sheet(result.message, _under(result), [*result.chart.notes, CHRONIC])
    top = words.head + _STRIP
    foot = 0.72 + words.foot
    height = top + _PLOT + foot
    with theme():
        drawing = blank(height)
        sheet = paper(drawing)
        words.write(drawing, height)
        ax = drawing.add_axes(
            (_LEFT / WIDTH, foot / height, (WIDTH - _LEFT - _RIGHT) / WIDTH, _PLOT / height)
        )
        ax.patch.set_visible(False)  # the zones' borders lie beneath
        _inside(ax, result)
        _names(sheet, ax, result, words.head)
        drawing.legend(
            loc="upper left",
            bbox_to_anchor=(0.08 / WIDTH, (foot - 0.42) / height),
            ncols=5,
            fontsize=8.5,
            handletextpad=0.4,
            columnspacing=1.2,
            borderaxespad=0.0,
        )
        return Figure.of(drawing, alt=result.alt_text, name=f"trilogy {result.chart.title}")


def _under(result: Trilogy) -> str:
    from pcqa_teach.spc.words import span_said

    mean = "its mean without the marked spikes" if _without_spikes(result) else "its mean"
    return f"Juran's trilogy · {span_said(result.chart)} · the level of a zone is {mean}"


def _without_spikes(result: Trilogy) -> bool:
    """Say whether the levels are means of the other points alone."""
    chart = result.chart
    left_out = chart.points.loc[chart.workings.phases.excluded, "x"]
    return bool(result.spikes["x"].isin(left_out).any())


def _inside(ax: Axes, result: Trilogy) -> None:
    chart, zones = result.chart, result.zones
    x, spans = across(chart.points["x"]), phase_edges(chart)
    begin, end = spans[0][0], spans[-1][1]
    planned = begin - (end - begin) * (_PLANNING if result.invented else 0.0)
    low, high = _heights(result)
    ax.set(xlim=(planned, end), ylim=(low, high))
    draw_axis(ax, chart, begin, end)
    label = chart.title if chart.unit in ("", "%") else chart.unit
    short = wrapped(capital(label), _PLOT, 10)
    ax.set_ylabel(
        short[0] if len(short) == 1 else "Share" if chart.unit == "%" else capital(chart.unit)
    )
    for (left, right), zone in zip(spans, zones.to_dict("records"), strict=True):
        moving = zone["zone"] == "improvement"
        if not moving:
            _waste(ax, result, zone, left, right)
        for name in ("lower", "upper"):
            ax.plot([left, right], [zone[name]] * 2, color=COLOURS["limit"], lw=1.1, ls=_DASHED,
                    zorder=3)  # fmt: skip
    y = chart.points["y"].to_numpy(dtype=np.float64)
    ax.plot(x, y, color="#8C96A0", lw=1.2, zorder=4)
    spike = np.isin(chart.points["x"].to_numpy(), result.spikes["x"].to_numpy())
    size = float(np.clip(1500 / max(len(x), 1), 6, 30))
    ax.scatter(x[~spike], y[~spike], s=size, color=COLOURS["common"], zorder=5, linewidths=0)
    if spike.any():
        ax.scatter(
            x[spike], y[spike], s=size * 2, marker=MARKERS["concern"], color=COLOURS["concern"],
            zorder=6, linewidths=0, label="Sporadic spike",
        )  # fmt: skip


def _heights(result: Trilogy) -> tuple[float, float]:
    shown = result.chart.points[["y"]].to_numpy().ravel()
    lines = result.zones[["lower", "upper", "centre"]].to_numpy().ravel()
    every = np.concatenate([shown, lines, [result.possible]])
    every = numbers(result.chart).within(every[np.isfinite(every)])
    low, high = float(every.min()), float(every.max())
    room = (high - low) or abs(high) or 1.0
    return (
        low - (0.0 if low == result.possible else 0.06 * room),
        high + (0.0 if high == result.possible else 0.06 * room),
    )


def _waste(ax: Axes, result: Trilogy, zone: dict[Any, Any], left: float, right: float) -> None:
    """Shade from what is possible to the mean, and write the level at its end."""
    from matplotlib import colors

    say, centre = numbers(result.chart), float(zone["centre"])
    first = zone["zone"] == "control"
    ax.fill_between(
        [left, right],
        result.possible,
        centre,
        facecolor=colors.to_rgba(_WASTE, 0.8),
        edgecolor=colors.to_rgba(_EDGE, 0.35),
        hatch="//",
        lw=0,
        zorder=1,
        label="Chronic waste" if first else None,
    )
    ax.plot(
        [left, right], [centre] * 2, color=COLOURS["centre"], lw=1.6, zorder=3,
        label="Mean of the zone" if first else None,
    )  # fmt: skip
    if first:
        ax.plot([], [], color=COLOURS["limit"], lw=1.1, ls=_DASHED, label="Limits")
    texts = ["Chronic waste" if first else "Chronic waste left", say(float(zone["chronic"]))]
    inches = _inches(ax, left, right)
    lines = [line for one in texts for line in wrapped(one, max(inches - 0.1, 0.5), 8.5, True)]
    above = centre >= result.possible
    ax.annotate(
        "\n".join(lines),
        ((left + right) / 2, result.possible),
        xytext=(0, 5 if above else -5),
        textcoords="offset points",
        size=8.5,
        weight="bold",
        color="#7A3E10",
        ha="center",
        va="bottom" if above else "top",
        zorder=7,
        parse_math=False,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0},
    )
    if right == ax.get_xlim()[1]:
        ax.text(
            1.012, centre, f"Mean\n{say.bare(centre)}{'%' if result.chart.unit == '%' else ''}",
            transform=ax.get_yaxis_transform(), size=8.5, weight="bold", va="center",
        )  # fmt: skip


def _names(sheet: Axes, ax: Axes, result: Trilogy, top: float) -> None:
    """Name the zones above the plot: control in the upper row, planning and improvement below."""
    spans = phase_edges(result.chart)
    low, high = ax.get_xlim()
    inch = (WIDTH - _LEFT - _RIGHT) / (high - low)
    zones = [("Quality planning", low, spans[0][0])] if result.invented else []
    zones += [
        (NAMES[zone], left, right)
        for zone, (left, right) in zip(result.zones["zone"], spans, strict=True)
    ]
    ends = {0: _LEFT, 1: _LEFT}
    words = Page()
    alone = not any(name in _BELOW for name, _, _ in zones)  # then all stand in the lower row
    for name, left, right in zones:
        lower = int(name in _BELOW)
        wide = text_width(name, 8.5, True)
        middle = _LEFT + ((left + right) / 2 - low) * inch
        start = min(max(middle - wide / 2, ends[lower]), WIDTH - MARGIN - wide)
        words.write(start, top + 0.02 + 0.2 * (lower or alone), name, bold=True)
        ends[lower] = start + wide + 0.12
        x, bar = _LEFT + (left - low) * inch, top + _STRIP
        words.line(
            [(x + 0.02, bar - 0.03), (_LEFT + (right - low) * inch - 0.02, bar - 0.03)],
            colour=COLOURS["ink"],
            width=2.2 if lower else 1.0,
        )
        words.line(
            [(x, bar - 0.06), (x, bar + _PLOT)], colour=COLOURS["ink"], width=0.7, dashed=True
        )
    words.draw(sheet)


def _inches(ax: Axes, left: float, right: float) -> float:
    low, high = ax.get_xlim()
    return (right - left) / (high - low) * (WIDTH - _LEFT - _RIGHT)
