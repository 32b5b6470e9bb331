"""The built book and what is in it, for all that looks at its pages."""

from __future__ import annotations

import functools
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[3]
_LINKS = {"a": "href", "img": "src", "link": "href", "script": "src"}


@pytest.fixture(scope="session")
def site() -> Path:
    """The participant edition: the one in `_build` if nothing has changed since, or a new one.

    `PCQA_BOOK` names another built book to look at.
    """
    pytest.importorskip("jupyter_book", reason="Jupyter Book is not installed")
    from pcqa_teach.publish import book

    if named := os.environ.get("PCQA_BOOK"):
        return Path(named)
    return book.build().parent


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the book is served: a free port on this computer only."""
    handler = functools.partial(_Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@dataclass
class Page:
    """A page's links as they are written, and the places in it that a link can name."""

    links: list[str]
    places: set[str]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page([], set())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.page.places |= {str(named[key]) for key in ("id", "name") if named.get(key)}
        link = named.get(_LINKS.get(tag, ""))
        if link and not link.startswith(("data:", "mailto:", "javascript:")):
            self.page.links.append(link)


@pytest.fixture(scope="session")
def pages(site: Path) -> dict[str, Page]:
    """Every page that can be reached from the first one, by its path in the book."""
    found: dict[str, Page] = {}
    waiting = ["book/index.html"]
    while waiting:
        path = waiting.pop()
        if path in found or not (site / path).is_file() or not path.endswith(".html"):
            continue
        reader = _Reader()
        reader.feed((site / path).read_text(encoding="utf-8"))
        found[path] = reader.page
        waiting += [target for target, _ in _inner_links(path, reader.page)]
    return found


def _inner_links(path: str, page: Page) -> list[tuple[str, str]]:
    """Return where a page's links inside the book lead: path and place."""
    leads = []
    for link in page.links:
        whole, place = urldefrag(urljoin(f"http://book/{path}", link))
        if urlsplit(whole).netloc == "book":
            leads.append((unquote(urlsplit(whole).path.lstrip("/")), unquote(place)))
    return leads


@pytest.fixture(scope="session")
def links(pages: dict[str, Page]) -> list[tuple[str, str, str]]:
    """Every link inside the book: the page it is on, the file and the place it leads to."""
    return [(path, *lead) for path, page in pages.items() for lead in _inner_links(path, page)]
