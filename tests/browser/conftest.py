"""JupyterLab on a loopback address, the built site, and a Chromium that reaches nothing else."""

from __future__ import annotations

import importlib.resources
import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
_DIRTY = ROOT / "data" / "synthetic" / "exports" / "systmone_appointments_dirty.csv"


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """A headless Chromium for which every name but the loopback address is unknown."""
    pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    from pcqa_teach.publish.paper import press

    from . import walk

    if press.chromium() is None:
        pytest.skip("Chromium is not on this computer")
    if not shutil.which("chromedriver"):
        pytest.skip("chromedriver is not on this computer")
    with walk.chromium(tmp_path_factory.mktemp("chromium"), watched=True) as window:
        yield window


# WCAG 2.2 A and AA, and what axe-core calls good practice.
_RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_AXE = """
const [runOnly, rules, done] = arguments;
axe.run(document, { runOnly, rules }).then(
  (found) => done(found.violations.map((one) => [one.id, one.help, one.nodes.map((n) => n.html)])),
  (error) => done([[String(error), "", []]]));
"""


@pytest.fixture
def barriers(browser: Any) -> Iterator[Callable[..., list[Any]]]:
    """Return what axe-core finds on the page in front: rule, what it asks for, and where.

    Given `only`, it looks by those rules alone; given `without`, by all but that one.
    """
    package = pytest.importorskip("axe_playwright_python", reason="axe-core is not installed")
    axe = (importlib.resources.files(package) / "axe.min.js").read_text(encoding="utf-8")
    browser.set_script_timeout(120)

    def find(only: tuple[str, ...] = (), without: str = "") -> list[Any]:
        browser.execute_script(axe)
        rules = {without: {"enabled": False}} if without else {}
        return list(browser.execute_async_script(_AXE, list(only) or _RULES, rules))

    yield find
    for kind in ("browser", "performance"):  # axe-core asks for styles in its own way
        browser.get_log(kind)


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built anew, for all processes of tests; `PCQA_SITE` names one to look at instead."""
    pytest.importorskip("jupyterlite_core", reason="JupyterLite is not installed")
    from filelock import FileLock

    from pcqa_teach.publish.site import build_site

    if named := os.environ.get("PCQA_SITE"):
        return Path(named)
    folder = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        folder = folder.parent
    (ROOT / "_build").mkdir(exist_ok=True)
    with FileLock(ROOT / "_build" / ".book.lock"):  # of two processes one builds the book
        if not (folder / "site" / "index.html").is_file():
            build_site(folder / "site")
    return folder / "site"


class Server:
    """`pcqa serve` in a process of its own, so that it can be stopped like a network."""

    def __init__(self, site: Path) -> None:
        self.site, self.port = site, 0
        self.start()

    def start(self) -> None:
        command = [sys.executable, "-m", "pcqa_teach", "serve", str(self.site)]
        self.process = subprocess.Popen(
            [*command, "--port", str(self.port)], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )
        assert self.process.stdout is not None
        said = self.process.stdout.readline()
        self.address = re.search(r"http://127\.0\.0\.1:(\d+)/", said)[0]
        self.port = int(self.address.rsplit(":", 1)[1].strip("/"))

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)


@pytest.fixture(scope="session")
def server(built: Path) -> Iterator[Server]:
    one = Server(built)
    yield one
    one.stop()


@pytest.fixture
def host() -> type[Server]:
    """What serves another site: call it with its folder."""
    return Server


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start JupyterLab on a fresh workbook; give its address."""
    pytest.importorskip("jupyterlab", reason="JupyterLab is not installed")
    from pcqa_teach.publish import lab, workbook

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
        from selenium.common.exceptions import StaleElementReferenceException

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
                "const s = window.jupyterapp.shell.currentWidget?.sessionContext;"
                "return s && s.session && s.session.kernel && s.session.kernel.status === 'idle'"
            )
        )

    def said(self) -> str:
        """Give all that the notebook in front shows as text."""
        return json.dumps([cell.get("outputs") for cell in self.cells()])

    @contextmanager
    def opened(self, path: str) -> Iterator[None]:
        """Have a notebook in front; then stop its kernel and put it away unsaved."""
        self.command("docmanager:open", path=path)
        self.wait(
            lambda: self.driver.execute_script(
                "const one = window.jupyterapp.shell.currentWidget;"
                "return one?.context?.path === arguments[0] && one.context.isReady", path,
            )
        )  # fmt: skip
        self.wait(self.idle)
        try:
            yield
        finally:
            self.driver.execute_async_script(
                "const done = arguments[0], one = window.jupyterapp.shell.currentWidget;"
                "one.sessionContext.shutdown().then(() => { one.dispose(); done(); });"
            )

    def go_to_cell(self, place: int) -> None:
        self.driver.execute_script(
            "window.jupyterapp.shell.currentWidget.content.activeCellIndex = arguments[0]", place
        )

    def ran(self, below: int | None = None) -> bool:
        """Say whether the code cells, or those before `below`, have all run to their end."""
        held = [cell for cell in self.cells()[:below] if "".join(cell["source"]).strip()]
        codes = [cell for cell in held if cell["cell_type"] == "code"]
        return self.idle() and all(cell["execution_count"] for cell in codes)


@pytest.fixture(scope="module")
def jupyterlab(opened: str, browser) -> Lab:
    """JupyterLab in the browser, as it is when it has just been opened."""
    browser.set_script_timeout(120)
    browser.get(opened.replace("/lab?", "/lab?reset&"))
    # Who walked a page with Tab has left it for the window's own buttons; here we are back on it.
    browser.execute_cdp_cmd("Emulation.setFocusEmulationEnabled", {"enabled": True})
    page = Lab(browser)
    page.wait(
        lambda: browser.execute_script("return !!(window.jupyterapp && window.jupyterapp.shell)")
    )
    browser.execute_async_script(
        "const done = arguments[0]; window.jupyterapp.restored.then(() => done())"
    )
    return page


STORED = """
const done = arguments[0];
(async () => {
  const settled = (asked) => new Promise((ok, no) => {
    asked.onsuccess = () => ok(asked.result);
    asked.onerror = no;
  });
  const parts = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  for (const { name } of await indexedDB.databases()) {
    const base = await settled(indexedDB.open(name));
    for (const store of base.objectStoreNames)
    {
      const all = base.transaction(store).objectStore(store).getAll();
      parts.push(JSON.stringify(await settled(all)));
    }
    base.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) parts.push(request.url);
  return parts.join("\\n");
})().then(done, (error) => done(String(error)));
"""


@pytest.fixture
def stored(browser: Any) -> Callable[[], str]:
    """Give all that the browser keeps for the site that it shows, as one text."""
    return lambda: str(browser.execute_async_script(STORED))


@pytest.fixture
def newcomer(browser: Any, server: Server) -> Iterator[Any]:
    """A browser that has never been on the site."""
    browser.set_script_timeout(60)
    browser.get("about:blank")  # no page of the site is open while what it keeps is cleared
    browser.execute_cdp_cmd(
        "Storage.clearDataForOrigin", {"origin": server.address.rstrip("/"), "storageTypes": "all"}
    )
    browser.get_log("performance")
    yield browser
    browser.get("about:blank")


@pytest.fixture
def lab(newcomer: Any, server: Server, stored: Callable[[], str]) -> Any:
    """The site's lab, in a browser that has never been there."""
    from . import walk

    return walk.Lab(newcomer, server, stored)


@pytest.fixture
def returning(browser: Any, server: Server) -> Iterator[Any]:
    """The site's lab, in a browser that has been there if an earlier test was; it fetches less."""
    from . import walk

    browser.set_script_timeout(60)
    browser.get_log("performance")
    yield walk.Lab(browser, server)
    browser.get("about:blank")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A dirty export whose name names somebody."""
    path = tmp_path / "Jane Okonkwo 943 476 5919.csv"
    path.write_bytes(_DIRTY.read_bytes())
    return path
