"""Cards in piles: every card has its mark, and a slip is said in a sentence."""

from __future__ import annotations

import pytest

from pcqa_teach.lessons import in_piles
from pcqa_teach.lessons.answers import is_empty


def test_as_long_as_no_pile_has_a_card_the_answer_is_empty() -> None:
    assert is_empty(in_piles(12, reach=None, know=None))
    assert is_empty(in_piles(30, rest="value", practice=None, system=None))


def test_a_card_in_no_pile_belongs_to_the_rest_where_there_is_one() -> None:
    assert in_piles(2, rest="value", failure=[2]) == {"1": "value", "2": "failure"}
    assert in_piles(2, failure=[2]) == {"1": None, "2": "failure"}


def test_an_empty_pile_is_an_answer() -> None:
    assert in_piles(2, rest="value", failure=[]) == {"1": "value", "2": "value"}


def test_one_pile_may_still_be_none() -> None:
    assert in_piles(2, rest="value", ours=[1], theirs=None) == {"1": "ours", "2": "value"}


def test_one_number_needs_no_brackets_and_may_stand_twice_in_its_pile() -> None:
    assert in_piles(2, a=1, b=[2, 2]) == {"1": "a", "2": "b"}


@pytest.mark.parametrize(
    ("piles", "said"),
    [
        ({"a": [1, 9]}, "There is no card 9"),
        ({"a": [0]}, "There is no card 0"),
        ({"a": [1], "b": [1]}, "Card 1 is in two piles, 'a' and 'b'"),
        ({"a": "1, 2"}, "The pile 'a' could not be read"),
        ({"a": [1.5]}, "could not be read"),
        ({"a": [True]}, "could not be read"),
        ({"a": {"1": 2}}, "could not be read"),
    ],
)
def test_a_slip_is_said_in_a_sentence_and_nothing_is_raised(
    piles: dict[str, object], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert is_empty(in_piles(3, rest="value", **piles))
    printed = capsys.readouterr().out
    assert said in printed
    assert printed.count("\n") == 1
