"""What the tests of a class share: a class to which the small lesson was handed out."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pcqa_teach.classroom.folder import ClassFolder, opened
from pcqa_teach.classroom.grading.sandbox import refusal

pytest.importorskip("nbgrader")

ROOT = Path(__file__).resolve().parents[2]
B3 = ROOT / "notebooks" / "core-day1" / "b3_plot_the_dots.ipynb"


@pytest.fixture(scope="session")
def sandboxed() -> Iterator[None]:
    """Skip a test where nothing can be shut in."""
    from . import make

    if why := refusal():
        pytest.skip(why)
    yield
    make.give_back()


@pytest.fixture(scope="session")
def small_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class with the small lesson, to copy."""
    from . import make

    return make.small_class(tmp_path_factory.mktemp("small") / "class").path


@pytest.fixture
def new_class(small_template: Path, tmp_path: Path) -> Callable[[str], ClassFolder]:
    """Make a class of one's own with the small lesson."""

    def copied(name: str) -> ClassFolder:
        return opened(shutil.copytree(small_template, tmp_path / name))

    return copied


@pytest.fixture
def course(new_class: Callable[[str], ClassFolder]) -> ClassFolder:
    """A class of one's own with the small lesson."""
    return new_class("class")


@pytest.fixture(scope="session")
def b3_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class with the lesson b3, to copy."""
    from . import make

    if not B3.exists():
        pytest.skip("the lesson is not in this checkout")
    course = make.folder.init(tmp_path_factory.mktemp("b3") / "class")
    return make.release(course, "core-day1", [B3]).path
