"""The synthetic data come back by name."""

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import resources
from pcqa_teach.data import schema
from pcqa_teach.errors import DataError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(resources, "data_dir", lambda: tmp_path)
    return tmp_path


def test_appointments_come_back_tidy(folder, exports, write):
    made = pcqa.read(write(exports["emis_slots"]))
    made.to_csv(folder / "appointments.csv.gz", index=False)
    frame = pcqa.load_demo("appointments")
    pd.testing.assert_frame_equal(schema.validate(frame), made)


def test_other_tables_come_back_with_dates(folder):
    (folder / "calls.csv").write_text("at,n,words\n2024-11-04 08:00,3,a\n,4,b\n")
    frame = pcqa.load_demo("calls")
    assert frame["at"].dt.hour.tolist()[0] == 8
    assert frame["n"].tolist() == [3, 4]


def test_another_practice_has_its_own_folder(folder):
    (folder / "elm").mkdir()
    (folder / "elm" / "calls.csv").write_text("n\n1\n")
    assert pcqa.load_demo("calls", practice="elm")["n"].tolist() == [1]


@pytest.mark.parametrize("name", ["nothing", "../calls", "truth"])
def test_a_table_that_is_not_there_names_those_that_are(folder, name):
    (folder / "calls.csv").write_text("n\n1\n")
    (folder / "truth_calls.csv").write_text("n\n1\n")
    with pytest.raises(DataError) as caught:
        pcqa.load_demo(name)
    assert "calls" in str(caught.value)
    assert "truth_calls" not in str(caught.value)


def test_every_committed_table_loads():
    if not resources.checkout():
        pytest.skip("not in a checkout")
    tables = {path.name.split(".")[0] for path in resources.data_dir().glob("*.csv*")}
    assert "appointments" in tables
    for name in tables:
        assert len(pcqa.load_demo(name)) > 0
