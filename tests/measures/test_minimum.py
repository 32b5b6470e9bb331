"""Enough periods for a baseline, or one sentence."""

from __future__ import annotations

import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.measures import enough, weekly_counts


def test_twelve_weeks_are_enough_and_come_back_unchanged(weeks):
    frame = weekly_counts(weeks(12))
    assert enough(frame) is frame


def test_too_few_weeks_say_how_many_and_what_to_ask_for(weeks):
    with pytest.raises(DataError) as said:
        enough(weekly_counts(weeks(5)))
    assert str(said.value).startswith(
        "There are 5 whole weeks in this export; a baseline needs at least 12. Ask for a report "
        "that covers at least 14 weeks"
    )


def test_one_month_is_said_in_the_singular(months):
    with pytest.raises(DataError) as said:
        enough(weekly_counts(months([2000])))
    assert str(said.value) == (
        "There is 1 whole month in this export; a baseline needs at least 12. Ask for a file that "
        "covers at least 12 months."
    )


def test_gaps_do_not_count(months):
    appts = months([2000] * 13).drop(index=[4, 5])
    with pytest.raises(DataError, match="There are 11 whole months"):
        enough(weekly_counts(appts))


def test_groups_do_not_multiply_the_weeks(weeks):
    with pytest.raises(DataError, match="There are 6 whole weeks"):
        enough(weekly_counts(weeks(6), by="status"))


def test_no_whole_week_is_nought(weeks):
    with pytest.raises(DataError, match="There is no whole week"):
        enough(weekly_counts(weeks(1).query("date < '2026-01-08'")))
