"""The driver diagram as a tree, and the family of measures as three columns of cards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures.boxes import HEAD, IDEA, PLAIN, STRONG, TINT, Page, card_height
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.figures.tree import Node, draw_tree
from pcqa_teach.juran.improvement.family import ASK

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.improvement.drivers import DriverDiagram
    from pcqa_teach.juran.improvement.family import Measure, MeasuresFamily

_WAY = {"up": "up is better", "down": "down is better"}


def driver_figure(diagram: DriverDiagram) -> Figure:
    """Draw the diagram from the aim at the left to the ideas at the right."""
    page = Page()
    tree: dict[str, dict[str, list[str]]] = {}
    for primary, secondary, idea in diagram.rows:
        below = tree.setdefault(primary, {})
        if secondary is not None:
            ideas = below.setdefault(secondary, [])
            ideas += [idea] if idea is not None else []
    root = Node(
        diagram.aim,
        tuple(
            Node(primary, tuple(Node(s, tuple(map(Node, ideas))) for s, ideas in below.items()))
            for primary, below in tree.items()
        ),
    )
    draw_tree(
        page,
        root,
        ["Aim", "Primary drivers", "Secondary drivers", "Ideas to test"],
        [STRONG, TINT, PLAIN, IDEA],
    )
    return page.figure(
        title=diagram.message,
        under="Driver diagram: our theory of what moves the aim",
        notes=["Each line is a prediction that a small test can prove wrong."],
        alt=diagram.alt_text,
        name="driver diagram",
    )


def family_figure(family: MeasuresFamily) -> Figure:
    """Draw the measures in a column for each kind."""
    page = Page()
    gap = 0.15
    wide = (WIDTH - 2 * MARGIN - 2 * gap) / 3
    heads = {kind: f"{kind.capitalize()} measures. {asks}" for kind, asks in ASK.items()}
    high = max(card_height(head, wide, HEAD) for head in heads.values())
    for place, (kind, head) in enumerate(heads.items()):
        x = MARGIN + place * (wide + gap)
        y = page.card(x, 0.0, wide, head, HEAD, high)
        for one in family.of(kind):
            y = page.card(x, y + 0.08, wide, _words(one), TINT if kind == "outcome" else PLAIN)
    under = "Family of measures: outcome, process, balancing"
    if family.aim:
        under = f"{under}. Aim: {family.aim}"
    return page.figure(
        title=family.message, under=under, alt=family.alt_text, name="measures family"
    )


def _words(one: Measure) -> str:
    parts = [one.name, one.unit, _WAY.get(one.good or "")]
    return ", ".join(part for part in parts if part)
