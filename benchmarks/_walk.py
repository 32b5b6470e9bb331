"""A headless Chromium that reaches one site alone, and what a participant does in its lab.

The tests of the lab in the browser walk by this too, so that what is timed is what is tested.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

_NOTEBOOK = "[...window.jupyterapp.shell.widgets('main')].find(w => w.context?.model)"
DRAWN = ".jp-OutputArea img"
ALL_IS_KEPT, OPENS = r"^All is here", r"^(Ready|All is here)"


class Served:
    """A site at its address, and how many bytes of it were sent."""

    address = ""
    sent = 0


@contextlib.contextmanager
def served(site: Path) -> Iterator[Served]:
    """Serve a site as `pcqa serve` does, and count what is sent."""
    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets
    from tornado.web import Application

    from pcqa_teach.publish.site.serve import _handler

    one = Served()

    class Counting(_handler()):  # type: ignore[misc]
        def on_finish(self) -> None:
            one.sent += int(self._headers.get("Content-Length", 0))

    loop = asyncio.new_event_loop()
    sockets = bind_sockets(0, "127.0.0.1")

    def run() -> None:
        asyncio.set_event_loop(loop)
        settings = {"path": str(site), "default_filename": "index.html"}
        HTTPServer(Application([(r"/(.*)", Counting, settings)])).add_sockets(sockets)
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    one.address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    yield one
    loop.call_soon_threadsafe(loop.stop)


def chromium(profile: str | Path, *, watched: bool = False) -> Any:
    """Start a headless Chromium for which every name but the loopback address is unknown.

    Where it is `watched`, it keeps a list of all that it asks for, which costs it some time.
    """
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    from pcqa_teach.publish.paper import press

    options = webdriver.ChromeOptions()
    options.binary_location = press.chromium() or ""
    for switch in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", "--window-size=1280,900", f"--user-data-dir={profile}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):  # fmt: skip
        options.add_argument(switch)
    if watched:
        options.set_capability("goog:loggingPrefs", {"performance": "ALL", "browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


class Lab:
    """What a participant sees and does.

    Parameters
    ----------
    driver
        A Chromium.
    server
        What has the site's address as `address`.
    stored : callable, optional
        Gives all that this browser keeps for the site, as one text.
    every : float
        Seconds from one look at the page to the next; each look takes the page a little time.
    """

    def __init__(
        self, driver: Any, server: Any, stored: Callable[[], str] = str, every: float = 0.4
    ) -> None:
        self.driver, self.server, self.stored, self.every = driver, server, stored, every

    def js(self, code: str, *words: Any) -> Any:
        """Run a script in the page."""
        return self.driver.execute_script(code, *words)

    def wait(self, claim: Callable[[], Any], seconds: float = 240) -> Any:
        """Wait until something is so, and give it."""
        from selenium.common.exceptions import JavascriptException, StaleElementReferenceException

        until = time.monotonic() + seconds
        while True:
            found = None
            with contextlib.suppress(StaleElementReferenceException, JavascriptException):
                found = claim()
            if found:
                return found
            if time.monotonic() > until:
                raise AssertionError(f"it never came; the page says: {self.said()}")
            time.sleep(self.every)

    def said(self) -> str:
        """Give what the bar over the lesson says, or what the start page does."""
        return self.js(
            "return ['pcqa-said', 'fetched-said']"
            ".map(name => document.getElementById(name)?.textContent).find(Boolean) ?? ''"
        )

    def part(self, name: str) -> Any:
        """Give a part of the page by its id."""
        return self.driver.find_element("id", name)

    def start_page(self, lesson: str = "") -> None:
        """Go to the page of all lessons, and wait until this browser holds them."""
        self.go_to_start(lesson)
        self.fetched()

    def go_to_start(self, lesson: str = "") -> None:
        """Go to the page of all lessons."""
        self.driver.get(f"{self.server.address}lab/index.html{lesson and f'?lesson={lesson}'}")

    def fetched(self, far: str = ALL_IS_KEPT) -> None:
        """Wait until the start page says that so much was fetched."""
        self.wait(lambda: re.search(far, self.part("fetched-said").text))

    def link_in_book(self, lesson: str) -> Any:
        """Go to the lesson's page of the book, and give its link into the lab."""
        self.driver.get(f"{self.server.address}notebooks/{Path(lesson).with_suffix('.html')}")
        return self.driver.find_element("link text", "Open in your browser")

    def open_from_book(self, lesson: str) -> None:
        """Go from the lesson's page of the book by its link, until Python is ready."""
        self.open_by(self.link_in_book(lesson).click)

    def open_by(self, go: Callable[[], object], far: str = ALL_IS_KEPT) -> None:
        """Go to the start page, and once so much is fetched on to the lesson: Python is ready."""
        go()
        self.fetched(far)
        assert self.part("verdict").text == "This browser can run the lessons."
        self.part("go").click()
        self.ready()

    def ready(self) -> None:
        """Wait until Python has begun."""
        self.wait(lambda: self.said() == "Python is ready")

    def run_all(self) -> None:
        """Press "Run all", and wait for the last cell."""
        self.part("pcqa-run").click()
        self.ran()

    def ran(self) -> None:
        """Wait until the last cell has run."""
        self.wait(lambda: self.said() == "All cells have run")

    def first_chart(self) -> None:
        """Press "Run all", and wait for the first chart."""
        self.js(  # no chart of an earlier visit is waited for
            "document.querySelectorAll(arguments[0]).forEach(one => one.remove())", DRAWN
        )
        self.part("pcqa-run").click()
        self.wait(lambda: self.js("return document.querySelector(arguments[0])", DRAWN))

    def walked(self, lesson: str, far: str = ALL_IS_KEPT) -> Iterator[str]:
        """Open a lesson from the book and run it to its end; say at each stage that it is there."""
        link = self.link_in_book(lesson)
        yield "opened"
        self.open_by(link.click, far)
        yield "ready"
        self.first_chart()
        yield "chart"
        self.ran()
        yield "end"

    def cells(self) -> list[dict[str, Any]]:
        """Give the cells of the notebook that is open."""
        return json.loads(
            self.js(f"return JSON.stringify({_NOTEBOOK}.context.model.toJSON().cells)")
        )

    def errors(self) -> list[dict[str, Any]]:
        """Give the errors under the cells."""
        outputs = [one for cell in self.cells() for one in cell.get("outputs", [])]
        return [one for one in outputs if one["output_type"] == "error"]

    def charts(self) -> int:
        """Give how many charts are on the page."""
        return int(self.js("return document.querySelectorAll(arguments[0]).length", DRAWN))

    def log(self) -> list[list[str]]:
        """Give the rows of the page's own list of what was fetched."""
        if self.part("pcqa-fetched").get_attribute("hidden") is not None:
            self.part("pcqa-log").click()
        rows = self.js(
            "return [...document.querySelectorAll('#pcqa-fetched tbody tr')]"
            ".map(row => [...row.cells].map(cell => cell.textContent))"
        )
        self.part("pcqa-log").click()
        return rows

    def asked_elsewhere(self) -> list[str]:
        """Give every address that the browser was asked for and that is not of the site."""
        found = []
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith((self.server.address, "data:", "blob:", "chrome", "about:")):
                    found.append(url)
        return found

    def downloads_to(self, folder: Path) -> None:
        """Have what is downloaded put into a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        self.driver.execute_cdp_cmd(
            "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
        )

    def type_into(self, grade_id: str, text: str) -> None:
        """Write into the box of that nbgrader name, in the place of what stands there, by keys."""
        from selenium.webdriver.common.action_chains import ActionChains
        from selenium.webdriver.common.keys import Keys

        place = next(
            number for number, cell in enumerate(self.cells())
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id
        )  # fmt: skip
        cell = self.js(
            f"const one = {_NOTEBOOK}.content.widgets[arguments[0]].node;"
            "one.scrollIntoView({block: 'center'}); return one;", place,
        )  # fmt: skip

        def editor() -> Any:
            parts = cell.find_elements("css selector", ".cm-content")
            shown = [one for one in parts if one.is_displayed()]
            if not shown:  # text, shown as it will be read
                ActionChains(self.driver).double_click(cell).perform()
            return shown and shown[0]

        self.wait(editor).click()
        keys = ActionChains(self.driver)
        keys.key_down(Keys.CONTROL).send_keys("a").key_up(Keys.CONTROL).send_keys(Keys.DELETE)
        keys.send_keys(text).perform()
        self.wait(lambda: "".join(self.cells()[place]["source"]) == text, 60)

    def choose(self, menu: str, item: str) -> None:
        """Click on an item of the notebook's own menu."""
        self.wait(lambda: self.menu_part(".lm-MenuBar-item", menu)).click()
        self.wait(lambda: self.menu_part(".lm-Menu-item", item)).click()

    def menu_part(self, kind: str, text: str) -> Any:
        """Give what a menu calls so, or None while it does not show."""
        parts = self.driver.find_elements("css selector", kind)
        label = f"{kind}Label"
        return next(
            (one for one in parts if one.is_displayed()
             and one.find_element("css selector", label).text == text), None,
        )  # fmt: skip
