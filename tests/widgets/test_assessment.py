"""A design decides what an assessment finds, whatever the practice is like."""

from __future__ import annotations

import importlib.util
import itertools

import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.widgets import assessment_board
from pcqa_teach.widgets.assessment import (
    CODERS,
    SHARES,
    SIZES,
    STATES,
    TRUTH,
    WEEK,
    WHEN,
    WHERE,
    AssessmentBoard,
)

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
DESIGNS = list(itertools.product(WHERE, WHEN, SIZES, CODERS))


@pytest.fixture(scope="module")
def activity() -> AssessmentBoard:
    return assessment_board()


def test_the_doors_together_have_the_true_share() -> None:
    together = sum(WEEK[name] * SHARES[name] for name in WEEK) / sum(WEEK.values())
    assert together == pytest.approx(TRUTH, abs=0.0005)


def test_the_fullest_design_is_the_one_that_is_near_and_narrow(activity: AssessmentBoard) -> None:
    found = {design: activity.run(*design) for design in DESIGNS}
    near = [
        design
        for design, one in found.items()
        if abs(one.share - 100 * TRUTH) < 1.5 and one.width < 11
    ]
    cancelled = ("all", "monday", 300, "one")
    assert set(near) == {("phone", "week", 300, "two"), STATES[-1], cancelled}
    assert "nearly cancel: that is luck" in activity.told(found[cancelled])
    assert found[STATES[-1]].holds


@pytest.mark.parametrize(
    ("design", "holds"),
    [
        (("desk", "week", 300, "two"), False),
        (("all", "week", 300, "one"), False),
        (("all", "week", 60, "two"), True),
        (("all", "monday", 300, "two"), True),
        (("desk", "monday", 60, "one"), False),
    ],
)
def test_a_leaning_design_misses_however_many_are_counted(
    activity: AssessmentBoard, design: tuple[str, str, int, str], holds: bool
) -> None:
    assert activity.run(*design).holds is holds


def test_more_contacts_narrow_the_interval_and_cost_hours(activity: AssessmentBoard) -> None:
    found = [activity.run("all", "week", size, "two") for size in SIZES]
    assert [one.hours for one in found] == [2.0, 5.0, 10.0]
    widths = [one.width for one in found]
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize(
    ("design", "expected", "told"),
    [
        (STATES[-1], "yes", "So you expected."),
        (STATES[-1], "no", "You expected otherwise."),
        (STATES[-1], "yes", "this one holds"),
        (STATES[1], "yes", "33 of 100 at the desk"),
        (STATES[3], "no", "One coder without a frame"),
        (STATES[2], "yes", "hardly any decision"),
        (("phone", "monday", 60, "two"), "yes", "On a Monday morning"),
    ],
)
def test_the_answer_says_what_leans(
    activity: AssessmentBoard, design: tuple[str, str, int, str], expected: str, told: str
) -> None:
    said, picture = activity.reveal(*design, expected)
    assert told in said
    assert "true share" in picture.alt


@pytest.mark.parametrize(
    "given",
    [("", "week", 60, "two", "yes"), ("all", "week", 60, "two", "")],
)
def test_what_is_missing_is_asked_for(
    activity: AssessmentBoard, given: tuple[str, str, int, str, str]
) -> None:
    with pytest.raises(LessonError, match=r"^First "):
        activity.reveal(*given)


def test_what_the_board_does_not_offer_is_refused(activity: AssessmentBoard) -> None:
    with pytest.raises(LessonError, match="from the board") as caught:
        activity.run("<b>", "week", 60, "two")
    assert "<b>" not in str(caught.value)


def test_the_static_state_is_one_picture_of_five_designs(activity: AssessmentBoard) -> None:
    [picture] = activity.static()
    assert picture.alt.startswith("The true share lies inside 2 of 5 intervals.")
    ask, table = activity.preface()
    assert "Then look at the picture" in ask.text
    assert len(table.frame) == len(STATES)
    assert not table.frame.astype(str).apply(lambda row: row.str.contains("%")).to_numpy().any()


@needs_widgets
def test_the_panel_asks_before_it_assesses(activity: AssessmentBoard) -> None:
    parts = activity.panel().children
    where, when, size, coders, guess = (parts[place] for place in (2, 4, 5, 7, 9))
    buttons, answer = parts[10:]
    buttons.children[0].click()
    assert "First choose" in answer.value
    for boxes in (where, when, coders):
        boxes.children[-1].value = True
    buttons.children[0].click()
    assert "First tick" in answer.value
    guess.children[0].value = True
    size.children[2].click()
    buttons.children[0].click()
    assert "of 150" in answer.value
    assert 'alt="' in answer.value
    controls = [*where.children, *when.children, *size.children[1:], *guess.children]
    assert all(one.description for one in controls)
    assert {type(one).__name__ for one in controls} == {"Checkbox", "Button"}
