"""What a chart says aloud, in its title, its alt text and its explanation."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import numpy as np
import pandas as pd
import pytest

import pcqa_teach.spc
from pcqa_teach.spc import chart

MODULES = [module.name for module in pkgutil.iter_modules(pcqa_teach.spc.__path__)]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_hold(name):
    module = importlib.import_module(f"pcqa_teach.spc.{name}")
    assert doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE).failed == 0


def test_a_stable_series_is_called_steady_between_its_limits(series, stable):
    ours = chart(series(stable, unit="%"))
    assert ours.message.startswith("Missed appointments: steady, between ")
    assert "No point is special cause" in ours.alt_text
    assert "chasing chance" in ours.explain()


def test_the_latest_signal_is_the_message(series, stable):
    high = chart(series(np.append(stable, 12)), improvement="down")
    assert high.message == "Missed appointments: unusually high in Apr 2024, a concern"
    low = chart(
        series(np.append(stable, [7.5, *stable[:9] - 1.5])), improvement="down", baseline=24
    )
    assert (
        low.message == "Missed appointments: below its mean for the last 9 months, an improvement"
    )


def test_an_old_signal_is_named_as_past(series, stable):
    spike = stable.copy()
    spike[10] = 12
    ours = chart(series(spike), improvement="down")
    assert ours.message == "Missed appointments: ordinary now; unusually high in Feb 2023"
    assert "Ask what was different in Feb 2023" in ours.explain()


def test_every_flagged_point_is_explained_with_every_rule(series, stable):
    frame = series(np.append(stable[:12], [3.9, 4.0, 4.1, 4.2, 4.3, 4.4, 4.5, 4.6]))
    ours = chart(frame, improvement="down", baseline=12)
    text = " ".join(ours.explain().split())
    for _, row in ours.points[ours.points["signal"]].iterrows():
        line = text.split(f"- {row['x']:%b %Y}, ")[1].split("- ")[0]
        assert ("in a row below" in line) == row["shift"]
        assert ("in a row rising" in line) == row["trend"]
        assert ("below the lower limit" in line) == row["outside"]
        assert ("two of three" in line) == row["two_of_three"]


def test_a_run_suggests_where_to_look_and_never_starts_a_phase(series, stable):
    ours = chart(series(np.append(stable, [7.5, *stable[:9] - 1.5])), baseline=24)
    assert "Look at what changed in May 2024" in " ".join(ours.explain().split())
    assert ours.limits["phase"].tolist() == [1]


def test_short_constant_tied_gapped_and_alike_series_are_owned_up_to(series):
    def said(values) -> str:
        return " ".join(chart(series(values)).explain().split())

    rng = np.random.default_rng(2)
    assert "only 8 points" in said(rng.normal(size=8))
    assert "no limits: neighbouring values never differ" in said([7.0] * 15)
    assert "Values repeat: 2 different ones among 20" in said([1, 2] * 10)
    assert "1 value is missing" in said([1, np.nan, *rng.normal(size=20)])
    assert "Neighbouring points are alike" in said(np.cumsum(rng.normal(size=40)))
    assert "Neighbouring points are alike" not in said(np.tile([1.0, 3.0, 2.0, 4.0], 10))
    assert "at least two neighbouring values" in said([1, np.nan, 2, np.nan, 3])


def test_alt_text_is_one_to_three_sentences(series, stable):
    for ours in (
        chart(series(stable), target=6, improvement="down"),
        chart(series(stable), kind="run"),
        chart(series(stable[:5])),
        chart(series(stable), rebase={12: "why"}),
        chart(pd.concat([series(stable).assign(g=g) for g in "ab"]), by="g"),
    ):
        assert 1 <= ours.alt_text.count(". ") + 1 <= 3
        assert ours.alt_text.endswith(".")


def test_a_measure_brings_its_title_unit_and_notes_and_arguments_win(series, stable):
    frame = series(stable, title="Same-day share", unit="%", notes=["Part-weeks left out."])
    ours = chart(frame)
    assert (ours.title, ours.unit, ours.notes) == ("Same-day share", "%", ("Part-weeks left out.",))
    other = chart(frame, title="T", unit="", notes=[])
    assert (other.title, other.unit, other.notes) == ("T", "", ())


def test_a_share_is_never_said_to_lie_beyond_0_or_100():
    values = [3.0, 9.0, 2.0, 8.0, 1.0, 9.0, 3.0, 8.0, 2.0, 9.0, 1.0, 7.0, 3.0]
    frame = pd.DataFrame({"x": range(13), "value": values})
    share = chart(frame, unit="%")
    assert share.limits["lower"].iloc[0] < 0
    assert "limits 0.0% to" in share.alt_text
    assert "no share can be: it is drawn at 0%" in share.explain()


def test_one_point_is_said_as_one_point(series, stable):
    both = pd.concat(
        [series(stable).assign(g="a"), series([5.0], start="2024-01-01").assign(g="b")]
    )
    one = chart(both, by="g").single("b")
    assert one.message == "Missed appointments, b: only one value, 5%"
    said = " ".join([one.explain(), one.alt_text])
    assert "from 1 point, 1 Jan 2024." in said
    assert "XmR chart of 1 point, 1 Jan 2024" in said
    assert "1 points" not in said
    assert "1 Jan 2024 to 1 Jan 2024" not in said


@pytest.mark.parametrize("gaps", [[], [3], [3, 4, 20]])
def test_a_moving_range_that_cannot_be_is_not_missing(series, stable, gaps):
    values = stable.copy()
    values[gaps] = np.nan
    ours = chart(series(values), kind="mr", rebase={12: "why"}, exclude=[8])
    said = f"({len(gaps)} missing)" in ours.alt_text
    assert said == bool(gaps)
    assert ("missing" in ours.explain()) == bool(gaps)
