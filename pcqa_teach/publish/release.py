"""Lay out what an installed kit carries: participants' notebooks and the small invented data."""

from __future__ import annotations

import shutil
from pathlib import Path

from pcqa_teach.errors import LessonError
from pcqa_teach.publish import editions
from pcqa_teach.publish.leaks import assert_clean
from pcqa_teach.publish.staging import sources

_KEPT_BACK = ("truth*", ".*", "__pycache__")


def release_notebooks(root: Path, folder: Path) -> Path:
    """Write the participant's notebook of each lesson to `folder/<assignment>/`; return `folder`.

    Raises
    ------
    LessonError
        The checkout at `root` has no lessons, or lacks the settings that say what a stub is.
    RunError
        What was made would show what participants must not see.
    """
    import nbformat

    lessons = sources(root)
    if not lessons or not (root / "nbgrader_config.py").is_file():
        raise LessonError(
            "A wheel needs the lessons in 'notebooks' and the settings in 'nbgrader_config.py': "
            "build it from a whole checkout, or from a source archive made of one."
        )
    for path in lessons:
        target = folder / path.parent.name / path.name
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(editions.participant(editions.read(path)), target)
    assert_clean(folder, lessons)
    return folder


def release_data(root: Path, folder: Path) -> Path:
    """Copy the invented data to `folder`, without the truth behind them; return `folder`."""
    shutil.copytree(root / "data" / "synthetic", folder, ignore=shutil.ignore_patterns(*_KEPT_BACK))
    return folder
