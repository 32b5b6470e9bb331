"""Put spikes right, or change the process: the live panel, and what stands in for it in print."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import chronic_and_sporadic
from pcqa_teach.widgets.trilogy import EXPECT, LEVELS, MOST_SPIKES

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def test_putting_spikes_right_leaves_the_level_where_it_is() -> None:
    activity = chronic_and_sporadic()
    before, after = activity.year(20, 3), activity.year(20, 0)
    assert before.zones["centre"].iloc[0] == pytest.approx(after.zones["centre"].iloc[0], abs=0.1)
    said, picture = activity.reveal("control", "same", 20, 3)
    assert "That is what happens." in said
    assert "stays at 20 hours a week" in said
    assert "No sporadic spike was seen." in picture.alt


def test_the_hours_of_the_spikes_are_counted_from_the_picture() -> None:
    year = chronic_and_sporadic().year(20, 3)
    every = year.chart.points["y"].sum()
    extra = (year.spikes["y"] - year.zones["centre"].iloc[0]).sum()
    said, _ = chronic_and_sporadic().reveal("control", "falls", 20, 3)
    assert "Look again." in said
    assert f"of the {every:,.0f} hours" in said
    assert f"account for {extra:.0f}." in said
    assert extra / every < 0.1


def test_changing_the_process_lowers_the_level_and_leaves_the_spikes() -> None:
    said, picture = chronic_and_sporadic().reveal("improvement", "falls", 20, 3)
    assert "That is what happens." in said
    assert "falls from 20 to 8 hours a week" in said
    assert "needs both" in said
    assert "3 sporadic spikes" in picture.alt


def test_the_year_is_shown_without_a_word_on_what_it_means() -> None:
    picture = chronic_and_sporadic().as_it_is(20, 3)
    assert "for you to interpret" in picture.alt
    assert "Ordinary weeks 20" in picture.alt
    assert "control" not in picture.alt.casefold()


def test_a_year_without_a_spike_has_none_to_put_right() -> None:
    activity = chronic_and_sporadic()
    assert "no spike to put right" in activity.reveal("control", "same", 20, 0)[0]
    assert "There is no spike here" in activity.reveal("improvement", "falls", 20, 0)[0]


@pytest.mark.parametrize("chronic", LEVELS)
@pytest.mark.parametrize("spikes", [0, MOST_SPIKES])
def test_every_state_that_the_buttons_reach_can_be_shown(chronic: int, spikes: int) -> None:
    activity = chronic_and_sporadic()
    for action in ("control", "improvement"):
        said, picture = activity.reveal(action, "same", chronic, spikes)
        assert said
        assert len(picture.alt) > 30


def test_what_cannot_be_shown_is_an_error_of_one_sentence() -> None:
    with pytest.raises(PcqaError):
        chronic_and_sporadic().reveal("control", "same", 200, 3)


def test_the_static_states_are_three_pictures_with_their_own_names_and_alt_texts() -> None:
    pictures = chronic_and_sporadic().static()
    assert [picture.name for picture in pictures] == [
        "trilogy-as-it-is",
        "trilogy-every-spike-put-right",
        "trilogy-process-changed",
    ]
    assert len({picture.alt for picture in pictures}) == 3
    assert "before you look on" in repr(chronic_and_sporadic().preface()[0])


@needs_widgets
def test_the_panel_asks_for_an_expectation_before_it_acts() -> None:
    _, _, year, _, expected, acts, answer = chronic_and_sporadic().panel().children
    assert 'alt="' in year.value
    acts.children[0].click()
    assert "First say what you expect" in answer.value
    expected.children[2].value = True
    acts.children[0].click()
    assert "That is what happens." in answer.value
    acts.children[1].click()
    assert "falls from 20 to 8" in answer.value


@needs_widgets
def test_the_steps_change_the_year_and_stop_at_their_ends() -> None:
    _, steps, year, *_ = chronic_and_sporadic().panel().children
    less, more, fewer, spikes = steps.children
    less.click()
    assert "15 hours in an ordinary week, 3 spikes" in year.value
    for _ in range(9):
        more.click()
        fewer.click()
    assert "30 hours in an ordinary week, no spike" in year.value
    for _ in range(9):
        spikes.click()
    assert "4 spikes" in year.value


@needs_widgets
def test_a_level_that_cannot_be_reached_gives_a_sentence() -> None:
    panel = chronic_and_sporadic(20, 1, new=30).panel()
    _, _, _, _, expected, acts, answer = panel.children
    expected.children[0].value = True
    acts.children[1].click()
    assert "new must be a number" in answer.value
    assert "Traceback" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, steps, _, _, expected, acts, answer = chronic_and_sporadic().panel().children
    controls = [*steps.children, *expected.children, *acts.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Checkbox"}
    assert len(expected.children) == len(EXPECT)
    assert 'role="status"' in answer.value
