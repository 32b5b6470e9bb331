"""An answer is taken as plain data, whatever it is."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.lessons import answers
from pcqa_teach.lessons.answers import NotPlain, is_empty, number, plain


class Liar(float):
    """Says it equals everything, and fails at everything else."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __float__(self) -> float:
        raise RuntimeError("no")


def test_numpys_numbers_become_pythons() -> None:
    taken = plain({"a": np.float64(1.5), "b": np.int64(3), "c": np.bool_(True)})
    assert [type(value) for value in taken.values()] == [float, int, bool]


@pytest.mark.parametrize(
    "answer",
    [
        Liar(6.66),
        [Liar(1)],
        {"mean": Liar(1)},
        {1: "one"},
        np.array([1.0]),
        np.longdouble(1),
        object(),
        10**30,
        "x" * 6_000,
        [0] * 501,
        lambda: 1,
        b"6.66",
        "\ud800",
        {"mean": ["\udfff"]},
        {"\ud800": 1},
        np.str_("x" * 6_000),
        np.str_("\ud800"),
        ["x" * 5_000] * 5,
        {"x" * 4_000 + str(n): n for n in range(6)},
        [[[0] * 10] * 15] * 14,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_json_does_not_know_is_not_looked_into(answer: object) -> None:
    with pytest.raises(NotPlain):
        plain(answer)


def test_an_answer_of_some_length_is_taken() -> None:
    assert plain([["x" * 39] * 25] * 20) == [["x" * 39] * 25] * 20
    assert plain([[0.5] * 19] * 99) == [[0.5] * 19] * 99
    assert plain(np.str_("Mean")) == "Mean"


@pytest.mark.parametrize(
    ("answer", "why"), [("x" * 6_000, answers.LONG), ("\ud800", answers.NOT_TEXT), (object(), "")]
)
def test_why_it_cannot_be_read_is_said(answer: object, why: str) -> None:
    with pytest.raises(NotPlain, match=f"^{why}$"):
        plain(answer)


def test_what_was_taken_is_taken_again_unchanged() -> None:
    """As whoever marks does, who believes no answer that a submission's process has given."""
    taken = plain({"a": ([1.5] * 400,) * 4, "b": np.str_("x" * 4_999)})
    assert plain(taken) == taken
    assert json.loads(json.dumps(taken)) == taken


def test_a_list_that_holds_itself_is_not_followed() -> None:
    endless: list[object] = []
    endless.append(endless)
    with pytest.raises(NotPlain):
        plain(endless)


@pytest.mark.parametrize("text", ["6.66", " 6.66 %", "6.66%", "+6.66", "6.660"])
def test_a_number_in_quotation_marks_counts_as_that_number(text: str) -> None:
    assert number(text) == pytest.approx(6.66)


@pytest.mark.parametrize("value", [True, None, math.nan, math.inf, "nan", "1e3", "6,66", "", [1]])
def test_what_is_not_a_finite_number_is_none(value: object) -> None:
    assert number(value) is None


@pytest.mark.parametrize("value", [None, "", "  ", "...", [], {}, {"a": None, "b": [None]}])
def test_nothing_answered_is_empty(value: object) -> None:
    assert is_empty(value)


@pytest.mark.parametrize("value", [0, False, 0.0, "A", {"a": None, "b": 0}])
def test_nought_and_no_are_answers(value: object) -> None:
    assert not is_empty(value)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(json_values)
def test_what_json_knows_is_taken_unchanged_or_refused_for_depth(value: object) -> None:
    try:
        taken = plain(value)
    except NotPlain:
        return
    assert repr(taken) == repr(value)
