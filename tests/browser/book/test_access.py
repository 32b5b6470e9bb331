"""Every page of the book under axe-core: WCAG 2.2 A and AA, and what it calls good practice."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]

FEW = ["book/index", "book/sheets", "search", "notebooks/core-day1/b3_plot_the_dots"]
ONE_OF_EACH = [
    *FEW, "book/map", "book/references", "book/dpia", "genindex",
    "notebooks/coach-day5/c10_did_it_work",
]  # fmt: skip
# The seconds of the longest transition or animation on a page; a gliding scroll counts as one.
MOVES = """
const times = [...document.querySelectorAll("*")].flatMap((one) => {
  const is = getComputedStyle(one);
  return [...is.transitionDuration.split(","), ...is.animationDuration.split(","),
          is.scrollBehavior === "smooth" ? "1" : "0"].map(parseFloat);
});
return Math.max(...times);
"""
BY_WIDTH = (  # what a menu that folds, a table that scrolls, a button that moves can break
    *("target-size", "scrollable-region-focusable", "aria-hidden-focus", "button-name"),
    *("link-name", "region"),
)
# How people look at it: theme and width, and which rules a look can break anew.
LOOKS: dict[str, tuple[str, int, dict[str, Any]]] = {
    "light": ("light", 1280, {}),
    "narrow": ("light", 360, {"only": BY_WIDTH}),
    "on a telephone": ("light", 360, {"without": "color-contrast"}),
    "at 200% zoom": ("light", 640, {"without": "color-contrast"}),
    "dark": ("dark", 1280, {"only": ("color-contrast",)}),
}


@pytest.fixture
def faults(
    browser: Any, address: str, barriers: Callable[..., list[Any]]
) -> Iterator[Callable[..., dict[str, list[Any]]]]:
    """Return what axe-core finds on a page, however it is looked at, if anything."""
    asked = {"name": "prefers-reduced-motion", "value": "reduce"}  # else colours glide into others
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [asked]})
    browser.get(f"{address}index.html")

    def look(page: str, *hows: str) -> dict[str, list[Any]]:
        browser.execute_script("localStorage.removeItem('mode')")  # then the computer's: light
        browser.get(f"{address}{page}")
        return {how: found for how in hows if (found := _seen(browser, barriers, how))}

    yield look
    browser.execute_script("localStorage.removeItem('mode')")
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def _seen(browser: Any, barriers: Callable[..., list[Any]], how: str) -> list[Any]:
    theme, width, rules = LOOKS[how]
    browser.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False},
    )
    time.sleep(0.5)  # the theme asks a moment after a change which tables can be scrolled now
    shown = "return document.documentElement.dataset.theme"
    if browser.execute_script(shown) != theme:
        browser.execute_script("document.querySelector('.theme-switch-button').click()")
        assert browser.execute_script(shown) == theme
    found = barriers(**rules)
    wide = browser.execute_script(
        "return document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return [*found, *([["the page scrolls sideways", f"by {wide} px", []]] if wide > 1 else [])]


def test_text_sheets_search_and_a_lesson_have_no_barrier(faults, site: Path):
    assert not {page: found for page in FEW if (found := faults(f"{page}.html", "light"))}


@pytest.mark.slow
def test_a_page_of_each_kind_has_no_barrier_however_it_is_looked_at(faults, site: Path):
    assert not {page: found for page in ONE_OF_EACH if (found := faults(f"{page}.html", *LOOKS))}


@pytest.mark.slow
@pytest.mark.parametrize(
    "hows", [[*LOOKS][:1], pytest.param([*LOOKS][1:], marks=pytest.mark.more)], ids=" and ".join
)
def test_no_page_has_a_barrier(faults, pages, hows: list[str]):
    assert len(pages) > 70
    assert not {page: found for page in sorted(pages) if (found := faults(page, *hows))}


def test_a_page_with_barriers_is_told_of(browser, barriers, tmp_path: Path):
    bad = (
        "<html lang='en'><title>x</title><main><h1>y</h1><img src='a.png'><button></button></main>"
    )
    (tmp_path / "bad.html").write_text(bad)
    browser.get((tmp_path / "bad.html").as_uri())
    assert {"image-alt", "button-name"} <= {one[0] for one in barriers()}


@pytest.mark.parametrize("wanted", ["less", "as it is"])
def test_where_less_motion_is_asked_for_nothing_moves(browser, address, wanted: str):
    asked = [{"name": "prefers-reduced-motion", "value": "reduce" if wanted == "less" else ""}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": asked})
    try:
        longest = {}
        for page in ONE_OF_EACH:
            browser.get(f"{address}{page}.html")
            longest[page] = browser.execute_script(MOVES)
    finally:
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    if wanted == "less":
        assert max(longest.values()) <= 0.001, longest
    else:
        assert min(longest.values()) > 0.01, longest  # there is something to still
