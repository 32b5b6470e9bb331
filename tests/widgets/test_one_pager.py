"""A page of charts: say what stands out, then read it."""

from __future__ import annotations

import importlib.util
from typing import Any

import pandas as pd
import pytest

from pcqa_teach import spc
from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import read_the_page
from pcqa_teach.widgets.one_pager import NONE

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
STEADY = [52, 47, 55, 50, 44, 53, 49, 57, 46, 51, 48, 54, 45, 52, 50]
MOVED = [52, 47, 55, 50, 44, 53, 49, 58, 61, 57, 63, 59, 56, 62, 60]


def _chart(values: list[int], title: str) -> spc.Chart:
    frame = pd.DataFrame({"x": range(1, len(values) + 1), "value": values})
    return spc.chart(frame, n=None, title=title, unit="a day")


@pytest.fixture(scope="module")
def page() -> object:
    return read_the_page({"Calls": _chart(STEADY, "Calls"), "Visits": _chart(MOVED, "Visits")})


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        (["Visits"], "You ticked Visits. The rules agree."),
        (["Calls"], "You ticked Calls. By the rules: A signal stands in Visits."),
        ([], "You expected nothing to stand out. By the rules: A signal stands in Visits."),
    ],
)
def test_what_was_ticked_is_compared_with_what_the_rules_find(
    page: Any, expected: list[str], said: str
) -> None:
    told, picture, lines = page.reveal(expected)
    assert told == said
    assert "Calls: steady" in picture.alt
    assert "A signal is a question" in lines
    assert lines.count("- ") == 2


def test_the_page_itself_gives_no_hint(page: Any) -> None:
    alt = page.page().alt
    assert "for you to interpret" in alt
    assert "steady" not in alt
    assert "Chart 2, Visits, a day: 15 dots" in alt


def test_in_print_the_page_stands_before_its_signs(page: Any) -> None:
    assert "before you look at the second" in repr(page.preface()[0])
    first, second = page.static()
    assert first.name == "baseline-page"
    assert "with signs" in second.alt


def test_a_page_without_charts_or_with_too_many_is_refused(page: Any) -> None:
    with pytest.raises(PcqaError, match="1 to 5 charts"):
        read_the_page({})
    with pytest.raises(PcqaError, match="1 to 5 charts"):
        read_the_page({f"{place}": _chart(STEADY, "x") for place in range(6)})
    with pytest.raises(PcqaError, match="no chart 'Letters'"):
        page.reveal(["Letters"])


@needs_widgets
def test_the_panel_wants_a_tick_and_takes_no_contradiction(page: Any) -> None:
    _, _, boxes, buttons, answer = page.panel().children
    (read,) = buttons.children
    read.click()
    assert "First tick" in answer.value
    boxes.children[1].value = True
    read.click()
    assert "The rules agree" in answer.value
    assert 'alt="' in answer.value
    boxes.children[2].value = True
    read.click()
    assert "leave one of them" in answer.value
    assert boxes.children[2].description == NONE


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space(page: Any) -> None:
    _, _, boxes, buttons, answer = page.panel().children
    controls = [*boxes.children, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Checkbox", "Button"}
    assert 'role="status"' in answer.value
