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
        (
            {"columns": {"date": 1}, "status": {"Seen": "Present"}},
            "entry 1 from the top: on the right may stand",
        ),
        ({"columns": {"date": 1}, "period": "week"}, "period"),
        ({"columns": {"date": "Elsewhere"}}, "mapping's date: there is no column of that name"),
        ({"columns": {"date": 1, "mode": 9}}, "mapping's mode: there is no column 9"),
        ({"columns": {"date": "Appt Dt"}, "header_row": 0}, "give the column's number"),
        ({"columns": {"date": 1}, "header_row": 99}, "no such row"),
        ({"columns": {"date": 1}, "header_row": -1}, "counted from 1"),
        ({"columns": {"date": 1}, "header_row": True}, "counted from 1"),
        ({"columns": {"date": mapping.UNFILLED}}, "is not filled in"),
        (["date"], "or a dict with"),
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
    with pytest.raises(ReadError, match="line 1: "):
        pcqa.read(write(TABLE), mapping=bad)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("status = Result of Zebedee", "line 3: put quotation marks round the words on the right."),
        ("status = \u201cResult\u201d", "line 3: use straight quotation marks, not curly ones."),
        ('Seen by Zebedee = "DNA"', "line 3: put quotation marks round the words on the left."),
        ('date = "Zebedee"', "line 3: it says again what an earlier line says"),
        ("Zebedee", 'line 3: write it as name = "words"'),
    ],
)
def test_a_slip_in_a_mapping_file_is_told_by_its_line_and_not_repeated(write, tmp_path, line, says):
    bad = tmp_path / "map.toml"
    bad.write_text(f'[columns]\ndate = "Appt Dt"\n{line}\n', encoding="utf-8")
    with pytest.raises(ReadError) as caught:
        pcqa.read(write(TABLE), mapping=bad)
    assert says in str(caught.value)
    assert "Zebedee" not in str(caught.value)


def test_a_column_that_is_not_there_is_told_with_what_may_be_meant(write):
    table = "Date,Type,Zebedee\n01/04/2025,Phone,1\n"
    with pytest.raises(ReadError, match=r"mapping's mode: .*; did you mean 'Type'\?"):
        pcqa.read(write(table), mapping={"columns": {"date": "Date", "mode": "Typ"}})
    with pytest.raises(ReadError, match=r"are 'Date', 'Type', column 3 \(name not shown\)\."):
        pcqa.read(write(table), mapping={"columns": {"date": "Date", "mode": "Zebede"}})


def test_without_a_status_column_nothing_is_said_to_be_mended(write):
    _, quality = pcqa.read_with_report(write(TABLE), mapping={"columns": {"date": "Appt Dt"}})
    assert quality.n_mended == 0
    assert any("No column was named for status" in note for note in quality.notes)


def test_a_status_that_the_mapping_lacks_is_told_with_what_to_do(write):
    _, quality = pcqa.read_with_report(write(TABLE), mapping={"columns": COLUMNS})
    told = [finding.sentence() for finding in quality.mended]
    assert told == [
        "1 row: a status that the mapping does not list (row 4); "
        "add it under [status], or it is Unknown"
    ]


def test_the_template_lists_the_columns_and_works_once_filled_in(write, tmp_path):
    made = write_mapping_template(write(TABLE), tmp_path / "map.toml")
    text = made.read_text(encoding="utf-8")
    assert "#   1: Appt Dt" not in text, "a word that is not known is not shown"
    assert "header_row = 2" in text
    assert "keep the quotation marks" in text
    with pytest.raises(ReadError, match="The mapping's date is not filled in"):
        mapping.load(made)
    text = text.replace('date = "Name of the column"', 'date = "Appt Dt"')
    made.write_text(text.replace('# status = "Name of the column"', "status = 3"), encoding="utf-8")
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
