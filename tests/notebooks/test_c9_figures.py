"""Every figure that lesson c9 states is what its data give."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

import pcqa_teach as pcqa
from pcqa_teach import partners
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets import spread_a_change

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day5" / "c9_spread_and_scale.ipynb"
TRUTH = ROOT / "data" / "synthetic" / "truth.json"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


@pytest.fixture(scope="module")
def candidates(sources: dict[str, str]) -> dict[str, list[str]]:
    rows = re.findall(r"^\| ([A-H]) \| (.+) \|$", sources["c9-task-1"], re.MULTILINE)
    return {name: [part.strip() for part in rest.split("|")] for name, rest in rows}


def test_the_highest_practice_only_records_otherwise(sources: dict[str, str]) -> None:
    demo = pcqa.load_demo("network_weekly")
    half = demo[demo["week"] >= "2025-07-01"].groupby("practice")
    sums = half[["dna", "appointments", "no_contact_recorded"]].sum()
    share = (100 * sums["dna"] / sums["appointments"]).sort_values()
    truth = json.loads(TRUTH.read_text(encoding="utf-8"))["network"]
    assert list(share.index[-2:]) == [truth["true_high"], truth["artefact"]] == ["G107", "G118"]
    assert f"G118 ({share.iloc[-1]:.1f}%)" in sources["c9-facilitator-idea"]
    noted = 1000 * sums["no_contact_recorded"] / sums["appointments"]
    assert round(noted["G118"]) == 44
    assert noted.drop("G118").between(3, 6).all()
    assert "notes 44" in sources["c9-idea"]


def test_the_six_practices_go_as_the_worked_example_says(sources: dict[str, str]) -> None:
    links = re.search(r"Links: (.+)\.", sources["c9-worked"])
    assert links
    six = partners.network_metrics([tuple(pair.split("-")) for pair in links[1].split(", ")])
    copied = partners.adoption(six, ["A", "B"], needs=2)
    adapted = partners.adoption(six, ["A", "B"], needs=1)
    assert copied.table["total"].tolist()[:3] == [2, 3, 3]
    assert adapted.table["total"].tolist()[:4] == [2, 3, 4, 6]
    assert six.links == 7


def test_the_panel_says_what_the_notes_say(sources: dict[str, str]) -> None:
    activity, told = spread_a_change(), sources["c9-facilitator-predict"]
    copied = [activity.run(start, "copied").total for start in ("corner", "apart", "pair")]
    assert copied == [9, 3, 9]
    adapted = [activity.run(start, "adapted") for start in ("corner", "apart", "pair")]
    assert {one.total for one in adapted} == {24}
    months = [one.last for one in adapted]
    assert f"after {months[0]}, {months[1]} and {months[2]} months" in told


def test_only_three_want_it_have_it_and_have_time(
    sources: dict[str, str], candidates: dict[str, list[str]]
) -> None:
    able = {
        name
        for name, (trouble, wants, _, now) in candidates.items()
        if float(trouble) > 25 and wants == "yes" and now.startswith("calm")
    }
    assert able == {"A", "B", "D", "G"}
    north = {name: int(candidates[name][2].split()[0]) for name in ("A", "B")}
    assert north["A"] > north["B"]
    assert "among A's" in candidates["B"][2]
    chosen = _key(sources, "c9-1").expect["three"]
    assert chosen == able - {"B"}
    parts = {part for name in chosen for part in ("north", "south", "east")
             if part in candidates[name][2]}  # fmt: skip
    assert len(parts) == 3
    highest = sorted(candidates, key=lambda name: -float(candidates[name][0]))[:3]
    wrong = {one.name: one.answer for one in _key(sources, "c9-1").misconceptions}
    assert set(wrong["the_highest"]["three"]) == set(highest)


def test_the_stepped_start_adds_up(sources: dict[str, str]) -> None:
    key = _key(sources, "c9-3").expect
    assert key["months"] == 12 / 3
    assert (key["begun"], key["waiting"]) == (2 * 3, 12 - 2 * 3)
    rows = re.findall(r"\| ([\d.]+) \| ([\d.]+) \|$", sources["c9-task-3"], re.MULTILINE)
    (before, now), (was, still) = ((float(a), float(b)) for a, b in rows)
    assert round((now - before) - (still - was), 6) == key["difference"]
    wrong = {one.name: one.answer for one in _key(sources, "c9-3").misconceptions}
    assert wrong["own_change"]["difference"] == now - before
    assert wrong["levels"]["difference"] == pytest.approx(now - still)
    assert wrong["added"]["difference"] == pytest.approx((now - before) + (still - was))


def test_the_nine_cards_are_sorted_once_each(sources: dict[str, str]) -> None:
    key: dict[str, Any] = _key(sources, "c9-2").expect
    cards = re.findall(r"^\| (\d) \|", sources["c9-task-2"], re.MULTILINE)
    assert list(key) == cards
    told = sources["c9-facilitator-task-2"]
    for pile in ("keep", "adapt", "drop"):
        numbers = ", ".join(card for card, where in key.items() if where == pile)
        assert f"{pile} {numbers}" in told.lower()


def test_the_checks_add_up() -> None:
    row = partners.network_metrics([("P", "Q"), ("Q", "R"), ("R", "S"), ("S", "T")])
    assert partners.adoption(row, ["P", "Q"]).last == 3
    assert partners.adoption(row, ["P", "Q"], needs=2).total == 2
