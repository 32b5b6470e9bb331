"""Real open figures, where they lie beside the checkout, in the forms that are read here."""

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import flow
from pcqa_teach.data import call_bands
from pcqa_teach.errors import ReadError
from pcqa_teach.flow.profile import WEEKDAYS

_MONDAYS = ("2026-08-03", "2026-08-10", "2026-08-17", "2026-08-24")


def as_published(grid: pd.DataFrame) -> pd.DataFrame:
    """Return the mean day of each weekday and stretch as the rows of four weeks of it."""
    bands = grid.columns[grid.columns.str.contains(":")]
    long = grid[grid["days"] == 4].melt("day_label", bands, "Time_Category", "total")
    monday = pd.to_datetime(list(_MONDAYS))
    offset = {name: place for place, name in enumerate(WEEKDAYS)}
    frames = [
        pd.DataFrame(
            {
                "Date": (day + pd.to_timedelta(long["day_label"].map(offset), "D")).astype(str),
                "PRACTICE_CODE": "X00001",
                "Indicator": "CBT001",
                "Time_Category": long["Time_Category"],
                "Value": long["total"].astype(int),
            }
        )
        for day in monday
    ]
    return pd.concat(frames, ignore_index=True)


def test_the_published_shape_of_the_week_comes_through(shared_data, tmp_path):
    grid = pd.read_csv(shared_data / "cbt_day_band_grid_2026-08.csv")
    rows = as_published(grid)
    assert rows["Time_Category"].nunique() == 9
    rows.to_csv(tmp_path / "cbt.csv", index=False)
    frame, quality = pcqa.read_with_report(tmp_path / "cbt.csv")
    assert quality.n_kept == quality.rows_in == len(rows)
    assert frame["count"].sum() == rows["Value"].sum()
    shape = flow.call_profile(call_bands.calls_in(frame), count="count")
    days = grid[grid["days"] == 4].set_index("day_label")
    monday = days.loc["Monday"].drop("days")
    assert shape.monday_share == pytest.approx(monday["08:00-09:59"] / monday.sum())
    others = [name for name in ("Tuesday", "Wednesday", "Thursday", "Friday") if name in days.index]
    early = days.loc[others, "08:00-09:59"].mean()
    assert shape.monday_ratio == pytest.approx(monday["08:00-09:59"] / early)


@pytest.mark.parametrize(
    "name",
    [
        "cbt_day_band_grid_2026-08.csv",
        "cbt_outcomes_monday_tuefri_by_band_2026-08.csv",
        "cbt_monthly_trend_2025-10_2026-08.csv",
        "cbt_call_duration_shares.csv",
        "cbt_outcomes_by_deprivation_2026-08.csv",
        "gpad_coverage_2023-02_2025-07.csv",
    ],
)
def test_what_has_been_worked_out_of_them_is_refused_in_a_sentence(shared_data, name):
    with pytest.raises(ReadError) as caught:
        pcqa.read(shared_data / name)
    assert str(caught.value).startswith(f"'{name}' ")
    assert str(caught.value).endswith(".")


def test_a_regional_month_read_as_days_gives_its_counts(shared_data, tmp_path):
    raw = pd.read_csv(shared_data / "gpad_ccg_monthly_se_london_raw.csv")
    month = raw[raw["Appointment_Month"] == "MAR2019"]
    daily = pd.DataFrame(
        {
            "SUB_ICB_LOCATION_CODE": month["CCG_CODE"],
            "Appointment_Date": "01MAR2019",
            "ACTUAL_DURATION": "Unknown / Data Quality",
            "COUNT_OF_APPOINTMENTS": month["COUNT_OF_APPOINTMENTS"],
        }
    )
    daily.to_csv(tmp_path / "daily.csv", index=False)
    frame, quality = pcqa.read_with_report(tmp_path / "daily.csv")
    assert quality.format == "gpad_daily"
    assert frame["count"].sum() == month["COUNT_OF_APPOINTMENTS"].sum()
    assert frame["area"].unique().tolist() == ["72Q"]
