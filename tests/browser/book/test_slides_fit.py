"""Every slide of every lesson, in Chromium: nothing on it is cut, left hanging or to be typed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pcqa_teach.publish.paper import slides, which

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.xdist_group("book")]

CUT = """
return [...document.querySelectorAll('.slide')].filter((one) => {
  const below = one.querySelector('.below');
  const low = [...one.querySelectorAll('img')].some((picture) => picture.clientHeight < 320);
  const wide = one.scrollWidth > one.clientWidth + 1;
  return below.scrollHeight > below.clientHeight + 1 || wide || low;
}).map((one) => one.innerText.slice(0, 80));
"""

QUESTION = re.compile(r"[^.?!]*\?")
LAST = 30  # letters of a question
OF_THIRTY_CARDS = ["b7_demand_and_failure_demand"] * 2  # people's own: too many for the wall

HANGS = re.compile(r":\s*$|To hand in|answer_\w|^\s*$")  # of a slide of words, as it is read
TYPED = re.compile(r"<code[^>]*>(<span[^>]*>)?\w+_\w")
PICTURE = re.compile(r"<img[^>]*>")


@pytest.fixture(scope="module")
def decks(site: Path, root: Path) -> dict[str, list[slides.Slide]]:
    """Return the slides of every lesson by its name."""
    names = which.lessons_of(which.contents_of(root))
    return {name: slides.slides(site / f"{name}.html") for name in names}


def test_no_slide_is_cut_and_every_lesson_has_some(browser, decks, tmp_path: Path):
    cut, few = {}, []
    for name, shown in decks.items():
        if sum(one.kind == "figure" for one in shown) < 1 or len(shown) < 6:
            few.append((name, len(shown)))
        page = tmp_path / "deck.html"
        page.write_text(slides.deck(shown[0].heading, shown), encoding="utf-8")
        browser.get(page.as_uri())
        if found := browser.execute_script(CUT):
            cut[name] = found
    assert len(decks) == 41
    assert not cut
    assert not few


def test_every_question_that_a_room_answers_together_is_on_a_slide(site: Path, decks):
    bs4 = pytest.importorskip("bs4", reason="Beautiful Soup is not installed")
    lost = []
    for name, deck in decks.items():
        written = PICTURE.sub("", (site / f"{name}.html").read_text(encoding="utf-8"))
        page = bs4.BeautifulSoup(written, "html.parser")
        parts = [
            one
            for one in page.select("article section")
            if re.match(r"(Task \d|Predict|Worked|The next)", one.find(["h2", "h3"]).get_text())
        ]
        bodies = PICTURE.sub("", "".join(one.body for one in deck))
        shown = _letters(bs4.BeautifulSoup(bodies, "html.parser").get_text(" "))
        asked = [
            question
            for part in parts
            for one in part.select("p, li, td")
            if one.find(["p", "li"]) is None and one.find_parent("details") is None
            for question in QUESTION.findall(one.get_text())
        ]
        lost += [(name, one) for one in asked if _letters(one)[-LAST:] not in shown]
    assert [Path(name).name for name, _ in lost] == OF_THIRTY_CARDS


def _letters(said: str) -> str:
    return re.sub(r"[^a-z0-9?]", "", said.lower())


def test_no_slide_leads_to_what_is_not_there_or_names_a_variable(decks):
    bs4 = pytest.importorskip("bs4", reason="Beautiful Soup is not installed")
    found = [
        (name, one.heading, one.body)
        for name, deck in decks.items()
        for one in deck
        if TYPED.search(one.body)
        or (one.kind == "words" and HANGS.search(bs4.BeautifulSoup(one.body, "html.parser").text))
    ]
    assert not found
