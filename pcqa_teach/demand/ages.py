"""Ages in bands wide enough to say something, and to hide everybody in."""

from __future__ import annotations

import numpy as np
import pandas as pd

AGES = (("0 to 14", 0), ("15 to 29", 15), ("30 to 49", 30), ("50 to 64", 50), ("65 to 79", 65),
        ("80 and over", 80))  # fmt: skip


def wide_ages(column: pd.Series) -> pd.Series:
    """Put five-year bands into wider ones.

    >>> wide_ages(pd.Series(["10-14", "90+", None], dtype="category")).tolist()
    ['0 to 14', '80 and over', nan]
    """
    starts = np.array([start for _, start in AGES])
    low = [int(str(one).rstrip("+").split("-")[0]) for one in column.cat.categories]
    wide = np.searchsorted(starts, low, side="right") - 1
    codes = column.cat.codes.to_numpy()
    places = np.where(codes >= 0, wide[codes] if len(wide) else -1, -1)
    names = pd.Index([name for name, _ in AGES])
    return pd.Series(pd.Categorical.from_codes(places.tolist(), names), index=column.index)
