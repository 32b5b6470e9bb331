"""The questions that lead to a chart as a tree, and cases with their charts as a table."""

from __future__ import annotations

from collections.abc import Sequence

from pcqa_teach import figures
from pcqa_teach.figures.boxes import STRONG, TINT, Look, Page
from pcqa_teach.figures.grid import draw_grid
from pcqa_teach.figures.tree import Node, draw_tree
from pcqa_teach.spc.choosing import TITLES, Choice

BRANCHES: dict[str, tuple[tuple[str, str], ...]] = {
    "One measured value a period: days, minutes, a mean": (
        ("12 dots or more", "xmr"),
        ("fewer, or with a pencil at the wall", "run"),
    ),
    "How many out of how many: a share": (
        ("out of some tens or hundreds", "p"),
        ("out of a thousand or more", "p_prime"),
    ),
    "How many events: a count": (
        ("the same chance each period", "c"),
        ("the chance differs: days, people, calls", "u"),
    ),
    "A rare event: most periods have none": (
        ("cases from one to the next", "g"),
        ("days from one to the next", "t"),
    ),
}


def tree_figure() -> figures.Figure:
    """Draw the tree of questions.

    >>> tree_figure().alt[:45]
    'Ask what a dot is, then one question more. On'
    """
    page = Page()
    leaves = tuple(
        Node(dot, tuple(Node(f"{also}: {TITLES[kind]}") for also, kind in also_kind))
        for dot, also_kind in BRANCHES.items()
    )
    draw_tree(
        page,
        Node("What is a dot?", leaves),
        ["Ask", "A dot is", "And: draw the"],
        [STRONG, TINT, Look()],
    )
    told = "; ".join(
        f"{dot}: " + ", ".join(f"{also}, {TITLES[kind]}" for also, kind in also_kind)
        for dot, also_kind in BRANCHES.items()
    )
    message = "Ask what a dot is, then one question more"
    return page.figure(
        title=message,
        notes=["The lines of 12 dots and of a thousand cases are rules of thumb, and ours."],
        alt=f"{message}. {told}.",
        name="chart tree",
    )


def answers_figure(cases: Sequence[tuple[str, Choice]]) -> figures.Figure:
    """Draw the cases with the chart of each and its reason."""
    page = Page()
    rows = [[told, choice.title, choice.because] for told, choice in cases]
    draw_grid(page, ["What is counted (invented)", "Chart", "Because"], rows)
    said = "; ".join(f"{told}: {choice.title}" for told, choice in cases)
    return page.figure(
        title="Each case with the chart that we would draw",
        alt=f"Each case with the chart that we would draw. {said}.",
        name="chart answers",
    )
