"""Every figure that lesson b7 states is what its data give, and its key is what was planted."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from scipy.stats import norm

import pcqa_teach as pcqa
from pcqa_teach.demand import PUBLISHED, code_contacts, failure_demand
from pcqa_teach.errors import DataError
from pcqa_teach.lessons import Key, in_piles, judge, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day2" / "b7_demand_and_failure_demand.ipynb"
TRUTH = ROOT / "data" / "synthetic" / "truth_contacts.csv"
CAUSES = {
    "results": "practice",
    "unclear_plan": "practice",
    "prescription_error": "practice",
    "could_not_get_through": "practice",
    "wrong_clinician": "practice",
    "referral_chase": "system",
    "hospital_letter_or_plan": "system",
    "medicine_not_in_stock": "system",
}

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def coded() -> pd.DataFrame:
    return code_contacts(pcqa.load_demo("contacts"), pcqa.load_demo("coders"))


@pytest.fixture(scope="module")
def truth() -> pd.DataFrame:
    if not TRUTH.exists():
        pytest.skip("the truth is not in this checkout")
    return pd.read_csv(TRUTH)


@pytest.fixture(scope="module")
def causes() -> pd.Series:
    weeks = pcqa.load_demo("failure_weekly")
    weeks = weeks[weeks["week"].between("2024-08-12", "2024-11-04")]
    assert len(weeks) == 13
    assert weeks["contacts"].sum() == 14_001
    return weeks[list(CAUSES)].sum().sort_values(ascending=False)


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _coded_as(sources: dict[str, str], **piles: list[int]) -> dict[str, str]:
    names: dict = {"in_piles": in_piles}
    exec(sources["b7-task-1-codes"], names)
    return names["coded_as"](**piles)


def _by_hand(count: int, of: int) -> tuple[float, float]:
    """Work the interval out by the five steps, rounded as one would on paper."""
    helper = (count + 2) / (of + 4)
    reach = 2 * (helper * (1 - helper) / (of + 4)) ** 0.5
    return 100 * (helper - reach), 100 * (helper + reach)


def test_a_notice_says_that_the_words_are_invented(sources: dict[str, str]) -> None:
    assert "All the words of patients on this page are invented" in sources["b7-how"]
    assert "(invented)" in sources["b7-task-1-cards"]


def test_the_week_has_the_shares_that_the_lesson_states(
    sources: dict[str, str], coded: pd.DataFrame
) -> None:
    week = failure_demand(coded, "coder-1", second="coder-2")
    overall = week.row("failure demand")
    assert (week.n, week.failures, overall["share"]) == (400, 88, 22.0)
    assert (round(overall["lower"]), round(overall["upper"])) == (18, 26)
    beyond = week.row("failure demand: wider system")["count"]
    assert beyond / week.failures == pytest.approx(0.5, abs=0.02)
    second = week.coders.iloc[1]
    assert (second["share"] * 4, round(second["share"])) == (117, 29)
    assert second["share"] > overall["upper"]
    assert "88 of 400 contacts: 22%" in sources["b7-idea-two"]
    assert "117 of them: 29%" in sources["b7-worked-two"]


def test_the_five_steps_give_what_they_say(sources: dict[str, str]) -> None:
    told = sources["b7-worked"]
    helper = round(90 / 404, 4)
    times = round(helper * (1 - helper), 4)
    square = round(times / 404, 6)
    root = round(square**0.5, 4)
    reach = round(2 * root, 4)
    low, high = _by_hand(88, 400)
    for words in (
        f"90 / 404 = {helper}",
        f"{helper} x {1 - helper:.4f} = {times}",
        f"{times} / 404 = {square}; its root is {root}; twice that is {reach}",
        f"{helper} - {reach} = {helper - reach:.3f}, and {helper} + {reach} = {helper + reach:.3f}",
        f"from **{low:.0f}%** to **{high:.0f}%**",
    ):
        assert words in told


@pytest.mark.parametrize(("count", "of"), [(88, 400), (22, 100), (9, 60), (7, 30)])
def test_the_steps_by_hand_are_near_the_interval_of_the_kit(count: int, of: int) -> None:
    kit = pcqa.variation.wilson(count, of).iloc[0]
    low, high = _by_hand(count, of)
    assert low == pytest.approx(100 * kit["lower"], abs=0.8)
    assert high == pytest.approx(100 * kit["upper"], abs=0.8)


def test_thirty_contacts_tell_what_the_notes_say(sources: dict[str, str]) -> None:
    row = pcqa.variation.wilson(7, 30).iloc[0]
    assert row["lower"] == pytest.approx(1 / 8, abs=0.01)
    assert row["upper"] == pytest.approx(2 / 5, abs=0.015)
    assert "between one in eight and two in five" in sources["b7-facilitator-worked"]


def test_kappa_is_what_the_sum_gives(sources: dict[str, str], coded: pd.DataFrame) -> None:
    found = pcqa.variation.agreement(coded, first="coder-1", second="coder-2")
    agreed, luck = 100 * found.agreed, 100 * found.by_chance
    assert agreed == pytest.approx(82.8, abs=0.051)
    assert round(luck, 1) == 58.4
    assert round((82.8 - 58.4) / (100 - 58.4), 2) == round(found.kappa, 2) == 0.59
    assert "(82.8 - 58.4) / (100 - 58.4) = 24.4 / 41.6 = **0.59**" in sources["b7-worked-two"]
    codes = {"value", "failure-practice", "failure-system"}  # the codes that the lesson names
    assert set(coded["coder-1"]) == set(coded["coder-2"]) == codes
    named = "the same code (value; failure, lever here; failure, lever beyond) to 82.8%"
    assert named in sources["b7-worked-two"]


def test_the_worked_pareto_has_two_vital_few(sources: dict[str, str]) -> None:
    found = eval(sources["b7-worked-pareto"], {"pcqa": pcqa})
    assert found.total == 40
    assert found.vital_few == ["results not passed on", "unclear plan"]
    assert found.few
    assert found.causes["cumulative"].tolist()[:2] == [60, 85]


def test_the_deck_is_read_differently_where_the_notes_say_so(
    sources: dict[str, str], coded: pd.DataFrame, truth: pd.DataFrame
) -> None:
    deck = re.findall(r"V\d{3}", sources["b7-widget"])
    rows = coded.set_index("contact_id").loc[deck].reset_index()
    planted = truth.set_index("contact_id").loc[deck, "demand_type_true"].to_numpy()
    apart = (rows.index[rows["coder-2"] != planted] + 1).tolist()
    assert len(set(deck)) == 12
    assert apart == [3, 5, 8, 10]
    assert rows["coder-2"][[4, 7]].tolist() == ["value", "value"]
    assert rows["coder-2"][[2, 9]].tolist() == ["failure-practice", "failure-system"]
    assert "scan" in rows["verbatim"][4]
    assert "referral" in rows["verbatim"][7]
    assert (rows["coder-1"].to_numpy() == planted).all()


def test_the_thirty_cards_are_every_thirteenth_contact(sources: dict[str, str]) -> None:
    wanted = pcqa.load_demo("contacts").iloc[8::13].head(30)
    lines = [line for line in sources["b7-task-1-cards"].splitlines() if "“" in line]
    cards = [[cell.strip(" “”") for cell in line.strip("|").split(" | ")] for line in lines]
    assert [int(number) for number, _, _ in cards] == list(range(1, 31))
    assert [way for _, way, _ in cards] == wanted["channel"].tolist()
    assert [said for _, _, said in cards] == wanted["verbatim"].tolist()
    assert "beginning with the ninth" in sources["b7-task-1"]


def test_the_first_answer_is_what_was_planted(sources: dict[str, str], truth: pd.DataFrame) -> None:
    planted = truth.iloc[8::13].head(30)["demand_type_true"].tolist()
    piles = {
        lever: [card for card, kind in enumerate(planted, 1) if kind == f"failure-{lever}"]
        for lever in ("practice", "system")
    }
    assert (len(piles["practice"]), len(piles["system"])) == (3, 4)
    assert _coded_as(sources, **piles) == _key(sources, "b7-1").expect
    for cards in piles.values():
        assert all(str(card) in sources["b7-facilitator-task-1"] for card in cards)


def test_the_planted_causes_are_those_that_the_notes_name(
    sources: dict[str, str], truth: pd.DataFrame
) -> None:
    cause = truth.iloc[8::13].head(30)["cause_true"].tolist()
    named = {card: cause[card - 1] for card in (3, 13, 14, 18, 23, 26, 30)}
    assert named == {
        3: "unclear plan",
        13: "hospital letter or plan",
        14: "referral chase",
        18: "prescription error",
        23: "medicine not in stock",
        26: "medicine not in stock",
        30: "results",
    }


def test_no_card_of_the_deck_is_among_the_thirty(sources: dict[str, str]) -> None:
    thirty = set(pcqa.load_demo("contacts").iloc[8::13].head(30)["contact_id"])
    assert not thirty & set(re.findall(r"V\d{3}", sources["b7-widget"]))


@pytest.mark.parametrize(
    ("piles", "least", "most"),
    [
        ({"practice": [3, 18, 30], "system": [13, 14, 23, 26]}, 10, 10),
        ({"practice": [], "system": []}, 4, 4.5),
        ({"practice": list(range(1, 31)), "system": []}, 4, 5),
        ({"practice": [], "system": list(range(1, 31))}, 4, 5),
        ({"practice": [3, 13, 14, 18, 23, 26, 30], "system": []}, 8.7, 8.8),
        ({"practice": [3, 18], "system": [13, 14, 23, 26]}, 9.1, 9.3),
        ({"practice": None, "system": None}, 0, 0),
        ({"practice": [99], "system": []}, 0, 0),
    ],
)
def test_part_marks_are_fair(
    sources: dict[str, str], piles: dict[str, list[int]], least: float, most: float
) -> None:
    key = _key(sources, "b7-1")
    worth = {card: 0.1875 if pile == "value" else 0.5 for card, pile in key.expect.items()}
    worth |= {card: 0.3125 for card in worth if "lever" in card}
    earned = judge("b7-1", _coded_as(sources, **piles), expect=key.expect, points=worth)
    assert sum(worth.values()) == key.points == 10
    assert least <= earned <= most


def test_the_hints_of_the_first_answer_speak_of_the_cards_that_they_name(
    sources: dict[str, str],
) -> None:
    words = pcqa.load_demo("contacts").iloc[8::13].head(30)["verbatim"].tolist()
    said = {
        (2, 8, 10, 20, 27): "the pharmacist said",
        (1, 4, 5, 6, 28): "not getting any better",
        (23, 26): "been to three chemists",
        (30,): "from ten days ago",
    }
    for cards, phrase in said.items():
        found = tuple(card for card, heard in enumerate(words, 1) if phrase in heard)
        assert found == cards, phrase
    for card in (9, 17, 24, 25, 29):
        assert re.search(r"check|smear", words[card - 1])


def test_the_second_answer_is_near_both_ways_of_working_it_out(sources: dict[str, str]) -> None:
    key = _key(sources, "b7-2")
    kit = pcqa.variation.wilson(9, 60).iloc[0]
    assert 100 * kit["share"] == key.expect["share"] == 15
    for low, high in (_by_hand(9, 60), (100 * kit["lower"], 100 * kit["upper"])):
        assert low == pytest.approx(key.expect["lower"], abs=key.within["lower"])
        assert high == pytest.approx(key.expect["upper"], abs=key.within["upper"])
    assert kit["lower"] < 0.22 < kit["upper"]
    told = sources["b7-facilitator-task-2"]
    assert "7.8% to 26.6%. The kit gives 8.1% to 26.1%" in told
    for words in ("11 / 64 = 0.1719", "0.1719 x 0.8281 = 0.1423", "0.00222", "0.0472", "0.0943"):
        assert words in told


def test_each_wrong_second_answer_is_what_its_mistake_gives(sources: dict[str, str]) -> None:
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "b7-2").misconceptions}
    reach = 2 * (0.15 * 0.85 / 60) ** 0.5
    helper = 11 / 64
    once = (helper * (1 - helper) / 64) ** 0.5
    assert stated["out_of_the_rest"]["share"] == pytest.approx(100 * 9 / 51, abs=0.06)
    assert stated["kept_the_two_and_four"]["share"] == pytest.approx(100 * helper, abs=0.06)
    assert stated["nothing_added"]["lower"] == pytest.approx(100 * (0.15 - reach), abs=0.06)
    assert stated["nothing_added"]["upper"] == pytest.approx(100 * (0.15 + reach), abs=0.06)
    assert stated["not_doubled"]["lower"] == pytest.approx(100 * (helper - once), abs=0.06)
    assert stated["not_doubled"]["upper"] == pytest.approx(100 * (helper + once), abs=0.06)
    assert stated["the_distance"]["upper"] == pytest.approx(200 * once, abs=0.06)


def test_the_numbers_to_code_are_the_kits(sources: dict[str, str]) -> None:
    assert pcqa.variation.sample_size(0.05, share=0.2) == 246
    assert pcqa.variation.sample_size(0.1, share=0.2) == 62
    assert "246 and 62" in sources["b7-facilitator-task-2"]


def test_the_contacts_that_would_show_the_fall_are_as_many_as_the_notes_say(
    sources: dict[str, str],
) -> None:
    spread = 0.22 * 0.78 + 0.15 * 0.85
    needed = (norm.ppf(0.975) + norm.ppf(0.8)) ** 2 * spread / (0.22 - 0.15) ** 2
    assert needed == pytest.approx(480, abs=5)
    told = sources["b7-facilitator-task-2"]
    assert "from 22% to 15% takes more: about 480 before and as many after" in told


def test_the_third_answer_is_what_the_tally_says(
    sources: dict[str, str], causes: pd.Series
) -> None:
    key = _key(sources, "b7-3")
    running = 100 * causes.cumsum() / causes.sum()
    ours = next(name for name in causes.index if CAUSES[name] == "practice")
    assert causes.sum() == 3_036
    assert round(100 * causes.iloc[0] / causes.sum(), 1) == key.expect["largest"]
    assert int((running < 80).sum()) + 1 == key.expect["take"]
    assert ours.replace("_", " ") == key.expect["ours"]
    stated = {wrong.name: wrong.answer for wrong in key.misconceptions}
    assert stated["out_of_all_contacts"]["largest"] == round(100 * causes.iloc[0] / 14_001, 1)
    assert stated["a_count"]["largest"] == causes.iloc[0]
    assert stated["the_largest_of_all"]["ours"] == causes.index[0].replace("_", " ")
    told = sources["b7-facilitator-task-3"]
    listed = ", ".join(f"{share:.1f}" for share in running.iloc[:5])
    assert f"{listed} and {running.iloc[5]:.1f}%" in told
    assert f"results, with {causes['results']}" in told
    assert not pcqa.juran.pareto(causes.to_dict()).few


def test_the_frame_the_table_and_the_truth_agree_on_the_levers(sources: dict[str, str]) -> None:
    held = dict(re.findall(r'"(\w+)": "(in the practice|beyond it)"', sources["b7-task-3-table"]))
    assert {name: where == "in the practice" for name, where in held.items()} == {
        name: lever == "practice" for name, lever in CAUSES.items()
    }
    frame = sources["b7-idea-two"]
    assert frame.count("| failure | in the practice |") == 5
    assert frame.count("| failure | beyond the practice |") == 3


def test_the_model_answer_states_the_figures_of_its_table(
    sources: dict[str, str], causes: pd.Series
) -> None:
    first, following, of = causes["results"], causes["unclear_plan"], causes.sum()
    said = f"{first} of {of:,} failure contacts, about {100 * first / of:.0f}%"
    assert said in sources["b7-5"]
    assert f"an unclear plan with {following}" in sources["b7-5"]
    gap, chance = first - following, 2 * (first + following) ** 0.5
    assert gap > chance  # "chance alone would hardly bring the next up to it"


def test_the_published_figures_are_those_of_the_kit(
    sources: dict[str, str], coded: pd.DataFrame
) -> None:
    told = sources["b7-task-4"]
    for name, year in (
        ("avoidable 2015", 2015),
        ("avoidable 2018", 2018),
        ("avoidable 2023", 2023),
    ):
        assert f"{PUBLISHED[name].percent:g}% ({year})" in told
        assert not PUBLISHED[name].comparable
    assert all(words in told for words in ("56 GPs", "1,000 GPs", "350 practices", "57,000"))
    week = failure_demand(coded, "coder-1")
    with pytest.raises(DataError, match="cannot be set beside failure demand"):
        week.compare("avoidable 2015")
    assert "no target" in week.compare("failure demand")


def test_the_texts_begin_after_the_tally_and_the_coded_week(sources: dict[str, str]) -> None:
    log = pcqa.load_demo("improvement_log")
    begun = log.loc[log["change"].str.contains("text message"), "date"].iloc[0]
    assert begun > pd.Timestamp("2024-11-10")
    assert (begun.year, begun.month) == (2024, 11)
    assert "In November Riverside Road began to text all normal results" in sources["b7-task-2"]
    assert "before the texts went to everybody" in sources["b7-task-3"]


@pytest.mark.parametrize(
    ("tally", "shown", "said"),
    [
        (None, None, "There is no tally of your own in the box yet."),
        ({"asks for a result": 24, "unsure": 10}, "asks for a result", ""),
        ({"asks for a result": "many"}, None, "not a number"),
    ],
)
def test_the_box_for_a_tally_draws_it_or_says_why_not(
    sources: dict[str, str],
    run_cell: Callable[[str, dict[str, Any]], Any],
    capsys: pytest.CaptureFixture[str],
    tally: dict[str, object] | None,
    shown: str | None,
    said: str,
) -> None:
    found = run_cell(sources["b7-own-pareto"], {"pcqa": pcqa, "my_tally": tally})
    assert said in capsys.readouterr().out
    assert (found.vital_few[0] if found is not None else None) == shown
