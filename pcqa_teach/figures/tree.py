"""A tree drawn from left to right: each parent stands in the middle of its children."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pcqa_teach.figures.boxes import PLAIN, Look, Page, card_height, text_width, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH

GAP = 0.26
ROW = 0.08
BETWEEN = 0.18


@dataclass(frozen=True)
class Node:
    """A box of a tree and the boxes that hang on it."""

    text: str
    children: tuple[Node, ...] = ()


def draw_tree(
    page: Page, root: Node, headings: Sequence[str], looks: Sequence[Look], top: float = 0.0
) -> float:
    """Draw a tree with one column for each heading; return where it ends."""
    columns = _columns(root, len(headings), looks)
    start = top
    for column, heading in zip(columns, headings, strict=True):
        words = wrapped(heading, column.wide, 9, bold=True)
        start = max(start, page.write(column.x, top, words, size=9, bold=True))
    _draw(page, root, columns, start + 0.08)
    return page.bottom


@dataclass(frozen=True)
class _Column:
    x: float
    wide: float
    look: Look

    def card(self, node: Node) -> float:
        return card_height(node.text, self.wide, self.look)


def _columns(root: Node, count: int, looks: Sequence[Look]) -> list[_Column]:
    """Share the width out: a level with more words gets more of it, none under three quarters."""
    words = [0.0] * count
    level, below = 0, [root]
    while below and level < count:
        words[level] = sum(text_width(node.text) for node in below) ** 0.5
        below = [child for node in below for child in node.children]
        level += 1
    whole = WIDTH - 2 * MARGIN - GAP * (count - 1)
    least = 0.75 * whole / count
    spare = whole - least * count
    wides = [least + spare * one / sum(words) for one in words]
    starts = [MARGIN + sum(wides[:place]) + GAP * place for place in range(count)]
    return [
        _Column(x, wide, looks[place] if place < len(looks) else PLAIN)
        for place, (x, wide) in enumerate(zip(starts, wides, strict=True))
    ]


def _draw(page: Page, node: Node, columns: Sequence[_Column], top: float) -> float:
    """Draw a node and all below it; return the height of its middle."""
    column, rest = columns[0], columns[1:]
    high, block = column.card(node), _height(node, columns)
    middles = []
    y = top + (block - _stack(node, columns)) / 2
    for child in node.children:
        middles.append(_draw(page, child, rest, y))
        y += _height(child, rest) + _space(child)
    middle = (middles[0] + middles[-1]) / 2 if middles else top + block / 2
    middle = min(max(middle, top + high / 2), top + block - high / 2)
    page.card(column.x, middle - high / 2, column.wide, node.text, column.look)
    side = column.x + column.wide
    for end in middles:
        page.line(
            [(side, middle), (side + GAP / 2, middle), (side + GAP / 2, end), (side + GAP, end)]
        )
    return middle


def _height(node: Node, columns: Sequence[_Column]) -> float:
    """Give the height that a node and all below it take."""
    return max(columns[0].card(node), _stack(node, columns))


def _stack(node: Node, columns: Sequence[_Column]) -> float:
    if not node.children:
        return 0.0
    heights = [_height(child, columns[1:]) for child in node.children]
    return sum(heights) + sum(_space(child) for child in node.children[:-1])


def _space(node: Node) -> float:
    """Leave more room after a branch than after a leaf."""
    return BETWEEN if node.children else ROW
