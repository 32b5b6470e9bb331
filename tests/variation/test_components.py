"""Variance components and capability: what is found, what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.spc import chart
from pcqa_teach.variation import capability, components


def nested(practices=15, clinicians=5, each=8, sd=(1.0, 2.0, 3.0), seed=1) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    practice = np.repeat(np.arange(practices), clinicians * each)
    clinician = np.tile(np.repeat(np.arange(clinicians), each), practices)
    minutes = (
        10
        + rng.normal(0, sd[0], practices)[practice]
        + rng.normal(0, sd[1], practices * clinicians)[practice * clinicians + clinician]
        + rng.normal(0, sd[2], len(practice))
    )
    return pd.DataFrame({"practice": practice, "clinician": clinician, "minutes": minutes})


def test_balanced_groups_give_the_textbook_anova_estimates():
    frame = nested(sd=(0.0, 2.0, 3.0), practices=1, clinicians=20, each=10)
    found = components(frame, value="minutes", groups="clinician")
    cells = frame["minutes"].to_numpy().reshape(20, 10)
    between = 10 * cells.mean(axis=1).var(ddof=1)
    within = cells.var(axis=1, ddof=1).mean()
    variance = found.table["variance"].to_numpy()
    np.testing.assert_allclose(variance, [(between - within) / 10, within], rtol=1e-4)
    assert found.icc == pytest.approx(variance[0] / variance.sum())


def test_two_levels_are_told_apart():
    found = components(nested(40), value="minutes", groups=["practice", "clinician"])
    shares = found.table.set_index("level")["share"]
    assert shares["clinician"] == pytest.approx(4 / 14, abs=0.08)
    assert shares["within"] == pytest.approx(9 / 14, abs=0.08)
    assert shares.sum() == pytest.approx(1)
    assert found.table["groups"].tolist() == [40, 200, 1600]


def test_shares_do_not_depend_on_the_unit():
    frame = nested(12)
    hours = frame.assign(minutes=frame["minutes"] / 60 + 5)
    one, other = (components(f, value="minutes", groups="practice") for f in (frame, hours))
    np.testing.assert_allclose(one.table["share"], other.table["share"], rtol=1e-3, atol=1e-6)


def test_groups_that_do_not_differ_give_a_sentence():
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({"gp": np.repeat(range(20), 60), "minutes": rng.normal(size=1200)})
    found = components(frame, value="minutes", groups="gp")
    assert found.icc < 0.01
    flat = pd.DataFrame({"gp": list("aabb"), "minutes": [1.0, 3, 1, 3]})
    said = " ".join(components(flat, value="minutes", groups="gp").explain().split())
    assert "singular fit" in said
    assert "only 2 gps: how far they differ is a guess" in said


@pytest.mark.parametrize(
    ("frame", "groups", "said"),
    [(pd.DataFrame({"gp": list("aab"), "minutes": 1.0}), "gp", "never varies"),
     (pd.DataFrame({"gp": list("aaa"), "minutes": [1.0, 2, 3]}), "gp", "one group"),
     (pd.DataFrame({"gp": list("abc"), "minutes": [1.0, 2, 3]}), "gp", "one value for each"),
     (pd.DataFrame({"gp": list("aab"), "minutes": [1.0, np.nan, 3]}), "gp", "empty in row 2"),
     (nested(3), ["practice", "practice"], "one column or two"),
     (nested(3).assign(clinician=0), ["practice", "clinician"], "one of the two alone")],
)  # fmt: skip
def test_what_cannot_be_split_is_refused(frame, groups, said):
    with pytest.raises(DataError, match=said):
        components(frame, value="minutes", groups=groups)


STABLE = pd.DataFrame({"x": range(30), "value": np.random.default_rng(4).normal(10, 1, 30)})


def test_capability_by_hand():
    found = capability(STABLE, lower=5, upper=14)
    sigma = np.abs(np.diff(STABLE["value"])).mean() * 2.66 / 3
    mean = STABLE["value"].mean()
    assert found.cp == pytest.approx(9 / (6 * sigma))
    assert found.cpk == pytest.approx(min(14 - mean, mean - 5) / (3 * sigma))
    assert found.ppk == pytest.approx(min(14 - mean, mean - 5) / (3 * STABLE["value"].std()))
    assert found.cpk_lower < found.cpk < found.cpk_upper
    assert np.isnan(capability(STABLE, upper=14).cp)


def test_the_share_beyond_is_counted_and_expected():
    found = capability(STABLE, upper=10.5)
    assert found.beyond == (STABLE["value"] > 10.5).mean()
    assert 0.1 < found.beyond_expected < 0.6
    assert "change the process" in found.explain()


def test_none_missed_so_far_is_not_said_to_be_missing():
    found = capability(STABLE, upper=STABLE["value"].max() + 0.1, title="Wait")
    assert (found.missed, found.cpk < 1) == (0, True)
    assert found.message.startswith(
        "Wait: steady, but too close to the limit you asked for: none of 30 missed it so far; if"
        " the values are bell-shaped, about "
    )
    assert found.message.endswith(" in 100 would")
    assert "go on missing" not in found.explain()


def test_limits_that_are_missed_or_met_are_said_so():
    missed = capability(STABLE, upper=10.5)
    assert f"at times beyond the limit you asked for: {missed.missed} of 30" in missed.message
    assert "more often than not" in capability(STABLE, upper=9).message
    met = capability(STABLE, lower=0, upper=20).message
    assert met == "Value: steady, and well within the limits you asked for: none of 30 missed them"


def test_capability_is_drawn_with_what_is_asked_and_what_is_done():
    found = capability(STABLE, lower=5, upper=14, title="Wait", unit="days")
    picture = found.figure()
    assert picture.alt == found.alt_text
    assert "Asked for: 5 days to 14 days" in picture.alt
    low, high = found.natural
    assert f"runs from {low:.1f} to {high:.1f} days" in picture.alt
    assert found.data_table().frame["Index"].tolist() == ["Cp", "Cpk", "Pp", "Ppk"]


def test_an_unstable_process_is_refused_with_the_reason():
    moved = STABLE.assign(value=STABLE["value"] + np.where(STABLE["x"] >= 15, 3, 0))
    with pytest.raises(DataError, match="not stable") as caught:
        capability(moved, upper=20)
    assert "7 or more points in a row on one side" in str(caught.value)
    settled = chart(moved, rebase={15: "new rota"})
    assert capability(settled, upper=20).points == 15


def test_a_constant_process_and_a_wrong_specification_are_refused():
    with pytest.raises(DataError, match="no limits"):
        capability(STABLE.assign(value=7.0), upper=9)
    for wrong in ({}, {"lower": 5, "upper": 4}, {"upper": "ten"}, {"upper": np.inf}):
        with pytest.raises(DataError):
            capability(STABLE, **wrong)
    with pytest.raises(DataError, match="one series"):
        capability(chart(STABLE, kind="run"), upper=9)
    with pytest.raises(ChartError):
        capability(STABLE, upper=9, y="nothing")
