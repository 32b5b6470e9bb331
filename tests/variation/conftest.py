"""Small networks of practices for the tests of variation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

ORACLES = Path(__file__).resolve().parents[1] / "oracles"


@pytest.fixture(scope="session")
def funnel_oracle() -> Callable[[str, str], pd.DataFrame]:
    """Read what FunnelPlotR answers ("expected") or what it was given ("inputs")."""

    def read(folder: str, name: str) -> pd.DataFrame:
        return pd.read_csv(ORACLES / folder / f"{name}.csv")

    return read


@pytest.fixture(scope="session")
def network() -> Callable[..., pd.DataFrame]:
    """Give practices whose true shares differ by `spread` (a standard deviation)."""

    def make(count=40, spread=0.0, share=0.06, low=300, high=9000, seed=1) -> pd.DataFrame:
        rng = np.random.default_rng(seed)
        booked = rng.integers(low, high, count)
        true = np.clip(rng.normal(share, spread, count), 0.001, 0.9)
        names = [f"P{i:03d}" for i in range(count)]
        missed = rng.binomial(booked, true)
        return pd.DataFrame({"practice": names, "missed": missed, "booked": booked})

    return make
