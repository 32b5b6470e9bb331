"""A week's tally: what to get ready for, and what its totals support."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import pcqa_teach as pcqa
from pcqa_teach.demand import AskTally, ask_tally, margin_of, marks_figure, marks_to_expect
from pcqa_teach.demand.tallying import WEEK
from pcqa_teach.demand.tallying_words import shown
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


def test_it_names_the_days_that_the_worst_day_stands_apart_from() -> None:
    apart = ask_tally([200] * 5, [80, 10, 10, 10, 10]).explain()
    near = ask_tally([40] * 5, [9, 8, 6, 7, 6]).explain()
    some = ask_tally([153, 103, 107, 96, 110], [28, 9, 10, 6, 0]).explain()
    assert "Monday has the largest share, 40% (33% to 47%), by more than chance." in apart
    assert "other days may well be as high." in near
    assert (
        "Monday has the largest share, 18% (13% to 25%): more than Thursday's and Friday's, by "
        "more than chance. Tuesday's and Wednesday's may be as high."
    ) in some
    for said in (apart, near, some):
        assert "Whoever the sheet did not catch is not in them." in said
        assert "held back" not in said


def test_a_day_without_asks_is_left_out_of_the_picture() -> None:
    found = ask_tally([50, 40, 0, 30, 30], [5, 4, 0, 6, 5])
    assert np.isnan(found.table["share"].iloc[2])
    assert "Wednesday" not in found.alt_text
    assert "Tuesday" in found.figure().alt


def _told(found: AskTally) -> str:
    """Return all that a tally says, draws and lists."""
    figure = found.figure()
    return " ".join(
        [found.message, found.explain(), found.alt_text, figure.alt, str(found.data_table().frame)]
    )


def test_a_small_week_is_in_words_without_share_or_interval() -> None:
    found = ask_tally([50] * 5, [1, 1, 0, 1, 0])
    assert found.message == "Fewer than 5 of 250 asks were not met"
    assert "1.2%" not in _told(found)  # 3 of 250
    assert "largest" not in found.explain()


def test_a_small_day_has_no_share_and_takes_a_second_with_it() -> None:
    found = ask_tally([153, 103, 107, 96, 110], [28, 9, 10, 1, 0])
    told = _told(found)
    assert "Thursday fewer than 5 of 96" in told
    assert "Tuesday held back" in told
    assert "Tuesday's count is held back, so that Thursday's cannot be worked out" in told
    for share in ("1.0%", "5.7%", "8.7%", "4.7% to 16%"):  # 1 of 96 and 9 of 103
        assert share not in told
    assert (
        "Of the days shown, Monday has the largest share, 18% (13% to 25%): more than Thursday's "
        "and Friday's, by more than chance. Wednesday's may be as high."
    ) in told


@pytest.mark.parametrize("few", [1, 2, 3, 4])
def test_what_is_said_of_a_small_day_is_the_same_whichever_count_it_is(few: int) -> None:
    """The two days that are hidden have 10 between them either way."""
    asks, first = [153, 103, 107, 96, 110], [28, 9, 10, 1, 0]
    others = [28, 10 - few, 10, few, 0]
    hidden = {"Tuesday held back", "Thursday fewer than 5 of 96"}
    told = [ask_tally(asks, one).explain() for one in (first, others)]
    assert all(part in ask_tally(asks, others).alt_text for part in hidden)
    assert told[0] == told[1]


def test_few_who_were_met_are_as_hidden_as_few_who_were_not() -> None:
    found = ask_tally([50] * 5, [49, 10, 9, 8, 7])
    told = _told(found)
    assert "98%" not in told
    assert "Monday held back" in told
    assert "Monday's and Friday's counts are held back, since fewer than 5 were met" in told


def test_a_day_or_a_week_of_few_asks_is_drawn_without_them() -> None:
    for asks, not_met in (([2, 0, 0, 0, 0], [1, 0, 0, 0, 0]), ([3] + [100] * 4, [3, 9, 8, 7, 6])):
        told = _told(ask_tally(asks, not_met))
        assert "Monday held back" in told
        assert "50%" not in told


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=2, max_size=6))
def test_no_small_count_has_a_share_and_none_is_alone(pairs: list[tuple[int, int]]) -> None:
    met, unmet = (np.array(one) for one in zip(*pairs, strict=True))
    assume((met + unmet).sum() > 0)
    rows = shown(ask_tally(met + unmet, unmet, [f"day {n}" for n in range(len(pairs))]))
    kept = (met + unmet > 0).tolist()
    small = ((met > 0) & (met < 5) | (unmet > 0) & (unmet < 5))[kept]
    bare = rows["share"].iloc[:-1].isna().to_numpy()
    assert bare[small].all()
    if small.any() and not np.isnan(rows["share"].iloc[-1]):
        assert bare.sum() > 1


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
    assert ("are left out" in found.attrs["when"]) == by_day
    assert found.attrs["when"].startswith("whole weeks from") == ("overlap" in name)


def test_the_week_is_the_sum_of_its_days() -> None:
    found = marks_to_expect(pcqa.load_demo("appointments"))
    assert found["marks"].iloc[-1] == pytest.approx(found["marks"].iloc[:-1].sum())


def test_without_a_whole_week_it_is_a_sentence() -> None:
    with pytest.raises(DataError, match="There is no whole week"):
        marks_to_expect(tidy(date=pd.to_datetime(["2026-03-11"]), status=["Attended"]))
