"""A chart straight from a file."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import chart_file


@pytest.fixture
def frame(stable) -> pd.DataFrame:
    dates = pd.date_range("2024-04-01", periods=24, freq="W-MON").strftime("%d/%m/%Y")
    return pd.DataFrame({"Week": dates, "DNA rate": stable.round(3), "Patient": "SECRET"})


@pytest.mark.parametrize("sep", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_csv_of_any_kind(tmp_path, frame, sep, encoding):
    path = tmp_path / "rates.csv"
    frame["Note"] = "café"
    frame.to_csv(path, index=False, sep=sep, encoding=encoding)
    ours = chart_file(path, x="Week", y="DNA rate")
    np.testing.assert_allclose(ours.points["y"], frame["DNA rate"])
    assert ours.points["x"].iloc[0] == pd.Timestamp("2024-04-01")
    assert ours.title == "DNA rate"


def test_excel(tmp_path, frame):
    path = tmp_path / "rates.xlsx"
    frame.assign(Week=pd.to_datetime(frame["Week"], dayfirst=True)).to_excel(path, index=False)
    assert len(chart_file(path, x="Week", y="DNA rate", kind="run").points) == 24


def test_numbers_written_for_people_are_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text('x,y\n1,"1,200"\n2,\n3,7.5%\n4,-\n5,8\n')
    assert chart_file(path, x="x", y="y").points["y"].fillna(0).tolist() == [1200, 0, 7.5, 0, 8]


WRONG = {
    "has no column 'rate'": ("x,y\n1,2\n2,3\n", {"y": "rate"}),
    "more than once": ("x,y,y\n1,2,2\n2,3,3\n", {}),
    "is empty: export it again": ("", {}),
    "no rows under its header": ("x,y\n", {}),
    "not a number in rows 3 and 5": ("x,y\n1,2\n2,SECRET\n3,4\n4,SECRET\n", {}),
    "is not a date in row 3": ("x,y\n01/02/2024,2\nSECRET,3\n", {}),
    "is empty in row 3": ("x,y\n1,2\n,3\n", {}),
    "not a table that can be read": ("%PDF-1.7\x00\x01SECRET", {}),
}


@pytest.mark.parametrize("sentence", WRONG)
def test_a_file_that_cannot_be_charted_gets_one_sentence_without_its_cells(tmp_path, sentence):
    text, options = WRONG[sentence]
    path = tmp_path / "a.csv"
    path.write_text(text)
    with pytest.raises(ChartError, match=sentence) as caught:
        chart_file(path, **{"x": "x", "y": "y"} | options)
    assert "SECRET" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_no_file_and_a_folder(tmp_path):
    with pytest.raises(ChartError, match=r"There is no file 'none\.csv'"):
        chart_file(tmp_path / "none.csv", x="x", y="y")
    with pytest.raises(ChartError, match="is a folder"):
        chart_file(tmp_path, x="x", y="y")


@pytest.mark.parametrize("text", ['"7,5"', '"1,20"', '"1234,567"', '"0,125,5"', "inf", "1e999"])
def test_a_decimal_comma_is_refused_never_multiplied(tmp_path, text):
    path = tmp_path / "a.csv"
    path.write_text(f"x,y\n1,2\n2,{text}\n3,4\n")
    with pytest.raises(ChartError, match="not a number in row 3: write decimals with a point"):
        chart_file(path, x="x", y="y")


@pytest.mark.parametrize(
    ("text", "value"),
    [('"1,200"', 1200), ('"-12,345,678.5"', -12345678.5), ("7.5 %", 7.5), ("+3", 3), (" 4 ", 4)],
)
def test_proper_thousands_signs_and_percents_are_numbers(tmp_path, text, value):
    path = tmp_path / "a.csv"
    path.write_text(f"x,y\n1,2\n2,{text}\n3,4\n")
    assert chart_file(path, x="x", y="y").points["y"][1] == value


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("\n\nx,y\n1,2\n\n2,3\n,\n3,SECRET\n4,5\n")
    with pytest.raises(ChartError, match="not a number in row 8:"):
        chart_file(path, x="x", y="y")
    path.write_text("\n\nx,y\n1,2\n\n2,3\n,\n3,4\n\n")
    assert chart_file(path, x="x", y="y").points["y"].tolist() == [2, 3, 4]
    path.write_text("x,y,g\n1,2,a\n\n2,3,\n")
    with pytest.raises(ChartError, match="'g' has row 4 without a group"):
        chart_file(path, x="x", y="y", by="g")
    book = tmp_path / "a.xlsx"
    cells = [[None, None], ["x", "y"], [1, 2], [None, None], [2, "SECRET"]]
    pd.DataFrame(cells).to_excel(book, header=False, index=False)
    with pytest.raises(ChartError, match="not a number in row 5:"):
        chart_file(book, x="x", y="y")


def test_no_cell_rides_along_in_an_error_of_the_parser(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes("x,y\n1,2\n2,Mrs Éloïse SECRET\x81\n".encode("latin-1"))
    with pytest.raises(ChartError, match="not a table that can be read") as caught:
        chart_file(path, x="x", y="y")
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None


def test_a_run_chart_from_a_file_has_the_rules_of_a_run_chart(tmp_path, frame):
    path = tmp_path / "a.csv"
    frame.to_csv(path, index=False)
    for rules in ({}, {"rules": None}):
        ours = chart_file(path, x="Week", y="DNA rate", kind="run", **rules)
        assert [rule.name for rule in ours.rules] == ["anhoej"]


def test_counts_out_of_n_two_groups_and_a_target_come_from_a_file_too(tmp_path):
    path = tmp_path / "a.csv"
    rows = [f"{i},{3 + i % 4},50,0.1,{g},{s}" for g in "ab" for s in "NS" for i in range(6)]
    path.write_text("\n".join(["x,missed,booked,aim,g,s", *rows]))
    ours = chart_file(
        path, x="x", y="missed", n="booked", kind="p", by=["g", "s"], target="aim",
        improvement="down",
    )  # fmt: skip
    assert ours.group_names == ["a, N", "a, S", "b, N", "b, S"]
    assert ours.points["y"].iloc[0] == 3 / 50
    assert ours.icons["target"].tolist() == [0.1] * 4
