"""Where lessons and small data lie: in a checkout, in an installed wheel, or in the browser.

This is the only module that knows. Everything else asks it.
"""

from __future__ import annotations

import difflib
import os
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pcqa_teach.errors import LessonError, SetupError

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class LessonFile:
    """A lesson's notebook: its name, its nbgrader assignment and where it lies."""

    name: str
    assignment: str
    path: Path
    is_source: bool

    @property
    def short(self) -> str:
        """The lesson's short name: `b3` of `b3_plot_the_dots`."""
        return self.name.split("_", 1)[0]


def in_browser() -> bool:
    """Say whether this is the Python inside a web page."""
    return sys.platform == "emscripten"


def checkout() -> Path | None:
    """Return the root of the checkout that the package runs from; None when it was installed."""
    root = _PACKAGE.parent
    return root if (root / "notebooks").is_dir() and (root / "_toc.yml").is_file() else None


def data_dir() -> Path:
    """Return the folder of small synthetic data; `PCQA_DATA` names another."""
    root = checkout()
    if named := os.environ.get("PCQA_DATA"):
        folder = Path(named)
    else:
        folder = root / "data" / "synthetic" if root else _PACKAGE / "_data"
    if not folder.is_dir():
        raise SetupError(
            f"The kit's synthetic data are not at '{folder.name}': install pcqa_teach again, "
            "or run `make data` in a checkout."
        )
    return folder


@cache
def lessons() -> dict[str, LessonFile]:
    """Return every lesson by name, in the order of assignment and name."""
    root = checkout()
    folder = root / "notebooks" if root else _PACKAGE / "_lessons"
    paths = sorted(folder.glob("*/*.ipynb"))
    return {
        path.stem: LessonFile(path.stem, path.parent.name, path, is_source=root is not None)
        for path in paths
        if ".ipynb_checkpoints" not in path.parts
    }


def find_lesson(name: str) -> LessonFile:
    """Return the lesson called `b3`, `b3_plot_the_dots` or `core-day1/b3_plot_the_dots`.

    Raises
    ------
    LessonError
        No lesson has that name; the message lists those that come near.
    """
    known = lessons()
    stem = name.replace("\\", "/").removesuffix(".ipynb").rsplit("/", 1)[-1]
    by_short = {lesson.short: lesson for lesson in known.values()}
    found = known.get(stem) or by_short.get(stem.lower())
    if found:
        return found
    near = difflib.get_close_matches(stem, [*known, *by_short], n=3, cutoff=0.4)
    hint = f"Did you mean {' or '.join(near)}?" if near else f"There are: {', '.join(known)}."
    raise LessonError(f"There is no lesson called '{stem}'. {hint}")


def form_notebook() -> Path:
    """Return the notebook that holds the form for a report on one's own data."""
    return _PACKAGE / "form" / "make_a_report.ipynb"


def key_dir(project: Path | str | None = None) -> Path:
    """Return the folder that holds the pseudonym key: `<project>/.pcqa`, or the user's data folder.

    The environment variable `PCQA_PROJECT` names the project where no argument does.
    """
    project = project or os.environ.get("PCQA_PROJECT")
    if project:
        return Path(project) / ".pcqa"
    import platformdirs

    return Path(platformdirs.user_data_dir("pcqa", appauthor=False))
