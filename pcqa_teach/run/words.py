"""A lesson's text as HTML that needs nothing from outside the page.

The text may be somebody's who means that it takes for ever. So each step here takes as long as the
text is long, and what the parsers behind it would take much longer over is shown as plain text.
"""

from __future__ import annotations

import html
import itertools
import re
import threading
from bisect import bisect
from collections.abc import Callable, Iterator
from typing import Any

_LONGEST, _LONGEST_MARKUP = 40_000, 400_000  # characters, of markup without its pictures
_MOST_TAGS, _DEEPEST, _DEEPEST_NOTE = 10_000, 100, 8
_ROLE = re.compile(r"\{[a-z][\w:.-]*+\}`([^`<]*+)(?:<[^`>]*+>)?`")
_LINE_END = re.compile(r"\n|\Z")
_PICTURE = re.compile(r"data:image/[\w+.-]+;base64,[A-Za-z0-9+/=]+")
_NOTE = re.compile(r"(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<kind>[\w:-]+)\}[ \t]*(?P<title>[^\n]*)")
_NOTE_END = re.compile(r"(`{3,}|~{3,}|:{3,})[ \t]*")
_OPTION = re.compile(r"\A(?::[\w-]+:[^\n]*\n)+")
_DROPPED = re.compile(r"<(script|style|iframe|object)\b", flags=re.I | re.A)
_NAMED_TITLES = {"admonition", "dropdown", "card"}
_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("strong", "em", "b", "i", "u", "s", "del", "sub", "sup", "small", "mark", "abbr", "q"),
    *("code", "pre", "kbd", "blockquote", "aside", "section", "div", "span"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col"),
    *("figure", "figcaption", "img", "details", "summary"),
}
_STYLES = ["text-align", "max-width", "width", "height", "margin", "padding", "color"]


class _TooDeepError(Exception):
    """Markup holds more tags within tags than anybody's text does."""


def from_markdown(source: str) -> str:
    """Return Markdown, MyST's notes and glossary marks included, as safe HTML.

    What is longer than any text of a lesson comes back as plain text.

    >>> from_markdown("See the {term}`baseline`, and [this](https://example.org).").strip()
    '<p>See the baseline, and this (example.org).</p>'
    """
    if len(source) > _LONGEST:
        return from_text(source)
    return from_html(_rendered(source))


def from_html(markup: str) -> str:
    """Return markup with nothing in it that runs, links or loads.

    What is very long, or holds very many tags or tags very deep within others, comes back as plain
    text.

    >>> from_html('<p onclick="x()">Hello<script>x()</script> <img src="https://example.org/a"></p>')
    '<p>Hello <img></p>'
    """
    plain = _without_dropped(markup)
    if plain.count("<") > _MOST_TAGS or len(_PICTURE.sub("", plain)) > _LONGEST_MARKUP:
        return from_text(plain)
    try:
        return str(_cleaner().clean(plain))
    except _TooDeepError:
        return from_text(plain)


def from_text(text: str) -> str:
    """Return plain text as a block that keeps its lines."""
    return f"<pre>{html.escape(text.rstrip())}</pre>"


def _without_dropped(markup: str) -> str:
    """Return markup without its scripts, styles and frames, each from its tag to its end tag."""
    parts, last, at, endless = [], 0, 0, set()
    while found := _DROPPED.search(markup, at):
        at, kind = found.end(), found[1].lower()
        end = None
        if kind not in endless:
            end = re.compile(rf"</{kind}\s*+>", flags=re.I | re.A).search(markup, at)
        if end is None:  # nor has any later one an end
            endless.add(kind)
            continue
        parts.append(markup[last : found.start()])
        last = at = end.end()
    return "".join([*parts, markup[last:]])


def _rendered(source: str, levels: int = _DEEPEST_NOTE) -> str:
    parts, last = [], 0
    for start, note, body, end in _notes(source) if levels else ():
        parts += [_plain(source[last:start]), _note(note, body, levels - 1)]
        last = end
    return "".join([*parts, _plain(source[last:])])


def _notes(source: str) -> Iterator[tuple[int, re.Match[str], str, int]]:
    """Give each MyST directive: where it starts, its first line, what it holds, where it ends.

    It ends at the next line that is its own fence; without one it is none.
    """
    starts = [0, *(found.end() for found in _LINE_END.finditer(source))]
    lines = [source[one:other].rstrip("\n") for one, other in itertools.pairwise(starts)]
    ends: dict[str, list[int]] = {}
    for number, line in enumerate(lines):
        if closing := _NOTE_END.fullmatch(line):
            ends.setdefault(closing[1], []).append(number)
    number = 0
    while number < len(lines):
        note = _NOTE.fullmatch(lines[number])
        there = ends.get(note["fence"], []) if note else []
        place = bisect(there, number)
        if note is None or place == len(there):
            number += 1
            continue
        close = there[place]
        body = source[starts[number + 1] : starts[close]]
        yield starts[number], note, body, starts[close] + len(lines[close])
        number = close + 1


def _plain(source: str) -> str:
    return str(_markdown()(_ROLE.sub(lambda found: found[1].rstrip(), source)))


def _note(found: re.Match[str], content: str, levels: int) -> str:
    """Return a MyST directive as an aside; one that makes nothing of its own is shown as text."""
    kind, title = found["kind"], found["title"].strip()
    named = title if kind in _NAMED_TITLES and title else kind.replace("-", " ").capitalize()
    first = "" if kind in _NAMED_TITLES or not title else f"{title}\n\n"
    body = _rendered(first + _OPTION.sub("", content), levels)
    return f'<aside class="note"><p class="note-title">{html.escape(named)}</p>{body}</aside>\n'


def _of_thread(make: Callable[[], Any]) -> Callable[[], Any]:
    """Make a tool once for each thread: neither of ours can serve two at a time."""
    own = threading.local()

    def tool() -> Any:
        if not hasattr(own, "tool"):
            own.tool = make()
        return own.tool

    return tool


@_of_thread
def _markdown() -> Any:
    import mistune

    class Renderer(mistune.HTMLRenderer):
        """Says where a link leads instead of linking: the page is read offline and on paper."""

        def link(self, text: str, url: str, title: str | None = None) -> str:
            del title
            address = re.sub(r"^https?://(www\.)?", "", url).rstrip("/")
            outside = url.startswith("http") and address not in text
            return f"{text} ({html.escape(address)})" if outside else text

        def image(self, text: str, url: str, title: str | None = None) -> str:
            del url, title
            return f"<em>{text}</em>"

    return mistune.Markdown(
        renderer=Renderer(escape=False),
        plugins=[mistune.plugins.import_plugin(name) for name in ("table", "strikethrough")],
    )


@_of_thread
def _cleaner() -> Any:
    import bleach  # type: ignore[import-untyped]
    from bleach.css_sanitizer import CSSSanitizer  # type: ignore[import-untyped]

    def allowed(tag: str, name: str, value: str) -> bool:
        if tag == "img" and name == "src":
            return value.startswith("data:image/")
        common = {"class", "style", "id", "role", "aria-label", "aria-hidden", "lang"}
        cells = {"scope", "colspan", "rowspan", "headers", "alt", "open", "start", "title"}
        return name in common | cells

    cleaner = bleach.Cleaner(
        tags=_TAGS,
        attributes=allowed,
        protocols={"data"},
        strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES),
    )
    tree = cleaner.parser.tree
    element = tree.elementClass

    def shallow(*named: Any) -> Any:
        if len(tree.openElements) > _DEEPEST:
            raise _TooDeepError
        return element(*named)

    tree.elementClass = shallow  # the parser looks through all open tags at each
    return cleaner
