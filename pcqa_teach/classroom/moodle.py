"""The folder in which Moodle gave somebody's work, kept so that feedback can go back in it."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

_NOTE = "moodle.txt"  # beside what somebody handed in
_FOLDER = re.compile(r"[^/\\\x00-\x1f]+_\d+_assignsubmission_[a-z]+_?")


def folder_in(name: str) -> str:
    """Return the folder of Moodle's naming in a path, or "" where there is none.

    >>> folder_in("Blue Kettle_4711_assignsubmission_file_/b3_plot_the_dots.ipynb")
    'Blue Kettle_4711_assignsubmission_file_'
    """
    return next(filter(_FOLDER.fullmatch, PurePosixPath(name).parts), "")


def keep(collected: Path, folder: str) -> None:
    """Note beside somebody's work which folder Moodle gave it in."""
    if folder:
        (collected / _NOTE).write_text(f"{folder}\n", encoding="utf-8")


def kept(collected: Path) -> str:
    """Return what `keep` has noted; "" where it was nothing, or is no folder of Moodle's."""
    try:
        said = (collected / _NOTE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return said if _FOLDER.fullmatch(said) else ""
