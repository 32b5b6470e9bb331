"""Boxes of a lesson become lines to write on; what only a computer does is left out."""

from __future__ import annotations

import pytest

from pcqa_teach.publish.paper.by_hand import by_hand, labels

bs4 = pytest.importorskip("bs4", reason="Beautiful Soup is not installed")


def _cell(code: str, shown: str = "", *, folded: bool = False) -> str:
    box = f'<div class="cell_input"><pre>{code}</pre></div>'
    box = f'<details class="hide">{box}</details>' if folded else box
    return f'<div class="cell">{box}<div class="cell_output">{shown}</div></div>'


def _turned(markup: str) -> bs4.Tag:
    article = bs4.BeautifulSoup(f"<article>{markup}</article>", "html.parser").article
    by_hand(article)
    return article


def _lines(article: bs4.Tag) -> list[str]:
    return [one.get_text() for one in article.select(".to-fill p")]


def test_a_box_to_answer_in_becomes_its_labels_with_lines():
    turned = _turned(
        _cell('answer_b3_1 = {"mean": None, "moving_range": None}\n# Put your answer in place')
        + _cell("answer_b3_2 = None\n# Put your answer in place of None")
    )
    assert _lines(turned) == ["mean", "moving range", "Answer"]
    assert "None" not in turned.get_text()


def test_a_quick_check_becomes_a_line_and_does_not_say_that_it_has_no_answer():
    turned = _turned(_cell("check_1(None)", "No answer yet: put yours in place of None"))
    assert _lines(turned) == ["Answer"]
    assert "No answer yet" not in turned.get_text()


@pytest.mark.parametrize(
    ("code", "asked"),
    [
        ('check_4({"lowest": None, "highest": None})', ["lowest", "highest"]),
        ("answer_c1_1 = in_piles(20, agree=None, ask=None)", ["agree", "ask"]),
        ('answer_d6_1 = {"UPC": None, "Bice-Boxerman": None}', ["UPC", "Bice-Boxerman"]),
        ("asks = None  # such as [150]\nnot_met = None", ["asks", "not met"]),
        ("list_size = 98000", []),
    ],
)
def test_the_labels_are_the_boxs_own_words(code, asked):
    assert labels(code) == asked


@pytest.mark.parametrize(
    "code",
    ["import pcqa_teach as pcqa", "pcqa.lessons.check_setup()", 'export = None\npractice = "x"'],
)
def test_what_makes_ready_or_opens_ones_own_file_is_left_out(code):
    assert _turned(_cell(code, "Python 3.12")).get_text() == ""


def test_a_chart_stays_and_so_does_code_that_is_the_question():
    turned = _turned(_cell("draw()", "<img alt='x'/>", folded=True) + _cell("list_size = 98000"))
    assert turned.select_one("img") is not None
    assert "list_size = 98000" in turned.get_text()


def test_words_are_written_on_lines_and_nothing_is_sent():
    turned = _turned(
        "<p><em>Write your answer here: double-click, type, then Shift and Enter.</em></p>"
        "<p><strong>To hand in:</strong> save the notebook (Ctrl+S).</p>"
    )
    assert len(turned.select(".to-write p")) >= 5
    assert "double-click" not in turned.get_text()
    assert "Ctrl" not in turned.get_text()
    assert "give them to your coach" in turned.get_text()


def test_lines_to_copy_are_lines_to_write_on_and_other_text_stays():
    turned = _turned(
        '<div class="highlight-text"><pre>**Aim:**\n\n**How much:**\n</pre></div>'
        '<div class="highlight-text"><pre>pcqa read my-export.csv</pre></div>'
    )
    assert _lines(turned) == ["Aim", "How much"]
    assert "pcqa read my-export.csv" in turned.get_text()


def test_a_part_on_handing_in_is_left_out():
    turned = _turned(
        "<section><h2>To hand in<a>#</a></h2><p>Save the notebook.</p></section>"
        "<section><h2>Key points</h2></section>"
    )
    assert turned.get_text() == "Key points"
