"""How contacts spread over people; and the fall that was seen beside the one by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.demand import attendance_words as words
from pcqa_teach.demand import persistence_words
from pcqa_teach.demand.attendance import AttendanceCurve
from pcqa_teach.demand.persistence import SEEN, Persistence
from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.bars import bars, bars_height
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import fine_percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_KINDS = ("seen", "with nothing done")
_MOST = 8
_GAP = 7.5  # per cent of the axis between two labels


def curve_figure(found: AttendanceCurve) -> Figure:
    """Draw the curve, with the top groups marked."""
    with plot(found.message, words.basis(found), words.notes(found), 3.7) as page:
        axes = page.axes[0]
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
        return page.finish(alt=found.alt_text, name="people who attend often")


def _mark(axes: Axes, found: AttendanceCurve) -> None:
    """Mark the top groups, and name them in a column that does not crowd."""
    groups = words.shown(found).sort_values("top").head(_MOST)
    axes.plot(groups["top"], groups["share"], linestyle="none", marker="D", markersize=6,
              color=COLOURS["ink"], zorder=4)  # fmt: skip
    place = 3.0
    for top, share in zip(groups["top"], groups["share"], strict=True):
        place = max(place, float(share) - 12.0)
        axes.annotate(
            f"top {top:g}%: {fine_percent(share)} of contacts",
            (top, share), xytext=(58, place), va="center", size=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.0},
            arrowprops={"arrowstyle": "-", "color": COLOURS["muted"], "linewidth": 0.8,
                        "shrinkA": 1, "shrinkB": 3, "relpos": (0, 0.5)},
        )  # fmt: skip
        place += _GAP


def persistence_figure(found: Persistence) -> Figure:
    """Draw the falls as bars with their intervals."""
    names = [persistence_words.SAID[one] for one in found.fall["what"]]
    fall = -found.fall[["change", "lower", "upper"]]
    fewer = [
        f", {fine_percent(one)} of people had fewer" if one == one else ""
        for one in found.fall["fewer"]
    ]
    notes = [
        "Everybody's change is taken out. To expect with nothing done: read by looking backwards "
        "from the top of the second window.",
        persistence_words.beyond(found),
    ]
    with plot(found.message, persistence_words.basis(found), notes, bars_height(names)) as page:
        bars(
            page.axes[0],
            names,
            fall["change"].tolist(),
            [
                f"{fine_percent(abs(one)) if one >= 0 else 'rise of ' + fine_percent(-one)}{tail}"
                for one, tail in zip(fall["change"], fewer, strict=True)
            ],
            [_KINDS[0] if one == SEEN else _KINDS[1] for one in found.fall["what"]],
            _KINDS,
            lows=fall["upper"].tolist(),
            highs=fall["lower"].tolist(),
            most=100,
        )
        page.axes[0].set_xlabel("Fall in contacts of the group, % (line: 95% interval)")
        return page.finish(alt=found.alt_text, name="attending often, next window")
