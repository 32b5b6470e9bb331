"""Every figure that lesson c4 states is what its data give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.lessons import Key, misconception_cases
from pcqa_teach.widgets import explore_kappa

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "notebooks" / "coach-day2" / "c4_can_we_trust_the_measure.ipynb"

pytestmark = pytest.mark.skipif(not PATH.exists(), reason="the lesson is not in this checkout")


def _key(sources: dict[str, str], item: str) -> Key:
    return misconception_cases(sources[f"{item}-test"])


def _agree(*counts: int) -> Any:
    return explore_kappa().compare(counts)


@pytest.fixture(scope="module")
def names(sources: dict[str, str], run_cell: Any) -> dict[str, Any]:
    found: dict[str, Any] = {"pcqa": pcqa, "coders": pcqa.load_demo("coders")}
    for cell in ("c4-idea-chart", "c4-task-2-table", "c4-task-3-table", "c4-task-3-parts"):
        run_cell(sources[cell], found)
    return found


def test_the_same_agreement_gives_six_kappas_and_one_pabak(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    found = names["found"]
    assert [one.agreed for one in found] == [0.9] * 6
    assert [one.pabak for one in found] == pytest.approx([0.8] * 6)
    assert [round(one.kappa, 2) for one in found] == [0.11, 0.44, 0.69, 0.76, 0.79, 0.80]
    for (percent, counts), one in zip(names["tables"].items(), found, strict=True):
        assert (sum(counts), counts[0] + counts[1], one.n) == (100, percent, 100)
    assert "from 0.11 to 0.80" in sources["c4-idea-two"]
    assert "from 0.11 to 0.80" in sources["c4-wrong"]


def test_the_worked_sums_are_the_kits_own(sources: dict[str, str]) -> None:
    found = _agree(12, 4, 6, 28)
    assert (found.agreed, round(found.by_chance, 2)) == (0.8, 0.55)
    assert (round(found.kappa, 3), round(found.pabak, 2)) == (0.555, 0.6)
    told = sources["c4-worked"]
    agreed, chance = round(found.agreed, 2), round(found.by_chance, 2)
    assert f"{agreed:.2f} - {chance} = {agreed - chance:.2f}" in told
    assert f"That is **{(agreed - chance) / (1 - chance):.2f}**" in told
    both, first, second, neither = found.counts.to_numpy().ravel().tolist()
    one, two = (both + first) / found.n, (both + second) / found.n
    assert f"{one:.2f} x {two:.2f} = {one * two:.3f}" in told
    assert f"{1 - one:.2f} x {1 - two:.2f} = {(1 - one) * (1 - two):.3f}" in told
    assert f"on **{both} of {found.n - neither}** they agree" in told


def test_the_first_answer_is_what_the_two_gps_give(sources: dict[str, str]) -> None:
    found = _agree(8, 10, 6, 176)
    expect = _key(sources, "c4-1").expect
    assert expect["agreement"] == pytest.approx(100 * found.agreed)
    assert expect["kappa"] == pytest.approx(found.kappa, abs=0.001)
    assert expect["pabak"] == pytest.approx(found.pabak)
    assert round(100 * found.by_chance, 1) == 85.3
    by_chance = re.search(r"by chance they would agree on ([\d.]+)%", sources["c4-task-1"])
    assert by_chance
    chance = float(by_chance[1]) / 100
    rounded = (found.agreed - chance) / (1 - chance)  # with the chance that the task gives
    assert abs(rounded - expect["kappa"]) < 0.006
    mistakes = {
        "only_the_yes": {"agreement": 100 * 8 / 200},
        "of_the_yes": {"agreement": 100 * 8 / 24},
        "beyond_chance_undivided": {"kappa": found.agreed - found.by_chance},
        "divided_by_chance": {"kappa": (found.agreed - found.by_chance) / found.by_chance},
        "pabak_undoubled": {"pabak": found.agreed - 0.5},
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "c4-1").misconceptions}
    for name, parts in mistakes.items():
        for part, value in parts.items():
            assert stated[name][part] == pytest.approx(value, abs=0.06), name


def test_the_gap_of_the_coders_is_larger_than_the_fall(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    first, second = 100 * names["first"].mean(), 100 * names["second"].mean()
    expect = _key(sources, "c4-2").expect
    assert [expect["first_share"], expect["second_share"]] == pytest.approx([first, second])
    assert expect["gap"] == pytest.approx(second - first)
    coded = re.findall(
        r"(\d+) contacts, .*: (\d+) were failure demand, (\d+)%", sources["c4-task-2"]
    )
    shares = [100 * int(found) / int(of) for of, found, _ in coded]
    assert shares == [int(share) for *_, share in coded]
    march, september = shares
    assert 0 < march - september < expect["gap"]
    both = names["first"] & names["second"]
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "c4-2").misconceptions}
    assert stated["only_both"]["first_share"] == pytest.approx(100 * both.mean())
    apart = (names["first"] != names["second"]).mean()
    assert stated["where_they_differ"]["gap"] == pytest.approx(100 * apart)
    assert stated["a_ratio"]["gap"] == pytest.approx(100 * (second / first - 1), abs=0.5)
    counts = (both.sum(), (names["first"] & ~names["second"]).sum(),
              (~names["first"] & names["second"]).sum())  # fmt: skip
    found = _agree(*map(int, counts), int(400 - sum(counts)))
    assert [round(one, 2) for one in (found.agreed, found.kappa, found.pabak)] == [0.85, 0.62, 0.71]
    chance = pcqa.variation.wilson(58, 200).iloc[0]
    assert [round(100 * chance[one]) for one in ("lower", "upper")] == [23, 36]


def test_the_third_answer_is_what_the_study_gives(
    names: dict[str, Any], sources: dict[str, str]
) -> None:
    study = names["study"]
    expect = _key(sources, "c4-3").expect
    assert expect["measuring_percent"] == pytest.approx(
        100 * study.share("measuring", "contribution"), abs=0.01
    )
    assert study.share("reproducibility") > study.share("repeatability")
    parts = study.components.set_index("source")["variance"]
    mistakes = {
        "of_the_calls": 100 * parts["measuring"] / parts["parts"],
        "only_again": 100 * parts["repeatability"] / parts["total"],
        "of_the_spread": 100 * study.share("measuring"),
    }
    stated = {wrong.name: wrong.answer for wrong in _key(sources, "c4-3").misconceptions}
    for name, value in mistakes.items():
        assert stated[name]["measuring_percent"] == pytest.approx(value, abs=0.1), name
    times = {who: [one for pair in both for one in pair] for who, both in names["timed"].items()}
    means = pd.DataFrame(times).mean()
    assert means.idxmax() == f"Person {expect['who']}"
    assert means.max() - means.drop(means.idxmax()).max() == pytest.approx(1, abs=0.05)


def test_the_riddle_and_the_model_answer_hold() -> None:
    riddle = _agree(0, 3, 2, 95)
    assert riddle.agreed == 0.95
    assert round(riddle.kappa, 2) == -0.02
    twelve = pcqa.variation.wilson(9, 12).iloc[0]
    assert [round(100 * twelve[one]) for one in ("lower", "upper")] == [47, 91]
