"""Every figure that lesson b5 states is what its data give."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day1" / "b5_unwarranted_variation.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def told(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells work out, run in their order."""
    names: dict[str, Any] = {}
    for cell in ("b5-setup", "b5-league", "b5-funnel", "b5-worked-table", "b5-task-3-table"):
        exec(sources[cell], names)
    return names


@pytest.fixture(scope="module")
def london(shared_data: Path) -> pd.DataFrame:
    frame = pd.read_csv(shared_data / "london_practice_access_2025-26.csv")
    return frame.rename(
        columns={"gpad_annual_dna": "dna", "gpad_annual_total_appointments": "appointments"}
    )


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _london_funnel(london: pd.DataFrame, **options: Any) -> Any:
    return pcqa.variation.funnel(
        london, numerator="dna", denominator="appointments", unit="practice_code", **options
    )


def test_the_last_practice_was_in_the_middle_a_week_before_and_after(told: dict[str, Any]) -> None:
    places = [
        told["league"](monday).set_index("practice")["rank"]["G113"]
        for monday in ("2024-06-17", "2024-06-24", "2024-07-01")
    ]
    assert places == [13, 24, 17]
    row = told["week"].set_index("practice").loc["G113"]
    assert (row["appointments"], row["dna"]) == (174, 18)


def test_half_of_the_practices_moved_two_places_or_more_from_week_to_week(
    told: dict[str, Any],
) -> None:
    before, after = (
        told["league"](monday).set_index("practice")["rank"]
        for monday in ("2024-06-17", "2024-06-24")
    )
    assert (before - after).abs().median() == 2


def test_the_funnel_plot_of_the_week_says_what_the_prose_says(told: dict[str, Any]) -> None:
    points = told["funnel"].points.set_index("practice")
    assert len(points) == 24
    assert points["naive_outside998"].sum() == 8
    assert not points.loc["G113", "naive_outside998"]
    assert points.loc["G111", "naive_outside998"]
    assert points["denominator"].idxmin() == "G113" == points["value"].idxmax()
    assert points["denominator"].idxmax() == "G111"
    assert round(100 * told["funnel"].target, 1) == 5.0
    assert 0.002 * len(points) < 1


def test_the_sums_of_the_worked_example(sources: dict[str, str], told: dict[str, Any]) -> None:
    points = told["allowed"].points.set_index("practice")
    n = points["denominator"]
    assert (n["G110"], n["G111"]) == (476, 1940)
    share = {one: round(100 * points["value"][one], 1) for one in ("G110", "G111")}
    assert list(share.values()) == [7.8, 7.1]
    error = {one: (5.0 * 95.0 / n[one]) ** 0.5 for one in ("G110", "G111")}
    assert [round(one, 2) for one in error.values()] == [1.0, 0.49]
    assert [round(3.09 * one, 1) for one in error.values()] == [3.1, 1.5]
    worked = sources["b5-worked"]
    for one in ("G110", "G111"):
        above, reach = share[one] - 5.0, 3.09 * error[one]
        where = "inside" if above < reach else "outside"
        assert f"{one} is {above:.1f} points above" in worked
        assert f"chance may take it {reach:.1f}: {where}" in worked
    chance, spread = round(error["G111"], 2), round(100 * told["allowed"].tau_value, 1)
    both = (chance**2 + spread**2) ** 0.5
    assert f"{chance} x {chance} + {spread} x {spread} = {both**2:.2f}, root {both:.2f}" in worked
    assert f"Times 3.09: {3.09 * both:.1f} points. It is {above:.1f} above: well inside" in worked
    assert not points["adjusted_outside998"].any()


def test_the_kits_lines_lie_a_little_higher_than_those_by_hand(told: dict[str, Any]) -> None:
    points = told["allowed"].points.set_index("practice").loc[["G110", "G111"]]
    assert (100 * points["naive_upper998"] > [8.1, 6.5]).all()
    assert 100 * points.loc["G111", "adjusted_upper998"] > 11.4
    assert points["adjusted_lower998"].gt(0).all()


def test_the_first_answer_is_what_the_table_says(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    ranks = told["ranks"].set_index("practice")
    last = ranks.index[ranks["rank_upper"] == 24]
    key = _key(sources, "b5-1")
    assert key.expect["could_be_last"] == len(last)
    assert set(last) == {"G110", "G107", "G101", "G113"}
    assert (ranks.loc["G112", "rank"], ranks.loc["G104", "rank"]) == (10, 13)
    ranges = ranks.loc[["G112", "G104"], ["rank_lower", "rank_upper"]]
    assert ranges.to_numpy().tolist() == [[6, 14], [7, 19]]


@pytest.mark.parametrize("seed", [2, 3, 4])
def test_the_first_answer_does_not_hang_on_the_luck_of_the_draw(
    seed: int, told: dict[str, Any]
) -> None:
    ranks = pcqa.variation.rank_intervals(told["week"], **told["about"], draws=8000, seed=seed)
    last = set(ranks.loc[ranks["rank_upper"] == 24, "practice"])
    assert last == {"G110", "G107", "G101", "G113"}


def test_the_activity_shows_what_the_facilitator_is_told() -> None:
    activity = pcqa.widgets.naive_or_additive()
    outside = [
        int(activity.funnel(name, lines).points["adjusted_outside998"].sum())
        for name in activity.sets
        for lines in ("none", "additive")
    ]
    assert outside == [8, 0, 176, 5]


def test_993_of_1112_and_25(london: pd.DataFrame) -> None:
    funnel = _london_funnel(london)
    points, outer = funnel.points, funnel.outside().iloc[0]
    assert (outer["units"], outer["naive"], outer["adjusted"]) == (1112, 993, 25)
    above = points["value"] > funnel.target
    for which, high, low in (("naive", 464, 529), ("adjusted", 16, 9)):
        outside = points[f"{which}_outside998"]
        assert ((outside & above).sum(), (outside & ~above).sum()) == (high, low)
    assert round(100 * funnel.target, 1) == 5.7
    assert round(100 * funnel.tau_value, 1) == 1.8
    assert round(london["appointments"].mean(), -3) == 50_000
    assert _london_funnel(london, scale="proportion").outside().iloc[0]["adjusted"] == 28


def test_the_lines_of_a_practice_with_50000_appointments(
    sources: dict[str, str], london: pd.DataFrame
) -> None:
    at = 100 * _london_funnel(london).limits_at([50_000]).iloc[0]
    names = [f"{which}_{edge}998" for which in ("naive", "adjusted") for edge in ("lower", "upper")]
    assert [round(at[name], 1) for name in names] == [5.4, 6.0, 1.4, 12.6]
    assert "anywhere from about 1.4% to 12.6%" in sources["b5-task-2"]


def test_the_second_answer_is_what_its_steps_give(
    sources: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    error = (5.7 * 94.3 / 50_000) ** 0.5
    key = _key(sources, "b5-2")
    assert key.expect["by_chance"] == pytest.approx(1112 * 0.002, abs=0.05)
    assert key.expect["reach_chance"] == pytest.approx(3.09 * error, abs=0.001)
    assert (
        f"5.7 x 94.3 = {5.7 * 94.3:.1f}, divided by 50,000 is {error**2:.4f}, root {error:.3f}, "
        f"times 3.09 is {3.09 * error:.2f} points"
    ) in sources["b5-facilitator-task-2"]
    by_hand = 3.09 * (error**2 + 1.8**2) ** 0.5
    for distance in (5.7 - 1.4, 12.6 - 5.7, by_hand):  # by the printed lines, and by step 5
        exec(sources["b5-2-test"], {"answer_b5_2": {**key.expect, "reach_chance": distance}})
        assert "That is with the ordinary spread." in capsys.readouterr().out


def test_how_far_the_kits_lines_lie_from_the_sums_by_hand(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    two = 100 * told["two"][["naive_upper998", "adjusted_upper998"]]
    by_hand = {"G110": (1.0, 476), "G111": (0.49, 1940)}
    for name, (error, n) in by_hand.items():
        chance = 5 + 3.09 * (475 / n) ** 0.5
        spread = 5 + 3.09 * (error**2 + 2.0**2) ** 0.5
        assert 0 < two.loc[name, "naive_upper998"] - chance < 0.2
        assert 1.7 < two.loc[name, "adjusted_upper998"] - spread < 2.4
    line, ours = two.loc["G111", "adjusted_upper998"], 5 + 3.09 * (0.49**2 + 2.0**2) ** 0.5
    assert f"{line:.1f}% where our sum gives {ours:.1f}%" in sources["b5-worked-two"]


def _own(sources: dict[str, str], appts: pd.DataFrame) -> Any:
    names: dict[str, Any] = {"pcqa": pcqa, "export": None, "practice": "riverside"}
    exec(sources["b5-own-funnel"], names)
    return names["own_funnel"](appts)


def test_kinds_of_one_practice_are_held_against_chance_alone(
    sources: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> None:
    funnel = _own(sources, pcqa.load_demo("appointments"))
    assert funnel.design.overdispersion == "none"
    assert "Only chance is allowed for here: 10 kinds" in capsys.readouterr().out
    points = funnel.points.set_index("kind")["value"] * 100
    on_the_day = points[points.index.str.endswith("on the day")]
    ahead = points[points.index.str.endswith("ahead")]
    assert (on_the_day.max().round(1), ahead.min().round(1)) == (3.0, 7.8)
    assert funnel.points["adjusted_outside998"].all()  # the largest difference known is seen
    columns = funnel.data_table().frame.columns
    assert "by chance alone" in columns
    assert "with ordinary spread" not in columns


def test_practices_are_still_allowed_their_ordinary_differences(sources: dict[str, str]) -> None:
    book = pcqa.load_demo("appointments").sample(6000, random_state=1)
    codes = [f"P{place % 12:02}" for place in range(len(book))]
    funnel = _own(sources, book.assign(practice=codes))
    assert (funnel.units, funnel.design.overdispersion) == ("practices", "additive")
    assert "with ordinary spread" in funnel.data_table().frame.columns


def test_each_wrong_second_number_is_what_its_mistake_gives(sources: dict[str, str]) -> None:
    error = (5.7 * 94.3 / 50_000) ** 0.5
    mistakes = {
        "one_in_twenty": 1112 / 20,
        "one_standard_error": error,
        "no_root": 3.09 * error**2,
        "inner_lines": 1.96 * error,
        "with_the_spread": 12.6 - 5.7,
    }
    key = _key(sources, "b5-2")
    wrong = {
        case.name: [one for part, one in case.answer.items() if one != key.expect[part]]
        for case in key.misconceptions
    }
    numbers = {name: given for name, given in wrong.items() if not isinstance(given[0], str)}
    assert set(numbers) == set(mistakes)
    for name, value in mistakes.items():
        assert numbers[name] == pytest.approx([value], rel=0.04), name


def test_the_five_of_task_3_are_those_of_the_picture(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    points, five = told["points"], told["five"].set_index("practice")
    assert len(points) == 200
    outside = points[points["adjusted_outside998"]]
    assert set(outside["practice"]) == set(five.index)
    assert len(five) == 5
    assert (outside["value"] > 0.1).all()  # all of them above, none below
    ratio = five["share"] / five["deprivation_fifth"].map(told["of_fifth"])
    assert ratio.idxmax() == _key(sources, "b5-3").expect["furthest"]
    assert ratio.round(1).to_dict() == {
        "G141": 3.0, "G181": 2.7, "G167": 2.1, "G229": 1.8, "G127": 1.7,
    }  # fmt: skip
    assert "Its share by that of its fifth" in sources["b5-task-3-table"]
    # the rounded numbers of the printed table give the same answer
    printed = five["share"].round(1) / five["deprivation_fifth"].map(told["of_fifth"]).round(1)
    assert printed.idxmax() == "G141"
    assert five["share"].idxmax() == "G167"
    assert five["appointments"].idxmax() == "G127" == ratio.idxmin()


def test_all_200_together_are_as_the_caption_says(
    sources: dict[str, str], told: dict[str, Any]
) -> None:
    total = told["year"][["dna", "same_day", "unknown", "appointments"]].sum()
    share = 100 * total / total["appointments"]
    said = f"{share['dna']:.1f}% missed, {share['same_day']:.0f}% booked on the day"
    assert said in " ".join(sources["b5-task-3-table"].replace('"\n    "', "").split())
    assert round(share["unknown"], 1) == 4.4


def test_londons_fifths_are_those_of_the_open_data(
    sources: dict[str, str], london: pd.DataFrame
) -> None:
    rows = {
        "deprivation": london["imd2019"],
        "size of the list": london["mean_monthly_list_size"],
        "share booked on the day": london["gpad_annual_same_day"] / london["appointments"],
    }
    for name, value in rows.items():
        fifth = pd.qcut(value, 5, labels=False)
        sums = london.groupby(fifth)[["dna", "appointments"]].sum()
        said = [f"{one:.1f}%" for one in 100 * sums["dna"] / sums["appointments"]]
        assert f"| {name} | {' | '.join(said)} |" in sources["b5-task-3-london"]


def test_two_practices_of_the_24_were_made_to_look_high() -> None:
    truth = pd.read_csv(ROOT / "data" / "synthetic" / "truth_network.csv")
    planted = truth.dropna(subset="planted_true")
    assert len(truth) == 24
    assert set(planted["planted_true"]) == {"true high DNA", "coding artefact"}


def test_the_first_check_is_right(sources: dict[str, str]) -> None:
    assert "10,000 appointments, and all practices together miss 4%" in sources["b5-check"]
    error = (4 * 96 / 10_000) ** 0.5
    for said in (
        f"by 10,000 is {error**2:.4f}, root {error:.3f}, times 3.09 is {3.09 * error:.1f}",
        f"expect={3.09 * error:.2f},",
        f'"one_error": ({error:.2f},',
        f'"no_root": ({3.09 * error**2:.2f},',
    ):
        assert said in sources["b5-check-1"]


def test_the_funnel_plot_is_never_taken_for_the_funnel_experiment(sources: dict[str, str]) -> None:
    words = " ".join(" ".join(sources.values()).split())
    assert "nothing to do with the funnel *experiment*" in words
    assert "nothing to do with the funnel experiment" in sources["b5-words"]
