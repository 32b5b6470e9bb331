"""A page is printed by a button that says so, and on paper it is the text and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]

LESSON = "notebooks/core-day1/b3_plot_the_dots.html"
SHEETS = "book/sheets.html"
# What is to be seen of each, in whatever medium is being shown.
SEEN = "return [...document.querySelectorAll(arguments[0])].filter((one) => one.checkVisibility())"
NOT_ON_PAPER = (
    ".bd-sidebar-primary, .bd-sidebar-secondary, .bd-header-article, .bd-footer, "
    ".prev-next-footer, #jb-print-docs-body, button, a.headerlink, .pcqa-open"
)


@pytest.fixture
def on_paper(browser: Any, address: str) -> Iterator[Any]:
    """Return what of a page is seen when it is printed."""

    def seen(page: str, what: str) -> list[str]:
        browser.get("about:blank")  # so that another place of the same page is loaded anew
        browser.get(address + page)
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
        return [one.text for one in browser.execute_script(SEEN, what)]

    yield seen
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


def test_every_page_says_print_this_page_once(pages, site):
    said = [(site / path).read_text(encoding="utf-8").count("Print this page</span>")
            for path in pages if path.startswith(("book/", "notebooks/"))]  # fmt: skip
    assert len(said) > 60
    assert set(said) == {1}


def test_the_button_is_reached_and_pressed_by_the_keyboard(browser, address):
    from selenium.webdriver import ActionChains
    from selenium.webdriver.common.keys import Keys

    browser.get(address + LESSON)
    browser.execute_script("window.printed = 0; window.print = () => { window.printed += 1; }")
    browser.execute_script("document.querySelector('.bd-header-article .primary-toggle').focus()")
    at = "return document.activeElement.textContent.trim()"
    for _ in range(5):
        ActionChains(browser).send_keys(Keys.TAB).perform()
        if browser.execute_script(at) == "Print this page":
            break
    assert browser.execute_script(at) == "Print this page"
    ActionChains(browser).send_keys(Keys.ENTER).perform()
    assert browser.execute_script("return window.printed") == 1


@pytest.mark.parametrize("page", [LESSON, SHEETS, "book/index.html"])
def test_on_paper_there_is_the_text_and_nothing_to_press(on_paper, page: str):
    assert on_paper(page, NOT_ON_PAPER) == []
    assert len(on_paper(page, "article h1")) == 1
    assert on_paper(page, "article p")


def test_what_is_folded_away_stays_so_on_paper(browser, on_paper):
    on_paper(LESSON, "article details")
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert browser.execute_script("return document.querySelectorAll('article details').length") > 3
    assert browser.execute_script(SEEN, "article details[open]") == []


def test_a_sheet_that_was_asked_for_is_printed_alone(on_paper):
    assert len(on_paper(SHEETS, "article h2")) > 40
    assert on_paper(f"{SHEETS}#sheet-red-bead-tally", "article h2") == ["Red-bead tally"]


def test_a_page_that_is_read_in_the_dark_is_printed_in_the_light(browser, address):
    theme = "return document.documentElement.dataset.theme"
    browser.get(address + LESSON)
    browser.execute_script("document.documentElement.dataset.theme = 'dark'")
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    assert browser.execute_script(theme) == "light"
    browser.execute_script("dispatchEvent(new Event('afterprint'))")
    assert browser.execute_script(theme) == "dark"


def test_a_printed_lesson_is_a_handful_of_sheets_of_paper(browser, address):
    import base64
    import io

    pypdf = pytest.importorskip("pypdf")
    browser.get(address + LESSON)
    pdf = base64.b64decode(
        browser.execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})["data"]
    )
    read = pypdf.PdfReader(io.BytesIO(pdf))
    assert 5 <= len(read.pages) <= 20
    assert "Plot the dots" in read.pages[0].extract_text()
    assert round(float(read.pages[0].mediabox.width)) == 595  # A4
