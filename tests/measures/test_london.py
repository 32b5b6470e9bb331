"""Checked against published figures: London, GPAD, March 2019 to August 2021."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pcqa_teach import measures, spc
from pcqa_teach.measures.tidy import tidy


@pytest.fixture(scope="module")
def london(shared_data: Path) -> pd.DataFrame:
    raw = pd.read_csv(shared_data / "gpad_london_ccg_month_status_gap.csv")
    gap = raw["TIME_BETWEEN_BOOK_AND_APPT"].str.replace("Unknown / Data Issue", "Unknown")
    return tidy(
        date=raw["month"],
        status=raw["APPT_STATUS"],
        count=raw["COUNT_OF_APPOINTMENTS"],
        period="month",
        source="gpad_regional",
        booking_gap=gap,
        area=raw["CCG_CODE"],
    )


def year(frame: pd.DataFrame) -> pd.Series:
    return frame.set_index("x")["value"]["2019-03-01":"2020-02-29"]


def test_london_missed_appointments_with_unknown_in(london):
    rate = year(measures.dna_rate(london))
    assert len(rate) == 12
    assert round(rate.mean(), 2) == 6.66
    assert round(rate.diff().abs().mean(), 3) == 0.213


def test_london_missed_appointments_with_unknown_out(london):
    assert round(year(measures.dna_rate(london, unknown="out")).mean(), 2) == 6.97


def test_london_chart_limits(london):
    frame = measures.dna_rate(london)
    kept = frame[(frame["x"] >= "2019-03-01") & (frame["x"] <= "2020-02-29")]
    limits = spc.chart(kept, x="x", y="value", n="n", improvement="down").limits.iloc[0]
    assert [round(limits[name], 2) for name in ("centre", "lower", "upper")] == [6.66, 6.1, 7.23]


def test_no_appointment_is_lost_between_table_and_measure(london):
    assert measures.weekly_counts(london)["n"].sum() == london["count"].sum()
    assert measures.dna_rate(london, by="area")["n"].sum() == london["count"].sum()


def test_missed_share_rises_with_the_booking_gap(london):
    before = london[london["date"] < "2020-03-01"]
    rate = measures.dna_rate(before, by="booking_gap")
    missed = rate.assign(missed=rate["value"] * rate["n"])
    total = missed.groupby("booking_gap", observed=True)[["missed", "n"]].sum()
    share = total["missed"] / total["n"]
    assert share["Same Day"] == pytest.approx(3.1, abs=0.1)
    assert share["8 to 14 Days"] == pytest.approx(10.0, abs=0.1)


def test_an_area_is_called_an_area(london):
    assert measures.about(london).startswith("This is 5 areas together, not a practice")
