"""Every page of the book under axe-core: WCAG 2.2 A and AA, and what it calls good practice."""

from __future__ import annotations

import importlib.resources
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ONE_OF_EACH = [
    "book/index", "book/map", "book/references", "book/sheets", "book/dpia", "search",
    "notebooks/core-day1/b3_plot_the_dots", "notebooks/coach-day5/c10_did_it_work",
]  # fmt: skip
AXE = """
const [rules, done] = arguments;
axe.run(document, { runOnly: rules }).then(
  (found) => done(found.violations.map((one) => [one.id, one.help, one.nodes.map((n) => n.html)])),
  (error) => done([[String(error), "", []]]));
"""
# How people look at it: theme, width, and what else of the page is asked for.
LOOKS = {
    "light": ("light", 1280),
    "dark": ("dark", 1280),
    "at 200% zoom": ("light", 640),
    "on a telephone": ("light", 360),
}


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core."""
    package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    return (importlib.resources.files(package) / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def faults(browser: Any, address: str, axe: str) -> Iterator[Callable[[str, str], list[Any]]]:
    """Return what axe-core finds on a page as it is looked at in one way."""
    browser.set_script_timeout(120)
    size = browser.get_window_size()

    def look(page: str, how: str) -> list[Any]:
        theme, width = LOOKS[how]
        browser.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
        )
        browser.get(f"{address}{page}")
        if browser.execute_script("return document.documentElement.dataset.theme") != theme:
            browser.execute_script("localStorage.setItem('mode', arguments[0])", theme)
            browser.refresh()
        browser.execute_script(axe)
        found = browser.execute_async_script(AXE, RULES)
        wide = browser.execute_script(
            "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return [*found, *([["the page scrolls sideways", f"by {wide} px", []]] if wide > 1 else [])]

    yield look
    browser.execute_script("localStorage.removeItem('mode')")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.set_window_size(size["width"], size["height"])
    for kind in ("browser", "performance"):  # axe-core asks for styles in its own way
        browser.get_log(kind)


def test_a_page_of_each_kind_has_no_barrier(faults, site: Path):
    assert not {page: found for page in ONE_OF_EACH if (found := faults(f"{page}.html", "light"))}


@pytest.mark.slow
@pytest.mark.parametrize("how", LOOKS)
def test_no_page_has_a_barrier_however_it_is_looked_at(faults, pages, how: str):
    assert len(pages) > 70
    assert not {page: found for page in sorted(pages) if (found := faults(page, how))}


def test_a_page_with_barriers_is_told_of(faults, browser, axe, tmp_path: Path):
    bad = (
        "<html lang='en'><title>x</title><main><h1>y</h1><img src='a.png'><button></button></main>"
    )
    (tmp_path / "bad.html").write_text(bad)
    browser.get((tmp_path / "bad.html").as_uri())
    browser.execute_script(axe)
    found = {one[0] for one in browser.execute_async_script(AXE, RULES)}
    assert {"image-alt", "button-name"} <= found
