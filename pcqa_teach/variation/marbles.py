"""Deming's funnel experiment, with marbles: what correcting after every result does to the spread.

It has nothing to do with the funnel plot, which is `funnel` in this package.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number, numbers, seeded, text, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure

RULES = (1, 2, 3, 4)


@dataclass(frozen=True, eq=False, repr=False)
class Marbles(Shown):
    """Where the marbles came to rest under each of the four rules, with the same luck.

    Parameters
    ----------
    drops : DataFrame, a row a marble: drop, luck, rule_1, rule_2, rule_3, rule_4; how far from the
        mark it came to rest, and how far from the funnel (luck)
    unit : of the distances
    simulated : whether the luck was drawn by chance; if not, somebody gave it
    """

    drops: pd.DataFrame
    unit: str
    simulated: bool

    @property
    def table(self) -> pd.DataFrame:
        """A row a rule: rule, sd (about the mark), sd_ratio and variance_ratio (to rule 1)."""
        landed = self.drops[[f"rule_{rule}" for rule in RULES]].to_numpy(dtype=np.float64)
        variance = np.square(landed).mean(axis=0)
        return pd.DataFrame(
            {
                "rule": RULES,
                "sd": np.sqrt(variance),
                "sd_ratio": np.sqrt(variance / variance[0]),
                "variance_ratio": variance / variance[0],
            }
        )

    @property
    def sd_ratio(self) -> float:
        """How many times as wide rule 2 makes the spread: the square root of 2 in the long run."""
        return float(self.table["sd_ratio"].iloc[1])

    def beside(self, rule: int) -> Figure:
        """Draw one rule under rule 1, on the same scale."""
        from pcqa_teach.variation.marbles_draw import beside

        return beside(self, whole(rule, "rule", 2, low=2, high=4))

    def _showing(self) -> Showing:
        from pcqa_teach.variation import marbles_draw as draw
        from pcqa_teach.variation import marbles_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def funnel_experiment(
    drops: int = 50,
    *,
    spread: float = 10,
    luck: Sequence[float] | None = None,
    unit: str = "cm",
    seed: int = 1986,
) -> Marbles:
    """Drop marbles through a funnel at a mark under four rules, the same luck for each.

    A marble lands at z = f + e: where the funnel stands, and luck. Rule 1: leave f on the mark.
    Rule 2: f moves by -z from where it stands, so z = e[k] - e[k-1]. Rule 3: f goes to -z, counted
    from the mark: z = e[k] - z[k-1]. Rule 4: f goes over the last marble: z = e[k] + z[k-1].

    Parameters
    ----------
    drops : how many marbles; not used where `luck` is given
    spread : the standard deviation of the luck, in `unit`
    luck : your own, oldest first, such as values less their mean, in place of chance
    unit : of the distances
    seed : where chance starts; the same seed gives the same luck

    Returns
    -------
    Marbles

    Raises
    ------
    DataError
        An argument cannot be used.

    Examples
    --------
    >>> by_hand = funnel_experiment(luck=[3, -2, 1, -4])
    >>> by_hand.drops["rule_2"].tolist(), by_hand.drops["rule_3"].tolist()
    ([3.0, -5.0, 3.0, -5.0], [3.0, -5.0, 6.0, -10.0])
    >>> by_hand.drops["rule_4"].tolist()
    [3.0, 1.0, 2.0, -2.0]
    >>> bool(abs(funnel_experiment(2_000).sd_ratio / 2**0.5 - 1) < 0.05)
    True

    Notes
    -----
    Deming, Out of the Crisis (1986) and The New Economics (1993). With luck that is independent
    from drop to drop, rule 2 doubles the variance, and under rules 3 and 4 that of drop k is k
    times as large: they never settle.
    """
    if luck is None:
        many = whole(drops, "drops", 50, low=2, high=1_000_000)
        scale = number(spread, "spread", 10, above=0)
        chance: Floats = np.random.default_rng(seeded(seed)).normal(0.0, scale, many)
    else:
        chance = numbers(luck, "luck", None)
        if len(chance) < 2 or not np.any(chance):
            raise DataError("luck needs two values or more, and not all of them 0.")
    landed = landings(chance)
    columns = {f"rule_{rule}": landed[place] for place, rule in enumerate(RULES)}
    frame = pd.DataFrame({"drop": np.arange(1, len(chance) + 1), "luck": chance, **columns})
    return Marbles(frame, text(unit, "unit"), luck is None)


def landings(luck: Floats) -> Floats:
    """Say where marbles come to rest under each of the four rules, which are the first axis.

    Parameters
    ----------
    luck : array whose last axis is the drops; any axes before it are experiments

    >>> landings(np.array([3.0, -2, 1]))[1:].tolist()
    [[3.0, -5.0, 3.0], [3.0, -5.0, 6.0], [3.0, 1.0, 2.0]]
    """
    follow = luck.copy()
    follow[..., 1:] -= luck[..., :-1]
    side = np.where(np.arange(luck.shape[-1]) % 2, -1.0, 1.0)
    swing = side * np.cumsum(side * luck, axis=-1)
    return np.stack([luck, follow, swing, np.cumsum(luck, axis=-1)])
