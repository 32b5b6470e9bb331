"""The picture of the changes that were tried out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures.bars import GREYS, bars, bars_height
from pcqa_teach.figures.sheet import plot
from pcqa_teach.flow import what_if_words as words
from pcqa_teach.sayings import percent, plain

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.flow.what_if import WhatIf


def figure(found: WhatIf) -> Figure:
    """Draw a bar a desk: the share of early callers who get through, with hours and worst wait."""
    rows = found.rows
    early = bool(np.isfinite(rows["early"]).all())
    shown = rows["early" if early else "got_through"]
    said = [
        f"{percent(share)}; {plain(row['hours'])} hours; of later callers {percent(row['late'])}"
        for share, (_, row) in zip(shown, rows.iterrows(), strict=True)
    ]
    kinds = ["_now"] + ["_change"] * (len(rows) - 1)
    notes = [words.nearness(found), words.worse(found), words.assumed(found)]
    with plot(words.message(found), "", notes, bars_height(rows["name"].tolist())) as page:
        axes = page.axes[0]
        bars(axes, rows["name"].tolist(), (100 * shown).tolist(), said, kinds, ["_now", "_change"],
             looks=GREYS, most=100)  # fmt: skip
        who = "People who first ring from 8 to 10" if early else "People"
        axes.set_xlabel(f"{who} who get through that day, %")
        return page.finish(alt=words.alt(found), name="what-if-at-eight")
