"""Every kind of chart: its entry in the registry, what it refuses, and what it makes of edges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import pcqa_teach as pcqa
from pcqa_teach.errors import ChartError
from pcqa_teach.spc import CHARTS, PRESETS, RULES, chart
from pcqa_teach.spc.kinds.constants import c4, d2


def frame(y, n=None, **more) -> pd.DataFrame:
    """Make a frame of numbered points; `n` may be one number for all."""
    made = pd.DataFrame({"x": np.arange(len(y)), "y": np.asarray(y, dtype=float), **more})
    return made if n is None else made.assign(n=n)


@pytest.mark.parametrize("kind", CHARTS)
def test_the_example_of_a_kind_can_be_charted_and_talked_about(kind):
    about = CHARTS[kind]
    example = {"x": range(len(about.example["y"])), **about.example}
    ours = chart(pd.DataFrame(example), y="y", kind=kind)
    assert len(ours.points) == 5
    assert ours.points["y"].notna().sum() == (4 if kind == "mr" else 5)
    assert np.isfinite(ours.limits["upper"][0]) == (kind != "run")
    assert ours.explain()
    assert about.title in ours.alt_text


@pytest.mark.parametrize("kind", CHARTS)
def test_a_kind_says_what_it_is_for_and_where_it_comes_from(kind):
    about = CHARTS[kind]
    for text in (about.use, about.differs):
        assert text.endswith(".")
    assert "=" in about.formula
    assert about.source
    for function in (about.plots, about.lines):
        assert function.__doc__
    for part in ("Formula:", "Example:", "Source:", ">>>"):
        assert part in (about.lines.__doc__ or "")


@pytest.mark.parametrize("kind", CHARTS)
def test_a_kind_names_only_rules_that_exist(kind):
    about = CHARTS[kind]
    own = about.preset if isinstance(about.preset, tuple) else PRESETS[about.preset].rules
    assert set(own) <= set(RULES)
    assert about.suits is None or about.suits <= set(RULES)


REFUSED = {
    "a P chart takes counts, not shares": ("p", [3.5, 4, 6], 50),
    "is below 0 in row 2: an NP chart takes counts": ("np", [3, -4, 6], 50),
    "'y' is larger than 'n' in row 3": ("p_prime", [3, 4, 60], 50),
    "A U chart needs n=": ("u", [3, 4, 6], None),
    "'n' is empty in row 2: each value needs its denominator": ("u", [3, 4, 6], [9, np.nan, 9]),
    "'n' is below 0 in row 1": ("u_prime", [3, 4, 6], [-9, 9, 9]),
    "'n' is 0 although something was counted there in row 3": ("u", [3, 4, 6], [9, 9, 0]),
    "'n' is next to nothing in row 1": ("i_prime", [3, 4, 6], [1e-20, 9, 9]),
    "a C chart takes whole counts": ("c", [3, 4.5, 6], None),
    "a G chart takes counts, which cannot be negative": ("g", [3, -4, 6], None),
    "a T chart takes amounts, which cannot be negative": ("t", [3, -4, 6], None),
    "is neither 0 nor 1 in rows 1 and 3": ("bernoulli_cusum", [3, 0, 6], None),
    "has 3 subgroups of one value only": ("xbar", [3, 4, 6], None),
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_values_that_a_kind_is_not_for_are_refused_in_a_sentence(sentence):
    kind, y, n = REFUSED[sentence]
    with pytest.raises(ChartError) as caught:
        chart(frame(y, n), y="y", kind=kind)
    assert sentence.casefold() in str(caught.value).casefold()


def test_a_denominator_of_nought_is_a_gap_and_said():
    ours = chart(frame([3, 0, 6, 4], [50, 0, 60, 50]), y="y", kind="p")
    assert ours.points["y"].isna().tolist() == [False, True, False, False]
    assert ours.points["upper"].isna().tolist() == [False, True, False, False]
    assert "1 point has a denominator of 0: shown as a gap." in ours.notes
    assert ours.limits["centre"][0] == pytest.approx(13 / 160)


SETTINGS = {
    "has no option 'lamda' for kind='ewma': it has lambda_, L": ("ewma", {"lamda": 0.2}),
    "a number above 0 and not above 1": ("ewma", {"lambda_": 2}),
    "must be one of mr, sd": ("xmr", {"sigma": "range"}),
    "has no option 'h' for kind='c': it has none": ("c", {"h": 2}),
    "a number above 1": ("bernoulli_cusum", {"odds": True}),
    "takes the options of a kind by name": ("ewma", [0.2]),
}


@pytest.mark.parametrize("sentence", SETTINGS)
def test_a_wrong_setting_is_refused_in_a_sentence(sentence):
    kind, settings = SETTINGS[sentence]
    with pytest.raises(ChartError, match=sentence):
        chart(frame([0, 1, 1, 0]), y="y", kind=kind, settings=settings)


def test_a_share_is_held_between_0_and_1_and_shown_in_per_cent():
    ours = chart(frame([1, 2, 1, 3], 8), y="y", kind="p", target=0.5, improvement="down")
    assert ours.limits["lower"][0] == 0
    assert ours.unit == ""
    shown = ours.shown
    assert shown.unit == "%"
    assert shown.limits["centre"][0] == pytest.approx(100 * ours.limits["centre"][0])
    assert shown.target == 50
    assert shown.icons["latest_y"][0] == pytest.approx(37.5)
    assert shown.shown is shown
    assert "mean 22%" in ours.alt_text
    assert "the target is 50%" in ours.alt_text


def test_other_kinds_are_shown_as_they_are():
    ours = chart(frame([1, 2, 1, 3], 8), y="y", kind="np")
    assert ours.shown is ours


def test_per_multiplies_what_a_rate_plots_and_flags_the_same_points():
    counts = frame([3, 4, 30, 3, 5, 4], [100, 120, 110, 100, 90, 100])
    one, many = (chart(counts, y="y", kind="u", per=per) for per in (1, 1000))
    assert many.unit == "per 1,000"
    for name in ("y", "centre", "lower", "upper"):
        np.testing.assert_allclose(many.points[name], 1000 * one.points[name])
    assert one.points["outside"].tolist() == many.points["outside"].tolist()
    share = chart(counts, y="y", kind="p", per=100)
    assert (share.unit, share.shown) == ("%", share)


@pytest.mark.parametrize("per", [0, -1, True, "1000", np.nan])
def test_per_is_a_number_above_nought(per):
    with pytest.raises(ChartError, match="per= must be a number above 0"):
        chart(frame([3, 4], 9), y="y", kind="u", per=per)


def test_per_goes_with_rates_only():
    with pytest.raises(ChartError, match="an XmR chart plots none: use i_prime, p"):
        chart(frame([3, 4]), y="y", per=1000)


def test_a_measure_of_the_kit_brings_its_counts():
    weeks = pcqa.measures.dna_rate(pcqa.load_demo("appointments"))
    ours = chart(weeks, kind="p", improvement="down")
    np.testing.assert_allclose(ours.points["y"] * 100, weeks["value"])
    assert chart(weeks, kind="np").points["y"].tolist() == weeks["count"].tolist()
    assert chart(weeks).points["y"].tolist() == weeks["value"].tolist()
    with pytest.raises(ChartError, match="not shares: name their column with y="):
        chart(weeks, y="value", kind="p")


def test_titles_have_the_article_they_are_read_with():
    an = {name for name, kind in CHARTS.items() if kind.called.startswith("an ")}
    assert an == {"xmr", "i_prime", "np", "xbar", "s", "r", "ewma"}


def test_points_that_vary_more_than_chance_show_in_sigma_z():
    rng = np.random.default_rng(3)
    n = np.full(60, 400.0)
    by_chance = chart(frame(rng.binomial(400, 0.1, 60), n), y="y", kind="p").limits
    wild = rng.binomial(400, rng.uniform(0.02, 0.18, 60))
    plain, prime = (chart(frame(wild, n), y="y", kind=kind) for kind in ("p", "p_prime"))
    assert 0.7 < by_chance["sigma_z"][0] < 1.3
    assert plain.limits["sigma_z"][0] > 2
    assert plain.limits["sigma_z"][0] == prime.limits["sigma_z"][0]
    np.testing.assert_allclose(
        prime.limits["sigma"], plain.limits["sigma"] * plain.limits["sigma_z"]
    )


def test_limits_of_the_frame_are_those_of_the_latest_point():
    ours = chart(frame([3, 4, 6, 3], [50, 60, 55, 200]), y="y", kind="p", rebase={2: "why"})
    for phase, row in ((1, 1), (2, 3)):
        limits = ours.limits.set_index("phase").loc[phase]
        assert limits["upper"] == ours.points["upper"][row]
    assert ours.icons["upper"][0] == ours.points["upper"][3]


def test_a_frozen_baseline_pools_only_its_own_points():
    counts = frame([3, 4, 6, 30], [50, 60, 55, 50])
    ours = chart(counts, y="y", kind="p", baseline=3)
    assert ours.limits["centre"][0] == pytest.approx(13 / 165)
    assert ours.points["outside"].tolist() == [False, False, False, True]


def test_nothing_counted_at_all_has_no_limits():
    for kind in ("p", "np", "c", "u", "p_prime", "u_prime"):
        ours = chart(frame([0] * 6, 50), y="y", kind=kind)
        assert ours.limits["sigma"].isna().all()
        assert not ours.points["signal"].any()
        assert "no limits" in ours.explain()


def subgroups(sizes, seed=0) -> pd.DataFrame:
    x = np.repeat(np.arange(len(sizes)), sizes)
    return pd.DataFrame({"x": x, "y": np.random.default_rng(seed).normal(10, 2, len(x))})


def test_subgroups_of_unequal_size_pool_as_qicharts2_does():
    rows = subgroups([3, 5, 2, 4, 6])
    each = rows.groupby("x")["y"].agg(["mean", "std", "count"])
    n = each["count"].to_numpy()
    pooled = np.sqrt((each["std"] ** 2 * (n - 1)).sum() / (n - 1).sum())
    ours = chart(rows, y="y", kind="xbar").points
    np.testing.assert_allclose(ours["y"], each["mean"])
    np.testing.assert_allclose(ours["centre"], rows["y"].mean())
    np.testing.assert_allclose(ours["n"], n)
    np.testing.assert_allclose(ours["upper"], rows["y"].mean() + 3 * pooled / c4(n) / np.sqrt(n))
    spread = chart(rows, y="y", kind="s").points
    np.testing.assert_allclose(spread["y"], each["std"])
    np.testing.assert_allclose(spread["centre"], pooled)
    ranges = rows.groupby("x")["y"].agg(lambda y: y.max() - y.min())
    np.testing.assert_allclose(
        chart(rows, y="y", kind="r").points["centre"], d2(n) * (ranges / d2(n)).mean()
    )


def test_a_missing_value_in_a_subgroup_makes_it_smaller_and_an_empty_one_is_a_gap():
    rows = subgroups([4, 4, 4])
    rows.loc[0, "y"] = np.nan
    rows.loc[rows["x"] == 1, "y"] = np.nan
    ours = chart(rows, y="y", kind="xbar").points
    assert ours["n"].fillna(0).tolist() == [3, 0, 4]
    assert ours["y"].isna().tolist() == [False, True, False]


def test_ranges_are_not_used_of_large_subgroups():
    rows = subgroups([30, 30])
    with pytest.raises(ChartError, match="more than 25 values wastes"):
        chart(rows, y="y", kind="r")
    with pytest.raises(ChartError, match="another sigma="):
        chart(rows, y="y", kind="xbar", settings={"sigma": "UWAVE-R"})
    assert chart(rows, y="y", kind="s").limits["upper"][0] > 0


def test_a_slow_drift_is_seen_by_memory_before_single_points_see_it():
    drift = np.random.default_rng(3).normal(0, 1, 40)
    drift[20:] += 1.2
    for kind in ("ewma", "cusum"):
        ours = chart(frame(drift), y="y", kind=kind, baseline=20, improvement="down")
        assert ours.points["outside"][20:].any()
        assert not ours.points["outside"][:20].any()
        assert "concern" in ours.points["verdict"].tolist()
    assert not chart(frame(drift), y="y", baseline=20).points["outside"].any()


@pytest.mark.parametrize("kind", ["ewma", "cusum", "bernoulli_cusum"])
def test_memory_starts_anew_with_each_phase_and_passes_over_gaps(kind):
    y = np.array([0, 1, 1, np.nan, 1, 0, 1, 0, 1, 1, 0, 1], dtype=float)
    both = chart(frame(y), y="y", kind=kind, rebase={6: "why"}).points
    second = chart(frame(y[6:]), y="y", kind=kind).points
    np.testing.assert_array_equal(both["y"][6:], second["y"])
    assert both["y"].isna().tolist() == np.isnan(y).tolist()
    whole = chart(frame(y), y="y", kind=kind).points["y"].to_numpy()
    closed = chart(frame(y[~np.isnan(y)]), y="y", kind=kind, constants="d2")
    if kind != "cusum":  # whose sigma drops the steps beside a gap
        np.testing.assert_allclose(whole[~np.isnan(y)], closed.points["y"])


def test_a_cusum_below_its_lower_limit_is_a_signal_downwards():
    y = np.random.default_rng(8).normal(0, 1, 40)
    y[20:] -= 1.5
    ours = chart(frame(y), y="y", kind="cusum", baseline=20, improvement="down")
    low = ours.points["lower_sum"] < -5
    assert low.any()
    assert (ours.points["outside"] == low).all()
    assert set(ours.points["verdict"][low]) == {"improvement"}


def test_a_rising_risk_is_seen_case_by_case():
    rng = np.random.default_rng(5)
    cases = np.append(rng.random(300) < 0.04, rng.random(150) < 0.2).astype(float)
    ours = chart(frame(cases), y="y", kind="bernoulli_cusum", baseline=300)
    assert not ours.points["outside"][:300].any()
    assert ours.points["outside"][300:].any()
    given = chart(frame(cases), y="y", kind="bernoulli_cusum", settings={"p0": 0.2, "h": 5})
    assert given.limits["upper"][0] == 5
    assert not given.points["outside"].any()


def test_a_sum_has_no_target():
    for kind in ("cusum", "bernoulli_cusum"):
        with pytest.raises(ChartError, match="means nothing on a"):
            chart(frame([0, 1, 0, 1]), y="y", kind=kind, target=1)


def test_kinds_whose_limits_come_from_counts_are_never_screened():
    counts = frame([6, 7, 5, 40, 6, 7, 6, 5])
    ours = chart(counts, y="y", kind="c", rules="nhsr")
    assert not ours.screen
    assert "Screening" not in ours.explain()
    assert chart(counts, y="y", rules="nhsr").screen


def test_rules_on_times_between_events_weigh_distance_where_chance_is_even_handed():
    days = np.random.default_rng(1).weibull(1, 60) * 20
    ours = chart(frame(days), y="y", kind="t", constants="d2").points
    root = chart(frame(days ** (1 / 3.6)), y="y", constants="d2").points
    for rule in ("outside", "shift", "trend", "two_of_three"):
        assert ours[rule].tolist() == root[rule].tolist()
    np.testing.assert_allclose(ours["upper"], root["upper"] ** 3.6)
    np.testing.assert_array_equal(ours["y"], days)
