"""What a room does together, in the lesson's own order, as much on a slide as a room can read."""

from __future__ import annotations

import base64
import html
import re
from copy import copy
from itertools import chain
from typing import TYPE_CHECKING

from pcqa_teach.publish.paper.aloud import text
from pcqa_teach.publish.paper.by_hand import ASKED

if TYPE_CHECKING:
    from bs4 import Tag

LISTS = ("ul", "ol", "table")
LONGEST = 560  # letters of a list or a table with the words before it
_LONGEST_ALONE = 1000  # and of one that stands alone, in smaller letters
_LINE = 60  # letters: what a row takes that has fewer
_LEAD = 160  # of words that stand above a picture, or go with the list after them
_TALLEST = 1.2  # of a picture's width
_SIZE = re.compile(rb'viewBox="0 0 ([\d.]+) ([\d.]+)"')
_CHARTS = "<div>These charts are too many for the wall. Look at them in your own copy.</div>"
_TOO_LONG = "<div>{} too long for the wall. Look at it in your own copy, under this heading.</div>"


def in_order(blocks: list[Tag]) -> list[list[Tag]]:
    """Put what a part says on slides, in its order: a list with its words, a picture with a few.

    What follows the place for an answer is on a slide of its own.
    """
    packed: list[list[Tag]] = []
    for some in _joined(blocks):
        apart = any(map(_stands_apart, [*(packed[-1] if packed else []), *some]))
        if packed and not apart and _weight(*packed[-1], *some) <= LONGEST:
            packed[-1].extend(some)
        else:
            packed.append(some)
    return [some for some in packed if not is_for_an_answer(some[0])]


def _joined(blocks: list[Tag]) -> list[list[Tag]]:
    """Join each list or picture to the words that lead to it."""
    joined: list[list[Tag]] = []
    for one in chain.from_iterable(map(_on_the_wall, blocks)):
        last = joined[-1][-1] if joined else None
        if last is not None and one.name == "div" and last == one:
            continue  # once is enough to say that charts are too many for the wall
        if last is not None and _goes_with(last, one):
            joined[-1].append(one)
        else:
            joined.append([one])
    return joined


def _stands_apart(one: Tag) -> bool:
    return one.name == "img" or is_for_an_answer(one)


def _goes_with(words: Tag, one: Tag) -> bool:
    if words.name != "p" or one.name == "p" or is_for_an_answer(one):
        return False
    short = len(text(words)) <= _LEAD
    if unfinished(words) or (one.name == "img" and short):
        return True
    return one.name != "img" and _weight(words, one) <= (_LONGEST_ALONE if short else LONGEST)


def _on_the_wall(one: Tag) -> list[Tag]:
    """Give a block as it is shown, where need be in halves, or else where people find it."""
    if one.name == "figure":
        return [picture(one)]
    if one.name not in LISTS or _weight(one) <= _LONGEST_ALONE:
        return [one]
    halves = _halves(one)
    if _weight(halves[0]) <= _LONGEST_ALONE and _weight(halves[1]) <= _LONGEST_ALONE:
        return halves
    caption = text(one.find("caption"))
    return [_words(_TOO_LONG.format(f"The table “{caption}” is" if caption else "What follows is"))]


def _halves(one: Tag) -> list[Tag]:
    """Give a long table or list as two, both with the table's head and the list's numbers."""
    halves = [copy(one), copy(one)]
    for place, half in enumerate(halves):
        items = half.select("tbody > tr, :scope > li")
        middle = (len(items) + 1) // 2
        for item in items[middle:] if place == 0 else items[:middle]:
            item.decompose()
        if place and half.name == "ol":
            half["start"] = str(int(str(one.get("start") or 1)) + middle)
    return halves


def _weight(*tags: Tag) -> int:
    """Count letters; a short row counts as the line that it takes."""
    return sum(max(len(text(one)), _LINE * len(one.select("tr, li"))) for one in tags)


def _words(said: str) -> Tag:
    from bs4 import BeautifulSoup

    return BeautifulSoup(said, "html.parser").find_all(recursive=False)[0]


def picture(figure: Tag) -> Tag:
    """Give a figure's picture; where it is too tall for a slide, where people find theirs."""
    image = figure.find_all("img")[0]
    drawn = base64.b64decode(str(image).partition("base64,")[2].partition('"')[0])
    size = _SIZE.search(drawn)
    return _words(_CHARTS) if size and float(size[2]) > _TALLEST * float(size[1]) else image


def is_for_an_answer(one: Tag) -> bool:
    """Tell whether this is the cell into which an answer goes."""
    code = one.select_one(":scope.cell > .cell_input")
    return code is not None and ASKED.search(code.get_text()) is not None


def printed(output: Tag) -> Tag:
    """Give what a cell printed: as a list where it is one, else as one paragraph."""
    lines = [html.escape(one) for one in output.get_text().strip().splitlines()]
    if all(one.startswith("• ") for one in lines):
        return _words(f"<ul>{''.join(f'<li>{one[2:]}</li>' for one in lines)}</ul>")
    return _words(f'<p class="printed">{" ".join(lines)}</p>')


def unfinished(tag: Tag) -> bool:
    """Tell whether a paragraph leads to what follows it."""
    return tag.name == "p" and text(tag).endswith(":")
