"""Mark every submission of an assignment: read, mend, run, judge, write."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pcqa_teach.classroom.grading import marking, submission
from pcqa_teach.classroom.grading.book import Book, Marked
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.classroom.grading.marking import AnswerKey, answer_key
from pcqa_teach.classroom.grading.repair import Cell, Repaired, grade_id, is_test, repaired, source
from pcqa_teach.classroom.grading.sandbox import Mode, Outcome, Sandbox
from pcqa_teach.errors import ClassroomError
from pcqa_teach.run.many import cores

_MARKING = "1"  # a change here has everything marked again
_NOT_FINAL = "the sandbox could not be closed around it"

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Lesson:
    """What a notebook is marked by: its key, the cells that were handed out, the data it reads."""

    name: str
    id: str
    key: AnswerKey
    released: tuple[Cell, ...]
    digest: str
    tables: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """One submission and what became of it, in a line for a coach."""

    student: str
    notebook: str
    said: str
    state: str  # marked, person, unchanged


def lessons(source_folder: Path, release_folder: Path) -> dict[str, Lesson]:
    """Return the lessons of an assignment by name, from its sources and what was handed out.

    Raises
    ------
    ClassroomError
        Nothing was handed out yet.
    """
    found: dict[str, Lesson] = {}
    for path in sorted(source_folder.glob("*.ipynb")):
        handed_out = release_folder / path.name
        if not handed_out.is_file():
            raise ClassroomError(
                f"'{path.stem}' was never handed out: run `pcqa classroom release` first."
            )
        texts = path.read_bytes(), handed_out.read_bytes()
        own, released = (json.loads(text) for text in texts)
        digest = hashlib.sha256(b"\0".join((_MARKING.encode(), *texts))).hexdigest()
        about = own["metadata"].get("pcqa", {})
        name, tables = about.get("id", path.stem), tuple(map(str, about.get("data", ())))
        key = answer_key([{**cell, "source": source(cell)} for cell in own["cells"]])
        cells = tuple({**cell, "source": source(cell)} for cell in released["cells"])
        found[path.stem] = Lesson(path.stem, name, key, cells, digest, tables)
    return found


def grade(
    assignment: str,
    submitted: Mapping[str, Mapping[str, Path]],
    known: Mapping[str, Lesson],
    book: Book,
    marked_copies: Path,
    *,
    mode: Mode = "sandbox",
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> list[Line]:
    """Mark what was handed in, and return a line on each notebook.

    Parameters
    ----------
    assignment : str
        Its name, such as `core-day1`.
    submitted : dict
        By participant and lesson's name, the file that counts.
    known : dict
        The assignment's lessons (`lessons`).
    book : Book
        An open gradebook; nobody else writes to it meanwhile.
    marked_copies : path
        nbgrader's folder `autograded`.
    mode, limits
        As for `Sandbox`.
    progress : callable, optional
        Told how many are done, of how many, and whose was the last.
    """
    book.check(assignment)
    done_before = book.digests(assignment)
    lines: list[Line] = []
    waiting: list[tuple[str, Lesson, Path, str]] = []
    for student, files in submitted.items():
        for name, path in files.items():
            digest = _digest(path, known[name])
            if done_before.get((student, name)) == digest:
                lines.append(Line(student, name, "unchanged since it was marked", "unchanged"))
            else:
                waiting.append((student, known[name], path, digest))
    for student, files in submitted.items():
        book.enter(assignment, student, _handed_in(files))
    if waiting:
        tables = {table for _, lesson, _, _ in waiting for table in lesson.tables}
        with Sandbox(mode, limits, tables) as sandbox:
            for number, marked in enumerate(_marked(assignment, waiting, sandbox), start=1):
                marked_one, cells = marked
                _keep(cells, marked_one, marked_copies)
                book.write(marked_one)
                lines.append(_line(marked_one))
                if progress:
                    progress(number, len(waiting), marked_one.student)
    for student, files in submitted.items():
        book.nothing_handed_in(assignment, student, list(files))
    return sorted(lines, key=lambda line: (line.student, line.notebook))


def _marked(
    assignment: str, waiting: list[tuple[str, Lesson, Path, str]], sandbox: Sandbox
) -> Iterator[tuple[Marked, Repaired]]:
    """Run the submissions, as many at once as there are processors, and judge each as it ends."""
    with ThreadPoolExecutor(cores()) as pool:
        jobs: dict[Future[tuple[Repaired, Outcome]], tuple[str, Lesson, str]] = {
            pool.submit(_run, lesson, path, sandbox): (student, lesson, digest)
            for student, lesson, path, digest in waiting
        }
        for job in as_completed(jobs):
            student, lesson, digest = jobs[job]
            mended, outcome = job.result()
            cells = mended.cells or lesson.released
            found = marking.items(cells, lesson.key, outcome.answers, outcome.trouble)
            left = frozenset() if outcome.trouble and not mended.cells else marking.untouched(cells)
            final = digest if outcome.trouble != _NOT_FINAL else ""
            yield (
                Marked(
                    assignment,
                    lesson.name,
                    student,
                    final,
                    outcome.trouble,
                    mended.notes,
                    found,
                    left,
                ),
                Repaired(tuple(cells), mended.notes),
            )


def _run(lesson: Lesson, path: Path, sandbox: Sandbox) -> tuple[Repaired, Outcome]:
    handed_in = submission.read(path, lesson.id)
    if handed_in.trouble:
        return Repaired((), ()), Outcome(handed_in.trouble)
    mended = repaired(handed_in.cells, lesson.released)
    return mended, sandbox.run(mended.steps(lesson.key.names))


def _handed_in(files: Mapping[str, Path]) -> datetime | None:
    """Return when the last of somebody's files was handed in, from the note beside them."""
    for path in files.values():
        note = path.parent / "timestamp.txt"
        if note.is_file():
            with contextlib.suppress(ValueError):
                said = note.read_text(encoding="utf-8").strip()
                return datetime.strptime(said, "%Y-%m-%d %H:%M:%S UTC").replace(tzinfo=UTC)
    return None


def _digest(path: Path, lesson: Lesson) -> str:
    """Return a digest of a submission and of everything that it is marked by."""
    found = hashlib.sha256(lesson.digest.encode())
    if path.is_file() and not path.is_symlink():
        with path.open("rb") as file:
            found.update(hashlib.file_digest(file, "sha256").digest())
    return found.hexdigest()


def _keep(mended: Repaired, marked: Marked, folder: Path) -> None:
    """Keep the marked copy where nbgrader's formgrader looks for it."""
    cells = [_with_marks(cell, marked) for cell in mended.cells]
    language = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook: dict[str, Any] = {
        "cells": cells, "metadata": {"kernelspec": language}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    target = folder / marked.student / marked.assignment / f"{marked.notebook}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.partial")
    draft.write_text(json.dumps(notebook, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    draft.replace(target)


def _with_marks(cell: Cell, marked: Marked) -> Cell:
    """Return a cell of the marked copy: what the participant saw, and what the test says."""
    kept = {
        "cell_type": cell["cell_type"],
        "id": str(cell.get("id", "")) or hashlib.md5(source(cell).encode()).hexdigest()[:8],  # noqa: S324
        "metadata": {"nbgrader": cell["metadata"].get("nbgrader")} if grade_id(cell) else {},
        "source": source(cell),
    }
    if cell["cell_type"] != "code":
        return kept
    item = marked.items.get(grade_id(cell) or "") if is_test(cell) else None
    if item is None:
        return {**kept, "execution_count": None, "outputs": submission.shown(cell)}
    said: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": f"{item['said']}\n"}
    ]
    if item["earned"] is not None:
        value = {"text/plain": repr(float(item["earned"]))}
        said.append({"output_type": "execute_result", "data": value, "metadata": {},
                     "execution_count": None})  # fmt: skip
    return {**kept, "execution_count": None, "outputs": said}


def _line(marked: Marked) -> Line:
    if marked.trouble:
        return Line(marked.student, marked.notebook, f"needs a person: {marked.trouble}", "person")
    earned = sum(item["earned"] or 0 for item in marked.items.values())
    mended = f"; {' '.join(marked.notes)}" if marked.notes else ""
    return Line(marked.student, marked.notebook, f"{earned:g} points{mended}", "marked")
