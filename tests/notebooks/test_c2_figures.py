"""Every figure that lesson c2 states is what its data give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day1" / "c2_reading_a_practice.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


@pytest.fixture(scope="module")
def names(sources: dict[str, str], run_cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"pcqa": pcqa, "network": pcqa.load_demo("network_weekly")}
    run_cell(sources["c2-page"], found)
    return found


def test_the_page_is_of_26_weeks_and_only_same_day_bookings_stand_out(
    names: dict[str, Any],
) -> None:
    assert len(names["b"]) == 26
    assert names["reader"].standing_out() == ["Booked for the same day"]
    points = names["charts"]["Booked for the same day"].points
    flagged = points.loc[points["signal"], "x"]
    assert [f"{one:%d %b}" for one in (flagged.iloc[0], flagged.iloc[-1])] == ["08 Apr", "03 Jun"]
    assert len(flagged) == 9
    assert points.loc[points["signal"], "shift"].all()


def test_the_worked_sum_is_what_the_book_gives(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    b = names["b"]
    total, days, people = b["appointments"].sum(), b["working_days"].sum(), b["list_size"].mean()
    assert (total, days, round(people)) == (26976, 125, 10596)
    assert (b["working_days"] == 4).sum() == 5
    assert set(b["working_days"]) == {4, 5}
    assert round(total / days, 1) == 215.8
    assert round(5 * total / days) == 1079
    assert round(1000 * 5 * total / days / people, 1) == 101.8
    assert round(total / 26) == 1038
    limits = names["charts"]["Appointments"].limits.iloc[0]
    assert (round(limits["lower"]), round(limits["upper"])) == (78, 126)
    assert "78 to 126" in sources["c2-worked-two"]
    assert "between 78 and 126" in sources["c2-task-3"]


def test_the_claims_are_answered_by_the_page(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    b = names["b"]
    share = 100 * b[["dna", "same_day"]].sum() / b["appointments"].sum()
    assert (round(share["dna"]), round(share["same_day"])) == (9, 38)
    missed = names["charts"]["Stored as missed"]
    assert not missed.points["signal"].any()
    may = missed.points[missed.points["x"].dt.month == 5]
    highest = may.loc[may["y"].idxmax()]
    assert f"{highest['x']:%d %B}: {highest['y']:.1f}" == "13 May: 10.4"
    assert round(missed.limits["upper"].iloc[0], 1) == 10.6
    kinds = list(_key(sources, "c2-1").expect.values())
    assert [kinds.count(one) for one in ("supported", "not_supported", "cannot_tell")] == [2, 2, 3]


def test_the_finding_is_what_is_stored_and_what_is_left_of_it(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    b = names["b"]
    total, missed, silent = (
        int(b[one].sum()) for one in ("appointments", "dna", "no_contact_recorded")
    )
    told = sources["c2-task-2"]
    assert [f"{one:,}" for one in (silent, total, missed)] == re.findall(r"\d{1,2},\d{3}", told)[:3]
    expect = _key(sources, "c2-2").expect
    assert expect["as_stored"] == pytest.approx(100 * missed / total, abs=0.01)
    assert expect["at_least"] == pytest.approx(100 * (missed - silent) / total, abs=0.01)
    found = pcqa.variation.wilson(missed, total).iloc[0]
    assert f"{100 * found['lower']:.1f}% to {100 * found['upper']:.1f}%" in told
    assert round(50 * (found["upper"] - found["lower"]), 1) == 0.3
    assert 0.45 < silent / missed < 0.5
    mistakes = {
        "of_those_who_came": {"as_stored": 100 * missed / b["attended"].sum()},
        "unknown_left_out": {"as_stored": 100 * missed / (total - b["unknown"].sum())},
        "took_them_out_of_both": {"at_least": 100 * (missed - silent) / (total - silent)},
        "the_share_of_those_stored": {"at_least": 100 * silent / missed},
        "share_of_the_telephone": {"at_least": 100 * silent / b["telephone"].sum()},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "c2-2").misconceptions}
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, abs=0.06), name


def test_practice_b_is_the_one_whose_recording_was_made_faulty() -> None:
    path = ROOT / "data" / "synthetic" / "truth_network.csv"
    if not path.is_file():
        pytest.skip("the truth is not in this checkout")
    truth = pd.read_csv(path).set_index("practice")
    assert truth.loc["G118", "planted_true"] == "coding artefact"
    network = pcqa.load_demo("network_weekly")
    same = network[network["practice"] == "G118"]
    assert ((same["attended"] + same["dna"] + same["unknown"]) == same["appointments"]).all()
