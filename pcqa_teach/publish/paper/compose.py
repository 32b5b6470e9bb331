"""Put pages of a built book into one long page, ready to be printed.

Every place that can be linked to is named after its page, so that two lessons may each have a
"Task 1"; a link to a page that the paper does not hold becomes plain words.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from pathlib import Path
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urlsplit

from pcqa_teach.errors import SetupError

if TYPE_CHECKING:
    from bs4 import Tag

_STYLES = ("pygments.css", "styles/sphinx-book-theme.css", "sphinx-design.min.css", "pcqa.css")
_NOT_ON_PAPER = (
    "a.headerlink, button, script, .tocbar, .pcqa-try, dialog, .prev-next-area, "
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

    Raises
    ------
    SetupError
        The book that was built lacks one of the pages.
    """
    from bs4 import BeautifulSoup

    names = [name for name, _ in pages]
    articles, listed = [], []
    for name, depth in pages:
        path = book / f"{name}.html"
        if not path.is_file():
            raise SetupError(f"The built book has no page '{name}': build it again (`make book`).")
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        article = soup.select_one("article.bd-article")
        if article is None:
            raise SetupError(f"The page '{name}' of the built book has no text: build it again.")
        _for_paper(article, name, names, book)
        heading = article.find("h1")
        said = heading.get_text().strip() if heading else name
        page = (numbers or {}).get(place(name), UNKNOWN_PAGE)
        listed.append(
            f'<li class="depth-{depth}"><a href="#{place(name)}">{html.escape(said)}</a>'
            f'<span class="page">{page}</span></li>'
        )
        kind = "lesson" if name.startswith("notebooks/") else "page"
        articles.append(
            f'<article id="{place(name)}" class="bd-article bd-content {kind}">'
            f"{article.decode_contents()}</article>"
        )
    styles = "".join(
        f'<link rel="stylesheet" href="{(book / "_static" / one).as_uri()}">' for one in _STYLES
    )
    paper = (Path(__file__).parent / "paper.css").read_text(encoding="utf-8")
    cover = _cover(title, edition, about, listed) if len(pages) > 1 else ""
    return (
        f'<!doctype html><html lang="en-GB" data-theme="light"><head><meta charset="utf-8">'
        f"<title>{html.escape(title)}</title>{styles}<style>{paper}</style></head>"
        f"<body>{cover}{''.join(articles)}</body></html>"
    )


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
