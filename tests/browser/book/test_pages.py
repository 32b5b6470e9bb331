"""The built book in a real browser, as a participant meets it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pcqa_teach.publish import leaks, staging

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("book")]


@pytest.fixture(scope="module")
def visits(browser, address, pages):
    """What the browser saw on each page: its pictures, its requests, its complaints."""
    seen = {}
    browser.get("about:blank")
    browser.get_log("performance")  # what Chromium does for itself as it starts
    for path in sorted(pages):
        browser.get(address + path)
        pictures = browser.execute_async_script(
            """
            const done = arguments[0], pictures = [...document.images];
            Promise.allSettled(pictures.map((picture) => picture.decode())).then(() => done(
              pictures.map((p) => ({
                alt: p.alt, width: p.naturalWidth, figure: !!p.closest("figure.pcqa-figure"),
                beside: ["section > h1, section > h2, section > h3", "figcaption"].map((what) =>
                  p.closest("section, figure")?.querySelector(what)?.textContent ?? ""),
              }))));
            """
        )
        events = [json.loads(item["message"])["message"] for item in browser.get_log("performance")]
        seen[path] = {
            "pictures": pictures,
            "requests": [
                event["params"]["request"]["url"]
                for event in events
                if event["method"] == "Network.requestWillBeSent"
            ],
            "complaints": [
                item["message"] for item in browser.get_log("browser") if item["level"] == "SEVERE"
            ],
        }
    return seen


def test_every_page_of_the_contents_can_be_reached(pages, root):
    listed = [line.split()[-1] for line in (root / "_toc.yml").open() if "file:" in line]
    guide = [name for name in listed if name.startswith("book/facilitator/")]
    assert len(listed) >= 30
    assert guide
    assert [name for name in listed if name not in guide and f"{name}.html" not in pages] == []
    assert [name for name in guide if f"{name}.html" in pages] == []


def test_every_picture_has_loaded_and_says_what_it_shows(visits):
    pictures = [(path, p) for path, visit in visits.items() for p in visit["pictures"]]
    assert len(pictures) > len(visits)
    assert [path for path, picture in pictures if not picture["width"]] == []
    assert [path for path, picture in pictures if not picture["alt"].strip()] == []


def test_what_a_picture_shows_is_more_than_the_heading_or_the_words_below_it(visits):
    def bare(words: str) -> str:
        return " ".join(words.replace("#", " ").lower().split()).strip(" .")

    pictures = [(path, p) for path, visit in visits.items() for p in visit["pictures"]]
    assert any(picture["beside"][0] for _, picture in pictures)
    again = [
        (path, picture["alt"])
        for path, picture in pictures
        if bare(picture["alt"]) in {bare(words) for words in picture["beside"]}
    ]
    assert again == []


def test_every_lesson_shows_a_chart_with_a_sentence_or_more_of_words(visits):
    lessons = {path: visit for path, visit in visits.items() if path.startswith("notebooks/")}
    assert lessons
    for path, visit in lessons.items():
        charts = [picture["alt"] for picture in visit["pictures"] if picture["figure"]]
        assert charts, f"no chart on {path}"
        assert min(len(words.split()) for words in charts) >= 8, path


def test_no_page_asks_for_anything_outside_the_book(visits, address):
    asked = {url for visit in visits.values() for url in visit["requests"]}
    assert len(asked) > len(visits)
    assert {url for url in asked if not url.startswith((address, "data:", "blob:"))} == set()


def test_no_page_has_the_browser_complain(visits):
    assert {path: v["complaints"] for path, v in visits.items() if v["complaints"]} == {}


def test_no_link_inside_the_book_leads_nowhere(links, pages, site):
    assert len(links) > 100
    assert [(path, file) for path, file, _ in links if not (site / file).is_file()] == []
    named = [(path, file, place) for path, file, place in links if place and file in pages]
    assert [link for link in named if link[2] not in pages[link[1]].places] == []


def _press(browser, *keys):
    from selenium.webdriver import ActionChains

    ActionChains(browser).send_keys(*keys).perform()


def _focused(browser, script):
    return browser.execute_script(f"const at = document.activeElement; return {script}")


def test_the_first_press_of_tab_offers_to_skip_to_the_text(browser, address):
    from selenium.webdriver.common.keys import Keys

    browser.get(address + "book/index.html")
    _press(browser, Keys.TAB)
    assert "main content" in _focused(browser, "at.textContent")
    _press(browser, Keys.ENTER)
    _press(browser, Keys.TAB)
    assert _focused(browser, "!!at.closest('main, #main-content, article')")


def test_the_keyboard_alone_reaches_the_text_and_can_be_followed(browser, address):
    from selenium.webdriver.common.keys import Keys

    browser.get(address + "book/glossary.html")
    for _ in range(150):
        _press(browser, Keys.TAB)
        name = _focused(browser, "at.outerHTML.slice(0, 80)")
        outlined = _focused(browser, "getComputedStyle(at).outlineStyle")
        assert outlined != "none", f"no outline on {name}"
        if _focused(browser, "!!at.closest('article')"):
            return
    pytest.fail("150 presses of Tab did not reach the text")


def test_folded_code_opens_with_the_keyboard(browser, address, pages):
    from selenium.webdriver.common.by import By
    from selenium.webdriver.common.keys import Keys

    lesson = next(path for path in sorted(pages) if path.startswith("notebooks/"))
    browser.get(address + lesson)
    folded = browser.find_element(By.CSS_SELECTOR, "article details summary")
    browser.execute_script("arguments[0].focus()", folded)
    _press(browser, Keys.ENTER)
    assert browser.execute_script("return arguments[0].parentElement.open", folded)


@pytest.mark.slow
def test_the_book_that_was_built_gives_nothing_away(site: Path, root):
    assert leaks.find_leaks(site, staging.sources(root), root / "book") == []
