"""How little a rank says: the range of places that chance alone would give a unit."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number, whole
from pcqa_teach.columns import amounts, named, whole_of
from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.sayings import counted
from pcqa_teach.variation.standardisation import LEAGUE
from pcqa_teach.variation.words import plural


def rank_intervals(
    frame: pd.DataFrame,
    *,
    numerator: str,
    denominator: str,
    unit: str,
    kind: str = "proportion",
    level: float = 0.95,
    draws: int = 2000,
    seed: int = 1,
) -> pd.DataFrame:
    """Rank units, and say how far each could move up or down the table by chance alone.

    Each unit's true value is drawn again and again from what its own numbers allow, Beta(o + 1/2,
    n - o + 1/2) or Gamma(o + 1/2) / n, and all are ranked each time.

    Parameters
    ----------
    frame : DataFrame, a row a unit
    numerator, denominator, unit : names of its columns
    kind : "proportion", or "rate" for counts over a population or an expected number
    level : how sure
    draws, seed : how often, and where chance starts

    Returns
    -------
    DataFrame, lowest value first: the unit, value, rank, rank_lower, rank_upper; its
        `attrs["pcqa"]["notes"]` say in words how wide the ranges are

    Raises
    ------
    DataError, ChartError
        The columns or arguments cannot be used.

    Examples
    --------
    >>> five = pd.DataFrame({"practice": list("ABCDE"), "missed": [5, 6, 7, 8, 30],
    ...                      "booked": [100] * 5})
    >>> table = rank_intervals(five, numerator="missed", denominator="booked", unit="practice")
    >>> table[["rank", "rank_lower", "rank_upper"]].to_numpy().tolist()[4]
    [5.0, 5.0, 5.0]

    Notes
    -----
    Marshall and Spiegelhalter, BMJ 316 (1998), on league tables and their ranks.
    """
    if kind not in ("proportion", "rate"):
        raise ChartError(f"kind='{kind}' cannot be ranked: give 'proportion' or 'rate'.")
    o, n = (
        amounts(frame, numerator, "numerator=", gaps=True),
        amounts(frame, denominator, "denominator=", gaps=True),
    )
    names = named(frame, unit, "unit=").reset_index(drop=True)
    if names.duplicated().any():
        raise DataError(f"Column '{unit}' names a unit twice: add up its rows first.")
    if unit in ("value", "rank", "rank_lower", "rank_upper"):
        raise DataError(f"unit='{unit}' is a name of the result's own: rename that column.")
    used = np.isfinite(o) & np.isfinite(n) & (n > 0)
    o, n, names = o[used], n[used], names[used]
    if len(o) < 2:
        raise DataError("A rank needs at least 2 units with numbers.")
    if kind == "proportion" and (whole_of(o, numerator) > whole_of(n, denominator)).any():
        raise DataError(f"Column '{numerator}' is more than '{denominator}' for a unit: mend it.")
    sure = number(level, "level", 0.95, above=0, below=1)
    times = whole(draws, "draws", 1000, low=100, high=100_000)
    rng = np.random.default_rng(seed)
    size = (times, len(o))
    chance = (
        rng.beta(o + 0.5, n - o + 0.5, size)
        if kind == "proportion"
        else rng.gamma(o + 0.5, 1 / n, size)
    )
    places = chance.argsort(axis=1).argsort(axis=1) + 1
    edges = [(1 - sure) / 2, (1 + sure) / 2]
    low, high = np.quantile(places, edges, axis=0, method="nearest").astype(float)
    found = pd.DataFrame({unit: names.to_numpy(), "value": o / n})
    found["rank"] = found["value"].rank(method="average")
    found["rank_lower"], found["rank_upper"] = low, high
    width = float(np.median(high - low))
    note = (
        f"Of {counted(len(o), 'place')}, chance alone would move half of the {plural(unit)} over"
        f" {counted(round(width), 'place')} or more."
    )
    found = found.sort_values("value", kind="stable").reset_index(drop=True)
    found.attrs["pcqa"] = {"notes": [note, LEAGUE]}
    return found
