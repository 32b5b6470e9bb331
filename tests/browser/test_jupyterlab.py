"""JupyterLab as a participant has it, in a real Chromium: its kernels are the warm ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pcqa_teach import resources

pytest.importorskip("jupyterlab")
pytest.importorskip("selenium")
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

# Nothing until the cell stands on the page with its pictures; then each output's width in pixels.
WIDTHS = """
const cell = window.jupyterapp.shell.currentWidget.content.widgets[arguments[0]].node;
const outputs = [...cell.querySelectorAll('.jp-OutputArea-output')];
const whole = (p) => p.complete && p.naturalWidth && p.clientWidth;
if (!cell.isConnected || !outputs.length || !outputs.every((one) => one.clientWidth)) return null;
if (![...cell.querySelectorAll('.jp-OutputArea-output img')].every(whole)) return null;
return outputs.map((one) => ({
  needs: one.scrollWidth, has: one.clientWidth,
  cut: [...one.querySelectorAll('*')]
    .filter((e) => e.clientWidth && getComputedStyle(e).overflowX !== 'visible')
    .filter((e) => e.scrollWidth > e.clientWidth + 1)
    .map((e) => e.tagName + ' ' + (e.textContent || e.value || '').slice(0, 40)),
  pictures: [...one.querySelectorAll('img')].map((p) => ({ alt: p.alt,
    past: p.getBoundingClientRect().right - one.getBoundingClientRect().right })) }));
"""


@pytest.fixture
def notebook(jupyterlab: Any) -> Any:
    """A notebook begun from the launcher, in front."""
    page, driver = jupyterlab, jupyterlab.driver
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
    notebook: Any,
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
    notebook.wait(notebook.idle)
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


def _lessons() -> Iterator[Any]:
    """Give b3; for the long run the first lesson of each day; for more the rest."""
    days: set[str] = set()
    for lesson in resources.lessons().values():
        if lesson.assignment == "own-data":
            continue
        mark = pytest.mark.more if lesson.assignment in days else pytest.mark.slow
        days.add(lesson.assignment)
        yield pytest.param(
            f"{lesson.assignment}/{lesson.name}--coach-7.ipynb",
            id=lesson.name,
            marks=[] if lesson.name.startswith("b3_") else mark,
        )


@pytest.mark.parametrize("path", [*_lessons()])
def test_a_lesson_runs_to_its_end_and_nothing_in_it_is_cut(jupyterlab: Any, path: str):
    lab = jupyterlab
    with lab.opened(path):
        lab.begin("notebook:run-all-cells")
        lab.wait(lambda: lab.ran() or _errors(lab))
        assert _errors(lab) == []
        cells = lab.cells()
        ran = [place for place, cell in enumerate(cells) if cell.get("outputs")]
        outputs = [{"cell": place, **one} for place in ran for one in _laid_out(lab, place)]
    kinds = [
        kind for place in ran for one in cells[place]["outputs"] for kind in one.get("data", {})
    ]
    pictures = [picture for one in outputs for picture in one["pictures"]]
    assert "application/vnd.jupyter.widget-view+json" in kinds
    assert len(outputs) > 5
    assert pictures
    assert all(picture["alt"].strip() for picture in pictures)
    assert [one for one in outputs if one["needs"] > one["has"] or one["cut"]] == []
    assert [one for one in outputs if any(p["past"] > 0 for p in one["pictures"])] == []


def _errors(lab: Any) -> list[tuple[int, str, str]]:
    return [
        (place, one["ename"], one["evalue"])
        for place, cell in enumerate(lab.cells())
        for one in cell.get("outputs", [])
        if one["output_type"] == "error"
    ]


def _laid_out(lab: Any, place: int) -> list[dict[str, Any]]:
    """Bring a cell into view; return what width each of its outputs has and needs."""
    lab.go_to_cell(place)
    lab.begin("notebook:scroll-cell-center")
    return lab.wait(lambda: lab.driver.execute_script(WIDTHS, place))
