"""The tables of control, to print and pin up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures.boxes import Page
from pcqa_teach.figures.grid import draw_grid

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.control.plan import ControlPlan
    from pcqa_teach.juran.control.responses import ResponseTable


def plan_figure(plan: ControlPlan) -> Figure:
    """Draw the control plan."""
    page = Page()
    heads = ["What", "Measure", "Found in", "Standard and limits", "How often", "Who decides",
             "What they do"]  # fmt: skip
    draw_grid(page, heads, plan.rows)
    return page.figure(
        title=plan.message,
        under="Control plan: each row is one loop, from measuring to acting",
        alt=plan.alt_text,
        name="control plan",
    )


def responses_figure(table: ResponseTable) -> Figure:
    """Draw the table of responses."""
    page = Page()
    rows = [
        (str(place), one.signal, one.meaning, one.do, one.do_not, one.owner.capitalize())
        for place, one in enumerate(table.responses, 1)
    ]
    draw_grid(page, ["", "The chart shows", "It means", "Do", "Do not", "Whose work"], rows)
    return page.figure(
        title=table.message,
        under="Six responses to what a chart shows, and which of Juran's three processes owns each",
        alt=table.alt_text,
        name="responses",
    )
