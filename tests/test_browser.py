"""What only a web page's Python does, told from outside of one."""

from __future__ import annotations

import sys
import types
from pathlib import Path
from typing import Any

import pytest

from pcqa_teach import browser
from pcqa_teach.errors import SetupError


@pytest.fixture(autouse=True)
def memory(monkeypatch, tmp_path: Path) -> Path:
    monkeypatch.setattr(browser, "_FOLDER", tmp_path / "own")
    monkeypatch.setattr(browser, "_chosen", [])
    return tmp_path / "own"


def page(status: int, content: bytes) -> types.ModuleType:
    """A `js` module whose page holds one file."""

    class Request:
        def open(self, method: str, url: str, later: bool) -> None:
            assert (method, later) == ("GET", False)
            assert url.startswith("blob:")

        def send(self, nothing: None) -> None:
            self.status = status
            self.response = types.SimpleNamespace(to_bytes=lambda: content)

    made = types.ModuleType("js")
    made.XMLHttpRequest = types.SimpleNamespace(new=Request)  # type: ignore[attr-defined]
    return made


def test_a_chosen_file_is_the_export_until_another_is_named(monkeypatch):
    monkeypatch.setattr(browser, "_in_a_page", lambda: True)
    monkeypatch.setitem(sys.modules, "js", page(200, b"a,b\n1,2\n"))
    place = browser.take("blob:1", "Jane Okonkwo.CSV")
    assert Path(place).read_bytes() == b"a,b\n1,2\n"
    assert Path(place).name == "export.csv"  # a file's name may hold a person's
    assert browser.chosen_export() == place
    assert browser.chosen_export("mine.csv") == "mine.csv"
    other = browser.take("blob:2", "next.xlsx")
    assert browser.chosen_export() == other
    assert not Path(place).exists()
    browser.forget()
    assert browser.chosen_export() is None
    assert not Path(other).exists()


def test_a_file_that_the_page_has_let_go_is_one_sentence(monkeypatch):
    monkeypatch.setitem(sys.modules, "js", page(404, b""))
    with pytest.raises(SetupError, match="choose it again"):
        browser.take("blob:1", "export.csv")


def test_outside_of_a_page_it_says_so():
    with pytest.raises(SetupError, match="Only a web page"):
        browser.take("blob:1", "export.csv")


def test_on_a_desk_no_file_is_held_and_none_is_let_go(memory: Path):
    with pytest.raises(SetupError, match="Only a web page keeps files"):
        browser.hold("export.csv", b"a,b\n")
    assert not memory.exists()
    memory.mkdir()
    (memory / "somebody's.csv").write_bytes(b"a,b\n")
    browser.forget()
    assert [path.name for path in memory.iterdir()] == ["somebody's.csv"]


@pytest.fixture
def site(monkeypatch) -> dict[str, Any]:
    """A page whose site offers `oddly`, and what it was asked for."""
    asked: dict[str, Any] = {"loaded": [], "can": True}
    packages = {"oddly": {"imports": ["oddly"]}}
    js = types.ModuleType("pyodide_js")
    js.lockfile = types.SimpleNamespace(  # type: ignore[attr-defined]
        packages=types.SimpleNamespace(to_py=lambda: packages)
    )
    js.loadPackagesFromImports = asked["loaded"].append  # type: ignore[attr-defined]
    ffi = types.ModuleType("pyodide.ffi")
    ffi.can_run_sync = lambda: asked["can"]  # type: ignore[attr-defined]
    ffi.run_sync = lambda promise: promise  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pyodide_js", js)
    monkeypatch.setitem(sys.modules, "pyodide.ffi", ffi)
    monkeypatch.setattr(sys, "meta_path", [*sys.meta_path, browser.OnDemand()])
    return asked


def test_a_package_of_the_site_is_fetched_when_it_is_imported(site, monkeypatch, tmp_path: Path):
    (tmp_path / "oddly.py").write_text("TWO = 2\n")

    def load(code: str) -> None:
        site["loaded"].append(code)
        sys.path.insert(0, str(tmp_path))

    monkeypatch.setattr(sys.modules["pyodide_js"], "loadPackagesFromImports", load)
    monkeypatch.setattr(sys, "path", list(sys.path))
    import oddly

    assert oddly.TWO == 2
    assert site["loaded"] == ["import oddly"]
    del sys.modules["oddly"]


def test_what_the_site_does_not_offer_is_not_asked_for(site):
    with pytest.raises(ModuleNotFoundError):
        __import__("neverheardof")
    assert site["loaded"] == []


def test_a_browser_that_cannot_wait_says_what_to_do(site):
    site["can"] = False
    with pytest.raises(ImportError, match="up-to-date Edge"):
        __import__("oddly")


def test_on_a_desk_nothing_is_put_in_the_way_of_imports():
    before = list(sys.meta_path)
    browser.begin()
    assert sys.meta_path == before
