"""What somebody types is taken as meant, or refused in one sentence that says what to type."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach import arguments
from pcqa_teach.errors import DataError

JUNK = [None, True, np.True_, "5", b"5", "", [], [1, 2], [[1], [1, 2]], {}, np.nan, np.inf,
        object(), pd.NaT, pd.DataFrame({"a": [1]}), 10**400]  # fmt: skip


@pytest.mark.parametrize("junk", JUNK, ids=[type(one).__name__ for one in JUNK])
def test_what_is_no_number_is_refused_with_an_example(junk: object) -> None:
    with pytest.raises(DataError, match=r"^days must be a whole number from 1 to 9: give 3, for"):
        arguments.whole(junk, "days", 3, low=1, high=9)


@given(st.floats(-1e6, 1e6))
def test_a_number_within_its_bounds_is_given_back(value: float) -> None:
    assert arguments.number(value, "value", low=-1e6, high=1e6) == value
    assert arguments.number(np.float64(value), "value") == value


@pytest.mark.parametrize(
    ("value", "bounds", "said"),
    [
        (0, {"above": 0}, "above 0"),
        (100, {"above": 0, "below": 100}, "above 0 and below 100"),
        (0.4, {"low": 0.5, "below": 1}, "of 0.5 or more and below 1"),
        (-1, {"low": 0}, "of 0 or more"),
        (2, {"low": 0, "high": 1}, "from 0 to 1"),
        (2e6, {"above": 0, "high": 1e6}, "above 0 and at most 1,000,000"),
    ],
)
def test_the_bounds_are_said(value: float, bounds: dict[str, float], said: str) -> None:
    with pytest.raises(DataError, match=rf"^share must be a number {said}: give it in figures\.$"):
        arguments.number(value, "share", **bounds)


def test_a_half_is_no_whole_number() -> None:
    with pytest.raises(DataError, match="must be a whole number"):
        arguments.wholes([1, 2.5], "agents", 4)


def test_lists_of_unequal_length_are_not_stretched() -> None:
    with pytest.raises(DataError, match="b has 2 values where 3 are wanted"):
        arguments.together(a=np.arange(3), b=np.arange(2))


def test_a_phrase_begins_with_a_capital_and_an_argument_stays_as_typed() -> None:
    with pytest.raises(DataError, match=r"^Item 1 is empty: give it"):
        arguments.text(" ", "item 1", "give it")
    with pytest.raises(DataError, match=r"^window is yes or no: give it as text\.$"):
        arguments.text(True, "window")


def test_what_is_no_list_of_texts_or_no_yes_is_refused() -> None:
    for wrong in ({"a": 1}, 5, ["a", None]):
        with pytest.raises(DataError):
            arguments.texts(wrong, "causes")
    for wrong in (1, "yes", None):
        with pytest.raises(DataError, match="give True or False"):
            arguments.yes_no(wrong, "value")


def test_the_same_name_in_other_letters_is_there_twice() -> None:
    with pytest.raises(DataError, match="Needs, entry 2, is there twice"):
        arguments.distinct(["Reach us", "reach US"], "Needs")


@pytest.mark.parametrize(
    "written",
    ["5/3/2026", "2026-03-05", dt.date(2026, 3, 5), np.datetime64("2026-03-05"),
     pd.Timestamp("2026-03-05", tz="Europe/London"), pd.Period("2026-03-05", "D")],
)  # fmt: skip
def test_a_date_is_read_day_first_however_it_comes(written: object) -> None:
    assert arguments.day_of(written, "by") == pd.Timestamp("2026-03-05")


@pytest.mark.parametrize("wrong", ["3/13/2026", 5, True, "soon", np.datetime64("NaT"), None, ""])
def test_what_is_no_date_is_refused(wrong: object) -> None:
    with pytest.raises(DataError, match=r"^by is not a date: write it as"):
        arguments.day_of(wrong, "by")


def test_the_wall_clock_counts_unless_londons_is_asked_for() -> None:
    noon = pd.Timestamp("2025-07-01 12:00", tz="UTC")
    assert arguments.date_of(noon) == pd.Timestamp("2025-07-01 12:00")
    assert arguments.date_of(noon, london=True) == pd.Timestamp("2025-07-01 13:00")
