"""Every figure that lesson b6 states is what its data, or its own table, give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach import juran
from pcqa_teach.juran.planning.ladder import RUNGS
from pcqa_teach.lessons import Key, judge, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day2" / "b6_partners_and_ctq.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _rows(markdown: str) -> list[list[str]]:
    rows = [line.strip("| ").split(" | ") for line in markdown.splitlines() if line[:1] == "|"]
    return [[cell.strip("` ") for cell in row] for row in rows[2:]]


@pytest.fixture(scope="module")
def monday() -> pd.DataFrame:
    calls = pcqa.load_demo("calls")
    return calls[calls["start"].between("2024-11-11 08:00:00", "2024-11-11 09:59:59")]


def test_a_notice_says_that_the_words_are_invented(sources: dict[str, str]) -> None:
    assert "All the words of patients on this page are invented" in sources["b6-how"]
    assert "(invented)" in sources["b6-task-1-cards"]
    assert "every word of a patient" in sources["b6-words"]


def test_the_twenty_visits_agree_as_the_worked_example_says(sources: dict[str, str]) -> None:
    names: dict[str, Any] = {}
    lines = [line for line in sources["b6-worked-table"].splitlines() if "[True]" in line]
    exec("\n".join(lines), names)
    judged = juran.operational_definition("x", unit="visits", counts="y")
    first = judged.try_out(names["one"], names["other"]).iloc[0]
    second = judged.try_out(names["then_one"], names["then_other"]).iloc[0]
    assert (first["items"], first["same"], first["agreement"]) == (20, 13, 65)
    assert (first["first_counts"], first["second_counts"]) == (14, 9)
    assert (second["items"], second["same"], second["agreement"]) == (20, 19, 95)
    assert (second["first_counts"], second["second_counts"]) == (10, 9)
    told = sources["b6-worked"] + sources["b6-worked-two"]
    for words in ("13 divided by 20 is 0.65", "14 / 20 = **70%**", "9 / 20 = **45%**"):
        assert words in told
    assert "19 divided by 20 is **95%**, and the share is 50% or 45%" in told
    given_a_leaflet = sum(a and not b for a, b in zip(names["one"], names["other"], strict=True))
    assert (given_a_leaflet, first["differ"]) == (6, 7)
    assert "talked about the seven" in told
    assert "Six had been given" in told


def test_there_are_twelve_cards_three_for_each_need(sources: dict[str, str]) -> None:
    cards = _rows(sources["b6-task-1-cards"])
    assert [number for number, _ in cards] == [str(i) for i in range(1, 13)]
    expect = _key(sources, "b6-1").expect
    needs = {row[0] for row in _rows(sources["b6-task-1"])}
    assert set(expect.values()) == needs == {"reach", "plan", "known", "fits"}
    assert all(list(expect.values()).count(need) == 3 for need in needs)
    told = sources["b6-facilitator-task-1"]
    for need in needs:
        listed = ", ".join(card for card, pile in expect.items() if pile == need)
        assert f"{need}: {listed}." in told


def test_the_share_is_that_of_all_calls_of_the_monday(
    sources: dict[str, str], monday: pd.DataFrame
) -> None:
    soon = int(((monday["outcome"] == "Answered") & (monday["queue_s"] <= 300)).sum())
    ended = monday["outcome"].value_counts()
    assert (soon, len(monday)) == (27, 103)
    assert monday["start"].dt.day_name().unique().tolist() == ["Monday"]
    key = _key(sources, "b6-2")
    assert round(100 * soon / len(monday), 1) == key.expect["share"]
    stated = {wrong.name: wrong.answer["share"] for wrong in key.misconceptions}
    queue = int(ended["Answered"] + ended["Missed"])
    mistakes = {
        "only_the_answered": soon / ended["Answered"],
        "only_the_queue": soon / queue,
        "people_below_the_line": soon / int(monday["redial_of"].isna().sum()),
        "the_late_ones_too": ended["Answered"] / len(monday),
        "a_call_back_is_an_answer": (soon + ended["Call-back asked"]) / len(monday),
    }
    for name, share in mistakes.items():
        assert stated[name] == pytest.approx(100 * share, abs=0.06), name
    told = sources["b6-facilitator-task-2"]
    assert "93% (27 of 29), 45% (27 of 60) or 26% (27 of 103)" in told
    assert (int(ended["Answered"]), queue) == (29, 60)


def test_calls_are_not_people_as_the_lesson_says(
    sources: dict[str, str], monday: pd.DataFrame
) -> None:
    again = int(monday["redial_of"].notna().sum())
    assert (again, len(monday) - again) == (24, 79)
    assert monday["redial_of"].dropna().isin(monday["call_id"]).all()
    assert "103 calls came from 79 people" in sources["b6-wrong"]
    told = sources["b6-facilitator-task-2"]
    assert "24 of them came from somebody ringing again, so 79 people rang, and 29" in told


def test_five_lines_of_the_sheet_count(sources: dict[str, str]) -> None:
    lines = {number: what for number, _, what in _rows(sources["b6-task-2-lines"])}
    assert len(lines) == 10
    told = {
        n for n, what in lines.items() if re.search(r"[Tt]old.*(ring|try) (again|tomorrow)", what)
    }
    gave_up = {n for n, what in lines.items() if "Hung up" in what}
    assert (told, gave_up) == ({"1", "4", "7", "9"}, {"8"})
    assert "told to come back on another day, or gave up waiting" in sources["b6-task-2-tally"]
    assert "line 1 again" in lines["5"]
    assert "I would rather" in lines["3"]
    assert _key(sources, "b6-2").expect["people"] == len(told | gave_up)
    assert "(lines 1, 4, 7, 8 and 9)" in sources["b6-facilitator-task-2"]


def test_the_features_that_belong_can_be_counted_and_the_wish_and_the_remedy_cannot(
    sources: dict[str, str],
) -> None:
    written = dict(_rows(sources["b6-task-2"]))
    tree = juran.ctq_tree("I can't get through", {"Reach": list(written.values())})
    can = {
        letter.strip('"'): feature.measurable
        for letter, feature in zip(written, tree.features, strict=True)
    }
    assert can == {"A": False, "B": True, "C": False, "D": True, "E": True, "F": True}
    assert _key(sources, "b6-2").expect["features"] == {"B", "E"}


def test_the_places_on_the_ladder_are_those_of_the_notes(sources: dict[str, str]) -> None:
    expect = _key(sources, "b6-3").expect
    placed = dict(_rows(sources["b6-task-3"]))
    assert set(placed) == set(expect) - {"say"}
    told = sources["b6-facilitator-task-3"]
    for name in placed:
        rung = RUNGS[expect[name] - 1]
        assert f"{name} {rung.place} ({rung.name.lower()})" in told
    ladder = juran.engagement_ladder({what: expect[name] for name, what in placed.items()})
    assert ladder.shared == 2
    assert "informing, rung 3" in sources["b6-idea-three"]
    assert RUNGS[2].name == "Informing"


def test_part_of_the_cards_earns_part_of_the_points(sources: dict[str, str]) -> None:
    key = _key(sources, "b6-1")
    half = {card: pile if int(card) <= 6 else None for card, pile in key.expect.items()}
    assert judge("b6-1", half, expect=key.expect, points=key.points) == 3
