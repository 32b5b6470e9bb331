"""A published figure says of when it is: a paragraph that tells one has a year in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REAL = re.compile(
    r"\b(?:England|Scotland|Scottish|London|GPonline|Pulse|published|failuredemand)\b"
)
FIGURE = re.compile(
    r"\d%|\d per cent|\d in a hundred|\d per 1,000|\b\d{1,3}(?:,\d{3})+ (?!patients)\w"
)
DATED = re.compile(r"\b(?:18|19|20)\d\d\b|\bundated\b|date we do not know", re.IGNORECASE)
# An invented figure does not age, nor does how a share is counted.
NOT_OF_A_TIME = re.compile(r"\binvent|NHS England[^.]* (?:counts?|does|keeps)\b", re.IGNORECASE)
SAID = re.compile(
    r"[\"\u201c][^\"\u201d]*[\"\u201d]"
)  # what somebody is heard to say is to be looked at, not believed
PARAGRAPH = re.compile(r"\n\s*\n|\n(?=[-*|] |\d+\. )")
LICENCE = re.compile(r"NHS England \(formerly NHS\s+\"?\s*\"?Digital\)")


def undated(text: str) -> Iterator[str]:
    """Give each paragraph that tells a published figure and not of when it is."""
    for paragraph in PARAGRAPH.split(text):
        claimed = SAID.sub("", paragraph)
        told = REAL.search(claimed) and FIGURE.search(claimed)
        if told and not DATED.search(paragraph) and not NOT_OF_A_TIME.search(paragraph):
            yield " ".join(paragraph.split())


def _texts(kind: str) -> Iterator[tuple[str, str]]:
    for path in sorted((ROOT / "notebooks").glob("*/*.ipynb")):
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"]):
            if cell["cell_type"] == kind:
                yield f"{path.stem}, cell {number}", "".join(cell["source"])


def test_a_published_figure_in_a_lesson_says_of_when_it_is():
    found = [(where, one) for where, text in _texts("markdown") for one in undated(text)]
    assert found == []


def test_a_published_figure_on_a_page_of_the_book_says_of_when_it_is():
    pages = sorted((ROOT / "book").rglob("*.md"))
    found = [(page.name, one) for page in pages for one in undated(page.read_text("utf-8"))]
    assert len(pages) > 30
    assert found == []


def test_figures_that_are_drawn_from_published_data_say_of_when_they_are():
    drawn = [(where, code) for where, code in _texts("code") if LICENCE.search(code)]
    assert len(drawn) > 5
    assert [where for where, code in drawn if not DATED.search(code)] == []


def test_what_has_no_date_is_found():
    assert list(undated("In England 5% are missed.\n\nIn 2024 in England 5% were missed.")) == [
        "In England 5% are missed."
    ]
    fine = 'Invented: in London 5%.\n\n4.0% (as NHS England does).\n\n"In England it is 5%."'
    assert list(undated(fine)) == []
