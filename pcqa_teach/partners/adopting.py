"""How a change passes from practice to practice: who takes it up, when, and where it stops."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Ints, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.partners.network import Network

NEVER = -1


@dataclass(frozen=True, eq=False, repr=False)
class Adoption(Shown):
    """A change on its way through a network; a model to think with, not a forecast.

    Parameters
    ----------
    network : who talks with whom
    month : of each name, in the network's order: 0 for who starts, -1 for who never does
    needs : in how many of those they talk with a practice wants to see it first
    months : how long it was followed
    """

    network: Network
    month: Ints
    needs: int
    months: int

    @property
    def starts(self) -> list[str]:
        """Who began."""
        return [
            name for name, when in zip(self.network.names, self.month, strict=True) if when == 0
        ]

    @property
    def table(self) -> pd.DataFrame:
        """A row a month: month, new (who took it up then), total (who has it)."""
        month = np.arange(self.months + 1)
        new = np.array([(self.month == one).sum() for one in month], dtype=np.int64)
        return pd.DataFrame({"month": month, "new": new, "total": new.cumsum()})

    @property
    def total(self) -> int:
        """How many have it in the end."""
        return int((self.month != NEVER).sum())

    @property
    def last(self) -> int:
        """In which month the last one took it up."""
        return int(self.month.max())

    def without(self) -> list[str]:
        """Give the names of those whom it did not reach."""
        return [
            name for name, when in zip(self.network.names, self.month, strict=True) if when == NEVER
        ]

    def _showing(self) -> Showing:
        from pcqa_teach.partners import adopting_draw as draw
        from pcqa_teach.partners import adopting_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def adoption(
    network: Network, starts: Iterable[str], *, needs: int = 1, months: int = 12
) -> Adoption:
    """Follow a change from practice to practice by a plain rule.

    Each month, whoever talks with at least `needs` that already have it takes it up the month
    after. Nobody gives it up again.

    Parameters
    ----------
    network : who talks with whom, as `network_metrics` gives it
    starts : the names of those that begin
    needs : in how many others somebody wants to see it first, 1 or more
    months : how long to follow it

    Raises
    ------
    DataError
        Nobody starts, a name is not in the network, or a number is out of range.

    Examples
    --------
    >>> from pcqa_teach.partners import network_metrics
    >>> row = network_metrics([("A", "B"), ("B", "C"), ("C", "D"), ("D", "E")])
    >>> adoption(row, ["A"]).table["total"].tolist()[:6]
    [1, 2, 3, 4, 5, 5]
    >>> adoption(row, ["A", "C"], needs=2).without()
    ['D', 'E']

    Notes
    -----
    A threshold model: Granovetter, American Journal of Sociology 83 (1978). That changes which one
    wants to see more than once need close ties: Centola and Macy, American Journal of Sociology 113
    (2007).
    """
    want = whole(needs, "needs", 2, low=1, high=len(network.names))
    long = whole(months, "months", 12, low=1, high=120)
    month = np.full(len(network.names), NEVER, dtype=np.int64)
    for name in starts:
        month[network._place(name)] = 0
    if not (month == 0).any():
        raise DataError("Nobody starts: name at least one practice.")
    for now in range(1, long + 1):
        seen = network.joined[:, month != NEVER].sum(axis=1)
        month[(month == NEVER) & (seen >= want)] = now
    return Adoption(network, month, want, long)
