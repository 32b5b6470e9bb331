"""A person without a mouse, and what they do with the form for a report."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium")
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

ROOT = Path(__file__).resolve().parents[2]
FORM = "make_a_report.ipynb"
MOST_STOPS = 80
# The button of a file opens a window of the browser's own; here its box is put into the page.
CATCH_FILES = """
const press = HTMLInputElement.prototype.click;
HTMLInputElement.prototype.click = function () {
  if (this.type !== 'file') return press.call(this);
  this.style.display = 'block';
  this.value = '';  // as a press of the button does
  this.id = 'caught';
  document.body.append(this);
};
"""


class Keyboard:
    """A person without a mouse, in whatever page is open."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def press(self, *keys: str) -> None:
        ActionChains(self.driver).send_keys(*keys).perform()

    def go_to(self, begins: str) -> Any:
        """Press Tab until the control or link whose name begins so has the focus."""
        passed = []
        for _ in range(MOST_STOPS):
            focused = self.driver.switch_to.active_element
            try:
                name = focused.accessible_name
            except StaleElementReferenceException:
                name = ""
            if name.startswith(begins):
                return focused
            passed.append(name)
            self.press(Keys.TAB)
        pytest.fail(f"Tab does not come to '{begins}', only to {passed}")

    def wait(self, claim: Callable[[], Any], seconds: float = 240) -> Any:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if found := claim():
                    return found
            except WebDriverException:
                pass
            time.sleep(0.2)
        self.picture("failed")
        pytest.fail(f"it never came; the form says: {self.said()}")

    def said(self) -> str:
        """Give what the form's live regions say."""
        return self.driver.execute_script(
            "return [...document.querySelectorAll('.pcqa-activity [role=status]')]"
            ".map((one) => one.innerText).join('\\n')"
        )

    def shown(self) -> str:
        """Give all that the form shows."""
        return self.driver.execute_script(
            "return document.querySelector('.pcqa-activity')?.innerText ?? ''"
        )

    def waits_for(self, words: str, seconds: float = 240) -> None:
        self.wait(lambda: words in self.said(), seconds)

    def picture(self, name: str) -> None:
        """Keep a picture of the page for whoever wants to look."""
        folder = ROOT / "_build" / "pictures"
        folder.mkdir(parents=True, exist_ok=True)
        tall = {"width": 1280, "height": 2200, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", tall)
        time.sleep(0.5)
        shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {})
        self.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
        (folder / f"{name}.png").write_bytes(base64.b64decode(shot["data"]))


def makes_a_report(keys: Keyboard, export: Path, name: str) -> None:
    """Go through the form from its top with Tab, Space, Enter and letters."""
    keys.go_to("Look at the file")
    keys.press(Keys.SPACE)
    keys.waits_for("First choose a file")
    keys.driver.execute_script("document.activeElement.blur()")
    keys.go_to("Path of your file")
    keys.press(f'"{export}"')
    looks(keys)
    keys.picture(f"{name}-looked")
    asks_for_a_report(keys, "The report is made, in the folder reports")
    keys.picture(f"{name}-made")


def asks_for_a_report(keys: Keyboard, made: str) -> None:
    """Choose a report of the file that was looked at, and wait for the words `made`."""
    keys.go_to("My access baseline")
    keys.press(Keys.SPACE)
    keys.wait(lambda: "Registered patients" in keys.shown())
    keys.go_to("Registered patients")
    keys.press("9,800")
    keys.go_to("Make the report")
    keys.press(Keys.ENTER)
    keys.waits_for("Making the report, part")
    keys.waits_for(made, 600)


def opens_its_report(keys: Keyboard) -> None:
    """Follow the link to the report by Enter; it opens beside the form."""
    driver, form = keys.driver, keys.driver.current_window_handle
    board = keys.wait(lambda: driver.find_element(By.PARTIAL_LINK_TEXT, "notice board"))
    pdf = board.get_attribute("href")
    keys.go_to("Open the report")
    keys.press(Keys.ENTER)
    keys.wait(lambda: len(driver.window_handles) > 1)
    [report] = [one for one in driver.window_handles if one != form]
    driver.switch_to.window(report)
    keys.wait(lambda: driver.find_elements(By.TAG_NAME, "h1"))
    assert driver.find_element(By.TAG_NAME, "h1").text == "My access baseline"
    driver.close()
    driver.switch_to.window(form)
    got = driver.execute_async_script(
        "const [url, done] = arguments; fetch(url).then((r) => r.arrayBuffer())"
        ".then((all) => done(new TextDecoder().decode(all.slice(0, 5))));", pdf,
    )  # fmt: skip
    assert got == "%PDF-"


def chooses_a_file(keys: Keyboard, export: Path, kilobytes: str = "328") -> None:
    """Choose the file by its button, as large as it is."""
    keys.driver.execute_script(CATCH_FILES)
    keys.driver.execute_script("document.activeElement.blur()")
    keys.go_to("Choose a file")
    keys.press(Keys.ENTER)
    keys.wait(lambda: keys.driver.find_elements(By.ID, "caught"))
    box = keys.driver.find_element(By.ID, "caught")
    box.send_keys(str(export))
    keys.waits_for(f"A file of {kilobytes} kB chosen. Now look at it.")
    keys.driver.execute_script("arguments[0].remove()", box)


def looks(keys: Keyboard) -> None:
    """Look at the file that was chosen, or whose path stands there."""
    keys.go_to("Look at the file")
    keys.press(Keys.SPACE)
    keys.waits_for("5 reports can be made of it")


def holds_nothing_of(export: Path, text: str) -> None:
    """Say that no row, no path and no name of a file is in a text."""
    rows = export.read_text(encoding="cp1252").splitlines()
    assert not [row for row in rows if len(row) > 20 and row in text]
    for part in ("Okonkwo", str(export.parent), "SystmOne appointment report"):
        assert part not in text


def asked_elsewhere(driver: Any, address: str) -> list[str]:
    """Give every address elsewhere that was asked, but for what the page's own policy stopped."""
    asked, stopped = {}, set()
    for entry in driver.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        about = message["params"]
        if message["method"] == "Network.requestWillBeSent":
            asked[about["requestId"]] = about["request"]["url"]
        elif message["method"] == "Network.loadingFailed" and about.get("blockedReason") == "csp":
            stopped.add(about["requestId"])
    own = (address, "data:", "blob:", "chrome", "about:", "devtools:")
    return [url for one, url in asked.items() if one not in stopped and not url.startswith(own)]
