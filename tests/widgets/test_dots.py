"""Predict, then reveal: the live panel, and what stands in for it in print."""

from __future__ import annotations

import builtins
import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import plot_the_dots
from pcqa_teach.widgets.base import is_live
from pcqa_teach.widgets.dots import EXAMPLES, NOTHING, SIGNALS

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
USUAL, BAD_DAY, CHANGED = (" ".join(map(str, values)) for values in EXAMPLES.values())


@pytest.mark.parametrize(
    ("numbers", "expected", "said"),
    [
        (USUAL, NOTHING, "the chart agrees: no signal"),
        (USUAL, "trend", "The chart shows no signal"),
        (BAD_DAY, "outside", "outside a limit, and it is there."),
        (BAD_DAY, NOTHING, "The chart shows a point outside a limit."),
        (CHANGED, "shift", "on one side of the mean, and it is there"),
    ],
)
def test_the_answer_says_how_the_expectation_fared(numbers: str, expected: str, said: str) -> None:
    compared, picture, words = plot_the_dots().reveal(numbers, expected)
    assert said in compared
    assert len(picture.alt) > 30
    assert words


@pytest.mark.parametrize("text", ["", "7", "a b c"])
def test_what_cannot_be_drawn_is_an_error_of_one_sentence(text: str) -> None:
    with pytest.raises(PcqaError):
        plot_the_dots().reveal(text, NOTHING)


def test_the_static_states_are_pictures_with_their_own_names_and_alt_texts() -> None:
    pictures = plot_the_dots().static()
    assert len({picture.name for picture in pictures}) == len(EXAMPLES) == 3
    assert len({picture.alt for picture in pictures}) == 3
    assert all(picture.svg for picture in pictures)


@needs_widgets
def test_the_panel_asks_for_an_expectation_before_it_draws() -> None:
    _, _, _, _, expected, draw, answer = plot_the_dots([52, 47, 55]).panel().children
    draw.click()
    assert "First say what you expect" in answer.value
    expected.children[0].value = True
    draw.click()
    assert "the chart agrees" in answer.value
    assert 'alt="' in answer.value


@needs_widgets
def test_the_panel_answers_a_mistake_with_a_sentence_that_is_announced() -> None:
    _, starts, numbers, _, expected, draw, answer = plot_the_dots().panel().children
    expected.children[2].value = True
    numbers.value = "twelve <b>"
    draw.click()
    assert 'role="status"' in answer.value
    assert "Entry 1 is not a number" in answer.value
    assert "<b>" not in answer.value
    starts.children[2].click()
    assert numbers.value == CHANGED
    draw.click()
    assert "and it is there" in answer.value


@needs_widgets
def test_one_expectation_at_a_time_is_ticked() -> None:
    boxes = plot_the_dots().panel().children[4].children
    boxes[0].value = True
    boxes[3].value = True
    assert [box.value for box in boxes] == [False, False, False, True, False]


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    """JupyterLab takes arrow keys and letters for itself, so there is no list and no radio."""
    panel = plot_the_dots().panel()
    _, starts, numbers, _, expected, draw, _ = panel.children
    controls = [*starts.children, numbers, *expected.children, draw]
    assert all(control.description for control in controls)
    kinds = {type(control).__name__ for control in controls}
    assert kinds == {"Button", "Textarea", "Checkbox"}
    assert len(expected.children) == 1 + len(SIGNALS)


def _shown(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    import IPython.display

    pieces: list[object] = []
    monkeypatch.setattr(IPython.display, "display", pieces.append)
    plot_the_dots()._ipython_display_()
    return pieces


@pytest.mark.parametrize("variable", ["PCQA_STATIC", "NBGRADER_EXECUTION"])
def test_in_print_and_in_marking_no_widget_is_shown(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, "1")
    pieces = _shown(monkeypatch)
    assert len(pieces) == 5  # a sentence, the numbers, three pictures
    assert all("ipywidgets" not in type(piece).__module__ for piece in pieces)
    assert "before you look" in repr(pieces[0])


def test_without_ipywidgets_the_static_states_are_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PCQA_STATIC", raising=False)
    real = builtins.__import__

    def without(name: str, *rest: object, **more: object) -> object:
        if name.startswith("ipywidgets"):
            raise ImportError(name)
        return real(name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    assert not is_live()


@needs_widgets
def test_in_a_notebook_the_panel_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PCQA_STATIC", raising=False)
    monkeypatch.delenv("NBGRADER_EXECUTION", raising=False)
    pieces = _shown(monkeypatch)
    assert [type(piece).__name__ for piece in pieces] == ["VBox"]
