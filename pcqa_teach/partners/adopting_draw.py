"""Steps over the months: how many practices have the change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.sheet import plot
from pcqa_teach.partners import adopting_words as words

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.partners.adopting import Adoption

_LOOKS = (
    (COLOURS["neutral"], "solid", "^"),
    (COLOURS["concern"], (0, (5, 2)), "D"),
    (COLOURS["improvement"], (0, (1, 1.5)), "s"),
)


def figure(found: Adoption) -> Figure:
    """Draw one change on its way."""
    under = f"Practices that have it, of {len(found.network.names)}; it is {words.rule(found)}"
    return curves({"": found}, words.message(found), under, found.alt_text, "adoption")


def curves(found: Mapping[str, Adoption], title: str, under: str, alt: str, name: str) -> Figure:
    """Draw several on one sheet, each by its name."""
    first = next(iter(found.values()))
    size = len(first.network.names)
    with plot(title, under, [words.CAUTION], 2.9) as page:
        axes = page.axes[0]
        for (called, one), (colour, dash, marker) in zip(found.items(), _LOOKS, strict=False):
            table = one.table
            axes.plot(
                table["month"], table["total"], color=colour, linestyle=dash, marker=marker,
                markersize=5, linewidth=1.8, label=called or None,
            )  # fmt: skip
        axes.set(xlabel="Month", ylabel="Practices", ylim=(0, size + 1))
        axes.set_xticks(range(0, first.months + 1, 2))
        return page.finish(alt=alt, name=name)
