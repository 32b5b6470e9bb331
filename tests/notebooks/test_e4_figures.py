"""Every figure that lesson e4 states is what its data give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.lessons import misconception_cases
from pcqa_teach.partners import loop_diagram, stock_flow

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "academy" / "e4_systems_leadership.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def ran(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells of data hold once they have run."""
    names: dict[str, Any] = {}
    for name in ("setup", "base", "first-loop", "sensitivity", "task-2-loops", "task-3-map"):
        exec(compile(sources[f"e4-{name}"], name, "exec"), names)
    return names


def test_twenty_become_forty(sources: dict[str, str], ran: dict[str, Any]) -> None:
    base = ran["base"]
    assert (base.back, base.multiplier) == (0.5, 2.0)
    assert base.settled.tolist() == pytest.approx([520, 40, 20])
    assert base.table["not_met"].iloc[-1] == pytest.approx(40, abs=0.05)
    told = sources["e4-worked"]
    for said in ("20 + 30 = **50 of 100 come back**", "1 / (1 - 0.5) = **2**",
                 "**40** a week", "**520** asks"):  # fmt: skip
        assert said in told


def test_it_depends_most_on_needs_and_capacity(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    found = ran["base"].sensitivity(0.1).set_index("assumption")
    assert found.index[:2].tolist() == ["needs", "capacity"]
    needs = found.loc["needs"]
    assert [round(needs["at_low"]), round(needs["at_high"])] == [30, 50]
    shares = found.drop(["needs", "capacity"])
    off = (shares[["at_low", "at_high"]] - 40).abs().to_numpy().max()
    assert off < 5
    assert "by no more than five" in sources["e4-worked-two"]
    assert len(ran["depends"](ran["base"])) == 5


def test_the_right_letters_are_what_the_pictures_show(
    ran: dict[str, Any], rounds: Any, only_right: Any, nearest_right: Any
) -> None:
    room, harder, needs = rounds
    base = ran["base"]
    nearest_right(room, room.picture().settled["not_met"])
    nearest_right(needs, needs.picture().settled["not_met"])
    before, after = base.settled, harder.picture().settled
    here, there = ((after - before)[part] for part in ("not_met", "elsewhere"))
    only_right(
        harder,
        {
            "Both see less": here < 0 and there < 0,
            "The practice sees a little less, the neighbours a good deal more": (
                here < 0 and there > -2 * here
            ),
            "Both see more": here > 0 and there > 0,
        },
    )
    ends = [f"from {before[part]:.0f} to {after[part]:.0f}" for part in ("not_met", "elsewhere")]
    assert harder.because.startswith(
        f"Not met falls {ends[0]} a week, visits elsewhere rise {ends[1]}."
    )
    for one in (room, needs):
        assert f"{before['not_met']:.0f}?" in one.ask


def test_the_first_answer_is_what_the_shares_give(sources: dict[str, str]) -> None:
    now = stock_flow(500, 480, elsewhere=0.4, sent_back=0.5, ask_again=0.75)
    then = now.changed(elsewhere=0.8)
    key = misconception_cases(sources["e4-1-test"])
    assert key.expect["back_percent"] == pytest.approx(100 * now.back)
    assert key.expect["not_met"] == pytest.approx(now.settled["not_met"], abs=0.005)
    assert key.expect["elsewhere"] == pytest.approx(now.settled["elsewhere"], abs=0.005)
    assert key.expect["elsewhere_after"] == pytest.approx(then.settled["elsewhere"], abs=0.005)
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert wrong["one_round"]["not_met"] == pytest.approx(20 * 1.65)
    assert wrong["times_back"]["not_met"] == pytest.approx(20 * 0.65)
    assert wrong["all_ask_again"]["back_percent"] == pytest.approx(20 + 75)
    assert wrong["all_elsewhere_return"]["back_percent"] == pytest.approx(40 + 45)
    assert wrong["same_not_met"]["elsewhere_after"] == pytest.approx(
        0.8 * now.settled["not_met"], abs=0.05
    )
    told = sources["e4-facilitator-task-1"]
    assert f"{then.settled['not_met']:.1f} not met" in told
    fall = 1 - then.settled["not_met"] / now.settled["not_met"]
    assert 0.2 < fall < 0.25


def test_the_second_answer_is_what_the_signs_say(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    found = loop_diagram(ran["links"])
    assert len(found.loops) == 3
    kinds = {
        "C" if "Tired people" in loop else "B" if "Extra sessions" in loop else "A": (
            found.kind(loop)
        )
        for loop in found.loops
    }
    key = misconception_cases(sources["e4-2-test"])
    assert kinds == {name: key.expect[name] for name in "ABC"}
    assert ran["first"].kind(ran["first"].loops[0]) == "reinforcing"


def test_the_third_answer_is_what_the_map_says(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    network = ran["network"]
    key = misconception_cases(sources["e4-3-test"])
    people = len(network.names)
    assert people == 10
    assert f"That would be {people * (people - 1) // 2} talks" in sources["e4-3-test"]
    assert network.reached("Federation chair") == key.expect["chair_reaches"]
    rows = network.table.set_index("who")
    pieces = {who: len(network.without(who).parts) for who in network.names}
    assert max(pieces.values()) == 3
    assert [who for who, count in pieces.items() if count == 3] == [key.expect["bridge"]]
    assert pieces["Council care lead"] == pieces["Federation chair"] == 2
    assert pieces["Voluntary sector"] == 2
    assert rows.loc[key.expect["bridge"], "cut_off"] == key.expect["lost"]
    parts = network.without(key.expect["bridge"]).parts
    assert sorted(map(len, parts)) == [1, 3, 5]
    wrong = {one.name: one.answer for one in key.misconceptions}
    assert network.reached("Federation chair", 1) == wrong["one_step"]["chair_reaches"]
    assert rows.loc["Federation chair", "cut_off"] == 2
    assert network.reached("Federation chair", 4) == 8  # the patient group is five steps away
    assert "five steps from the federation chair" in sources["e4-facilitator-task-3"]


def test_a_chain_is_no_loop_as_the_second_check_says(sources: dict[str, str]) -> None:
    assert "more wet people, more colds" in sources["e4-check-2-ask"]
    assert 'expect="no"' in sources["e4-check-2"]
    assert (
        loop_diagram(
            [
                ("Rain", "Umbrellas", "+"),
                ("Umbrellas", "Wet people", "-"),
                ("Wet people", "Colds", "+"),
            ]
        ).loops
        == ()
    )
