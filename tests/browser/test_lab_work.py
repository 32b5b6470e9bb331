"""A participant's work in the lab: kept, downloaded, cleared away and gone on with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

pytest.importorskip("jupyterlite_core", reason="JupyterLite is not installed")
pytest.importorskip("selenium")
from selenium.webdriver.support import expected_conditions
from selenium.webdriver.support.ui import WebDriverWait

from .walk import Lab

pytestmark = [pytest.mark.browser, pytest.mark.slow]

B3 = "core-day1/b3_plot_the_dots.ipynb"


def test_work_survives_is_downloaded_cleared_and_restored(lab: Lab, tmp_path: Path):
    folder = tmp_path / "downloads"
    lab.downloads_to(folder)
    lab.start_page(B3)
    lab.part("code").send_keys("blue-kettle")
    lab.part("go").click()
    lab.ready()
    answer = "answer_b3_1 = 6.66  # mine"
    lab.js(
        "const w = [...window.jupyterapp.shell.widgets('main')].find(w => w.context?.model);"
        "const cell = w.content.widgets.find(c => c.model.type === 'code' &&"
        " c.model.getMetadata('nbgrader')?.solution);"
        "cell.model.sharedModel.setSource(arguments[0]);", answer,
    )  # fmt: skip
    lab.part("pcqa-save").click()
    name = "b3_plot_the_dots--blue-kettle.ipynb"
    lab.wait(lambda: (folder / name).is_file(), 20)
    work = json.loads((folder / name).read_text())
    assert work["metadata"]["pcqa"]["participant"] == "blue-kettle"
    assert work["metadata"]["pcqa"]["id"] == "b3"
    assert work["metadata"]["kernelspec"]["name"] == "python3"
    mine = [cell for cell in work["cells"] if "".join(cell["source"]) == answer]
    assert mine
    assert mine[0]["metadata"]["nbgrader"]["grade_id"]

    lab.wait(lambda: lab.said() == f"Downloaded as {name}, and kept in this browser")
    lab.driver.refresh()
    lab.ready()
    assert any("".join(cell["source"]) == answer for cell in lab.cells())

    lesson = lab.driver.current_window_handle
    lab.driver.switch_to.new_window("tab")
    other = lab.driver.current_window_handle
    lab.start_page()
    assert "Yours, saved on" in lab.part("lessons").text
    clear(lab)
    lab.wait(lambda: "still open in another tab" in lab.part("clear-said").text)
    lab.driver.switch_to.window(lesson)
    lab.driver.close()
    lab.driver.switch_to.window(other)
    clear(lab)
    lab.wait(lambda: lab.part("clear-said").text.startswith("Nothing of yours"))
    assert "kettle" not in lab.stored()
    assert answer not in lab.stored()

    lab.part("restore").send_keys(str(folder / name))
    lab.fetched()  # the lab was cleared away too, and is fetched again
    lab.part("go").click()
    lab.ready()
    assert any("".join(cell["source"]) == answer for cell in lab.cells())


def clear(lab: Lab) -> None:
    lab.part("clear").click()
    WebDriverWait(lab.driver, 20).until(expected_conditions.alert_is_present()).accept()
