"""What nbgrader's exchange says of a submission: the account that a folder belongs to, and no name.

Anybody on a server can make a folder that bears another's name; nobody can make one that belongs to
another's account.
"""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path

from pcqa_teach.classroom.codes import check_code
from pcqa_teach.errors import SetupError

# As nbgrader names a submission: account, assignment, time, and a word that nobody can guess.
_FOLDER = re.compile(r"[^+]+\+[^+]+\+\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)? [^+]+(?:\+.*)?")


def owner(folder: Path) -> str:
    """Return the account that a folder belongs to ("": none of this server); a link is its maker's.

    Raises
    ------
    SetupError
        There are no such accounts on this system.
    """
    if sys.platform == "win32":
        raise SetupError("There is no exchange on Windows: collect a folder or an archive.")
    import pwd

    try:
        return pwd.getpwuid(folder.lstat().st_uid).pw_name
    except KeyError:
        return ""


def handed_in_by(path: Path) -> str | None:
    """Return the account that handed in a file in an exchange; None where it lies in none.

    A copy that one has made oneself says no more of who handed it in.

    >>> handed_in_by(Path("downloads/b3_plot_the_dots.ipynb")) is None
    True
    """
    folder = path.parent
    if not _FOLDER.fullmatch(folder.name) or folder.lstat().st_uid == os.getuid():
        return None
    return owner(folder)


def write_code(folder: Path, code: str) -> None:
    """Write into a folder's notebooks whose they are.

    Raises
    ------
    SetupError
        The code is not fit for a file name, or names somebody.
    """
    code = check_code(code)
    for path in sorted(folder.glob("*.ipynb")):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        about = notebook["metadata"].setdefault("pcqa", {})
        if about.get("participant") != code:
            about["participant"] = code
            draft = path.with_name(f".{path.name}.partial")
            text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
            draft.write_text(text + "\n", encoding="utf-8")
            draft.replace(path)
