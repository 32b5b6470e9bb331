"""The pulse and the survey as comma-separated text: the page saved as CSV, and the kit's own."""

from __future__ import annotations

import csv
import datetime
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data.templates.saved import MONTHS, WEEKS
from pcqa_teach.errors import ReadError

MONDAY = datetime.date(2025, 3, 3)
PULSE = [
    [MONDAY + datetime.timedelta(days=7 * week), n % 5 + 1, 3, 4, 5, 2 if n else None]
    for week in range(3)
    for n in range(6)
]
SURVEY = [
    ["March 2025", "It was easy to get help", 3, 5, 9, 14, 11, 2],
    [None, "I was listened to", 0, 0, 1, 2, 3, 0],
]
SHEETS = {"pulse": PULSE, "survey": SURVEY}


@pytest.fixture(params=list(SHEETS))
def name(request: pytest.FixtureRequest) -> str:
    return request.param


def _text(cell: object) -> object:
    return cell.strftime("%d/%m/%Y") if isinstance(cell, datetime.date) else cell


def test_the_page_saved_as_csv_reads_as_the_workbook_does(name, fill, tmp_path: Path):
    book = fill(name, SHEETS[name])
    page = openpyxl.load_workbook(book)["Fill in"]
    with (tmp_path / "page.csv").open("w", newline="") as file:
        for row in page.iter_rows(max_row=30, values_only=True):
            csv.writer(file).writerow(["" if cell is None else _text(cell) for cell in row])
    read = pcqa.read(tmp_path / "page.csv", want=name)
    pd.testing.assert_frame_equal(read, pcqa.read(book))


def test_what_the_kit_saved_reads_back_the_same(name, fill, tmp_path: Path):
    frame = pcqa.read(fill(name, SHEETS[name]))
    frame.to_csv(tmp_path / "tidy.csv", index=False)
    again, quality = pcqa.read_with_report(tmp_path / "tidy.csv", want=name)
    pd.testing.assert_frame_equal(again, frame)
    assert (quality.n_kept, quality.n_refused) == (len(frame), 0)
    assert quality.lesson == "d8"


def test_the_invented_pulse_reads_as_one(root: Path):
    path = root / "data" / "synthetic" / "staff_pulse.csv"
    if not path.is_file():
        pytest.skip("the synthetic data are not in this checkout")
    frame, quality = pcqa.read_with_report(path, want="pulse")
    assert len(frame) > 100
    assert quality.has("weeks")
    assert set(frame) <= set(WEEKS)


def test_saved_weeks_of_few_doubled_and_out_of_bounds_are_not_taken(tmp_path: Path):
    path = tmp_path / "weeks.csv"
    path.write_text(
        "week,answers,pulse\n2025-03-03,9,3.5\n2025-03-10,4,3.1\n2025-03-17,8,7.5\n"
        "2025-03-03,9,3.5\n2025-03-24,8,4\n"
    )
    frame, quality = pcqa.read_with_report(path)
    assert frame["pulse"].tolist() == [3.5, 4.0]
    assert (quality.n_kept, quality.n_set_aside, quality.n_refused) == (2, 2, 1)
    assert quality.rows_in == 5


def test_a_saved_survey_hides_small_months_and_one_of_few_is_refused(tmp_path: Path):
    path = tmp_path / "months.csv"
    rows = "month,question,answer,count\n2025-03-01,easy,4,3\n2025-03-01,easy,5,1\n"
    path.write_text(rows)
    with pytest.raises(ReadError, match="nothing with 5 answers or more"):
        pcqa.read(path)
    path.write_text(rows + "2025-04-01,overall,5,12\n2025-04-01,overall,9,2\n")
    frame, quality = pcqa.read_with_report(path)
    assert frame["count"].tolist() == [12]
    assert quality.n_refused == 1
    assert set(frame) == set(MONTHS)
