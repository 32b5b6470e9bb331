"""What a lesson asks of a computer, asked of a pencil: lines to write on in place of boxes."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag
    from bs4.element import PageElement

_BLANK = re.compile(r"""["']?(\w[\w &-]*?)["']?\s*[:=]\s*None\b""")
ASKED = re.compile(r"^\s*(answer_\w+\s*=|check_\w+\()", re.MULTILINE)
_COMPUTER = re.compile(
    r"^(import pcqa_teach|pcqa\.lessons\.check_setup|export = None)", re.MULTILINE
)
_WRITE_HERE = "Write your answer here:"
_HAND_IN = "To hand in"
_TO_COPY = re.compile(r"\s*(\*\*[^*\n]+:\*\*\s*)+")
_LINES = 6  # of a page's width, for an answer in words


def by_hand(article: Tag) -> None:
    """Turn a lesson's boxes into lines to write on, and leave out what only a computer does.

    A box to answer in becomes its labels with a line each, and so do lines to copy; the words
    "Write your answer here" become empty lines. A box that makes ready or opens one's own file is
    left out with what it prints. Any other stays as it is: charts, tables, and code that is itself
    the question.
    """
    for cell in article.select("div.cell"):
        _cell(cell)
    for one in article.select("div.highlight-text"):
        if _TO_COPY.fullmatch(said := one.get_text()):
            one.replace_with(_lines(re.findall(r"\*\*(.+?):\*\*", said), "to-fill wide"))
    for heading in article.select("section > h2, section > h3"):
        if heading.get_text().startswith(_HAND_IN) and heading.parent:
            heading.parent.decompose()
    for one in article.find_all("p"):
        said = one.get_text(" ", strip=True)
        if said.startswith(_WRITE_HERE):
            one.replace_with(_made('<div class="to-write">' + "<p></p>" * _LINES + "</div>"))
        elif said.startswith(_HAND_IN):
            one.replace_with(_made("<p>Keep these pages, or give them to your coach.</p>"))


def labels(source: str) -> list[str]:
    """Return what a box asks for, in its own words; one empty label where it asks for one thing.

    Examples
    --------
    >>> labels('answer_b3_1 = {"mean": None, "moving_range": None}')
    ['mean', 'moving range']
    >>> labels("check_1(None)")
    ['']
    >>> labels("print(2 + 2)")
    []
    """
    found = [name.replace("_", " ") for name in _BLANK.findall(source)]
    if ASKED.search(source):
        return [name for name in found if not name.startswith("answer ")] or [""]
    return found


def _cell(cell: Tag) -> None:
    shown = [one for one in cell.select(".cell_input") if not one.find_parent("details")]
    if not shown:
        return
    source = shown[0].get_text()
    if _COMPUTER.search(source):
        cell.decompose()
    elif asked := labels(source):
        cell.replace_with(_lines(asked))


def _lines(asked: list[str], kind: str = "to-fill") -> PageElement:
    lines = "".join(f"<p><span>{html.escape(label or 'Answer')}</span></p>" for label in asked)
    return _made(f'<div class="{kind}">{lines}</div>')


def _made(markup: str) -> PageElement:
    from bs4 import BeautifulSoup

    return BeautifulSoup(markup, "html.parser").contents[0]
