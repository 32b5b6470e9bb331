"""Causal loops: which links push the same way and which the other, and what the loops then do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import text
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

MOST = 12
REINFORCING, BALANCING = "reinforcing", "balancing"


@dataclass(frozen=True, eq=False, repr=False)
class LoopDiagram(Shown):
    """Things that push each other.

    Parameters
    ----------
    names : the things, in the order they were first named
    links : (from, to, sign): "+" when more of the one makes more of the other, "-" when less
    loops : the names of each loop in order, the shortest first
    """

    names: tuple[str, ...]
    links: tuple[tuple[str, str, str], ...]
    loops: tuple[tuple[str, ...], ...]

    def sign(self, one: str, other: str) -> str:
        """Give the sign of a link."""
        for start, end, sign in self.links:
            if (start, end) == (one, other):
                return sign
        raise DataError("There is no such link: name one that leads from the first to the second.")

    def minuses(self, loop: Sequence[str]) -> int:
        """Count the minus signs of a loop."""
        onward = [*loop[1:], loop[0]]
        return sum(self.sign(one, other) == "-" for one, other in zip(loop, onward, strict=True))

    def kind(self, loop: Sequence[str]) -> str:
        """Say what a loop does: reinforcing with an even number of minus signs, else balancing."""
        return BALANCING if self.minuses(loop) % 2 else REINFORCING

    @property
    def table(self) -> pd.DataFrame:
        """A row a loop: loop, through, minus_signs, kind."""
        rows = [
            (place, " → ".join([*loop, loop[0]]), self.minuses(loop), self.kind(loop))
            for place, loop in enumerate(self.loops, 1)
        ]
        return pd.DataFrame(rows, columns=["loop", "through", "minus_signs", "kind"])

    def _showing(self) -> Showing:
        from pcqa_teach.partners import loops_draw as draw
        from pcqa_teach.partners import loops_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def loop_diagram(links: Iterable[Sequence[str]]) -> LoopDiagram:
    """Return the loops that links with signs make.

    A loop with an even number of minus signs is *reinforcing*: a push comes back as more of the
    same. With an odd number it is *balancing*: a push comes back against itself.

    Parameters
    ----------
    links : (from, to, "+" or "-"), in the sense "all else the same"

    Raises
    ------
    DataError
        A link is no such three, joins a thing to itself or is there twice, or there are too many
        things.

    Examples
    --------
    >>> found = loop_diagram([("Open needs", "Asks", "+"), ("Asks", "Minutes for each", "-"),
    ...                       ("Minutes for each", "Open needs", "-")])
    >>> found.table[["minus_signs", "kind"]].values.tolist()
    [[2, 'reinforcing']]

    Notes
    -----
    Sterman, Business Dynamics (2000); Meadows, Thinking in Systems (2008).
    """
    read = _links(links)
    names = tuple(dict.fromkeys(name for link in read for name in link[:2]))
    if len(names) > MOST:
        raise DataError(f"There are {len(names)} things: at most {MOST} can be drawn.")
    return LoopDiagram(names, read, _loops(names, read))


def _links(links: Any) -> tuple[tuple[str, str, str], ...]:
    if isinstance(links, str) or not isinstance(links, Iterable):
        raise DataError("Links come in threes: give [('Asks', 'Open needs', '+'), ...].")
    found: list[tuple[str, str, str]] = []
    for place, link in enumerate(links, 1):
        if isinstance(link, str) or not isinstance(link, Sequence) or len(link) != 3:
            raise DataError(f"Link {place} is not three: give ('Asks', 'Open needs', '+').")
        one, other = (text(name, f"a name in link {place}") for name in link[:2])
        sign = str(link[2]).strip().replace("–", "-").replace("−", "-")
        if sign not in ("+", "-"):
            raise DataError(f"Link {place} needs a sign, '+' or '-'.")
        if one == other:
            raise DataError(f"Link {place} joins a thing to itself: give two things.")
        if any((one, other) == known[:2] for known in found):
            raise DataError(f"Link {place} is there twice: keep one of them.")
        found.append((one, other, sign))
    if not found:
        raise DataError("There are no links yet: give [('Asks', 'Open needs', '+'), ...].")
    return tuple(found)


def _loops(
    names: tuple[str, ...], links: tuple[tuple[str, str, str], ...]
) -> tuple[tuple[str, ...], ...]:
    """Find each loop once, begun at whichever of its things was named first."""
    after: dict[str, list[str]] = {name: [] for name in names}
    for one, other, _ in links:
        after[one].append(other)
    order = {name: place for place, name in enumerate(names)}
    found: list[tuple[str, ...]] = []

    def walk(path: tuple[str, ...]) -> None:
        for onward in after[path[-1]]:
            if onward == path[0]:
                found.append(path)
            elif onward not in path and order[onward] > order[path[0]]:
                walk((*path, onward))

    for name in names:
        walk((name,))
    return tuple(sorted(found, key=len))
