"""Every planted event is found as often as its simulated power says, and nothing else is.

The reference solutions (`solutions.py`) are what a reader of the lessons can do by hand. Each is
run on practices grown from many seeds, and on series simulated from the quiet weeks alone with the
event put in at its planted size (`reference.py`). The committed files are held byte for byte by
`test_reproducible.py`, so that this is part of the long run.
"""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.data import synthetic
from pcqa_teach.data.synthetic import events
from pcqa_teach.variation import funnel

from . import comparing
from .comparing import PLANTED, TAMPERED
from .grown import Grown, asks_with_scheme, grow
from .reference import Quiet, Solution, charted, least, most, quiet, simulate, trials
from .solutions import EVENTS_FOUND, NON_EVENTS, size

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def practices() -> list[Grown]:
    return [grow(seed) for seed in range(1000, 1200)]


def named(solutions: list[Solution]) -> list:
    return [pytest.param(one, id=f"{one.event}: {one.words}") for one in solutions]


@pytest.mark.parametrize("solution", named(EVENTS_FOUND))
def test_an_event_is_found_as_often_as_its_power_says(solution, practices):
    seen = trials(solution, practices)
    assert seen.power > 0.5, f"no useful way to find {solution.event}: power {seen.power:.3f}"
    assert least(200, seen.power) > most(200, seen.without), "chance alone would find as many"
    assert seen.found >= least(len(practices), seen.power), (
        f"{solution.event} found in {seen.found} of {len(practices)},"
        f" simulated power {seen.power:.3f}"
    )


@pytest.mark.parametrize("solution", named(NON_EVENTS))
def test_where_nothing_happened_signals_are_no_more_than_false_alarms(solution, practices):
    seen = trials(solution, practices)
    assert seen.found <= most(len(practices), seen.without), (
        f"{solution.words}: {seen.found} of {len(practices)} signal,"
        f" simulated false alarms {seen.without:.3f}"
    )


def test_the_list_rises_month_after_month_in_every_practice(practices):
    months = np.array([one.days["list_size"].iloc[::21].to_numpy()[:24] for one in practices])
    flags = charted(months)
    assert (flags.trend & (np.gradient(months, axis=1) > 0)).any(axis=1).all()


def test_before_and_after_credits_the_scheme_with_what_would_have_come_anyway(practices):
    table = pd.DataFrame([one.scheme for one in practices])
    naive = table["after_scheme"] / table["before_scheme"] - 1
    anyway = table["after_usual"] / table["before_usual"] - 1
    effect = (1 + naive) / (1 + anyway) - 1
    assert (table["before_usual"] == table["before_scheme"]).all()
    assert naive.between(-0.48, -0.28).all()
    assert naive.mean() == pytest.approx(-0.38, abs=0.03)
    assert (anyway < -0.20).all()
    assert effect.mean() == pytest.approx(-events.SCHEME_EFFECT, abs=0.005)
    assert effect.between(-0.12, -0.08).all()
    chance = events.SCHEME_EFFECT * (1 - events.SCHEME_EFFECT) / table["after_usual"]
    near = ((effect + events.SCHEME_EFFECT).abs() < 1.96 * np.sqrt(chance)).sum()
    assert near >= least(len(practices), 0.95), f"{near} of {len(practices)} within 95%"


def test_the_scheme_alone_parts_the_two_copies():
    copy = synthetic.practice(1000, scheme=True, with_calls=False)
    pd.testing.assert_frame_equal(asks_with_scheme(1000), copy.asks)


def test_the_funnel_written_out_is_the_funnel_of_the_kit(practices):
    for one in practices[:10]:
        points = funnel(
            one.network, numerator="dna", denominator="appointments", unit="practice"
        ).points
        z = comparing.beyond_ordinary(*one.network[["dna", "appointments"]].to_numpy().T[:, None])
        assert points["z_adjusted"].to_numpy() == pytest.approx(z[0], abs=1e-9)
        assert (points["adjusted_outside95"] == (np.abs(z[0]) > 1.959964)).all()
        assert (points["adjusted_outside998"] == (np.abs(z[0]) > 3.090232)).all()


@pytest.mark.parametrize("place", PLANTED, ids=["true high DNA", "coding artefact"])
def test_a_funnel_of_24_finds_four_points_at_95_percent_only_now_and_then(place, practices):
    power = (comparing.drawn_networks([one.network for one in practices])[:, place] > 1.96).mean()
    found = sum(z_of(one)[place] > 1.96 for one in practices)
    assert 0.15 < power < 0.6
    assert least(len(practices), power) <= found <= most(len(practices), power), (
        f"T09 found in {found} of {len(practices)}, simulated power {power:.3f}"
    )


def test_a_funnel_of_24_hardly_ever_finds_them_at_998(practices):
    drawn = comparing.drawn_networks([one.network for one in practices])[:, PLANTED]
    power = (drawn > 3.09).any(axis=1).mean()
    found = sum((z_of(one)[PLANTED] > 3.09).any() for one in practices)
    assert power < 0.05, "the 99.8% limits of 24 practices are too wide for four points"
    assert found <= most(len(practices), power)


def test_the_two_furthest_up_are_asked_about_and_their_coding_tells_them_apart(practices):
    for one in practices:
        table = one.network
        share, coded = (
            table[name] / table["appointments"] for name in ("dna", "no_contact_recorded")
        )
        top = share.nlargest(2).index
        assert set(top) == set(PLANTED)
        assert coded[top].idxmax() == PLANTED[1]
        assert coded[PLANTED[1]] == pytest.approx(size("T09") / 100, abs=0.01)
        assert coded[PLANTED[0]] < 0.01


def z_of(one: Grown) -> np.ndarray:
    """Return each practice's z in the over-dispersed funnel."""
    counts = one.network[["dna", "appointments"]].to_numpy().T[:, None]
    return comparing.beyond_ordinary(*counts)[0]


def test_a_variance_ratio_of_one_week_seldom_finds_tampering(practices):
    week, before = comparing.drawn_weeks(practices)
    power = comparing.spread_doubled(week, before).mean()
    weeks = np.array([comparing.left_over(one, TAMPERED) for one in practices])
    earlier = np.array([comparing.left_over(one, comparing.STEADY) for one in practices])
    found = int(comparing.spread_doubled(weeks, earlier).sum())
    assert power < 0.6, "five days are too few to see a doubled variance at a useful rate"
    assert found >= least(len(practices), power), (
        f"T11 found in {found} of {len(practices)}, simulated power {power:.3f}"
    )
    assert (week**2).mean() / (before**2).mean() == pytest.approx(2.0, abs=0.3)


def test_a_rota_that_follows_yesterday_is_seen_every_time(practices):
    assert all(comparing.follows_yesterday(one) for one in practices)
    for one in practices:
        steady = one.days.loc[comparing.STEADY, "duty_slots"]
        assert np.abs(steady - comparing.usual_slots(one, comparing.STEADY)).max() <= 2


def test_the_quiet_weeks_are_recovered_from_what_they_generate():
    normal = np.random.default_rng(3).normal(size=50_000)
    profile = np.tile([120.0, 100, 95, 90, 95], 8)
    drawn = simulate(Quiet(profile, 9 * np.sort(normal), 0.4), count=False, series=400)
    again = quiet(drawn, np.ones(40, dtype=bool), np.tile(np.arange(5), 8))
    assert again.profile == pytest.approx(profile, abs=1.5)
    assert again.noise.std() == pytest.approx(9, rel=0.05)
    assert again.phi == pytest.approx(0.4, abs=0.05)
