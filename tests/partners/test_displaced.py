"""Need that is not met: the weeks settle where the formula says, and nothing is lost on the way."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.partners import stock_flow


@pytest.mark.parametrize(
    ("elsewhere", "sent_back", "ask_again"),
    [(0.5, 0.4, 0.6), (0.4, 0.5, 0.75), (0.8, 0.5, 0.75), (0.0, 0.3, 0.9), (1.0, 0.5, 0.7)],
)
def test_the_weeks_settle_where_the_formula_says(
    elsewhere: float, sent_back: float, ask_again: float
) -> None:
    found = stock_flow(
        500, 480, elsewhere=elsewhere, sent_back=sent_back, ask_again=ask_again, weeks=400
    )
    last, settled = found.table.iloc[-1], found.settled
    for name in ("asks", "not_met", "elsewhere"):
        assert last[name] == pytest.approx(settled[name], rel=1e-6)
    back = elsewhere * sent_back + (1 - elsewhere) * ask_again
    assert settled["not_met"] == pytest.approx(20 / (1 - back))


def test_how_soon_people_ask_again_moves_the_way_and_not_the_end() -> None:
    slow, fast = (stock_flow(leave=leave, weeks=400) for leave in (0.1, 0.9))
    assert slow.table["not_met"].iloc[5] < fast.table["not_met"].iloc[5]
    assert slow.table["not_met"].iloc[-1] == pytest.approx(fast.table["not_met"].iloc[-1], rel=1e-4)


def test_nobody_is_lost_between_the_weeks() -> None:
    found = stock_flow(elsewhere=0.3, sent_back=0.2, ask_again=0.5, leave=0.4, weeks=30)
    table = found.table
    before = np.r_[0.0, table["open"].to_numpy()[:-1]]
    stayed = table["not_met"] - table["elsewhere"]
    assert table["open"].to_numpy() == pytest.approx((before * 0.6 + stayed).to_numpy())
    again = 0.5 * 0.4 * before
    assert table["asks"].to_numpy() == pytest.approx(500 + again + table["sent_back"].to_numpy())
    assert (table["met"] <= 480).all()


def test_with_enough_capacity_nothing_happens() -> None:
    found = stock_flow(480, 480)
    assert found.table[["not_met", "open", "elsewhere"]].to_numpy().max() == 0
    assert found.message.startswith("Every ask is met")
    assert found.settled["not_met"] == 0


def test_sending_more_people_elsewhere_looks_better_only_at_home() -> None:
    now = stock_flow(elsewhere=0.4, sent_back=0.5, ask_again=0.75)
    then = now.changed(elsewhere=0.8)
    assert then.settled["asks"] < now.settled["asks"]
    assert then.settled["elsewhere"] > now.settled["elsewhere"]


def test_sensitivity_moves_one_assumption_at_a_time() -> None:
    found = stock_flow().sensitivity(0.1)
    assert set(found["assumption"]) == {"needs", "capacity", "elsewhere", "sent_back", "ask_again"}
    wide = (found["at_high"] - found["at_low"]).abs().tolist()
    assert wide == sorted(wide, reverse=True)
    row = found.set_index("assumption").loc["ask_again"]
    assert row["at_high"] == pytest.approx(stock_flow(ask_again=0.7).table["not_met"].iloc[-1])


@pytest.mark.parametrize(
    "given",
    [
        {"needs": -1}, {"capacity": "many"}, {"elsewhere": 1.2}, {"leave": 0}, {"weeks": 0},
        {"elsewhere": 0.0, "ask_again": 1.0},
    ],
)  # fmt: skip
def test_what_cannot_be_is_an_error_of_one_sentence(given: dict[str, Any]) -> None:
    with pytest.raises(DataError) as caught:
        stock_flow(**given)
    assert "\n" not in str(caught.value)


def test_a_column_that_there_is_not_is_an_error() -> None:
    with pytest.raises(DataError, match="of="):
        stock_flow().sensitivity(of="week")


def test_it_says_aloud_how_the_lines_go() -> None:
    found = stock_flow()
    assert "If 20 needs a week are too many, 40 asks a week are not met" in found.figure().alt
    assert "one need that is not met makes 2 asks" in found.explain()
    assert "no forecast" in found.explain()
