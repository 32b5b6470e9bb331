"""What a funnel counts, says, hides and refuses."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import ChartError, DataError, PcqaError
from pcqa_teach.variation import Funnel, funnel
from pcqa_teach.variation.exact import binomial_limit

COLUMNS = {"numerator": "missed", "denominator": "booked", "unit": "practice"}


def words(text: str) -> str:
    return " ".join(text.split())


def test_units_that_differ_by_chance_alone_need_no_over_dispersion(network):
    ours = funnel(network(200, spread=0.0), **COLUMNS)
    assert ours.phi < 1
    assert ours.tau == 0
    assert (ours.points["adjusted_upper998"] == ours.points["naive_upper998"]).all()
    assert ours.outside()["adjusted_limits"].str.contains("none found: as naive").all()
    assert "those of chance" in ours.explain()


def test_the_spread_between_units_is_found_again(network):
    ours = funnel(network(400, spread=0.02, low=5000, high=20000), **COLUMNS, scale="proportion")
    assert ours.tau == pytest.approx(0.02, rel=0.25)
    assert ours.tau_value == pytest.approx(ours.tau, rel=1e-6)


def test_both_counts_stand_side_by_side_with_their_scale_and_limits(network):
    outside = funnel(network(60, spread=0.02), **COLUMNS).outside()
    assert outside["limit"].tolist() == ["99.8%", "95%"]
    assert (outside["naive"] > outside["adjusted"]).all()
    assert outside["naive_limits"].tolist() == ["exact binomial"] * 2
    assert outside["adjusted_limits"][0] == "additive, arcsine scale, z = 3.0902"


def test_a_unit_on_its_limit_is_inside(network):
    ours = funnel(network(30), **COLUMNS)
    edge = ours.limits_at([100.0])["naive_upper998"][0]
    points = pd.DataFrame({"practice": ["a", "b"], "missed": [0, 40], "booked": [100, 100]})
    on = funnel(points, **COLUMNS, target=0.2)
    value, upper = on.points["value"][1], on.points["naive_upper998"][1]
    assert bool(on.points["naive_outside998"][1]) == (value > upper)
    assert 0 < edge < 1


@pytest.mark.parametrize("share", [0.001, 0.025, 0.975, 0.999])
@pytest.mark.parametrize("n", [20, 1000])
def test_exact_binomial_limits_lie_between_the_counts_that_chance_parts(n, share):
    """Spiegelhalter 2005: a straight line between two counts, so that limits are smooth in n."""
    from scipy.stats import binom

    at = float(binomial_limit(np.array([float(n)]), 0.3, share)[0]) * n
    below = np.floor(at + 1e-9)
    step = binom.pmf(below + 1, n, 0.3)
    assert binom.cdf(below, n, 0.3) + (at - below) * step == pytest.approx(share, abs=1e-12)


def test_multiplicative_limits_are_wider_by_the_root_of_phi(network):
    frame = network(80, spread=0.02)
    ours = funnel(frame, **COLUMNS, overdispersion="multiplicative", scale="proportion")
    point = ours.points.iloc[0]
    reach = point["adjusted_upper998"] - ours.target
    error = np.sqrt(ours.target * (1 - ours.target) / point["denominator"])
    assert reach == pytest.approx(3.090232 * error * np.sqrt(ours.phi))


def test_no_over_dispersion_leaves_the_naive_limits_and_still_tells_phi(network):
    ours = funnel(network(60, spread=0.02), **COLUMNS, overdispersion=None)
    assert ours.phi > 2
    assert (ours.outside()["naive"] == ours.outside()["adjusted"]).all()
    assert "were not allowed for" in ours.explain()


def test_a_rate_per_thousand_is_a_ratio_of_expected_events():
    frame = pd.DataFrame(
        {"practice": list("abcde"), "missed": [12, 30, 22, 80, 41], "booked": [900.5, 2000, 1500,
                                                                             2500, 3000]}
    )  # fmt: skip
    rate = funnel(frame, **COLUMNS, kind="rate", per=1000, overdispersion="none")
    target = frame["missed"].sum() / frame["booked"].sum()
    ratio = funnel(
        frame.assign(booked=frame["booked"] * target), **COLUMNS, kind="ratio",
        overdispersion="none",
    )  # fmt: skip
    assert rate.target == pytest.approx(1000 * target)
    np.testing.assert_allclose(
        rate.points["naive_upper998"] / rate.target, ratio.points["naive_upper998"], rtol=1e-12
    )


def test_byar_comes_close_to_the_exact_poisson_limits():
    frame = pd.DataFrame({"practice": list("ab"), "missed": [90, 130], "booked": [100.0, 110.0]})
    exact, byar = (
        funnel(frame, **COLUMNS, kind="ratio", limits=limits).limits_at([5.0, 100.0])
        for limits in ("exact", "byar")
    )
    np.testing.assert_allclose(byar["naive_upper998"], exact["naive_upper998"], rtol=0.005)
    assert (byar["naive_lower998"] - exact["naive_lower998"]).abs().max() < 0.02


def test_improvement_gives_the_verdict_its_direction(network):
    frame = network(60, spread=0.02, seed=5)
    frame.loc[0, "missed"] = int(frame["booked"][0] * 0.4)
    assert funnel(frame, **COLUMNS, improvement="down").points["verdict"][0] == "concern"
    assert funnel(frame, **COLUMNS, improvement="up").points["verdict"][0] == "improvement"
    assert funnel(frame, **COLUMNS).points["verdict"][0] == "neutral"


def test_units_without_numbers_or_people_are_set_aside_and_said(network):
    frame = network(20).astype({"missed": float})
    frame.loc[3, "missed"] = np.nan
    frame.loc[4, ["missed", "booked"]] = 0
    ours = funnel(frame, **COLUMNS)
    assert len(ours.points) == 18
    assert "1 row without a number set aside" in ours.explain()
    assert "1 row with nobody to count" in ours.explain()


def test_few_units_and_copied_values_are_owned_up_to(network):
    assert "is a guess: 10 or more" in words(funnel(network(5), **COLUMNS).explain())
    same = pd.DataFrame({"practice": range(12), "missed": 5, "booked": 100})
    ours = funnel(same, **COLUMNS)
    assert "All practices have the same value" in ours.explain()
    assert ours.outside()["naive"].sum() == 0


def test_an_outlier_is_a_question(network):
    text = words(funnel(network(60, spread=0.02), **COLUMNS).explain())
    assert "An outlier is a question, not a verdict" in text
    assert "A funnel is no league table" in text


def test_arithmetic_leads_from_the_sums_to_tau(network):
    ours = funnel(network(60, spread=0.02), **COLUMNS)
    steps = ours.arithmetic().set_index("step")["value"]
    assert steps["Sum of z squared"] / 60 == pytest.approx(ours.phi)
    assert steps["Beyond chance"] / steps["Weights"] == pytest.approx(ours.tau2)
    assert steps["Events"] / steps["Out of"] == pytest.approx(ours.target)


SMALL = pd.DataFrame(
    {"practice": [f"P{i}" for i in range(12)], "missed": [3, 0, 9, 12, 8, 11, 7, 10, 9, 13, 6, 8],
     "booked": [61, 90, 103, 100, 100, 110, 95, 120, 100, 130, 90, 100]}
)  # fmt: skip


def test_small_numbers_are_kept_out_of_all_that_is_shown():
    ours = funnel(SMALL, **COLUMNS, suppress=True, labels=["P0", "P3"])
    table = ours.data_table().frame.set_index("practice")
    assert table.loc["P0", "events"] == "fewer than 5"
    assert pd.isna(table.loc["P0", "value"])
    assert table.loc["P1", "events"] == "0"
    assert "Events" not in ours.arithmetic()["step"].tolist()  # a total would give it away
    assert "events ·" not in ours.figure().svg.decode()
    assert "P0" not in ours.explain().split()
    assert "1 unit with 1 to 4 events not shown" in ours.explain()


def test_a_suppressed_unit_is_not_drawn():
    import matplotlib.pyplot as plt

    def drawn(**options):
        ax = funnel(SMALL, **COLUMNS, **options).plot()
        count = sum(len(one.get_offsets()) for one in ax.collections)
        plt.close(ax.figure)
        return count

    assert (drawn(), drawn(suppress=True)) == (12, 11)


def test_the_frame_is_not_changed_and_row_order_does_not_matter(network):
    frame = network(40, spread=0.02)
    kept = frame.copy(deep=True)
    ours = funnel(frame, **COLUMNS)
    pd.testing.assert_frame_equal(frame, kept)
    other = funnel(frame.sample(frac=1, random_state=2), **COLUMNS)
    assert other.phi == pytest.approx(ours.phi, rel=1e-12)
    both = ours.points.set_index("practice"), other.points.set_index("practice")
    same = both[1].loc[both[0].index, "adjusted_outside998"]
    assert same.tolist() == both[0]["adjusted_outside998"].tolist()


WRONG = [
    ({"missed": [1, 2, 300]}, {}, DataError, "more than 'booked' in row 3"),
    ({"missed": [1, -2, 3]}, {}, DataError, "below 0 in row 2"),
    ({"missed": [1, np.inf, 3]}, {}, DataError, "infinite in row 2"),
    ({"missed": ["1", "Smith", "2"]}, {}, DataError, "not a number in row 2"),
    ({"missed": [True, False, True]}, {}, DataError, "yes and no"),
    ({"missed": [1.5, 2, 3]}, {}, DataError, "not a whole number in row 1"),
    ({"missed": [0, 0, 0]}, {}, DataError, "nothing differs"),
    ({"missed": [100, 100, 100]}, {}, DataError, "nothing but events"),
    ({"booked": [100, 0, 100]}, {}, DataError, "is 0 where 'missed' is not, in row 2"),
    ({"booked": [100, np.nan, np.nan]}, {}, DataError, "1 unit"),
    ({"practice": ["a", "a", "b"]}, {}, DataError, "add up the rows"),
    ({"practice": ["a", None, "b"]}, {}, DataError, "empty in row 2"),
    ({}, {"numerator": "nothing"}, DataError, "no column 'nothing'"),
    ({}, {"numerator": ["missed"]}, DataError, "There is no column"),
    ({}, {"kind": "share"}, ChartError, "no funnel of kind"),
    ({}, {"scale": "log"}, ChartError, "does not suit"),
    ({}, {"limits": "byar"}, ChartError, "do not suit"),
    ({}, {"limits": "wide"}, ChartError, "not known"),
    ({}, {"overdispersion": "some"}, ChartError, "not known"),
    ({}, {"improvement": "left"}, ChartError, "not a direction"),
    ({}, {"target": 5.7}, DataError, "0.057 for 5.7%"),
    ({}, {"target": True}, DataError, "target must be a number"),
    ({}, {"per": 1000}, ChartError, "per cent"),
    ({}, {"winsorise": 0.5}, DataError, "winsorise"),
    ({}, {"kind": "counts", "limits": "exact"}, ChartError, "'approximate'"),
]


@pytest.mark.parametrize(("cells", "options", "error", "said"), WRONG)
def test_mistakes_are_said_in_one_sentence(cells, options, error, said):
    good = {"practice": ["a", "b", "c"], "missed": [5, 6, 7], "booked": [100, 100, 100]}
    with pytest.raises(error) as caught:
        funnel(pd.DataFrame({**good, **cells}), **{**COLUMNS, **options})
    assert said in str(caught.value)
    assert "Smith" not in str(caught.value)


def test_no_table_no_rows_and_a_doubled_column_are_refused():
    frame = pd.DataFrame({"practice": [], "missed": [], "booked": []})
    for wrong in (None, [1, 2], frame):
        with pytest.raises(DataError):
            funnel(wrong, **COLUMNS)
    doubled = pd.DataFrame([[1, 2, 3, 4]], columns=["practice", "missed", "missed", "booked"])
    with pytest.raises(DataError, match="more than once"):
        funnel(doubled, **COLUMNS)
    named = pd.DataFrame({"value": ["a", "b"], "missed": [1, 2], "booked": [10, 10]})
    with pytest.raises(ChartError, match="rename"):
        funnel(named, **{**COLUMNS, "unit": "value"})


@pytest.mark.parametrize("size", [0, -1, np.nan, 2.5, "ten"])
def test_limits_are_asked_at_sizes_that_can_be(network, size):
    with pytest.raises(DataError, match="sizes above 0"):
        funnel(network(12), **COLUMNS).limits_at([size])


counts = st.lists(
    st.tuples(st.integers(0, 400), st.integers(0, 400)), min_size=1, max_size=25
)  # fmt: skip


@settings(max_examples=60)
@given(
    counts, st.sampled_from(["proportion", "ratio", "rate", "counts"]), st.booleans(),
    st.sampled_from(["additive", "multiplicative", "none"]),
)  # fmt: skip
def test_any_counts_give_a_funnel_or_a_sentence(pairs, kind, suppress, overdispersion):
    frame = pd.DataFrame(pairs, columns=["missed", "booked"])
    frame["practice"] = [f"P{i}" for i in range(len(frame))]
    try:
        ours = funnel(frame, **COLUMNS, kind=kind, overdispersion=overdispersion, suppress=suppress)
    except PcqaError:
        return
    assert isinstance(ours, Funnel)
    points = ours.points
    for which in ("naive", "adjusted"):
        assert (points[f"{which}_lower998"] <= points[f"{which}_lower95"] + 1e-12).all()
        assert (points[f"{which}_lower95"] <= ours.target + 1e-12).all() or kind == "proportion"
        assert (points[f"{which}_upper95"] <= points[f"{which}_upper998"] + 1e-12).all()
    assert ours.tau2 >= 0
    said = [ours.message, ours.alt_text, ours.explain(), str(ours.data_table())]
    assert not any("nan" in text.replace("NaN", "").split() for text in said)
