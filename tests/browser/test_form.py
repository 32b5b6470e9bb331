"""The form for a report, worked in a real Chromium by keys: JupyterLab, Voila, the browser lab."""

from __future__ import annotations

import base64
import json
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium")
from selenium.common.exceptions import StaleElementReferenceException, WebDriverException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[2]
DIRTY = ROOT / "data" / "synthetic" / "exports" / "systmone_appointments_dirty.csv"
SECRET = "Jane Okonkwo 943 476 5919"
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
    keys.go_to("Look at the file")
    keys.press(Keys.SPACE)
    keys.waits_for("5 reports can be made of it")
    keys.picture(f"{name}-looked")
    keys.go_to("My access baseline")
    keys.press(Keys.SPACE)
    keys.wait(lambda: "Registered patients" in keys.shown())
    keys.go_to("Registered patients")
    keys.press("9,800")
    keys.go_to("Make the report")
    keys.press(Keys.ENTER)
    keys.waits_for("Making the report, part")
    keys.waits_for("The report is made, in the folder reports", 600)
    keys.picture(f"{name}-made")


def opens_its_report(keys: Keyboard) -> None:
    """Follow the link to the report by Enter; it opens beside the form."""
    driver, form = keys.driver, keys.driver.current_window_handle
    pdf = driver.find_element(By.PARTIAL_LINK_TEXT, "notice board").get_attribute("href")
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


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A dirty export whose name names somebody."""
    path = tmp_path / f"{SECRET}.csv"
    path.write_bytes(DIRTY.read_bytes())
    return path


def test_in_jupyterlab_the_keyboard_is_enough_and_a_saved_page_holds_nothing(
    jupyterlab: Any, export: Path, tmp_path: Path
):
    lab, keys = jupyterlab, Keyboard(jupyterlab.driver)
    with lab.opened(FORM):
        lab.go_to_cell(1)
        lab.driver.execute_script(
            "window.jupyterapp.shell.currentWidget.content.activeCell.node.focus()"
        )
        ActionChains(lab.driver).key_down(Keys.SHIFT).send_keys(Keys.ENTER).key_up(
            Keys.SHIFT
        ).perform()
        keys.wait(lambda: lab.driver.find_elements(By.CSS_SELECTOR, ".pcqa-activity button"))
        keys.picture("jupyterlab-form")
        lab.go_to_cell(1)
        code = lab.driver.find_elements(By.CSS_SELECTOR, ".jp-CodeCell .jp-InputArea-editor")
        assert not [one for one in code if one.is_displayed()]
        assert len(lab.cells()) == 3  # none was added below
        makes_a_report(keys, export, "jupyterlab")
        opens_its_report(keys)
        large = tmp_path / "large.csv"
        large.write_bytes(b"x" * 15_000_000)  # more than such servers take unless told
        chooses_a_file(keys, large, "15,000")
        chooses_a_file(keys, export)
        lab.command("docmanager:save")
        saved = lab.driver.execute_async_script(
            "const done = arguments[0];"
            "window.jupyterapp.serviceManager.contents.get('make_a_report.ipynb')"
            ".then((one) => done(JSON.stringify(one.content)));"
        )
        reports = lab.driver.execute_async_script(
            "const done = arguments[0]; window.jupyterapp.serviceManager.contents.get('reports')"
            ".then((one) => done(one.content.map((each) => each.name)));"
        )
    assert len(reports) == 1
    assert reports[0].endswith("-d1")
    assert '"output_type":"display_data"' in saved
    holds_nothing_of(export, saved)


def holds_nothing_of(export: Path, text: str) -> None:
    """Say that no row, no path and no name of a file is in a text."""
    rows = export.read_text(encoding="cp1252").splitlines()
    assert not [row for row in rows if len(row) > 20 and row in text]
    for part in ("Okonkwo", str(export.parent), "SystmOne appointment report"):
        assert part not in text


class Voila:
    """`pcqa form` as it shows itself, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        from pcqa_teach.publish import form_page

        self.key = "only-for-this-test"
        form_page._lay_out(folder)
        command, environment = form_page.form_command(folder, 0, self.key)
        self.log = folder / "voila.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=log
            )
        port = form_page.told_port(self.process)
        assert port, self.log.read_text()
        self.address = f"http://127.0.0.1:{port}/"


@pytest.fixture
def voila(tmp_path: Path) -> Iterator[Voila]:
    pytest.importorskip("voila", reason="Voila is not installed")
    folder = tmp_path / "practice"
    folder.mkdir()
    one = Voila(folder)
    yield one
    one.process.terminate()
    one.process.wait(30)
    print(one.log.read_text(encoding="utf-8"))  # shown where the test fails


def status(url: str) -> int:
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return int(answer.status) if "login" not in answer.url else 403
    except urllib.error.HTTPError as error:
        return int(error.code)


def test_in_voila_the_keyboard_is_enough_and_nothing_else_is_served_or_asked_for(
    browser: Any, voila: Voila, export: Path, tmp_path: Path
):
    browser.set_script_timeout(60)
    browser.get("about:blank")
    browser.get_log("performance")
    browser.get(f"{voila.address}?token={voila.key}")
    keys = Keyboard(browser)
    keys.wait(lambda: browser.find_elements(By.CSS_SELECTOR, ".pcqa-activity button"))
    keys.picture("voila-form")
    assert not browser.find_elements(By.CSS_SELECTOR, ".jp-InputArea-editor")
    makes_a_report(keys, export, "voila")
    opens_its_report(keys)
    assert asked_elsewhere(browser, voila.address) == []
    [report] = (voila.log.parent / "reports").iterdir()
    summary = json.loads((report / "summary.json").read_text(encoding="utf-8"))
    assert summary["parameters"] == {"list_size": 9800}
    assert status(voila.address) == 403
    assert status(f"{voila.address}made/{report.name}/report.html") == 403
    for path in ("voila.log", FORM, f"reports/{report.name}/notebook.ipynb", ".pcqa/key"):
        assert status(f"{voila.address}voila/files/{path}?token={voila.key}") in (403, 404)
    assert SECRET not in voila.log.read_text(encoding="utf-8")
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * 15_000_000)  # more than such servers take unless told
    chooses_a_file(keys, large, "15,000")
    chooses_a_file(keys, export)
    looks(keys)
    browser.get("about:blank")


def test_in_the_browser_lab_a_file_becomes_a_report_to_save_and_is_kept_nowhere(
    newcomer: Any, server: Any, stored: Callable[[], str], export: Path, tmp_path: Path
):
    driver, keys = newcomer, Keyboard(newcomer)
    folder = tmp_path / "downloads"
    folder.mkdir()
    driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(folder)}
    )
    driver.get(f"{server.address}book/your_own_data.html")
    driver.find_element(By.LINK_TEXT, "Make a report in your browser").click()
    keys.wait(lambda: driver.find_element(By.ID, "fetched-said").text.startswith("All is here"))
    driver.find_element(By.ID, "go").click()
    keys.wait(lambda: driver.find_element(By.ID, "pcqa-said").text == "The form is ready", 400)
    keys.picture("lab-form")
    chooses_a_file(keys, export)
    looks(keys)
    keys.picture("lab-looked")
    keys.go_to("My access baseline")
    keys.press(Keys.SPACE)
    keys.wait(lambda: "Registered patients" in keys.shown())
    keys.go_to("Registered patients")
    keys.press("9,800")
    keys.go_to("Make the report")
    keys.press(Keys.ENTER)
    keys.waits_for("Making the report, part")
    keys.waits_for("The report is made. Save it now.", 600)
    keys.picture("lab-made")
    for link, kind in (("Save the report", "html"), ("Save what may be shared", "json")):
        keys.go_to(link)
        keys.press(Keys.ENTER)
        keys.wait(lambda kind=kind: list(folder.glob(f"*-d1.{kind}")), 30)
    [page] = folder.glob("report-*-d1.html")
    text = page.read_text(encoding="utf-8")
    assert "<h1>My access baseline</h1>" in text
    assert "What leaves this computer if you share it" in text
    assert text.count("<figure>") >= 5
    assert "Use your own export" not in text
    [summary] = folder.glob("summary-*-d1.json")
    assert json.loads(summary.read_text(encoding="utf-8"))["parameters"] == {"list_size": 9800}
    time.sleep(11)  # the page has saved itself meanwhile
    kept = stored()
    assert "make_a_report" in kept
    holds_nothing_of(export, kept)
    holds_nothing_of(export, text.replace("SystmOne appointment report", ""))
    assert asked_elsewhere(driver, server.address) == []


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
    """Look at the file that was chosen."""
    keys.go_to("Look at the file")
    keys.press(Keys.SPACE)
    keys.waits_for("5 reports can be made of it")


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
