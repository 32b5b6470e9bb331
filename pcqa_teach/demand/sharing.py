"""Small numbers held back from whatever leaves the practice.

A count from 1 to 4 is not printed. Nor may it be found by subtraction: where one such count would
be hidden beside a known total, the smallest of the others is hidden with it.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.demand.given import Bools, Floats
from pcqa_teach.privacy import SMALL

FEW = f"fewer than {SMALL}"
HELD = "held back"


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
    >>> hidden(np.array([40.0, 3, 2])).tolist()
    [False, True, True]
    """
    held: Bools = np.asarray(small(count), dtype=bool)
    if held.sum() == 1 or 0 < count[held].sum() < SMALL:
        others = np.where(held | (count <= 0), np.inf, count)
        if np.isfinite(others).any():
            held = held.copy()
            held[int(np.argmin(others))] = True
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
