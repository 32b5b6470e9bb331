"""The eight o'clock desk: who gets through, who waits, and what the panel says."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from pcqa_teach.errors import DataError, LessonError
from pcqa_teach.widgets import eight_oclock_desk
from pcqa_teach.widgets.desk import BANDS, STATES, compare
from pcqa_teach.widgets.desk_draw import draw
from pcqa_teach.widgets.morning import PEOPLE, Morning, in_words

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)


@pytest.fixture(scope="module")
def level() -> Morning:
    return eight_oclock_desk().morning()


def test_the_invented_monday_has_100_people_from_eight_to_ten() -> None:
    assert sum(PEOPLE[:8]) == 100
    assert sum(PEOPLE) == 124


def test_the_shares_are_those_of_first_calls(level: Morning) -> None:
    first = level.run.calls.query("attempt == 1")
    answered = (first["outcome"] == "answered").to_numpy()
    early = (first["at_seconds"] < 3600).to_numpy()
    assert level.first_time == pytest.approx(answered.mean())
    assert level.before_nine == pytest.approx(answered[early].mean())
    assert level.after_nine == pytest.approx(answered[~early].mean())
    assert level.calls_per_100 == pytest.approx(100 * len(level.run.calls) / len(first), rel=0.01)


def test_the_first_quarter_waits_most(level: Morning) -> None:
    quarters = [level.must_wait(place, place + 1) for place in range(12)]
    assert int(np.argmax(quarters)) <= 1
    assert level.must_wait(0, 1) > 5 * level.must_wait(8, 12)


def test_staff_hours_are_added_up() -> None:
    desk = eight_oclock_desk(days=2)
    assert desk.morning(early=5, later=2).hours == 9
    assert desk.morning(early=4, later=4).hours == 12


def test_nobody_is_lost_when_some_ring_later() -> None:
    desk = eight_oclock_desk(days=200)
    as_is, moved = desk.morning(), desk.morning(moved=0.5)
    people = [one.run.summary.loc["people", "mean"] for one in (as_is, moved)]
    assert people[0] == pytest.approx(people[1], rel=0.03)
    early = [one.run.quarters["people"].iloc[:4].sum() for one in (as_is, moved)]
    assert early[1] == pytest.approx(early[0] / 2, rel=0.06)


def test_more_staff_fewer_calls_and_more_lines_each_help() -> None:
    desk = eight_oclock_desk()
    base = desk.morning()
    assert desk.morning(early=4, later=4).first_time > base.first_time
    assert desk.morning(fewer=0.2).first_time > base.first_time
    assert desk.morning(minutes=2).first_time > base.first_time
    assert desk.morning(lines=5).first_time < base.first_time
    assert desk.morning(lines=5).wait < base.wait
    assert desk.morning(redial=False).calls_per_100 == pytest.approx(100)


@pytest.mark.parametrize(
    "wrong",
    [{"early": 0}, {"later": "two"}, {"minutes": 0}, {"moved": 1.5}, {"fewer": -1}, {"lines": 0}],
)
def test_what_cannot_be_is_an_error_of_one_sentence(wrong: dict[str, object]) -> None:
    with pytest.raises(DataError):
        eight_oclock_desk(days=2).morning(**wrong)


def test_people_are_twelve_numbers() -> None:
    with pytest.raises(LessonError, match="give 12"):
        eight_oclock_desk([30, 20])
    with pytest.raises(DataError):
        eight_oclock_desk([-1.0] * 12)


def test_the_same_seed_gives_the_same_morning() -> None:
    one, two = (eight_oclock_desk(days=5).morning() for _ in range(2))
    assert one.run.calls.equals(two.run.calls)


def test_the_answer_says_how_the_expectation_fared(level: Morning) -> None:
    share = round(100 * level.first_time)
    right = next(name for name, (low, _) in BANDS.items() if share >= low)
    assert "and so it is" in compare(right, level)
    for name in BANDS.keys() - {right}:
        assert "and it is not so" in compare(name, level)
        assert f"{share} of 100 people" in compare(name, level)


def test_the_words_say_where_the_formula_has_no_answer(level: Morning) -> None:
    assert "5 people's work, and 3 people answer: there Erlang C has no answer" in in_words(level)
    enough = eight_oclock_desk(days=5).morning(early=8)
    assert "Erlang C would say" in in_words(enough)
    assert "has no answer" not in in_words(enough)
    alone = eight_oclock_desk(days=5).morning(early=1, later=1)
    assert "and 1 person answers" in in_words(alone)


def test_an_expectation_comes_first() -> None:
    with pytest.raises(LessonError, match="First say"):
        eight_oclock_desk(days=2).reveal("")


def test_the_static_states_are_pictures_with_their_own_names_and_messages() -> None:
    pictures = eight_oclock_desk(days=10).static()
    assert len({picture.name for picture in pictures}) == len(STATES) == 3
    for name, picture in zip(STATES, pictures, strict=True):
        assert name in picture.alt
        assert "of 100 people are answered at the first try" in picture.alt
        assert picture.svg


def test_the_preface_tells_the_desks_apart() -> None:
    words, table = eight_oclock_desk(days=2).preface()
    assert "before you look" in repr(words)
    assert table.frame["The desk"].tolist() == list(STATES)
    assert table.frame["Staff, 8 to 9"].tolist() == [3, 5, 4]
    assert table.frame["Staff, 9 to 11"].tolist() == [3, 2, 4]


def test_a_picture_without_a_name_is_drawn(level: Morning) -> None:
    picture = draw(level)
    assert picture.name == "desk-as-set"
    assert "9 hours of staff" in picture.alt


@needs_widgets
def test_the_panel_asks_for_an_expectation_before_it_opens_the_lines() -> None:
    *_, choices, opened, answer = eight_oclock_desk(days=5).panel().children
    opened.click()
    assert "First say what you expect" in answer.value
    choices.children[1].value = True
    opened.click()
    assert "You expected 85 to 94 of 100" in answer.value
    assert 'alt="' in answer.value
    assert 'role="status"' in answer.value


@needs_widgets
def test_the_panel_uses_what_was_set() -> None:
    _, early, later, _, _, again, _, choices, opened, answer = (
        eight_oclock_desk(days=5).panel().children
    )
    for _ in range(2):
        early.children[2].click()
    later.children[1].click()
    again.value = False
    choices.children[0].value = True
    opened.click()
    assert "The desk takes 9 hours of staff time" in answer.value
    assert "100 people make 100 calls" in answer.value


@needs_widgets
def test_every_control_has_a_label_of_its_own_and_works_with_tab_and_space() -> None:
    _, *steppers, again, _, choices, opened, _ = eight_oclock_desk(days=2).panel().children
    buttons = [one for stepper in steppers for one in stepper.children[1:]]
    controls = [*buttons, again, *choices.children, opened]
    labels = [control.description for control in controls]
    assert all(labels)
    assert len(set(labels)) == len(labels)
    assert {type(control).__name__ for control in controls} == {"Button", "Checkbox"}


@pytest.mark.parametrize("variable", ["PCQA_STATIC", "NBGRADER_EXECUTION"])
def test_in_print_and_in_marking_no_widget_is_shown(
    variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import IPython.display

    pieces: list[object] = []
    monkeypatch.setattr(IPython.display, "display", pieces.append)
    monkeypatch.setenv(variable, "1")
    eight_oclock_desk(days=2)._ipython_display_()
    assert len(pieces) == 5  # a sentence, the desks, three pictures
    assert all("ipywidgets" not in type(piece).__module__ for piece in pieces)
