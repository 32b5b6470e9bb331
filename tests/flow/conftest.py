"""Small tables whose answers are known by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest


@pytest.fixture
def week() -> pd.DataFrame:
    """Five days, counted in asks and slots of ten minutes."""
    return pd.DataFrame(
        {
            "date": pd.date_range("2025-03-03", periods=5),
            "demand": [30, 22, 20, 19, 19],
            "capacity": [24, 24, 14, 24, 24],
            "activity": [24, 24, 14, 24, 20],
        }
    )


@pytest.fixture
def year() -> pd.DataFrame:
    """Fifty weeks of working days: capacity varies three times as much as demand."""
    rng = np.random.default_rng(5)
    days = pd.bdate_range("2025-01-06", periods=250)
    demand, capacity = rng.normal(1000, 50, 250), rng.normal(1000, 150, 250)
    return pd.DataFrame(
        {
            "date": days,
            "demand": demand,
            "capacity": capacity,
            "activity": np.minimum(demand, capacity),
        }
    )


@pytest.fixture
def calls() -> pd.DataFrame:
    """Two Mondays and two Tuesdays; a third of Monday's calls come early."""
    monday = ["08:05", "08:20", "09:59", "10:00", "11:00", "12:00", "13:00", "14:00", "17:59"]
    tuesday = ["08:00", "10:30", "15:00", "16:00"]
    times = [f"{day} {t}" for day in ("2025-03-03", "2025-03-10") for t in monday]
    times += [f"{day} {t}" for day in ("2025-03-04", "2025-03-11") for t in tuesday]
    outcome = np.where(np.arange(len(times)) % 5 == 0, "Missed", "Answered")
    return pd.DataFrame({"start": pd.to_datetime(times), "outcome": outcome})
