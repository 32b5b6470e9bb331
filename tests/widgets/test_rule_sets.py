"""Five sets of rules read three series, and do not agree."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import LessonError
from pcqa_teach.variation import false_alarm_rate
from pcqa_teach.widgets import switch_rules
from pcqa_teach.widgets.rule_sets import FALSE_ALARMS, SETS, SwitchRules

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.fixture(scope="module")
def activity() -> SwitchRules:
    return switch_rules()


def test_seven_in_a_row_is_a_signal_to_the_nhs_alone(activity: SwitchRules) -> None:
    run = list(range(16, 23))
    expected = {"mdc": run, "nhsr": run, "western_electric": [], "nelson": [], "anhoej": []}
    assert activity.flagged(0) == expected


def test_six_rising_are_a_signal_to_nelson_alone(activity: SwitchRules) -> None:
    assert activity.flagged(1) == {
        name: list(range(15, 21)) if name == "nelson" else [] for name in SETS
    }


def test_screening_alone_sees_week_19(activity: SwitchRules) -> None:
    assert activity.flagged(2) == {name: [9, 19] if name == "nhsr" else [9] for name in SETS}
    upper = {name: activity.chart(2, name).limits["upper"].iloc[0] for name in ("mdc", "nhsr")}
    assert upper["nhsr"] < 29 < upper["mdc"]


@pytest.mark.parametrize("name", SETS)
def test_the_false_alarms_are_those_of_a_simulation(name: str) -> None:
    found = false_alarm_rate(24, name, 0.0, 4_000, 1).share
    assert found == pytest.approx(FALSE_ALARMS[name], abs=0.006)


@pytest.mark.parametrize(
    ("place", "expected", "told"),
    [
        (0, ["mdc", "nhsr"], "You were right about 5 of 5 sets."),
        (0, [], "You were right about 3 of 5 sets."),
        (1, ["nelson"], "One of five sets see a signal: Nelson."),
        (2, list(SETS), "All five see a signal; NHSRplotthedots (screens) sees one more."),
        (2, ["mdc"], "You were right about 1 of 5 sets."),
    ],
)
def test_the_answer_says_how_an_expectation_fared(
    activity: SwitchRules, place: int, expected: list[str], told: str
) -> None:
    said, picture = activity.reveal(place, expected)
    assert told in said
    assert activity.rows[place].taught in picture.alt


@pytest.mark.parametrize(("place", "expected"), [(3, []), (-1, []), (0, ["<b>"])])
def test_what_is_not_there_is_refused(
    activity: SwitchRules, place: int, expected: list[str]
) -> None:
    with pytest.raises(LessonError, match="Choose one of the three") as caught:
        activity.reveal(place, expected)
    assert "<b>" not in str(caught.value)


def test_the_static_states_are_one_picture_a_series(activity: SwitchRules) -> None:
    pictures = activity.static()
    assert [one.name for one in pictures] == ["rule-sets-1", "rule-sets-2", "rule-sets-3"]
    assert "Making Data Count flags weeks 16 to 22" in pictures[0].alt
    assert "NHSRplotthedots (screens) flags weeks 9 and 19" in pictures[2].alt
    ask, table = activity.preface()
    assert "same order" in ask.text
    assert not any(one.taught in table.frame.to_string() for one in activity.rows)


@needs_widgets
def test_the_panel_shows_the_bare_series_before_it_switches(activity: SwitchRules) -> None:
    _, starts, about, choices, buttons, answer = activity.panel().children
    assert "which sets of rules" in about.value
    assert "Nothing is switched on" in answer.value
    choices.children[0].value = True
    buttons.children[0].click()
    assert "You were right about 4 of 5" in answer.value
    starts.children[1].click()
    assert "Series 2" in about.value
    assert not any(box.value for box in choices.children)
    assert "right about" not in answer.value
    controls = [*starts.children, *choices.children, *buttons.children]
    assert all(one.description for one in controls)
    assert {type(one).__name__ for one in controls} == {"Checkbox", "Button"}
