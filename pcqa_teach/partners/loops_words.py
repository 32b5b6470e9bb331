"""What a diagram of loops says, in words."""

from __future__ import annotations

from pcqa_teach.partners.loops import BALANCING, REINFORCING, LoopDiagram
from pcqa_teach.sayings import counted, lines, lowered

CAUTION = (
    "A loop says which way a push comes back, not how strongly or how soon. Whoever drew it left "
    "out what they do not see from where they stand."
)


def message(found: LoopDiagram) -> str:
    """Say how many loops there are, of which kind."""
    kinds = [found.kind(loop) for loop in found.loops]
    if not kinds:
        return "No loop: each push goes on and does not come back"
    parts = [
        f"{kinds.count(kind)} {kind}" for kind in (REINFORCING, BALANCING) if kinds.count(kind)
    ]
    if len(parts) == 1:
        return counted(len(kinds), f"{kinds[0]} loop")
    return f"{len(kinds)} loops: {' and '.join(parts)}"


def explain(found: LoopDiagram) -> str:
    """Say of each loop how a push comes back."""
    said = [f"{message(found)}."]
    for loop in found.loops:
        minuses, kind = found.minuses(loop), found.kind(loop)
        way = "as more of the same" if kind == REINFORCING else "against itself"
        said.append(
            f"{_round(loop)}: {counted(minuses, 'minus sign')}, so {kind}; a push comes back {way}."
        )
    return lines([*said, CAUTION])


def alt_text(found: LoopDiagram) -> str:
    """Say aloud each link, then each loop."""
    links = [
        f"more {lowered(one)}, {'more' if sign == '+' else 'less'} {lowered(other)}"
        for one, other, sign in found.links
    ]
    loops = [f"{_round(loop)} is {found.kind(loop)}" for loop in found.loops]
    told = f" {'; '.join(loops)}." if loops else ""
    return f"Boxes in a ring joined by arrows. {message(found)}. Links: {'; '.join(links)}.{told}"


def _round(loop: tuple[str, ...]) -> str:
    return ", ".join([*loop, f"back to {lowered(loop[0])}"])
