"""The picture of a difference in differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.juran.impact.groups import DiffInDiff
from pcqa_teach.juran.impact.groups_words import (
    alt_text,
    cautions,
    effect_said,
    message,
    numbers,
    parallel,
)
from pcqa_teach.juran.impact.sheet import Panel, Words, change_line, page, room, value_label
from pcqa_teach.juran.time_axis import across, foot

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def figure(found: DiffInDiff) -> Figure:
    """Draw the finished picture."""
    x, say = found.points["x"], found.every.say
    words = Words(
        title=message(found),
        under=f"Difference in differences · {found.every.count(len(x))}, {say(x.iloc[0])} to"
        f" {say(x.iloc[-1])} · {effect_said(found)}",
        notes=[parallel(found), *cautions(found)[:1]],
        alt=alt_text(found),
        name=f"{found.title[:60]} difference in differences",
    )
    return page(words, [Panel(lambda axes: _marks(axes, found))])


def _marks(axes: Axes, found: DiffInDiff) -> None:
    points = found.points
    x, after = across(points["x"]), points["after"].to_numpy()
    many = len(x) > 60
    for column, colour, marker, name in (
        ("changed", "neutral", "^", _named(found, 0, "changed")),
        ("others", "common", "o", _named(found, 1, "not changed")),
    ):
        axes.plot(
            x, points[column], color=COLOURS[colour], lw=1.2, marker=marker, ms=3 if many else 5,
            label=name, zorder=4,
        )  # fmt: skip
    first = max(int(after.argmax()) - 1, 0)
    axes.plot(
        x[first:], points["expected"].to_numpy()[first:], color=COLOURS["target"], lw=1.5,
        ls=(0, (5, 3)), zorder=3, marker="" if many else "D", ms=4, mfc="white",
        label=f"{fitted(found.names[0], 1.6, 8.5, 1)[0]}, had it moved alike",
    )  # fmt: skip
    _means(axes, found, x, after)
    value_label(axes, found.title, found.unit, 3.0)
    foot(axes, points["x"].to_numpy())
    room(axes)
    change_line(axes, float(across(found.change)[0]), f"Change,\n{found.every.say(found.change)}")


def _means(axes: Axes, found: DiffInDiff, x: Floats, after: Bools) -> None:
    """Draw the four means as thick bars; the key says their values."""
    half = float(np.median(np.diff(x))) / 4 if len(x) > 1 else 0.25
    for place, colour in ((0, "neutral"), (1, "common")):
        for rows, period in ((~after, "before"), (after, "after")):
            value = float(found.means[period].iloc[place])
            axes.plot(
                [x[rows][0] - half, x[rows][-1] + half], [value, value], color=COLOURS[colour],
                lw=3.6, alpha=0.5, zorder=5, solid_capstyle="butt",
            )  # fmt: skip


def _named(found: DiffInDiff, place: int, what: str) -> str:
    """Name a group with its two means."""
    say, row = numbers(found), found.means.iloc[place]
    name = fitted(f"{found.names[place]} ({what})", 2.2, 8.5, 1)[0]
    return f"{name}: mean {say.bare(row['before'])}, then {say.bare(row['after'])}"
