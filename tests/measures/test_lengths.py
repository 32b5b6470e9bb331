"""How long each appointment took, and with which clinician."""

from __future__ import annotations

import pytest

from pcqa_teach.data import load_demo
from pcqa_teach.errors import DataError
from pcqa_teach.measures import appointment_minutes
from pcqa_teach.measures.tidy import tidy

DAYS = ["2026-03-09"] * 4


def test_a_files_own_lengths_are_taken_of_those_who_came() -> None:
    found = appointment_minutes(
        tidy(date=DAYS, status=["Attended", "DNA", "Attended", "Walked out"],
             clinician=["C-1", "C-1", "C-2", "C-2"], actual_min=[10.0, 12.0, 400.0, 5.0])
    )  # fmt: skip
    assert found.to_numpy().tolist() == [["C-1", 10.0], ["C-2", 5.0]]
    assert "gp" not in found


def test_without_them_the_time_from_called_in_to_leaving_is_taken() -> None:
    found = appointment_minutes(
        tidy(date=DAYS, status=["Attended"] * 4, clinician=["C-1"] * 4,
             sent_in_minute=[600, 620, None, 660], left_minute=[612, 615, 650, 675])
    )  # fmt: skip
    assert found["minutes"].tolist() == [12.0, 15.0]


def test_where_a_file_knows_gps_it_says_who_is_one() -> None:
    found = appointment_minutes(load_demo("appointments"))
    assert 0 < found["gp"].mean() < 1
    assert found["minutes"].between(0, 180, inclusive="right").all()


def test_a_file_that_cannot_answer_says_so() -> None:
    area = tidy(date=["2026-03-01"], status=["Attended"], period="month", source="gpad_practice")
    with pytest.raises(DataError, match="does not say which clinician"):
        appointment_minutes(area)
    untimed = tidy(date=DAYS, status=["Attended"] * 4, clinician=["C-1"] * 4)
    with pytest.raises(DataError, match="how long appointments took"):
        appointment_minutes(untimed)
