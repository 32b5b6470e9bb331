"""The share of contacts against the share of people, most contacts first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach import figures
from pcqa_teach.demand import attendance_words as words
from pcqa_teach.demand.attendance import AttendanceCurve
from pcqa_teach.demand.numbers_said import percent
from pcqa_teach.demand.sheet import sheet
from pcqa_teach.figures import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 8
_GAP = 7.5  # per cent of the axis between two labels


def figure(found: AttendanceCurve) -> figures.Figure:
    """Draw the curve, with the top groups marked."""
    with sheet(found.message, words.basis(found), words.notes(found), 3.7) as page:
        axes: Axes = page.axes
        curve = found.curve.dropna()
        axes.plot([0, 100], [0, 100], color=COLOURS["muted"], linestyle=(0, (4, 3)), linewidth=1.2,
                  label="if everybody had as many")  # fmt: skip
        axes.plot(curve["top"], curve["share"], color=COLOURS["improvement"], linewidth=2.2,
                  label="these people")  # fmt: skip
        _mark(axes, found)
        axes.set_xlim(0, 100)
        axes.set_ylim(0, 103)
        axes.set_xlabel("Share of people, %, most contacts first")
        axes.set_ylabel("Share of contacts, %")
    return figures.Figure.of(page.drawing, alt=found.alt_text, name="people who attend often")


def _mark(axes: Axes, found: AttendanceCurve) -> None:
    """Mark the top groups, and name them in a column that does not crowd."""
    groups = words.shown(found).sort_values("top").head(_MOST)
    axes.plot(groups["top"], groups["share"], linestyle="none", marker="D", markersize=6,
              color=COLOURS["ink"], zorder=4)  # fmt: skip
    place = 3.0
    for top, share in zip(groups["top"], groups["share"], strict=True):
        place = max(place, float(share) - 12.0)
        axes.annotate(
            f"top {top:g}%: {percent(share)} of contacts",
            (top, share), xytext=(58, place), va="center", size=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
            arrowprops={"arrowstyle": "-", "color": COLOURS["muted"], "linewidth": 0.8,
                        "shrinkA": 1, "shrinkB": 3, "relpos": (0, 0.5)},
        )  # fmt: skip
        place += _GAP
