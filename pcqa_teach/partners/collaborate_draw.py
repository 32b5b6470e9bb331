"""Top-score shares as bars with their intervals."""

from __future__ import annotations

from pcqa_teach.figures import Figure
from pcqa_teach.figures.bars import GREYS, bars, bars_height
from pcqa_teach.figures.sheet import plot
from pcqa_teach.partners import collaborate_words as words
from pcqa_teach.partners.collaborate import EVERYBODY, Collaborate
from pcqa_teach.sayings import between, capital, fine_percent


def figure(found: Collaborate) -> Figure:
    """Draw everybody's share, and each group's that may be shown."""
    rows = found.groups[~words.hidden(found) | (found.groups["group"] == EVERYBODY)]
    names = [capital(str(name)) for name in rows["group"]]
    said = [
        f"{fine_percent(share)} ({between(low, high)}), n = {n}"
        for share, low, high, n in zip(
            rows["share"], rows["lower"], rows["upper"], rows["n"], strict=True
        )
    ]
    group = f"by {found.by}" if found.by else "groups"
    notes = [
        "Line: 95% interval (Wilson). For those who gave the highest answer, a gain cannot show."
    ]
    with plot(words.message(found), words.basis(found), notes, bars_height(names)) as page:
        bars(
            page.axes[0],
            names,
            rows["share"].tolist(),
            said,
            [EVERYBODY if name == EVERYBODY else group for name in rows["group"]],
            [EVERYBODY, group],
            lows=rows["lower"].tolist(),
            highs=rows["upper"].tolist(),
            looks=GREYS,
        )
        page.axes[0].set_xlabel("Highest answer to all three questions, % of people")
        return page.finish(alt=found.alt_text, name="collaborate")
