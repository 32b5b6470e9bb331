"""Kept, varied for the person, and the rest: a bar each."""

from __future__ import annotations

from pcqa_teach.figures import Figure
from pcqa_teach.figures.bars import bars, bars_height
from pcqa_teach.figures.sheet import plot
from pcqa_teach.juran.control import baseline_words as words
from pcqa_teach.juran.control.baseline import KEPT, SOURCES, SharedBaseline
from pcqa_teach.sayings import between, capital, counted, fine_percent

_AGREED, _ASKED = "as agreed", "to talk about"


def figure(found: SharedBaseline) -> Figure:
    """Draw a bar for each kind, in their order."""
    rows = found.kinds
    names = [capital(kind) for kind in rows["kind"]]
    under = f"Default: {found.default} · n = {counted(found.n, 'case')}"
    notes = ["Line: 95% interval (Wilson). There is no target for departures."]
    with plot(words.message(found), under, notes, bars_height(names)) as page:
        bars(
            page.axes[0],
            names,
            rows["share"].tolist(),
            [
                f"{count} ({fine_percent(share)}; {between(low, high)})"
                for count, share, low, high in zip(
                    rows["count"], rows["share"], rows["lower"], rows["upper"], strict=True
                )
            ],
            [_AGREED if kind in (KEPT, SOURCES["person"]) else _ASKED for kind in rows["kind"]],
            [_AGREED, _ASKED],
            lows=rows["lower"].tolist(),
            highs=rows["upper"].tolist(),
            most=100,
        )
        page.axes[0].set_xlabel("Share of all cases, %")
        return page.finish(alt=found.alt_text, name="shared baseline")
