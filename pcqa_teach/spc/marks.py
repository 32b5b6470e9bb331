"""What goes inside the axes of one chart: lines, points, marks; nothing is worked out here."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib import dates as mdates
from matplotlib.ticker import FuncFormatter, MaxNLocator
from numpy.typing import NDArray

from pcqa_teach.figures import COLOURS, MARKERS
from pcqa_teach.spc.date_axis import date_axis, number_axis
from pcqa_teach.spc.phases import NO_REASON
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.words import numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

POINT_NAMES = {
    "common": "Ordinary variation",
    "improvement": "Special cause: improvement",
    "concern": "Special cause: concern",
    "neutral": "Special cause",
}
DASHES = (0, (5, 3))
_SIZES = {"common": 1.0, "improvement": 1.5, "concern": 1.5, "neutral": 1.8}


def marks(ax: Axes, chart: Chart, *, small: bool = False) -> None:
    """Draw everything that belongs to one chart's axes."""
    _baseline(ax, chart)
    _lines(ax, chart, small)
    _target(ax, chart, small)
    _points(ax, chart, small)
    _holidays(ax, chart, small)
    _changes(ax, chart, small)
    _axes(ax, chart, small)


def places(chart: Chart) -> NDArray[np.float64]:
    """Give x as matplotlib counts it."""
    x = chart.points["x"].to_numpy()
    numbers: Any = mdates
    return np.asarray(numbers.date2num(x) if chart.workings.series.dated else x, dtype=np.float64)


def edges(chart: Chart) -> list[tuple[float, float]]:
    """Give where each phase's lines begin and end, half a step beyond its points."""
    x = places(chart)
    segments = chart.workings.phases.segments
    if len(x) < 2:
        return [(x[0], x[0])]
    half = np.median(np.diff(x)) / 2
    middle = x[:-1] + np.diff(x) / 2
    begin = [x[0] - half, *(middle[start - 1] for start in segments.starts[1:])]
    return list(zip(begin, [*begin[1:], x[-1] + half], strict=True))


def _baseline(ax: Axes, chart: Chart) -> None:
    phases, x = chart.workings.phases, places(chart)
    if not phases.frozen:
        return
    half = np.median(np.diff(x)) / 2
    for start, end in zip(phases.segments.starts, phases.segments.ends, strict=True):
        rows = np.flatnonzero(phases.base[start : end + 1]) + start
        if 0 < len(rows) < end - start + 1:
            ax.axvspan(
                x[rows[0]] - half,
                x[rows[-1]] + half,
                color="#EEF1F4",
                zorder=0,
                lw=0,
                label="Baseline",
            )


def _lines(ax: Axes, chart: Chart, small: bool) -> None:
    points, segments, say = chart.points, chart.workings.phases.segments, numbers(chart)
    thin, thick = (0.9, 1.2) if small else (1.2, 1.6)
    for i, (begin, end) in enumerate(edges(chart)):
        rows = slice(int(segments.starts[i]), int(segments.ends[i]) + 1)
        style = DASHES if bool(chart.limits["trial"].iloc[i]) else "solid"
        for name in ("lower", "upper", "centre"):
            line = say.within(points[name].to_numpy()[rows])
            if not np.isfinite(line).any():
                continue
            centre = name == "centre"
            ax.plot(
                [begin, end],
                [line[0], line[-1]],
                zorder=2,
                solid_capstyle="butt",
                color=COLOURS["centre" if centre else "limit"],
                lw=thick if centre else thin,
                ls="solid" if centre else style,
            )


def _target(ax: Axes, chart: Chart, small: bool) -> None:
    target = float(chart.workings.targets[0])
    if np.isfinite(target):
        ax.axhline(
            target,
            color=COLOURS["target"],
            lw=1.0 if small else 1.4,
            ls=(0, (6, 2, 1, 2)),
            zorder=2,
            label="Target",
        )


def _points(ax: Axes, chart: Chart, small: bool) -> None:
    x, y = places(chart), chart.points["y"].to_numpy()
    ax.plot(x, y, color="#8C96A0", lw=0.9 if small else 1.2, zorder=3)
    base = 9.0 if small else float(np.clip(1500 / max(len(x), 1), 6, 30))
    verdict = chart.points["verdict"].to_numpy()
    out = chart.workings.phases.excluded
    for name, label in POINT_NAMES.items():
        rows = (verdict == name) & np.isfinite(y) & ~out
        if rows.any():
            ax.scatter(
                x[rows],
                y[rows],
                s=base * _SIZES[name],
                marker=MARKERS[name],
                color=COLOURS[name],
                zorder=5 if name != "common" else 4,
                linewidths=0,
                label=label,
            )
    both = (
        chart.workings.up & chart.workings.down & np.isfinite(y) & (chart.improvement is not None)
    )
    if both.any():
        ax.scatter(
            x[both],
            y[both],
            s=base * 4.2,
            marker="o",
            facecolors="none",
            zorder=6,
            edgecolors=COLOURS["concern"],
            linewidths=1.2,
            label="Improvement and concern",
        )
    left = out & np.isfinite(y)
    if left.any():
        ax.scatter(
            x[left],
            y[left],
            s=base * 1.4,
            marker="o",
            facecolors="white",
            zorder=6,
            edgecolors=[COLOURS[name] for name in verdict[left]],
            linewidths=1.3,
            label="Left out of the limits",
        )


def _holidays(ax: Axes, chart: Chart, small: bool) -> None:
    marked = chart.workings.series.holiday
    if marked is None or not marked.any():
        return
    x = places(chart)[marked]
    ax.scatter(
        x,
        np.full(len(x), 0.022),
        s=12 if small else 26,
        marker=(6, 2, 0),
        color=COLOURS["ink"],
        linewidths=0.9,
        transform=ax.get_xaxis_transform(),
        zorder=6,
        label="Has a bank holiday",
        clip_on=False,
    )


def _changes(ax: Axes, chart: Chart, small: bool) -> None:
    """Mark where a new phase starts, and why."""
    phases = chart.workings.phases
    for (begin, _), why in list(zip(edges(chart), phases.reasons, strict=True))[1:]:
        ax.axvline(begin, color=COLOURS["ink"], lw=0.8, ls=(0, (1, 2)), zorder=1)
        if small:
            continue
        text = textwrap.shorten(why[:1].upper() + why[1:], 70, placeholder=" ...")
        ax.annotate(
            textwrap.fill(text, 24),
            (begin, 1.0),
            xycoords=ax.get_xaxis_transform(),
            xytext=(4, -2),
            textcoords="offset points",
            ha="left",
            va="top",
            size=8.5,
            zorder=7,
            style="italic" if why == NO_REASON else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0},
        )


def _axes(ax: Axes, chart: Chart, small: bool) -> None:
    begin, end = edges(chart)[0][0], edges(chart)[-1][1]
    if chart.workings.series.dated:
        date_axis(ax, end - begin, 5 if small else 9)
    else:
        number_axis(ax, chart.points["x"].dtype.kind in "iu")
    ax.yaxis.set_major_locator(MaxNLocator(nbins=4 if small else 6, steps=[1, 2, 2.5, 5, 10]))
    percent = "%" if chart.unit == "%" else ""
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}{percent}"))
    if begin != end:
        ax.set_xlim(begin, end)
    lines = chart.points[["y", "lower", "upper", "centre"]].to_numpy().ravel()
    shown = np.concatenate([lines, chart.workings.targets])
    shown = numbers(chart).within(shown[np.isfinite(shown)])
    low, high = (float(shown.min()), float(shown.max())) if len(shown) else (0.0, 1.0)
    room = (high - low) or abs(high) or 1.0
    marked = chart.workings.series.holiday is not None
    head = 0.20 if len(chart.limits) > 1 and not small else 0.07
    ax.set_ylim(low - room * (0.11 if marked else 0.07), high + room * head)
    ax.margins(x=0.01)
