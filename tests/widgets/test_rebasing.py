"""No reason, no rebase: what is read in a reason, the live panel, and its form in print."""

from __future__ import annotations

import importlib.util
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import rebase_with_reason
from pcqa_teach.widgets.rebase_cases import CASES, monday
from pcqa_teach.widgets.rebasing import EXPECTED
from pcqa_teach.widgets.written_reason import LONGEST, Reading, read_reason

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
MONDAY = date(2025, 1, 6)
GOOD = "Normal results go out by text since 31 March 2025"


@pytest.mark.parametrize(
    "when",
    [
        "31 March 2025", "31 March", "31st of March", "31 Mar. 2025", "March 31, 2025", "31/3/2025",
        "31/03/25", "31.3.2025", "2025-03-31", "week 13", "Thursday 3 April",
    ],
)  # fmt: skip
def test_a_day_is_read_as_people_write_it(when: str) -> None:
    assert read_reason(f"call-back list from {when}", MONDAY, 24) == Reading(True, 13)


@pytest.mark.parametrize(
    "vague", ["in March", "since last spring", "31 March 2019", "31 February", "week 40", "13"]
)
def test_a_month_or_a_day_outside_the_series_is_no_date(vague: str) -> None:
    assert read_reason(f"call-back list {vague}", MONDAY, 24).week is None


@pytest.mark.parametrize(
    "reason",
    [
        "It is better now", "The limits look wrong", "the mean has dropped since week 13",
        "because it changed on 31 March", "Fewer people, so new limits", "shift",
    ],
)  # fmt: skip
def test_a_reason_that_speaks_of_the_chart_alone_names_no_cause(reason: str) -> None:
    named = read_reason(reason, MONDAY, 24).cause
    assert not named


@pytest.mark.parametrize("empty", ["", "   ", "\n"])
def test_no_reason_no_rebase(empty: str) -> None:
    with pytest.raises(PcqaError, match="No reason, no rebase"):
        rebase_with_reason().reveal("Results by text", "yes", "31 March", empty)


def test_a_reason_too_long_for_the_chart_is_refused_in_a_sentence() -> None:
    with pytest.raises(PcqaError, match="at most"):
        read_reason("results by text " * LONGEST, MONDAY, 24)


@given(st.text(max_size=200))
def test_whatever_is_typed_gives_a_reading_or_a_sentence(typed: str) -> None:
    try:
        week = read_reason(typed, MONDAY, 24).week
    except PcqaError:
        week = None
    assert week is None or 1 <= week <= 24


@pytest.mark.parametrize(
    ("name", "held"),
    [
        ("Results by text", (True, True, True)),
        ("Three busy weeks", (True, False, True)),
        ("It came down", (False, True, False)),
    ],
)
def test_each_series_shows_one_thing(name: str, held: tuple[bool, bool, bool]) -> None:
    case = CASES[name]
    judged = rebase_with_reason().judge(name, case.week, case.reason)
    assert (judged.cause, judged.lasts, judged.dated) == held
    assert judged.due is all(held)
    assert ("are due" in judged.verdict) is all(held)


def test_the_verdict_names_what_is_missing() -> None:
    judged = rebase_with_reason().judge("Three busy weeks", 11, "it changed")
    assert "a known cause and a lasting shift and a date are missing" in judged.verdict


def test_new_limits_may_start_when_the_change_shows_and_not_before_it() -> None:
    activity = rebase_with_reason()
    assert activity.judge("Results by text", 15, GOOD).dated
    assert not activity.judge("Results by text", 12, GOOD).dated
    assert not activity.judge("Results by text", 18, GOOD).dated


def test_a_shift_needs_seven_weeks_up_to_the_latest() -> None:
    activity = rebase_with_reason()
    assert activity.judge("Results by text", 18, GOOD).lasts
    assert not activity.judge("Results by text", 19, GOOD).lasts


def test_the_answer_says_how_the_expectation_fared_and_draws_the_reason() -> None:
    activity = rebase_with_reason()
    fared, picture, three = activity.reveal("Results by text", "yes", "31 March", GOOD)
    assert fared.startswith(f"You said: {EXPECTED['yes']}. A known cause")
    assert picture.alt.startswith("A known cause, a lasting shift, a date")
    assert three.count("yes,") == 3
    fared, _, _ = activity.reveal("Results by text", "no", 13, GOOD)
    assert "That is not what came out." in fared


@pytest.mark.parametrize("start", ["", "soon", "1", "24", "99", "6 January", "1 April and 8 April"])
def test_a_start_that_is_no_week_is_an_error_of_one_sentence(start: str) -> None:
    with pytest.raises(PcqaError, match="New limits can start from"):
        rebase_with_reason().judge("Results by text", start, GOOD)


def test_a_week_may_be_given_by_its_number_or_a_day_in_it() -> None:
    activity = rebase_with_reason()
    by_number, by_day = (
        activity.judge("Results by text", start, GOOD) for start in (13, "Thursday 3 April 2025")
    )
    assert by_number == by_day
    assert monday(13) == date(2025, 3, 31)


def test_a_series_that_is_not_there_is_an_error_of_one_sentence() -> None:
    with pytest.raises(PcqaError, match="choose Results by text"):
        rebase_with_reason().chart("Nothing")


def test_the_static_states_are_pictures_that_say_the_verdict() -> None:
    activity = rebase_with_reason()
    pictures = activity.static()
    assert len({picture.name for picture in pictures}) == len(CASES) == 3
    assert [picture.alt.startswith("New limits are not due") for picture in pictures] == [
        False,
        True,
        True,
    ]
    told, table = activity.preface()
    assert "before you look" in told.text
    assert table.frame["Series"].tolist() == list(CASES)


@needs_widgets
def test_the_panel_asks_for_an_expectation_then_for_a_week_then_for_a_reason() -> None:
    panel = rebase_with_reason().panel()
    _, starts, stands, _, expected, when, reason, draw, answer = panel.children
    week, earlier, later = when.children
    assert 'alt="' in stands.value
    draw.click()
    assert "First say whether" in answer.value
    expected.children[0].value = True
    draw.click()
    assert "New limits can start from" in answer.value
    later.click()
    later.click()
    assert week.value == "31 March 2025"
    earlier.click()
    assert week.value == "24 March 2025"
    later.click()
    draw.click()
    assert "No reason, no rebase" in answer.value
    reason.value = GOOD
    draw.click()
    assert "new limits are due" in answer.value
    assert 'alt="' in answer.value
    assert 'role="status"' in answer.value
    starts.children[1].click()
    assert "flu" in stands.value
    assert "No new limits are drawn yet" in answer.value


@needs_widgets
def test_what_was_typed_is_shown_as_text() -> None:
    panel = rebase_with_reason().panel()
    _, _, _, _, expected, when, reason, draw, answer = panel.children
    expected.children[1].value = True
    when.children[0].value = "week 13"
    reason.value = "<b>new</b> list <script>"
    draw.click()
    assert "<script>" not in answer.value
    assert "<b>" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    panel = rebase_with_reason().panel()
    _, starts, _, _, expected, when, reason, draw, _ = panel.children
    controls = [*starts.children, *expected.children, *when.children, reason, draw]
    assert all(control.description for control in controls)
    kinds = {type(control).__name__ for control in controls}
    assert kinds == {"Button", "Checkbox", "Text", "Textarea"}


def test_in_print_no_widget_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython.display

    pieces: list[object] = []
    monkeypatch.setattr(IPython.display, "display", pieces.append)
    monkeypatch.setenv("PCQA_STATIC", "1")
    rebase_with_reason()._ipython_display_()
    assert len(pieces) == 5  # a sentence, a table, three pictures
    assert all("ipywidgets" not in type(piece).__module__ for piece in pieces)
