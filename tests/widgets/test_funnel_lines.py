"""The funnel plot with one pair of lines or the other: the live panel, and its form in print."""

from __future__ import annotations

import importlib.util

import pandas as pd
import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import naive_or_additive
from pcqa_teach.widgets.funnel_lines import LINES

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.mark.parametrize(
    ("name", "lines", "outside"),
    [
        ("one week", "none", "8 are"),
        ("one week", "additive", "none is"),
        ("one year", "none", "176 are"),
        ("one year", "additive", "5 are"),
    ],
)
def test_it_says_how_many_lie_outside_beside_what_was_expected(
    name: str, lines: str, outside: str
) -> None:
    told, picture = naive_or_additive().reveal(name, lines, "3")
    assert told.startswith("You expected 3 of ")
    assert f"outside; {outside}." in told
    assert len(picture.alt) > 30


def test_only_the_lines_that_were_asked_for_decide_who_is_outside() -> None:
    activity = naive_or_additive()
    chance, allowed = (activity.funnel("one year", lines).points for lines in LINES)
    assert (chance["adjusted_upper998"] == chance["naive_upper998"]).all()
    assert (allowed["adjusted_upper998"] > chance["adjusted_upper998"]).all()


def test_it_speaks_of_ordinary_differences_only_where_they_are_allowed_for() -> None:
    activity = naive_or_additive()
    assert "If chance were all" in activity.reveal("one year", "none", "3")[0]
    assert "1.5 percentage points" in activity.reveal("one year", "additive", "3")[0]


def test_figures_in_which_chance_is_all_are_not_called_different() -> None:
    alike = pd.DataFrame(
        {"who": list("ABCDEFGHIJKL"), "missed": [50, 48, 53] * 4, "booked": [1000] * 12}
    )
    made = naive_or_additive({"alike": alike}, numerator="missed", denominator="booked", unit="who")
    assert "chance could explain nearly all" in made.reveal("alike", "none", "0")[0]


@pytest.mark.parametrize("typed", ["", "  ", "many", "-3", "2.5", "900", "3 4"])
def test_an_expectation_that_is_no_number_of_practices_is_an_error_of_one_sentence(
    typed: str,
) -> None:
    with pytest.raises(PcqaError):
        naive_or_additive().reveal("one year", "none", typed)


def test_figures_that_are_not_there_are_an_error_of_one_sentence() -> None:
    with pytest.raises(PcqaError, match="choose one week, one year"):
        naive_or_additive().reveal("one decade", "none", "3")


def test_the_static_states_are_four_pictures_with_their_own_names_and_alt_texts() -> None:
    activity = naive_or_additive()
    pictures = activity.static()
    assert len({picture.name for picture in pictures}) == len(LINES) * 2 == 4
    assert len({picture.alt for picture in pictures}) == 4
    told, table = activity.preface()
    assert "write down" in told.text
    assert table.frame["Practices"].tolist() == [24, 200]


@needs_widgets
def test_the_panel_asks_for_a_number_before_it_draws() -> None:
    _, which, now, expected, draw, answer = naive_or_additive().panel().children
    chance, allowed = draw.children
    chance.click()
    assert "First say how many" in answer.value
    assert "<img" not in answer.value
    expected.value = "2"
    chance.click()
    assert "8 are" in answer.value
    assert 'role="status"' in answer.value
    which.children[1].click()
    assert "200 practices" in now.value
    assert "Nothing is drawn" in answer.value
    allowed.click()
    assert "5 are" in answer.value
    assert 'alt="' in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, which, _, expected, draw, _ = naive_or_additive().panel().children
    controls = [*which.children, expected, *draw.children]
    assert all(control.description and control.tooltip for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Text"}


def test_in_print_no_widget_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display

    pieces: list[object] = []
    monkeypatch.setattr(IPython.display, "display", pieces.append)
    monkeypatch.setenv("PCQA_STATIC", "1")
    naive_or_additive()._ipython_display_()
    assert len(pieces) == 6  # a sentence, a table, four pictures
    assert all("ipywidgets" not in type(piece).__module__ for piece in pieces)
