"""The built book on a loopback address, and a real Chromium that can reach nothing else."""

from __future__ import annotations

import functools
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest

ROOT = Path(__file__).resolve().parents[2]
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_LINKS = {"a": "href", "img": "src", "link": "href", "script": "src"}


@pytest.fixture(scope="session")
def site() -> Path:
    """The participant edition: the one in `_build` if nothing has changed since, or a new one.

    `PCQA_BOOK` names another built book to look at.
    """
    pytest.importorskip("jupyter_book", reason="Jupyter Book is not installed")
    from pcqa_teach.publish import book

    named = os.environ.get("PCQA_BOOK")
    page = Path(named) / "index.html" if named else book.fresh() or book.build()
    return page.parent


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


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A headless Chromium for which every name but the loopback address is unknown."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from selenium.webdriver.chrome.service import Service

    chromium = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        pytest.skip(f"{'chromedriver' if chromium else 'Chromium'} is not on this computer")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for switch in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--window-size=1280,900",
        f"--user-data-dir={tmp_path_factory.mktemp('chromium')}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):
        options.add_argument(switch)
    options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    with webdriver.Chrome(options=options, service=Service(driver)) as window:
        yield window


@pytest.fixture(scope="session")
def built() -> Iterator[Path]:
    """A site built anew; `PCQA_SITE` names one to look at instead."""
    pytest.importorskip("jupyterlite_core", reason="JupyterLite is not installed")
    from pcqa_teach.publish.site import build_site

    if named := os.environ.get("PCQA_SITE"):
        yield Path(named)
        return
    with tempfile.TemporaryDirectory() as folder:
        yield build_site(Path(folder) / "site").parent


class Server:
    """`pcqa serve` in a process of its own, so that it can be stopped like a network."""

    def __init__(self, site: Path) -> None:
        self.site, self.port = site, 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "pcqa_teach", "serve", str(self.site)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        self.address = re.search(r"http://127\.0\.0\.1:(\d+)/", said)[0]
        self.port = int(self.address.rsplit(":", 1)[1].strip("/"))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[Server]:
    one = Server(built)
    yield one
    one.stop()


@pytest.fixture
def host() -> type[Server]:
    """What serves another site: call it with its folder."""
    return Server
