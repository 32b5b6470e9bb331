"""What of a lesson is on its slides, and that a room can read it."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from pcqa_teach.errors import SetupError
from pcqa_teach.publish.paper import slides

pytest.importorskip("bs4", reason="Beautiful Soup is not installed")

LESSON = """<article class="bd-article"><section><h1>Plot<a class="headerlink">#</a></h1>
<p><em>"Again?"</em></p><p>Two.</p>
<section><h2>Set up</h2><p>import</p></section>
<section><h2>One idea</h2><p>See <a href="x.html">the word</a>.</p>
<div class="cell"><figure class="pcqa-figure"><img alt="a" src="data:,"></figure></div></section>
<section><h2>Your turn</h2><p>{long}</p><section><h3>Task 1</h3><p>{long}</p><ul><li>do</li></ul>
<figure class="pcqa-figure"><img alt="b" src="data:,"></figure></section></section>
<section><h2>What people get wrong</h2><p><strong>“One.”</strong> More.</p>
<p><strong>Two is a sentence.</strong></p><p><strong>“Three.”</strong></p></section>
<section><h2>Key points</h2><ul><li>dots</li></ul></section></section></article>"""


@pytest.fixture
def lesson(tmp_path: Path) -> Path:
    path = tmp_path / "plot.html"
    path.write_text(LESSON.format(long="word " * 120))
    return path


def test_a_room_sees_the_saying_the_figures_the_tasks_and_the_points(lesson: Path):
    shown = slides.slides(lesson)
    assert [(one.kind, one.heading) for one in shown] == [
        ("cover", "Plot"),
        ("words", "One idea"),
        ("figure", "One idea"),
        ("words", "Your turn"),
        ("words", "Task 1"),
        ("words", "Task 1"),
        ("figure", "Task 1"),
        ("words", "What people get wrong"),
        ("words", "Key points"),
    ]
    assert "Again?" in shown[0].body
    assert shown[1].body == "<p>See the word.</p>"
    assert shown[5].body == "<ul><li>do</li></ul>"
    assert "More" not in shown[7].body
    assert "<strong>Two is a sentence.</strong>" in shown[7].body
    page = slides.deck("Plot", shown)
    assert page.count('<section class="slide') == 9
    assert "<span>9</span></footer>" in page
    assert page.count("<h1>") == 1


TABLE = f"<table>{'<tr><td>1</td></tr>' * 8}</table>"
LONG = f"<table>{'<tr><td>1</td></tr>' * 9}</table>"
FIGURE = '<figure><img alt="c" src="data:,"></figure>'


@pytest.fixture
def bodies(tmp_path: Path):
    """Give a function that makes the slides of a lesson of one part, without its cover."""

    def of(part: str, heading: str = "One idea") -> list[str]:
        page = tmp_path / "one.html"
        page.write_text(
            '<article class="bd-article"><section><h1>One</h1>'
            f"<section><h2>{heading}</h2>{part}</section></section></article>"
        )
        return [one.body for one in slides.slides(page)[1:]]

    return of


@pytest.mark.parametrize("follows", ["<ul><li>a b</li></ul>", TABLE, "<p>6 / 3 = 2</p>"])
def test_words_that_end_in_a_colon_are_shown_with_what_follows(bodies, follows: str):
    assert bodies(f"<p>Two:</p><div>{follows}</div><p>More.</p>") == [f"<p>Two:</p>{follows}"]


def test_words_that_end_in_a_colon_stand_above_their_figure(bodies):
    assert bodies(f"<p>Here it is:</p>{FIGURE}{FIGURE}") == [
        '<p>Here it is:</p><img alt="c" src="data:,"/>',
        '<img alt="c" src="data:,"/>',
    ]


def test_a_picture_too_tall_for_a_slide_is_looked_at_in_ones_own_copy(bodies):
    wide, tall = (
        base64.b64encode(f'<svg viewBox="0 0 500 {height}">'.encode()).decode()
        for height in (600, 601)
    )
    pictures = "".join(
        f'<figure><img alt="d" src="data:image/svg+xml;base64,{one}"/></figure>'
        for one in (wide, tall)
    )
    first, second = bodies(pictures)
    assert wide in first
    told = "These charts are too many for the wall. Look at them in your own copy."
    assert second == f"<div>{told}</div>"


def test_a_sentence_that_leads_to_what_is_not_shown_is_left_out(bodies):
    assert bodies(f"<p>Sort these:</p>{LONG}") == []
    day = "On a Wednesday in March the telephone line was down until the afternoon."
    assert bodies(f"<p>{day} The table shows it. (Invented.)</p>{LONG}") == [
        f"<p>{day} (Invented.)</p>"
    ]
    assert bodies(f"<p>Twenty things. Sort them:</p>{LONG}") == []


def test_words_and_a_list_that_are_too_much_together_are_two_slides(bodies):
    words, listed = f"<p>{'word ' * 60}.</p>", f"<ul><li>{'item ' * 60}</li></ul>"
    assert bodies(words + listed) == [f"<p>{'word ' * 60}.</p>", listed]


def test_a_list_that_comes_first_is_shown_before_the_words_after_it(bodies):
    aims = "<ol><li>Say it.</li></ol>"
    assert bodies(f"{aims}<p>Time: 50 minutes.</p>") == [aims]


def test_paragraphs_that_begin_in_bold_belong_to_the_words_before_them(bodies):
    kinds = "<p><strong>Value</strong> is one.</p><p><strong>Failure</strong> is two.</p>"
    assert bodies(f"<p>Two kinds.</p>{kinds}<p>More.</p>") == [f"<p>Two kinds.</p>{kinds}"]


def test_bold_words_alone_make_no_slide(bodies):
    labels = [f"<p><strong>{one}.</strong> {'ask ' * 50}.</p>" for one in ("Who", "When", "Why")]
    assert bodies("".join(labels)) == labels[:1]


def test_what_is_typed_at_a_screen_is_left_out(bodies):
    assert bodies("<p><strong>To hand in</strong>: save it.</p>") == []
    ask = "How many of the hundred people who asked were helped on the same day?"
    assert bodies(f"<p>{ask} Put it in place of <code>None</code>.</p>") == [f"<p>{ask}</p>"]
    assert bodies("<p>Save the notebook.</p>", "To hand in") == []
    assert bodies("<p>Totals.</p>", "Your result on one page") == []


@pytest.mark.parametrize(
    "heading", ["Task 1: coders", "Predict, then reveal", "Worked example", "Your turn"]
)
def test_what_a_room_does_together_is_all_shown_in_the_order_of_the_lesson(bodies, heading: str):
    long = f"<p>{'word ' * 60}.</p>"
    part = (
        f"<p>Two coders.</p>{TABLE}{long}{FIGURE}<p>Which one?</p><p>And why? Say it:</p>{FIGURE}"
        "<p><strong>Your answer.</strong></p><ul><li><code>a</code>: how many?</li></ul>"
    )
    image = '<img alt="c" src="data:,"/>'
    assert bodies(part, heading) == [
        f"<p>Two coders.</p>{TABLE}",
        long,
        image,
        "<p>Which one?</p>",
        f"<p>And why? Say it:</p>{image}",
        "<ul><li><strong>A</strong>: how many?</li></ul>",
    ]
    assert bodies(part)[1:] == [image, image]


@pytest.mark.parametrize("code", ["answer_b1_1 = None", "import x\nanswer_b1_1 = in_piles()"])
def test_a_question_ends_where_its_answer_goes(bodies, code: str):
    cell = '<div class="cell"><div class="cell_input"><pre>{}</pre></div></div>'
    part = f"<p>One?</p>{cell.format(code)}<p>Two?</p>{cell.format(code)}{FIGURE}"
    image = '<img alt="c" src="data:,"/>'
    assert bodies(part, "Task 1") == ["<p>One?</p>", "<p>Two?</p>", image]
    assert bodies(part) == ["<p>One?</p>", image]


def test_code_that_is_itself_the_question_is_shown(bodies):
    cell = '<div class="cell"><div class="cell_input"><pre>days = 50</pre></div></div>'
    assert bodies(f"<p>A slip:</p>{cell}", "Task 1") == ["<p>A slip:</p><pre>days = 50</pre>"]


def test_a_question_goes_with_its_list_unless_both_are_too_much(bodies):
    short, long = f"<p>{'ask ' * 30}?</p>", f"<p>{'ask ' * 60}?</p>"
    listed = f"<ul><li>{'item ' * 90}</li></ul>"
    assert bodies(long + short + listed, "Task 1") == [long, short + listed]
    assert bodies(short + long + listed, "Task 1") == [short + long, listed]


def test_a_long_list_is_two_slides_and_a_longer_one_is_looked_for_in_ones_own_copy(bodies):
    items = [f"<li>{'item ' * 30}</li>" for _ in range(9)]
    first, second = bodies(f"<ol>{''.join(items)}</ol>", "Task 1")
    assert first == f"<ol>{''.join(items[:5])}</ol>"
    assert second == f'<ol start="6">{"".join(items[5:])}</ol>'
    row, head = "<tr><td>1</td></tr>", "<caption>Asks</caption><thead><tr><th>n</th></tr></thead>"
    halves = bodies(f"<table>{head}<tbody>{row * 19}</tbody></table>", "Task 1")
    assert [one.count("<td>") for one in halves] == [10, 9]
    assert all(head in one for one in halves)
    where = "Look at it in your own copy, under this heading."
    (told,) = bodies(f"<p>Here:</p><table>{head}<tbody>{row * 50}</tbody></table>", "Task 1")
    assert told == f"<p>Here:</p><div>The table “Asks” is too long for the wall. {where}</div>"
    assert bodies(f"<ul>{''.join(items * 2)}</ul>", "Task 1") == [
        f"<div>What follows is too long for the wall. {where}</div>"
    ]


def test_questions_that_a_cell_printed_are_a_list_and_other_printed_words_are_not(bodies):
    printed = '<p>Choose one.</p><div class="output stream"><div><pre>{}</pre></div></div>'
    listed = "<ul><li>Who &amp; why?</li><li>When?</li></ul>"
    assert bodies(printed.format("• Who &amp; why?\n• When?\n")) == [f"<p>Choose one.</p>{listed}"]
    assert bodies(printed.format("• Who?\nno")) == ["<p>Choose one.</p>"]
    said = '<p>Choose one.</p><p class="printed">• Who? no</p>'
    assert bodies(printed.format("• Who?\nno"), "Worked example") == [said]


def test_charts_for_ones_own_copy_are_named_once_and_not_above_another_chart(bodies):
    tall = base64.b64encode(b'<svg viewBox="0 0 500 601">').decode()
    tall = f'<figure><img alt="d" src="data:image/svg+xml;base64,{tall}"/></figure>'
    first, second = bodies(tall + tall + FIGURE, "Task 1")
    assert first.startswith("<div>These charts are too many for the wall.")
    assert second == '<img alt="c" src="data:,"/>'


def test_of_a_long_paragraph_the_first_sentences_are_shown(bodies):
    (shown,) = bodies(f"<p>{'A sentence of five words. ' * 30}</p>")
    assert 380 < len(shown) < 430
    assert shown.endswith("words.</p>")


def test_a_page_that_is_no_lesson_is_one_sentence(tmp_path: Path):
    (tmp_path / "x.html").write_text("<p>x</p>")
    with pytest.raises(SetupError, match="holds no lesson"):
        slides.slides(tmp_path / "x.html")
    with pytest.raises(SetupError, match="no page 'lost'"):
        slides.slides(tmp_path / "lost.html")
