"""Small tables of appointments whose answers are known by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.measures.tidy import tidy

Weeks = Callable[..., pd.DataFrame]


@pytest.fixture
def weeks() -> Weeks:
    """Make `n` weeks of working days from a Monday: each day so many of each status."""

    def make(n: int = 14, start: str = "2026-01-05", **counts: int) -> pd.DataFrame:
        each = counts or {"Attended": 90, "DNA": 5, "Unknown": 5}
        days = pd.bdate_range(start, periods=5 * n)
        return tidy(
            date=np.repeat(days, len(each)),
            status=[name.replace("_", " ") for name in each] * len(days),
            count=list(each.values()) * len(days),
        )

    return make


@pytest.fixture
def months() -> Callable[[list[int]], pd.DataFrame]:
    """Make a national file: each month so many attended, from April 2025."""

    def make(attended: list[int], source: str = "gpad_practice") -> pd.DataFrame:
        starts = pd.date_range("2025-04-01", periods=len(attended), freq="MS")
        return tidy(
            date=starts,
            status=["Attended"] * len(starts),
            count=attended,
            period="month",
            source=source,
            practice=["G-1"] * len(starts),
        )

    return make
