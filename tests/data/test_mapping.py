"""A table in no known format is read when a mapping says which column is what."""

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import mapping, write_mapping_template
from pcqa_teach.errors import ReadError

TABLE = """\
Clinic list
Appt Dt;Seen By;Result;Who
01/04/2025 08:30;Dr A;Seen;1
02/04/2025 09:00;Dr B;Missed;2
02/04/2025 09:10;Dr B;Did not attend;2
"""
COLUMNS = {"date": "appt dt", "clinician": "Seen By", "status": "Result", "patient": 4}
STATUS = {"Seen": "Attended", "Missed": "DNA"}


def test_columns_go_by_name_or_number_and_statuses_by_the_mapping(write):
    given = {"columns": COLUMNS, "status": STATUS}
    frame, quality = pcqa.read_with_report(write(TABLE), mapping=given)
    assert frame["status"].tolist() == ["Attended", "DNA", "DNA"]
    assert frame["start_minute"].tolist() == [510, 540, 550]
    assert frame["patient"].nunique() == 2
    assert quality.title == "table read with a mapping"
    assert quality.n_set_aside == 1


def test_a_mapping_may_be_a_file(write, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text('[columns]\ndate = "Appt Dt"\nstatus = "Result"\n[status]\nSeen = "Attended"\n')
    assert pcqa.read(write(TABLE), mapping=path)["status"].tolist() == [
        "Attended",
        "Unknown",
        "DNA",
    ]


def test_a_table_without_header_is_read_by_numbers(write):
    rows = "".join(TABLE.splitlines(keepends=True)[2:])
    given = {"header_row": 0, "columns": {"date": 1, "status": 3}, "status": STATUS}
    frame, quality = pcqa.read_with_report(write(rows), mapping=given)
    assert len(frame) == quality.rows_in == 3


def test_counts_by_the_month_may_be_mapped(write):
    given = {"period": "month", "columns": {"date": "Month", "count": "N", "status": "What"}}
    frame = pcqa.read(write("Month,What,N\nApr-25,DNA,7\nMay-25,DNA,9\n"), mapping=given)
    assert frame["count"].tolist() == [7, 9]
    assert (frame["period"] == "month").all()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "no [columns]"),
        ({"columns": {"status": "Result"}}, "no [columns] table with a date"),
        ({"columns": {"date": "Appt Dt", "nhs_number": "Who"}}, "not known"),
        ({"columns": {"date": 0}}, "counted from 1"),
        ({"columns": {"date": True}}, "counted from 1"),
        ({"columns": {"date": 1}, "status": {"Seen": "Present"}}, "may say"),
        ({"columns": {"date": 1}, "period": "week"}, "period"),
        ({"columns": {"date": "Elsewhere"}}, "no row with the mapping's columns"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused(write, given, says):
    with pytest.raises(ReadError) as caught:
        pcqa.read(write(TABLE), mapping=given)
    assert says in str(caught.value)


def test_a_mapping_file_that_is_missing_or_no_toml_is_refused(write, tmp_path):
    with pytest.raises(ReadError, match="no such file"):
        pcqa.read(write(TABLE), mapping=tmp_path / "gone.toml")
    bad = tmp_path / "bad.toml"
    bad.write_text("columns = [")
    with pytest.raises(ReadError, match="not TOML"):
        pcqa.read(write(TABLE), mapping=bad)


def test_the_template_lists_the_columns_and_works_once_filled_in(write, tmp_path):
    made = write_mapping_template(write(TABLE), tmp_path / "map.toml")
    text = made.read_text(encoding="utf-8")
    assert "#   1: Appt Dt" not in text, "a word that is not known is not shown"
    assert "header_row = 2" in text
    assert mapping.load(made).columns == {"date": 1}
    made.write_text(text.replace("# status = 1", "status = 3"), encoding="utf-8")
    assert len(pcqa.read(write(TABLE), mapping=made)) == 3


def test_the_template_overwrites_nothing(write, tmp_path):
    path = tmp_path / "map.toml"
    path.write_text("mine")
    with pytest.raises(ReadError, match="there already"):
        write_mapping_template(write(TABLE), path)
    assert path.read_text() == "mine"


def test_a_mapping_says_more_about_a_known_format_too(exports, write):
    given = {"columns": {"date": "Appointment date", "status": "Appointment status"}}
    frame = pcqa.read(write(exports["systmone_appointments"]), mapping=given)
    assert list(frame.columns) == ["date", "period", "status", "count", "source"]
    assert isinstance(frame, pd.DataFrame)
