"""Points and hints for answers, right, partly right, wrong and wild."""

from __future__ import annotations

import functools
import math
import sys
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import judge

EXPECT = {"mean": 6.66, "lower": 6.10, "upper": 7.23}
HINTS = {
    "overall_sd": ({"lower": 6.12, "upper": 7.20}, "That is the overall standard deviation."),
    "median": ({"mean": 6.68}, "That is the median."),
    "three_times": (lambda answer: answer["upper"] > 7.28, "Use 2.66.", {**EXPECT, "upper": 7.3}),
}


def judged(answer: object, **changes: object) -> float:
    key = {"expect": EXPECT, "within": 0.005, "misconceptions": HINTS, "points": 3, **changes}
    return judge("b3-1", answer, **key)  # type: ignore[arg-type]


def test_a_right_answer_earns_every_point(capsys: pytest.CaptureFixture[str]) -> None:
    assert judged(EXPECT) == 3.0
    assert capsys.readouterr().out == "b3-1: right (3 of 3 points).\n"


def test_each_named_part_earns_its_own_points() -> None:
    assert judged({"mean": 6.66}) == 1.0
    assert judged({**EXPECT, "upper": 9}) == 2.0
    own = {"mean": 1, "lower": 0.5, "upper": 0.5}
    assert judged({"mean": 0, "lower": 6.10, "upper": 7.23}, points=own) == 1.0


def test_points_are_a_plain_number_even_for_numpys() -> None:
    earned = judge("b3-1", np.float64(6.66), expect=6.66, points=2)
    assert type(earned) is float
    assert repr(earned) == "2.0"


@pytest.mark.parametrize(
    ("answer", "hint"),
    [
        ({"mean": 6.66, "lower": 6.12, "upper": 7.2}, "overall standard deviation"),
        ({"mean": 6.68, "lower": 6.1, "upper": 7.23}, "That is the median"),
        ({"mean": 6.66, "lower": 6.1, "upper": 7.5}, "Use 2.66"),
        ({"mean": 1, "lower": 2, "upper": 3}, "worked example"),
        ({"mean": None, "lower": None, "upper": None}, "no answer yet"),
        (None, "no answer yet"),
        (object(), "could not be read"),
    ],
)
def test_the_first_misconception_that_matches_gives_the_hint(
    answer: object, hint: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert judged(answer) < 3
    assert hint in capsys.readouterr().out


def test_a_question_that_fails_on_the_answer_gives_no_hint() -> None:
    assert judged({"mean": 6.66}) == 1.0  # HINTS["three_times"] meets a missing part here


@pytest.mark.parametrize(
    ("answer", "expect", "points"),
    [
        ([9, 3], {3, 9}, 1.0),
        ([3], {3, 9}, 0.0),
        (3, {3}, 1.0),
        ([3, 3, 9], {3, 9}, 1.0),
        ([3, 9, 12], {3, 9}, 0.0),
        ([9, 3], [3, 9], 0.0),
        ((3, 9), [3, 9], 1.0),
        (" b ", "B", 1.0),
        ("Common  cause.", "common cause", 1.0),
        ("6.66%", 6.66, 1.0),
        (True, 1, 0.0),
        (1, True, 0.0),
        (True, True, 1.0),
        (math.nan, 6.66, 0.0),
        (math.inf, 6.66, 0.0),
        ("", "B", 0.0),
        ([], {3}, 0.0),
        ([], set(), 1.0),
    ],
)
def test_answers_of_every_kind(answer: object, expect: object, points: float) -> None:
    assert judge("b3-2", answer, expect=expect) == points


class Wild:
    """Raises or lies wherever it is touched."""

    def __getattribute__(self, name: str) -> object:
        raise SystemExit("touched")

    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = None  # type: ignore[assignment]


class Deceitful(dict):
    """Claims to hold whatever is asked for."""

    def __contains__(self, key: object) -> bool:
        return True

    def __getitem__(self, key: object) -> float:
        return EXPECT[str(key)]


ANYTHING = {
    "an object that raises": Wild,
    "a list of such": lambda: [Wild()],
    "a part that raises": lambda: {"mean": Wild()},
    "a dict that lies": Deceitful,
    "a number that equals everything": lambda: type(
        "F", (float,), {"__eq__": lambda *_: True, "__sub__": lambda *_: 0, "__hash__": None}
    )(6.66),
    "a series": lambda: pd.Series([6.66]),
    "a frame": lambda: pd.DataFrame({"mean": [6.66]}),
    "a missing value": lambda: pd.NA,
    "a missing date": lambda: pd.NaT,
    "an array": lambda: np.array([6.66]),
    "not a number": lambda: {"mean": np.float64("nan")},
    "a huge integer": lambda: 10**400,
    "a long text": lambda: "9" * 4_000,
    "an imaginary number": lambda: 1j,
    "a range": lambda: range(10**9),
    "deep nesting": lambda: functools.reduce(lambda inner, _: [inner], range(5_000), 6.66),
    "an error": lambda: ValueError("no"),
    "a function": lambda: print,
}


@pytest.mark.parametrize("make", ANYTHING.values(), ids=ANYTHING)
def test_nothing_in_an_answer_can_raise_or_earn_a_point(
    make: Callable[[], object], capfd: pytest.CaptureFixture[str]
) -> None:
    answer = make()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert judged(answer) == 0.0
    printed = capfd.readouterr()
    assert printed.err == ""
    assert printed.out.count("\n") == 1


@settings(max_examples=150)
@given(st.recursive(st.floats() | st.text() | st.integers() | st.none(), st.lists, max_leaves=6))
def test_points_lie_between_none_and_all(answer: object) -> None:
    assert 0.0 <= judge("x", answer, expect=6.66, within=0.01, points=2) <= 2.0


def test_the_sentence_never_gives_the_expected_value_away(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for answer in (None, 3, "A", {"mean": 1}, {"mean": 6.66}, [1], object()):
        judged(answer)
    printed = capsys.readouterr().out
    assert not any(str(value) in printed for value in EXPECT.values())


def test_points_count_even_where_nothing_can_be_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", None)
    assert judged(EXPECT) == 3.0
    monkeypatch.setattr(sys, "stdout", object())
    assert judged(EXPECT) == 3.0


@pytest.mark.parametrize("points", [0, -1, {"mean": 3}, {"mean": 1, "lower": 1, "upper": 0}])
def test_a_key_with_points_that_make_no_sense_is_an_authors_error(points: object) -> None:
    with pytest.raises(LessonError):
        judged(EXPECT, points=points)
