"""The lab in the browser: building it, its first chart on a first and on later visits, bytes sent.

A headless Chromium walks as a participant does: the lesson's page of the book, its link, "Open",
"Run all". Times are from the click on the link (later visits: from the start page's address) to
the first chart drawn. It fails where a goal is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pcqa_teach import resources
from pcqa_teach.publish import book
from pcqa_teach.publish.site import build_site
from pcqa_teach.publish.site.serve import _handler

LESSON = "core-day1/b3_plot_the_dots"
BUILD, COLD, AGAIN, SENT = 60.0, 15.0, 8.0, 30.0


class Counted:
    """How many bytes were sent."""

    sent = 0


@contextlib.contextmanager
def served(site: Path, counted: Counted) -> Iterator[str]:
    """Serve a site as `pcqa serve` does, and count what is sent."""
    import asyncio

    from tornado.httpserver import HTTPServer
    from tornado.netutil import bind_sockets
    from tornado.web import Application

    class Counting(_handler()):  # type: ignore[misc]
        def on_finish(self) -> None:
            counted.sent += int(self._headers.get("Content-Length", 0))

    loop = asyncio.new_event_loop()
    sockets = bind_sockets(0, "127.0.0.1")

    def run() -> None:
        asyncio.set_event_loop(loop)
        settings = {"path": str(site), "default_filename": "index.html"}
        HTTPServer(Application([(r"/(.*)", Counting, settings)])).add_sockets(sockets)
        loop.run_forever()

    threading.Thread(target=run, daemon=True).start()
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    loop.call_soon_threadsafe(loop.stop)


def chromium(profile: str) -> Any:
    """Start a Chromium that can reach nothing else."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium") or shutil.which("google-chrome") or ""
    for switch in (
        "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run",
        "--disable-background-networking", f"--user-data-dir={profile}",
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    ):  # fmt: skip
        options.add_argument(switch)
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


def until(driver: Any, claim: str) -> None:
    """Wait until something is true of the page."""
    end = time.monotonic() + 120
    while time.monotonic() < end:
        with contextlib.suppress(Exception):
            if driver.execute_script(f"return {claim}"):
                return
        time.sleep(0.02)
    raise SystemExit(f"it never came: {claim}")


def visit(profile: str, address: str, counted: Counted, *, first: bool) -> tuple[float, float]:
    """Go to the lesson and run it; give seconds and bytes from the click to its first chart."""
    driver = chromium(profile)
    try:
        if first:
            driver.get(f"{address}notebooks/{LESSON}.html")
            link = driver.find_element("link text", "Open in your browser")
            counted.sent, began = 0, time.perf_counter()
            link.click()
        else:
            counted.sent, began = 0, time.perf_counter()
            driver.get(f"{address}lab/index.html?lesson={LESSON}.ipynb")
        until(driver, "document.getElementById('fetched-said')?.textContent.match(/^(Ready|All)/)")
        driver.find_element("id", "go").click()
        until(driver, "document.getElementById('pcqa-run')?.disabled === false")
        driver.execute_script(  # what an earlier visit drew is not what is waited for
            "document.querySelectorAll('.jp-OutputArea img').forEach(one => one.remove())"
        )
        driver.find_element("id", "pcqa-run").click()
        until(driver, "document.querySelector('.jp-OutputArea img')")
        return time.perf_counter() - began, counted.sent
    finally:
        time.sleep(12)  # the page saves itself, and the browser what it has compiled
        driver.quit()


def row(what: str, found: float, unit: str, goal: float) -> bool:
    """Print a line; say whether its goal is missed."""
    missed = found > goal
    print(f"{what:<58} {found:>8.1f} {unit}   goal {goal:g} {unit}{'   MISSED' if missed else ''}")
    return missed


def main() -> None:
    """Print the table; fail where a goal is missed."""
    words = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    words.add_argument("--site", type=Path, help="a built site, to leave the building out")
    asked = words.parse_args()
    missed = 0
    with tempfile.TemporaryDirectory() as folder:
        site = asked.site
        if site is None:
            root = resources.checkout()
            assert root is not None
            book.build(root=root)
            began = time.perf_counter()
            site = build_site(Path(folder) / "site").parent
            missed += row("the site, beyond the book", time.perf_counter() - began, "s", BUILD)
        counted = Counted()
        with served(site, counted) as address:
            profile = f"{folder}/profile"
            first, sent = visit(profile, address, counted, first=True)
            missed += row("first chart of b3, first visit", first, "s", COLD)
            missed += row("sent for it", sent / 1e6, "MB", SENT)
            for number in (2, 3):
                again, _ = visit(profile, address, counted, first=False)
                missed += row(f"first chart of b3, visit {number}", again, "s", AGAIN)
    sys.exit(1 if missed else None)


if __name__ == "__main__":
    main()
