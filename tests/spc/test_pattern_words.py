"""Signals that point neither way: their verdict, their headline, and where to look."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.spc import chart
from pcqa_teach.spc.rules import rule

PATTERNS = {
    "fourteen_alternating": (
        np.resize([6.6, 7.3], 16),
        "going up and down by turns",
        "two sources take turns",
    ),
    "eight_outside": (
        np.resize([7.5, 6.0, 6.0], 9),
        "jumping between high and low",
        "two processes are mixed",
    ),
    "fifteen_within": (
        6.7 + np.resize([0.0, 0.05, 0.03, -0.02], 18),
        "closer to its mean than chance would keep it",
        "whether the limits still fit",
    ),
}
AFTER = [6.9, 6.0, 6.1, 7.0, 6.5, 6.3]


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_is_neutral_whatever_is_better_and_says_what_it_is(series, stable, name):
    values, words, look = PATTERNS[name]
    ours = chart(series(np.append(stable, values)), rules=[name], baseline=24, improvement="down")
    flagged = ours.points[name].to_numpy()
    assert flagged[24:].all()
    assert (ours.points["verdict"][flagged] == "neutral").all()
    assert ours.points["signal"].equals(ours.points[name])
    assert ours.icons["variation"].tolist() == ["neutral"]
    lately = len(flagged) - 1 - np.flatnonzero(~flagged)[-1]
    assert f": {words} for the last {lately} months" in ours.message
    text = " ".join(ours.explain().split())
    why = ours.data_table().frame["Why"]
    assert why.str.contains(f"one of {lately} in a row").sum() == lately
    assert text.count(f"one of {lately} in a row") == min(lately, 12)
    assert look in text


@pytest.mark.parametrize("name", PATTERNS)
def test_a_pattern_that_is_over_is_past(series, stable, name):
    values, words, _ = PATTERNS[name]
    ours = chart(series(np.concatenate([stable, values, AFTER])), rules=[name], baseline=24)
    assert f"ordinary now; {words} from " in ours.message
    assert ours.icons["variation"].tolist() == ["common"]


def test_a_direction_says_more_than_a_pattern(series, stable):
    values = [*np.resize([7.5, 6.0], 9), 12.0]
    ours = chart(series(np.append(stable, values)), rules="nelson", baseline=24, improvement="down")
    last = ours.points.iloc[-1]
    assert last["outside"]
    assert last["eight_outside"]
    assert last["verdict"] == "concern"
    line = " ".join(ours.explain().split()).split("- Jan 2025, ")[1].split(" Variation")[0]
    assert "upper limit of" in line
    assert "one of 10 in a row" in line


def test_a_function_that_points_neither_way_is_said(series):
    odd = rule(lambda seen: np.where(seen.y > 4, 2, 0), name="odd")
    now, past = (chart(series(values), rules=[odd]) for values in ([1, 2, 5], [1, 5, 2]))
    assert now.message == "Missed appointments: unusual in Jun 2022"
    assert past.message == "Missed appointments: ordinary now; unusually placed in May 2022"


def test_where_most_points_are_flagged_and_signals_disagree_there_is_no_one_verdict():
    high, low = [6.8, 6.7, 6.6, 6.6, 6.8, 6.5, 6.6, 6.7, 6.7, 6.9], [3.4, 3.2, 3.4, 3.8, 4.1, 4.8]
    rising = [4.0, 4.1, 4.2, 4.3, 4.5, 4.8, 5.0, 5.06]
    days = pd.date_range("2024-01-01", periods=24, freq="MS")
    frame = pd.DataFrame({"x": days, "value": high + low + rising})
    ours = chart(frame, title="Missed", unit="%", improvement="down")
    assert "no one mean fits the whole time" in ours.message
    assert "improvement" not in ours.message
    assert "data_table" not in ours.explain()
