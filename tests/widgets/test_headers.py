"""Match the headers: what is revealed is what the kit's own reader does."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.data import FORMATS
from pcqa_teach.data.reading.kinds import FIELDS as READERS_FIELDS
from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import match_headers
from pcqa_teach.widgets.header_choices import EXAMPLES, FIELDS, NOT_READ

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
SYSTMONE, EMIS, COUNTS, OTHER = EXAMPLES.values()


@pytest.mark.parametrize(("text", "form"), [(SYSTMONE, "systmone_appointments"),
                                            (EMIS, "emis_slots")])  # fmt: skip
def test_each_header_is_what_the_format_says(text: str, form: str) -> None:
    places = FORMATS[form].places(text.split(","))
    wanted = {spots[0]: name for name, spots in places.items()}
    found = match_headers().found(text)
    assert {spot: field for spot, (_, field) in found.items() if field != NOT_READ} == wanted
    assert [header for header, _ in found.values()] == text.split(",")


def test_every_field_of_a_suppliers_format_has_its_words_and_its_lookalikes() -> None:
    for form in ("systmone_appointments", "emis_slots", "gpad_practice", "gpad_regional"):
        assert {field.name for field in FORMATS[form].fields} <= set(FIELDS)
    assert set(FIELDS) - {NOT_READ} <= set(READERS_FIELDS)
    for name, (_, alike) in FIELDS.items():
        assert set(alike) <= set(FIELDS)
        assert name not in alike


def test_the_right_answer_is_always_among_the_choices() -> None:
    activity = match_headers()
    for field in FIELDS:
        options = activity.options(field)
        assert field in options
        assert NOT_READ in options
        assert len(options) >= 3
        assert len(set(options.values())) == len(options)


@pytest.mark.parametrize(
    ("text", "place", "expected", "said"),
    [
        (SYSTMONE, 2, "slot_type", "You and the reader agree: the kind of slot"),
        (SYSTMONE, 2, "session", "The reader takes it for the kind of slot"),
        (SYSTMONE, 5, "patient", "The reader does not read it: the kit leaves it out"),
        (EMIS, 6, "date", "The reader takes it for the day on which it was booked"),
    ],
)
def test_the_answer_says_how_the_expectation_fared(
    text: str, place: int, expected: str, said: str
) -> None:
    assert said in match_headers().reveal(text, place, expected)


@pytest.mark.parametrize("text", ["", "  \n ", "x", ",,,", COUNTS, OTHER, "a," * 60, '"open'])
def test_what_is_no_header_row_is_one_sentence_in_the_panels_words(text: str) -> None:
    activity = match_headers()
    assert activity.refusal(text)
    told, place, options = activity._asked(text, 3)
    assert told.startswith("The reader says: ")
    assert (place, options) == (0, {})
    assert activity._answer(text, 0, "date") == activity.refusal(text)
    with pytest.raises(PcqaError):
        activity.found(text)


def test_a_word_that_might_be_a_name_is_not_repeated() -> None:
    text = "Appointment date,Appointment status,JONES Ann,01/02/1950"
    told = repr(match_headers().table(text)) + match_headers()._asked(text, 2)[0]
    assert "JONES" not in told
    assert "1950" not in told
    assert "name not shown" in told


def test_the_kits_own_table_is_taken_too() -> None:
    text = "date,period,status,count,source,start_minute"
    assert "6 of 6 headers are read" in repr(match_headers().table(text))
    assert match_headers()._asked(text, 5)[2]


def test_the_static_states_are_pictures_with_their_own_names_and_alt_texts() -> None:
    pictures = match_headers().static()
    assert len({picture.name for picture in pictures}) == len(EXAMPLES) == 4
    assert "7 of 8 headers are read" in pictures[0].alt
    assert "14 of 15 headers are read" in pictures[1].alt
    assert "one row a slot" in pictures[2].alt
    assert "no format that is known" in pictures[3].alt
    asked = " ".join(map(repr, match_headers().preface()))
    assert "Rota type" in asked
    assert FIELDS["slot_type"][0] not in asked


@needs_widgets
def test_the_panel_goes_from_header_to_header() -> None:
    _, starts, typed, header, choices, buttons, answer = match_headers().panel().children
    look, onwards, back, everything = buttons.children
    assert "Header 1 of 8" in header.value
    look.click()
    assert "First tick" in answer.value
    choices.children[0].value = True
    look.click()
    assert "You and the reader agree" in answer.value
    onwards.click()
    assert "Header 2 of 8: “Clinician”" in header.value
    assert not any(box.value for box in choices.children)
    back.click()
    back.click()
    assert "Header 8 of 8" in header.value
    everything.click()
    assert "<table" in answer.value
    starts.children[2].click()
    assert "table of counts" in header.value
    assert choices.children == ()
    everything.click()
    assert "table of counts" in answer.value
    typed.value = "Appointment date,Appointment status,<b>"
    assert "Header 1 of 3" in header.value
    everything.click()
    assert "<b>" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, starts, typed, _, choices, buttons, _ = match_headers().panel().children
    controls = [*starts.children, typed, *choices.children, *buttons.children]
    assert all(control.description for control in controls)
    kinds = {type(control).__name__ for control in controls}
    assert kinds == {"Button", "Textarea", "Checkbox"}
