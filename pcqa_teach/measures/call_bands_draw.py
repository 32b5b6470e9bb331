"""The picture of calls by stretch of the day: Mondays beside the other days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.sheet import plot
from pcqa_teach.measures import call_bands_words as words
from pcqa_teach.sayings import rounded

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.measures.call_bands import CallBands


def figure(found: CallBands) -> Figure:
    """Draw two bars a stretch."""
    from pcqa_teach.measures.call_bands import MONDAY, OTHERS

    minutes = sorted(found.rows["minute"].unique())
    named = found.rows.drop_duplicates("minute").set_index("minute")["band"]
    looks = {MONDAY: (COLOURS["concern"], "///"), OTHERS: (COLOURS["common"], "")}
    with plot(words.message(found), "", words.notes(found), 3.4) as page:
        axes = page.axes[0]
        for place, (days, (colour, hatch)) in enumerate(looks.items()):
            rows = found.rows[found.rows["days"] == days].set_index("minute")["calls"]
            height = rows.reindex(minutes).to_numpy(dtype="float64")
            if not np.isfinite(height).any():
                continue
            at = np.arange(len(minutes)) + (place - 0.5) * 0.4
            drawn = axes.bar(at, height, 0.4, color=colour, ec=COLOURS["ink"], lw=0.5, hatch=hatch,
                             label=days)  # fmt: skip
            said = [rounded(one) if np.isfinite(one) else "" for one in height]
            axes.bar_label(drawn, said, padding=2, fontsize=8)
        ticks = [named[one].replace(" to ", "\nto ") for one in minutes]
        axes.set_xticks(range(len(minutes)), ticks)
        axes.set_ylabel("Calls a day")
        axes.margins(y=0.12)
        return page.finish(alt=found.alt_text, name="calls-by-stretch")
