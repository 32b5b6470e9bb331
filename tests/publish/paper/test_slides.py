"""What of a lesson is on its slides, and that a room can read it."""

from __future__ import annotations

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
<section><h2>What people get wrong</h2><p><strong>One.</strong> More.</p>
<p><strong>Two.</strong></p></section>
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
        ("words", "Task 1"),
        ("figure", "Task 1"),
        ("words", "What people get wrong"),
        ("words", "Key points"),
    ]
    assert "Again?" in shown[0].body
    assert shown[1].body == "<p>See the word.</p>"
    assert shown[3].body == "<ul><li>do</li></ul>"
    assert "More" not in shown[5].body
    assert "<strong>Two.</strong>" in shown[5].body
    page = slides.deck("Plot", shown)
    assert page.count('<section class="slide') == 7
    assert page.count("<h1>") == 1


def test_a_page_that_is_no_lesson_is_one_sentence(tmp_path: Path):
    (tmp_path / "x.html").write_text("<p>x</p>")
    with pytest.raises(SetupError, match="holds no lesson"):
        slides.slides(tmp_path / "x.html")
    with pytest.raises(SetupError, match="no page 'lost'"):
        slides.slides(tmp_path / "lost.html")
