"""JupyterLab as a participant has it, in a real Chromium: its kernels are the warm ones."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from pcqa_teach.publish import lab, workbook

pytest.importorskip("jupyterlab")
pytest.importorskip("selenium")
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

pytestmark = [pytest.mark.browser]

SLIDER = """
import ipywidgets
from matplotlib.figure import Figure as Drawing
from pcqa_teach.figures import Figure

def weeks(missed=3):
    drawing = Drawing()
    drawing.subplots().plot([6, 7, missed])
    return Figure.of(drawing, alt=f"The last week had {missed}.", name="weeks")

ipywidgets.interact(weeks, missed=(0, 20));
"""


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start JupyterLab on a fresh workbook; give its address."""
    folder = tmp_path_factory.mktemp("lab") / "workbook"
    workbook.lay_out(folder, "coach-7", None)
    command, environment = lab.lab_command(folder, browser=False)
    began = time.time() - 1
    with subprocess.Popen(
        [*command, "--LabApp.expose_app_in_browser=True", "--ServerApp.port_retries=50"],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as running:  # fmt: skip
        until = time.monotonic() + 60
        while (address := lab._address(folder, began)) is None:
            assert running.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)
        yield address
        running.terminate()


class Lab:
    """What a participant does in JupyterLab, by its own commands and by keys and clicks."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver

    def wait(self, claim: Callable[[], Any], seconds: float = 90) -> Any:
        until = time.monotonic() + seconds
        while True:
            try:
                found = claim()
            except StaleElementReferenceException:
                found = None
            if found or time.monotonic() > until:
                assert found, "it never came"
                return found
            time.sleep(0.1)

    def command(self, name: str, **options: Any) -> None:
        self.driver.execute_async_script(
            "const [name, options, done] = arguments;"
            "window.jupyterapp.commands.execute(name, options).then(() => done(), done);",
            name, options,
        )  # fmt: skip

    def begin(self, name: str, **options: Any) -> None:
        """Begin a command without waiting for its end."""
        self.driver.execute_script(
            "window.jupyterapp.commands.execute(arguments[0], arguments[1])", name, options
        )

    def cells(self) -> list[dict[str, Any]]:
        """Give the cells of the notebook in front."""
        model = "window.jupyterapp.shell.currentWidget.content.model"
        return json.loads(
            self.driver.execute_script(f"return JSON.stringify({model}.toJSON().cells)")
        )

    def run(self, code: str) -> None:
        """Write code into the last cell and run it."""
        self.driver.execute_script(
            "const n = window.jupyterapp.shell.currentWidget.content;"
            "n.activeCellIndex = n.widgets.length - 1;"
            "n.activeCell.model.sharedModel.setSource(arguments[0]);", code,
        )  # fmt: skip
        self.begin("notebook:run-cell-and-insert-below")

    def idle(self) -> bool:
        return bool(
            self.driver.execute_script(
                "const s = window.jupyterapp.shell.currentWidget.sessionContext;"
                "return s && s.session && s.session.kernel && s.session.kernel.status === 'idle'"
            )
        )

    def said(self) -> str:
        """Give all that the notebook in front shows as text."""
        return json.dumps([cell.get("outputs") for cell in self.cells()])


@pytest.fixture
def notebook(opened: str, browser) -> Lab:
    """JupyterLab in the browser, a notebook begun from the launcher in front."""
    driver = browser
    driver.set_script_timeout(120)
    driver.get(opened.replace("/lab?", "/lab?reset&"))
    page = Lab(driver)
    page.wait(
        lambda: driver.execute_script("return !!(window.jupyterapp && window.jupyterapp.shell)")
    )
    driver.execute_async_script(
        "const done = arguments[0]; window.jupyterapp.restored.then(() => done())"
    )
    page.command("launcher:create")
    card = page.wait(
        lambda: driver.find_elements(
            By.CSS_SELECTOR,
            ".jp-LauncherCard[data-category='Notebook'], .jp-LauncherCard[title='Python 3']",
        )
    )[0]
    card.click()
    page.wait(page.idle)
    return page


def test_a_notebook_from_the_launcher_is_warm_a_slider_moves_interrupt_and_restart_work(
    notebook: Lab,
):
    notebook.run("import sys; print('warm', 'statsmodels.api' in sys.modules)")
    notebook.wait(lambda: "warm True" in notebook.said())

    notebook.run(SLIDER)
    driver = notebook.driver
    image = "img[alt='The last week had {}.']"
    notebook.wait(lambda: driver.find_elements(By.CSS_SELECTOR, image.format(3)))
    handle = driver.find_element(By.CSS_SELECTOR, ".widget-slider [role=slider], .noUi-handle")
    handle.send_keys(Keys.ARROW_RIGHT)
    notebook.wait(lambda: driver.find_elements(By.CSS_SELECTOR, image.format(4)))

    notebook.run("x = 1\nwhile True: pass")
    notebook.wait(lambda: not notebook.idle())
    notebook.command("notebook:interrupt-kernel")
    notebook.wait(lambda: "KeyboardInterrupt" in notebook.said())
    notebook.run("print('still', x)")
    notebook.wait(lambda: "still 1" in notebook.said())

    notebook.begin("notebook:restart-kernel")
    button = notebook.wait(
        lambda: driver.find_elements(By.CSS_SELECTOR, ".jp-Dialog .jp-mod-accept")
    )
    button[0].click()
    notebook.wait(lambda: not driver.find_elements(By.CSS_SELECTOR, ".jp-Dialog"))
    notebook.wait(notebook.idle)
    notebook.run("print('x' in globals())")
    notebook.wait(lambda: "False" in notebook.said())


def test_a_lesson_runs_to_its_end(notebook: Lab, opened: str):
    found = notebook.driver.execute_async_script(
        "const done = arguments[0], files = window.jupyterapp.serviceManager.contents;"
        "files.get('core-day1').then(folder => done(folder.content.map(one => one.path)))"
    )
    lesson = next(path for path in found if "b3_plot_the_dots" in path)
    notebook.command("docmanager:open", path=lesson)
    notebook.wait(lambda: len(notebook.cells()) > 20 and notebook.idle())
    notebook.begin("notebook:run-all-cells")
    codes = [cell for cell in notebook.cells() if cell["cell_type"] == "code"]

    def all_ran() -> bool:
        ran = [
            c for c in notebook.cells() if c["cell_type"] == "code" and "".join(c["source"]).strip()
        ]
        return notebook.idle() and all(cell["execution_count"] for cell in ran)

    notebook.wait(all_ran)
    outputs = [one for cell in notebook.cells() for one in cell.get("outputs", [])]
    assert not [one for one in outputs if one["output_type"] == "error"]
    assert any("text/html" in one.get("data", {}) for one in outputs)
    assert any("application/vnd.jupyter.widget-view+json" in one.get("data", {}) for one in outputs)
    assert len(codes) > 5
