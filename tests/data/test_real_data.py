"""Real open files, where they lie beside the checkout, are read whole."""

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import schema


@pytest.mark.parametrize(
    ("name", "form", "rows", "appointments"),
    [
        ("gpad_ccg_monthly_se_london_raw.csv", "gpad_regional", 7140, 19_704_572),
        ("gpad_london_ccg_month_status_gap.csv", "gpad_regional", 3600, 101_863_775),
        ("gpad_practice_crosstab_format_sample.csv", "gpad_practice", 12, 1395),
    ],
)
def test_no_row_of_a_national_file_is_lost(shared_data, name, form, rows, appointments):
    path = shared_data / name
    frame, quality = pcqa.read_with_report(path)
    assert (quality.format, quality.rows_in, quality.n_kept) == (form, rows, rows)
    own = pd.read_csv(path)["COUNT_OF_APPOINTMENTS"].sum()
    assert quality.appointments == frame["count"].sum() == own == appointments
    schema.validate(frame)


def test_dna_of_london_is_what_the_file_says(shared_data):
    frame = pcqa.read(shared_data / "gpad_london_ccg_month_status_gap.csv")
    year = frame[frame["date"].between("2019-03-01", "2020-02-29")]
    months = year.pivot_table("count", "date", "status", "sum", observed=True)
    rate = 100 * months["DNA"] / months.sum(axis=1)
    assert round(rate.mean(), 2) == 6.66
    assert round(rate.diff().abs().mean(), 3) == 0.213


def test_other_open_files_are_refused_by_name(shared_data):
    with pytest.raises(pcqa.errors.ReadError, match="no format that is known"):
        pcqa.read(shared_data / "nhsr_ae_attendances.csv")
