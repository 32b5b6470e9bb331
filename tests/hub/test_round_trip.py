"""The whole round on a real hub, in a real browser: hand out, fetch, work, submit, mark, give back."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium")
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from pcqa_teach.classroom.grading.repair import grade_id, is_test, source
from pcqa_teach.lessons.key import misconception_cases

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LESSON = "a1_welcome_and_setup"
SHOTS = os.environ.get("PCQA_SHOTS")  # a folder for pictures of every step
PASSWORD = "a long one, for a test alone"
REFLECTION = "How many of us ring back because nobody told them when to expect the result?"
COMMENT = "Count it for a week: how many, and on which days?"


class Desk:
    """A browser at which one person of the class sits at a time."""

    def __init__(self, driver: Any, hub: Any) -> None:
        self.driver, self.hub = driver, hub
        driver.set_script_timeout(120)

    def wait(self, claim: Callable[[], Any], seconds: float = 90) -> Any:
        until = time.monotonic() + seconds
        while True:
            try:
                found = claim()
            except StaleElementReferenceException:
                found = None
            if found or time.monotonic() > until:
                if not found:
                    self.shot("it-never-came")
                assert found, "it never came"
                return found
            time.sleep(0.1)

    def find(self, css: str, text: str = "") -> Any:
        """Wait for something that is shown, by CSS and by what it says."""
        return self.wait(
            lambda: next(
                (one for one in self.driver.find_elements(By.CSS_SELECTOR, css)
                 if one.is_displayed() and text in one.text), None)
        )  # fmt: skip

    def shot(self, name: str) -> None:
        if SHOTS:
            self.driver.save_screenshot(str(Path(SHOTS, f"{name}.png")))

    def sit_down(self, account: str) -> None:
        """Log in as somebody, and wait for their JupyterLab."""
        self.driver.get("about:blank")
        self.driver.delete_all_cookies()
        self.driver.get(f"{self.hub.address}/hub/login")
        self.driver.delete_all_cookies()
        self.driver.get(f"{self.hub.address}/hub/login")
        self.find("#username_input").send_keys(account)
        self.find("#password_input").send_keys(PASSWORD + Keys.ENTER)
        self.wait(
            lambda: f"/user/{account}/lab" in self.driver.current_url
            and self.driver.execute_script("return !!(window.jupyterapp && jupyterapp.shell)")
        )
        self.driver.execute_async_script(
            "const done = arguments[0]; window.jupyterapp.restored.then(() => done())"
        )

    def menu(self) -> list[str]:
        """Open nbgrader's menu; return what it offers."""
        self.find(".lm-MenuBar-itemLabel", "Nbgrader").click()
        self.find(".lm-Menu-itemLabel", "Assignment List")
        shown = self.driver.find_elements(By.CSS_SELECTOR, ".lm-Menu .lm-Menu-itemLabel")
        return [one.text for one in shown if one.is_displayed() and one.text]

    def choose(self, label: str) -> None:
        self.find(".lm-Menu-itemLabel", label).click()

    def command(self, name: str, **options: Any) -> None:
        self.driver.execute_async_script(
            "const [name, options, done] = arguments;"
            "window.jupyterapp.commands.execute(name, options).then(() => done(), done);",
            name, options,
        )  # fmt: skip

    def begin(self, name: str, **options: Any) -> None:
        self.driver.execute_script(
            "window.jupyterapp.commands.execute(arguments[0], arguments[1])", name, options
        )

    def cells(self) -> list[dict[str, Any]]:
        model = "window.jupyterapp.shell.currentWidget.content.model"
        return json.loads(
            self.driver.execute_script(f"return JSON.stringify({model}.toJSON().cells)")
        )

    def idle(self) -> bool:
        return bool(
            self.driver.execute_script(
                "const s = window.jupyterapp.shell.currentWidget.sessionContext;"
                "return s && s.session && s.session.kernel && s.session.kernel.status === 'idle'"
            )
        )

    def write(self, item: str, text: str) -> None:
        """Put text into the cell of an item."""
        number = next(i for i, cell in enumerate(self.cells()) if grade_id(cell) == item)
        self.driver.execute_script(
            "const n = window.jupyterapp.shell.currentWidget.content;"
            "n.activeCellIndex = arguments[0];"
            "n.activeCell.model.sharedModel.setSource(arguments[1]);", number, text,
        )  # fmt: skip

    def type(self, item: str, text: str) -> None:
        """Type text into the cell of an item, key by key."""
        self.write(item, "")
        self.command("notebook:enter-edit-mode")
        self.find(".jp-Notebook .jp-mod-active .cm-content").click()
        ActionChains(self.driver).send_keys(text).perform()

    def terminal(self, line: str) -> str:
        """Run a line in a terminal of this person's JupyterLab; return what it showed."""
        return self.driver.execute_async_script(
            """
            const [line, done] = arguments;
            window.jupyterapp.serviceManager.terminals.startNew().then(session => {
              let said = '';
              session.messageReceived.connect((_, message) => {
                if (message.type !== 'stdout') return;
                said += message.content.join('');
                if (said.includes('that-is-' + 'all')) { session.shutdown(); done(said); }
              });
              session.send({type: 'stdin', content: [line + "; echo that-is-''all\\r"]});
            });
            """,
            line,
        )


@pytest.fixture(scope="module")
def desk(browser: Any, hub: Any) -> Desk:
    return Desk(browser, hub)


@pytest.fixture(scope="module")
def keys(root: Path) -> dict[str, Any]:
    """What the lesson asks for, by item."""
    lesson = json.loads((root / "notebooks" / "readiness" / f"{LESSON}.ipynb").read_text())
    tests = [cell for cell in lesson["cells"] if grade_id(cell) and is_test(cell)]
    return {grade_id(cell): misconception_cases(source(cell)) for cell in tests}


def test_hand_out(hub):
    hub.as_coach("pcqa classroom init spring")
    hub.as_coach("printf 'blue-kettle\\nred-bus\\n' >> spring/roster.csv")
    said = hub.as_coach("cd spring && pcqa classroom release readiness")
    assert "1 notebooks, worth 12 points" in said
    assert "Released as: spring readiness" in hub.as_coach(
        "cd spring && nbgrader release_assignment readiness"
    )


def test_work(desk, keys):
    desk.sit_down("blue-kettle")
    desk.shot("p1-lab")
    print(desk.menu())
    desk.shot("p1-menu")
    desk.choose("Assignment List")
    time.sleep(3)
    desk.shot("p1-assignments")
    print(desk.driver.page_source[:0])
    print(desk.driver.execute_script("return document.querySelector('#nbgrader-assignment-list').outerHTML"))
    print(desk.terminal("env | grep -i -E 'jup|pcqa|python'; pwd; ls -la"))
