"""The picture of two averages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.juran.impact.naive import Naive
from pcqa_teach.juran.impact.sheet import Panel, Words, page

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def figure(found: Naive) -> Figure:
    """Draw the finished picture."""
    size = "paired" if found.paired else "not paired"
    before, after = (int(n) for n in found.means["n"])
    words = Words(
        title=found.message,
        under=f"Two averages · {before:,} values before, {after:,} after, {size}",
        notes=["This comparison misleads by itself: it cannot tell a change from what would have"
               " come anyway."],
        alt=found.alt_text,
        name="naive before and after",
    )  # fmt: skip
    return page(words, [Panel(lambda axes: _bars(axes, found), 1.3)])


def _bars(axes: Axes, found: Naive) -> None:
    means = found.means["mean"].to_numpy()
    bars = axes.barh(
        ["Before", "After"], means, color=[COLOURS["common"], COLOURS["grid"]],
        edgecolor=COLOURS["ink"], height=0.6,
    )  # fmt: skip
    bars[1].set_hatch("//")
    say = found.say
    axes.bar_label(bars, labels=[say.bare(float(value)) for value in means], padding=4)
    axes.invert_yaxis()
    axes.set_xlim(min(0, float(means.min()) * 1.15), max(0, float(means.max()) * 1.15) or 1)
    axes.set_xlabel(f"Average{f', {found.unit}' if found.unit else ''}")
    axes.grid(visible=False)
