"""Missed shares as two dots a group: as counted, and allowing for its own mix."""

from __future__ import annotations

import numpy as np

from pcqa_teach.demand import missed_mix_words as words
from pcqa_teach.demand.missed_mix import MissedMix
from pcqa_teach.errors import ChartError
from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.bars import bars_height, label
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import tenths


def figure(found: MissedMix) -> Figure:
    """Draw each group's two shares; the line is that of all together."""
    rows = found.shown
    if rows.empty:
        raise ChartError(f"{found.message}, so nothing is drawn: bring a longer report.")
    names = rows["group"].astype("str").tolist()
    place = np.arange(len(rows))
    share, low, high = (found.share * rows[one].to_numpy() for one in ("ratio", "lower", "upper"))
    with plot(found.message, words.basis(found), words.notes(found), bars_height(names)) as page:
        axes = page.axes[0]
        axes.axvline(
            found.share, color=COLOURS["muted"], linestyle=(0, (4, 3)), linewidth=1.2,
            label=f"all: {tenths(found.share)}",
        )  # fmt: skip
        axes.hlines(place, low, high, colors=COLOURS["improvement"], linewidth=1.6)
        axes.plot(rows["share"], place, linestyle="none", marker="o", markersize=7,
                  markerfacecolor="white", markeredgecolor=COLOURS["ink"],
                  label="as counted")  # fmt: skip
        if found.mix:
            axes.plot(share, place, linestyle="none", marker="D", markersize=6,
                      color=COLOURS["improvement"], label="allowing for its own mix")  # fmt: skip
        axes.set_ylim(len(rows) - 0.45, -0.55)
        axes.set_yticks(place, [label(one) for one in names])
        axes.set_xlim(left=0)
        axes.grid(visible=True, axis="x")
        axes.set_xlabel("Missed, % of appointments (line: 95% interval)")
        name = f"missed by {found.by}"
        return page.finish(alt=found.alt_text, name=name)
