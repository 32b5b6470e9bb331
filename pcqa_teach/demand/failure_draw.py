"""The causes of failure demand, and the prize, as bars."""

from __future__ import annotations

from pcqa_teach import figures
from pcqa_teach.demand import failure_words, prize_words
from pcqa_teach.demand.failure import FailureDemand
from pcqa_teach.demand.failure_frames import EITHER
from pcqa_teach.demand.failure_sharing import levers, pooled, too_few
from pcqa_teach.demand.numbers_said import between, percent
from pcqa_teach.demand.prize import Prize
from pcqa_teach.demand.sheet import bars, bars_height, sheet
from pcqa_teach.errors import ChartError

_LEVER = {
    "practice": "lever in the practice",
    "wider system": "lever in the wider system",
    EITHER: "lever shared",
    "not yet known": "lever not yet known",
}

_PART = {"total": "all of it", "lever": "by who holds the lever", "cause": "by cause"}


def figure(found: FailureDemand) -> figures.Figure:
    """Draw the causes, largest first; without causes, who holds the lever."""
    if too_few(found):
        raise ChartError(f"{failure_words.message(found)}, so nothing is drawn: code more.")
    rows = pooled(found) if len(found.causes) else levers(found).assign(cause=lambda d: d["lever"])
    if not len(rows):
        raise ChartError("Too few contacts have each lever to draw them apart: code more contacts.")
    names = rows["cause"].tolist()
    title, under = failure_words.message(found), failure_words.basis(found)
    with sheet(title, under, failure_words.notes(found), bars_height(names)) as page:
        bars(
            page.axes,
            names,
            rows["share"].tolist(),
            rows["lower"].tolist(),
            rows["upper"].tolist(),
            [
                f"{percent(share)} ({between(low, high)})"
                for share, low, high in zip(
                    rows["share"], rows["lower"], rows["upper"], strict=True
                )
            ],
            [_LEVER[one] for one in rows["lever"]],
            list(_LEVER.values()),
        )
        page.axes.set_xlabel("Share of all contacts, % (line: 95% interval)")
    return figures.Figure.of(page.drawing, alt=found.alt_text, name="failure demand")


def prize_figure(found: Prize) -> figures.Figure:
    """Draw the minutes a week: all failure demand, then who holds the lever, then the causes."""
    rows = found.rows
    names = [one[:1].upper() + one[1:] for one in rows["name"]]
    under = prize_words.basis(found)
    notes = [
        "Intervals are 95%, of the share alone. Never more than its share; it comes with a lag."
    ]
    with sheet(found.message, under, notes, bars_height(names)) as page:
        bars(
            page.axes,
            names,
            rows["minutes"].tolist(),
            rows["lower"].tolist(),
            rows["upper"].tolist(),
            [f"{one:,.0f}" for one in rows["minutes"]],
            [_PART[one] for one in rows["of"]],
            list(_PART.values()),
        )
        page.axes.set_xlabel("Minutes a week (line: 95% interval)")
    return figures.Figure.of(page.drawing, alt=prize_words.alt_text(found), name="the prize")
