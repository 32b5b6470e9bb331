"""What nbgrader's exchange says of a submission: the account that a folder belongs to, and no name.

Anybody on a server can make a folder that bears another's name; nobody can make one that belongs to
another's account.
"""

from __future__ import annotations

import json
import os
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from pcqa_teach.classroom.codes import check_code
from pcqa_teach.errors import SetupError
from pcqa_teach.run import output

# As nbgrader names a submission: account, assignment, time, and a word that nobody can guess.
_FOLDER = re.compile(
    r"(?P<code>[^+/]+)\+[^+/]+\+"
    r"(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?) UTC(?:\+.*)?",
    re.DOTALL,
)
_NEVER = datetime.min.replace(tzinfo=UTC)
_INBOUND = "inbound"  # nbgrader's folder in which everybody lays what they hand in
_ANOTHERS = "its folder bears another's name than the account that it belongs to"
_NO_ACCOUNT = "its folder says whose it is, and which account made it cannot be told"
_PACKED = (
    "it lies in an archive under the name of a hub's exchange, where it cannot be told who made "
    "it: collect the folder of the exchange itself"
)
_NOT_IN_PLACE = "it lies in a hub's exchange, and not where handing in puts a notebook"


@dataclass(frozen=True)
class Claim:
    """What a hub's exchange says of a file: whose it is, and when it was handed in.

    `trouble`: why that is not believed.
    """

    code: str = ""
    when: datetime = _NEVER
    trouble: str = ""


def claim(folder: str) -> Claim | None:
    """Return what the name of a folder says as nbgrader names them; None where it is another name.

    >>> claim("blue-kettle+core-day1+2026-11-02 09:00:00.5 UTC+a1b2").code
    'blue-kettle'
    >>> claim("downloads") is None
    True
    """
    found = _FOLDER.fullmatch(folder)
    if not found:
        return None
    try:
        return Claim(found["code"], datetime.fromisoformat(f"{found['when']}+00:00"))
    except ValueError:
        return None


def handed_in(source: Path, name: str, path: Path) -> Claim | None:
    """Return what an exchange says of a file; None where the file lies in none.

    Believed is a notebook directly in a folder that belongs to the account which its own name says,
    and nothing in an archive, as nobody can tell who made a folder in it. A copy that a coach has
    made is the coach's to vouch for.

    Parameters
    ----------
    source : path
        The folder or the file that is collected.
    name : str
        What the file is called in it, with "/" between folders and archives.
    path : path
        Where the file lies itself, or was unpacked.

    Examples
    --------
    >>> there = Path("downloads/b3_plot_the_dots.ipynb")
    >>> handed_in(there, there.name, there) is None
    True
    """
    lies, packed = _on_disk(source, name)
    packed = packed if lies != path else ()
    parts = lies.absolute().parts
    named = next((n for n, part in enumerate(parts) if claim(part)), None)
    if named is None:
        if any(map(claim, packed)):
            return Claim(trouble=_PACKED)
        below = [n + 2 for n, part in enumerate(parts[:-1]) if part == _INBOUND]
        strange = any(_is_anothers(Path(*parts[:n])) for n in below)
        return Claim(trouble=_NOT_IN_PLACE) if strange else None
    said = claim(parts[named])
    assert said is not None
    if lies != path:
        return Claim(trouble=_PACKED)
    if len(parts) != named + 2:
        return Claim(trouble=_NOT_IN_PLACE)
    try:
        folder = Path(*parts[: named + 1])
        by = said.code if folder.lstat().st_uid == os.getuid() else owner(folder)
    except (AttributeError, OSError, SetupError):
        by = ""
    if not by:
        return Claim(trouble=_NO_ACCOUNT)
    return said if by == said.code else Claim(trouble=_ANOTHERS)


def _on_disk(source: Path, name: str) -> tuple[Path, tuple[str, ...]]:
    """Return the file on the disk that holds what is called so, and its name within that."""
    parts = PurePosixPath(name).parts
    if not source.is_dir():
        return source, parts
    for count in range(1, len(parts) + 1):
        if source.joinpath(*parts[:count]).is_file():
            return source.joinpath(*parts[:count]), parts[count:]
    return source.joinpath(*parts), ()


def _is_anothers(path: Path) -> bool:
    """Say whether a file or a folder belongs to another account than one's own."""
    if sys.platform == "win32":
        return False
    try:
        return path.lstat().st_uid != os.getuid()
    except OSError:
        return True


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
            text = json.dumps(notebook, indent=1, ensure_ascii=False, sort_keys=True)
            with output.replace(path) as draft:
                draft.write_text(text + "\n", encoding="utf-8")
