"""Arguments of every wrong type get a sentence; odd but right ones are taken."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError
from pcqa_teach.spc import RULES, Rule, chart

WRONG = [
    ({"rules": 5}, "no rule or preset of type int"),
    ({"rules": [["shift"]]}, "no rule or preset of type list"),
    ({"kind": ["xmr"]}, "no chart of kind"),
    ({"constants": ["a"]}, "is not known: give"),
    ({"improvement": ["up"]}, "is not a direction"),
    ({"n": ["n"]}, "no column"),
    ({"x": ["x"]}, "no column"),
    ({"by": ["x"]}, "rename that column"),
    ({"by": [["a"]]}, "no column"),
    ({"by": 5}, "no column"),
    ({"by": ["a", "b", "c"]}, "one column, or a list of two"),
    ({"by": ["a", "a"]}, "one column, or a list of two"),
    ({"run_length": "7"}, "not a number of points"),
    ({"run_length": 7.5}, "not a number of points"),
    ({"baseline": (1, 12)}, "neither a date nor a whole number"),
    ({"rebase": [["2023-04-01"]]}, "is not a date"),
]


@pytest.mark.parametrize(("given", "sentence"), WRONG, ids=[str(given) for given, _ in WRONG])
def test_a_wrong_type_is_refused_in_a_sentence(series, stable, given, sentence):
    with pytest.raises(ChartError, match=sentence) as caught:
        chart(series(stable), **given)
    assert "\n" not in str(caught.value)


def test_a_numpy_number_is_a_run_length(series, stable):
    ours = chart(series(stable), run_length=np.int64(6))
    assert [rule.options.get("k") for rule in ours.rules] == [None, 6, 6, None]


def test_one_text_is_one_note(series, stable):
    assert chart(series(stable), notes="Part-weeks left out.").notes == ("Part-weeks left out.",)
    frame = series(stable, notes="From the measure.")
    assert chart(frame).notes == ("From the measure.",)


def test_groups_that_have_no_row_do_not_ride_along(series, stable):
    frame = series(stable).assign(g=pd.Categorical(["b"] * 24, categories=["a", "b", "secret"]))
    ours = chart(frame, by="g")
    for table in (ours.points, ours.limits, ours.icons):
        assert list(pd.Categorical(table["g"]).categories) == ["b"]
    assert ours.single("b").explain()


def test_a_new_rule_brings_all_its_words(series):
    def flag(seen):
        return (seen.y > 40).astype(np.int8)

    top = Rule("top", flag, "a point above 40", why="{side} 40, near {limit}", now="far up {when}")
    ours = chart(series([1, 5, 2, 50]), rules=[top])
    assert ours.message == "Missed appointments: far up in Jul 2022"
    assert "above 40, near " in ours.explain()
    bare = chart(series([1, 5, 2, 50]), rules=[Rule("my_own", flag, "a point above 40")])
    assert ": my own (" in bare.explain()


def test_every_rule_that_the_kit_brings_says_why():
    words = dict.fromkeys(("side", "way", "edge", "count", "centre", "limit", "near"), "X")
    assert all("X" in rule.reason(**words) for rule in RULES.values())
