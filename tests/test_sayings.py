"""Numbers are said so that nothing is rounded into nothing, and one of a thing is one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach import sayings


@given(st.integers(0, 1000), st.integers(1, 1000))
def test_a_share_is_nothing_or_all_only_where_it_is(part: int, more: int) -> None:
    whole = part + more
    assert (sayings.percent(part, whole) == "0%") == (part == 0)
    assert sayings.percent(part, whole) != "100%"
    assert sayings.percent(whole, whole) == "100%"


@given(st.integers(2, 10**6))
def test_only_one_of_a_thing_is_in_the_singular(many: int) -> None:
    assert sayings.counted(1, "person", "people") == "1 person"
    assert sayings.counted(many, "person", "people") == f"{many:,} people"


@pytest.mark.parametrize(
    ("parts", "said"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (list("abc"), "a, b and c")],
)
def test_a_list_is_said_as_a_sentence_does(parts: list[str], said: str) -> None:
    assert sayings.and_list(parts) == said


def test_many_names_are_cut_after_a_dozen() -> None:
    assert sayings.quoted(range(20)).endswith("'11', ...")


def test_dates_that_are_not_known_are_said_to_be() -> None:
    assert sayings.span(None) == "dates not given"


def test_a_number_near_nought_has_no_sign() -> None:
    assert sayings.rounded(-0.0) == "0"
    assert sayings.plain(0.0) == "0"
