"""Small numbers held back from the tables and charts of a practice's own report.

A count from 1 to 4 is not printed, nor may it be found by subtraction from a known total. What
leaves the practice is held to more: `privacy.to_share`.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.demand.ratios import wilson
from pcqa_teach.privacy import FEW, SMALL
from pcqa_teach.variation.small_cells import HELD, held_back


def small(count: Any) -> Any:
    """Say which counts are too small to share (from 1 to 4).

    >>> small(np.array([0, 1, 4, 5])).tolist()
    [False, True, True, False]
    """
    return (count > 0) & (count < SMALL)


def hidden(count: Floats) -> Bools:
    """Say which counts to hide, so that no small one can be found from the total.

    >>> hidden(np.array([40.0, 3, 12, 0])).tolist()  # 12 goes with the 3
    [False, True, True, False]
    >>> hidden(np.array([40.0, 4, 4])).tolist()  # of 48, only 4 and 4 would fit
    [True, True, True]
    """
    if not len(count):
        return np.zeros(0, dtype=bool)
    held: Bools = held_back(pd.Series(count)).to_numpy(dtype=bool)
    return held


def gathered(count: Floats) -> Bools:
    """Say which counts to add into one, so that the one is not small either.

    >>> gathered(np.array([30.0, 12, 3, 2])).tolist()
    [False, False, True, True]
    >>> gathered(np.array([30.0, 12, 3])).tolist()
    [False, True, True]
    """
    taken: Bools = np.asarray(small(count), dtype=bool)
    if not taken.any():
        return taken
    taken = taken.copy()
    for place in np.argsort(count, kind="stable"):
        if taken.sum() >= 2 and count[taken].sum() >= SMALL:
            break
        taken[place] |= count[place] > 0
    return taken


def cells(count: Floats, held: Bools) -> pd.Series:
    """Write whole counts for a table: in words where they are held back.

    >>> cells(np.array([40.0, 3, 12]), np.array([False, True, True])).tolist()
    ['40', 'fewer than 5', 'held back']
    """
    plain = [f"{one:,.0f}" for one in count]
    return pd.Series(np.where(held, np.where(small(count), FEW, HELD), plain), dtype="object")


def blank(values: Any, held: Bools, form: str = "{:.0f}%") -> pd.Series:
    """Write numbers for a table, a dash where they are held back or missing.

    >>> blank([6.25, 50.0], np.array([False, True])).tolist()
    ['6%', '-']
    """
    given = np.asarray(values, dtype="float64")
    shown = ~held & np.isfinite(given)
    return pd.Series(
        [form.format(one) if ok else "-" for one, ok in zip(given, shown, strict=True)],
        dtype="object",
    )


def pooled(rows: pd.DataFrame, name: str, others: str, n: float) -> pd.DataFrame:
    """Return the rows with the small ones added into one, which is never small itself.

    Parameters
    ----------
    rows : `name`, count, share, lower, upper; another column keeps its value where the rows that
        are added agree on it, and is blank where they do not
    name : the column that names the rows
    others : what the one row is called
    n : what the shares are of, for the interval

    Examples
    --------
    >>> five = pd.DataFrame({"cause": list("abcd"), "count": [9, 6, 3, 2], "share": 5.0})
    >>> pooled(five, "cause", "others", 200.0)["cause"].tolist()
    ['a', 'b', 'others (2)']
    """
    taken = gathered(rows["count"].to_numpy(dtype="float64"))
    if not taken.any():
        return rows
    rest = rows[taken]
    row = {
        column: rest[column].iloc[0] if len(rest[column].unique()) == 1 else None
        for column in rows.columns
    }
    share = float(rest["share"].sum())
    low, high = wilson(share / 100, n)
    row |= {name: f"{others} ({len(rest)})", "count": int(rest["count"].sum()), "share": share}
    row |= {"lower": 100 * float(low), "upper": 100 * float(high)}
    return pd.concat([rows[~taken], pd.DataFrame([row])], ignore_index=True)
