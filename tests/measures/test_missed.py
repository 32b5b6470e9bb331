"""One count of missed appointments, three shares, and the picture of each."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.measures import missed_figure, missed_shares, missed_three_ways_figure

TWO = pd.DataFrame({"name": ["A", "B"], "came": [90, 60], "missed": [6, 5], "unknown": [4, 35]})
counts = st.integers(0, 100_000)


@given(counts, counts, counts)
def test_the_truth_lies_between_counted_and_most(came: int, missed: int, unknown: int) -> None:
    frame = pd.DataFrame({"name": ["x"], "came": [came], "missed": [missed], "unknown": [unknown]})
    row = missed_shares(frame).iloc[0]
    if came + missed == 0:
        assert pd.isna(row["left_out"])
    else:
        assert row["counted"] <= row["left_out"] <= 100
    if row["n"]:
        assert row["counted"] <= row["most"] <= 100
        assert row["most"] - row["counted"] == pytest.approx(row["unknown_share"])


def test_with_no_unknown_all_three_are_one() -> None:
    row = missed_shares(TWO.assign(unknown=0)).iloc[0]
    assert row["counted"] == row["left_out"] == row["most"] == 6.25


def test_a_column_that_is_missing_or_no_count_is_a_sentence() -> None:
    with pytest.raises(DataError, match="no column 'unknown'"):
        missed_shares(TWO.drop(columns="unknown"))
    with pytest.raises(DataError, match="below 0"):
        missed_shares(TWO.assign(missed=[-1, 2]))
    with pytest.raises(DataError, match="to name the rows by"):
        missed_shares(TWO, name="practice")


@pytest.mark.parametrize(
    ("way", "said"),
    [
        ("counted", "Unknown counted: A has the highest share of missed appointments, B the low"),
        ("left_out", "Unknown left out: B has the highest"),
        ("range", "B may miss anything from 5.0% to 40.0%"),
    ],
)
def test_each_way_has_its_message(way: str, said: str) -> None:
    assert said in missed_figure(missed_shares(TWO), way).alt


def test_a_name_is_not_broken_over_two_lines_and_read_as_it_is() -> None:
    named = TWO.assign(name=["Practice A", "Practice B"])
    picture = missed_figure(missed_shares(named))
    assert "Practice A has the highest" in picture.alt


def test_one_practice_is_drawn_three_ways() -> None:
    alt = missed_three_ways_figure(missed_shares(TWO.iloc[:1])).alt
    assert "Missed: 6.0% or 6.2%" in alt
    assert "no outcome is unknown" in missed_three_ways_figure(
        missed_shares(TWO.iloc[:1].assign(unknown=0))
    ).alt  # fmt: skip


def test_what_cannot_be_drawn_is_a_sentence() -> None:
    nobody = missed_shares(TWO.assign(came=0, missed=0))
    for draw in (missed_figure, missed_three_ways_figure):
        with pytest.raises(ChartError, match="No appointment has a known outcome"):
            draw(nobody)
    with pytest.raises(DataError, match="use 'counted', 'left_out' and 'range'"):
        missed_figure(missed_shares(TWO), "all")
