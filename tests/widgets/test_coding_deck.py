"""A deck to code, and a second coder to hold it against."""

from __future__ import annotations

import importlib.util

import pandas as pd
import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import CodeTogether, code_together
from pcqa_teach.widgets.coding_deck import CODES

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
V, P, S = CODES
FIRST = [V, P, S, V]
SECOND = [V, P, P, P]
HEARD = pd.DataFrame(
    {
        "contact_id": ["V1", "V2", "V3", "V4", "V5"],
        "channel": ["Telephone"] * 3 + ["Email", "Front desk"],
        "verbatim": ["A rash.", "My result?", "My referral?", "A <b>cough</b>.", "A review."],
    }
)
GIVEN = pd.DataFrame(
    {
        "contact_id": HEARD["contact_id"].repeat(2).tolist(),
        "coder_id": ["coder-1", "coder-2"] * 5,
        "code": [code for pair in zip([*FIRST, V], [*SECOND, V], strict=True) for code in pair],
    }
)
DECK = ["V1", "V2", "V3", "V4"]


@pytest.fixture
def activity() -> CodeTogether:
    return code_together(HEARD, GIVEN, DECK)


def test_the_deck_has_the_cards_named_in_their_order_with_the_second_coders_codes() -> None:
    cards = code_together(HEARD, GIVEN, ["V3", "V1"]).cards
    assert [card.words for card in cards] == ["My referral?", "A rash."]
    assert [card.code for card in cards] == [P, V]


def test_the_answer_says_how_the_guess_fared_and_what_kappa_is(activity: CodeTogether) -> None:
    told, picture, apart = activity.reveal(FIRST, "4")
    assert told.startswith("You expected to agree on 4 of 4 cards; you agree on 2.")
    # 2 of 4 agreed; by chance 2/4 x 1/4 + 1/4 x 3/4 + 1/4 x 0 = 5/16; (8 - 5) / (16 - 5)
    assert "Kappa 0.27" in told
    assert picture.name == "coding-deck"
    assert apart.count("- Card") == 2
    assert (
        "Card 3, “My referral?” You: failure: lever beyond. Second coder: failure: lever here"
        in (apart)
    )


def test_whoever_differs_on_no_card_is_told_so(activity: CodeTogether) -> None:
    told, _, apart = activity.reveal(SECOND, "2")
    assert "Kappa 1.00" in told
    assert apart.startswith("You differ on no card.")


def test_one_code_for_every_card_leaves_kappa_at_luck(activity: CodeTogether) -> None:
    told, _, _ = activity.reveal([V] * 4, "1")
    assert "you agree on 1. Kappa 0.00" in told


def test_where_both_use_one_code_alone_there_is_no_kappa() -> None:
    same = GIVEN.assign(code=V)
    assert "there is no kappa" in code_together(HEARD, same, DECK).reveal([V] * 4, "4")[0]


@pytest.mark.parametrize(
    ("mine", "expected", "said"),
    [
        ([V, "", V, V], "3", "Code every card first: 1 card to go."),
        (["", "", "", ""], "3", "4 cards to go"),
        (FIRST, "", "First say on how many cards"),
        (FIRST, "some", "is not a number"),
        (FIRST, "5", "a whole number from 0 to 4"),
    ],
)
def test_what_cannot_be_compared_is_an_error_of_one_sentence(
    activity: CodeTogether, mine: list[str], expected: str, said: str
) -> None:
    with pytest.raises(PcqaError, match=said):
        activity.reveal(mine, expected)


@pytest.mark.parametrize(
    ("deck", "more", "said"),
    [
        ([], {}, "The deck is empty"),
        (["V1", "V9"], {}, "names 'V9'"),
        (DECK, {"second": "coder-3"}, "hold none of 'coder-3'"),
    ],
)
def test_a_deck_that_is_not_there_is_refused_in_a_sentence(
    deck: list[str], more: dict[str, str], said: str
) -> None:
    with pytest.raises(PcqaError, match=said):
        code_together(HEARD, GIVEN, deck, **more)


def test_the_static_states_are_the_deck_and_every_contact(activity: CodeTogether) -> None:
    deck, week = activity.static()
    assert (deck.name, week.name) == ("coding-this-deck", "coding-the-whole-week")
    assert "of 4 cases" in deck.alt
    assert "of 5 cases" in week.alt
    _, table = activity.preface()
    assert table.frame["In the person's words (invented)"].tolist()[0] == "A rash."
    assert "Second" not in table._repr_html_()


@needs_widgets
def test_the_panel_goes_from_card_to_card_and_back(activity: CodeTogether) -> None:
    _, shown, buttons, guess, look, answer = activity.panel().children
    value, here, _, back = buttons.children
    assert "Card 1 of 4" in shown.value
    assert "A rash." in shown.value
    value.click()
    here.click()
    assert "Card 3 of 4" in shown.value
    assert "2 cards to go" in answer.value
    back.click()
    assert "Card 2 of 4" in shown.value
    assert "Your code: failure: lever here" in shown.value
    look.click()
    assert "Code every card first" in answer.value
    for _ in range(3):
        value.click()
    assert "All are coded" in answer.value
    look.click()
    assert "First say on how many" in answer.value
    guess.value = "1"
    look.click()
    assert 'role="status"' in answer.value
    assert "you agree on 1" in answer.value
    assert 'alt="' in answer.value


@needs_widgets
def test_two_panels_keep_their_codes_apart(activity: CodeTogether) -> None:
    one, two = activity.panel().children, activity.panel().children
    one[2].children[0].click()
    assert "Card 2" in one[1].value
    assert "Card 1" in two[1].value


@needs_widgets
def test_what_a_person_said_never_becomes_part_of_the_page(activity: CodeTogether) -> None:
    _, shown, buttons, guess, look, answer = activity.panel().children
    for _ in range(4):
        buttons.children[2].click()
    guess.value = "0"
    look.click()
    assert "A &lt;b&gt;cough" in shown.value
    assert "<b>cough" not in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space(activity: CodeTogether) -> None:
    _, _, buttons, guess, look, _ = activity.panel().children
    controls = [*buttons.children, guess, look]
    assert all(control.description for control in controls)
    assert all(control.tooltip for control in buttons.children)
    assert {type(control).__name__ for control in controls} == {"Button", "Text"}
