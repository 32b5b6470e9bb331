"""The picture of the ladder: the highest rung on top, as on a wall."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures.boxes import Page
from pcqa_teach.figures.grid import draw_grid
from pcqa_teach.juran.planning.ladder import RUNGS

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.planning.ladder import EngagementLadder


def figure(ladder: EngagementLadder) -> Figure:
    """Draw the rungs as a table, with what stands on each where something was placed."""
    page = Page()
    headings = ["Rung", "Group", "Who decides"]
    rows = [
        [f"{rung.place}\u00a0{rung.name.replace(' ', chr(160))}", rung.group, rung.decides]
        for rung in reversed(RUNGS)
    ]
    if ladder.placed:
        headings.append("Placed here")
        for row, rung in zip(rows, reversed(RUNGS), strict=True):
            row.append("; ".join(ladder.on(rung.place)) or "–")
    draw_grid(page, headings, rows)
    return page.figure(
        title=ladder.message,
        under="Ladder of participation: who decides?",
        notes=["Rungs and groups: Arnstein 1969. Who decides: our words."],
        alt=ladder.alt_text,
        name="engagement ladder",
    )
