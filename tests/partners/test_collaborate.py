"""CollaboRATE: the share of people with the highest answer three times, and its ceiling."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.data import load_demo
from pcqa_teach.errors import DataError
from pcqa_teach.partners import collaborate_score
from pcqa_teach.variation import wilson

ITEMS = ["item1", "item2", "item3"]


def _answers(*rows: tuple[float, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=ITEMS)


def test_only_three_highest_answers_count() -> None:
    found = collaborate_score(_answers((9, 9, 9), (9, 9, 8), (0, 9, 9), (9, 9, 9)))
    assert found.share == 50
    row = found.groups.iloc[0]
    by_hand = 100 * wilson(2, 4).iloc[0]
    assert (row["lower"], row["upper"]) == pytest.approx((by_hand["lower"], by_hand["upper"]))
    assert row["mean"] == pytest.approx(100 * (27 + 26 + 18 + 27) / 12 / 9)


def test_the_five_point_form_has_its_own_top() -> None:
    assert collaborate_score(_answers((4, 4, 4), (3, 4, 4)), high=4).share == 50


def test_who_left_a_question_open_is_set_aside_and_said() -> None:
    found = collaborate_score(_answers((9, 9, 9), (9, np.nan, 9), (8, 8, 8)))
    assert (found.set_aside, found.groups["n"][0]) == (1, 2)
    assert "1 more left a question open" in found.explain()


def test_groups_add_up_to_everybody_and_their_words_claim_no_difference_that_is_none() -> None:
    found = collaborate_score(load_demo("survey"), by="age_group")
    rows = found.groups
    assert rows["n"][1:].sum() == rows["n"][0] == 600
    assert rows["top"][1:].sum() == rows["top"][0]
    assert "The intervals overlap" in found.explain()
    assert "37.5%" in found.explain()
    apart = pd.DataFrame(
        {**dict.fromkeys(ITEMS, [9] * 50 + [5] * 50), "who": ["x"] * 50 + ["y"] * 50}
    )
    assert "do not meet" in collaborate_score(apart, by="who").explain()


def test_a_small_group_is_held_back_with_the_one_that_would_give_it_away() -> None:
    few = pd.DataFrame(
        {**dict.fromkeys(ITEMS, [9, 5] * 30), "who": ["x"] * 30 + ["y"] * 24 + ["z"] * 6}
    )
    found = collaborate_score(few, by="who")
    assert found.table["People"].tolist() == ["60", "30", "held back", "held back"]
    assert "n = 24" not in found.explain()
    assert "intervals" not in found.explain()


def test_its_picture_can_be_read(faults: Callable[..., list[str]]) -> None:
    assert faults(collaborate_score(load_demo("survey"), by="age_group").figure) == []


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (_answers((10, 9, 9)), "whole number from 0 to 9"),
        (_answers((8.5, 9, 9)), "whole number from 0 to 9"),
        (_answers((-1, 9, 9)), "below 0"),
        (_answers((np.nan, 9, 9)), "Nobody answered all three"),
        (pd.DataFrame({"item1": [9]}), "no column 'item2'"),
        (pd.DataFrame(), "no rows"),
    ],
)
def test_what_cannot_be_scored_is_said_in_a_sentence(frame: pd.DataFrame, said: str) -> None:
    with pytest.raises(DataError, match=said):
        collaborate_score(frame)


def test_two_columns_are_not_three() -> None:
    with pytest.raises(DataError, match="three questions"):
        collaborate_score(_answers((9, 9, 9)), ["item1", "item2"])
