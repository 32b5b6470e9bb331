"""What may be given as `rules=`: presets, names, rules and functions of one's own."""

from __future__ import annotations

import functools

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.errors import ChartError, DataError
from pcqa_teach.spc import PRESETS, RULES, Rule, chart
from pcqa_teach.spc.rules import WHOLE, rule

LENGTHS = {
    "mdc": {"outside": {}, "shift": {"k": 7}, "trend": {"k": 7},
            "two_of_three": {"between": False, "anywhere": False}},
    "nhsr": {"outside": {}, "shift": {"k": 7}, "trend": {"k": 7},
             "two_of_three": {"between": True, "anywhere": False}},
    "western_electric": {"outside": {}, "two_of_three": {"between": False, "anywhere": True},
                         "four_of_five": {"anywhere": True}, "shift": {"k": 8}},
    "nelson": {"outside": {}, "shift": {"k": 9}, "trend": {"k": 6}, "fourteen_alternating": {},
               "two_of_three": {"between": False, "anywhere": True},
               "four_of_five": {"anywhere": True}, "fifteen_within": {}, "eight_outside": {}},
    "anhoej": {"outside": {}, "anhoej": {}},
}  # fmt: skip


@pytest.mark.parametrize("preset", PRESETS)
def test_each_preset_has_its_rules_and_their_lengths(series, stable, preset):
    ours = chart(series(stable), rules=preset)
    assert {one.name: dict(one.options) for one in ours.rules} == LENGTHS[preset]
    assert ours.rules_title == PRESETS[preset].title


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_says_whose_it_is_when_to_use_it_and_how_it_differs(preset):
    told = PRESETS[preset]
    assert set(told.rules) <= set(RULES)
    assert all((told.title, told.source, told.use.endswith("."), told.differs.endswith(".")))


@pytest.mark.parametrize("name", RULES)
def test_a_rule_says_what_it_is_and_shows_it_on_its_example(name):
    one = RULES[name]
    assert one.name == name
    assert one.definition.endswith(".")
    assert one.use.endswith(".")
    assert one.differs.endswith(".")
    assert one.source
    codes = one(one.example.evidence)
    assert 5 <= len(codes) <= 15
    assert (codes != 0).any()


def test_the_sixes_are_making_data_counts_other_published_option(series):
    frame = series([6, 8, 6, 8, 6, 8, 9, 9, 9, 9, 9, 9, 5, 5, 6, 7])
    seven = chart(frame, rules="mdc").points["shift"]
    six = chart(frame, rules="mdc", run_length=6).points["shift"]
    assert (seven.sum(), six.sum()) == (7, 7)
    assert chart(frame, run_length=8).points["shift"].sum() == 0
    assert "6 is its other published option" in PRESETS["mdc"].differs


def test_rules_can_be_named_one_by_one(series, stable):
    one = chart(series(stable), rules=["outside", "shift"])
    assert [rule.name for rule in one.rules] == ["outside", "shift"]
    assert one.rules_title == "chosen by hand"
    assert chart(series(stable), rules="shift").rules == (RULES["shift"],)
    assert chart(series(stable), rules=[]).rules == ()


def test_a_rule_takes_other_options_and_another_name(series):
    six = RULES["shift"].with_(k=6, name="shift_6")
    ours = chart(series([1, 2] * 5 + [3] * 6 + [1, 2] * 3), rules=["shift", six])
    assert (ours.points["shift"].sum(), ours.points["shift_6"].sum()) == (7, 7)
    assert six.sentence.startswith("6 or more")
    assert RULES["shift"].options == {"k": 7}


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"n": 6}, "has no option 'n': its options: k"),
        ({"k": 2}, "k=2 is not a number of points"),
        ({"k": "6"}, "k=6 is not a number of points"),
    ],
)
def test_an_option_that_is_not_one_is_refused(options, sentence):
    with pytest.raises(ChartError, match=sentence):
        RULES["shift"].with_(**options)
    with pytest.raises(ChartError, match="between= must be True or False"):
        RULES["two_of_three"].with_(between=1)


def test_a_preset_and_more_keeps_the_limits_of_the_preset(series, stable):
    alone = chart(series(stable), rules="nhsr")
    more = chart(series(stable), rules=["nhsr", "four_of_five", "shift"])
    assert [rule.name for rule in more.rules] == [*LENGTHS["nhsr"], "four_of_five"]
    assert (more.screen, more.constants, more.preset) == (True, "wheeler", None)
    pd.testing.assert_frame_equal(more.limits, alone.limits)


def test_two_rules_cannot_fill_one_column(series, stable):
    with pytest.raises(ChartError, match="Two different rules are called 'shift'"):
        chart(series(stable), rules=["mdc", "nelson"])
    with pytest.raises(ChartError, match="cannot be called 'signal'"):
        chart(series(stable), rules=rule(lambda seen: seen.y > 1, name="signal"))


def test_an_unknown_rule_is_refused_by_name(series):
    with pytest.raises(ChartError, match=r"no rule or preset 'nelsen'.*nelson"):
        chart(series([1, 2, 3]), rules="nelsen")
    with pytest.raises(ChartError, match="no rule or preset 'shfit'"):
        chart(series([1, 2, 3]), rules=["outside", "shfit"])
    with pytest.raises(ChartError, match="no rule or preset of type dict"):
        chart(series([1, 2, 3]), rules={"shift": {"k": 6}})


def test_a_function_is_a_column_like_any_other(series):
    def over_four(seen):
        """The value is over four."""
        return seen.y > 4

    ours = chart(series([1, 5, 2, 4]), rules=["mdc", over_four], improvement="up")
    assert ours.points["over_four"].tolist() == [False, True, False, False]
    assert ours.points["verdict"].tolist()[1] == "improvement"
    assert "- The value is over four: 1 point." in ours.explain()
    assert "5.0%: the value is over four (an improvement)" in ours.explain()


def test_true_points_the_way_of_its_side_and_neither_way_on_the_line(series):
    ours = chart(series([1, 3, 2, 2]), rules=[lambda seen: seen.y > 0], exclude=[3])
    assert ours.workings.codes["own_rule"].tolist() == [-1, 1, WHOLE, 0]


def test_a_decorated_function_brings_its_words(series):
    @rule(name="far_up", says="above {level}", why="{side} the {centre}", options={"level": 4})
    def anything(seen, level):
        return np.where(seen.y > level, 1, 0)

    assert isinstance(anything, Rule)
    ours = chart(series([1, 5, 2, 4]), rules=anything.with_(level=3))
    assert ours.points["far_up"].tolist() == [False, True, False, True]
    assert "- Above 3: 2 points." in ours.explain()
    assert "5.0%: above the mean" in ours.explain()


def test_a_bare_decorator_and_a_partial_keep_the_name_of_the_function(series):
    def beyond(seen, sigmas):
        return seen.beyond(sigmas)

    @rule
    def top(seen):
        return (seen.y == seen.y.max()).tolist()

    ours = chart(series([1, 5, 2, 4]), rules=[top, functools.partial(beyond, sigmas=1)])
    assert [one.name for one in ours.rules] == ["top", "beyond"]


GIVEN = {
    "a list of bools": lambda seen: [value > 4 for value in seen.y],
    "a pandas series": lambda seen: pd.Series(seen.y) > 4,
    "nullable bools": lambda seen: pd.Series(seen.y > 4).astype("boolean"),
    "whole numbers": lambda seen: (seen.y > 4).astype(int),
    "floats": lambda seen: (seen.y > 4).astype(float),
}


@pytest.mark.parametrize("kind", GIVEN)
def test_an_answer_in_any_sound_form_is_taken(series, kind):
    ours = chart(series([1, 5, 2, 4]), rules=[rule(GIVEN[kind], name="mine")])
    assert ours.points["mine"].tolist() == [False, True, False, False]


def meddler(seen):
    seen.y[0] = 99
    return seen.y > 1


def side_meddler(seen):
    codes = seen.side
    codes[:] = 0
    return codes


REFUSED = {
    "answer once for each of the 4 values that it is given, but gave 3": lambda seen: [True] * 3,
    "gave an array of 0 dimensions": lambda seen: True,
    "gave an array of 2 dimensions": lambda seen: np.zeros((4, 2)),
    "must answer True or False, or 0": lambda seen: ["yes"] * 4,
    "must answer True or False, or 0 .no": lambda seen: [0, 1, np.nan, 0],
    "or 2 .neither way.": lambda seen: [0, 1, 5, 0],
    "stopped with ZeroDivisionError": lambda seen: 1 / 0,
    "stopped with TypeError": lambda: True,
    "stopped with ValueError": meddler,
    "stopped with AttributeError": lambda seen: seen.mean,
}


@pytest.mark.parametrize("sentence", REFUSED)
def test_a_function_that_does_not_answer_is_named_in_a_sentence(series, sentence):
    mine = rule(REFUSED[sentence], name="mine")
    with pytest.raises(ChartError, match=sentence) as caught:
        chart(series([1, 5, 2, 4]), rules=["outside", mine])
    assert "Rule 'mine' " in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_functions_own_sentence_is_passed_on(series):
    def asks_for_more(seen):
        raise DataError("Bring 24 months.")

    with pytest.raises(DataError, match="Bring 24 months"):
        chart(series([1, 5, 2, 4]), rules=asks_for_more)


def test_a_function_cannot_spoil_what_other_rules_see(series):
    values = [1, 2, 1, 2, 9, 9, 9, 9, 9, 9, 9]
    ours = chart(series(values), rules=[side_meddler, "shift"])
    assert ours.points["shift"].sum() == 7
    assert not ours.points["side_meddler"].any()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ({"says": "over {level}"}, "says= must be a text and may name only nothing"),
        ({"why": "over {mean}"}, "why= must be a text and may name only {side}"),
        ({"now": "odd {"}, "now= must be a text"),
        ({"past": 5}, "past= must be a text"),
        ({"name": " "}, "A rule needs a name"),
    ],
)
def test_words_that_cannot_be_said_are_refused_before_any_chart(words, sentence):
    with pytest.raises(ChartError, match=sentence):
        rule(lambda seen: seen.y > 1, **words)
    with pytest.raises(ChartError, match="needs a function"):
        Rule("mine", 5, "five")


def test_every_rule_that_fires_is_reported_not_only_the_first(series, stable):
    late = np.array([1, 2, 3, 4, 5, 6, 7, 8, 9]) * 0.3 + 7
    ours = chart(series(np.append(stable, late)), rules="nelson", baseline=24, improvement="down")
    last = ours.points.iloc[-1]
    fired = [one.name for one in ours.rules if last[one.name]]
    assert fired == ["outside", "shift", "trend", "two_of_three", "four_of_five"]
    text = " ".join(ours.explain().split())
    line = text.split("- Dec 2024, ")[1].split("- ")[0]
    for said in (
        "upper limit of",
        "9 in a row above",
        "in a row rising",
        "two of three",
        "third of",
    ):
        assert said in line
