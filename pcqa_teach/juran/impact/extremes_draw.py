"""The picture of regression to the mean: before, what was to be expected, after."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.juran.impact.extremes import Extremes
from pcqa_teach.juran.impact.extremes_words import METHOD_WORDS, alt_text, cautions, message
from pcqa_teach.juran.impact.sheet import Panel, Words, page
from pcqa_teach.juran.impact.words import sure

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def figure(found: Extremes) -> Figure:
    """Draw the finished picture."""
    people = found.people.iloc[0]
    words = Words(
        title=message(found),
        under=f"Regression to the mean · {int(people['n']):,} people, the most extreme"
        f" {100 * found.share:g}% of {int(found.people['n'].iloc[1]):,}",
        notes=cautions(found)[:1],
        alt=alt_text(found),
        name="regression to the mean",
    )
    tall = 0.5 * (2 + len(found.estimates)) + 0.1
    return page(words, [Panel(lambda axes: _marks(axes, found), tall, left=2.6, right=0.45)])


def _marks(axes: Axes, found: Extremes) -> None:
    people, rows = found.people.iloc[0], found.estimates
    level = float(people["before"])
    names = ["Before", *(f"Expected: {METHOD_WORDS[one]}" for one in rows["method"]), "After"]
    values = np.array([level, *rows["expected"], people["after"]])
    reach = (rows["high"] - rows["change"]).fillna(0).to_numpy() * level
    down = np.arange(len(names))
    middle = down[1:-1]
    axes.errorbar(
        values[1:-1], middle, xerr=reach, fmt=MARK, ms=7, color=COLOURS["target"], capsize=3,
        label=f"Expected with nothing done, {sure(found.confidence)}", zorder=4,
    )  # fmt: skip
    axes.scatter(values[:1], down[:1], s=70, marker="o", color=COLOURS["common"], zorder=4,
                 label="Seen before")  # fmt: skip
    axes.scatter(values[-1:], down[-1:], s=70, marker="^", color=COLOURS["neutral"], zorder=4,
                 label="Seen after")  # fmt: skip
    axes.axvline(level, color=COLOURS["common"], lw=1.0, ls=(0, (1, 2)), zorder=1)
    _values(axes, values, np.array([0, *reach, 0]))
    axes.set_yticks(down, ["\n".join(textwrap.wrap(name, 30)) for name in names])
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.set_xlim(0, max(values.max(), (values[1:-1] + reach).max()) * 1.18)
    axes.set_xlabel(f"{found.unit[:1].upper()}{found.unit[1:]} a person, average of the chosen")
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")


MARK = "D"


def _values(axes: Axes, values: np.ndarray[tuple[int], np.dtype[np.float64]],
            reach: np.ndarray[tuple[int], np.dtype[np.float64]]) -> None:  # fmt: skip
    for place, value in enumerate(values):
        share = f" ({100 * (value / values[0] - 1):+.0f}%)" if place else ""
        axes.annotate(
            f"{value:,.1f}{share}", (value + reach[place], place), xytext=(8, 0),
            textcoords="offset points", va="center", size=9,
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.5},
        )  # fmt: skip
