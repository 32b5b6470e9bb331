"""A week's tally: what to get ready for, and what its totals support."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.demand import ask_tally, margin_of, marks_figure, marks_to_expect
from pcqa_teach.demand.tallying import WEEK
from pcqa_teach.errors import DataError
from pcqa_teach.measures.tidy import tidy

EXPORTS = Path(__file__).resolve().parents[2] / "data" / "synthetic" / "exports"
FILES = sorted(path.name for path in EXPORTS.glob("*.*") if path.suffix in (".csv", ".xlsx"))


@pytest.mark.parametrize("margin", [0.02, 0.05, 0.1, 0.2])
def test_the_margin_is_the_sample_size_turned_round(margin: float) -> None:
    needed = pcqa.variation.sample_size(margin)
    assert margin_of(needed) <= margin < margin_of(needed - 1)


def test_a_share_near_nought_has_a_smaller_margin() -> None:
    assert margin_of(100, 0.1) < margin_of(100, 0.5)
    with pytest.raises(DataError):
        margin_of(0)


def test_the_intervals_are_wilsons() -> None:
    found = ask_tally([120, 90, 80, 80, 30], [18, 9, 4, 0, 1])
    wilson = pcqa.variation.wilson([18, 9, 4, 0, 1, 32], [120, 90, 80, 80, 30, 400])
    for part in ("share", "lower", "upper"):
        assert found.table[part].tolist() == pytest.approx((100 * wilson[part]).tolist())
    assert found.week["day"] == WEEK
    assert found.week["asks"] == found.table["asks"].iloc[:-1].sum()


def test_it_says_whether_the_worst_day_stands_apart() -> None:
    apart = ask_tally([200] * 5, [80, 10, 10, 10, 10]).explain()
    near = ask_tally([20] * 5, [4, 3, 2, 3, 2]).explain()
    assert "Monday has the largest share, 40% (33% to 47%), by more than chance." in apart
    assert "other days may well be as high." in near
    assert "Whoever the sheet did not catch is not in them." in near


def test_a_day_without_asks_is_left_out_of_the_picture() -> None:
    found = ask_tally([50, 40, 0, 30, 30], [5, 4, 0, 6, 5])
    assert np.isnan(found.table["share"].iloc[2])
    assert "Wednesday" not in found.alt_text
    assert "Tuesday" in found.figure().alt


def test_small_numbers_are_in_words() -> None:
    assert ask_tally([50] * 5, [1, 1, 0, 1, 0]).message.startswith("fewer than 5 of 250 asks")


@pytest.mark.parametrize(
    ("asks", "not_met", "said"),
    [
        ([1, 2, 3], [1, 2, 3], "there are 3 and 3, for 5 days"),
        ([10] * 5, [1] * 4, "there are 5 and 4"),
        ([10] * 5, [1, 11, 0, 0, 0], "On Tuesday more asks were not met than there were"),
        ([0] * 5, [0] * 5, "holds no asks yet"),
        ([10.5] * 5, [1] * 5, "whole numbers from 0 up"),
        ([-1] * 5, [0] * 5, "whole numbers from 0 up"),
        (["ten"] * 5, [0] * 5, "asks must be a row of whole numbers"),
        (10, [0] * 5, "asks must be a row of whole numbers"),
        ([10] * 5, [None] * 5, "not_met must be a row of whole numbers"),
    ],
)
def test_what_is_no_tally_is_one_sentence(asks: object, not_met: object, said: str) -> None:
    with pytest.raises(DataError, match=said):
        ask_tally(asks, not_met)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", FILES)
def test_every_export_gives_a_plan(name: str) -> None:
    found = marks_to_expect(pcqa.read(EXPORTS / name))
    by_day = "gpad" not in name and "overlap" not in name
    assert len(found) == (6 if by_day else 2)
    assert found["day"].iloc[-1] == WEEK
    assert found["same_day"].notna().all() == by_day
    assert found["margin"].iloc[-1] < found["margin"].iloc[0]
    assert len(marks_figure(found).alt) > 30


def test_the_week_is_the_sum_of_its_days() -> None:
    found = marks_to_expect(pcqa.load_demo("appointments"))
    assert found["marks"].iloc[-1] == pytest.approx(found["marks"].iloc[:-1].sum())


def test_without_a_whole_week_it_is_a_sentence() -> None:
    with pytest.raises(DataError, match="There is no whole week"):
        marks_to_expect(tidy(date=pd.to_datetime(["2026-03-11"]), status=["Attended"]))
