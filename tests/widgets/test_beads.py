"""Red beads, week by week: the live panel, and what stands in for it in print."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import red_beads
from pcqa_teach.widgets.beads import NOBODY

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


def test_a_week_says_what_became_of_last_weeks_worst_and_best() -> None:
    activity = red_beads()
    counts = activity.beads(52).counts.set_index("worker")
    worst, best = counts[1].idxmax(), counts[1].idxmin()
    said, picture = activity.week(52, 2, told=True)
    assert f"{worst} had most last week ({counts.loc[worst, 1]}) and was warned" in said
    assert f"now {counts.loc[best, 2]}" in said
    assert "Was it the words?" in said
    assert "Week 2" in picture.alt
    quiet, same = activity.week(52, 2, told=False)
    assert "told nothing" in quiet
    assert "warned" not in quiet
    assert same.alt == picture.alt  # words change no bead


def test_several_who_are_worst_are_all_named() -> None:
    activity = red_beads()
    for seed in range(100):
        first = activity.beads(seed).counts.set_index("worker")[1]
        worst = first.index[first == first.max()].tolist()
        if len(worst) == 2:
            said, _ = activity.week(seed, 2, told=True)
            assert f"{worst[0]} and {worst[1]} had most last week" in said
            assert "and were warned" in said
            return
    pytest.fail("no seed with two worst")


@pytest.mark.parametrize(
    ("expected", "said"),
    [(NOBODY, "Quite so."), ("E", "one in 6"), ("A", "You expected A. In all, E had most")],
)
def test_the_verdict_says_how_the_expectation_fared(expected: str, said: str) -> None:
    found, picture = red_beads().verdict(52, expected)
    assert said in found
    assert "All 24 scoops lie between the limits (mean 11.0, limits 2.2 to 19.8)." in found
    assert "limits 2.2 to 19.8" in picture.alt


def test_there_is_no_week_beyond_the_last() -> None:
    with pytest.raises(PcqaError):
        red_beads(weeks=2).week(52, 3, told=False)


def test_the_static_states_are_two_weeks_and_the_verdict() -> None:
    pictures = red_beads().static()
    assert [picture.name for picture in pictures] == [
        "red-beads-week-1",
        "red-beads-week-2",
        "red-beads",
    ]
    assert len({picture.alt for picture in pictures}) == 3
    assert "stop at each picture" in repr(red_beads().preface()[0])


@needs_widgets
def test_the_panel_asks_whom_one_expects_then_works_week_by_week() -> None:
    _, _, people, told, buttons, answer = red_beads().panel().children
    work, again = buttons.children
    work.click()
    assert "First say whom you expect" in answer.value
    people.children[-1].value = True
    told.value = True
    work.click()
    assert "The first week." in answer.value
    work.click()
    assert "was warned" in answer.value
    work.click()
    work.click()
    assert "press once more" in answer.value
    work.click()
    assert "Quite so." in answer.value
    again.click()
    assert "Nobody has scooped yet." in answer.value
    work.click()
    assert "The first week." in answer.value


@needs_widgets
def test_other_beads_come_after_starting_again() -> None:
    _, _, people, _, buttons, answer = red_beads().panel().children
    work, again = buttons.children
    people.children[0].value = True
    work.click()
    first = answer.value
    again.click()
    work.click()
    assert answer.value != first


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, _, people, told, buttons, answer = red_beads().panel().children
    controls = [*people.children, told, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Checkbox"}
    assert len(people.children) == 7
    assert 'role="status"' in answer.value
