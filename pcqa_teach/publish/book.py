"""Build one edition of the book: stage it, have it built, search it, put it in its place."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from pcqa_teach import resources
from pcqa_teach.errors import RunError, SetupError
from pcqa_teach.extras import lacking
from pcqa_teach.publish.editions import EDITIONS, Edition
from pcqa_teach.publish.leaks import assert_clean
from pcqa_teach.publish.staging import INPUTS, LIBRARY, MARKER, Execute, Progress, sources, stage
from pcqa_teach.run import output
from pcqa_teach.run.kept import digest, surroundings

_JUPYTER_BOOK = "from jupyter_book.cli.main import main; main()"
_COMPLAINT = re.compile(r"(?:WARNING|ERROR|CRITICAL|Exception|error):? ")
_BUILT = "built.json"  # what the book in `html/` was made from
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def build(
    edition: Edition = "participant",
    out: Path | str | None = None,
    progress: Progress | None = None,
    *,
    root: Path | None = None,
    execute: Execute | None = None,
) -> Path:
    """Execute every lesson, build the book and return its first page.

    The new book replaces the former one only when it is whole and, in the participant edition,
    shows nothing that participants should not see.

    Parameters
    ----------
    edition
        "participant" or "facilitator".
    out
        The folder for `source/`, `html/` and `build.log`; `_build/<edition>` in the checkout
        unless given.
    progress
        Called with a short sentence at each step.
    root
        The checkout; the one that the package runs from unless given.
    execute
        What runs a notebook; see `staging.stage`.

    Raises
    ------
    SetupError
        There is no checkout here, or Jupyter Book is not installed.
    RunError
        Jupyter Book warned of something, or the edition would show what it must not.
    """
    if edition not in EDITIONS:
        raise SetupError(f"There is no edition '{edition}': choose {' or '.join(EDITIONS)}.")
    root = root or _checkout()
    out = Path(out) if out else root / "_build" / edition
    if out.is_file():
        raise SetupError(f"'{out.name}' is a file: name a folder for the book.")
    say = progress or (lambda _: None)
    with _alone(out, say):
        mark = _fingerprint(edition, root)
        if execute is None and (page := _unchanged(out, mark)):
            say("nothing has changed since the book was built")
            return page
        return _build(edition, out, say, root, execute, mark)


def _build(
    edition: Edition,
    out: Path,
    say: Progress,
    root: Path,
    execute: Execute | None,
    mark: str,
) -> Path:
    if (out / "html").exists() and not (out / "source" / MARKER).is_file():
        raise SetupError(
            f"'{out.name}/html' holds something that is not a built book, and it was left alone: "
            "name another folder."
        )
    staged = stage(edition, root, out / "source", execute=execute, progress=say)
    work = out / ".partial"
    try:
        if edition == "participant":
            assert_clean(staged, sources(root), root / "book")
        say("building the pages")
        _run_jupyter_book(staged, work, out / "build.log")
        if edition == "participant":
            say("searching the pages for answers")
            assert_clean(work, sources(root), root / "book")
        (out / _BUILT).unlink(missing_ok=True)
        output.swap(work / "_build" / "html", out / "html")
        (out / _BUILT).write_text(json.dumps({"inputs": mark}) + "\n", encoding="utf-8")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return out / "html" / "index.html"


@contextlib.contextmanager
def _alone(out: Path, say: Progress) -> Iterator[None]:
    """Let one build at a time work in a folder."""
    from filelock import FileLock, Timeout

    out.mkdir(parents=True, exist_ok=True)
    lock = FileLock(out / ".lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("waiting for another build in the same folder")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _unchanged(out: Path, mark: str) -> Path | None:
    """Return the first page of the book in `out` if it was made from what `mark` stands for."""
    page = out / "html" / "index.html"
    try:
        inputs = json.loads((out / _BUILT).read_text(encoding="utf-8"))["inputs"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return page if page.is_file() and inputs == mark else None


def _checkout() -> Path:
    root = resources.checkout()
    if root is None:
        raise SetupError(
            "The book is built from a checkout of the kit, and this copy was installed without "
            "its sources: clone the kit and run `make book` there."
        )
    return root


def _fingerprint(edition: Edition, root: Path) -> str:
    """Return a digest of all that a book is made from: text, lessons, library and data."""
    made_from = [edition, surroundings(), digest(root, (*INPUTS, *LIBRARY))]
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def _run_jupyter_book(staged: Path, work: Path, log: Path) -> None:
    """Build with warnings as errors, quietly; what Jupyter Book says goes to the log."""
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    options = ["-W", "-n", "--keep-going", "--path-output", str(work)]
    with log.open("w", encoding="utf-8") as record:
        done = subprocess.run(  # noqa: S603 - our own interpreter and a fixed command
            [sys.executable, "-c", _JUPYTER_BOOK, "build", str(staged), *options],
            stdin=subprocess.DEVNULL,
            stdout=record,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONIOENCODING": "utf-8", "NO_COLOR": "1"},
            check=False,
        )
    said = _COLOUR.sub("", log.read_text(encoding="utf-8", errors="replace"))
    said = said.replace(str(staged) + os.sep, "")
    log.write_text(said, encoding="utf-8")
    if "No module named 'jupyter_book'" in said:
        raise SetupError(lacking("The book needs Jupyter Book", "book"))
    if done.returncode:
        raise RunError(_complaint(said, log))


def _complaint(said: str, log: Path) -> str:
    lines = [line.strip() for line in said.splitlines() if _COMPLAINT.search(line)]
    first = "; ".join(lines[:3]) or "it stopped without a word"
    return (
        f"Jupyter Book found {len(lines) or 'some'} faults, and the former book was left as it "
        f"was: {first}. Mend them and build again; all that it said is in '{log.name}', in the "
        f"folder '{log.parent.name}'."
    )
