"""The names and values of the latest lines, at the right edge, kept apart where they crowd."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.spc.numbers import Numbers
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.words import numbers

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TALL = 0.32  # inches of one label, of two lines
NAMED = ("Mean", "Median", "Zero line", "Limits", "Trial limits", "2 sigma", "Target")


def edge_labels(ax: Axes, chart: Chart, *, two_sigma: bool = False) -> None:
    """Name the latest lines beside the axes of a chart of one series."""
    say, last = numbers(chart), last_lines(chart)
    percent = "%" if chart.unit == "%" else ""
    centre = chart.about.centre.capitalize()
    upper, lower = ("Upper limit", "Lower limit") if chart.about.aims else ("Alarm line",) * 2
    wanted = [
        (last["upper"], upper, COLOURS["limit"]),
        (last["centre"], centre, COLOURS["ink"]),
        (last["lower"], lower, COLOURS["limit"]),
    ]
    if last["lower"] == last["centre"]:  # a total that starts again at 0 has one alarm line
        del wanted[-1]
    wanted = [(value, f"{name}\n{_level(value, say, chart)}", colour)
              for value, name, colour in wanted]  # fmt: skip
    target = last["target"]
    wanted.append((target, f"Target\n{target:,.10g}", COLOURS["target"]))
    if two_sigma:
        wanted += [
            (last[name], f"2 sigma {say.bare(last[name])}", COLOURS["muted"])
            for name in ("upper2", "lower2")
        ]
    wanted = sorted((one for one in wanted if np.isfinite(one[0])), key=lambda one: one[0])
    low, high = ax.get_ylim()
    inches = ax.get_window_extent().height / ax.figure.dpi
    heights = np.array([_TALL if "\n" in text else _TALL / 2 + 0.02 for _, text, _ in wanted])
    middles = np.array([(value - low) / (high - low) * inches for value, _, _ in wanted])
    for middle, (_, text, colour) in zip(spread(middles, heights), wanted, strict=True):
        ax.text(
            1.012, middle / inches, f"{text}{percent}", transform=ax.transAxes, size=8.5,
            color=colour, va="center", linespacing=1.05,
            weight="bold" if text.startswith(centre) else "normal",
        )  # fmt: skip


def _level(value: float, say: Numbers, chart: Chart) -> str:
    return say.bare(value) if chart.about.aims else f"{value:g}"


def last_lines(chart: Chart) -> dict[str, float]:
    """Give the level of every line where a chart of one series ends."""
    say = numbers(chart)
    names = ("lower", "lower2", "centre", "upper2", "upper")
    start = int(chart.workings.phases.segments.starts[-1])
    levels = {
        name: say.within(chart.points[name].to_numpy(dtype=np.float64)[start:]) for name in names
    }
    levels["target"] = chart.workings.targets[-1:]
    return {name: _final(level) for name, level in levels.items()}


def _final(level: Floats) -> float:
    known = level[np.isfinite(level)]
    return float(known[-1]) if len(known) else float("nan")


def spread(middles: Floats, heights: Floats) -> Floats:
    """Move labels, sorted from the lowest, until none covers its neighbour: as little as it takes.

    >>> spread(np.array([1.0, 1.0]), np.array([0.3, 0.3])).round(2).tolist()
    [0.85, 1.15]
    """
    moved = middles.copy()
    gaps = (heights[1:] + heights[:-1]) / 2
    for _ in range(80):
        short = gaps - np.diff(moved)
        close = np.flatnonzero(short > 1e-6)
        if not len(close):
            break
        for i in close:
            push = (gaps[i] - (moved[i + 1] - moved[i])) / 2
            moved[i], moved[i + 1] = moved[i] - push, moved[i + 1] + push
    return moved
