"""A folder for what is not finished: only this account can read it, and it is gone at the end.

A program that is killed cannot tidy. So each such folder holds a mark that is locked for as long as
its program lives, and whoever makes the next one beside it first wipes those of the dead.
"""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

MARK = ".pcqa-in-use"
ASIDE = ".aside"


@contextlib.contextmanager
def private_folder(prefix: str, within: Path | None = None) -> Iterator[Path]:
    """Give a new private folder; wipe it afterwards, and first those of programs that died.

    What a program moves from beside it into its subfolder `ASIDE`, to put something else in its
    place, gets that place again, unless the place is taken when the folder is wiped.

    Parameters
    ----------
    prefix : str
        How its name begins.
    within : path, optional
        The folder that it is made in; the system's own for such things otherwise.

    Raises
    ------
    OSError
        It cannot be made.
    """
    place = Path(tempfile.gettempdir()) if within is None else within
    wipe_the_dead(place)
    made = Path(tempfile.mkdtemp(prefix=prefix, dir=place))
    try:
        with (made / MARK).open("x", encoding="utf-8") as mark:
            if _locked(mark):
                mark.write(platform.node())
                mark.flush()
            try:
                yield made
            finally:
                _empty(made)  # while the mark is locked: nobody else takes it for a dead one's
    finally:
        _remove(made)


def wipe_the_dead(place: Path) -> None:
    """Remove the private folders in `place` whose programs, of this computer, have died."""
    with contextlib.suppress(OSError):
        for mark in place.glob(f"*/{MARK}"):
            with contextlib.suppress(OSError):
                if _is_left(mark):
                    _empty(mark.parent)
                    _remove(mark.parent)


def _empty(folder: Path) -> None:
    """Wipe all in a private folder but its mark; what was moved aside gets its place again."""
    for aside in (folder / ASIDE).glob("*"):
        if not (place := folder.parent / aside.name).exists():
            aside.rename(place)
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        elif path.name != MARK:
            path.unlink(missing_ok=True)


def _remove(folder: Path) -> None:
    """Remove a private folder that is empty but for its mark; else the next program tries again."""
    with contextlib.suppress(FileNotFoundError):
        if [path.name for path in folder.iterdir()] in ([], [MARK]):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left(mark: Path) -> bool:
    """Say whether a mark is of this computer, and of a program that lives no more."""
    if mark.parent.is_symlink() or mark.read_text(encoding="utf-8") != platform.node():
        return False
    if os.name == "posix":
        if mark.parent.stat().st_uid != os.geteuid():
            return False
        with mark.open("r+", encoding="utf-8") as file:
            return _locked(file)
    mark.unlink()  # which Windows refuses while a program has it open
    return True


def _locked(file: IO[str]) -> bool:
    """Lock an open file, where the system can; say whether it is now ours alone."""
    try:
        import fcntl
    except ImportError:
        return True  # Windows: that it is open is enough
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
