"""The lab in a real Chromium that can reach nothing but the site: lessons, work, one's own data."""

from __future__ import annotations

import contextlib
import functools
import json
import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from pcqa_teach.publish import editions
from pcqa_teach.run import execute

pytest.importorskip("jupyterlite_core", reason="JupyterLite is not installed")
pytest.importorskip("selenium")
from selenium.webdriver.common.by import By

from .walk import Lab

pytestmark = [pytest.mark.browser]

ROOT = Path(__file__).resolve().parents[2]
LESSONS = {
    "core-day1/b3_plot_the_dots.ipynb": "Plot the dots",
    "own-data/d1_my_access_baseline.ipynb": "My access baseline",
}
B3, D1 = LESSONS


def spoken(cell: dict[str, Any]) -> list[str]:
    """Give what a cell printed, and the words of its charts."""
    found = []
    for one in cell.get("outputs", []):
        if one["output_type"] == "stream":
            found.append("".join(one["text"]).strip())
        markup = "".join(one.get("data", {}).get("text/html", ""))
        found += re.findall(r'alt="([^"]*)"', markup)
    return found


def widget_answers(lab: Lab) -> None:
    """Press the buttons of b3's widget as a participant does."""
    area = "return document.querySelector('.jp-OutputArea:has(button.widget-button)').innerHTML"
    buttons = ".jp-OutputArea button.widget-button"
    lab.wait(lambda: len(lab.driver.find_elements(By.CSS_SELECTOR, buttons)) > 2)
    before = lab.js(area)
    usual, draw = (
        next(b for b in lab.driver.find_elements(By.CSS_SELECTOR, buttons) if b.text == text)
        for text in ("One bad day", "Draw the chart")
    )
    lab.js("arguments[0].click()", draw)
    lab.wait(lambda: "a guess is enough" in lab.js(area))
    lab.js("arguments[0].click()", usual)
    guess = ".jp-OutputArea:has(button.widget-button) input[type=checkbox]"
    lab.js("document.querySelectorAll(arguments[0])[1].click()", guess)
    lab.js("arguments[0].click()", draw)
    lab.wait(lambda: lab.js(area) != before and "alt=" in lab.js(area))


@pytest.mark.parametrize("lesson", [B3, pytest.param(D1, marks=pytest.mark.more)])
def test_a_lesson_opens_from_its_book_page_and_says_what_it_says_on_a_desk(
    lab: Lab, lesson: str, tmp_path: Path
):
    lab.open_from_book(lesson)
    lab.run_all()
    here = lab.cells()
    assert lab.errors() == []
    source = editions.page(editions.read(ROOT / "notebooks" / lesson), "participant")
    desk = execute(source, cwd=tmp_path, static=False)
    told = {cell["id"]: spoken(cell) for cell in here if cell["cell_type"] == "code"}
    for cell in desk.cells:
        if cell.cell_type == "code":
            assert told[cell.id] == spoken(cell), cell.source[:80]
    assert sum(map(len, told.values())) > 10
    assert lab.charts() >= 5
    if lesson == B3:
        widget_answers(lab)
    assert lab.asked_elsewhere() == []
    assert {row[1] for row in lab.log()} <= {"fetched"}  # that refusals show is tested below


class Elsewhere:
    """A port of this computer that is not the site's, and what came to it."""

    def __init__(self) -> None:
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listening.getsockname()[1]}"
        self.came: list[bytes] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                line, _ = self.listening.accept()
                self.came.append(line.recv(200))
                line.close()


SENDS = """
from js import Object, XMLHttpRequest, fetch, location
import js
tried = []
def attempt(name, act):
    try:
        act()
        tried.append(name)
    except BaseException as error:
        tried.append(f"{name}: {type(error).__name__}")
def ask(method, url):
    request = XMLHttpRequest.new(); request.open(method, url, False); request.send("row")
attempt("get", lambda: fetch("http://ELSEWHERE/?row=1"))
attempt("ask", lambda: ask("GET", "http://ELSEWHERE/?row=2"))
attempt("post", lambda: ask("POST", "http://ELSEWHERE/"))
attempt("socket", lambda: js.WebSocket.new("ws://ELSEWHERE/?row=3"))
attempt("own post", lambda: ask("POST", location.origin + "/lab/index.html"))
attempt("own query", lambda: ask("GET", location.origin + "/lab/index.html?row=4"))
attempt("own beside", lambda: ask("GET", location.origin + "/nowhere?row=5"))
"""


@pytest.fixture
def plain_host(built: Path) -> Iterator[Any]:
    """The site on a host that says nothing of policies, and what it was asked for."""
    asked: list[str] = []

    class Host(SimpleHTTPRequestHandler):
        def log_message(self, form: str, *words: Any) -> None:
            asked.append(form % words)

    handler = functools.partial(Host, directory=str(built))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as host:
        threading.Thread(target=host.serve_forever, daemon=True).start()
        yield SimpleNamespace(address=f"http://127.0.0.1:{host.server_port}/", asked=asked)
        host.shutdown()


@pytest.mark.slow
def test_python_reaches_nobody_even_on_a_host_that_says_nothing(browser: Any, plain_host: Any):
    browser.set_script_timeout(60)
    lab, elsewhere = Lab(browser, plain_host), Elsewhere()
    lab.open_from_book(B3)
    before = len(plain_host.asked)
    code = SENDS.replace("ELSEWHERE", elsewhere.address)
    done = lab.driver.execute_async_script(
        "const [code, done] = arguments;"
        "const w = [...window.jupyterapp.shell.widgets('main')].find(w => w.context?.model);"
        "w.sessionContext.session.kernel.requestExecute({code}).done"
        ".then(({content}) => done(content.status));",
        code,
    )
    assert done == "ok"
    time.sleep(2)  # what is on its way arrives
    assert elsewhere.came == []
    assert not [line for line in plain_host.asked[before:] if "row" in line or "POST" in line]
    refused = [row for row in lab.log() if row[1] == "refused"]
    assert {row[2] for row in refused} >= {"/lab/index.html", "/nowhere"}
    browser.get("about:blank")


EVERY = sorted(path.relative_to(ROOT / "notebooks").as_posix()
               for path in (ROOT / "notebooks").glob("*/*.ipynb"))  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("lesson", EVERY, ids=lambda name: Path(name).stem)
def test_every_lesson_runs_to_its_end(returning: Lab, lesson: str):
    lab = returning
    at = {stage: time.monotonic() for stage in lab.walked(lesson)}
    print(f"{Path(lesson).stem}: {at['end'] - at['ready']:.1f} s")
    assert lab.errors() == []
    assert lab.charts() >= 1
    assert lab.js("return document.querySelectorAll('.jp-OutputArea .widget-button').length") >= 1 \
        or lesson.startswith("own-data")  # fmt: skip
    assert lab.asked_elsewhere() == []


@pytest.mark.slow
@pytest.mark.parametrize("later", ["half", "whole"])
def test_what_a_newer_version_keeps_is_not_taken_for_this_one_s(lab: Lab, later: str):
    lab.start_page()
    known = lab.js("return document.getElementById('lessons-data').textContent")
    first = [name for name, _ in json.loads(known)["first"]]
    lab.driver.execute_async_script(KEPT_LATER, first, later)
    lab.go_to_start()
    lab.wait(lambda: lab.part("fetched-said").text)
    if later == "whole":  # of which this version has lost two
        lab.fetched()
        assert lab.driver.execute_async_script(HOLDS, first[:2]) == [True, True]
    else:
        lab.wait(lambda: lab.part("fetched-said").text.startswith("All is here"), 5)


# A newer version's cache, beside that of the version which serves the page.
KEPT_LATER = """
const [first, later, done] = arguments;
(async () => {
  const [mine] = (await caches.keys()).filter(one => one.startsWith("pcqa-lab-"));
  const newer = await caches.open("pcqa-lab-later");
  const old = await caches.open(mine);
  for (const one of await old.keys()) {
    if (later === "whole") await newer.put(one, new Response("kept"));
  }
  const lost = first.slice(0, 2).map(name => new URL(name, location.href).href);
  if (later === "whole") for (const one of lost) await old.delete(one);
})().then(done, error => done(String(error)));
"""
HOLDS = """
const [names, done] = arguments;
(async () => {
  const old = await caches.open((await caches.keys()).find(one => one.startsWith("pcqa-lab-")));
  const kept = (await old.keys()).map(one => one.url);
  return names.map(name => kept.includes(new URL(name, location.href).href));
})().then(done, error => done(String(error)));
"""


@pytest.mark.slow
def test_after_one_visit_any_lesson_runs_with_the_server_stopped(lab: Lab, server: Any):
    lab.open_from_book(B3)
    server.stop()
    try:
        lab.driver.get(f"{server.address}lab/index.html?lesson={D1}")
        lab.fetched()
        lab.part("go").click()
        lab.ready()
        lab.run_all()
        assert lab.charts() >= 5
    finally:
        server.start()


def test_the_start_page_has_no_barrier(lab: Lab, barriers: Callable[[], list[Any]]):
    lab.start_page()
    assert lab.js("return document.querySelectorAll('#lessons a, #lessons button').length") > 40
    for width in (1280, 640, 360):  # on a desk, at 200% zoom, on a telephone
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        lab.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        try:
            assert barriers() == [], width
            assert lab.js("return document.documentElement.scrollWidth") <= width
        finally:
            lab.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def test_ones_own_export_is_read_in_memory_and_left_nowhere(lab: Lab, tmp_path: Path):
    export = ROOT / "data/synthetic/exports/systmone_appointments_clean.csv"
    row = export.read_text(encoding="utf-8").splitlines()[40]
    lab.open_from_book(D1)
    before = len(lab.log())
    lab.part("pcqa-file").send_keys(str(export))
    lab.wait(lambda: "These are your own figures" in lab.said(), 180)
    here = lab.cells()
    assert lab.errors() == []
    source = editions.page(editions.read(ROOT / "notebooks" / D1), "participant")
    desk = execute(source, cwd=tmp_path, static=False, parameters={"export": str(export)})
    told = {cell["id"]: spoken(cell) for cell in here if cell["cell_type"] == "code"}
    for cell in desk.cells:
        if cell.cell_type == "code":
            assert told[cell.id] == spoken(cell), cell.source[:80]
    rows = lab.log()
    fetched = rows[: len(rows) - before]
    assert {line[1] for line in fetched} <= {"fetched"}
    assert all(line[2].startswith("/lab/") for line in fetched)
    time.sleep(11)  # the lesson has saved itself meanwhile
    stored = lab.stored()
    assert "My access baseline" in stored or "d1_my_access_baseline" in stored
    assert row not in stored
    assert export.name not in stored
    assert lab.asked_elsewhere() == []


@pytest.mark.slow
def test_fifty_megabytes_are_read_in_memory_and_left_nowhere(lab: Lab, tmp_path: Path):
    from pcqa_teach.data import synthetic

    made = synthetic.practice(7, days=364, list_size=150_000, with_calls=False)
    export = tmp_path / "large.csv"
    export.write_bytes(synthetic.exports.systmone(made.appointments))
    size = export.stat().st_size
    assert size > 50e6
    lab.open_from_book(D1)
    lab.part("pcqa-file").send_keys(str(export))
    began = time.monotonic()
    lab.wait(lambda: "These are your own figures" in lab.said(), 600)
    print(f"{size / 1e6:.0f} MB read and charted in {time.monotonic() - began:.0f} s")
    assert lab.errors() == []
    assert lab.charts() >= 5
    time.sleep(11)  # the lesson has saved itself meanwhile
    stored = lab.stored()
    with export.open(encoding="utf-8") as file:
        rows = [line.strip() for number, line in enumerate(file) if number % 100_000 == 50]
    assert len(rows) > 5
    assert not any(row in stored for row in rows)
    assert (
        lab.js("return navigator.storage.estimate().then(e => e.usageDetails)")["indexedDB"] < 20e6
    )
    assert lab.asked_elsewhere() == []
    assert {row[1] for row in lab.log()} <= {"fetched"}  # that refusals show is tested below


@pytest.mark.slow
def test_a_file_that_is_no_export_is_one_sentence(lab: Lab, tmp_path: Path):
    odd = tmp_path / "Okonkwo.csv"
    odd.write_text("nothing,here\n1,2\n")
    lab.open_from_book(D1)
    lab.part("pcqa-file").send_keys(str(odd))
    lab.wait(lambda: "could not be used" in lab.said(), 180)
    text = json.dumps(lab.cells())
    assert "is in no format that is known" in text
    assert "Okonkwo" not in text
