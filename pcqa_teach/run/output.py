"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pcqa_teach.errors import RunError
from pcqa_teach.run.private import ASIDE, private_folder, wipe_the_dead

DISK_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
MADE_FROM = "made-from.txt"
OURS = {"report.html", "notebook.ipynb", "summary.json", "notice-board.pdf", "figures", MADE_FROM}
_MAKER = "pcqa_teach"


@contextlib.contextmanager
def folder(out: Path | str, *, replace: bool = False) -> Iterator[Path]:
    """Give a hidden folder beside `out` to fill; it takes the name `out` when the block succeeds.

    Whatever stops the block, an interruption included, leaves nothing behind; what a program that
    was killed has left there is wiped. What stands at `out` is touched only with `replace`, and
    only when it is a report of ours with nothing added. The folder is for its owner alone.

    Raises
    ------
    RunError
        `out` is a file, or holds files; its parent cannot be written to; the disk is full.
    """
    target = expanded(out).absolute()
    with _sentences(target):
        wipe_the_dead(target.parent)
        _refuse(target, replace=replace)
        made = _make_parents(target.parent)
        try:
            with _beside(target) as hidden:
                partial = hidden / target.name
                partial.mkdir(mode=0o700)
                yield partial
                _put(partial, target, replace=replace)
        except BaseException:
            for parent in made:
                with contextlib.suppress(OSError):
                    parent.rmdir()
            raise


@contextlib.contextmanager
def file(out: Path | str, *, replace: bool = False) -> Iterator[Path]:
    """Give a hidden path beside `out` to write to; it takes the name `out` when all went well.

    Raises
    ------
    RunError
        `out` exists already (and `replace` is not set) or is a folder; it cannot be written.
    """
    target = expanded(out).absolute()
    with _sentences(target):
        if target.is_dir():
            raise RunError(f"'{target.name}' is a folder: give the name of a file to write.")
        if target.exists() and not replace:
            raise RunError(f"'{target.name}' exists: choose another name, or add --replace.")
        with _beside(target) as hidden:
            partial = hidden / target.name
            yield partial
            partial.replace(target)


@contextlib.contextmanager
def replace(path: Path) -> Iterator[Path]:
    """Give a hidden file beside `path` to write; it takes its place when all went well.

    For one writer at a time: what one that was killed has left is written over.

    Raises
    ------
    RunError
        It cannot be written.
    """
    draft = path.with_name(f".{path.name}.partial")
    with _sentences(path):
        try:
            draft.unlink(missing_ok=True)
            yield draft
            draft.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
            raise


def swap(made: Path, target: Path) -> None:
    """Put a folder in the place of `target`, or leave that one; one writer at a time.

    Raises
    ------
    RunError
        It cannot be put there.
    """
    before = target.with_name(f".{target.name}.before")
    with _sentences(target):
        target.parent.mkdir(parents=True, exist_ok=True)
        if before.exists() and not target.exists():  # one that was killed half-way left it so
            before.rename(target)
        shutil.rmtree(before, ignore_errors=True)
        try:
            if target.exists():
                target.rename(before)
            made.rename(target)
        except BaseException:  # Ctrl-C too
            if before.exists() and not target.exists():
                before.rename(target)
            raise
    shutil.rmtree(before, ignore_errors=True)


def expanded(path: Path | str) -> Path:
    """Return a path with `~` put in full, where there is such an account."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def write_json(path: Path, content: Any) -> None:
    """Write `content` as indented JSON with a last newline."""
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _refuse(target: Path, *, replace: bool) -> None:
    if target.exists() and not target.is_dir():
        raise RunError(f"'{target.name}' is a file: give the name of a folder for the report.")
    if not target.is_dir() or not any(target.iterdir()):
        return
    if not replace:
        raise RunError(
            f"'{target.name}' already holds files: choose another folder, or add --replace."
        )
    if not _is_ours(target):
        raise RunError(
            f"'{target.name}' holds files that are not from an earlier report, or a notebook that "
            "was written into since, which --replace would destroy: choose another folder."
        )


def _is_ours(target: Path) -> bool:
    """Say whether a folder is a report of ours: nothing was added, nor written in its notebook."""
    if target.is_symlink() or {path.name for path in target.iterdir()} - OURS:
        return False
    notebook = target / "notebook.ipynb"
    try:
        summary = json.loads((target / "summary.json").read_text(encoding="utf-8"))
        drawn = {name for one in summary.get("figures", []) for name in one["files"]}
        there = {path.name for path in (target / "figures").glob("*")}
        if summary.get("made_by") != _MAKER or there - drawn - {"alt.json"}:
            return False
        return not notebook.exists() or _as_made(json.loads(notebook.read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
        return False


def digest(notebook: Mapping[str, Any]) -> str:
    """Return a digest of what a notebook's cells say, whatever they bring forth."""
    cells = [
        [cell["cell_type"], "".join(cell["source"]), cell.get("attachments") or {}]
        for cell in notebook["cells"]
    ]
    return hashlib.sha256(json.dumps(cells, sort_keys=True).encode()).hexdigest()


def _as_made(notebook: Mapping[str, Any]) -> bool:
    """Say whether nobody has written into a report's notebook."""
    return bool(notebook["metadata"]["pcqa"]["digest"] == digest(notebook))


def _make_parents(parent: Path) -> list[Path]:
    """Make the folders that are missing above the output; return them, deepest first."""
    missing = [path for path in (parent, *parent.parents) if not path.exists()]
    parent.mkdir(parents=True, exist_ok=True)
    return missing


def _put(partial: Path, target: Path, *, replace: bool) -> None:
    """Swap the new folder in; should that fail half-way, the old one is put back."""
    _refuse(target, replace=replace)  # somebody may have put files there meanwhile
    if target.is_dir() and not any(target.iterdir()):
        target.rmdir()
    if not target.exists():
        partial.rename(target)
        return
    aside = partial.parent / ASIDE
    aside.mkdir()
    target.rename(aside / target.name)
    partial.rename(target)


def _beside(target: Path) -> contextlib.AbstractContextManager[Path]:
    """Give a hidden folder beside the output, for as long as it is needed."""
    return private_folder(f".{target.name}.partial-", target.parent)


@contextlib.contextmanager
def _sentences(target: Path) -> Iterator[None]:
    """Put what the disk refuses into one sentence."""
    failed: RunError
    try:
        yield
        return
    except PermissionError:
        failed = RunError(
            f"Nothing can be written beside '{target.name}': its folder is locked or read-only; "
            "choose a folder of your own."
        )
    except OSError as error:
        if error.errno in DISK_FULL:
            failed = RunError(
                f"There is no room left on the disk for '{target.name}': free some, or choose a "
                "folder on another disk."
            )
        elif error.errno == errno.EROFS:
            failed = RunError(
                f"The disk that would hold '{target.name}' is read-only: choose another folder."
            )
        elif error.errno in (errno.ENOTDIR, errno.ENOENT, errno.EEXIST):
            failed = RunError(
                f"There is no folder to hold '{target.name}': a part of its path is missing or is "
                "a file."
            )
        else:
            why = error.strerror or type(error).__name__
            failed = RunError(
                f"'{target.name}' could not be written ({why}): close whatever has it open, "
                "or choose another folder."
            )
    raise failed
