"""Who stays among those who attend often, the page about them, and the blank grid."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.demand import (
    attendance_curve,
    attendance_labels,
    attendance_page,
    attendance_questions,
    needs_grid,
    persistence,
    stayed,
    two_windows,
    windows_said,
    with_people,
)
from pcqa_teach.errors import DataError
from pcqa_teach.measures.tidy import tidy


def crowd(before: list[int], after: list[int]) -> pd.DataFrame:
    return pd.DataFrame({"before": before, "after": after})


def test_everybody_stays_where_the_two_windows_are_the_same():
    found = stayed(crowd(list(range(100)), list(range(100))), top=10)
    assert (found.group, found.stayed, found.share) == (10, 10, 100.0)


def test_nobody_stays_where_the_order_is_turned_round():
    found = stayed(crowd(list(range(100)), list(range(100))[::-1]), top=10)
    assert found.stayed == 0
    assert "0 were in the top 10% again" in found.message


def test_by_lot_as_many_stay_as_the_group_is_large():
    rng = np.random.default_rng(7)
    found = stayed(crowd(rng.poisson(5, 20_000).tolist(), rng.poisson(5, 20_000).tolist()), top=5)
    assert found.by_luck == 50
    assert found.stayed == pytest.approx(found.by_luck, abs=20)


def test_people_who_are_not_in_the_table_are_counted_with_the_list():
    few = crowd([9] * 10, [9] * 10)
    assert stayed(few, top=5, list_size=200).group == 10
    with pytest.raises(DataError, match="The top 5% of 10 people are fewer than 5"):
        stayed(few, top=5)


def test_few_who_stayed_or_left_are_not_counted_aloud():
    before = [9] * 10 + [1] * 90
    three = stayed(crowd(before, [9] * 3 + [0] * 90 + [9] * 7), top=10)
    assert three.few
    assert three.message.endswith("fewer than 5 were in it again.")
    eight = stayed(crowd(before, [9] * 8 + [0] * 90 + [9] * 2), top=10)
    assert eight.few
    assert "8" not in eight.message
    assert "stayed_percent" not in attendance_page(None, None, eight)


def test_a_window_of_three_months_carries_no_warning_and_a_shorter_one_does():
    def said(days: int) -> str:
        day = pd.date_range("2026-01-01", periods=days)
        return windows_said(two_windows(pd.DataFrame({"patient": ["P"] * days, "date": day})))

    assert "Choose nobody" in said(120)
    assert "Choose nobody" not in said(180)


def test_the_page_holds_shares_and_totals_only():
    people = pcqa.load_demo("attendance").query("copy == 'usual'")
    curve = attendance_curve(people, count="before")
    page = attendance_page(curve, persistence(people), stayed(people))
    assert all(isinstance(one, (int, float, str, bool)) for one in page.values())
    assert page["top_1"] < page["top_3"] < page["top_5"] < page["top_10"]
    labels = attendance_labels(page)
    assert [said for said in labels.values() if said.format(**page).count("{")] == []
    assert len(labels) == 10


def test_what_could_not_be_worked_out_has_no_row():
    assert attendance_labels(attendance_page(None, None, None)) == {}


def test_questions_follow_from_what_was_seen():
    people = pcqa.load_demo("attendance").query("copy == 'scheme'")
    asked = attendance_questions(None, persistence(people), stayed(people), 182)
    assert asked[0].startswith("What else changed")
    assert "half a year" in attendance_questions(None, None, None, 60)[0]
    assert len(attendance_questions(None, None, None, 182)) == 1


def test_nobody_is_put_up_for_discussion_from_short_windows():
    people = pcqa.load_demo("attendance").query("copy == 'usual'")

    def asked(days: int) -> str:
        return " ".join(attendance_questions(None, None, stayed(people), days))

    assert "Discuss six of them, on paper" in asked(182)
    assert "Discuss" not in asked(63)


def test_a_table_without_people_is_refused_in_one_sentence():
    counts = tidy(date=["2026-03-09"], status=["Attended"], count=[40])
    with pytest.raises(DataError, match="ask for the report with the patient's number"):
        with_people(counts)
    blank = tidy(date=["2026-03-09"], status=["Available"], patient=[None])
    with pytest.raises(DataError, match="does not say whose appointments"):
        with_people(blank)


def test_the_grid_is_blank_and_can_hold_nobody():
    grid = needs_grid()
    assert (grid.table.drop(columns="Who") == "").all().all()
    assert grid.table["Who"].tolist() == [f"Person {one}" for one in range(1, 7)]
    assert "no names" in grid.message
    assert "shredded" in grid.explain()
    drawn = grid.figure()
    assert "Nothing is filled in" in drawn.alt
    assert len(drawn.svg) > 1000


@pytest.mark.parametrize("wrong", [{"needs": []}, {"needs": ["x"] * 9}, {"rows": 0}, {"rows": 40}])
def test_a_grid_that_does_not_fit_a_page_is_refused(wrong):
    with pytest.raises(DataError):
        needs_grid(**wrong)


def test_the_share_is_that_of_the_people_that_are_said() -> None:
    before = [9] * 28 + [1] * 902
    after = [9] * 5 + [0] * 23 + [9] * 23 + [1] * 879
    found = pcqa.demand.stayed(pd.DataFrame({"before": before, "after": after}), top=3)
    assert (found.group, found.stayed) == (28, 5)
    assert found.share == pytest.approx(100 * 5 / 28)
