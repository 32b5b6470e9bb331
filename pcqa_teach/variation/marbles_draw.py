"""The pictures of the funnel experiment: marbles in the order they fell, a row a rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import capital, counted
from pcqa_teach.variation import marbles_words as words
from pcqa_teach.variation.marbles import RULES, Marbles

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOOKS = {
    1: (COLOURS["common"], "o"),
    2: (COLOURS["concern"], "D"),
    3: (COLOURS["neutral"], "^"),
    4: (COLOURS["target"], "s"),
}


def figure(found: Marbles) -> Figure:
    """Draw all four rules on one scale."""
    return _rows(found, RULES, words.message(found), words.alt_text(found), "funnel experiment")


def beside(found: Marbles, rule: int) -> Figure:
    """Draw one rule under rule 1 on one scale."""
    name = f"funnel experiment rule {rule}"
    return _rows(
        found, (1, rule), words.beside_message(found, rule), words.beside_alt(found, rule), name
    )


def _rows(found: Marbles, rules: Sequence[int], title: str, alt: str, name: str) -> Figure:
    source = "A simulation of ours" if found.simulated else "The luck is a series of your own"
    under = (
        f"Funnel experiment · {counted(len(found.drops), words.noun(found))}, the same luck"
        f" under each rule · how far from the mark, {found.unit}"
    )
    notes = [f"{source}, after Deming (1986). Not to be confused with a funnel plot."]
    with plot(title, under, notes, 1.45 * len(rules) + 0.3, [1.0] * len(rules)) as sheet:
        columns = [f"rule_{rule}" for rule in rules]
        reach = 1.12 * float(found.drops[columns].abs().to_numpy().max())
        for axes, rule in zip(sheet.axes, rules, strict=True):
            _row(axes, found, rule, reach)
        order = "the order they fell" if found.simulated else "order of time"
        sheet.axes[-1].set_xlabel(f"{capital(words.noun(found))}s, in {order}")
        return sheet.finish(alt=alt, name=name)


def _row(axes: Axes, found: Marbles, rule: int, reach: float) -> None:
    colour, marker = _LOOKS[rule]
    count = len(found.drops)
    landed = found.drops[f"rule_{rule}"].to_numpy(dtype=np.float64)
    axes.axhline(0, color=COLOURS["centre"], lw=1.2, zorder=2)
    axes.plot(found.drops["drop"], landed, color="#B9C1C8", lw=0.8, zorder=3)
    axes.scatter(found.drops["drop"], landed, s=float(np.clip(1200 / count, 2, 26)), color=colour,
                 marker=marker, zorder=4, linewidths=0)  # fmt: skip
    axes.set(ylim=(-reach, reach), xlim=(0.2, count + 0.8))
    axes.set_title(
        f"Rule {rule}: {words.SHORT[rule]}. Standard deviation {words.spread_said(found, rule)}",
        size=9.5, weight="normal",
    )  # fmt: skip
