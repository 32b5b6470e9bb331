"""Interrupted time series: the sums, how sure they are, the words, and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import DataError, PcqaError
from pcqa_teach.juran.impact import its, naive_before_after
from pcqa_teach.juran.impact.errors import fit_over_time, lags_for

WEEKS = pd.date_range("2024-01-01", periods=60, freq="W-MON")


def weekly(seed: int = 1, level: float = 0.0, slope: float = 0.0, points: int = 60, alike=0.0):
    rng = np.random.default_rng(seed)
    error = rng.normal(size=points + 50)
    for i in range(1, len(error)):
        error[i] += alike * error[i - 1]
    time = np.arange(points)
    after = time >= points // 2
    y = 50 + 0.1 * time + after * (level + slope * (time - points // 2)) + error[50:]
    return pd.DataFrame({"week": WEEKS[:1].repeat(points) + pd.to_timedelta(7 * time, "D"), "n": y})


def middle(frame: pd.DataFrame) -> pd.Timestamp:
    return frame["week"].iloc[len(frame) // 2]


def design(points: int) -> np.ndarray:
    time = np.arange(points, dtype=float)
    after = (time >= points // 2).astype(float)
    return np.column_stack([np.ones(points), time, after, after * (time - points // 2)])


def test_the_terms_and_newey_west_errors_are_those_of_statsmodels() -> None:
    import statsmodels.api as sm

    frame = weekly(level=-4, slope=-0.1)
    found = its(frame, "week", "n", middle(frame))
    by_hand = sm.OLS(frame["n"].to_numpy(), design(60)).fit(
        cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True}
    )
    effects = found.effects.set_index("effect")
    assert found.fit.lags == lags_for(60) == 3
    assert found.fit.terms == pytest.approx(by_hand.params, rel=1e-9)
    assert effects.loc[["level", "slope"], "error_newey_west"].to_numpy() == pytest.approx(
        by_hand.bse[2:], rel=1e-9
    )
    average = by_hand.t_test(np.array([0, 0, 1, 14.5]))
    assert effects.loc["average", "estimate"] == pytest.approx(average.effect[0], rel=1e-9)
    assert effects.loc["average", "error_newey_west"] == pytest.approx(average.sd[0][0], rel=1e-9)


def test_newey_west_errors_are_the_weighted_sums_they_are_said_to_be() -> None:
    points, lags = 20, lags_for(20)
    terms = design(points)
    y = weekly(seed=5, points=points)["n"].to_numpy()
    fit = fit_over_time(y, terms)
    scores = terms * fit.residuals[:, None]
    middle_part = scores.T @ scores
    for lag in range(1, lags + 1):
        beside = scores[lag:].T @ scores[:-lag]
        middle_part += (1 - lag / (lags + 1)) * (beside + beside.T)
    inverse = np.linalg.inv(terms.T @ terms)
    expected = inverse @ middle_part @ inverse * points / (points - 4)
    assert fit.newey_west == pytest.approx(expected, rel=1e-8)


def test_the_errors_for_alike_neighbours_are_those_of_the_whole_matrix() -> None:
    points = 24
    terms = design(points)
    fit = fit_over_time(weekly(seed=12, points=points, alike=0.6)["n"].to_numpy(), terms)
    rho = fit.likeness
    assert 0.1 < rho < 0.9
    apart = np.abs(np.subtract.outer(np.arange(points), np.arange(points)))
    inverse = np.linalg.inv(terms.T @ terms)
    maker = np.eye(points) - terms @ inverse @ terms.T
    spread = rho**apart
    rest = maker @ spread @ maker
    ratio = fit.residuals[1:] @ fit.residuals[:-1] / (fit.residuals @ fit.residuals)
    assert np.trace(rest, 1) / np.trace(rest) == pytest.approx(ratio, abs=2e-3)
    variance = fit.residuals @ fit.residuals / np.trace(rest)
    expected = variance * inverse @ terms.T @ spread @ terms @ inverse
    assert fit.alike == pytest.approx(expected, rel=1e-6)


def coverage(points: int, alike: float, method: str, runs: int) -> float:
    contrast = np.array([[0, 0, 1.0, (points // 2 - 1) / 2]])
    held = 0
    for seed in range(runs):
        y = weekly(seed=seed, points=points, alike=alike)["n"].to_numpy()
        fit = fit_over_time(y, design(points))
        reach = fit.reach(0.95) * fit.errors(contrast, method)[0, 0]
        held += abs(float((contrast @ fit.terms)[0])) <= reach
    return held / runs


def test_the_careful_interval_holds_the_truth_and_newey_west_alone_does_not() -> None:
    assert coverage(24, 0.3, "careful", 150) > 0.86
    assert coverage(24, 0.3, "newey-west", 150) < 0.86


@pytest.mark.slow
@pytest.mark.parametrize("points", [24, 52, 104])
@pytest.mark.parametrize("alike", [0.0, 0.3, 0.6])
def test_95_percent_intervals_hold_the_truth_about_nine_times_in_ten_or_more(points, alike) -> None:
    assert 0.86 <= coverage(points, alike, "careful", 400) <= 0.995


def test_planted_level_and_slope_are_found_and_the_naive_answer_is_another() -> None:
    frame = weekly(level=-6, slope=-0.2)
    found = its(frame, "week", "n", middle(frame), improvement="down")
    effects = found.effects.set_index("effect")
    truth = {"level": -6, "slope": -0.2, "average": -6 - 0.2 * 14.5, "end": -6 - 0.2 * 29}
    for name, value in truth.items():
        assert effects.loc[name, "low"] < value < effects.loc[name, "high"]
    assert found.naive.change == pytest.approx(truth["average"] + 3.0, abs=0.8)
    assert "as hoped" in found.message
    assert "naive before and after" in found.explain()


def test_a_series_that_only_drifts_shows_no_change_though_before_and_after_differ() -> None:
    frame = weekly(seed=4)
    found = its(frame, "week", "n", middle(frame))
    assert "no clear change" in found.message
    assert found.naive.low > 0
    assert "nobody can say that anything happened" in found.explain()


def dip(seed: int, rise: float) -> pd.DataFrame:
    """Draw a drop at the change that goes again."""
    rng, time = np.random.default_rng(seed), np.arange(40)
    y = 30 - 5 * (time >= 20) + rise * np.maximum(time - 20, 0) + rng.normal(0, 1, 40)
    return pd.DataFrame({"week": WEEKS[:40], "n": y})


@pytest.mark.parametrize(
    ("rise", "lasts"), [(0.33, "whether it lasts is not"), (0.5, "it did not last")]
)
def test_a_drop_that_is_clear_is_said_though_the_average_is_not(rise, lasts) -> None:
    frame = dip(1, rise)
    found = its(frame, "week", "n", middle(frame), title="Calls at 8", unit="calls a day")
    average, level = found.effect("average"), found.effect("level")
    assert average["low"] < 0 < average["high"]
    assert level["high"] < 0
    assert found.message == (
        f"Calls at 8: a drop at the change is clear ({-level['high']:.2f} to {-level['low']:.2f}"
        f" calls a day); {lasts}"
    )
    said = found.explain()
    assert "no clear change" not in said
    assert "nobody can say that anything happened" not in said


def test_the_method_stands_in_one_last_line_and_no_code_on_the_picture() -> None:
    for errors in ("careful", "newey-west"):
        frame = weekly(seed=3, alike=0.7)
        found = its(frame, "week", "n", middle(frame), errors=errors)
        *parts, last = found.explain().split("\n\n")
        assert last.startswith("How it was worked out: ")
        assert "Newey" in last
        rest = " ".join(parts) + " ".join(found.cautions) + found.alt_text
        assert not any(one in rest for one in ("Newey", "season=", "errors=", "degrees of freedom"))


def test_the_wrong_way_is_called_so() -> None:
    frame = weekly(level=6)
    found = its(frame, "week", "n", middle(frame), improvement="down")
    assert "the wrong way" in found.message


def test_texting_results_is_found_in_the_synthetic_practice(root) -> None:
    weeks = pd.read_csv(root / "data" / "synthetic" / "failure_weekly.csv")
    found = its(weeks, "week", "results", "2024-11-17", improvement="down")
    average = found.effect("average")
    assert average["high"] < 0
    assert -0.60 < average["percent"] < -0.40
    assert any("11 Nov 2024" in one for one in found.cautions)


def test_a_comparison_takes_away_what_both_share() -> None:
    frame = weekly(seed=2, level=-3)
    shock = np.random.default_rng(9).normal(scale=6, size=60)
    frame["n"] += shock
    frame["elsewhere"] = 70 + shock
    alone = its(frame, "week", "n", middle(frame)).effect("average")
    beside = its(frame, "week", "n", middle(frame), comparison="elsewhere")
    assert beside.effect("average")["error"] < alone["error"] / 2
    assert beside.effect("average")["low"] < -3 < beside.effect("average")["high"]
    assert "comparison" in beside.points.columns
    assert "'elsewhere'" in beside.explain()


def test_waves_of_the_year_are_taken_out() -> None:
    frame = weekly(level=-3, points=120)
    days = (frame["week"] - frame["week"].iloc[0]).dt.days
    frame["n"] += 8 * np.sin(2 * np.pi * days / 365.25)
    change = frame["week"].iloc[70]
    frame["n"] = frame["n"] - 3.0 * (frame.index >= 70) + 3.0 * (frame.index >= 60)
    plain = its(frame, "week", "n", change).effect("level")
    allowed = its(frame, "week", "n", change, season=1).effect("level")
    assert abs(allowed["estimate"] + 3) < abs(plain["estimate"] + 3)
    assert allowed["low"] < -3 < allowed["high"]


def test_a_week_that_holds_both_sides_is_left_out_and_said() -> None:
    frame = weekly(level=-3)
    found = its(frame, "week", "n", middle(frame) + pd.Timedelta(days=2))
    assert found.points["used"].tolist().count(False) == 1
    assert any("holds days of before and after" in one for one in found.cautions)


def test_every_caution_has_its_cause() -> None:
    short = weekly(points=14)
    far = weekly()
    far.loc[10, "n"] += 40
    gap = weekly()
    gap.loc[5, "n"] = np.nan
    falling = weekly(points=40)
    falling["n"] = (
        40 - 1.9 * np.arange(40) * (np.arange(40) < 20) + np.random.default_rng(1).random(40)
    )
    falling.loc[20:, "n"] = 3 + np.random.default_rng(2).random(20)
    cases = {
        "fewer than 8": short,
        "Far from the lines: 11 Mar 2024": far,
        "Missing: 1 week": gap,
        "below zero": falling,
        "alike even about the lines": weekly(seed=3, alike=0.7),
    }
    for words, frame in cases.items():
        said = its(frame, "week", "n", middle(frame)).cautions
        assert any(words in one for one in said), words


def test_other_things_that_happened_are_set_beside_the_finding() -> None:
    frame = weekly(level=-3)
    near, away = middle(frame) + pd.Timedelta(days=9), frame["week"].iloc[3]
    found = its(frame, "week", "n", middle(frame), events={near: "New phones", away: "Flu"})
    said = " ".join(found.cautions)
    assert "New phones. It is too near" in said
    assert "Flu. It may account" in said


def test_row_order_is_nothing_and_the_frame_is_left_alone() -> None:
    frame = weekly(level=-3)
    mixed = frame.sample(frac=1, random_state=3)
    kept = mixed.copy()
    first = its(frame, "week", "n", middle(frame)).effects
    second = its(mixed, "week", "n", middle(frame)).effects
    pd.testing.assert_frame_equal(mixed, kept)
    pd.testing.assert_frame_equal(first, second)


@settings(max_examples=15)
@given(shift=st.floats(-1e3, 1e3), scale=st.floats(0.01, 100))
def test_effects_scale_with_the_measure_and_do_not_see_a_shift(shift, scale) -> None:
    frame = weekly(level=-3, points=24)
    moved = frame.assign(n=frame["n"] * scale + shift)
    first = its(frame, "week", "n", middle(frame)).effects[["estimate", "low", "high"]]
    second = its(moved, "week", "n", middle(frame)).effects[["estimate", "low", "high"]]
    assert second.to_numpy() == pytest.approx(first.to_numpy() * scale, rel=1e-6, abs=1e-6)


@settings(max_examples=40)
@given(
    values=st.lists(
        st.one_of(st.floats(allow_nan=True, allow_infinity=False, width=32), st.none()),
        max_size=14,
    ),
    at=st.integers(-2, 16),
)
def test_any_numbers_give_a_finding_or_a_sentence(values, at) -> None:
    frame = pd.DataFrame({"x": np.arange(len(values)), "y": pd.array(values, dtype="Float64")})
    try:
        found = its(frame, "x", "y", at)
    except PcqaError as error:
        said = [str(error)]
    else:
        said = [found.explain(), found.alt_text]
    assert all(one.endswith(".") for one in said)


@pytest.mark.parametrize(
    ("change", "frame", "options"),
    [
        ("no date", weekly(), {}),
        ("2024-01-08", weekly(), {}),
        ("2030-01-01", weekly(), {}),
        ("2024-07-01", weekly().head(0), {}),
        ("2024-07-01", weekly().head(1), {}),
        ("2024-07-01", weekly().drop(columns="n"), {}),
        ("2024-07-01", weekly().assign(n="zebra"), {}),
        ("2024-07-01", weekly().assign(n=np.inf), {}),
        ("2024-07-01", weekly().assign(n=True), {}),
        ("2024-07-01", weekly().assign(n=7), {}),
        ("2024-07-01", weekly().assign(week=WEEKS[0]), {}),
        ("2024-07-01", weekly().assign(week="soon"), {}),
        ("2024-07-01", weekly().assign(week=pd.NaT), {}),
        ("2024-07-01", [1, 2, 3], {}),
        ("2024-07-01", weekly(), {"comparison": "elsewhere"}),
        ("2024-07-01", weekly(), {"season": 9}),
        ("2024-07-01", weekly(), {"errors": "none"}),
        ("2024-07-01", weekly(), {"improvement": "sideways"}),
        ("2024-07-01", weekly(), {"confidence": 95}),
        ("2024-07-01", weekly(), {"events": {"someday": "x"}}),
    ],
)  # fmt: skip
def test_what_cannot_be_judged_is_refused_in_one_sentence(change, frame, options) -> None:
    with pytest.raises(PcqaError) as caught:
        its(frame, "week", "n", change, **options)
    text = str(caught.value)
    assert text.endswith(".")
    assert "zebra" not in text
    assert "\n" not in text


def test_the_picture_says_its_message_and_names_every_mark() -> None:
    frame = weekly(level=-6)
    picture = its(frame, "week", "n", middle(frame), title="Calls at eight").figure()
    text = picture.svg.decode()
    assert "Calls at eight" in picture.alt
    assert "30 weeks before, 30 weeks after" in picture.alt
    assert text.startswith("<?xml")
    assert picture.name == "calls-at-eight-interrupted-time-series"


def test_the_sums_lead_from_the_terms_to_the_effects() -> None:
    frame = weekly(level=-6, slope=0.1)
    found = its(frame, "week", "n", middle(frame))
    rows = found.arithmetic().set_index("step")["value"]
    assert rows["average effect"] == pytest.approx(found.effect("average")["estimate"])
    assert rows["effect at the end"] == pytest.approx(found.effect("end")["estimate"])
    assert rows["level"] + 29 * rows["slope change"] == pytest.approx(rows["effect at the end"])


def test_naive_is_two_means_and_says_that_it_misleads() -> None:
    found = naive_before_after([9, 8, 10, 9], [6, 7, 5, np.nan])
    assert found.change == pytest.approx(-3.0)
    assert found.means["n"].tolist() == [4, 3]
    assert "regression to the mean" in found.explain()
    assert "misleads" in found.figure().alt


def test_averages_of_whole_numbers_have_no_needless_decimals() -> None:
    found = naive_before_after([9, 8, 10, 9, 9] * 4, [6, 7, 5, 6, 6] * 4)
    assert "went from 9 to 6, down 33%" in found.explain()
    assert "9 before, 6 after, 3 lower" in found.alt_text
    assert "from 9.3 to 6.2" in naive_before_after([9, 9, 10] * 9, [6, 6, 6, 7] * 9).explain()
    fine = naive_before_after([9.12, 9.13, 9.15] * 9, [9.01, 9.03, 9.02] * 9).explain()
    assert "from 9.1333 to 9.0200" in fine


def test_the_naive_interval_is_welchs_or_that_of_the_pairs() -> None:
    from scipy import stats

    before, after = np.array([9.0, 8, 10, 9, 12]), np.array([6.0, 7, 5, 6, 9])
    found = naive_before_after(before, after)
    welch = stats.ttest_ind(after, before, equal_var=False).confidence_interval()
    assert (found.low, found.high) == pytest.approx((welch.low, welch.high))
    paired = naive_before_after(before, after, paired=True)
    pairs = stats.ttest_rel(after, before).confidence_interval()
    assert (paired.low, paired.high) == pytest.approx((pairs.low, pairs.high))


@pytest.mark.parametrize(
    ("before", "after", "options"),
    [([1], [2, 3], {}), (["a", "b"], [1, 2], {}), ("text", [1, 2], {}), ([1, 2], [True, False], {}),
     ([1, 2, 3], [1, 2], {"paired": True}), ([1, np.inf], [1, 2], {})],
)  # fmt: skip
def test_naive_refuses_what_has_no_two_means(before, after, options) -> None:
    with pytest.raises(DataError):
        naive_before_after(before, after, **options)


def test_values_that_never_vary_have_no_naive_change():
    for before, after in (([9, 9, 9], [6, 6, 6]), ([9, 9, 9], [9, 9, 9])):
        with pytest.raises(DataError, match="Nothing varies"):
            naive_before_after(before, after)
