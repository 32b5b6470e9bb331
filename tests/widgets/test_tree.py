"""From words to a tree: guess what can be counted, then see."""

from __future__ import annotations

import importlib.util

import pytest

from pcqa_teach.errors import PcqaError
from pcqa_teach.widgets import build_ctq_tree
from pcqa_teach.widgets.tree import BRANCHES, EXAMPLES, LEAVES, LONGEST

needs_widgets = pytest.mark.skipif(
    importlib.util.find_spec("ipywidgets") is None, reason="ipywidgets is not installed here"
)
VOICE = "I can't get through"
TWO = [("Reach a person", "Share of calls answered, %\nA friendly voice")]


@pytest.mark.parametrize(
    ("expected", "said"),
    [
        ("1", "and so does the check. What keeps the rest from it stands below."),
        ("2", "The check says 1: look at what keeps the other from being counted."),
        (" 0 ", "The check says 1: it goes by the wording alone."),
    ],
)
def test_the_answer_says_how_the_guess_fared(expected: str, said: str) -> None:
    compared, picture, explained = build_ctq_tree().reveal(VOICE, TWO, expected)
    assert compared.startswith(f"You expected {expected.strip()} of 2 features")
    assert said in compared
    assert "Not yet measurable: A friendly voice" in explained
    assert VOICE in picture.alt


def test_all_that_can_be_counted_needs_no_word_about_the_rest() -> None:
    whole = [("Reach a person", "Share of calls answered, %")]
    assert build_ctq_tree().reveal(VOICE, whole, "1")[0].endswith("and so does the check.")


@pytest.mark.parametrize(
    ("voice", "branches", "expected", "said"),
    [
        ("", TWO, "1", "Write first what people say"),
        (VOICE, [("", "")], "1", "There is no need yet"),
        (VOICE, [("", "Calls answered, %")], "1", "The features in box 1 have no need"),
        (VOICE, [("Reach", "")], "1", "has no feature"),
        (VOICE, [*TWO, ("Reach a person", "Wait, min")], "1", "Need 2 is there already"),
        (VOICE, [("Reach", "\n".join(f"Wait {i}, min" for i in range(9)))], "1", "9 features"),
        (VOICE, [("Reach", "x" * (LONGEST + 1))], "0", "longer than"),
        (VOICE, TWO, "", "First say how many"),
        (VOICE, TWO, "both", "is not a number"),
        (VOICE, TWO, "3", "a whole number from 0 to 2"),
        (VOICE, TWO, "1.5", "a whole number from 0 to 2"),
    ],
)
def test_what_cannot_be_drawn_is_an_error_of_one_sentence(
    voice: str, branches: list[tuple[str, str]], expected: str, said: str
) -> None:
    with pytest.raises(PcqaError, match=said) as caught:
        build_ctq_tree().reveal(voice, branches, expected)
    assert "\n" not in str(caught.value)


def test_bullets_and_empty_lines_of_a_list_are_left_out() -> None:
    tree = build_ctq_tree().tree(VOICE, [("Reach", " - Wait, min\n\n• Calls lost, a day: number")])
    assert [feature.words for feature in tree.features] == [
        "Wait, min",
        "Calls lost, a day: number",
    ]


def test_the_wordings_of_the_examples_show_what_they_are_for() -> None:
    activity = build_ctq_tree()
    counted = {
        name: activity.tree(*example).table["measurable"].tolist()
        for name, example in EXAMPLES.items()
    }
    assert counted["First wording"] == [False, True, False, False]
    assert all(counted["Second wording"])
    assert counted["A remedy in disguise"] == [False, False, True]
    assert all(len(branches) <= BRANCHES for _, branches in EXAMPLES.values())
    assert all(line.count("\n") < LEAVES for _, b in EXAMPLES.values() for _, line in b)


def test_the_static_states_are_pictures_with_their_own_names_and_alt_texts() -> None:
    pictures = build_ctq_tree().static()
    assert len({picture.name for picture in pictures}) == len(EXAMPLES) == 3
    assert pictures[0].alt.startswith("First wording. Tree from left to right.")
    table = build_ctq_tree().preface()[1]
    assert len(table.frame) == 4 + 4 + 3
    assert "measurable" not in table._repr_html_()


@needs_widgets
def test_the_panel_asks_for_a_guess_before_it_draws() -> None:
    _, starts, voice, *boxes, guess, draw, answer = build_ctq_tree().panel().children
    draw.click()
    assert "Write first what people say" in answer.value
    starts.children[0].click()
    assert voice.value.startswith("I have to tell my story")
    assert len(boxes) == 2 * BRANCHES
    assert boxes[1].value.startswith("Good continuity")
    draw.click()
    assert "First say how many" in answer.value
    guess.value = "3"
    draw.click()
    assert 'role="status"' in answer.value
    assert "The check says 1" in answer.value
    assert 'alt="' in answer.value
    assert "<li>Not yet measurable: Good continuity" in answer.value
    assert "They need" not in answer.value.split("</figure>")[1]


@needs_widgets
def test_what_was_typed_never_becomes_part_of_the_page() -> None:
    _, _, voice, need, features, *_, guess, draw, answer = build_ctq_tree().panel().children
    voice.value, need.value = "<b>Hello</b>", "Reach <i>somebody</i>"
    features.value, guess.value = "Wait, <script>, min", "1"
    draw.click()
    assert "<b>Hello" not in answer.value
    assert "<script>" not in answer.value
    assert "&lt;b&gt;Hello" in answer.value


@needs_widgets
def test_every_control_has_a_label_and_works_with_tab_and_space() -> None:
    _, starts, voice, *boxes, guess, draw, _ = build_ctq_tree().panel().children
    controls = [*starts.children, voice, *boxes, guess, draw]
    assert all(control.description for control in controls)
    assert {type(control).__name__ for control in controls} == {"Button", "Text", "Textarea"}
