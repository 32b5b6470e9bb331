"""Every figure that lesson e3 states is what its data give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import misconception_cases

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "academy" / "e3_clinical_leadership.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


@pytest.fixture(scope="module")
def ran(sources: dict[str, str]) -> dict[str, Any]:
    """What the lesson's own cells of data hold once they have run."""
    names: dict[str, Any] = {}
    for name in ("setup", "practices", "worked-rates", "widget"):
        exec(compile(sources[f"e3-{name}"], name, "exec"), names)
    return names


def _outside(funnel: Any, lines: str) -> list[str]:
    points = funnel.points
    return points.loc[points[f"naive_outside{lines}"], "practice"].tolist()


def test_the_crude_funnel_says_what_the_text_says(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    crude = ran["crude"]
    assert len(crude.points) == 16
    assert len(_outside(crude, "95")) == 7
    assert _outside(crude, "998") == ["K", "N"]
    by_rate = crude.points.set_index("practice")["value"].sort_values(ascending=False)
    assert by_rate.index[:2].tolist() == ["K", "H"]
    assert by_rate.index[-1] == "N"
    assert "Seven of the sixteen lie outside the inner lines" in sources["e3-idea-two"]


def test_with_age_and_deprivation_allowed_for_it_is_k_and_l(ran: dict[str, Any]) -> None:
    adjusted = ran["adjusted"]()
    assert _outside(adjusted, "998") == ["K", "L"]
    ratios = adjusted.points.set_index("practice")["value"]
    assert ratios["K"] == pytest.approx(1.60, abs=0.005)
    assert ratios["N"] == pytest.approx(1, abs=0.04)
    sixteen = ran["sixteen"]
    assert sixteen["expected"].sum() == pytest.approx(sixteen["referrals"].sum(), rel=0.002)


def test_what_is_expected_is_what_indirect_standardisation_gives(
    ran: dict[str, Any],
) -> None:
    long = ran["sixteen"].drop(columns="people").melt(
        id_vars=["practice", "deprived"], value_vars=ran["bands"], var_name="band",
        value_name="people",
    )  # fmt: skip
    long["stratum"] = long["band"] + " " + long["deprived"]
    long["seen"] = 0.0
    rates = {
        f"{band} {where}": ran["rates"].loc[band, where] / 1000
        for band in ran["bands"]
        for where in ("less", "more")
    }
    found = pcqa.variation.indirect_ratios(
        long, events="seen", population="people", stratum="stratum", unit="practice", rates=rates
    )
    assert found["expected"].tolist() == pytest.approx(ran["expected"].tolist())


def test_the_worked_example_gives_its_own_sums(
    sources: dict[str, str], ran: dict[str, Any]
) -> None:
    h = ran["sixteen"].set_index("practice").loc["H"]
    parts = [h[band] * ran["rates"].loc[band, h["deprived"]] / 1000 for band in ran["bands"]]
    assert parts == pytest.approx([18.4, 50, 117])
    assert sum(parts) == pytest.approx(185.4)
    seen, expected = h["referrals"], sum(parts)
    assert f"{seen} / {expected:.1f} = **{seen / expected:.2f}**" in sources["e3-worked-two"]
    assert pcqa.flow.littles_law(number=90, rate=15).time == 6


def test_the_first_answer_is_what_l_has(sources: dict[str, str], ran: dict[str, Any]) -> None:
    key = misconception_cases(sources["e3-1-test"])
    one = ran["sixteen"].set_index("practice").loc["L"]
    assert key.expect["expected"] == pytest.approx(one["expected"])
    assert key.expect["ratio"] == pytest.approx(one["referrals"] / one["expected"], abs=0.005)
    assert key.expect["ask"] == set(_outside(ran["adjusted"](), "998"))
    wrong = {case.name: case.answer for case in key.misconceptions}
    less = sum(one[band] * ran["rates"].loc[band, "less"] / 1000 for band in ran["bands"])
    assert wrong["less_deprived"]["expected"] == pytest.approx(less, abs=0.05)
    everybody = ran["sixteen"]["referrals"].sum() / ran["sixteen"]["people"].sum()
    assert wrong["one_rate_for_all"]["expected"] == pytest.approx(
        everybody * one["people"], abs=0.1
    )
    assert wrong["upside_down"]["ratio"] == pytest.approx(191.2 / 136, abs=0.005)
    assert wrong["crude_rate"]["ratio"] == pytest.approx(1000 * 136 / one["people"], abs=0.05)
    points = ran["adjusted"]().points.set_index("practice").loc["L"]
    low = points["naive_lower998"] * one["expected"]
    assert low == pytest.approx(150, abs=5)


def test_the_second_answer_is_what_the_queue_gives(sources: dict[str, str]) -> None:
    key = misconception_cases(sources["e3-2-test"])
    assert key.expect["weeks"] == pcqa.flow.littles_law(number=420, rate=35).time
    assert key.expect["again_percent"] == 100 * 7 / 35
    assert key.expect["weeks_to_four"] == (420 - 4 * 28) / (35 - 28)
    wrong = {case.name: case.answer for case in key.misconceptions}
    assert wrong["new_ones_only"]["weeks"] == 420 / 28
    assert wrong["of_the_new"]["again_percent"] == 100 * 7 / 28
    assert wrong["whole_list"]["weeks_to_four"] == 420 / 7
    assert wrong["by_the_joiners"]["weeks_to_four"] == (420 - 112) / 28
    assert wrong["not_the_difference"]["weeks_to_four"] == pytest.approx((420 - 112) / 35)
    told = re.search(r"a quarter as long \((\d+) of (\d+)\)", sources["e3-facilitator-task-2"])
    assert told
    left, now = map(int, told.groups())
    assert left / now == pytest.approx(0.25, abs=0.02)
    assert (left / 28) / key.expect["weeks"] == pytest.approx(1 / 3)


def test_the_right_letters_are_what_the_pictures_show(
    sources: dict[str, str], ran: dict[str, Any], run_cell: Any, only_right: Any
) -> None:
    allowed, grows = run_cell(sources["e3-widget"], dict(ran)).rounds
    points = allowed.picture().points.set_index("practice")
    outside = set(_outside(allowed.picture(), "998"))
    above = {one for one in outside if points.loc[one, "value"] > 1}
    only_right(
        allowed,
        {
            "K and N, as before": outside == set(_outside(ran["crude"], "998")) == {"K", "N"},
            "K, above, and L, below": above == {"K"} and outside - above == {"L"},
            "Nobody": not outside,
        },
    )
    queue = grows.picture().table["mean"]
    half = len(queue) // 2
    early, late = queue.iloc[half] - queue.iloc[0], queue.iloc[-1] - queue.iloc[half]
    only_right(
        grows,
        {
            "It stays near nought": queue.iloc[-1] < 5,
            "It grows, ever more slowly, without end": 0 < late < early and late > early / 10,
            "It goes up and down about 35": abs(queue.iloc[half:].mean() - 35) < 5 and late <= 0,
        },
    )


def test_what_one_checks_oneself_is_right(ran: dict[str, Any]) -> None:
    assert ran["rates"]["less"].sum() == 73
    assert pcqa.flow.littles_law(number=60, rate=12).time == 5
