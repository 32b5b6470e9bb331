"""CollaboRATE: three questions about shared decisions, read as a top-score share."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import whole
from pcqa_teach.columns import amounts, named, refuse, table_of
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

ITEMS = ("item1", "item2", "item3")
EVERYBODY = "everybody"


@dataclass(frozen=True, eq=False, repr=False)
class Collaborate(Shown):
    """Top-score shares of CollaboRATE.

    Parameters
    ----------
    groups : everybody first, then a row a group: group, n, top, share, lower, upper (per cent, with
        the 95% interval), mean (of the three answers, per cent of the highest possible)
    high : the highest answer, 9 or 4
    by : what the groups are; "" without groups
    set_aside : people who left a question open
    """

    groups: pd.DataFrame
    high: int
    by: str
    set_aside: int

    @property
    def share(self) -> float:
        """The top-score share of everybody, per cent."""
        return float(self.groups["share"].iloc[0])

    @property
    def table(self) -> pd.DataFrame:
        """What may be shared: group, people, top scores, share; small numbers are held back."""
        from pcqa_teach.partners import collaborate_words

        return collaborate_words.table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.partners import collaborate_draw as draw
        from pcqa_teach.partners import collaborate_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def collaborate_score(
    answers: pd.DataFrame,
    items: Sequence[str] = ITEMS,
    *,
    by: str | None = None,
    high: int = 9,
) -> Collaborate:
    """Return the share of people who gave the highest answer to all three questions.

    top-score share = people with the highest answer three times / people who answered all three

    with its 95% Wilson interval. Many people answer at the very top (a ceiling), so the share says
    more than the mean; for those at the top a gain cannot show.

    Parameters
    ----------
    answers : a row a person
    items : the three columns of answers, from 0 to `high`
    by : column of groups, optional
    high : the highest answer: 9, or 4 in the five-point form

    Returns
    -------
    Collaborate

    Raises
    ------
    DataError
        There are not three columns, an answer lies outside the scale, or nobody answered all three.

    Examples
    --------
    >>> five = pd.DataFrame(
    ...     [(9, 9, 9), (9, 9, 8), (7, 7, 7), (9, 9, 9), (0, 9, 9)], columns=list(ITEMS))
    >>> collaborate_score(five).share
    40.0

    Notes
    -----
    Elwyn and others, 2013; Barr and others, Journal of Medical Internet Research 2014;16:e2.
    """
    rows = table_of(answers, "answers")
    names = list(items)
    most = whole(high, "high", 9, low=1, high=10)
    if len(names) != 3 or len(set(names)) != 3:
        raise DataError("CollaboRATE has three questions: name their three columns in items=.")
    given = np.column_stack([amounts(rows, name, "items=", gaps=True) for name in names])
    for place, name in enumerate(names):
        beyond = (given[:, place] > most) | (given[:, place] % 1 > 0)
        refuse(beyond, name, f"is no whole number from 0 to {most}")
    full = ~np.isnan(given).any(axis=1)
    if not full.any():
        raise DataError("Nobody answered all three questions: there is no share.")
    scored = pd.DataFrame({"top": (given == most).all(axis=1), "mean": given.mean(axis=1)})
    scored["group"] = EVERYBODY
    if by is not None:
        group = named(rows, by, "by=").astype(str).to_numpy()
        scored = pd.concat([scored, scored.assign(group=group)])
        full = np.tile(full, 2)
    groups = _rows(scored.iloc[np.flatnonzero(full)], most)
    left = len(rows) - int(groups["n"].iloc[0])
    return Collaborate(groups, most, (by or "").replace("_", " "), left)


def _rows(scored: pd.DataFrame, high: int) -> pd.DataFrame:
    from pcqa_teach.variation import wilson

    each: Any = scored.groupby("group", sort=False)
    n, top = each.size(), each["top"].sum()
    order = [EVERYBODY, *sorted(name for name in n.index if name != EVERYBODY)]
    shares = wilson(top[order].to_numpy(), n[order].to_numpy())
    return pd.DataFrame(
        {
            "group": order,
            "n": n[order].to_numpy(dtype=np.int64),
            "top": top[order].to_numpy(dtype=np.int64),
            "share": 100 * shares["share"].to_numpy(),
            "lower": 100 * shares["lower"].to_numpy(),
            "upper": 100 * shares["upper"].to_numpy(),
            "mean": 100 * each["mean"].mean()[order].to_numpy() / high,
        }
    )
