"""Lay out one edition of the book, ready to be built: prose, settings and executed lessons.

The book is never built from the sources themselves: what is not in the staged folder cannot be
found in what is built from it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pcqa_teach.errors import SetupError
from pcqa_teach.publish import charts_page, commands_page, editions, glossary, programme, sheets
from pcqa_teach.publish.editions import Edition
from pcqa_teach.publish.leaks import GUIDE
from pcqa_teach.run.kept import Kept, digest
from pcqa_teach.run.kernels import begin
from pcqa_teach.run.many import side_by_side
from pcqa_teach.sayings import counted

if TYPE_CHECKING:
    from nbformat import NotebookNode

MARKER = ".pcqa-edition"
CHANGES = "CHANGELOG.md"  # what the page "What's new" shows
INPUTS = ("_config.yml", "_toc.yml", "book", "notebooks", CHANGES)
LIBRARY = ("pcqa_teach", "data/synthetic", "nbgrader_config.py", "requirements.lock")

Execute = Callable[..., "NotebookNode"]
Progress = Callable[[str], None]

_BANNER = "Facilitator edition: it shows answers. Please do not share it with participants."


def sources(root: Path) -> list[Path]:
    """Return the source notebooks of a checkout, in order of assignment and name."""
    found = (root / "notebooks").glob("*/*.ipynb")
    return sorted(path for path in found if ".ipynb_checkpoints" not in path.parts)


def stage(
    edition: Edition,
    root: Path,
    folder: Path,
    *,
    execute: Execute | None = None,
    progress: Progress | None = None,
) -> Path:
    """Fill `folder` anew with one edition of the checkout at `root`; return the folder.

    Parameters
    ----------
    execute
        What runs a notebook; `pcqa_teach.run.execute.execute` unless a test gives its own.
    progress
        Called with a short sentence before each lesson.

    Raises
    ------
    SetupError
        `root` is not a checkout, or `folder` holds something that was not staged.
    LessonError, RunError
        A lesson's marks are at fault, or one of its cells failed.
    """
    import nbformat

    missing = [name for name in INPUTS if not (root / name).exists()]
    if missing:
        raise SetupError(
            f"The book is built from a checkout of the kit, and '{missing[0]}' is not in this "
            "folder: go to the checkout's own folder and run the command again."
        )
    if folder.exists() and any(folder.iterdir()) and not (folder / MARKER).is_file():
        raise SetupError(
            f"'{folder.parent.name}/{folder.name}' holds something that is not a staged book, and "
            "it was left alone: name another folder."
        )
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARKER).write_text(edition + "\n", encoding="utf-8")
    _copy_prose(root, folder, edition)
    if execute is None:
        begin()
    if progress:
        progress("charts and rules, from the registries")
    charts_page.write(folder / "book")
    commands_page.write(folder / "book")
    _write_contents(root / "_toc.yml", folder / "_toc.yml", edition)
    _write_settings(root / "_config.yml", folder / "_config.yml", edition)
    known = glossary.terms((root / "book" / "glossary.md").read_text(encoding="utf-8"))
    printed = sheets.by_lesson((root / "book" / sheets.FILE).read_text(encoding="utf-8"))
    pages = {
        path: glossary.linked(editions.page(editions.read(path), edition), known)
        for path in sources(root)
    }
    kept = None if execute else Kept(root / "_build" / "executed" / edition, digest(root, LIBRARY))
    for path, done in _executed(pages, kept, execute or _runner(), progress):
        target = folder / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(sheets.linked(editions.without_machinery(done), printed), target)
    return folder


def _copy_prose(root: Path, folder: Path, edition: Edition) -> None:
    """Copy the book's own pages and the changes; the guide for facilitators alone."""
    left_out = ["_ext", "__pycache__", ".*", programme.FILE]
    if edition != "facilitator":
        left_out.append(GUIDE)
    shutil.copytree(root / "book", folder / "book", ignore=shutil.ignore_patterns(*left_out))
    shutil.copyfile(root / CHANGES, folder / CHANGES)
    for page in sorted((folder / "book").rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        up = "../" * (len(page.relative_to(folder).parts) - 1)
        filled = programme.fill(text, root, f"{up}notebooks")
        if filled != text:
            page.write_text(filled, encoding="utf-8")


def _write_contents(source: Path, target: Path, edition: Edition) -> None:
    """Copy the table of contents, without the facilitator's guide for anybody else."""
    import yaml

    contents: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    if edition != "facilitator" and "parts" in contents:
        contents["parts"] = [
            part
            for part in contents["parts"]
            if not any(one["file"].startswith(f"book/{GUIDE}/") for one in part["chapters"])
        ]
    target.write_text(yaml.safe_dump(contents, allow_unicode=True, sort_keys=False), "utf-8")


def _executed(
    pages: dict[Path, NotebookNode],
    kept: Kept | None,
    execute: Execute,
    progress: Progress | None,
) -> Iterator[tuple[Path, NotebookNode]]:
    """Give each page with its outputs: as it was kept if nothing has changed, else run anew."""
    say = progress or (lambda _: None)
    found = {path: kept.find(path.stem, page) for path, page in pages.items()} if kept else {}
    same = {path: done for path, done in found.items() if done is not None}
    yield from same.items()
    if same:
        say(f"{counted(len(same), 'lesson')} unchanged since the last build")
    works = {
        str(path): partial(_run, path, page, kept, execute)
        for path, page in pages.items()
        if path not in same
    }
    seconds = {str(path): kept.seconds(path.stem) for path in pages} if kept else {}
    known = {name: one for name, one in seconds.items() if one is not None}
    if works:
        say(f"running {counted(len(works), 'lesson')}")
    for number, (name, done) in enumerate(side_by_side(works, seconds=known), start=1):
        if isinstance(done, Exception):
            raise done
        say(f"lesson {number} of {len(works)}: {Path(name).stem}")
        yield Path(name), done


def _run(path: Path, page: NotebookNode, kept: Kept | None, execute: Execute) -> NotebookNode:
    """Run one page in a folder of its own, and keep what it became."""
    with tempfile.TemporaryDirectory(prefix="pcqa-book-") as scratch:
        if kept is None:
            return execute(page, cwd=Path(scratch), static=True)
        cells: dict[int, float] = {}
        done = execute(page, cwd=Path(scratch), static=True, timed=cells.__setitem__)
    kept.keep(path.stem, page, done, cells)
    return done


def _write_settings(source: Path, target: Path, edition: Edition) -> None:
    """Copy the book's settings, without the guard that a staged folder no longer needs."""
    import yaml

    settings: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    sphinx = settings.get("sphinx", {})
    guards = sphinx.pop("local_extensions", None) or {}
    wanted = sphinx.get("config", {}).get("extensions")
    if wanted:
        sphinx["config"]["extensions"] = [name for name in wanted if name not in guards]
    if edition == "facilitator":
        settings["title"] = f"{settings['title']}: facilitator edition"
        settings.setdefault("html", {})["announcement"] = _BANNER
    target.write_text(yaml.safe_dump(settings, allow_unicode=True), encoding="utf-8")


def _runner() -> Execute:
    from pcqa_teach.run.execute import execute

    return execute
