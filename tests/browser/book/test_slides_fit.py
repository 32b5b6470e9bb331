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
  return below.scrollHeight > below.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
}).map((one) => one.innerText.slice(0, 80));
"""


HANGS = re.compile(r":\s*$|To hand in|answer_\w|^\s*$")  # of a slide of words, as it is read
TYPED = re.compile(r"<code[^>]*>(<span[^>]*>)?\w+_\w")


def test_no_slide_is_cut_and_every_lesson_has_some(browser, site: Path, root: Path, tmp_path: Path):
    names = which.lessons_of(which.contents_of(root))
    cut, few = {}, []
    for name in names:
        shown = slides.slides(site / f"{name}.html")
        if sum(one.kind == "figure" for one in shown) < 1 or len(shown) < 6:
            few.append((name, len(shown)))
        page = tmp_path / "deck.html"
        page.write_text(slides.deck(shown[0].heading, shown), encoding="utf-8")
        browser.get(page.as_uri())
        if found := browser.execute_script(CUT):
            cut[name] = found
    assert len(names) == 41
    assert not cut
    assert not few


def test_no_slide_leads_to_what_is_not_there_or_names_a_variable(site: Path, root: Path):
    bs4 = pytest.importorskip("bs4", reason="Beautiful Soup is not installed")
    found = [
        (name, one.heading, one.body)
        for name in which.lessons_of(which.contents_of(root))
        for one in slides.slides(site / f"{name}.html")
        if TYPED.search(one.body)
        or (one.kind == "words" and HANGS.search(bs4.BeautifulSoup(one.body, "html.parser").text))
    ]
    assert not found
