"""The unit tests of floors 0 to 3, in the browser's own Python: the first of each file.

`pytest -m more` runs the first case of each test. Every case of them runs on a desk with the
browser's versions (`make test-browser-pins`).
"""

from __future__ import annotations

import base64
import importlib.util
import io
import json
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("selenium")
from pcqa_teach.errors import SetupError
from pcqa_teach.publish.site import wheels

pytestmark = [pytest.mark.browser]

ROOT = Path(__file__).resolve().parents[2]
FLOORS = (ROOT / "tests/browser_floors.txt").read_text().split()
_BESIDE = (
    "data/synthetic", "tests/conftest.py", "tests/oracles", "book/sheets.md", "notebooks/own-data",
)  # fmt: skip
_RUNNERS = (
    "pytest",
    "_pytest",
    "pluggy",
    "iniconfig",
    "sortedcontainers",
    "pygments",
    "py",
    "attr",
)
# The last releases of hypothesis hold compiled code for desks alone.
_PURE = (
    "hypothesis==6.135.26"
    " --hash=sha256:fa237cbe2ae2c31d65f7230dcb866139ace635dcfec6c30dddf25974dd8ff4b9"
)

RUN = """
const [packed, paths, apart] = arguments;
const done = (data) => { window.told = data; };
const code = `
  onmessage = async ({data: {origin, packed, paths, apart}}) => {
    try {
      const base = origin + "/lab/static/pyodide/";
      const {loadPyodide} = await import(base + "pyodide-release.mjs");
      const lock = await (await fetch(base + "pyodide-lock.json")).json();
      const python = await loadPyodide({indexURL: base, packages: Object.keys(lock.packages)});
      const bytes = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
      python.FS.mkdirTree("/kit");
      python.unpackArchive(bytes, "zip", {extractDir: "/kit"});
      python.globals.set("paths", python.toPy(paths));
      python.globals.set("apart", apart);
      postMessage(await python.runPythonAsync(\\`
import contextlib, io, json, os, sys
os.chdir("/kit"); sys.path.insert(0, "/kit/runners")
import pytest
class Seen:
    def __init__(self): self.passed, self.failed, self.skipped = 0, {}, {}
    def pytest_collection_modifyitems(self, items):
        first = {}
        for item in items: first.setdefault(item.nodeid.split(apart)[0], item)
        items[:] = first.values()
    def pytest_runtest_logreport(self, report):
        if report.failed: self.failed[report.nodeid] = str(report.longrepr)[-1500:]
        elif report.skipped: self.skipped[report.nodeid] = str(report.longrepr)[-200:]
        elif report.when == "call": self.passed += 1
    def pytest_collectreport(self, report):
        if report.failed: self.failed[report.nodeid] = str(report.longrepr)[-1500:]
seen = Seen()
with contextlib.redirect_stdout(io.StringIO()) as out, contextlib.redirect_stderr(out):
    pytest.main(["-q", "-p", "no:cacheprovider", "-m", "not slow", *paths], plugins=[seen])
json.dumps({**vars(seen), "said": out.getvalue()[-3000:]})
\\`));
    } catch (error) { postMessage(JSON.stringify({broken: String(error.stack || error)})); }
  };`;
const url = URL.createObjectURL(new Blob([code], {type: "text/javascript"}));
const worker = new Worker(url, {type: "module"});
worker.onmessage = ({data}) => done(data);
worker.onerror = (error) => done(JSON.stringify({broken: error.message}));
worker.postMessage({origin: location.origin, packed, paths, apart});
"""


def _files(folder: Path) -> Iterator[Path]:
    if folder.is_file():
        yield folder
    for path in sorted(folder.rglob("*")):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".so":
            yield path


def packed(paths: list[str]) -> str:
    """Give the tests, their data and what runs them, as a zip in text."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (*paths, *_BESIDE):
            for path in _files(ROOT / name):
                archive.write(path, path.relative_to(ROOT))
        archive.write(ROOT / "pyproject.toml", "pyproject.toml")
        for name in _RUNNERS:
            found = importlib.util.find_spec(name)
            assert found is not None
            assert found.origin is not None
            place = Path(found.origin)
            whole = place.parent if place.name == "__init__.py" else place
            for path in _files(whole):
                archive.write(path, Path("runners") / path.relative_to(whole.parent))
        with tempfile.TemporaryDirectory() as folder:
            try:
                [wheel] = wheels._fetch([_PURE], Path(folder))
            except SetupError as error:
                pytest.skip(str(error))
            with zipfile.ZipFile(wheel) as inside:
                for name in inside.namelist():
                    archive.writestr(f"runners/{name}", inside.read(name))
    return base64.b64encode(content.getvalue()).decode()


def run(browser: Any, address: str, paths: list[str], seconds: int, apart: str) -> dict[str, Any]:
    """Run of all tests whose names are alike before `apart` the first, and say how they went."""
    browser.get(f"{address}lab/start.css")
    browser.execute_script(RUN, packed(paths), paths, apart)
    until = time.monotonic() + seconds
    while (said := browser.execute_script("return window.told")) is None:
        assert time.monotonic() < until, "the tests have not ended"
        time.sleep(0.5)
    told = json.loads(said)
    assert "broken" not in told, told["broken"]
    return told


def _worst(told: dict[str, Any]) -> str:
    """Name every test that failed, and give the words of the first."""
    names = "\n".join(told["failed"])
    return f"{len(told['failed'])} failed:\n{names}\n{next(iter(told['failed'].values()))}"


@pytest.mark.parametrize(
    ("apart", "many"),
    [
        pytest.param("::", 150, marks=pytest.mark.slow),
        pytest.param("[", 1000, marks=pytest.mark.more),
    ],
    ids=["of each file", "of each test"],
)
def test_the_first_passes(browser, server, apart: str, many: int):
    told = run(browser, server.address, FLOORS, 3000, apart)
    assert not told["failed"], _worst(told)
    assert told["passed"] > many, told["said"]
