"""Why a queue grows although there is enough on average: unused time cannot be kept."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number, seeded, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.bounds import POSITIVE, TIMES

_MOST_DRAWS = 5_000_000


@dataclass(frozen=True, eq=False, repr=False)
class Backlog(Shown):
    """A simulated queue that begins empty.

    Parameters
    ----------
    table : DataFrame, a row a period: period (from 1), mean, low, high (of the runs: one in ten
        lies below, one in ten above), theory (where the two means are equal), unused (capacity lost
        so far, mean), stored (what the queue would be on average if unused capacity could be kept)
    demand, capacity : their means a period
    demand_cv, capacity_cv : their spread, as a share of the mean
    per : the period, "day" or "week"
    unit : what is counted, "minutes"
    """

    table: pd.DataFrame
    demand: float
    capacity: float
    demand_cv: float
    capacity_cv: float
    per: str
    unit: str

    def _showing(self) -> Showing:
        from pcqa_teach.flow import draw, words

        return Showing(
            words.backlog_message, words.backlog_explained, words.backlog_alt, draw.backlog
        )


def backlog_growth(
    demand: object = 100,
    capacity: object = None,
    demand_cv: object = 0.10,
    capacity_cv: object = 0.15,
    periods: object = 250,
    runs: object = 1000,
    seed: object = 1,
    per: str = "day",
    unit: str = "minutes",
) -> Backlog:
    """Return how a queue grows when demand and capacity vary about their means.

    Q(t) = max(Q(t - 1) + D(t) - C(t), 0): what is not met waits, what is not used is gone.
    With equal means and s^2 = var D + var C, the mean of Q(t) comes near s sqrt(2 t / pi).

    Parameters
    ----------
    demand, capacity : number
        Means a period, in one unit; capacity is as large as demand unless it is given.
    demand_cv, capacity_cv : number
        Standard deviation / mean. The draws are from gamma distributions, independent (assumed).
    periods, runs, seed : whole number
        How long, how often, and from which seed.

    Raises
    ------
    DataError
        If a figure is missing, negative or not a number.

    Examples
    --------
    >>> grown = backlog_growth(100, periods=200, seed=2)
    >>> grown.table["mean"].iloc[[49, 199]].round(-1).tolist()
    [90.0, 190.0]
    >>> bool(backlog_growth(100, demand_cv=0, capacity_cv=0).table["mean"].any())
    False

    Source: Silvester et al. 2004; the formula is the reflected random walk.
    """
    wanted = number(demand, "demand", 100, **POSITIVE)
    offered = wanted if capacity is None else number(capacity, "capacity", 100, **POSITIVE)
    spread_d = number(demand_cv, "demand_cv", 0.1, low=0, high=2)
    spread_c = number(capacity_cv, "capacity_cv", 0.15, low=0, high=2)
    length = whole(periods, "periods", 250, **TIMES)
    count = whole(runs, "runs", 400, **TIMES)
    if length * count > _MOST_DRAWS:
        raise DataError("periods x runs is above five million: ask for fewer runs.")
    rng = np.random.default_rng(seeded(seed))
    come = _gamma(rng, wanted, spread_d, (count, length))
    room = _gamma(rng, offered, spread_c, (count, length))
    waiting = queue_lengths(come, room)
    sd = np.hypot(wanted * spread_d, offered * spread_c)
    time = np.arange(1, length + 1)
    walk = np.cumsum(come - room, axis=1)
    equal = wanted == offered
    low, high = np.quantile(waiting, [0.1, 0.9], axis=0)
    table = pd.DataFrame(
        {
            "period": time,
            "mean": waiting.mean(axis=0),
            "low": low,
            "high": high,
            "theory": sd * np.sqrt(2 * time / np.pi) if equal else np.nan,
            "unused": (waiting - walk).mean(axis=0),
            "stored": (wanted - offered) * time,
        }
    )
    return Backlog(table, wanted, offered, spread_d, spread_c, per, unit)


def queue_lengths(come: Floats, room: Floats) -> Floats:
    """Return the queue at the end of each period, which starts empty and never falls below nought.

    >>> queue_lengths(np.array([[5.0, 9, 2, 7, 4]]), np.array([[6.0, 6, 6, 6, 6]])).tolist()
    [[0.0, 3.0, 0.0, 1.0, 0.0]]
    """
    walk = np.cumsum(come - room, axis=-1)
    floor = np.minimum(np.minimum.accumulate(walk, axis=-1), 0.0)
    return np.asarray(walk - floor)


def _gamma(rng: np.random.Generator, mean: float, cv: float, shape: tuple[int, int]) -> Floats:
    if cv == 0:
        return np.full(shape, mean)
    return rng.gamma(cv**-2, mean * cv**2, shape)
