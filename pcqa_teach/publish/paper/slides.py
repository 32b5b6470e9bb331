"""Slides for one lesson, from its page of the built book: what a room needs to see together.

A cover with the saying, what people will be able to do, each figure by itself, each task with its
tables and questions, the key points. What is to be read in quiet stays in the workbook.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from pcqa_teach.errors import SetupError

if TYPE_CHECKING:
    from bs4 import Tag

_UNSEEN = re.compile(
    "Set up|Check yourself|Words used|Sources|On your own data|Your turn|To hand in|.* on one page"
)
_TYPED = re.compile(  # what one does alone, at a screen
    r"To hand in|Write your answer|live notebook|<code[^>]*>(<span[^>]*>)?[A-Za-z_]\w*<"
)
_NAME = re.compile(r"<code[^>]*>(<span[^>]*>)?\w+_\w*<")
_ASKED = re.compile(r"[a-z][a-z0-9_]*")  # the name that an answer is typed under
_LABELLED = re.compile(r"Your (\w+ )?answers?\.?")
_UNFINISHED = re.compile(r":(</\w+>)*$")
_LEADS_ON = re.compile(
    _UNFINISHED.pattern + r"|\b(tables?|columns?|below|here (is|are))\b", re.IGNORECASE
)
_SENTENCES = re.compile(r"(?<=[.?!])\s+(?=[A-Z(“])")
_LISTS = ("ul", "ol", "table")
_SIZE = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_OWN_COPY = "<p>These charts are too many for the wall. Look at them in your own copy.</p>"
_THE_REST = "<p>Part of this task is too long for the wall. Look at it in your own copy.</p>"
_PROSE = 420  # letters of one paragraph: what a room reads while somebody speaks
_LONGEST = 560  # and of a list or a table, with the words before it
_SCRAP = 59  # letters: fewer, left of a paragraph that lost sentences, say nothing
_ROWS = 7  # of a table, beside its head
_SEVERAL = 3  # bold beginnings: they are the points of their part
_LABEL = 4  # words: a bold beginning of fewer says nothing by itself


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
        if not _UNSEEN.fullmatch(heading):
            yield from _of_part([*_blocks(part)], heading)
        yield from _of_parts(part)


def _blocks(part: Tag) -> Iterator[Tag]:
    """Give what stands in a part, in order and out of its boxes; nothing that is folded away."""
    for one in part.find_all(recursive=False):
        if one.name == "div":
            yield from _blocks(one)
        elif one.name in (*_LISTS, "p", "blockquote", "figure"):
            yield one


def _of_part(blocks: list[Tag], heading: str) -> Iterator[Slide]:
    """Give a part's points, or its first words with what belongs to them; then each figure.

    What a task asks comes last.
    """
    task = heading.startswith("Task")
    if task:
        blocks = [one for one in map(_names_as_words, blocks) if one.name != "p" or _text(one)]
    figures = [_picture(one) for one in blocks if one.name == "figure"]
    shown = _points(blocks)
    if [one.name for one in blocks[:2]] == ["p", "figure"] and _unfinished(blocks[0]):
        figures[0] = figures[0] if shown else f"{blocks[0]}{figures[0]}"
    else:
        shown = shown or _first(blocks)
    for held in shown:
        yield Slide("words", heading, held)
    for held in figures:
        yield Slide("figure" if "<img" in held else "words", heading, held)
    for held in _asked(blocks, "".join(shown)) if task else ():
        yield Slide("words", heading, held)


def _asked(blocks: list[Tag], shown: str) -> Iterator[str]:
    """Give the tables and questions of a task that are not shown yet, each with its words.

    What a room cannot read is said to be in people's own copy, once.
    """
    said = False
    for place, one in enumerate(blocks):
        if one.name not in _LISTS or str(one) in shown:
            continue
        words = blocks[place - 1] if place > 1 else None
        new = words is not None and words.name == "p" and str(words) not in shown
        made = _first([words, one] if words is not None and new else [one])
        if said or str(one) in "".join(made):
            yield from made
        else:
            yield "".join(made) + _THE_REST
            said = True


def _names_as_words(block: Tag) -> Tag:
    """Write the names that answers are typed under as words (`left_over`: "Left over").

    "Your first answer." goes: it is what one types into.
    """
    label = _bold(block)
    if label is not None and _LABELLED.fullmatch(_text(label)):
        follows = label.next_sibling
        if follows is not None:
            follows.replace_with(str(follows).lstrip(" :.,\n"))
        label.decompose()
    for item in block.select("li, th, td"):
        for name in [*_names(item.find("p", recursive=False) or item)]:
            word = _text(name).replace("_", " ")
            name.name, name.attrs, name.string = "strong", {}, word.capitalize()
    return block


def _names(item: Tag) -> Iterator[Tag]:
    """Give the names with which an item begins."""
    names = iter(item.select(":scope > code"))
    for child in item.children:
        if str(child).strip() not in ("", ",", "and"):
            name = next(names, None)
            if name is None or child is not name or not _ASKED.fullmatch(_text(name)):
                return
            yield name


def _picture(figure: Tag) -> str:
    """Give a figure's picture; where it is taller than wide, words that send people to theirs."""
    image = figure.find("img")
    drawn = base64.b64decode(str(image).partition("base64,")[2].partition('"')[0])
    size = _SIZE.search(drawn)
    return _OWN_COPY if size and float(size[2]) > float(size[1]) else str(image)


def _points(blocks: list[Tag]) -> list[str]:
    """Give the bold beginnings of paragraphs, where each is a saying or a sentence."""
    listed = [one for tag in blocks[:1] if not _fits(tag) for one in tag.select("li > p")]
    begun = [_bold(one) for one in listed or blocks]
    bold = [one for one in begun if one is not None]
    whole = all(_text(one)[0] == "“" or len(_text(one).split()) >= _LABEL for one in bold)
    if len(bold) < _SEVERAL or begun[0] is None or not whole:
        return []
    return [f"<ul>{''.join(f'<li>{one}</li>' for one in bold)}</ul>"]


def _first(blocks: list[Tag]) -> list[str]:
    """Give the first words and what belongs to them: on one slide, or where it is full on two."""
    words = [one for one in blocks[:1] if one.name == "p"]
    rest = blocks[len(words) :]
    begun = [*takewhile(_bold, rest)]
    if len(begun) > 1 and _fits(*words, *begun):
        return ["".join(map(str, [*words, *begun]))]
    follows = [one for one in rest[:1] if one.name in _LISTS or any(map(_unfinished, words))]
    shown = [one for one in follows if _fits(one)]
    if shown and _fits(*words, *shown):
        return ["".join(map(str, [*words, *shown]))]
    said = [_sentences(one, _UNFINISHED if shown == follows else _LEADS_ON) for one in words]
    return [one for one in (*said, *map(str, shown)) if one]


def _sentences(words: Tag, left_out: re.Pattern[str]) -> str:
    """Give a paragraph's sentences that stand by themselves, as many as a room reads."""
    every = _SENTENCES.split(words.decode_contents().strip())
    kept = [one for one in every if not (left_out.search(one) or _TYPED.search(one))]
    while _letters(kept) > _PROSE:
        kept.pop()
    scrap = len(kept) < len(every) and _letters(kept) < _SCRAP
    return f"<p>{' '.join(kept)}</p>" if kept[:1] == every[:1] and not scrap else ""


def _letters(sentences: list[str]) -> int:
    return len(re.sub("<[^>]*>", "", " ".join(sentences)))


def _fits(*tags: Tag) -> bool:
    """Tell whether a room can read these together, and nothing is missing or is to be typed."""
    most = _PROSE if [one.name for one in tags] == ["p"] else _LONGEST
    return (
        len(" ".join(map(_text, tags))) <= most
        and not _unfinished(tags[-1])
        and all(len(one.select("tr")) <= _ROWS + 1 for one in tags)
        and not any((_NAME if one.name == "table" else _TYPED).search(str(one)) for one in tags)
    )


def _unfinished(tag: Tag) -> bool:
    return tag.name == "p" and _text(tag).endswith(":")


def _bold(tag: Tag) -> Tag | None:
    """Give the bold beginning of a paragraph, if it has one."""
    begun = next((one for one in tag.children if str(one).strip()), None)
    bold = tag.find("strong", recursive=False)
    return bold if tag.name == "p" and bold is begun else None


def _text(tag: Tag | None) -> str:
    return tag.get_text(" ", strip=True) if tag is not None else ""
