"""The causes of failure demand, and the prize, as bars."""

from __future__ import annotations

from pcqa_teach.demand import failure_words, prize_words
from pcqa_teach.demand.failure import FailureDemand
from pcqa_teach.demand.failure_frames import EITHER, levers, pooled, too_few
from pcqa_teach.demand.prize import Prize
from pcqa_teach.errors import ChartError
from pcqa_teach.figures import Figure
from pcqa_teach.figures.bars import bars, bars_height
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import between, fine_percent, rough

_LEVER = {
    "practice": "lever in the practice",
    "wider system": "lever in the wider system",
    EITHER: "lever in both, or mixed",
    "not yet known": "lever not yet known",
}

_PART = {"total": "all of it", "lever": "by who holds the lever", "cause": "by cause"}


def figure(found: FailureDemand) -> Figure:
    """Draw the causes, largest first; without causes, who holds the lever."""
    if too_few(found):
        raise ChartError(f"{failure_words.message(found)}, so nothing is drawn: code more.")
    rows = pooled(found) if len(found.causes) else levers(found).assign(cause=lambda d: d["lever"])
    if not len(rows):
        raise ChartError("Too few contacts have each lever to draw them apart: code more contacts.")
    names = rows["cause"].tolist()
    title, under = failure_words.message(found), failure_words.basis(found)
    with plot(title, under, failure_words.notes(found), bars_height(names)) as page:
        bars(
            page.axes[0],
            names,
            rows["share"].tolist(),
            [
                f"{fine_percent(share)} ({between(low, high)})"
                for share, low, high in zip(
                    rows["share"], rows["lower"], rows["upper"], strict=True
                )
            ],
            [_LEVER[one] for one in rows["lever"]],
            list(_LEVER.values()),
            lows=rows["lower"].tolist(),
            highs=rows["upper"].tolist(),
            most=100,
        )
        page.axes[0].set_xlabel("Share of all contacts, % (line: 95% interval)")
        return page.finish(alt=found.alt_text, name="failure demand")


def prize_figure(found: Prize) -> Figure:
    """Draw the minutes a week: all failure demand, then who holds the lever, then the causes."""
    rows = found.rows
    names = [one[:1].upper() + one[1:] for one in rows["name"]]
    under = prize_words.basis(found)
    notes = [
        "Intervals are 95%, of the share alone. Never more than its share; it comes with a lag."
    ]
    with plot(found.message, under, notes, bars_height(names)) as page:
        bars(
            page.axes[0],
            names,
            rows["minutes"].tolist(),
            [rough(one) for one in rows["minutes"]],
            [_PART[one] for one in rows["of"]],
            list(_PART.values()),
            lows=rows["lower"].tolist(),
            highs=rows["upper"].tolist(),
        )
        page.axes[0].set_xlabel("Minutes a week (line: 95% interval)")
        return page.finish(alt=prize_words.alt_text(found), name="the prize")
