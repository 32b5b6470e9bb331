"""What an appointment book records of work with neighbours."""

from __future__ import annotations

import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.measures.tidy import tidy
from pcqa_teach.partners import neighbours_recorded


def test_categories_that_name_a_neighbour_are_counted_small_numbers_in_words() -> None:
    kinds = ["Care Home Visit", "Patient contact during Care Home Round",
             "Social Prescribing Service", "Unmapped", "Home Visit"]  # fmt: skip
    found = neighbours_recorded(
        tidy(date=["2026-03-01"] * 5, status=["Attended"] * 5, count=[20, 30, 3, 7, 40],
             period="month", category=kinds)
    )  # fmt: skip
    assert found["count"].tolist() == [50, 3, 0, 7]
    assert found["said"].tolist() == ["50", "fewer than 5", "0", "7"]
    assert found["share"].tolist() == [50, 3, 0, 7]


def test_a_file_without_categories_says_so() -> None:
    with pytest.raises(DataError, match="no national categories"):
        neighbours_recorded(tidy(date=["2026-03-09"], status=["Attended"]))


def test_cancelled_appointments_are_none() -> None:
    with pytest.raises(DataError, match="No appointment's day has passed"):
        neighbours_recorded(
            tidy(date=["2026-03-09"], status=["Cancelled"], category=["Home Visit"])
        )
