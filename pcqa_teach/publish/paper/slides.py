"""Slides for one lesson, from its page of the built book: what a room needs to see together.

A cover with the saying, what people will be able to do, each figure by itself, the key points; and
in the lesson's own order what a room does together: predicts, works through, answers. What is to
be read in quiet stays in the workbook.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.errors import SetupError
from pcqa_teach.publish.paper.aloud import SENTENCES, aloud, begins_bold, text
from pcqa_teach.publish.paper.in_order import (
    LISTS,
    LONGEST,
    in_order,
    is_for_an_answer,
    picture,
    printed,
    unfinished,
)

if TYPE_CHECKING:
    from bs4 import Tag

_UNSEEN = re.compile(
    "Set up|Check yourself|Words used|Sources|On your own data|To hand in|.* on one page"
)
_TOGETHER = re.compile(r"(Task \d|Predict|Worked|Your turn|The next question)\b.*")
_UNFINISHED = re.compile(r":(</\w+>)*$")
_LEADS_ON = re.compile(
    _UNFINISHED.pattern + r"|\b(tables?|columns?|below|here (is|are))\b", re.IGNORECASE
)
_AS_IT_IS = ("figure", "div", "pre")
_PROSE = 420  # letters of one paragraph: what a room reads while somebody speaks
_SCRAP = 59  # letters: fewer, left of a paragraph that lost sentences, say nothing
_ROWS = 7  # of a table, beside its head
_SEVERAL = 3  # bold beginnings: they are the points of their part
_LABEL = 4  # words: a bold beginning of fewer says nothing by itself
_FIT = """
for (const below of document.querySelectorAll(".words .below")) {
  let points = 22;
  while (below.scrollHeight > below.clientHeight && points > 14)
    below.style.fontSize = `${(points -= 0.5)}pt`;
}
"""


@dataclass(frozen=True)
class Slide:
    """One slide: its kind ("cover", "words" or "figure"), its heading, and the HTML below."""

    kind: str
    heading: str
    body: str


def slides(lesson: Path) -> list[Slide]:
    """Return the slides of a lesson's page of the built book.

    Raises
    ------
    SetupError
        There is no such page, or it is no lesson.
    """
    from bs4 import BeautifulSoup

    if not lesson.is_file():
        raise SetupError(
            f"The built book has no page '{lesson.stem}': build it again (`make book`)."
        )
    page = BeautifulSoup(lesson.read_text(encoding="utf-8"), "html.parser")
    section = page.select_one("article.bd-article > section")
    if section is None:
        raise SetupError(f"The page '{lesson.stem}' of the built book holds no lesson.")
    for one in section.select("a.headerlink, button, script"):
        one.decompose()
    for link in section.select("a"):
        link.unwrap()
    return [_cover(section), *_of_parts(section)]


def deck(title: str, shown: list[Slide]) -> str:
    """Return the page that prints as one slide a sheet."""
    style = (Path(__file__).parent / "slides.css").read_text(encoding="utf-8")
    body = "".join(
        f'<section class="slide {one.kind}"><h{level}>{html.escape(one.heading)}</h{level}>'
        f'<div class="below">{one.body}</div>'
        f"<footer>{html.escape(title)}<span>{number}</span></footer></section>"
        for number, one in enumerate(shown, start=1)
        for level in (2 if number > 1 else 1,)
    )
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title><style>{style}</style></head>"
        f"<body>{body}<script>{_FIT}</script></body></html>"
    )


def _cover(section: Tag) -> Slide:
    heading, said = section.find("h1"), section.find("p", recursive=False)
    return Slide("cover", text(heading), str(said or ""))


def _of_parts(section: Tag) -> Iterator[Slide]:
    for part in section.find_all("section", recursive=False):
        heading = text(part.find(["h2", "h3"], recursive=False))
        if not _UNSEEN.fullmatch(heading):
            read = [one if one.name in _AS_IT_IS else aloud(one) for one in _blocks(part)]
            yield from _of_part([one for one in read if one.name == "figure" or text(one)], heading)
        yield from _of_parts(part)


def _blocks(part: Tag) -> Iterator[Tag]:
    """Give what stands in a part, in order and out of its boxes; nothing that is folded away.

    A cell for an answer is given as it is: there a question ends.
    """
    for one in part.find_all(recursive=False):
        if is_for_an_answer(one):
            yield one
        elif "stream" in one.get_attribute_list("class"):
            yield printed(one)
        elif "cell_input" in one.get_attribute_list("class"):
            yield from one.find_all("pre")  # code that is itself the question
        elif one.name == "div":
            yield from _blocks(one)
        elif one.name in (*LISTS, "p", "blockquote", "figure"):
            yield one


def _of_part(blocks: list[Tag], heading: str) -> Iterator[Slide]:
    """Give a part's points, or its first words with what belongs to them; then each figure."""
    if _TOGETHER.fullmatch(heading):
        for held in in_order(blocks):
            kind = "figure" if any(one.name == "img" for one in held) else "words"
            yield Slide(kind, heading, "".join(map(str, held)))
        return
    blocks = [one for one in blocks if not _is_of_a_screen(one)]
    figures = [str(picture(one)) for one in blocks if one.name == "figure"]
    shown = _points(blocks)
    if [one.name for one in blocks[:2]] == ["p", "figure"] and unfinished(blocks[0]):
        figures[0] = figures[0] if shown else f"{blocks[0]}{figures[0]}"
    else:
        shown = shown or _first(blocks)
    for one in shown:
        yield Slide("words", heading, one)
    for one in figures:
        yield Slide("figure" if "<img" in one else "words", heading, one)


def _is_of_a_screen(one: Tag) -> bool:
    return one.name in ("div", "pre") or "printed" in one.get_attribute_list("class")


def _points(blocks: list[Tag]) -> list[str]:
    """Give the bold beginnings of paragraphs, where each is a saying or a sentence."""
    listed = [one for tag in blocks[:1] if not _fits(tag) for one in tag.select("li > p")]
    begun = [begins_bold(one) for one in listed or blocks]
    bold = [one for one in begun if one is not None]
    whole = all(text(one)[0] == "“" or len(text(one).split()) >= _LABEL for one in bold)
    if len(bold) < _SEVERAL or begun[0] is None or not whole:
        return []
    return [f"<ul>{''.join(f'<li>{one}</li>' for one in bold)}</ul>"]


def _first(blocks: list[Tag]) -> list[str]:
    """Give the first words and what belongs to them: on one slide, or where it is full on two."""
    words = [one for one in blocks[:1] if one.name == "p"]
    rest = blocks[len(words) :]
    begun = [*takewhile(begins_bold, rest)]
    if len(begun) > 1 and _fits(*words, *begun):
        return ["".join(map(str, [*words, *begun]))]
    follows = [one for one in rest[:1] if one.name in LISTS or any(map(unfinished, words))]
    shown = [one for one in follows if _fits(one)]
    if shown and _fits(*words, *shown):
        return ["".join(map(str, [*words, *shown]))]
    said = [_sentences(one, _UNFINISHED if shown == follows else _LEADS_ON) for one in words]
    return [one for one in (*said, *map(str, shown)) if one]


def _sentences(words: Tag, left_out: re.Pattern[str]) -> str:
    """Give a paragraph's sentences that stand by themselves, as many as a room reads."""
    every = SENTENCES.split(words.decode_contents().strip())
    kept = [one for one in every if not left_out.search(one)]
    while _letters(kept) > _PROSE:
        kept.pop()
    scrap = len(kept) < len(every) and _letters(kept) < _SCRAP
    return f"<p>{' '.join(kept)}</p>" if kept[:1] == every[:1] and not scrap else ""


def _letters(sentences: list[str]) -> int:
    return len(re.sub("<[^>]*>", "", " ".join(sentences)))


def _fits(*tags: Tag) -> bool:
    """Tell whether a room can read these together, and nothing is missing."""
    most = _PROSE if [one.name for one in tags] == ["p"] else LONGEST
    return (
        len(" ".join(map(text, tags))) <= most
        and not unfinished(tags[-1])
        and all(len(one.select("tr")) <= _ROWS + 1 for one in tags)
    )
