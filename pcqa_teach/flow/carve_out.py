"""Slots kept back for one kind of ask, against one pool for all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number, seeded, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.backlog import queue_lengths
from pcqa_teach.flow.bounds import POSITIVE, SHARE, TIMES

SCHEMES = ("kept apart", "one pool, in order", "one pool, first kind first")
ALL = "all"
_MOST_DRAWS = 5_000_000


@dataclass(frozen=True, eq=False, repr=False)
class CarveOut(Shown):
    """Three ways to give out the same slots to the same asks.

    Parameters
    ----------
    table : DataFrame, a row a scheme and kind of ask (and "all"): scheme, kind, asks_a_day,
        slots_a_day (its own; missing in a pool), load (asks / slots), mean_wait_days, low, high (of
        the runs: 5% lie below, 5% above), not_same_day (share not seen on the day they asked),
        waiting_at_end (mean), unused_a_day (slots)
    kept : the slots a day kept for the first kind
    slots : the slots a day
    names : the two kinds
    days : how many days each run has
    """

    table: pd.DataFrame
    kept: int
    slots: int
    names: tuple[str, str]
    days: int

    def of(self, scheme: str, kind: str = ALL) -> pd.Series:
        """Return one row of the table."""
        return self.table[(self.table["scheme"] == scheme) & (self.table["kind"] == kind)].iloc[0]

    def _showing(self) -> Showing:
        from pcqa_teach.flow import draw
        from pcqa_teach.flow import sharing_words as words

        return Showing(
            words.carve_out_message, words.carve_out_explained, words.carve_out_alt, draw.carve_out
        )


def carve_out(
    demand: object = 98,
    slots: object = 100,
    kept: object = 0.4,
    mix: object = 0.4,
    dispersion: object = 1.4,
    days: object = 250,
    runs: object = 200,
    seed: object = 1,
    names: tuple[str, str] = ("same-day", "other"),
) -> CarveOut:
    """Return the waits when part of the slots is kept for one kind of ask, and when none is.

    Each day so many ask (Poisson, or wider by `dispersion`); each is seen when a slot that may be
    used for them is free, in the order they asked; a slot that nobody takes is lost. Mean wait in
    days = mean number waiting at the end of a day / asks a day (Little's law).

    Parameters
    ----------
    demand : number
        Asks a day, on average.
    slots : whole number
        Slots a day.
    kept : number
        Share of the slots kept for the first kind (rounded to whole slots).
    mix : number
        Share of the asks that are of the first kind.
    dispersion : number
        Variance of a day's asks / their mean, 1 or more; 1.4 is what the kit's practice has.
    days, runs, seed : whole number
        How long, how often, and from which seed; each run begins with nobody waiting.
    names : two words
        What the kinds are called.

    Raises
    ------
    DataError
        If a figure is missing or out of range, or a kind would have no slot.

    Examples
    --------
    >>> waits = carve_out(98, 100, kept=0.4, seed=3)
    >>> apart, pool = waits.of("kept apart"), waits.of("one pool, in order")
    >>> bool(apart["mean_wait_days"] > 1.5 * pool["mean_wait_days"])
    True

    Source: Silvester et al. 2004; NHS Modernisation Agency, Matching capacity and demand.
    """
    wanted = number(demand, "demand", 98, **POSITIVE)
    offered = whole(slots, "slots", 100, low=2, high=100_000)
    part = round(offered * number(kept, "kept", 0.4, **SHARE))
    if not 1 <= part < offered:
        raise DataError(f"kept leaves one kind without a slot of {offered}: give kept=0.4, say.")
    first = number(mix, "mix", 0.4, low=0.01, high=0.99)
    wide = number(dispersion, "dispersion", 1.4, low=1, high=50)
    length = whole(days, "days", 250, **TIMES)
    count = whole(runs, "runs", 200, **TIMES)
    if length * count > _MOST_DRAWS:
        raise DataError("days x runs is above five million: ask for fewer runs.")
    rng = np.random.default_rng(seeded(seed))
    means = np.array([wanted * first, wanted * (1 - first)])
    asks = np.stack([_asks(rng, mean, wide, (count, length)) for mean in means])
    table = _compare(asks, means, np.array([part, offered - part]), _named(names))
    return CarveOut(table, part, offered, _named(names), length)


def _named(names: object) -> tuple[str, str]:
    given = list(names) if isinstance(names, tuple | list) else []
    words = [name for name in given if isinstance(name, str) and name.strip()]
    if len(given) != 2 or len({ALL, *words}) != 3:
        raise DataError("names must be two words: give names=('same-day', 'other').")
    return words[0], words[1]


def _asks(rng: np.random.Generator, mean: float, wide: float, shape: tuple[int, int]) -> Floats:
    if wide == 1:
        return rng.poisson(mean, shape).astype(np.float64)
    return rng.negative_binomial(mean / (wide - 1), 1 / wide, shape).astype(np.float64)


def _compare(
    asks: Floats, means: Floats, parts: np.ndarray[tuple[int], np.dtype[np.int64]],
    names: tuple[str, str],
) -> pd.DataFrame:  # fmt: skip
    """Run each scheme on the same asks; arrays are (kind, run, day)."""
    together, slots = asks.sum(axis=0), float(parts.sum())
    apart = queue_lengths(asks, np.broadcast_to(parts[:, None, None], asks.shape).astype(float))
    pool = queue_lengths(together, np.full(together.shape, slots))
    urgent = queue_lengths(asks[0], np.full(together.shape, slots))
    late = np.minimum(together, pool)  # in order: whoever asked today stands at the back
    fair = np.divide(asks, together, out=np.zeros_like(asks), where=together > 0)
    ahead = np.stack([urgent, pool - urgent])
    pool_unused, late_part = _unused(together, pool, slots), late * fair
    apart_unused = [_unused(asks[k], apart[k], float(parts[k])) for k in (0, 1)]
    rows = []
    for k, name in enumerate(names):
        own = {"kind": name, "asks_a_day": means[k]}
        wait = _waits(apart[k], asks[k])
        held = {"slots_a_day": float(parts[k]), "load": means[k] / parts[k]}
        missed = _share(np.minimum(asks[k], apart[k]), asks[k])
        rows.append(_row(SCHEMES[0], own | held, wait, missed, apart[k], apart_unused[k]))
        both = {"slots_a_day": np.nan, "load": means.sum() / slots}
        missed = _share(late_part[k], asks[k])
        rows.append(_row(SCHEMES[1], own | both, _waits(pool, together), missed,
                         pool * means[k] / means.sum(), np.nan))  # fmt: skip
        missed = _share(np.minimum(asks[k], ahead[k]), asks[k])
        rows.append(_row(SCHEMES[2], own | both, _waits(ahead[k], asks[k]), missed, ahead[k],
                         np.nan))  # fmt: skip
    whole = {"kind": ALL, "asks_a_day": means.sum(), "slots_a_day": slots}
    whole["load"] = means.sum() / slots
    outs = np.minimum(asks, apart).sum(axis=0), late, np.minimum(asks, ahead).sum(axis=0)
    lost = float(sum(apart_unused)), pool_unused, pool_unused
    for scheme, queue, out, idle in zip(SCHEMES, (apart.sum(axis=0), pool, pool), outs, lost,
                                        strict=True):  # fmt: skip
        wait = _waits(queue, together)
        rows.append(_row(scheme, whole, wait, _share(out, together), queue, idle))
    return pd.DataFrame(rows)


def _row(
    scheme: str, own: dict[str, object], wait: Floats, missed: float, queue: Floats, idle: float
) -> dict[str, object]:
    low, high = np.quantile(wait, [0.05, 0.95])
    return {
        "scheme": scheme,
        **own,
        "mean_wait_days": float(wait.mean()),
        "low": float(low),
        "high": float(high),
        "not_same_day": missed,
        "waiting_at_end": float(queue[:, -1].mean()),
        "unused_a_day": idle,
    }


def _waits(queue: Floats, asks: Floats) -> Floats:
    """Give each run's mean wait by Little's law."""
    come = asks.mean(axis=1)
    return np.asarray(np.divide(queue.mean(axis=1), come, out=np.zeros_like(come), where=come > 0))


def _share(part: Floats, whole: Floats) -> float:
    total = float(whole.sum())
    return float(part.sum()) / total if total else 0.0


def _unused(asks: Floats, queue: Floats, slots: float) -> float:
    """Give the slots lost a day: those offered less those used."""
    seen = asks.sum(axis=1) - queue[:, -1]
    return float(slots - seen.mean() / asks.shape[1])
