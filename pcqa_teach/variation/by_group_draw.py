"""Dots by group, side by side: every value, and each group's mean as a bar."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.figures.sheet import WIDTH, Sheet, blank
from pcqa_teach.sayings import counted
from pcqa_teach.variation import by_group_words as words
from pcqa_teach.variation.by_group import Spread
from pcqa_teach.variation.words import plural

_INCHES = 2.9


def figure(found: Spread) -> Figure:
    """Draw the panels on one scale."""
    table, group = found.table, found.group
    most = int(table["values"].max())
    of = counted(int(table["groups"].max()), group, plural(group))
    each = " in each panel" if len(table) > 1 else ""
    under = (
        f"each dot is one value, each bar a {group}'s mean · "
        f"n = {counted(most, 'value')} of {of}{each}"
    )
    sheet = Sheet(words.message(found), under)
    with theme():
        height = sheet.head + _INCHES + sheet.foot
        drawing = blank(height)
        drawing.set_layout_engine(
            "constrained", rect=(0.012, sheet.foot / height, 0.976, _INCHES / height)
        )
        axes: Any = drawing.subplots(1, len(table), sharey=True, squeeze=False)
        for ax, (_, row) in zip(axes[0], table.iterrows(), strict=True):
            values = found.rows[found.rows["panel"] == row["panel"]]
            _panel(ax, values, row["panel"], words.panel_note(found, row), WIDTH / len(table))
        axes[0][0].set_ylabel(found.unit)
        sheet.write(drawing, height)
        return Figure.of(drawing, alt=found.alt_text, name=f"spread {words.message(found)}")


def _panel(ax: Any, values: pd.DataFrame, name: str, note: str, inches: float) -> None:
    places, labels = pd.factorize(values["group"])
    value = values["value"].to_numpy()
    ax.scatter(
        places + _sideways(places, value), value, s=22, color=COLOURS["common"], alpha=0.75,
        linewidths=0, zorder=2,
    )  # fmt: skip
    means = pd.Series(value).groupby(places).mean()
    ax.hlines(means, means.index - 0.38, means.index + 0.38, color=COLOURS["ink"], lw=2.6, zorder=3)
    ax.set_xticks(range(len(labels)), [str(one) for one in labels])
    ax.set_xlim(-0.6, len(labels) - 0.4)
    ax.grid(visible=False, axis="x")
    if name:
        heading = fitted(name, inches - 0.55, 10, 2, "bold")
        ax.set_title("\n".join(heading), size=10)
    ax.set_xlabel(note, size=9.5)


def _sideways(places: Any, values: Any) -> Any:
    """Set equal values of one group beside each other, so that each dot can be seen.

    >>> _sideways(np.array([0, 0, 1]), np.array([5.0, 5.0, 5.0])).round(2).tolist()
    [-0.08, 0.08, 0.0]
    """
    frame = pd.DataFrame({"place": places, "value": values})
    alike = frame.groupby(["place", "value"])["value"]
    of = alike.transform("size").to_numpy()
    step = np.minimum(0.16, 0.7 / np.maximum(of - 1, 1))
    return (alike.cumcount().to_numpy() - (of - 1) / 2) * step
