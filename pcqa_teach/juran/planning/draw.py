"""The pictures of planning: the tree, and the definition as a card to pin up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import IDEA, STRONG, TINT, Look, Page, wrapped
from pcqa_teach.figures.grid import draw_grid
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.figures.tree import Node, draw_tree

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.planning.ctq import CtqTree
    from pcqa_teach.juran.planning.definition import OperationalDefinition

_OPEN = "Not yet measurable: "


def ctq_figure(tree: CtqTree) -> Figure:
    """Draw the tree: voice, needs, features; what cannot be counted yet says so."""
    page = Page()
    needs = tuple(
        Node(
            need,
            tuple(Node(f.words if f.measurable else f"{_OPEN}{f.words}") for f in features),
        )
        for need, features in tree.needs.items()
    )
    draw_tree(
        page,
        Node(tree.voice, needs),
        ["What people say", "What they need", "What we would count"],
        [STRONG, TINT, Look()],
    )
    notes = ["What they need is our reading: ask them."]
    return page.figure(
        title=tree.message,
        under="From the voice to what can be counted (critical-to-quality tree)",
        notes=notes,
        alt=tree.alt_text,
        name="ctq tree",
    )


def definition_figure(one: OperationalDefinition) -> Figure:
    """Draw the definition as a table, and beneath it the open questions."""
    page = Page()
    rows = [
        (part, words if isinstance(words, str) else "not said yet")
        for part, words in one.table.itertuples(index=False, name=None)
    ]
    y = draw_grid(page, ["Part", "Our words"], rows)
    if one.advice:
        y = page.write(MARGIN, y + 0.15, "Still open", size=9, bold=True)
    for advice in one.advice:
        lines = wrapped(advice, WIDTH - 2 * MARGIN - 0.3)
        page.box(MARGIN + 0.03, y + 0.09, 0.11, 0.11, IDEA)
        y = page.write(MARGIN + 0.25, y + 0.06, lines, colour=COLOURS["ink"])
    return page.figure(
        title=one.message,
        under="Operational definition: what counts, so that two people would count the same",
        alt=one.alt_text,
        name=f"definition {one.name}",
    )
