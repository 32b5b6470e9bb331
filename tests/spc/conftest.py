"""Small series for the tests of charts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ORACLES = Path(__file__).resolve().parents[1] / "oracles"


@pytest.fixture(scope="session")
def series() -> Callable[..., pd.DataFrame]:
    """Give a frame of months (or another frequency) and values."""

    def make(values, start="2022-04-01", freq="MS", **about) -> pd.DataFrame:
        dates = pd.date_range(start, periods=len(values), freq=freq)
        frame = pd.DataFrame({"x": dates, "value": np.asarray(values, dtype=float)})
        frame.attrs["pcqa"] = {"title": "Missed appointments", "unit": "%", "notes": [], **about}
        return frame

    return make


@pytest.fixture(scope="session")
def stable() -> np.ndarray:
    """Twenty-four values that vary by chance alone."""
    return np.random.default_rng(4).normal(6.7, 0.4, 24)
