"""Put pages of a built book into one long page, ready to be printed.

Every place that can be linked to is named after its page, so that two lessons may each have a
"Task 1"; a link to a page that the paper does not hold becomes plain words.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit

from pcqa_teach.errors import SetupError
from pcqa_teach.publish.paper.by_hand import by_hand

if TYPE_CHECKING:
    from bs4 import Tag

_STYLES = ("pygments.css", "styles/sphinx-book-theme.css", "sphinx-design.min.css", "pcqa.css")
_NOT_ON_PAPER = (
    "a.headerlink, button, script, .tocbar, .pcqa-try, dialog, .prev-next-area, .d-print-none, "
    ".toctree-wrapper:not(:has(a))"  # it holds nothing, and can fall on a page of its own
)
UNKNOWN_PAGE = "000"


def compose(
    title: str,
    edition: str,
    pages: Sequence[tuple[str, int]],
    book: Path,
    about: str,
    numbers: Mapping[str, int] | None = None,
    *,
    pencil: bool = False,
) -> str:
    """Return one HTML page that holds a cover, the contents and the pages one after another.

    Parameters
    ----------
    title, edition, about
        For the cover: what it is, whom it is for, and from which version.
    pages
        Each page's name in the book, and its depth.
    book
        The folder of the built book.
    numbers
        The page of paper on which each begins, by `place`; three noughts stand for what is not
        known yet, so that the contents need the same room.
    pencil
        Whether what a lesson asks of a computer becomes lines to write on.

    Raises
    ------
    SetupError
        The book that was built lacks one of the pages.
    """
    from bs4 import BeautifulSoup

    names = [name for name, _ in pages]
    articles: list[str] = []
    listed, said_of = [], []
    for name, depth in pages:
        path = book / f"{name}.html"
        if not path.is_file():
            raise SetupError(f"The built book has no page '{name}': build it again (`make book`).")
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        article = soup.select_one("article.bd-article")
        if article is None:
            raise SetupError(f"The page '{name}' of the built book has no text: build it again.")
        _for_paper(article, name, names, book)
        if pencil:
            by_hand(article)
        heading = article.find("h1")
        if heading and (lesson := _code(name)):
            heading.insert(0, f"{lesson} ")
        said = heading.get_text().strip() if heading else name
        said_of.append(said)
        listed.append(_entry(depth, place(name), said, numbers or {}))
        if len(pages) == 1:
            _list_sections(article, numbers or {})
        kind = "lesson" if name.startswith("notebooks/") else "page"
        articles.append(
            f'<article id="{place(name)}" class="bd-article bd-content {kind}"'
            f' style="page: p{len(articles)}">'
            f"{article.decode_contents()}</article>"
        )
    styles = "".join(
        f'<link rel="stylesheet" href="{(book / "_static" / one).as_uri()}">' for one in _STYLES
    )
    paper, how = (
        (Path(__file__).parent / one).read_text(encoding="utf-8")
        for one in ("paper.css", "pencil.html")
    )
    paper += "".join(map(_footer, count(), said_of))
    cover = _cover(title, edition, about, listed) if len(pages) > 1 else ""
    cover += how if pencil else ""
    return (
        f'<!doctype html><html lang="en-GB" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title>{styles}<style>{paper}</style></head>"
        f"<body>{cover}{''.join(articles)}</body></html>"
    )


def _entry(depth: int, where: str, said: str, numbers: Mapping[str, int]) -> str:
    """Return one line of the contents."""
    return (
        f'<li class="depth-{depth}"><a href="#{where}">{html.escape(said)}</a>'
        f'<span class="page">{numbers.get(where, UNKNOWN_PAGE)}</span></li>'
    )


def _list_sections(article: Tag, numbers: Mapping[str, int]) -> None:
    """Put the contents of a page that is a paper by itself below its first words."""
    from bs4 import BeautifulSoup

    listed = "".join(
        _entry(1, str(one["id"]), one.h2.get_text(), numbers)
        for one in article.select("section > section[id]:has(> h2)")
        if one.h2
    )
    if listed and (first := (article.select_one("h1 ~ p") or article.h1)):
        markup = f'<nav class="contents" aria-label="Contents"><ol>{listed}</ol></nav>'
        first.insert_after(BeautifulSoup(markup, "html.parser"))


def _code(name: str) -> str:
    """Return what the text calls a lesson ("B3"), from its page's name; nothing for other pages."""
    return Path(name).stem.split("_")[0].upper() if name.startswith("notebooks/") else ""


def _footer(number: int, said: str) -> str:
    """Return the style that says at each page's foot which page of the book it is."""
    words = said.replace("\\", "").replace('"', "\\22 ").replace("<", "\\3c ")
    return f'@page p{number} {{ @bottom-left {{ content: "{words}"; }} }}\n'


def place(name: str, inside: str = "") -> str:
    """Name a place on paper after its page of the book.

    >>> place("book/core_day1"), place("book/core_day1", "task-1")
    ('book.core_day1', 'book.core_day1.task-1')
    """
    return ".".join([*name.split("/"), *([inside] if inside else [])])


def _cover(title: str, edition: str, about: str, listed: list[str]) -> str:
    title, edition, about = map(html.escape, (title, edition, about))
    return (
        '<header class="cover"><p class="whose">London Primary Care Quality Academy</p>'
        f'<h1 class="cover-title">{title}</h1><p class="edition">{edition}</p>'
        f'<p class="about">{about}</p></header><nav class="contents" aria-label="Contents">'
        f"<h1>Contents</h1><ol>{''.join(listed)}</ol></nav>"
    )


def _for_paper(article: Tag, name: str, names: Sequence[str], book: Path) -> None:
    """Leave out what only a screen has, and have links and pictures lead to where they are."""
    for one in article.select(_NOT_ON_PAPER):
        one.decompose()
    for one in article.select("[id]") if len(names) > 1 else ():
        one["id"] = place(name, str(one["id"]))
    for one in article.select("img[src]"):
        source = str(one["src"])
        if not urlsplit(source).scheme:
            one["src"] = (book / normpath(join(dirname(name), unquote(source)))).as_uri()
    for one in article.select("a[href]"):
        _lead(one, name, names)


def _lead(link: Any, name: str, names: Sequence[str]) -> None:
    href = str(link["href"])
    if urlsplit(href).scheme:
        return
    path, inside = urldefrag(href)
    page = normpath(join(dirname(name), unquote(path))).removesuffix(".html") if path else name
    if page in names:
        link["href"] = f"#{place(page, inside)}" if len(names) > 1 else f"#{inside}"
    else:
        link.unwrap()
