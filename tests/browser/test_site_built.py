"""What is in the built site: Python from nowhere else, nothing that participants must not see."""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach.publish import staging
from pcqa_teach.publish.leaks import find_leaks

from .walk import Lab

pytest.importorskip("jupyterlite_core", reason="JupyterLite is not installed")

pytestmark = [pytest.mark.browser]

ROOT = Path(__file__).resolve().parents[2]
LESSON = "core-day1/b3_plot_the_dots.ipynb"


@pytest.mark.slow
def test_a_damaged_file_of_the_lab_is_named(browser: Any, built: Path, host: Any, tmp_path: Path):
    site = tmp_path / "site"
    shutil.copytree(built, site)
    [wheel] = (site / "lab" / "static" / "pyodide").glob("pandas-*.whl")
    content = bytearray(wheel.read_bytes())
    content[len(content) // 2] ^= 1
    wheel.write_bytes(content)
    one = host(site)
    try:
        lab = Lab(browser, one)
        lab.start_page(LESSON)
        lab.part("go").click()
        lab.wait(lambda: lab.said().startswith("Python did not start (pandas"), 60)
        assert lab.part("pcqa-run").get_attribute("disabled")
    finally:
        one.stop()
        browser.get("about:blank")


@pytest.mark.more
def test_a_site_built_over_a_broken_one_is_whole_again(built: Path, tmp_path: Path):
    from pcqa_teach.publish.site import build_site

    target = shutil.copytree(built, tmp_path / "site")
    settings = target / "lab" / "jupyter-lite.json"
    settings.write_text(settings.read_text().replace("./static/pyodide/", "somewhere/"))
    (target / "lab" / "static" / "pyodide" / "pyodide.mjs").unlink()
    (target / "left-behind.html").touch()
    build_site(target)
    python_is_local(target)
    assert not (target / "left-behind.html").exists()


def test_python_comes_from_the_site_and_from_nowhere_else(built: Path):
    python_is_local(built)
    assert sum(path.stat().st_size for path in built.rglob("*")) < 140e6


def python_is_local(built: Path) -> None:
    settings = json.loads((built / "lab" / "jupyter-lite.json").read_text())["jupyter-config-data"]
    python = settings["litePluginSettings"]["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert python["pyodideUrl"] == "./static/pyodide/pyodide.mjs"
    assert python["disablePyPIFallback"] is True
    folder = built / "lab" / "static" / "pyodide"
    lock = json.loads((folder / "pyodide-lock.json").read_text())["packages"]
    for one in lock.values():
        content = (folder / one["file_name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == one["sha256"], one["file_name"]


def test_nothing_that_participants_must_not_see_is_in_the_site(built: Path, tmp_path: Path):
    sources = staging.sources(ROOT)
    for wheel in (built / "lab" / "static" / "pyodide").glob("pcqa_teach-*.whl"):
        with zipfile.ZipFile(wheel) as archive:
            archive.extractall(tmp_path / "wheel")
    assert list(tmp_path.rglob("*.csv*"))
    wheel = tmp_path / "wheel" / "pcqa_teach"
    assert {path.parent.name for path in wheel.rglob("*.ipynb")} == {
        "own-data",
        "form",
        "authoring",
    }
    data = wheel / "_data"
    lab = built / "lab"
    for folder in (lab / "files", lab / "api", built / "notebooks", data, wheel / "_lessons"):
        assert find_leaks(folder, sources, ROOT / "book") == []
    assert find_leaks(ROOT / "notebooks", sources)  # the search can see them
    assert not [*built.rglob("truth*"), *data.rglob("truth*")]
    truths = [path.read_bytes()[200:400] for path in (ROOT / "data/synthetic").glob("truth*")]
    assert truths
    for path in tmp_path.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert not any(truth in content for truth in truths), path.name
