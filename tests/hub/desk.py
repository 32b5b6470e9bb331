"""One person of a class at a browser: what they see of the hub, click and type."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from pcqa_teach.classroom.grading.repair import grade_id

from ..browser.conftest import Lab

SHOTS = os.environ.get("PCQA_SHOTS")  # a folder for pictures of every step


class Desk(Lab):
    """A browser at which one person of the class sits at a time."""

    def __init__(self, driver: Any, hub: Any) -> None:
        super().__init__(driver)
        self.hub = hub
        driver.set_script_timeout(120)

    def wait(self, claim: Callable[[], Any], seconds: float = 90) -> Any:
        try:
            return super().wait(claim, seconds)
        except AssertionError:
            self.shot("it-never-came")
            raise

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
        self.driver.execute_cdp_cmd("Network.clearBrowserCookies", {})
        self.driver.get(f"{self.hub.address}/hub/login")
        self.find("#username_input").send_keys(account)
        self.find("#password_input").send_keys(self.hub.password + Keys.ENTER)
        self.wait(
            lambda: (
                f"/user/{account}/lab" in self.driver.current_url
                and self.driver.execute_script("return !!(window.jupyterapp && jupyterapp.shell)")
            )
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

    def metadata(self) -> dict[str, Any]:
        model = "window.jupyterapp.shell.currentWidget.content.model"
        return json.loads(
            self.driver.execute_script(f"return JSON.stringify({model}.toJSON().metadata)")
        )

    def open_notebook(self, path: str) -> None:
        self.command("docmanager:open", path=path)
        self.wait(lambda: len(self.cells()) > 5 and self.idle())

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

    @contextmanager
    def frame(self, css: str) -> Iterator[None]:
        """Look into a frame of the page."""
        self.driver.switch_to.frame(self.find(css))
        yield
        self.driver.switch_to.default_content()

    def terminal(self, line: str) -> str:
        """Run a line in a terminal of this person's JupyterLab; return what it showed."""
        return self.driver.execute_async_script(
            """
            const [line, end, done] = arguments; let said = '';
            const terminals = window.jupyterapp.serviceManager.terminals;
            window.ours = window.ours || terminals.startNew();
            window.ours.then(session => {
              const hear = (_, message) => {
                said += message.type === 'stdout' ? message.content.join('') : '';
                if (!said.includes(end)) return;
                session.messageReceived.disconnect(hear);
                done(said.split(end)[0]);
              };
              session.messageReceived.connect(hear);
              const asked = `${line}; echo ${end[0]}''${end.slice(1)}\\r`;
              session.send({type: 'stdin', content: [asked]});
            });
            """,
            line,
            f"end-{time.monotonic_ns()}",
        )

    def ask(self, code: str) -> str:
        """Have the kernel of the notebook in front run code; return what it prints."""
        return self.driver.execute_async_script(
            """
            const [code, done] = arguments; let said = '';
            const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
            const asked = kernel.requestExecute({code, store_history: false});
            asked.onIOPub = message => { said += message.content.text || ''; };
            asked.done.then(() => done(said), error => done(String(error)));
            """,
            code,
        )
