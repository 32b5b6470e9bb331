"""A participant's workbook: lessons as notebooks of their own, nothing of theirs overwritten."""

from __future__ import annotations

import errno
import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pcqa_teach import resources
from pcqa_teach.errors import SetupError
from pcqa_teach.extras import lacking
from pcqa_teach.publish import editions
from pcqa_teach.publish.participant import Ask, Participant, identify, remember, write_whole

if TYPE_CHECKING:
    from nbformat import NotebookNode

    from pcqa_teach.resources import LessonFile

DEFAULT_FOLDER = "pcqa-workbook"
START = "START_HERE.md"
FORM = "make_a_report.ipynb"
_FORM_TITLE = "Make a report on your own data: a form, without code"
_BOOK_LINK = re.compile(r"\[([^\]]+)\]\((?:\.\./)+book/[^)]*\)")
PARTS = {
    "readiness": "Before the programme",
    "core-day1": "Core Concepts of Quality, day 1",
    "core-day2": "Core Concepts of Quality, day 2",
    "core-day3": "Core Concepts of Quality, day 3",
    **{f"coach-day{day}": f"Quality Coaches, day {day}" for day in range(1, 6)},
    "own-data": "On your own data",
    "academy": "The wider Academy",
    "our-own": "Our own lessons",
}

State = Literal["new", "kept", "updated"]
_FEW = 5  # new lessons are named up to so many


@dataclass(frozen=True)
class Entry:
    """One lesson in a workbook: its title, its file in the folder, and what was done with it."""

    lesson: str
    assignment: str
    title: str
    path: Path
    state: State


@dataclass(frozen=True)
class Workbook:
    """What was laid out, for whom, and where."""

    folder: Path
    code: str
    entries: tuple[Entry, ...]

    def sentences(self) -> list[str]:
        """Return what was done, a sentence for each kind."""
        said = [f"Your workbook is in '{self.folder}'. Begin with {START}."]
        new = [entry.path.as_posix() for entry in self.entries if entry.state == "new"]
        kept = [entry for entry in self.entries if entry.state == "kept"]
        if new:
            named = ", ".join(new) if len(new) <= _FEW else f"{len(new)} lessons"
            said.append(f"New: {named}.")
        if kept:
            said.append(f"Left as you had them: {len(kept)} of {len(self.entries)} lessons.")
        said += [
            f"'{entry.title}' has changed since you began it: yours was left as it is, and the "
            f"new one is beside it as {entry.path.name}."
            for entry in self.entries
            if entry.state == "updated"
        ]
        return said


def part(assignment: str) -> str:
    """Return an assignment's name as a reader would say it.

    Examples
    --------
    >>> part("own-data"), part("evening-2")
    ('On your own data', 'Evening 2')
    """
    return PARTS.get(assignment) or assignment.replace("-", " ").capitalize()


def lay_out(
    folder: Path | str = DEFAULT_FOLDER, who: str | None = None, ask: Ask | None = None
) -> Workbook:
    """Put every lesson into `folder`, one folder an assignment, and return what was done.

    Parameters
    ----------
    folder
        The workbook; made if it is not there yet.
    who
        The participant's code; remembered in `folder/.pcqa`, and needed once only.
    ask
        Asks a question and returns the answer, for when no code is known yet.

    Raises
    ------
    SetupError
        The folder cannot be written, or no fit code was given.
    """
    folder = Path(folder)
    with _writing_to(folder):
        if folder.exists() and not folder.is_dir():
            raise NotADirectoryError
        participant = identify(folder, who, ask)
        folder.mkdir(parents=True, exist_ok=True)
        entries = []
        for lesson in resources.lessons().values():
            entries.append(_lay_out_lesson(folder, lesson, participant))
            remember(folder, participant)
        book = Workbook(folder, participant.code, tuple(entries))
        _write_form(book, participant)
        _write_start(book, participant)
    return book


def _lay_out_lesson(folder: Path, lesson: LessonFile, participant: Participant) -> Entry:
    """Put one lesson in its place: new, left alone, or beside what is there."""
    import nbformat

    notebook = without_book_links(_for_participant(lesson))
    version = _version(notebook)
    notebook.metadata.setdefault("pcqa", {})["participant"] = participant.code
    title = notebook.metadata["pcqa"].get("title", lesson.name)

    given = participant.given.setdefault(f"{lesson.assignment}/{lesson.name}", [])
    place = Path(lesson.assignment) / f"{lesson.name}--{participant.code}.ipynb"
    state: State = "new"
    if (folder / place).exists():
        if version in given or not given:
            given[:] = given or [version]
            return Entry(lesson.name, lesson.assignment, title, place, "kept")
        place, state = _beside(folder, place), "updated"
    (folder / place).parent.mkdir(parents=True, exist_ok=True)
    write_whole(folder / place, nbformat.writes(notebook) + "\n")
    if version not in given:
        given.append(version)
    return Entry(lesson.name, lesson.assignment, title, place, state)


def _for_participant(lesson: LessonFile) -> NotebookNode:
    """Return the participant's edition; an installed kit holds nothing else."""
    notebook = editions.read(lesson.path)
    if not lesson.is_source:
        return notebook
    try:
        return editions.participant(notebook)
    except ImportError:
        raise SetupError(lacking("Lessons are made ready with nbgrader", "classroom")) from None


def without_book_links(notebook: NotebookNode) -> NotebookNode:
    """Leave the words of links into the book, which is not in a workbook's folder."""
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _BOOK_LINK.sub(r"\1", cell.source)
    return notebook


def _version(notebook: NotebookNode) -> str:
    """Return a short digest of what the lesson says and asks."""
    text = "\0".join(f"{cell.cell_type}\0{cell.source}" for cell in notebook.cells)
    return _digest(text)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _beside(folder: Path, place: Path) -> Path:
    """Return a free name beside `place` that says what it is: `...--improved-2.ipynb`."""
    number = 2
    while (folder / (free := place.with_stem(f"{place.stem}--improved-{number}"))).exists():
        number += 1
    return free


def _write_start(book: Workbook, participant: Participant) -> None:
    """Write the page to begin with, unless they have made it their own."""
    lines = [
        "# Start here",
        "",
        "Double-click a lesson in the list on the left, or click it here. Read from the top, and",
        "run each piece of code with Shift and Enter. Your work saves itself; nothing leaves this",
        "computer.",
    ]
    for assignment in dict.fromkeys(entry.assignment for entry in book.entries):
        lines += ["", f"## {part(assignment)}", ""]
        lines += [f"- [{_FORM_TITLE}]({FORM})"] if assignment == "own-data" else []
        for entry in book.entries:
            if entry.assignment == assignment:
                lines += _links(book, entry)
    lines += [
        "",
        "## To hand in",
        "",
        "Save the notebook (Ctrl+S) and send the file as your coach tells you. Your code is",
        f"**{book.code}**: it is part of each file's name, so nobody need write theirs in it.",
        "",
    ]
    _write_ours(book, participant, START, "\n".join(lines))


def _write_form(book: Workbook, participant: Participant) -> None:
    """Write the form for a report, which holds nothing of anybody's, unless it was changed."""
    text = resources.form_notebook().read_text(encoding="utf-8")
    _write_ours(book, participant, FORM, text)


def _write_ours(book: Workbook, participant: Participant, name: str, text: str) -> None:
    """Write a file that is the kit's own, unless they have made it theirs."""
    place, ours = book.folder / name, participant.given.setdefault(name, [])
    if not place.exists() or _digest(place.read_text(encoding="utf-8")) in ours:
        write_whole(place, text)
        ours[:] = [_digest(text)]
        remember(book.folder, participant)


def _links(book: Workbook, entry: Entry) -> list[str]:
    """Return a link for each copy of a lesson, in the order in which they came."""
    first = book.folder / entry.assignment / f"{entry.lesson}--{book.code}.ipynb"
    copies = [first, *sorted(first.parent.glob(f"{first.stem}--improved-*.ipynb"))]
    return [
        f"- [{entry.title}{_which(copy)}](<{copy.relative_to(book.folder).as_posix()}>)"
        for copy in copies
        if copy.exists()
    ]


def _which(copy: Path) -> str:
    return " (improved)" if "--improved-" in copy.stem else ""


@contextmanager
def _writing_to(folder: Path) -> Iterator[None]:
    """Put in a sentence what stops a folder from being written."""
    try:
        yield
    except (NotADirectoryError, FileExistsError):
        raise SetupError(
            f"'{folder.name}' is a file, not a folder: name another folder for the workbook."
        ) from None
    except PermissionError:
        raise SetupError(
            f"'{folder.name}' cannot be written to: name a folder of your own, for example "
            f"`pcqa lab {DEFAULT_FOLDER}` in your home folder."
        ) from None
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EDQUOT, errno.EROFS):
            raise
        raise SetupError(
            f"There is no room to write '{folder.name}': free some disk space, or name a folder "
            "on another drive."
        ) from None
