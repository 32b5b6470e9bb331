"""Funnels to 1e-9 against FunnelPlotR 0.6.0, or the formula where that package is wrong."""

from __future__ import annotations

import numpy as np
import pytest

from pcqa_teach.variation.dispersion import dispersion, trimmed, winsorised
from pcqa_teach.variation.funnels import funnel

CQC = "FunnelPlotR prints the CQC limits on the square-root scale: ours are squared back to ratios"
COUNTS = "FunnelPlotR gives ratios of counts the standard error of a proportion: ours is of the log"
UNSOUND = {
    "funnel_sr60__SR_CQC_od": CQC,
    "funnel_sr60__SR_CQC_unadj": CQC,
    "funnel_rc40__RC_od": COUNTS,
}
HOW = {
    "PR_od": {"limits": "approximate"},
    "PR_od_trim0": {"limits": "approximate", "winsorise": 0.0},
    "PR_unadj99": {"limits": "approximate", "overdispersion": "none"},
    "PR_unadj95": {"limits": "approximate", "overdispersion": "none"},
    "SR_SHMI_od": {"kind": "ratio"},
    "SR_SHMI_unadj": {"kind": "ratio", "overdispersion": "none"},
    "SR_CQC_od": {"kind": "ratio", "scale": "square_root"},
    "SR_CQC_unadj": {"kind": "ratio", "scale": "square_root", "overdispersion": "none"},
    "RC_od": {"kind": "counts"},
}
FILES = [
    *[f"funnel_pr40_binomial__{how}" for how in HOW if how.startswith("PR")],
    *[f"funnel_sr60__{how}" for how in HOW if how.startswith("SR")],
    "funnel_rc40__RC_od",
]
SOUND = [name for name in FILES if name not in UNSOUND]
EDGES = {"95": "95", "998": "99"}  # it writes 99 for its 99.8% limits


@pytest.fixture
def both(funnel_oracle):
    """Ours and theirs for one file."""

    def make(name: str):
        data, how = name.split("__")
        given = funnel_oracle("inputs", data)
        columns = {"numerator": "numerator", "denominator": "denominator", "unit": "practice"}
        return funnel(given, **columns, **HOW[how]), funnel_oracle("expected", f"fpr__{name}")

    return make


def same(ours, theirs) -> None:
    np.testing.assert_allclose(
        np.asarray(ours, float), np.asarray(theirs, float), rtol=1e-9, atol=1e-12
    )


@pytest.mark.parametrize("name", FILES)
def test_values_z_and_what_is_winsorised_or_left_out(name, both):
    ours, theirs = both(name)
    assert ours.points["practice"].tolist() == theirs["group"].tolist()
    same(ours.points["value"], theirs["rr"])
    same(ours.points["z"], theirs["Uzscore"])
    same(ours.dispersion.z, theirs["Wuzscore"])
    changed = theirs["truncated"] if "truncated" in theirs else theirs["winsorised"]
    assert (ours.dispersion.changed == (changed == 1)).all()


@pytest.mark.parametrize("name", SOUND)
def test_limits_of_every_unit(name, both):
    ours, theirs = both(name)
    for limit, theirs_name in EDGES.items():
        same(ours.points[f"naive_lower{limit}"], theirs[f"LCL{theirs_name}"])
        same(ours.points[f"naive_upper{limit}"], theirs[f"UCL{theirs_name}"])
        if ours.design.widened(ours.dispersion):
            same(ours.points[f"adjusted_lower{limit}"], theirs[f"OD{theirs_name}LCL"])
            same(ours.points[f"adjusted_upper{limit}"], theirs[f"OD{theirs_name}UCL"])


@pytest.mark.parametrize("name", SOUND)
def test_the_smooth_table_of_limits(name, both, funnel_oracle):
    ours, _ = both(name)
    table = funnel_oracle("expected", f"fpr__{name}__lookup")
    n = table["number_seq"].to_numpy()
    if ours.design.kind == "proportion":  # it asks for limits at fractions of a person: whole ones
        whole = n == np.floor(n)
        assert whole.any()
        n, table = n[whole], table[whole]
    limits = ours.limits_at(n)
    for limit in EDGES:
        same(limits[f"naive_lower{limit}"], table[f"ll{limit}"])
        same(limits[f"naive_upper{limit}"], table[f"ul{limit}"])
        if ours.design.widened(ours.dispersion):
            same(limits[f"adjusted_lower{limit}"], table[f"odll{limit}"])
            same(limits[f"adjusted_upper{limit}"], table[f"odul{limit}"])


@pytest.mark.parametrize("name", FILES)
def test_phi_and_tau_squared(name, both, funnel_oracle):
    ours, _ = both(name)
    row = funnel_oracle("expected", "fpr__phi_tau2").set_index("name").loc[name]
    if not row["draw_adjusted"]:  # it prints 0 where it was not asked; ours are never hidden
        name = name.replace("_unadj95", "_od").replace("_unadj99", "_od").replace("_unadj", "_od")
        row = funnel_oracle("expected", "fpr__phi_tau2").set_index("name").loc[name]
    same([ours.phi, ours.tau2], [row["phi"], row["tau2"]])


@pytest.mark.parametrize("name", SOUND)
def test_who_lies_outside(name, both, funnel_oracle):
    ours, _ = both(name)
    row = funnel_oracle("expected", "fpr__phi_tau2").set_index("name").loc[name]
    theirs = [] if not isinstance(row["outliers"], str) else row["outliers"].split("|")
    limit = "95" if name.endswith("95") else "998"
    out = ours.points.loc[ours.points[f"adjusted_outside{limit}"], "practice"]
    assert out.tolist() == theirs


@pytest.mark.parametrize("name", ["funnel_sr60__SR_CQC_od", "funnel_sr60__SR_CQC_unadj"])
def test_square_root_limits_are_those_of_cqc_squared_back(name, both):
    """Spiegelhalter 2005: limits are made on the root scale, then squared."""
    ours, theirs = both(name)
    same(ours.points["naive_lower95"], theirs["LCL95"])  # its exact Poisson limits are sound
    if ours.design.widened(ours.dispersion):
        for limit, theirs_name in EDGES.items():
            same(ours.points[f"adjusted_lower{limit}"], theirs[f"OD{theirs_name}LCL"] ** 2)
            same(ours.points[f"adjusted_upper{limit}"], theirs[f"OD{theirs_name}UCL"] ** 2)


def test_limits_of_ratios_of_counts_come_from_the_standard_error_of_a_log_ratio(both):
    """The log of a ratio of two counts has variance 1/o + 1/n, near enough."""
    ours, theirs = both("funnel_rc40__RC_od")
    n, target = theirs["denominator"].to_numpy(float), ours.target
    error = np.sqrt(1 / (target * n) + 1 / n)
    upper = target * np.exp(3.090232 * np.sqrt(error**2 + ours.tau2))
    np.testing.assert_allclose(ours.points["adjusted_upper998"], upper, rtol=2e-4)
    assert (ours.points["naive_upper998"] > theirs["UCL99"]).all()  # it draws them too narrow


def test_five_units_by_hand():
    """Spiegelhalter 2005: phi = mean square, tau squared from the weights."""
    z, error = np.array([-4.0, -2, 0, 2, 4]), np.array([0.1, 0.1, 0.2, 0.1, 0.1])
    found = dispersion(z, error, 0.0, trims=False)
    weights = [100, 100, 25, 100, 100]
    beyond = 40 - 4
    assert found.phi == 8
    same(found.tau2, beyond / (sum(weights) - sum(w * w for w in weights) / sum(weights)))


def test_units_closer_together_than_chance_have_no_tau():
    found = dispersion(np.array([-0.5, 0.2, 0.1, -0.3]), np.full(4, 0.1), 0.1, trims=False)
    assert found.tau2 == 0
    assert found.phi < 1


def test_winsorising_by_nothing_changes_nothing():
    z = np.array([3.0, -1, 2, 8])
    assert winsorised(z, 0.0)[0].tolist() == z.tolist()
    assert trimmed(z, 0.0)[0].tolist() == z.tolist()
