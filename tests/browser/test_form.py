"""The form for a report, worked in a real Chromium by keys: in JupyterLab and the browser lab."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium")
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from .keyboard import (
    FORM,
    Keyboard,
    asked_elsewhere,
    asks_for_a_report,
    chooses_a_file,
    holds_nothing_of,
    looks,
    makes_a_report,
    opens_its_report,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


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
    asks_for_a_report(keys, "The report is made. Save it now.")
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
