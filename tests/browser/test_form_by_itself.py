"""`pcqa form`, worked in a real Chromium by keys: Voila, and what it serves and asks for."""

from __future__ import annotations

import json
import subprocess
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

from .keyboard import (
    FORM,
    Keyboard,
    asked_elsewhere,
    chooses_a_file,
    looks,
    makes_a_report,
    opens_its_report,
)

pytestmark = [pytest.mark.browser, pytest.mark.slow]


class Voila:
    """`pcqa form` as it shows itself, in a process of its own."""

    def __init__(self, folder: Path) -> None:
        from pcqa_teach.publish import form_page

        self.key = "only-for-this-test"
        served = folder.parent / "served"
        served.mkdir()
        form_page._lay_out(served)
        command, environment = form_page.form_command(folder, served, 0, self.key)
        self.log = folder / "voila.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                command, cwd=served, env=environment, stdout=subprocess.PIPE, stderr=log
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
    assert export.stem not in voila.log.read_text(encoding="utf-8")
    large = tmp_path / "large.csv"
    large.write_bytes(b"x" * 15_000_000)  # more than such servers take unless told
    chooses_a_file(keys, large, "15,000")
    chooses_a_file(keys, export)
    looks(keys)
    browser.get("about:blank")
