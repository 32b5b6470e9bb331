"""The picture of what a small practice can see: a row a size, a column a change."""

from __future__ import annotations

import numpy as np

from pcqa_teach.figures import Figure
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import capital, percent
from pcqa_teach.spc import PRESETS
from pcqa_teach.variation.cells import cells
from pcqa_teach.variation.small_practice import SIZE, SmallPractice
from pcqa_teach.variation.small_practice_words import NOTE, alt_text, message

_ROW, _HEAD = 0.42, 0.5  # inches


def figure(found: SmallPractice) -> Figure:
    """Draw the finished picture."""
    table = found.table
    shares = table[list(table.columns[1:])].to_numpy(dtype=np.float64)
    under = (
        f"Of 100 charts, how many show a signal within {found.weeks_after} weeks of a change from"
        f" {percent(found.share)}, by how many {found.things} there are a week"
    )
    notes = [
        f"{found.charts:,} simulated charts each, limits from {found.weeks_before} weeks before,"
        f" rules of {PRESETS[found.preset].title}. {NOTE}"
    ]
    with plot(message(found), under, notes, _HEAD + _ROW * len(table)) as page:
        axes = page.axes[0]
        cells(axes, [[f"{100 * one:.0f}" for one in row] for row in shares], shares, "neutral")
        axes.set_xticks(range(shares.shape[1]), [capital(str(one)) for one in table.columns[1:]])
        axes.set_yticks(range(len(table)), [f"{size:,} a week" for size in table[SIZE]])
        return page.finish(alt=alt_text(found), name="what a small practice can see")
