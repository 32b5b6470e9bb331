"""What became of every row, in words and in a picture."""

from __future__ import annotations

import pandas as pd
import pytest

from pcqa_teach.data import schema
from pcqa_teach.measures import status_counts, status_figure
from pcqa_teach.measures.statuses import LEFT_BOOKED, MEANINGS
from pcqa_teach.measures.tidy import tidy


@pytest.fixture
def week() -> pd.DataFrame:
    marks = ["Attended", "DNA", "Booked", "Available", "Attended", "Booked"]
    days = ["2026-03-09", "2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-16"]
    return tidy(date=days, status=marks, count=[40, 3, 6, 11, 35, 5])


def test_booked_is_parted_by_whether_its_day_has_passed(week: pd.DataFrame) -> None:
    counts = status_counts(week).set_index("status")["count"]
    assert counts.to_dict() == {
        "Attended": 75, "Available": 11, LEFT_BOOKED: 6, "Booked": 5, "DNA": 3,
    }  # fmt: skip


def test_every_row_is_counted_once(week: pd.DataFrame) -> None:
    counts = status_counts(week)
    assert counts["count"].sum() == week["count"].sum() == 100
    assert counts["value"].sum() == pytest.approx(100)


def test_every_status_of_the_schema_has_its_meaning() -> None:
    assert set(MEANINGS) == {*schema.STATUSES, LEFT_BOOKED}


def test_the_picture_says_its_message_and_hides_small_counts(week: pd.DataFrame) -> None:
    picture = status_figure(week)
    assert "The person came in 75% of these; in 6% nobody noted what happened" in picture.alt
    assert "DNA fewer than 5" in picture.alt
    assert "Attended 75 (75%)" in picture.alt
