"""Every figure that lesson b2 states is what its data give."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.variation.marbles import landings

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "core-day1" / "b2_red_beads_and_tampering.ipynb"
CALLS = 50

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _wrong(sources: dict[str, str], item: str) -> dict[str, Any]:
    return {one.name: one.answer for one in _key(sources, item).misconceptions}


@pytest.fixture(scope="module")
def told(sources: dict[str, str]) -> pd.DataFrame:
    """The table of task 1 as it is printed: a row a week, the sums last."""
    rows = re.findall(r"^\| (Week \d|All weeks) \| (.+?) \|$", sources["b2-task-1"], re.MULTILINE)
    return pd.DataFrame(
        {name: [int(cell) for cell in cells.split(" | ")] for name, cells in rows},
        index=[*"ABCDEF", "all"],
    ).T


@pytest.fixture(scope="module")
def counts(told: pd.DataFrame) -> pd.DataFrame:
    """The 24 counts alone."""
    return told.iloc[:4, :6]


@pytest.fixture(scope="module")
def rota(sources: dict[str, str]) -> pd.DataFrame:
    """The five days of task 2."""
    dates = re.findall(r"\d{4}-\d\d-\d\d", sources["b2-task-2-table"])
    demo = pcqa.load_demo("demand_day")
    that = demo[demo["date"].between(*dates[:2])].reset_index(drop=True)
    before = demo[demo["date"].between(*dates[2:])].reset_index(drop=True)
    return pd.DataFrame(
        {
            "asked": that["same_day_asks"],
            "changed": that["duty_slots"],
            "usual": before["duty_slots"],
        }
    )


def test_the_story_of_the_first_two_weeks_is_that_of_the_beads(sources: dict[str, str]) -> None:
    assert "red_bead(seed=52)" in sources["b2-first-week"]
    week = pcqa.variation.red_bead(seed=52).counts.set_index("worker")
    assert (week[1].idxmax(), week[1].max(), week[1].idxmin(), week[1].min()) == ("D", 15, "F", 5)
    assert (week.loc["D", 2], week.loc["F", 2]) == (8, 13)
    assert (week["total"].idxmax(), week["total"].max()) == ("E", 52)
    assert (week["total"].idxmin(), week["total"].min()) == ("C", 38)


def test_the_worked_limits_are_those_of_an_np_chart(sources: dict[str, str]) -> None:
    beads = pcqa.variation.red_bead(seed=52)
    assert beads.table["red"].sum() == 264
    line = beads.chart.limits.iloc[0]
    assert line["centre"] == 11.0
    assert line["sigma"] == pytest.approx(math.sqrt(50 * 0.22 * 0.78))
    assert (math.ceil(line["lower"]), math.floor(line["upper"])) == (3, 19)
    assert beads.outside.empty
    reach = 3 * math.sqrt(200 * 0.22 * 0.78)
    told = f"200 beads, the same sum gives {44 - reach:.1f} to {44 + reach:.1f}"
    assert told in sources["b2-worked-two"]


def test_the_sums_shown_are_the_right_rows_of_the_arithmetic() -> None:
    sums = pcqa.variation.red_bead(seed=52).chart.arithmetic().iloc[[1, 2, 3, 4, 5, 7, 8]]
    steps = sums["step"].str.casefold().tolist()
    for step, word in zip(
        steps,
        ["sum of the counts", "denominators", "share", "mean", "sigma", "lower", "upper"],
        strict=True,
    ):
        assert word in step
    assert sums["value"].round(2).tolist() == [264.0, 1200.0, 0.22, 11.0, 2.93, 2.21, 19.79]


def test_who_had_most_had_fewer_the_week_after_in_82_of_100(sources: dict[str, str]) -> None:
    red = pcqa.variation.red_bead(weeks=20_000, seed=1).table["red"].to_numpy().reshape(-1, 6)
    now, after, each = red[:-1], red[1:], np.arange(len(red) - 1)
    fewer = after[each, now.argmax(axis=1)] < now.max(axis=1)
    more = after[each, now.argmin(axis=1)] > now.min(axis=1)
    assert (round(100 * fewer.mean()), round(100 * more.mean())) == (82, 82)
    assert "20,000 weeks" in sources["b2-idea-two"]
    assert "82 weeks of 100" in sources["b2-idea-two"]


def test_three_scoops_in_a_thousand_lie_outside_nearly_all_above() -> None:
    from scipy.stats import binom

    sigma = math.sqrt(50 * 0.2 * 0.8)
    above = binom.sf(math.floor(10 + 3 * sigma), 50, 0.2)
    below = binom.cdf(math.ceil(10 - 3 * sigma) - 1, 50, 0.2)
    assert above + below == pytest.approx(0.003, abs=0.0005)
    assert above > 10 * below


def test_the_counts_of_task_1_came_out_of_the_box(
    told: pd.DataFrame, counts: pd.DataFrame, sources: dict[str, str]
) -> None:
    beads = pcqa.variation.red_bead(seed=64)
    assert counts.to_numpy().ravel().tolist() == beads.table["red"].tolist()
    assert told.loc["All weeks"].iloc[:6].tolist() == counts.sum().tolist()
    assert told["all"].tolist() == [*counts.sum(axis=1), 234]
    assert beads.outside.empty
    assert "same box of beads" in sources["b2-facilitator-task-1"]


def test_the_first_answer_is_what_the_np_chart_says(
    sources: dict[str, str], counts: pd.DataFrame
) -> None:
    frame = pd.DataFrame({"x": range(24), "value": counts.to_numpy().ravel(), "n": CALLS})
    line = pcqa.spc.chart(frame, kind="np", rules="outside").limits.iloc[0]
    expect = _key(sources, "b2-1").expect
    names = {"mean": "centre", "sigma": "sigma", "lower": "lower", "upper": "upper"}
    for part, name in names.items():
        assert expect[part] == pytest.approx(line[name], abs=0.001)
    assert not line["trial"]


def test_each_wrong_first_answer_is_what_its_mistake_gives(
    sources: dict[str, str], counts: pd.DataFrame
) -> None:
    every = counts.to_numpy().sum()
    mean = every / 24
    share = mean / CALLS
    sigma = math.sqrt(mean * (1 - share))
    mistakes = {
        "per_person": {"mean": every / 6},
        "per_week": {"mean": every / 4},
        "share": {"mean": share},
        "no_root": {"sigma": mean * (1 - share)},
        "forgot_those_without": {"sigma": math.sqrt(mean)},
        "counts_for_calls": {"sigma": math.sqrt(mean * (1 - mean / 24))},
        "four_weeks_at_once": {"sigma": math.sqrt(200 * share * (1 - share))},
        "two_sigma": {"lower": mean - 2 * sigma, "upper": mean + 2 * sigma},
        "smallest_and_largest": {"lower": counts.min().min(), "upper": counts.max().max()},
        "distance_not_limit": {"upper": 3 * sigma},
    }
    stated = _wrong(sources, "b2-1")
    assert set(stated) == set(mistakes)
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, abs=0.06), (name, part)


def test_no_award_is_justified(sources: dict[str, str], counts: pd.DataFrame) -> None:
    expect = _key(sources, "b2-2").expect
    low, high = (_key(sources, "b2-1").expect[name] for name in ("lower", "upper"))
    outside = ((counts < low) | (counts > high)).to_numpy().sum()
    assert (expect["outside"], expect["worst"], expect["best"]) == (outside, "none", "none")
    assert counts.sum().idxmax() == _wrong(sources, "b2-2")["somebody_is_always_worst"]["worst"]
    assert counts.sum().idxmin() == _wrong(sources, "b2-2")["the_luckiest"]["best"]
    steps = dict(re.findall(r"^\| `(\d)` \| (.+?) \|$", sources["b2-task-1-ask-two"], re.M))
    assert "looks for causes in how calls are handled" in steps[str(expect["next"])]


def test_what_is_said_about_a_and_b_is_true(counts: pd.DataFrame, sources: dict[str, str]) -> None:
    most = counts.eq(counts.max(axis=1), axis=0)
    assert most["A"].sum() == 2
    assert counts["B"].tolist()[:2] == [2, 13]
    share = counts.to_numpy().sum() / (24 * CALLS)
    assert 0.19 < share < 0.2  # "nearly one caller in five", "nearly ten callers in fifty"
    reach = 3 * math.sqrt(200 * share * (1 - share))
    assert (round(200 * share - reach), round(200 * share + reach)) == (22, 56)
    assert "the limits are 22 and 56" in sources["b2-facilitator-task-1"]


def test_somebody_mostly_leads_twice(sources: dict[str, str]) -> None:
    red = pcqa.variation.red_bead(weeks=80_000, seed=3).table["red"].to_numpy().reshape(-1, 4, 6)
    leads = (red == red.max(axis=2, keepdims=True)).sum(axis=1).max(axis=1)
    assert round(100 * (leads >= 2).mean()) == 84
    assert "84 months of 100" in sources["b2-facilitator-task-1"]


def test_the_marbles_by_hand_are_where_the_rules_put_them(sources: dict[str, str]) -> None:
    rows = re.findall(
        r"^\| \d \| (\S+) \| (\S+) \| (\S+) \| (\S+) \|$", sources["b2-marbles-why"], re.MULTILINE
    )
    luck, one, stands, two = (
        [float(cell.replace("−", "-")) for cell in column] for column in zip(*rows, strict=True)
    )
    found = pcqa.variation.funnel_experiment(luck=luck).drops
    assert one == found["rule_1"].tolist()
    assert two == found["rule_2"].tolist()
    assert stands == (found["rule_2"] - found["luck"]).tolist()


def test_the_week_of_the_rota_is_rule_2_in_the_practices_own_log(
    sources: dict[str, str], rota: pd.DataFrame
) -> None:
    log = pcqa.load_demo("improvement_log").set_index("date")
    assert "to match the day before" in log.loc["2024-05-13", "change"]
    short = (rota["asked"] - rota["usual"]).iloc[:4].to_numpy()  # over the usual, the day before
    moved = (rota["changed"] - rota["usual"]).iloc[1:].to_numpy()
    assert moved.tolist() == short.tolist() == [-9, 5, -11, -4]
    assert "asked for 11 slots fewer than usual, 11 were taken off" in sources["b2-task-2"]


def test_the_usual_rota_is_that_of_the_last_five_day_week_before(
    sources: dict[str, str], rota: pd.DataFrame
) -> None:
    assert rota["usual"].tolist() == [129, 96, 94, 90, 91]
    assert "from 29 April to 3 May, the last five-day week before" in sources["b2-task-2"]
    days = pcqa.load_demo("demand_day")["date"]
    assert days.between("2024-05-06", "2024-05-12").sum() == 4  # a bank holiday
    assert days.between("2024-04-29", "2024-05-03").sum() == 5


def test_the_third_answer_is_what_the_tables_give(
    sources: dict[str, str], rota: pd.DataFrame
) -> None:
    off = rota[["usual", "changed"]].sub(rota["asked"], axis=0).abs()
    shown = pcqa.variation.funnel_experiment(drops=2_000).table["sd"].head(2).round(1)
    expect = _key(sources, "b2-3").expect
    assert off.mean().to_dict() == {
        "usual": pytest.approx(expect["off_usual"]),
        "changed": pytest.approx(expect["off_changed"]),
    }
    assert shown.tolist() == [10.3, 14.5]
    assert round(shown[1] / shown[0], 2) == expect["sd_ratio"] == 1.41
    assert _key(sources, "b2-3").within["sd_ratio"] == pytest.approx(0.05 * 1.41, abs=0.001)
    wrong = _wrong(sources, "b2-3")
    assert wrong["sums_not_means"]["off_usual"] == off["usual"].sum() == 45
    assert wrong["sums_not_means"]["off_changed"] == off["changed"].sum() == 81
    assert wrong["upside_down"]["sd_ratio"] == pytest.approx(shown[0] / shown[1], abs=0.005)
    assert wrong["difference"]["sd_ratio"] == pytest.approx(shown[1] - shown[0])
    assert wrong["variance"]["sd_ratio"] == pytest.approx((shown[1] / shown[0]) ** 2, abs=0.05)
    assert wrong["the_five_days"]["sd_ratio"] == pytest.approx(81 / 45, abs=0.005)


def test_rule_2_doubles_the_variance_in_the_long_run() -> None:
    table = pcqa.variation.funnel_experiment(drops=200_000).table
    assert table["sd_ratio"].iloc[1] == pytest.approx(math.sqrt(2), rel=0.01)
    assert table["variance_ratio"].iloc[1] == pytest.approx(2, rel=0.02)
    assert (table["sd_ratio"].iloc[2:] > 10).all()


def test_half_a_correction_is_wider_too() -> None:
    luck = np.random.default_rng(1).normal(size=100_000)
    half = luck[1:] - 0.5 * luck[:-1]
    assert half.std() > 1.1 * luck.std()


def test_a_short_steady_series_gives_1_1_to_1_7() -> None:
    rng = np.random.default_rng(1)
    for points in (12, 26):
        luck = rng.normal(size=(20_000, points))
        luck -= luck.mean(axis=1, keepdims=True)
        rest = np.square(landings(luck)[:2]).mean(axis=2)
        low, high = np.quantile(np.sqrt(rest[1] / rest[0]), [0.05, 0.95])
        assert 1.05 < low < 1.25
        assert 1.6 < high < 1.75


def test_the_habits_are_the_rules_that_the_key_says(sources: dict[str, str]) -> None:
    expect = _key(sources, "b2-4").expect
    assert sorted(expect.values()) == [1, 2, 3, 4]
    told = re.search(
        r"planned for (\d+) minutes\. It ran (\d+) over, so the next one is booked for (\d+)\. "
        r"That one ends (\d+) minutes early, so the next is booked for (\d+)",
        sources["b2-task-2-ask-three"],
    )
    assert told
    mark, over, second, early, third = map(int, told.groups())
    assert (mark - over, mark + early) == (second, third)  # both counted from the mark: rule 3
    assert expect["C"] == 3
    for letter, rule in expect.items():
        said = sources["b2-facilitator-task-2"]
        assert re.search(rf"{letter} (is )?rule {rule}", said), letter


def test_the_checks_are_right(sources: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    sigma = math.sqrt(100 * 0.1 * 0.9)
    for said in (
        f"its root is {sigma:.0f}, and 10 and three times {sigma:.0f} is {10 + 3 * sigma:.0f}",
        f"expect={10 + 3 * sigma:.0f},",
    ):
        assert said in sources["b2-check-1"]
    names: dict[str, Any] = {"pcqa": pcqa}
    exec(sources["b2-check-1"], names)
    names["check_1"](10 + 3 * math.sqrt(10))
    assert "You took the root of the mean alone." in capsys.readouterr().out
    found = pcqa.variation.funnel_experiment(luck=[-2, 3, 0])  # the funnel stands at 2, rests at 5
    assert found.drops["rule_2"].tolist()[1:] == [5.0, -3.0]
    assert "expect=-3" in sources["b2-check-2"]
