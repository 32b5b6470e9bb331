"""How few staff are enough."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from pcqa_teach.arguments import Floats, Ints, number, numbers, together
from pcqa_teach.errors import DataError
from pcqa_teach.flow.bounds import FROM_ZERO, POSITIVE, STAFF
from pcqa_teach.flow.erlang import Erlang, erlang_a, erlang_c


def agents_needed(
    calls_per_hour: object,
    handling_seconds: object,
    share: object = 0.8,
    within_seconds: object = 60,
    patience_seconds: object = None,
) -> Erlang:
    """Return the fewest staff who answer a share of the calls within a time.

    The smallest n for which `within` of `erlang_c` (of `erlang_a`, if patience is given) is at
    least `share`. A target for a service level is a choice; the default is only a common example.

    Parameters
    ----------
    calls_per_hour, handling_seconds : number or list of numbers
        Lists are paired off: the quarters of a day, say.
    share : number
        The share of all calls to be answered within `within_seconds`.
    patience_seconds : number, optional
        Mean patience; None: everybody waits.

    Returns
    -------
    `Erlang`, a row for each rate, with the fewest `agents`.

    Raises
    ------
    DataError
        If a figure is missing, not a number or negative, or no number of staff could be enough.

    Examples
    --------
    >>> agents_needed([20, 40, 60, 80, 100], 150).table["agents"].tolist()
    [2, 3, 4, 5, 6]

    Source: Erlang 1917; Mandelbaum and Zeltyn 2005.
    """
    wanted = number(share, "share", 0.8, low=0.01, high=0.999)
    rate = numbers(calls_per_hour, "calls_per_hour", 60, **FROM_ZERO)
    handling = numbers(handling_seconds, "handling_seconds", 150, **POSITIVE)
    rate, handling = together(calls_per_hour=rate, handling_seconds=handling)
    load = rate * handling / 3600
    most = int(np.ceil(load.max() + 10 * np.sqrt(load.max()) + 20))
    if most > STAFF["high"]:
        raise DataError(
            f"These calls are {load.max():,.0f} people's work, more than can be tried: check "
            "calls_per_hour, and that handling_seconds is in seconds."
        )
    queue = _model(within_seconds, patience_seconds)
    tried = np.tile(np.arange(1, most + 1), len(rate))
    every = queue(np.repeat(rate, most), np.repeat(handling, most), tried)
    enough = every.table["within"].to_numpy().reshape(-1, most) >= wanted
    rows = enough.argmax(axis=1) + most * np.arange(len(rate))
    table = every.table.iloc[rows].reset_index(drop=True)
    return Erlang(table, every.model, every.within_seconds, every.patience_seconds)


def _model(within: object, patience: object) -> Callable[[Floats, Floats, Ints], Erlang]:
    if patience is None:
        return lambda rate, handling, staff: erlang_c(rate, handling, staff, within)
    return lambda rate, handling, staff: erlang_a(rate, handling, staff, patience, within)
