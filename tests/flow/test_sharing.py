"""One pool against several: slots kept back, desks apart."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import DataError
from pcqa_teach.flow import carve_out, erlang_a, erlang_c, pooling_gain, simulate_phones
from pcqa_teach.flow.backlog import queue_lengths
from pcqa_teach.flow.carve_out import SCHEMES
from pcqa_teach.flow.sharing_words import carve_out_growing

APART, ORDER, FIRST = SCHEMES


def test_keeping_forty_of_a_hundred_slots_lengthens_the_mean_wait():
    found = carve_out(98, 100, kept=0.4, mix=0.4, seed=2)
    apart, pool = found.of(APART), found.of(ORDER)
    assert apart["mean_wait_days"] > 1.5 * pool["mean_wait_days"]
    assert apart["low"] > pool["low"]
    for kind in found.names:
        assert found.of(APART, kind)["mean_wait_days"] > found.of(ORDER, kind)["mean_wait_days"]


def test_taking_the_first_kind_first_keeps_them_waiting_no_longer_than_kept_slots_do():
    found = carve_out(98, 100, seed=2)
    assert found.of(FIRST, "same-day")["mean_wait_days"] <= 0.01
    assert found.of(FIRST)["mean_wait_days"] == found.of(ORDER)["mean_wait_days"]
    assert found.of(FIRST, "other")["mean_wait_days"] > found.of(ORDER, "other")["mean_wait_days"]


def test_the_slots_of_both_kinds_and_those_lost_add_up():
    found = carve_out(98, 100, seed=2, days=400)
    parts = found.table[(found.table["scheme"] == APART) & (found.table["kind"] != "all")]
    assert parts["slots_a_day"].sum() == 100
    assert parts["unused_a_day"].sum() == pytest.approx(found.of(APART)["unused_a_day"])
    lost = found.of(ORDER)
    done = 100 - lost["unused_a_day"]
    assert done + lost["waiting_at_end"] / 400 == pytest.approx(98, rel=0.01)
    assert found.of(APART)["unused_a_day"] >= lost["unused_a_day"]


def test_a_day_of_one_slot_waits_as_the_exact_formula_says():
    rng = np.random.default_rng(1)
    load = 0.8
    queue = queue_lengths(rng.poisson(load, (30, 8_000)).astype(float), np.ones((30, 8_000)))
    runs = queue[:, 500:].mean(axis=1)
    exact = load**2 / (2 * (1 - load))
    assert abs(runs.mean() - exact) < 4 * runs.std() / np.sqrt(len(runs))


def test_a_kind_that_asks_for_more_than_its_slots_never_catches_up():
    found = carve_out(95, 100, kept=0.5, mix=0.4)
    assert found.of(APART, "other")["load"] > 1
    assert "other asks need 114% of their slots: there is no steady state" in found.explain()
    few = carve_out(120, 100)
    assert "more asks than slots: no way of sharing them out mends that" in few.explain()


@pytest.mark.parametrize("demand", [100, 102, 120])
@pytest.mark.parametrize("kept", [0.2, 0.4, 0.5])
def test_with_no_more_slots_than_asks_the_wait_grows_however_they_are_shared(demand, kept):
    found = carve_out(demand, 100, kept=kept, runs=20)
    asks = "as many asks as slots" if demand == 100 else "more asks than slots"
    assert carve_out_growing(found) == [
        f"There are {asks}: the average wait keeps growing however they are shared. These means are"
        " over 250 days only."
    ]
    assert f"There are {asks}: no way of sharing them out mends that." in found.explain()
    longer = carve_out(demand, 100, kept=kept, runs=200, days=1000)
    for scheme in SCHEMES:
        assert longer.of(scheme)["mean_wait_days"] > 1.3 * found.of(scheme)["mean_wait_days"]


def test_a_wait_that_settles_in_one_pool_is_said_of_slots_kept_apart_alone():
    said = ["Kept apart, other asks outnumber their slots: that wait keeps growing."]
    assert carve_out_growing(carve_out(95, 100, kept=0.5, mix=0.4)) == said
    assert carve_out_growing(carve_out(95, 100, kept=0.4, mix=0.4)) == []


def test_plenty_of_slots_make_the_schemes_alike():
    found = carve_out(50, 100)
    assert found.of(APART)["mean_wait_days"] == pytest.approx(0, abs=0.01)
    assert "the same as with one pool" in found.message


def test_the_headline_says_what_one_pool_does_and_who_must_go_first():
    found = carve_out(seed=2)
    apart, pool = (found.of(s)["mean_wait_days"] for s in (APART, ORDER))
    assert 0.45 < pool / apart < 0.55
    late = f"{100 * found.of(ORDER, 'same-day')['not_same_day']:.0f}%"
    assert found.message == (
        "One pool halves the average wait; same-day asks must go first to be seen that day"
        f" (0% late, against {late})"
    )


def test_a_wait_is_said_in_words_and_a_tenth_of_a_slot_is_no_cost():
    said = carve_out(seed=2).explain()
    assert "same-day asks no wait (0% not seen that day)" in said
    assert "no days" not in said
    assert "About as many slots go unused either way" in said
    assert "The cost of keeping slots apart is time" in said
    few = carve_out(95, 100, kept=0.5, mix=0.4)
    assert few.of(APART)["unused_a_day"] - few.of(ORDER)["unused_a_day"] > 1
    assert "More slots go unused" in few.explain()


def test_the_same_seed_gives_the_same_table():
    pd.testing.assert_frame_equal(carve_out(seed=5).table, carve_out(seed=5).table)
    assert not carve_out(seed=5).table.equals(carve_out(seed=6).table)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"demand": 0}, "demand must be a number above 0"),
        ({"slots": 1}, "slots must be a whole number from 2"),
        ({"slots": 10.5}, "slots must be a whole number"),
        ({"kept": 0}, "without a slot"),
        ({"kept": 1}, "without a slot"),
        ({"kept": 1.4}, "kept must be a number"),
        ({"mix": 0}, "mix must be a number"),
        ({"dispersion": 0.5}, "dispersion must be a number from 1"),
        ({"days": True}, "days must be a whole number"),
        ({"runs": 0}, "runs must be a whole number"),
        ({"days": 100_000, "runs": 1000}, "ask for fewer runs"),
        ({"names": ("one",)}, "names must be two words"),
        ({"names": None}, "names must be two words"),
        ({"names": (1, 2)}, "names must be two words"),
        ({"names": ("a", "a")}, "names must be two"),
        ({"names": ("all", "other")}, "names must be two"),
    ],
)
def test_a_carve_out_that_makes_no_sense_is_refused(change, said):
    with pytest.raises(DataError, match=said):
        carve_out(**change)


def test_a_hub_is_erlang_c_of_the_sums():
    found = pooling_gain([36, 24], [3, 2])
    hub = erlang_c(60, 150, 5).table.iloc[0]
    assert found.hub["p_wait"] == pytest.approx(hub["p_wait"])
    each = erlang_c([36, 24], 150, [3, 2]).table
    assert found.apart["p_wait"] == pytest.approx((each["p_wait"] * [0.6, 0.4]).sum())
    assert found.apart["agents"] == found.hub["agents"] == 5


@pytest.mark.parametrize("patience", [None, 240])
def test_a_hub_answers_sooner_and_could_do_with_fewer(patience):
    found = pooling_gain([36, 24, 48, 30, 42], [3, 2, 3, 2, 3], patience_seconds=patience)
    assert found.hub["within"] > found.apart["within"]
    assert found.enough < found.hub["agents"]
    model = erlang_c if patience is None else (lambda *a: erlang_a(*a, patience))
    assert model(180, 150, found.enough).table["within"].iloc[0] >= found.apart["within"]
    assert model(180, 150, found.enough - 1).table["within"].iloc[0] < found.apart["within"]
    assert "fewer" in found.explain()


def test_carving_a_desk_in_two_is_the_same_sum_read_backwards_and_simulation_agrees():
    exact = pooling_gain([24, 36], [2, 3])
    assert exact.apart["mean_wait_seconds"] > 2 * exact.hub["mean_wait_seconds"]
    run = simulate_phones([9] * 200, 3, 150, None, None, 0, days=20, seed=2)  # the second desk
    late = run.calls[run.calls["at_seconds"] > 20 * 900]
    days = late.groupby("day")["waited_seconds"].mean()
    formula = exact.table["mean_wait_seconds"].iloc[1]
    assert abs(days.mean() - formula) < 4 * days.std() / np.sqrt(len(days))


def test_a_desk_with_more_work_than_staff_is_named_and_a_hub_may_still_cope():
    found = pooling_gain([60, 10], [2, 2])
    assert not found.apart["steady"]
    assert found.hub["steady"]
    assert "1 desk has as much work as staff or more" in found.explain()
    assert "without end" in found.explain()


def test_a_desk_without_calls_counts_for_nothing():
    found = pooling_gain([0, 30], [1, 2])
    alone = erlang_c(30, 150, 2).table.iloc[0]
    assert found.apart["p_wait"] == pytest.approx(alone["p_wait"])


def test_the_words_say_what_a_hub_does_not_know():
    assert "does not know the people who call" in pooling_gain([36, 24], [3, 2]).explain()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (([36], [3]), "two or more desks"),
        (([36, 24], [3]), "two or more desks"),
        (([0, 0], [1, 1]), "nought at every desk"),
        (([36, -1], [3, 2]), "calls_per_hour must be a number from 0"),
        (([36, 24], [3, 0]), "agents must be a whole number from 1"),
        (([36, np.nan], [3, 2]), "calls_per_hour must be a number"),
        (([36, 24], [3, True]), "agents must be a whole number"),
    ],
)
def test_desks_that_make_no_sense_are_refused(arguments, said):
    with pytest.raises(DataError, match=said):
        pooling_gain(*arguments)


@pytest.mark.parametrize("names", [["A"], ["A", "A"], ["A", "One hub"], 5, [1, None], "AB"])
def test_each_desk_has_its_own_name(names):
    with pytest.raises(DataError, match="names must be a different word"):
        pooling_gain([36, 24], [3, 2], names=names)
