"""Lines over the weeks: asks not met, visits elsewhere, people whose need is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.sheet import plot
from pcqa_teach.partners import displaced_words as words
from pcqa_teach.sayings import percent, rounded

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.partners.displaced import StockFlow

_LINES = (
    ("open", "People with an open need", COLOURS["common"], (0, (4, 2)), "o"),
    ("not_met", "Asks not met, a week", COLOURS["concern"], "solid", "D"),
    ("elsewhere", "Visits elsewhere, a week", COLOURS["neutral"], (0, (1, 1.5)), "^"),
)


def figure(found: StockFlow) -> Figure:
    """Draw the lines."""
    table = found.table
    under = (
        f"{rounded(found.needs)} needs, {rounded(found.capacity)} can be met a week; of asks not "
        f"met {percent(found.elsewhere)} go elsewhere, {percent(found.sent_back)} of these are "
        f"sent back, {percent(found.ask_again)} of the others ask again"
    )
    every = max(len(table) // 12, 1)
    with plot(words.message(found), under, [words.CAUTION], 2.9) as page:
        axes = page.axes[0]
        for column, name, colour, dash, marker in _LINES:
            axes.plot(
                table["week"], table[column], color=colour, linestyle=dash, marker=marker,
                markersize=4, markevery=every, linewidth=1.8, label=name,
            )  # fmt: skip
        axes.set_ylim(bottom=0)
        axes.set_xlabel("Week")
        return page.finish(alt=found.alt_text, name=f"displaced {found.elsewhere:g}")
