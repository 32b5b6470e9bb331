"""A lesson's words as a room reads them from the wall: nothing to type, no names of variables."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bs4 import Tag

SENTENCES = re.compile(
    r"(?:(?<=[.?!])|(?<=[.?!][)”])|(?<=[.?!]</em>)|(?<=[.?!]</strong>))\s+(?=[A-Z(“<\d])"
)
_LABEL = re.compile(r"Your (\w+ )?answers?\.?")  # above what is typed into
_NAME = re.compile(r"[a-z][a-z0-9_]*")
_SNAKE = re.compile(r"[a-z]+(_[a-z]+)+")
_QUOTED = re.compile("[\"']([^\"']+)[\"']")
_LETTER = re.compile('["“](\\w)["”]')
_ACRONYMS = {"pabak": "PABAK", "xmr": "XmR"}
_HOW_TYPED = re.compile(
    r",?\s*\b(with its|in) quotation marks( and spelt as in the box)?"
    r"|,?\s*\bin square brackets(,? with commas between)?"
    r"|,?\s*\bin place of (each )?<code>None</code>"
    r"|([,:]\s*like|[,:]?\s*\b(like this|such as|or a sum such as)):? <code>[^<]*[\[*/][^<]*</code>"
    r"|,\s*such as <strong>\w{1,5}</strong>(?=\.?$)"
    r"|:\s*<code>\w+=\[[^<]*</code>"
    r"|\s*\(in the box [^)]*\)"
    r"|^On this page[,:]\s"
)
_AT_A_SCREEN = re.compile(
    r"To hand in|Write your answer|[Ll]ive notebook|<code>None</code>|Shift and Enter"
    r"|A sum will do|You may type|Look for the line"
)
_FEW_WORDS = 3  # left of a sentence that told how to type: "Put your answers."


def aloud(block: Tag) -> Tag:
    """Return a paragraph, list or table as it is read aloud; what says nothing then is gone."""
    _without_label(block)
    for code in block.select("code"):
        _in_words(code)
    for one in block.find_all(string=_SNAKE):
        if one.find_parent(["code", "em"]) is None:  # a title, of a data set say, is in em
            one.replace_with(one.replace("_", " "))
    for cell in block.select("td, th"):
        letter = _LETTER.fullmatch(text(cell))
        if letter:
            cell.string = letter[1]
    for held in [block, *block.select("p, li, th, td, caption")]:
        if held.find(["p", "li", "td"]) is None:
            _without_typing(held)
    for item in block.select("li"):
        if not text(item):
            item.decompose()
    return block


def text(tag: Tag | None) -> str:
    """Return what a tag says."""
    return tag.get_text(" ", strip=True) if tag is not None else ""


def begins_bold(tag: Tag) -> Tag | None:
    """Return the bold beginning of a paragraph, if it has one."""
    begun = next((one for one in tag.children if str(one).strip()), None)
    bold = tag.find("strong", recursive=False)
    return bold if tag.name == "p" and bold is begun else None


def _without_label(block: Tag) -> None:
    """Leave out "Your first answer." and the like."""
    from bs4.element import NavigableString

    label = begins_bold(block)
    if label is not None and _LABEL.fullmatch(text(label)):
        follows = label.next_sibling
        if isinstance(follows, NavigableString):
            follows.replace_with(follows.lstrip(" :.,\n"))
        label.decompose()


def _in_words(code: Tag) -> None:
    """Write `left_over` as "Left over" and `"A"` as A; other code stays."""
    said = "".join(code.strings)
    quoted = _QUOTED.fullmatch(said)
    code.attrs, code.string = {}, said
    if quoted:
        code.name, code.string = "strong", quoted[1]
    elif _NAME.fullmatch(said):
        words = " ".join(_ACRONYMS.get(one, one) for one in said.split("_"))
        first = not "".join(map(str, code.previous_siblings)).strip()
        code.name, code.string = "strong", words[0].upper() + words[1:] if first else words


def _without_typing(held: Tag) -> None:
    """Leave out how an answer is typed, and the sentences that are of nothing else."""
    from bs4 import BeautifulSoup

    every = SENTENCES.split(held.decode_contents().strip())
    told = [(one, _HOW_TYPED.sub("", one)) for one in every]
    kept = [
        new[0].upper() + new[1:] if old.startswith("On this page") else new
        for old, new in told
        if new == old or len(new.split()) > _FEW_WORDS or "<strong>" in new or "?" in new
        if not _AT_A_SCREEN.search(new)
    ]
    if kept != every:
        held.clear()
        held.append(BeautifulSoup(" ".join(kept), "html.parser"))
