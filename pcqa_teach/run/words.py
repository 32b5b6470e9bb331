"""A lesson's text as HTML that needs nothing from outside the page."""

from __future__ import annotations

import html
import re
import threading
from collections.abc import Callable
from typing import Any

_ROLE = re.compile(r"\{[a-z][\w:.-]*\}`([^`<]*?)\s*(?:<[^`>]*>)?`")
_DIRECTIVE = re.compile(
    r"^(?P<fence>`{3,}|~{3,}|:{3,})\{(?P<kind>[\w:-]+)\}[ \t]*(?P<title>[^\n]*)\n"
    r"(?P<body>.*?)^(?P=fence)[ \t]*$",
    flags=re.MULTILINE | re.DOTALL,
)
_OPTION = re.compile(r"\A(?::[\w-]+:[^\n]*\n)+")
_DROPPED = re.compile(r"<(script|style|iframe|object)\b.*?</\1\s*>", flags=re.DOTALL | re.I)
_STRESSES = [
    (re.compile(rf"(?<![\w{sign}]){sign}(?=\S)([^{sign[-1]}\n]+?)(?<=\S){sign}(?![\w{sign}])"), tag)
    for sign, tag in (("\\*\\*", "strong"), ("\\*", "em"), ("`", "code"))
]
_NAMED_TITLES = {"admonition", "dropdown", "card"}
_TAGS = {
    *("p", "br", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
    *("strong", "em", "b", "i", "u", "s", "del", "sub", "sup", "small", "mark", "abbr", "q"),
    *("code", "pre", "kbd", "blockquote", "aside", "section", "div", "span"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "colgroup", "col"),
    *("figure", "figcaption", "img", "details", "summary"),
}
_STYLES = ["text-align", "max-width", "width", "height", "margin", "padding", "color"]


def from_markdown(source: str) -> str:
    """Return Markdown, MyST's notes and glossary marks included, as safe HTML.

    >>> from_markdown("See the {term}`baseline`, and [this](https://example.org).").strip()
    '<p>See the baseline, and this (example.org).</p>'
    """
    return from_html(_rendered(source))


def from_html(markup: str) -> str:
    """Return markup with nothing in it that runs, links or loads.

    >>> from_html('<p onclick="x()">Hello<script>x()</script> <img src="https://example.org/a"></p>')
    '<p>Hello <img></p>'
    """
    plain = _DROPPED.sub("", markup)
    return str(_cleaner().clean(plain))


def stressed(text: str) -> str:
    """Return a sentence as HTML in which *stars* stress what is between them, and nothing acts.

    >>> stressed("2 * 3 * 4, and <b> *against* it"), stressed("**never** `mean`")
    ('2 * 3 * 4, and &lt;b&gt; <em>against</em> it', '<strong>never</strong> <code>mean</code>')
    """
    found = html.escape(text)
    for mark, tag in _STRESSES:
        found = mark.sub(rf"<{tag}>\1</{tag}>", found)
    return found


def unstressed(text: str) -> str:
    """Return a sentence without the marks that stress a part of it.

    >>> unstressed("2 * 3 * 4, and *against* it, **never**")
    '2 * 3 * 4, and against it, never'
    """
    for mark, _ in _STRESSES:
        text = mark.sub(r"\1", text)
    return text


def from_text(text: str) -> str:
    """Return plain text as a block that keeps its lines."""
    return f"<pre>{html.escape(text.rstrip())}</pre>"


def _rendered(source: str) -> str:
    parts, last = [], 0
    for found in _DIRECTIVE.finditer(source):
        parts += [_plain(source[last : found.start()]), _note(found)]
        last = found.end()
    return "".join([*parts, _plain(source[last:])])


def _plain(source: str) -> str:
    return str(_markdown()(_ROLE.sub(r"\1", source)))


def _note(found: re.Match[str]) -> str:
    """Return a MyST directive as an aside; one that makes nothing of its own is shown as text."""
    kind, title = found["kind"], found["title"].strip()
    named = title if kind in _NAMED_TITLES and title else kind.replace("-", " ").capitalize()
    first = "" if kind in _NAMED_TITLES or not title else f"{title}\n\n"
    body = _rendered(first + _OPTION.sub("", found["body"]))
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

    return bleach.Cleaner(
        tags=_TAGS,
        attributes=allowed,
        protocols={"data"},
        strip=True,
        css_sanitizer=CSSSanitizer(allowed_css_properties=_STYLES),
    )
