"""The funnel of London's practices, where the open data lie beside the checkout."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pcqa_teach.variation import funnel


@pytest.fixture(scope="module")
def london(shared_data: Path) -> pd.DataFrame:
    path = shared_data / "london_practice_access_2025-26.csv"
    if not path.exists():
        pytest.skip("no london_practice_access_2025-26.csv in ../shared/data")
    return pd.read_csv(path)


def made(london: pd.DataFrame, **options):
    return funnel(
        london, numerator="gpad_annual_dna", denominator="gpad_annual_total_appointments",
        unit="practice_code", **options,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("scale", "overdispersion", "adjusted"),
    [("arcsine", "additive", 25), ("arcsine", "multiplicative", 40),
     ("proportion", "additive", 28), ("proportion", "multiplicative", 31)],
)  # fmt: skip
def test_993_of_1112_lie_outside_what_chance_allows_and_few_outside_the_rest(
    london, scale, overdispersion, adjusted
):
    outside = made(london, scale=scale, overdispersion=overdispersion).outside().iloc[0]
    assert (outside["limit"], outside["units"], outside["naive"]) == ("99.8%", 1112, 993)
    assert outside["adjusted"] == adjusted


def test_london_practices_differ_by_1_point_8_percentage_points(london):
    assert round(100 * made(london, scale="proportion").tau, 1) == 1.8
    assert round(100 * made(london).tau_value, 1) == 1.8
