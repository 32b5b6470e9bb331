"""A map of boxes joined by lines; whom somebody reaches stands out by edge and fill."""

from __future__ import annotations

from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.boxes import (
    PAD,
    PLAIN,
    SIZE,
    STRONG,
    TINT,
    Look,
    Page,
    card_height,
    text_width,
    wrapped,
)
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.partners import network_words as words
from pcqa_teach.partners.network import Network
from pcqa_teach.partners.paths import distances
from pcqa_teach.partners.places import places
from pcqa_teach.sayings import counted

_BOX = 1.12  # inches, the widest box
_FAR = Look(face="#FFFFFF", edge="#1F3A5F", line=1.6)
_NOT = Look(face="#FFFFFF", edge=COLOURS["muted"], ink=COLOURS["muted"], dashed=True)
_KEY = (
    (STRONG, "starts here"),
    (TINT, "in one step"),
    (_FAR, "with the second step"),
    (_NOT, "not in two steps"),
)


def figure(found: Network) -> Figure:
    """Draw the map."""
    looks = _looks(found)
    sizes = [_size(name) for name in found.names]
    high = min(max(1.8, 0.28 * len(found.names)), 6.0)
    steps, _ = distances(found.joined)
    at = places(steps, sizes, WIDTH - 2 * MARGIN, high)
    page = Page()
    top = _key(page) if found.shown else 0.0
    middles = [(MARGIN + float(x), top + float(y)) for x, y in at]
    for one in range(len(middles)):
        for other in range(one):
            if found.joined[one, other]:
                page.line([middles[one], middles[other]], width=1.3)
    for (x, y), (wide, tall), name, look in zip(middles, sizes, found.names, looks, strict=True):
        page.card(x - wide / 2, y - tall / 2, wide, name, look, tall)
    return page.figure(
        title=words.message(found),
        under=f"n = {len(found.names)} neighbours, {counted(found.links, 'link')}; a line joins two"
        " who talk with each other",
        notes=["A line says nothing about trust or power. Where a box lies has no meaning."],
        alt=found.alt_text,
        name=f"network {found.shown}",
    )


def _size(name: str) -> tuple[float, float]:
    """Give a box the room that bold letters need, so that it stays put whoever starts."""
    lines = wrapped(name, _BOX - 2 * PAD, SIZE, bold=True)
    wide = max(text_width(line, SIZE, bold=True) for line in lines) + 2 * PAD + 0.04
    return wide, card_height(name, wide, STRONG)


def _looks(found: Network) -> list[Look]:
    if not found.shown:
        return [PLAIN] * len(found.names)
    near, far = found.reach(found.shown)
    return [
        STRONG if name == found.shown else TINT if name in near else _FAR if name in far else _NOT
        for name in found.names
    ]


def _key(page: Page) -> float:
    x, bottom = MARGIN, 0.0
    for look, said in _KEY:
        wide = text_width(said, look.size, look.bold) + 0.2
        bottom = max(bottom, page.card(x, 0.0, wide, said, look))
        x += wide + 0.15
    return bottom + 0.18
