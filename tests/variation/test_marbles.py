"""The funnel experiment: leave a steady process alone, or pay for it in spread."""

from __future__ import annotations

import numpy as np
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.variation import funnel_experiment
from pcqa_teach.variation.marbles import landings

MANY = np.random.default_rng(1).normal(0.0, 1.0, (20_000, 100))  # experiments, drops


def _by_the_book(luck: list[float], rule: int) -> list[float]:
    """Move the funnel marble by marble, as the rules say in words."""
    funnel, landed = 0.0, []
    for one in luck:
        rest = funnel + one
        landed.append(rest)
        funnel = {1: 0.0, 2: funnel - rest, 3: -rest, 4: rest}[rule]
    return landed


@pytest.mark.parametrize("rule", [1, 2, 3, 4])
def test_each_rule_moves_the_funnel_as_its_words_say(rule: int) -> None:
    luck = np.random.default_rng(9).normal(0, 10, 60).tolist()
    found = funnel_experiment(luck=luck).drops[f"rule_{rule}"].tolist()
    assert found == pytest.approx(_by_the_book(luck, rule))


def _variance(rule: int) -> np.ndarray:
    return landings(MANY)[rule - 1].var(axis=0)


def test_rule_1_is_stable() -> None:
    assert _variance(1) == pytest.approx(1.0, abs=0.06)


def test_rule_2_doubles_the_variance_and_stays_there() -> None:
    assert _variance(2)[1:] == pytest.approx(2.0, abs=0.12)
    assert np.sqrt(_variance(2)[1:].mean()) == pytest.approx(np.sqrt(2), rel=0.01)


@pytest.mark.parametrize("rule", [3, 4])
def test_rules_3_and_4_never_settle(rule: int) -> None:
    drops = np.arange(1, 101)
    assert _variance(rule) / drops == pytest.approx(1.0, abs=0.08)


def test_rule_3_swings_and_rule_4_wanders() -> None:
    _, _, swing, wander = landings(MANY)
    late = slice(50, None)
    changes = (np.diff(np.sign(swing[:, late]), axis=1) != 0).mean()
    stays = (np.diff(np.sign(wander[:, late]), axis=1) == 0).mean()
    assert changes > 0.9
    assert stays > 0.9


@pytest.mark.parametrize("seed", range(20))
def test_in_a_long_run_the_ratio_is_1_41_within_5_per_cent(seed: int) -> None:
    assert funnel_experiment(2_000, seed=seed).sd_ratio == pytest.approx(2**0.5, rel=0.05)


def test_the_table_holds_each_rules_spread_about_the_mark() -> None:
    found = funnel_experiment(luck=[3, -2, 1, -4])
    assert found.table["sd"].tolist()[:2] == pytest.approx(
        [(30 / 4) ** 0.5, ((9 + 25 + 9 + 25) / 4) ** 0.5]
    )
    assert found.table["variance_ratio"].iloc[1] == pytest.approx(68 / 30)
    assert found.sd_ratio == pytest.approx((68 / 30) ** 0.5)


def test_on_a_series_that_drifts_following_it_can_help_and_the_words_say_so() -> None:
    drift = (np.arange(40) - 19.5).tolist()
    found = funnel_experiment(luck=drift, unit="calls")
    assert found.sd_ratio < 1
    assert "Where a process drifts" in found.explain()
    assert "Your own series" in found.explain()
    assert found.message.startswith("Corrected after every value, the spread would be 0.")
    assert "40 values in order" in found.beside(2).alt


def test_the_same_seed_gives_the_same_luck() -> None:
    one, other = funnel_experiment(seed=4), funnel_experiment(seed=4)
    assert one.drops.equals(other.drops)
    assert not one.drops.equals(funnel_experiment(seed=5).drops)


def test_luck_that_was_given_is_not_changed() -> None:
    given = np.array([3.0, -2, 1])
    landings(given)
    assert given.tolist() == [3.0, -2.0, 1.0]


@pytest.mark.parametrize(
    "wrong",
    [{"drops": 1}, {"spread": 0}, {"luck": [1]}, {"luck": [0, 0]}, {"luck": ["a", 2]},
     {"unit": ""}],
)  # fmt: skip
def test_what_cannot_be_dropped_is_refused_in_a_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(DataError):
        funnel_experiment(**wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", [2, 3, 4])
def test_a_rule_is_drawn_beside_leaving_it_alone(rule: int) -> None:
    picture = funnel_experiment().beside(rule)
    assert picture.name == f"funnel-experiment-rule-{rule}"
    assert "Rule 1" in picture.alt
    assert f"Rule {rule}" in picture.alt


def test_no_picture_is_called_a_funnel_plot() -> None:
    found = funnel_experiment()
    assert "funnel plot" not in found.alt_text.casefold()
    assert found.figure().alt == found.alt_text
    with pytest.raises(DataError):
        found.beside(1)
