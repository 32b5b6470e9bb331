"""Slides for one lesson, from its page of the built book: what a room needs to see together.

A cover with the saying, what people will be able to do, each figure by itself, each task, the key
points. What is to be read in quiet stays in the workbook.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.errors import SetupError

if TYPE_CHECKING:
    from bs4 import Tag

_UNSEEN = {"Set up", "Check yourself", "Words used", "Sources", "On your own data", "Your turn"}
_LONGEST = 420  # letters on a slide of words: what a room reads while somebody speaks


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
        f'<div class="below">{one.body}</div><footer>{html.escape(title)}</footer></section>'
        for number, one in enumerate(shown)
        for level in (2 if number else 1,)
    )
    return (
        '<!doctype html><html lang="en-GB"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title><style>{style}</style></head><body>{body}</body></html>"
    )


def _cover(section: Tag) -> Slide:
    heading, said = section.find("h1"), section.find("p", recursive=False)
    return Slide("cover", _text(heading), str(said or ""))


def _of_parts(section: Tag) -> Iterator[Slide]:
    for part in section.find_all("section", recursive=False):
        heading = _text(part.find(["h2", "h3"], recursive=False))
        if heading not in _UNSEEN:
            yield from _of_part(part, heading)
        yield from _of_parts(part)


def _of_part(part: Tag, heading: str) -> Iterator[Slide]:
    """Give a part's first words with its first list, then each figure."""
    words = part.find("p", recursive=False)
    listed = part.find(["ul", "ol"], recursive=False)
    if len(leads := _leads(part)) > 1:
        yield Slide("words", heading, f"<ul>{''.join(f'<li>{one}</li>' for one in leads)}</ul>")
        words = listed = None
    held = "".join(str(one) for one in (words, listed) if one is not None)
    if len(_text(words)) + len(_text(listed)) > _LONGEST:
        held = str(words if words is not None and len(_text(words)) <= _LONGEST else listed or "")
    if held:
        yield Slide("words", heading, held)
    for figure in part.select("figure.pcqa-figure"):
        if figure.find_parent("section") is part:
            yield Slide("figure", heading, str(figure.find("img")))


def _leads(part: Tag) -> list[str]:
    """Give the bold beginnings of paragraphs, where there is nothing else: they are the points."""
    firsts = (one.find(recursive=False) for one in part.find_all("p", recursive=False))
    bold = [str(one) for one in firsts if one is not None and one.name == "strong"]
    return bold if part.find(["ul", "ol", "div"], recursive=False) is None else []


def _text(tag: Tag | None) -> str:
    return tag.get_text(" ", strip=True) if tag is not None else ""
