"""Every figure that lesson e5 states is what its data give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "academy" / "e5_federation_leaders.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")

LETTER = {
    ("common", "failing"): "a",
    ("common", "hit-and-miss"): "b",
    ("common", "passing"): "c",
}


@pytest.fixture(scope="module")
def ran(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells of data hold once they have run."""
    names: dict[str, Any] = {}
    for name in ("setup", "rag", "redrafted", "worked-desks", "widget", "task-1-data",
                 "task-2-table"):  # fmt: skip
        exec(compile(sources[f"e5-{name}"], name, "exec"), names)
    return names


def test_the_redrafted_page_says_what_the_text_says(ran: dict[str, Any]) -> None:
    said = pcqa.spc.summary(ran["charts"])
    assert said["variation"].tolist() == ["common"] * 3
    assert said["assurance"].tolist() == ["hit-and-miss", "failing", "passing"]
    assert not any(chart.points["signal"].any() for chart in ran["charts"].values())
    values = {name: numbers for name, (numbers, _) in ran["monthly"].items()}
    moves = [numbers[-1] - numbers[-2] for numbers in values.values()]
    assert [move > 0 for move in moves] == [False, True, False]  # the arrows of the pack
    letters = values["Letters filed within three days, %"]
    assert letters[-1] == max(letters)
    online = values["Online requests answered the same day, %"]
    assert sum(value >= 90 for value in online) == 4


def test_the_worked_example_gives_its_own_sums(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    lines = ran["charts"]["Letters filed within three days, %"].limits.iloc[0]
    assert lines["centre"] == pytest.approx(64.1, abs=0.05)
    assert lines["mr_bar"] == pytest.approx(2.26, abs=0.005)
    assert round(2.66 * lines["mr_bar"], 1) == 6.0
    assert [round(lines["lower"], 1), round(lines["upper"], 1)] == [58.1, 70.1]
    assert "**58.1**" in sources["e5-worked"]
    assert "**70.1**" in sources["e5-worked"]


def test_pooled_erlang_is_the_check_figure(sources: dict[str, str], ran: dict[str, Any]) -> None:
    five = ran["five"]
    assert round(float(five.apart["p_wait"]), 2) == 0.37
    assert round(float(five.hub["p_wait"]), 2) == 0.05
    assert five.hub["load"] == pytest.approx(7.5)
    assert five.table["load"].iloc[0] == pytest.approx(1.5)
    assert five.hub["agents"] == 13
    assert five.enough == 10
    told = sources["e5-worked-two"]
    assert "**37%**" in told
    assert "**5%**" in told


def test_the_right_letters_are_what_the_pictures_show(
    rounds: Any, only_right: Any, nearest_right: Any
) -> None:
    target, pooled = rounds
    months = target.picture().points["y"]
    met = int((months >= 90).sum())
    assert len(months) == 24
    assert target.because.endswith(
        f"{['No', 'One', 'Two', 'Three', 'Four', 'Five'][met]} good months, twenty to explain, and "
        "no difference between them."
    )
    assert len(months) - met == 20
    only_right(target, {"In none": met == 0, "In a few": 0 < met < 9, "In most": met > 12})
    found = pooled.picture()
    apart, hub = (100 * (1 - float(one["within"])) for one in (found.apart, found.hub))
    assert f"{apart:.0f}% of callers are not answered within a minute" in pooled.ask
    nearest_right(pooled, hub)


def test_the_first_answer_is_what_the_charts_say(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    found = {}
    for letter in ran["pack"]:
        chart = ran["board_chart"](letter)
        state = chart.icons.iloc[0]
        found[letter] = LETTER.get(
            (str(state["variation"]), str(state["assurance"])),
            {"improvement": "d", "concern": "e"}.get(str(state["variation"])),
        )
        points = chart.points
        flagged = points.index[points["signal"]].tolist()
        assert flagged == ([*range(16, 24)] if letter in "ST" else [])
    key = misconception_cases(sources["e5-1-test"])
    assert found == key.expect
    colours = {letter: shade for letter, (*_, shade) in ran["pack"].items()}
    for _, values, target, better, shade in ran["pack"].values():
        short = target - values[-1] if better == "up" else values[-1] - target
        assert shade == ("green" if short <= 0 else "amber" if short <= 10 else "red")
    assert colours["S"] == "red"
    assert colours["T"] == "green"
    calls = ran["pack"]["Q"][1]
    assert sorted(calls)[-2:] == [75, 75]
    assert calls[-1] == 75


def test_the_second_answer_is_what_the_queues_give(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    now, _, cheap, longer = ran["options"].values()
    key = misconception_cases(sources["e5-2-test"])
    assert key.expect["load"] == pytest.approx(cheap["load"], abs=0.005)
    assert key.expect["load_longer"] == pytest.approx(longer["load"])
    lost = 100 * (cheap["within"] - longer["within"])
    assert key.expect["points_lost"] == pytest.approx(lost, abs=0.5)
    assert round(100 * now["within"]) == 73
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert wrong["from_a"]["points_lost"] == pytest.approx(
        100 * (now["within"] - longer["within"]), abs=0.5
    )
    assert wrong["in_minutes"]["load"] == 140 * 150 / 60
    assert wrong["mean_of_the_desks"]["load"] == pytest.approx(140 * 150 / 3600 / 4, abs=0.005)
    assert wrong["a_fifth_fewer"]["load_longer"] == pytest.approx(140 * 125 / 3600, abs=0.005)
    told = sources["e5-facilitator-task-2"]
    assert round(100 * float(ran["hub"](10, 180)["within"])) == 92
    assert "still answer 92%" in told
    assert round(100 * cheap["within"]) == 87
