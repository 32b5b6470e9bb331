"""Who talks with whom in a neighbourhood: reach in one step and two, bridges, who is left out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, Ints, text
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.partners.paths import betweenness, distances, parts

MOST = 24
_UNJOINED = "Links come in pairs: give [('Chemist', 'Care home'), ...], one pair a link."


@dataclass(frozen=True, eq=False, repr=False)
class Network(Shown):
    """People and groups, and who talks with whom.

    Parameters
    ----------
    names : in the order they were first named
    joined : a row and a column a name: whether the two are linked
    shown : whose reach a picture shows; "" for nobody's
    """

    names: tuple[str, ...]
    joined: Bools
    shown: str = ""

    @cached_property
    def _ways(self) -> tuple[Floats, Floats]:
        return distances(self.joined)

    @property
    def links(self) -> int:
        """How many links there are."""
        return int(self.joined.sum()) // 2

    @property
    def density(self) -> float:
        """Of all links that there could be, the share that is there."""
        size = len(self.names)
        return self.links / (size * (size - 1) / 2)

    @property
    def parts(self) -> list[list[str]]:
        """The names of each part that hangs together, the largest first."""
        return [[self.names[place] for place in part] for part in parts(self._ways[0])]

    @property
    def table(self) -> pd.DataFrame:
        """A row a name: who, direct links, reached in two steps, between, cut_off.

        `between` is the number of pairs of others whose shortest way leads through them; `cut_off`
        the number of others who would lose their way to the rest without them.
        """
        steps, ways = self._ways
        return pd.DataFrame(
            {
                "who": self.names,
                "direct": self.joined.sum(axis=0).astype(np.int64),
                "two_steps": (np.isfinite(steps) & (steps > 0) & (steps <= 2)).sum(axis=0),
                "between": betweenness(steps, ways),
                "cut_off": self._cut_off(),
            }
        )

    def reach(self, who: str, steps: int = 2) -> list[list[str]]:
        """Give whom somebody reaches: those in one step, those who come in with the second, ...

        Examples
        --------
        >>> row = network_metrics([("Nurse", "Chemist"), ("Chemist", "Care home")])
        >>> row.reach("Nurse")
        [['Chemist'], ['Care home']]
        """
        away = self._ways[0][self._place(who)]
        return [
            [name for name, step in zip(self.names, away, strict=True) if step == wanted]
            for wanted in range(1, steps + 1)
        ]

    def reached(self, who: str, steps: int = 2) -> int:
        """Give how many others somebody reaches in so many steps, each counted once."""
        return sum(len(names) for names in self.reach(who, steps))

    def showing(self, who: str) -> Network:
        """Return the same network, its picture showing whom somebody reaches."""
        return replace(self, shown=self.names[self._place(who)])

    def without(self, who: str) -> Network:
        """Return the network as it would be if somebody left."""
        place = self._place(who)
        kept = np.arange(len(self.names)) != place
        if kept.sum() < 2:
            raise DataError("Nobody would be left to talk with: a network needs two.")
        names = tuple(name for name in self.names if name != self.names[place])
        return Network(names, self.joined[np.ix_(kept, kept)])

    def _place(self, who: str) -> int:
        wanted = " ".join(str(who).split()).casefold()
        for place, name in enumerate(self.names):
            if name.casefold() == wanted:
                return place
        raise DataError("That name is not in this network: use a name as it stands in the list.")

    def _cut_off(self) -> Ints:
        """Count the others of somebody's part who would be apart from most of it without them."""
        found = []
        for place, away in enumerate(self._ways[0]):
            others = np.flatnonzero(np.isfinite(away) & (np.arange(len(away)) != place))
            left = parts(distances(self.joined[np.ix_(others, others)])[0])
            found.append(len(others) - max(map(len, left), default=0))
        return np.array(found, dtype=np.int64)

    def _showing(self) -> Showing:
        from pcqa_teach.partners import network_draw as draw
        from pcqa_teach.partners import network_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def network_metrics(
    links: Iterable[Sequence[str]] | pd.DataFrame, *, others: Iterable[str] = ()
) -> Network:
    """Return a network of who talks with whom, and what each place in it means.

    direct = links of somebody;   two_steps = all who are one or two links away, each once
    between = pairs of others whose shortest way leads through somebody
    density = links / (n x (n - 1) / 2)

    A link goes both ways. What counts as one must be agreed first, such as "talk with each other at
    least once a month". Use roles or groups, not people's names.

    Parameters
    ----------
    links : pairs of names; or a table whose first two columns are the two names
    others : names of those who have no link at all

    Returns
    -------
    Network

    Raises
    ------
    DataError
        A link is no pair, joins somebody to themselves, or there are too many names.

    Examples
    --------
    >>> found = network_metrics(
    ...     [("Nurse", "Chemist"), ("Chemist", "Care home"), ("Nurse", "GP")], others=["Library"])
    >>> found.table[["who", "direct", "two_steps", "cut_off"]].values.tolist()[:2]
    [['Nurse', 2, 3, 1], ['Chemist', 2, 3, 1]]
    >>> round(found.density, 2)
    0.3

    Notes
    -----
    Freeman LC, Centrality in social networks: conceptual clarification, Social Networks 1978/79.
    """
    pairs = _pairs(links)
    alone = [text(one, "a name in others") for one in others]
    spelt: dict[str, str] = {}
    for name in [*(one for pair in pairs for one in pair), *alone]:
        spelt.setdefault(name.casefold(), name)
    names = tuple(spelt.values())
    if not 2 <= len(names) <= MOST:
        raise DataError(f"There are {len(names)} names: a network here has 2 to {MOST}.")
    place = {name: number for number, name in enumerate(spelt)}
    joined = np.zeros((len(names), len(names)), dtype=bool)
    for number, (one, other) in enumerate(pairs, 1):
        if one.casefold() == other.casefold():
            raise DataError(f"Link {number} joins somebody to themselves: give two names.")
        here, there = place[one.casefold()], place[other.casefold()]
        joined[here, there] = joined[there, here] = True
    return Network(names, joined)


def _pairs(links: Any) -> list[tuple[str, str]]:
    if isinstance(links, pd.DataFrame):
        if links.shape[1] < 2:
            raise DataError(_UNJOINED)
        links = links.iloc[:, :2].itertuples(index=False, name=None)
    if isinstance(links, str) or not isinstance(links, Iterable):
        raise DataError(_UNJOINED)
    found = []
    for number, pair in enumerate(links, 1):
        if isinstance(pair, str) or not isinstance(pair, Sequence) or len(pair) != 2:
            raise DataError(_UNJOINED)
        one, other = (text(name, f"a name in link {number}") for name in pair)
        found.append((one, other))
    return found
