"""The report says what was read in words, in a table and in JSON."""

import json
import re

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.data import quality as q
from pcqa_teach.data import schema
from pcqa_teach.errors import DataError


@pytest.fixture
def report(exports, write):
    text = exports["systmone_appointments"].replace("Finished", "unheard of", 1)
    return pcqa.read_with_report(write("A title\n" + text.replace("02-Apr-25", "soon")))[1]


def test_sentences_give_the_sum_and_every_finding(report):
    sentences = report.sentences()
    assert sentences[1] == ("6 rows in: 3 kept as they were, 1 mended, 1 set aside, 1 refused.")
    assert "Mended: 1 row: status not known (row 3); counted as Unknown." in sentences
    assert any(line.startswith("Refused: 1 row: date not readable (row 5)") for line in sentences)
    assert all(line.endswith(".") for line in sentences)
    assert str(report) == "\n".join(sentences)


def test_days_are_told_as_days_and_months_as_months(report, exports, write):
    monthly = pcqa.read_with_report(write(exports["gpad_practice"]))[1]
    assert re.fullmatch(r"\d+ [A-Z][a-z]+ 2025( to \d+ [A-Z][a-z]+ 2025)?", report.covers)
    assert report.covers in report.sentences()[0]
    if not monthly.has("weeks"):
        assert re.fullmatch(r"[A-Z][a-z]+ 20\d\d( to [A-Z][a-z]+ 20\d\d)?", monthly.covers)


def test_the_frame_has_a_row_a_finding(report):
    frame = report.to_frame()
    assert frame["outcome"].tolist() == ["Kept", "Mended", "Set aside", "Refused"]
    assert frame["rows"].sum() == report.rows_in


def test_the_dict_is_json(report):
    again = json.loads(json.dumps(report.to_dict()))
    assert again["rows_in"] == 6
    assert again["first_date"] == "2025-04-01"
    assert "dna" in again["answers"]


def test_the_html_is_a_captioned_table(report):
    html = report._repr_html_()
    assert "<caption>" in html
    assert 'scope="row"' in html
    assert "status not known" in html


def test_a_question_that_nobody_knows_is_refused(report):
    with pytest.raises(DataError, match="no question that a report knows"):
        report.has("happiness")


def test_every_question_is_answered_or_its_lack_is_said(report):
    for name, question in q.QUESTIONS.items():
        assert report.has(name) != (question.cannot in report.cannot_answer)


def test_a_report_cannot_be_changed(report):
    with pytest.raises(AttributeError):
        report.rows_in = 0


@pytest.fixture
def frame(exports, write):
    return pcqa.read(write(exports["emis_slots"]))


def test_a_tidy_frame_is_valid_and_comes_back_itself(frame):
    assert schema.validate(frame) is frame


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda f: f.drop(columns=["status", "date"]), "'date' is missing"),
        (lambda f: f.assign(name="Ann"), "1 of its columns"),
        (lambda f: f.assign(count=-1), "below nought"),
        (lambda f: f.assign(count=1.5), "'count' should be int64"),
        (lambda f: f.assign(date=pd.NaT), "'date'"),
        (lambda f: f.assign(status=pd.Categorical(["Seen"] * 5)), "other labels"),
        (lambda f: f.assign(booking_gap=f["booking_gap"].cat.as_unordered()), "be ordered"),
        (lambda f: pd.concat([f, f[["date"]]], axis=1), "twice"),
    ],
)
def test_a_frame_that_does_not_fit_is_refused_by_column(frame, change, says):
    with pytest.raises(DataError) as caught:
        schema.validate(change(frame))
    assert says in str(caught.value)
