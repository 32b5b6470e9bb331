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
