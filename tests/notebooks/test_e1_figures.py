"""Every figure that lesson e1 states is what its data give."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "academy" / "e1_communities_of_practice.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def by_chance(sources: dict[str, str]) -> float:
    """Of 100 charts of 24 dots in which nothing has changed, how many the lesson says signal."""
    said = re.search(r"\(([\d.]+), by our own simulation", sources["e1-idea-two"])
    assert said
    return float(said[1])


@pytest.fixture(scope="module")
def ran(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells of data hold once they have run."""
    names: dict[str, Any] = {}
    for name in ("setup", "gallery", "worked-table", "worked-chart", "widget", "task-1-table",
                 "task-2-table"):  # fmt: skip
        exec(compile(sources[f"e1-{name}"], name, "exec"), names)
    return names


def _with_a_signal(chart: pcqa.spc.Chart) -> list[str]:
    points = chart.points
    return sorted(points.loc[points["signal"], "practice"].unique())


def test_the_gallery_holds_as_many_signals_as_chance_would(
    sources: dict[str, str], ran: dict[str, Any], by_chance: float
) -> None:
    gallery = ran["gallery"]
    charts = gallery.points["practice"].nunique()
    assert (charts, gallery.points["x"].nunique()) == (24, 24)
    assert _with_a_signal(gallery) == ["G101", "G105", "G110", "G112"]
    made = charts * by_chance / 100
    assert f"{charts} × {by_chance} / 100 = **{made:.1f} charts**" in sources["e1-idea-two"]


def test_fifteen_in_a_hundred_is_what_our_simulation_gives(by_chance: float) -> None:
    rate = pcqa.variation.false_alarm_rate(24, charts=10_000, seed=1)
    assert 100 * rate.share == pytest.approx(by_chance, abs=1.2)


def test_the_worked_example_gives_its_own_sums(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    shares = ran["shares"]
    own = shares["K, which sent texts"]
    others = np.array([pair for name, pair in shares.items() if name[0] != "K"])
    assert others.sum(axis=0).tolist() == pytest.approx([22.2, 19.8])
    assert others.mean(axis=0).tolist() == pytest.approx([7.4, 6.6])
    came_anyway = others.mean(axis=0)[1] - others.mean(axis=0)[0]
    left = (own[1] - own[0]) - came_anyway
    assert left == pytest.approx(-1.2)
    assert "**minus 1.2**" in sources["e1-worked-two"]
    found = ran["beyond"]
    assert found.effect["estimate"] == pytest.approx(-1.2, abs=0.005)
    assert found.means["before"].iloc[0] == pytest.approx(8.0, abs=0.005)
    assert found.means["after"].iloc[1] == pytest.approx(6.6, abs=0.005)
    assert came_anyway / (own[1] - own[0]) == pytest.approx(2 / 5)
    assert f"two fifths ({-came_anyway:.1f}) would have come without" in sources["e1-worked-two"]


def test_the_right_letters_are_what_the_pictures_show(rounds: Any, only_right: Any) -> None:
    null, moved = rounds
    signals = len(_with_a_signal(null.picture()))
    only_right(
        null,
        {"None": signals == 0, "One to three": 1 <= signals <= 3, "Five or more": signals >= 5},
    )
    found = moved.picture()
    change = (found.means["after"] - found.means["before"]).tolist()  # theirs, then the others'
    alike = found.effect["low"] < 0 < found.effect["high"]
    only_right(
        moved,
        {
            "No change: they did nothing": abs(change[1]) < 0.3,
            "The same fall": alike and change[1] < -0.3,
            "A rise: people missed more everywhere else": change[1] > 0.3,
        },
    )
    asked = re.search(r"falls from (\d)% to (\d)% there", moved.ask)
    assert asked
    assert found.means.iloc[0][["before", "after"]].round().tolist() == [
        int(end) for end in asked.groups()
    ]
    assert tuple(found.members) == (6, 6)


def test_each_practice_is_in_one_group_throughout(sources: dict[str, str]) -> None:
    written = [
        key.value
        for one in ast.walk(ast.parse(sources["e1-widget"]))
        if isinstance(one, ast.Dict)
        for key in one.keys
        if isinstance(key, ast.Constant)
    ]
    later = re.findall(r'frame\["(\w+)"\] =', sources["e1-widget"])
    assert later == ["who"]
    assert not set(later) & set(written)


def test_the_first_answer_is_what_the_five_charts_say(
    sources: dict[str, str], ran: dict[str, Any], by_chance: float
) -> None:
    found = {}
    for name, values in ran["turned_away"].items():
        assert len(values) == 24
        points = pcqa.spc.chart(
            pd.DataFrame({"x": range(1, 25), "value": values}), improvement="down"
        ).points
        rules = [one for one in ("outside", "shift", "trend", "two_of_three") if points[one].any()]
        found[name] = {one: (np.flatnonzero(points[one]) + 1).tolist() for one in rules}
    assert {name for name, rules in found.items() if rules} == {"B", "C"}
    assert found["B"] == {"shift": list(range(17, 25))}
    assert found["C"] == {"outside": [14]}
    low = np.array(ran["turned_away"]["D"]) < np.mean(ran["turned_away"]["D"])
    assert low[12:18].all()
    assert not low[[11, 18]].any()
    assert int(np.argmax(ran["turned_away"]["E"])) == 23
    key = misconception_cases(sources["e1-1-test"])
    assert key.expect["signals"] == {"B", "C"}
    assert key.expect["by_chance"] == pytest.approx(40 * by_chance / 100)
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert wrong["of_the_five"]["by_chance"] == pytest.approx(5 * by_chance / 100, abs=0.01)
    assert wrong["of_24_charts"]["by_chance"] == pytest.approx(24 * by_chance / 100, abs=0.01)


def test_the_second_answer_is_what_the_table_gives(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    tried = ran["tried"]
    assert tried["Votes"].sum() == 40
    own = tried["Own, after"] - tried["Own, before"]
    others = tried["Others, after"] - tried["Others, before"]
    left = (own - others).round(1)
    left.index = tried["Change"].str[0]
    key = misconception_cases(sources["e1-2-test"])
    assert key.expect["a"] == left["A"]
    assert key.expect["most"] == left.idxmin() == "C"
    assert left.to_dict() == {"A": -0.4, "B": -1.8, "C": -2.7, "D": -2.6, "E": -1.1}
    assert own.idxmin() == 0  # the largest fall in itself is A's
    told = sources["e1-facilitator-task-2"]
    for size in ("**minus 0.4**", "minus 1.8", "**minus 2.7**", "minus 2.6", "minus 1.1"):
        assert size in told
    votes = tried.set_index(tried["Change"].str[0])["Votes"]
    assert votes["A"] + votes["D"] == 27
    assert votes["C"] == 4
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert wrong["after_only"]["a"] == pytest.approx(9.0 - 8.4)
    assert wrong["added"]["a"] == pytest.approx(-3.0 - 2.6)
