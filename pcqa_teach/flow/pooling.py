"""Several desks, each with its own callers, against one hub for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number, numbers, wholes
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.bounds import FROM_ZERO, POSITIVE, STAFF
from pcqa_teach.flow.erlang import Erlang, erlang_a, erlang_c

APART, HUB = "All desks, apart", "One hub"
_WEIGHTED = ["p_wait", "abandoned", "mean_wait_seconds", "within"]


@dataclass(frozen=True, eq=False, repr=False)
class Pooling(Shown):
    """Desks apart and pooled.

    Parameters
    ----------
    table : DataFrame, a row a desk, then all desks apart (weighted by calls), then one hub with all
        calls and all staff: who and the columns of `Erlang.table`
    enough : the staff with whom the hub answers as promptly as the desks do apart
    model : "c", or "a" if patience was given
    within_seconds : the wait that counts as prompt
    """

    table: pd.DataFrame
    enough: int
    model: str
    within_seconds: float

    @property
    def apart(self) -> pd.Series:
        """The row of all desks apart."""
        return self.table[self.table["who"] == APART].iloc[0]

    @property
    def hub(self) -> pd.Series:
        """The row of the hub."""
        return self.table[self.table["who"] == HUB].iloc[0]

    def _showing(self) -> Showing:
        from pcqa_teach.flow import draw
        from pcqa_teach.flow import sharing_words as words

        return Showing(
            words.pooling_message, words.pooling_explained, words.pooling_alt, draw.pooling
        )


def pooling_gain(
    calls_per_hour: object,
    agents: object,
    handling_seconds: object = 150,
    patience_seconds: object = None,
    within_seconds: object = 60,
    names: list[str] | None = None,
) -> Pooling:
    """Return how waits change when several desks become one, with the same staff and callers.

    Erlang C of each desk, against Erlang C of their sums (Erlang A if patience is given). The same
    sum, read backwards, is what carving one team into two costs: there the formula is exact.

    Parameters
    ----------
    calls_per_hour, agents : list of numbers
        A value a desk.
    handling_seconds : number
        The same for all.
    patience_seconds : number, optional
        Mean patience; None: everybody waits.
    names : list of str, optional
        What the desks are called; "Desk 1", ... otherwise. Use pseudonyms.

    Raises
    ------
    DataError
        If there are fewer than two desks, or a figure is missing, negative or not a number.

    Examples
    --------
    >>> hub = pooling_gain([36, 24, 48, 30, 42], agents=[3, 2, 3, 2, 3])
    >>> [round(float(row["p_wait"]), 2) for row in (hub.apart, hub.hub)]
    [0.37, 0.05]

    Source: Erlang 1917; Mandelbaum and Zeltyn 2005.
    """
    rate = numbers(calls_per_hour, "calls_per_hour", 60, **FROM_ZERO)
    staff = wholes(agents, "agents", 3, **STAFF)
    handling = number(handling_seconds, "handling_seconds", 150, **POSITIVE)
    if len(rate) < 2 or len(rate) != len(staff):
        raise DataError(
            "calls_per_hour and agents need a value for each of two or more desks: for example "
            "calls_per_hour=[36, 24], agents=[3, 2]."
        )
    if rate.sum() == 0:
        raise DataError("calls_per_hour is nought at every desk: give how many calls come.")
    called = _names(names, len(rate))

    def queue(calls: Any, people: Any) -> Erlang:
        if patience_seconds is None:
            return erlang_c(calls, handling, people, within_seconds)
        return erlang_a(calls, handling, people, patience_seconds, within_seconds)

    apart = queue(rate, staff)
    hub = queue(rate.sum(), int(staff.sum()))
    total = _weighted(apart.table, rate, handling)
    table = pd.concat([apart.table, total, hub.table], ignore_index=True)
    table.insert(0, "who", [*called, APART, HUB])
    fewer = np.arange(1, int(staff.sum()) + 1)
    enough = queue(rate.sum(), fewer).table["within"].to_numpy() >= total["within"].iloc[0] - 1e-12
    return Pooling(table, int(fewer[enough.argmax()]), apart.model, apart.within_seconds)


def _weighted(table: pd.DataFrame, rate: Floats, handling: float) -> pd.DataFrame:
    """Give all desks together, each caller counting once."""
    weight = rate / rate.sum()
    with np.errstate(invalid="ignore"):
        means = {
            name: float(np.where(weight > 0, table[name].to_numpy() * weight, 0.0).sum())
            for name in _WEIGHTED
        }
    staff = int(table["agents"].sum())
    busy = float((table["occupancy"] * table["agents"]).sum()) / staff
    row = {
        "calls_per_hour": float(rate.sum()),
        "handling_seconds": handling,
        "agents": staff,
        "load": float(table["load"].sum()),
        "blocked": 0.0,
        **means,
        "occupancy": busy,
        "steady": bool(table["steady"].all()),
    }
    return pd.DataFrame([row])[list(table.columns)]


def _names(names: list[str] | None, count: int) -> list[str]:
    if names is None:
        return [f"Desk {place + 1}" for place in range(count)]
    called = [name for name in names if isinstance(name, str)] if isinstance(names, list) else []
    if len(called) != count or len({APART, HUB, *called}) != count + 2:
        raise DataError(
            "names must be a different word for each desk: give a list, names=['A', 'B']."
        )
    return called
