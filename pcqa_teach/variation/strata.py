"""A share of two groups, all together and inside each stratum: whether the comparison turns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import optional, text
from pcqa_teach.columns import codes, refuse, whole_amounts
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.sayings import and_list

_EVEN = 1e-12


@dataclass(frozen=True, eq=False, repr=False)
class Stratified(Shown):
    """Two groups' shares, all together, inside each stratum and on the same mix of strata.

    Parameters
    ----------
    table : a row a stratum, in the order they appear: stratum, weight (its part of both groups
        together), and of each group its n, events and share
    together, same_mix : by group, the share of all, and the share on the mix of both together
    groups : the two, in the order they appear
    what, stratum : what the share is of, and what was split by
    title : the message, or ""
    """

    table: pd.DataFrame
    together: dict[str, float]
    same_mix: dict[str, float]
    groups: tuple[str, str]
    what: str
    stratum: str
    title: str

    @property
    def signs(self) -> list[int]:
        """For each stratum, 1 where the second group's share is higher, -1 where lower, else 0."""
        first, second = (self.table[f"share {one}"].to_numpy() for one in self.groups)
        return [_sign(float(step)) for step in second - first]

    @property
    def overall(self) -> int:
        """The same for all together."""
        return _sign(self.together[self.groups[1]] - self.together[self.groups[0]])

    @property
    def turns(self) -> bool:
        """Whether every stratum says the opposite of all together: Simpson's paradox."""
        return self.overall != 0 and all(sign == -self.overall for sign in self.signs)

    @property
    def kind(self) -> str:
        """Say which it is: "turns round", "the same" or "differs" from stratum to stratum."""
        if self.turns:
            return "turns round"
        return "the same" if all(sign == self.overall for sign in self.signs) else "differs"

    def _showing(self) -> Showing:
        from pcqa_teach.variation import strata_draw as draw
        from pcqa_teach.variation import strata_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def stratify(
    frame: pd.DataFrame,
    *,
    events: str,
    n: str,
    group: str,
    stratum: str,
    what: str = "",
    title: str = "",
) -> Stratified:
    """Compare two groups' shares inside each stratum, and on the same mix of strata.

    Formula: share = sum(events) / sum(n); on the same mix = sum over strata of w x events / n,
    where w = n of both groups in the stratum / n of both in all strata.

    Parameters
    ----------
    frame : DataFrame, a row a group and stratum, or several
    events, n : columns of counts: how many, out of how many
    group, stratum : columns of names; two groups, two strata or more
    what : what the share is of, such as "missed"; "" takes the name of `events`
    title : the message; else it is said whether the comparison turns round

    Returns
    -------
    Stratified

    Raises
    ------
    DataError
        A column cannot be used, there are not two groups, or a group has nothing in a stratum.

    Examples
    --------
    >>> four = pd.DataFrame({"practice": list("LLMM"), "booked": ["same day", "ahead"] * 2,
    ...                      "missed": [24, 24, 6, 70], "n": [800, 200, 300, 700]})
    >>> found = stratify(four, events="missed", n="n", group="practice", stratum="booked")
    >>> {name: round(100 * share, 1) for name, share in found.together.items()}, found.kind
    ({'L': 4.8, 'M': 7.6}, 'turns round')
    >>> {name: round(100 * share, 1) for name, share in found.same_mix.items()}
    {'L': 7.1, 'M': 5.6}

    Notes
    -----
    Simpson, Journal of the Royal Statistical Society B 13 (1951); the same mix is direct
    standardisation, see `direct_rates`.
    """
    many, of = whole_amounts(frame, events, "events="), whole_amounts(frame, n, "n=")
    who, groups = codes(frame, group, "group=")
    where, strata = codes(frame, stratum, "stratum=")
    if len(groups) != 2:
        raise DataError(f"Column '{group}' has {len(groups)} groups: two are compared.")
    if len(strata) < 2:
        raise DataError(f"Column '{stratum}' has one stratum: at least two are needed.")
    refuse(many > of, events, f"is more than '{n}'")
    shape = (len(strata), 2)
    sums, counts = np.zeros(shape), np.zeros(shape)
    np.add.at(sums, (where, who), many)
    np.add.at(counts, (where, who), of)
    if (counts == 0).any():
        empty = and_list([str(one) for one in strata[(counts == 0).any(axis=1)]])
        raise DataError(f"A group has nothing in {empty}: join strata, or leave that one out.")
    first, second = (str(one) for one in groups)
    weight = counts.sum(axis=1) / counts.sum()
    share = sums / counts
    table = pd.DataFrame({"stratum": [str(one) for one in strata], "weight": weight})
    for place, name in enumerate((first, second)):
        table[f"n {name}"] = counts[:, place].astype(np.int64)
        table[f"events {name}"] = sums[:, place].astype(np.int64)
        table[f"share {name}"] = share[:, place]
    total: Any = sums.sum(axis=0) / counts.sum(axis=0)
    same: Any = (weight[:, np.newaxis] * share).sum(axis=0)
    return Stratified(
        table,
        {first: float(total[0]), second: float(total[1])},
        {first: float(same[0]), second: float(same[1])},
        (first, second),
        optional(text, what, "what") or str(events).replace("_", " "),
        str(stratum).replace("_", " "),
        optional(text, title, "title") or "",
    )


def _sign(step: float) -> int:
    return 0 if abs(step) < _EVEN else 1 if step > 0 else -1
