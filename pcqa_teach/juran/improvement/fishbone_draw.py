"""The fishbone: a spine that ends in the effect, bones above and below it, causes along them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import PAD, STRONG, TINT, Page, card_height, line_height, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.improvement.bones import Cause, Fishbone

_HEAD = 1.45
_SLANT = 0.34  # inches that a bone leans over its whole length
_ROOM = 0.14
_GAP = 0.09
_INDENT = 0.1


@dataclass(frozen=True)
class _Bone:
    """One bone: its name and the wrapped lines of its causes, with the inches they take."""

    name: str
    causes: tuple[tuple[list[str], list[str]], ...]

    @property
    def long(self) -> float:
        """Inches of all causes along the bone."""
        return sum(_tall(cause) for cause in self.causes) + _ROOM


def fishbone_figure(bones: Fishbone) -> Figure:
    """Draw bones in pairs above and below the spine, the effect at its right end."""
    page = Page()
    pairs = (len(bones.bones) + 1) // 2
    span = (WIDTH - 2 * MARGIN - _HEAD - 0.15) / pairs
    made = [
        _Bone(name, tuple(_lines(cause, span - _SLANT - 0.1) for cause in causes))
        for name, causes in bones.bones
    ]
    upper, lower = made[0::2], made[1::2]
    card = max(card_height(one.name, span - 0.12, TINT) for one in made)
    spine = card + max(one.long for one in upper) + 0.05
    head = card_height(bones.effect, _HEAD, STRONG)
    spine = max(spine, head / 2)
    deep = max((one.long for one in lower), default=0.0)
    for row, above in ((upper, True), (lower, False)):
        for place, bone in enumerate(row):
            foot = MARGIN + (place + 1) * span
            length = spine - card if above else deep
            _draw(page, bone, foot, spine, length, card, span, above=above)
    end = WIDTH - MARGIN - _HEAD
    page.arrow((MARGIN, spine), (end, spine), colour=COLOURS["ink"], width=2.2)
    page.card(end, spine - head / 2, _HEAD, bones.effect, STRONG)
    return page.figure(
        title=bones.message,
        under="Fishbone (cause-and-effect) diagram",
        notes=["Possible causes, not findings: count how often each happens before you act on it."],
        alt=bones.alt_text,
        name="fishbone",
    )


def _lines(cause: Cause, wide: float) -> tuple[list[str], list[str]]:
    """Wrap a cause, and the reasons behind it beneath."""
    name, whys = cause
    reasons = [line for why in whys for line in wrapped(f"- {why}", wide - _INDENT, 8)]
    return wrapped(name, wide), reasons


def _tall(cause: tuple[list[str], list[str]]) -> float:
    return len(cause[0]) * line_height() + len(cause[1]) * line_height(8) + _GAP


def _draw(
    page: Page,
    bone: _Bone,
    foot: float,
    spine: float,
    length: float,
    card: float,
    span: float,
    *,
    above: bool,
) -> None:
    """Draw one bone that leans towards the effect, its causes at its left."""
    tip = foot - _SLANT
    far = spine - length if above else spine + length
    page.line([(tip, far), (foot, spine)], colour=COLOURS["ink"], width=1.4)
    wide = span - 0.12
    page.card(tip - wide + 0.28, far - card if above else far, wide, bone.name, TINT, card)
    y = far + 0.06 if above else spine + 0.1
    for cause in bone.causes:
        y = _cause(page, cause, y, tip, far, spine, span)


def _cause(
    page: Page,
    cause: tuple[Sequence[str], Sequence[str]],
    y: float,
    tip: float,
    far: float,
    spine: float,
    span: float,
) -> float:
    """Write one cause with a line from it to the bone; return where the next begins."""
    name, reasons = cause
    under = y + len(name) * line_height() + 0.02
    x = _on(under, tip, far, spine)
    clear = min(x, _on(y, tip, far, spine))  # no letter of it touches the leaning bone
    start = clear - (span - _SLANT - 0.1) - PAD / 2
    page.write(start, y, name)
    page.line([(start, under), (x, under)])
    page.write(start + _INDENT, under, reasons, size=8, colour=COLOURS["muted"])
    return y + _tall((list(name), list(reasons)))


def _on(y: float, tip: float, far: float, spine: float) -> float:
    """Give where the bone is at a height."""
    share = (y - far) / (spine - far)
    return tip + _SLANT * min(max(share, 0.0), 1.0)
