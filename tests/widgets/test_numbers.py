"""Numbers are read kindly, and what is unclear is asked about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.errors import LessonError
from pcqa_teach.widgets.numbers import read_numbers


@pytest.mark.parametrize(
    "text",
    [
        "12\n15\n9.5",
        "12 15 9.5",
        "12,15,9.5",
        "12, 15, 9.5",
        "12;15;9.5",
        "12\t15\t9.5\r\n",
        "12% 15 % 9.5",
    ],
)
def test_numbers_come_from_a_column_a_row_or_a_sentence(text: str) -> None:
    assert read_numbers(text) == [12, 15, 9.5]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no numbers yet"),
        ("7", "is 1 number yet"),
        ("12 banana 9", "Entry 2 is not a number"),
        ("12 1.2.3", "Entry 2 is not a number"),
        ("nan inf", "Entry 1 is not a number"),
        (f"7 {10**400}", "Entry 2 is too large"),
        ("1,200 1,300", "comma in entry 1"),
        (" ".join("5" * 61), "at most 60"),
    ],
)
def test_what_cannot_be_drawn_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(LessonError, match=said) as caught:
        read_numbers(text)
    assert "banana" not in str(caught.value)


@given(st.lists(st.integers(-9999, 9999), min_size=2, max_size=60))
def test_every_list_of_numbers_survives_typing(values: list[int]) -> None:
    assert read_numbers("\n".join(map(str, values))) == values


@given(st.text(max_size=40))
def test_no_text_at_all_breaks_the_reader(text: str) -> None:
    try:
        found = read_numbers(text)
    except LessonError:
        return
    assert 2 <= len(found) <= 60
