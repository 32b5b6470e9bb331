"""The folder in which Moodle gave somebody's work, kept so that feedback can go back in it.

A folder is one person's and a person has one folder: nothing is taken that would break that, as a
page of feedback would then reach somebody else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path, PurePosixPath

_NOTE = "moodle.txt"  # beside what somebody handed in
_FOLDER = re.compile(r"[^/\\\x00-\x1f]+_\d+_assignsubmission_[a-z]+_?")


def folder_in(name: str) -> str:
    """Return the folder of Moodle's naming in a path, or "" where there is none.

    >>> folder_in("Blue Kettle_4711_assignsubmission_file_/b3_plot_the_dots.ipynb")
    'Blue Kettle_4711_assignsubmission_file_'
    """
    return next(filter(_FOLDER.fullmatch, PurePosixPath(name).parts), "")


def tied(kept: Mapping[str, str], brought: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return which folder is whose, as far as it is certain.

    Parameters
    ----------
    kept : dict
        What is known already: by code, the folder.
    brought : list of (str, str)
        Folders, each with a code that work in it carries.

    Examples
    --------
    >>> di, flo = "Di_1_assignsubmission_file_", "Flo_2_assignsubmission_file_"
    >>> tied({}, [(di, "d-1"), (di, "f-2"), (flo, "f-2")])
    {'Flo_2': 'f-2', 'Di_1': 'd-1'}
    >>> tied({}, [(di, "d-1"), (di, "f-2")])
    {}
    """
    ties: dict[str, str] = {}
    for code, folder in kept.items():
        ties[_whose(folder)] = "" if _whose(folder) in ties else code  # two codes: nobody's
    free: dict[str, set[str]] = {}
    for folder, code in brought:
        if _whose(folder) not in ties and code not in kept:
            free.setdefault(_whose(folder), set()).add(code)
    while True:
        only = [(folder, *codes) for folder, codes in free.items() if len(codes) == 1]
        codes = [code for _, code in only]
        sure = {folder: code for folder, code in only if codes.count(code) == 1}
        if not sure:
            return ties
        ties |= sure
        left = {folder: found - set(sure.values()) for folder, found in free.items()}
        free = {folder: found for folder, found in left.items() if folder not in sure}


def why_not(ties: Mapping[str, str], folder: str, code: str) -> str:
    """Return why work in a folder cannot be taken as that of a code; "" where it can."""
    owner = ties.get(_whose(folder))
    if owner == code:
        return ""
    if owner:
        why = f"its Moodle folder is that of '{owner}', and it carries the code '{code}'"
    elif code in ties.values():
        why = f"it carries the code '{code}', whose work lies in another Moodle folder"
    else:
        why = f"in Moodle's folders it is not clear which is that of '{code}'"
    return f"look at this: {why}; ask whose it is, then collect that file by itself"


def _whose(folder: str) -> str:
    """Return the part of a folder's name that says whose it is, whatever was handed in there."""
    return folder.partition("_assignsubmission_")[0]


def all_kept(collected: Path) -> dict[str, str]:
    """Return, by code, the folders that were noted of an assignment."""
    return {
        note.parent.name: folder
        for note in sorted(collected.glob(f"*/{_NOTE}"))
        if (folder := kept(note.parent))
    }


def keep(collected: Path, folder: str) -> None:
    """Note beside somebody's work which folder Moodle gave it in."""
    if folder and not kept(collected):
        (collected / _NOTE).write_text(f"{folder}\n", encoding="utf-8")


def kept(collected: Path) -> str:
    """Return what `keep` has noted; "" where it was nothing, or is no folder of Moodle's."""
    try:
        said = (collected / _NOTE).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return said if _FOLDER.fullmatch(said) else ""
