"""A dot for each period's difference, with the mean, its interval, and what would matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import counted
from pcqa_teach.variation import myths_words as words

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.variation.myths import Myth


def figure(found: Myth) -> Figure:
    """Draw the differences."""
    under = f"{len(found.table)} periods · mean {words.points(found.mean)}, interval "
    notes = [
        f"Above nought: in that period '{found.group}' had the larger share. Dotted: "
        f"{counted(found.matters, 'point')}, the least that was agreed to matter."
    ]
    with plot(words.message(found), under + words.interval(found), notes, 2.5) as page:
        axes = page.axes[0]
        places = range(1, len(found.table) + 1)
        axes.axhspan(
            found.low, found.high, color=COLOURS["grid"], zorder=0.5, label="Interval of the mean"
        )
        axes.axhline(0, color=COLOURS["ink"], linewidth=1)
        axes.axhline(found.matters, color=COLOURS["target"], linewidth=1.2, linestyle=(0, (1, 2)))
        axes.axhline(found.mean, color=COLOURS["neutral"], linewidth=1.6, label="Mean difference")
        axes.plot(
            places, found.table["difference"], "o", color=COLOURS["common"], markersize=4.5,
            label="One period",
        )  # fmt: skip
        axes.set_ylabel("Difference,\npercentage points")
        axes.set_xlabel("Period, in order of time")
        return page.finish(alt=found.alt_text, name=f"myth {found.claim}")
