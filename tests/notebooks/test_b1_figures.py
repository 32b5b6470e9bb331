"""Every figure that lesson b1 states is what its data give."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day1" / "b1_what_is_quality.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


@pytest.fixture(scope="module")
def names() -> dict[str, Any]:
    return {"pcqa": pcqa, "demo": pcqa.load_demo("failure_weekly")}


@pytest.fixture(scope="module")
def trilogy(
    sources: dict[str, str],
    names: dict[str, Any],
    run_cell: Callable[[str, dict[str, Any]], Any],
) -> Any:
    return run_cell(sources["b1-trilogy"], dict(names))


@pytest.fixture(scope="module")
def rework(sources: dict[str, str]) -> pd.DataFrame:
    rows = re.findall(r"^\| ([A-G]) \| (.+?) \| (.+?) \| (\d+) \| (\d+) \|$",
                      sources["b1-task-2"], re.MULTILINE)  # fmt: skip
    frame = pd.DataFrame(rows, columns=["row", "what", "who", "times", "minutes"]).set_index("row")
    frame = frame.astype({"times": int, "minutes": int})
    return frame.assign(total=frame["times"] * frame["minutes"])


def test_the_two_levels_are_those_of_the_chart(trilogy: Any, sources: dict[str, str]) -> None:
    levels = trilogy.zones["centre"].round(1).tolist()
    assert (levels[0], levels[-1]) == (36.6, 16.5)
    assert trilogy.told_apart is True
    said = sources["b1-idea-two"]
    assert "about 37 contacts a week" in said
    assert "the level was 16.5 a week" in said
    assert trilogy.zones["points"].tolist()[1] == 3  # "about three weeks on the move"


def test_nothing_in_either_zone_was_out_of_the_ordinary(trilogy: Any) -> None:
    assert trilogy.spikes.empty
    assert not trilogy.chart.points["signal"].any()


def test_what_was_changed_and_when_stands_in_the_practices_log(sources: dict[str, str]) -> None:
    log = pcqa.load_demo("improvement_log").set_index("date")
    assert "17 November 2024" in sources["b1-idea-two"]
    row = log.loc["2024-11-17"]
    assert (row["change"], row["by"]) == ("Normal results are sent by text message", "Nurses")
    assert pd.Timestamp("2024-11-17").day_name() == "Sunday"
    assert "fault until early afternoon" in log.loc["2024-03-13", "change"]


def test_the_day_after_the_outage_was_an_ordinary_day() -> None:
    calls = pcqa.load_demo("calls_daily")
    days = calls[calls["date"].between("2024-03-11", "2024-03-28")]
    points = pcqa.spc.chart(days, x="date", y="answered", n=None).points.set_index("x")
    assert points.index[points["signal"]].tolist() == [pd.Timestamp("2024-03-13")]


def test_the_five_lines_are_those_of_the_page_as_long_as_it_holds_our_reading(
    sources: dict[str, str],
) -> None:
    page = (ROOT / "book" / "five_axioms.md").read_text(encoding="utf-8")
    if "This is our own reading" not in page:
        pytest.skip("the Academy's own text stands on the page")
    ours = re.findall(r"^\d\. (.+?\.)$", sources["b1-idea-two"], re.MULTILINE)
    theirs = [
        " ".join(line.split()) for line in re.findall(r"^\d\. \*\*(.+?)\*\*", page, re.M | re.S)
    ]
    assert ours == theirs
    assert len(ours) == 5


def test_the_worked_example_adds_up_as_it_says(
    sources: dict[str, str],
    names: dict[str, Any],
    run_cell: Callable[[str, dict[str, Any]], Any],
) -> None:
    week = run_cell(sources["b1-worked-sums"], dict(names))
    total = week.items.set_index("item")["total"]
    assert (week.total, week.failure) == (400.0, 270.0)
    assert week.failure == 4.5 * 60
    assert week.message.endswith("(67.5%)")
    assert week.kinds["share"].tolist() == [12.5, 20.0, 15.0, 52.5]
    assert total["Person asks: not ready"] == total.max() == 120
    assert total["Slip seen in time"] * 2 == total.max()
    assert week.kinds["total"].tolist()[:2] == [50.0, 80.0]
    assert sorted(week.items.loc[week.items["kind"].str.contains("failure"), "total"]) == [
        60.0,
        90.0,
        120.0,
    ]


def test_the_three_spikes_hold_29_of_more_than_a_thousand_hours(sources: dict[str, str]) -> None:
    year = pcqa.widgets.chronic_and_sporadic().year(20, 3)
    extra = (year.spikes["y"] - year.zones["centre"].iloc[0]).sum()
    assert round(extra) == 29
    assert year.chart.points["y"].sum() > 1000
    assert "the three spikes hold 29" in sources["b1-facilitator-predict"]


def test_there_are_twelve_cards_four_for_each_kind_of_work(sources: dict[str, str]) -> None:
    cards = re.findall(r"^(\d+)\. ", sources["b1-task-1"], re.MULTILINE)
    key = _key(sources, "b1-1").expect
    assert cards == list(key) == [str(card) for card in range(1, 13)]
    piles = {pile: [int(card) for card in key if key[card] == pile] for pile in key.values()}
    assert {pile: len(numbers) for pile, numbers in piles.items()} == {
        "control": 4,
        "improvement": 4,
        "planning": 4,
    }
    for pile, numbers in piles.items():
        assert f"{pile}={numbers}" in sources["b1-1-answer"]
        told = f"{pile} {', '.join(map(str, numbers))}"
        assert told in sources["b1-facilitator-task-1"].replace("Planning", "planning")


def test_each_hint_of_the_first_answer_names_its_card(sources: dict[str, str]) -> None:
    expect = _key(sources, "b1-1").expect
    for wrong in _key(sources, "b1-1").misconceptions:
        changed = [card for card in expect if wrong.answer[card] != expect[card]]
        if len(changed) == 1:
            assert f"card {changed[0]}." in wrong.hint
            assert expect[changed[0]] not in wrong.hint.casefold()


def test_the_steps_of_the_second_answer_are_in_the_table(sources: dict[str, str]) -> None:
    steps = dict(re.findall(r"^\| `(\d)` \| (.+?) \|$", sources["b1-task-1-ask-two"], re.M))
    expect = _key(sources, "b1-2").expect
    assert "put it right today" in steps[str(expect["phones_1"])]
    assert "many weeks together" in steps[str(expect["locum_4"])]
    assert "go on watching" in steps[str(expect["chart_5"])]
    assert "matters to them" in steps[str(expect["round_7"])]
    assert "take more care" in steps["5"]


FAILURES = list("ABCDE")
NOT_FAILURES = list("FG")


def test_the_third_answer_is_what_the_table_gives(
    sources: dict[str, str], rework: pd.DataFrame
) -> None:
    failures = rework.loc[FAILURES]
    clinicians = failures[failures["who"] != "Receptionist"]
    assert list(rework.index) == [*FAILURES, *NOT_FAILURES]
    assert _key(sources, "b1-3").expect == {
        "clinicians": clinicians["total"].sum(),
        "everybody": failures["total"].sum(),
        "look_first": failures["total"].idxmax(),
    }
    assert clinicians["total"].tolist() == [140, 120, 108, 90]
    assert rework.loc["E", "total"] == 180


def test_each_wrong_third_answer_is_what_its_mistake_gives(
    sources: dict[str, str], rework: pd.DataFrame
) -> None:
    wrong = {one.name: one.answer for one in _key(sources, "b1-3").misconceptions}
    clinicians = rework.loc[list("ABCD")]
    assert wrong["counted_the_checking"]["clinicians"] == (
        clinicians["total"].sum() + rework.loc[NOT_FAILURES, "total"].sum()
    )
    assert wrong["counted_the_checking"]["everybody"] == rework["total"].sum()
    assert wrong["only_how_often"]["clinicians"] == clinicians["times"].sum()
    assert wrong["only_how_long"]["clinicians"] == clinicians["minutes"].sum()
    assert wrong["everybody_is_a_clinician"]["clinicians"] == rework.loc[FAILURES, "total"].sum()
    assert wrong["the_desk_left_out"]["everybody"] == clinicians["total"].sum()
    assert wrong["the_longest"]["look_first"] == rework["minutes"].idxmax()
    assert wrong["the_most_frequent"]["look_first"] == rework["times"].idxmax()
    assert wrong["clinicians_first"]["look_first"] == clinicians["total"].idxmax()


def test_one_kind_of_checking_more_is_caught_as_well(
    sources: dict[str, str], rework: pd.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    clinicians = rework.loc[list("ABCD"), "total"].sum()
    for row in NOT_FAILURES:
        answer = {
            "clinicians": int(clinicians + rework.loc[row, "total"]),
            "everybody": 638,
            "look_first": "E",
        }
        names: dict[str, Any] = {"answer_b1_3": answer}
        exec(sources["b1-3-test"], names)
        assert "work that is done *against* failures" in capsys.readouterr().out


def test_the_first_check_is_right(sources: dict[str, str]) -> None:
    told = re.search(
        r"loses (\d+) hours .* of (\d+) weeks\. Three of these weeks had a spike of (\d+) hours",
        sources["b1-check"],
    )
    assert told
    hours, weeks, spike = map(int, told.groups())
    lost, spikes = weeks * hours, 3 * spike
    for said in (
        f"expect={lost},",
        f'"the_spikes": ({spikes},',
        f'"twice": ({lost - spikes},',
        f'"as_before": ({lost + spikes},',
        f"The year before it was {lost + spikes:,}: control took off one hour in fifty.",
    ):
        assert said in sources["b1-check-1"]
    assert spikes / (lost + spikes) == pytest.approx(1 / 50, rel=0.03)
