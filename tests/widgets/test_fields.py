"""May it leave: the cards tell what the kit's own reader does."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.data import schema
from pcqa_teach.data.invented import read_invented
from pcqa_teach.errors import LessonError
from pcqa_teach.widgets import may_it_leave
from pcqa_teach.widgets.fields import CARDS, FATES, FieldCard

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
EXPORT = (
    "Appointment Date,Start Time,Session Holder,Slot Type,Current Slot Status,Age,Patient Name,"
    "NHS Number,Postcode\n"
    '03/04/2025,08:40,GP 01,"Dr X, emergencies only",Left,47,INVENTED PATIENT 00007,'
    "999 000 0078,ZZ99 9ZZ\n"
)


def test_each_card_says_what_the_reader_does() -> None:
    frame, _ = read_invented(EXPORT, today="2025-05-01")
    columns = {"Session holder": "clinician", "Slot type": "slot_type",
               "Start time": "start_minute", "Age band": "age_band"}  # fmt: skip
    for name, card in CARDS.items():
        if name == "A count in a table":
            continue
        column = columns.get(name)
        if column is None:
            assert card.fate == "out"
            assert card.example not in frame.to_csv()
        else:
            code = bool(schema.COLUMNS[column].prefix)
            assert column in frame
            assert card.fate == ("stays" if code else "leaves")
    assert str(frame["age_band"].iloc[0]) == CARDS["Age band"].example


def test_every_fate_is_met_and_no_column_is_much_longer_than_another() -> None:
    fates = [card.fate for card in CARDS.values()]
    assert set(fates) == set(FATES)
    assert max(map(fates.count, FATES)) - min(map(fates.count, FATES)) <= 1


@pytest.mark.parametrize(
    ("name", "expected", "said"),
    [
        ("Postcode", "out", "and so it is"),
        ("Postcode", "leaves", "but: taken out as the file is read"),
        ("Slot type", "leaves", "but: kept here as a code"),
        ("A count in a table", "leaves", "fewer than 5"),
    ],
)
def test_the_answer_says_how_the_expectation_fared(name: str, expected: str, said: str) -> None:
    assert said in may_it_leave().reveal(name, expected)


@pytest.mark.parametrize(("name", "expected"), [("Shoe size", "out"), ("Postcode", "")])
def test_a_mistake_is_a_sentence(name: str, expected: str) -> None:
    with pytest.raises(LessonError):
        may_it_leave().reveal(name, expected)


@pytest.mark.parametrize("cards", [{}, {"A": FieldCard("a", "flies", "why")}])
def test_cards_without_a_known_fate_are_refused(cards: dict[str, FieldCard]) -> None:
    with pytest.raises(LessonError, match="each with a fate among"):
        may_it_leave(cards)


def test_the_static_form_asks_first_and_then_tells_all_in_words_too() -> None:
    activity = may_it_leave()
    asked = " ".join(map(repr, activity.preface()))
    (picture,) = activity.static()
    for name, card in CARDS.items():
        assert name in asked
        assert card.why not in asked
        assert name in picture.alt
        assert card.why in picture.alt
    assert len(activity.table().frame) == len(CARDS)


@needs_widgets
def test_the_panel_asks_for_an_expectation_and_goes_from_card_to_card() -> None:
    _, card, choices, buttons, answer = may_it_leave().panel().children
    look, onwards, back, everything = buttons.children
    look.click()
    assert "First tick" in answer.value
    choices.children[0].value = True
    look.click()
    assert "and so it is" in answer.value
    onwards.click()
    assert "Card 2 of 8" in card.value
    assert not any(box.value for box in choices.children)
    back.click()
    back.click()
    assert "Card 8 of 8" in card.value
    everything.click()
    assert "<table" in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, _, choices, buttons, _ = may_it_leave().panel().children
    controls = [*choices.children, *buttons.children]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Checkbox"}
