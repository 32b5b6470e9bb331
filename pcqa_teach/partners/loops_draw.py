"""Boxes in a ring, joined by arrows with their signs; a minus is drawn broken as well."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import PAD, PLAIN, SIZE, Look, Page, card_height, text_width, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.partners import loops_words as words

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.partners.loops import LoopDiagram

_BOX = 1.35  # inches, the widest box
_KEY = "+ more of the one, more of the other; – (broken line) more of the one, less of the other"
_SIGN = {"+": "+", "-": "–"}
_SIGN_LOOK = Look(face="#FFFFFF", edge=COLOURS["muted"], size=11, bold=True)
_SIGN_AT = 0.36  # how far along its arrow a sign stands, so that crossing arrows keep theirs apart
_BEND = 0.16  # how far an arrow swings out, as a share of its length


def figure(found: LoopDiagram) -> Figure:
    """Draw the ring."""
    sizes = [_size(name) for name in found.names]
    high = 2.5 if len(found.names) < 5 else 3.4
    middles = _ring(len(found.names), sizes, high)
    page = Page()
    for one, other, sign in found.links:
        start, end = found.names.index(one), found.names.index(other)
        _arrow(page, middles[start], middles[end], sizes[start], sizes[end], sign)
    for (x, y), (wide, tall), name in zip(middles, sizes, found.names, strict=True):
        page.card(x - wide / 2, y - tall / 2, wide, name, PLAIN, tall)
    return page.figure(
        title=words.message(found),
        under=_KEY,
        notes=[words.CAUTION],
        alt=found.alt_text,
        name=f"loops {found.names[0]}",
    )


def _size(name: str) -> tuple[float, float]:
    lines = wrapped(name, _BOX - 2 * PAD, SIZE)
    wide = max(text_width(line, SIZE) for line in lines) + 2 * PAD + 0.06
    return wide, card_height(name, wide, PLAIN)


def _ring(count: int, sizes: list[tuple[float, float]], high: float) -> list[tuple[float, float]]:
    """Place the boxes clockwise, the first at the top."""
    across = (WIDTH - 2 * MARGIN - max(wide for wide, _ in sizes)) / 2 * 0.86
    tall = max(tall for _, tall in sizes)
    places = []
    for place in range(count):
        angle = 2 * math.pi * place / count - math.pi / 2
        x = WIDTH / 2 + across * math.cos(angle)
        places.append((x, tall / 2 + high / 2 + high / 2 * math.sin(angle)))
    return places


def _arrow(
    page: Page,
    start: tuple[float, float],
    end: tuple[float, float],
    from_box: tuple[float, float],
    to_box: tuple[float, float],
    sign: str,
) -> None:
    """Draw a bent arrow from edge to edge, its sign nearer to where it sets out."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    # The bend lies to the left of whoever walks along it, so that two ways do not meet.
    across = (start[0] + dx / 2 + _BEND * dy, start[1] + dy / 2 - _BEND * dx)
    begin, tip = _edge(start, across, from_box), _edge(end, across, to_box)
    along, rest = _SIGN_AT, 1 - _SIGN_AT
    middle = [
        rest**2 * begin[way] + 2 * rest * along * across[way] + along**2 * tip[way]
        for way in (0, 1)
    ]
    page.curve(begin, across, tip, dashed=sign == "-")
    wide = 0.24
    page.card(middle[0] - wide / 2, middle[1] - 0.11, wide, _SIGN[sign], _SIGN_LOOK)


def _edge(
    middle: tuple[float, float], towards: tuple[float, float], box: tuple[float, float]
) -> tuple[float, float]:
    """Give where a line from the middle of a box crosses its edge, with a little room."""
    dx, dy = towards[0] - middle[0], towards[1] - middle[1]
    room = 0.05
    scale = min(
        (box[0] / 2 + room) / abs(dx) if dx else math.inf,
        (box[1] / 2 + room) / abs(dy) if dy else math.inf,
    )
    return middle[0] + dx * min(scale, 1), middle[1] + dy * min(scale, 1)
