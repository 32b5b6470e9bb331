"""A number that two buttons move."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.widgets.stepper import Stepper

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.fixture
def staff() -> Stepper:
    return Stepper("Staff", range(1, 4), 2, str, "One fewer", "One more")


def test_it_moves_one_place_and_stops_at_either_end(staff: Stepper) -> None:
    assert [staff.step(1), staff.step(1)] == ["Staff: 3", "Staff: 3"]
    assert [staff.step(-1), staff.step(-1), staff.step(-5)] == ["Staff: 2", "Staff: 1", "Staff: 1"]
    assert staff.value == 1


@needs_widgets
def test_its_buttons_say_what_they_do_and_the_value_is_announced(staff: Stepper) -> None:
    words, fewer, more = staff.widget().children
    assert "Staff: 2" in words.value
    assert 'role="status"' in words.value
    more.click()
    assert "Staff: 3" in words.value
    fewer.click()
    fewer.click()
    assert staff.value == 1
    assert [fewer.description, more.description] == ["One fewer", "One more"]
    assert "Staff" in fewer.tooltip
