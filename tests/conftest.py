"""What every test may ask for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# Two tests share two cores here: how long one example takes says nothing.
settings.register_profile("quick", deadline=None, max_examples=25)
settings.register_profile("long", deadline=None)
settings.load_profile("long")

ROOT = Path(__file__).resolve().parents[1]
SHARED_DATA = ROOT.parent / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    """Try fewer examples of a property where the long run's tests are left out too."""
    if config.getoption("markexpr") == "not slow":
        settings.load_profile("quick")


# One process builds the site for the first, while the other grows practices for the second.
BEGIN = tuple(
    ROOT / "tests" / one
    for one in ("browser/book/test_access.py", "data/synthetic/test_detection.py")
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of the quick run what the long run leaves out; begin with what takes longest."""
    items.sort(key=lambda item: item.path not in BEGIN)
    for item in items:
        if item.get_closest_marker("more"):
            item.add_marker("slow")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real open data, kept beside the checkout."""
    if not SHARED_DATA.is_dir():
        pytest.skip("no ../shared/data beside this checkout")
    return SHARED_DATA


@pytest.fixture(autouse=True)
def private_key_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch):
    """Keep the tests' pseudonym key out of the user's own folder."""
    project = tmp_path_factory.getbasetemp() / "project"
    monkeypatch.setenv("PCQA_PROJECT", str(project))
    return project


os.environ.setdefault("MPLBACKEND", "agg")
