"""A lesson's words on the wall: what people are to think about, not how it is typed."""

from __future__ import annotations

import pytest

from pcqa_teach.publish.paper.aloud import aloud

bs4 = pytest.importorskip("bs4", reason="Beautiful Soup is not installed")


def _read(block: str) -> str:
    return str(aloud(bs4.BeautifulSoup(block, "html.parser").find()))


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<strong>Your first answer.</strong> In per cent.", "In per cent."),
        ("<strong>Your answer</strong>: in words.", "in words."),
        ("<strong>Why neighbours?</strong> Little time.", None),
        ("Give the letters of all in square brackets, such as <code>[\"A\", \"E\"]</code>.",
         "Give the letters of all."),
        ("Sort them: the numbers, in square brackets with commas between, in place of each "
         "<code>None</code>, like <code>[2, 9]</code>.", "Sort them: the numbers."),
        ("The word, in quotation marks and spelt as in the box; and why.", "The word; and why."),
        ("Which? Put your answers in place of each <code>None</code>.", "Which?"),
        ("Which? There are five <code>None</code>s: put a number in place of each.", "Which?"),
        ("Which? In a live notebook press <strong>Shift and Enter</strong> twice.", "Which?"),
        ("Which? A sum will do as well, such as <code>100 / 8</code>.", "Which?"),
        ("In a live notebook you choose. On this page, say so before you look.",
         "Say so before you look."),
        ("Is it <code>\"all\"</code> or <code>\"both\"</code>?",
         "Is it <strong>all</strong> or <strong>both</strong>?"),
        ("Then, as <code>first_dot</code>, its number.",
         "Then, as <strong>first dot</strong>, its number."),
        ("The letter of the change, such as <code>\"A\"</code>.", "The letter of the change."),
        ("As <strong>in_a_row</strong>, how many?", "As <strong>in a row</strong>, how many?"),
        ("The data set <em>ae_attendances</em>.", None),
        ("<code>do</code>: four letters in square brackets.",
         "<strong>Do</strong>: four letters."),
        ("In a live notebook press it. <strong>Which chart?</strong> Say why.",
         "<strong>Which chart?</strong> Say why."),
        ("(Write your answer in the box below.) Which one?", "Which one?"),
        ("<em>Say it.</em> In a live notebook press it. 3 or 4?", "<em>Say it.</em> 3 or 4?"),
        ("Run <code>pcqa.read_export()</code> on it.", None),
        ("<strong>Your answer</strong><em>Which?</em>", "<em>Which?</em>"),
        ("Type <code>pcqa run</code>.", None),
    ],
)  # fmt: skip
def test_a_paragraph_is_read_without_how_its_answer_is_typed(written: str, read: str | None):
    assert _read(f"<p>{written}</p>") == f"<p>{read or written}</p>"


def test_names_of_answers_are_words_in_lists_and_tables():
    listed = "<ul><li><p><code>left_over</code> and <code>pabak</code>: how many?</p></li></ul>"
    words = (
        "<ul><li><p><strong>Left over</strong> and <strong>PABAK</strong>: how many?</p></li></ul>"
    )
    assert _read(listed) == words
    table = '<table><tr><th><code>outside_xmr</code></th><td><code>"A"</code></td></tr></table>'
    assert "<th><strong>Outside XmR</strong></th><td><strong>A</strong></td>" in _read(table)
    assert _read("<table><tr><th>look_first</th><td>“C”</td></tr></table>") == (
        "<table><tr><th>look first</th><td>C</td></tr></table>"
    )


def test_an_item_that_says_only_how_to_type_is_gone():
    listed = "<ul><li>how many?</li><li>Put it in place of <code>None</code>.</li></ul>"
    assert _read(listed) == "<ul><li>how many?</li></ul>"
