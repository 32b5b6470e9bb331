"""Regression to the mean and difference in differences."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import PcqaError
from pcqa_teach.juran.impact import diff_in_diff, regression_to_the_mean


def people(seed: int = 1, size: int = 4000, effect: float = 0.0, spell: float = 1.0):
    """Draw counts of three periods: a lasting rate for each person, and a passing spell."""
    rng = np.random.default_rng(seed)
    rate = 6 * rng.gamma(1.2, 1 / 1.2, size)
    draws = [rng.poisson(rate * rng.gamma(1 / spell, spell, size)) for _ in range(3)]
    frame = pd.DataFrame(dict(zip(["earlier", "before", "after"], draws, strict=True)))
    top = frame["before"].sort_values(ascending=False, kind="stable").index[: round(0.03 * size)]
    frame.loc[top, "after"] = np.round(frame.loc[top, "after"] * (1 - effect))
    return frame


@pytest.fixture(scope="module")
def attendance(root) -> dict[str, pd.DataFrame]:
    whole = pd.read_csv(root / "data" / "synthetic" / "attendance.csv.gz")
    return dict(tuple(whole.groupby("copy")))


def check_scheme(usual: pd.DataFrame, scheme: pd.DataFrame) -> None:
    """Hold T08: naive about -38%, to be expected about -31%, and -10% that is true."""
    found = regression_to_the_mean(scheme, comparison=usual)
    assert found.naive.percent == pytest.approx(-0.38, abs=0.05)
    assert found.best["method"] == "comparison"
    assert found.best["change"] == pytest.approx(-0.31, abs=0.05)
    assert found.best["left"] == pytest.approx(-0.10, abs=0.03)
    assert found.best["left_low"] < -0.10 < found.best["left_high"]
    ratios = found.arithmetic().set_index("step")["value"]
    assert ratios["expected ratio"] * ratios["left"] == pytest.approx(ratios["seen"])


def test_the_scheme_looks_like_38_percent_and_is_10(attendance) -> None:
    check_scheme(attendance["usual"], attendance["scheme"])


def test_it_gives_the_figures_that_the_generator_planted(attendance, root) -> None:
    import json

    planted = json.loads((root / "data" / "synthetic" / "truth.json").read_text())["scheme"]
    found = regression_to_the_mean(attendance["scheme"], comparison=attendance["usual"])
    assert int(found.people["n"].iloc[0]) == planted["people"]
    assert found.naive.percent == pytest.approx(planted["naive_before_after"], abs=0.002)
    assert found.best["change"] == pytest.approx(planted["without_scheme"], abs=0.002)
    assert found.best["left"] == pytest.approx(planted["against_comparison"], abs=0.003)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2155, 7, 11])
def test_the_scheme_is_taken_apart_whatever_the_seed(seed) -> None:
    from pcqa_teach.data import synthetic
    from pcqa_teach.data.synthetic.files import attendance

    copies = [synthetic.practice(seed=seed, scheme=one, with_calls=False) for one in (False, True)]
    grown = dict(tuple(attendance(*copies).groupby("copy")))
    check_scheme(grown["usual"], grown["scheme"])


def test_with_no_scheme_the_whole_fall_is_to_be_expected() -> None:
    frame = people()
    found = regression_to_the_mean(frame, earlier="earlier", comparison=people(seed=2))
    assert found.naive.percent < -0.25
    assert found.estimates["method"].tolist() == [
        "comparison", "persistence", "line", "correlation"
    ]  # fmt: skip
    first = found.estimates.iloc[:2]
    assert (first["left_low"] < 0).all()
    assert (first["left_high"] > 0).all()
    assert "perhaps nothing" in found.message


def test_a_real_effect_is_left_over() -> None:
    found = regression_to_the_mean(people(effect=0.3), comparison=people(seed=2))
    assert found.best["left_high"] < 0
    assert found.best["left_low"] < -0.3 < found.best["left_high"]


def test_galtons_line_holds_where_everyone_regresses_alike() -> None:
    rng = np.random.default_rng(3)
    size, r = 20000, 0.6
    before = 50 + 10 * rng.normal(size=size)
    after = 50 + r * (before - 50) + 10 * np.sqrt(1 - r**2) * rng.normal(size=size)
    found = regression_to_the_mean(pd.DataFrame({"before": before, "after": after}), correlation=r)
    chosen = found.people["before"].iloc[0]
    assert found.estimates["expected"].to_numpy() == pytest.approx(
        50 + r * (chosen - 50), rel=0.005
    )
    assert found.people["after"].iloc[0] == pytest.approx(50 + r * (chosen - 50), rel=0.01)


def test_people_chosen_for_the_fewest_are_expected_to_rise() -> None:
    found = regression_to_the_mean(people().query("before > 0"), extreme="low", share=0.1)
    assert found.naive.percent > 0
    assert found.best["change"] > 0
    assert "a rise is to be expected" in found.explain()


def test_without_a_comparison_it_says_what_it_rests_on() -> None:
    found = regression_to_the_mean(people())
    assert found.best["method"] == "line"
    assert "assumes that everyone regresses alike" in found.explain()


def test_the_picture_of_regression_says_its_numbers(attendance) -> None:
    picture = regression_to_the_mean(attendance["scheme"], comparison=attendance["usual"]).figure()
    assert "295 people chosen" in picture.alt
    assert "down 37%" in picture.alt


@settings(max_examples=30)
@given(
    values=st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=0, max_size=60),
    share=st.sampled_from([0.03, 0.2, 0.5]),
)
def test_any_counts_give_a_finding_or_a_sentence(values, share) -> None:
    frame = pd.DataFrame(values, columns=["before", "after"])
    try:
        found = regression_to_the_mean(frame, share=share)
    except PcqaError as error:
        said = str(error)
    else:
        said = found.explain()
    assert said.endswith(".")


@pytest.mark.parametrize(
    ("frame", "options"),
    [
        (people().head(0), {}),
        (people().head(1), {}),
        (people().head(60), {}),
        (people().drop(columns="after"), {}),
        (people().assign(before="x"), {}),
        (people().assign(before=-1), {}),
        (people().assign(before=0), {}),
        (people().assign(before=np.inf), {}),
        (people().assign(before=True), {}),
        (people().assign(before=3), {}),
        (people(), {"share": 0}),
        (people(), {"share": True}),
        (people(), {"extreme": "both"}),
        (people(), {"correlation": 3}),
        (people(), {"earlier": "never"}),
        (people(), {"comparison": pd.DataFrame()}),
        (people(), {"comparison": 3}),
        (people(), {"before": "after"}),
        (3, {}),
    ],
)
def test_what_has_no_extreme_group_is_refused_in_a_sentence(frame, options) -> None:
    with pytest.raises(PcqaError) as caught:
        regression_to_the_mean(frame, **options)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)


def panel(seed=1, effect=0.0, drift=0.0, members=12, weeks=20) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    own = rng.normal(20, 3, 2 * members)
    shared = rng.normal(0, 1, weeks)
    member, week = np.divmod(np.arange(2 * members * weeks), weeks)
    changed = member < members
    y = own[member] + shared[week] + rng.normal(0, 1, len(week)) + changed * drift * week
    y += effect * (changed & (week >= weeks // 2))
    return pd.DataFrame({
        "week": week, "practice": [f"P{one:02d}" for one in member],
        "arm": np.where(changed, "scheme", "usual"), "y": y,
    })  # fmt: skip


def found_in(frame: pd.DataFrame, **options):
    return diff_in_diff(frame, "week", "y", "arm", 10, treated="scheme", **options)


def test_the_effect_is_the_difference_of_four_means() -> None:
    frame = panel(effect=-2)
    found = found_in(frame, member="practice")
    cells = frame.groupby(["arm", frame["week"] >= 10])["y"].mean()
    by_hand = (cells["scheme", True] - cells["scheme", False]) - (
        cells["usual", True] - cells["usual", False]
    )
    assert found.effect["estimate"] == pytest.approx(by_hand)
    assert found.means["change"].iloc[2] == pytest.approx(by_hand)
    assert found.effect["low"] < -2 < found.effect["high"] < 0
    assert found.naive.change == pytest.approx(found.means["change"].iloc[0])


def test_clustered_errors_are_those_of_statsmodels() -> None:
    import statsmodels.formula.api as smf
    from scipy import stats

    frame = panel(effect=-2)
    found = found_in(frame, member="practice")
    late = frame.assign(treated=(frame["arm"] == "scheme") * 1, late=(frame["week"] >= 10) * 1)
    fit = smf.ols("y ~ treated * late", late).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(late["practice"])[0]}
    )
    assert found.errors == "clusters"
    assert found.effect["error"] == pytest.approx(fit.bse["treated:late"], rel=1e-8)
    reach = stats.t.ppf(0.975, 23) * found.effect["error"]
    assert found.effect["high"] - found.effect["estimate"] == pytest.approx(reach)


def test_clustered_intervals_hold_the_truth() -> None:
    held = [
        found.effect["low"] <= -1 <= found.effect["high"]
        for found in (found_in(panel(seed, -1.0), member="practice") for seed in range(60))
    ]
    assert np.mean(held) > 0.86


def test_two_series_without_members_use_errors_over_time() -> None:
    frame = panel(effect=-2).groupby(["week", "arm"], as_index=False)["y"].mean()
    found = found_in(frame)
    assert found.errors == "newey-west"
    assert found.effect["low"] < -2 < found.effect["high"] < 0
    assert "One series stands for each group" in found.explain()


def test_groups_that_drift_apart_before_the_change_are_named() -> None:
    assert "already widening" in found_in(panel(drift=0.3), member="practice").parallel
    assert "no sign" in found_in(panel(seed=3), member="practice").parallel


def closing(slope: float, effect: float, noise: float) -> pd.DataFrame:
    """Draw two series: the gap of about 8 closes week by week, and falls at week 22."""
    rng, week = np.random.default_rng(4), np.arange(44)
    gap = 8 - slope * week - effect * (week >= 22) + rng.normal(0, noise, 44)
    return pd.DataFrame({
        "week": np.tile(week, 2), "arm": ["a"] * 44 + ["b"] * 44,
        "y": np.concatenate([30 + gap, np.full(44, 30.0)]),
    })  # fmt: skip


def test_how_much_of_the_difference_a_drift_could_explain_is_said_in_the_title_too() -> None:
    frame = closing(0.18, 1.3, 3.0)
    found = diff_in_diff(frame, "week", "y", "arm", 22, treated="a", unit="calls a day")
    trend, effect = found.trend, found.effect
    assert trend["span"] == 22
    assert trend["drift"] == pytest.approx(22 * trend["slope"])
    assert trend["low"] < 0 < trend["high"]  # an unsure drift
    assert effect["high"] < 0  # a clear fall
    assert trend["drift"] / effect["estimate"] > 0.5
    assert "The gap was already closing by about" in found.parallel
    assert "over the 22 points" in found.parallel
    assert found.parallel.endswith("We cannot rule out that much of the difference is that drift.")
    assert "no sign" not in found.explain()
    assert "of that may be a drift from before the change" in found.message


def test_a_small_drift_stays_out_of_the_title() -> None:
    found = diff_in_diff(closing(0.0, 6, 0.5), "week", "y", "arm", 22, treated="a")
    assert "drift" not in found.message
    assert "no sign" in found.parallel


def test_two_periods_alone_cannot_be_checked_for_drift() -> None:
    frame = panel(effect=-2, weeks=2)
    found = diff_in_diff(frame, "week", "y", "arm", 1, treated="scheme", member="practice")
    assert "cannot be checked" in found.parallel
    assert np.isfinite(found.effect["low"])
    assert found.figure().alt


def test_four_numbers_give_an_effect_without_an_interval() -> None:
    frame = pd.DataFrame({"week": [1, 2, 1, 2], "arm": list("aabb"), "y": [5.0, 3, 6, 6]})
    found = diff_in_diff(frame, "week", "y", "arm", 2, treated="a")
    assert found.effect["estimate"] == -2
    assert found.naive is None
    assert "too few points" in found.message
    assert "no interval can be given" in found.explain()


def test_members_without_every_date_are_said() -> None:
    assert any(
        "Not every member" in one
        for one in found_in(panel().drop(index=[0, 1]), member="practice").explain().split("\n")
    )


def test_neither_row_order_nor_the_callers_frame_matters() -> None:
    frame = panel(effect=-2)
    mixed = frame.sample(frac=1, random_state=2)
    kept = mixed.copy()
    second = found_in(mixed, member="practice")
    pd.testing.assert_frame_equal(mixed, kept)
    assert second.effect["estimate"] == pytest.approx(
        found_in(frame, member="practice").effect["estimate"]
    )


@pytest.mark.parametrize(
    ("frame", "options"),
    [
        (panel().head(0), {}),
        (panel().head(1), {}),
        (panel().assign(arm="scheme"), {}),
        (panel().assign(arm=None), {}),
        (panel().assign(arm=["a", "b", "c", "d"] * 120), {}),
        (panel(), {"treated": "other"}),
        (panel(), {"change": 99}),
        (panel(), {"change": "soon"}),
        (panel(), {"member": "who"}),
        (panel(), {"member": None}),
        (panel().assign(practice=None), {}),
        (panel().assign(y="x"), {}),
        (panel().assign(y=np.inf), {}),
        (panel().assign(y=False), {}),
    ],
)
def test_groups_that_cannot_be_compared_are_refused_in_a_sentence(frame, options) -> None:
    asked = {"change": 10, "treated": "scheme", "member": "practice", **options}
    with pytest.raises(PcqaError) as caught:
        diff_in_diff(frame, "week", "y", "arm", asked.pop("change"), **asked)
    assert str(caught.value).endswith(".")
    assert "\n" not in str(caught.value)
