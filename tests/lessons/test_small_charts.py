"""Small charts to interpret: nothing flagged, every value and line in words."""

from __future__ import annotations

import pytest

from pcqa_teach.lessons import Panel, exercise_grid

CALLS = Panel([6, 7, 5], "Calls", "a day, fewer is better", 6.0, (2.0, 10.0), wanted=4)
WAITS = Panel([1.5, 2.5], "Waits", "minutes", 2.0, (0.5, 3.5))


def test_the_alt_text_holds_every_value_and_line() -> None:
    alt = exercise_grid({"1": CALLS, "2": WAITS}, title="Two charts", name="two").alt
    assert "Chart 1, Calls, a day, fewer is better: 3 dots in order: 6, 7, 5." in alt
    assert "limits 2 and 10, wanted 4." in alt
    assert "Chart 2, Waits, minutes: 2 dots in order: 1.5, 2.5. Mean 2, limits 0.5 and 3.5." in alt


def test_it_draws_no_conclusion() -> None:
    alt = exercise_grid({"1": CALLS}, title="One chart", name="one").alt.casefold()
    assert not any(word in alt for word in ("signal", "special", "ordinary", "concern", "improve"))


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6])
def test_any_number_of_charts_finds_room_with_its_key(count: int) -> None:
    panels = {str(number): CALLS for number in range(1, count + 1)}
    picture = exercise_grid(panels, title="Charts", name="charts")
    assert picture.alt.count("Chart ") == count
    assert picture.svg
