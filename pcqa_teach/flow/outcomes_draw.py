"""The picture of what became of calls: stacked bars by quarter of an hour, and waits below."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.sheet import legend_above, plot
from pcqa_teach.flow import outcomes_words as words
from pcqa_teach.flow.phone_draw import clock_axis

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure
    from pcqa_teach.flow.outcomes import CallOutcomes

_LOOKS = {  # answered, given up, and all the rest: told apart by grey and by hatching
    "answered": ("Answered", COLOURS["common"], ""),
    "missed": ("Given up or missed", COLOURS["concern"], "///"),
    "rest": ("Menu, call-back, other", COLOURS["grid"], "..."),
}


def figure(found: CallOutcomes) -> Figure:
    """Draw an average day."""
    quarters = found.quarters
    begin = int(quarters["minute"].iloc[0])
    end = int(quarters["minute"].iloc[-1]) + 15
    timed = bool(quarters["median_wait_s"].notna().any())
    heights = {"answered": quarters["answered"], "missed": quarters["missed"],
               "rest": quarters["in_menu"] + quarters["call_back"] + quarters["other"]}  # fmt: skip
    with plot(words.message(found), "", words.notes(found), 5.2 if timed else 3.6,
              [1.3, 1] if timed else [1.0]) as page:  # fmt: skip
        bars = page.axes[0]
        bottom = np.zeros(len(quarters))
        for name, (label, colour, hatch) in _LOOKS.items():
            height = heights[name].to_numpy() / found.days
            bars.bar(quarters["minute"], height, 15, bottom=bottom, align="edge", color=colour,
                     ec=COLOURS["ink"], lw=0.4, hatch=hatch, label=label)  # fmt: skip
            bottom = bottom + height
        bars.set_ylim(0, max(float(bottom.max()), 0.1) * 1.08)
        bars.set_ylabel("Calls a quarter-hour")
        legend_above(bars, 3)
        if timed:
            _waits(page.axes[1], found)
        clock_axis(page.axes[-1], begin, end)
        return page.finish(alt=found.alt_text, name="calls-by-outcome")


def _waits(axes: Axes, found: CallOutcomes) -> None:
    """Draw the median wait and that which one in ten exceeds, in minutes."""
    quarters = found.quarters
    at = quarters["minute"] + 7.5
    axes.plot(at, quarters["p90_wait_s"] / 60, "--", color=COLOURS["neutral"], lw=1.4,
              marker="^", ms=3, label="One in ten waited longer")  # fmt: skip
    axes.plot(at, quarters["median_wait_s"] / 60, color=COLOURS["ink"], lw=1.8, marker="o", ms=3,
              label="Median wait")  # fmt: skip
    axes.set_ylim(0)
    axes.set_ylabel("Minutes waited,\nanswered calls")
    legend_above(axes, 2)
