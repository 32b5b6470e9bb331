"""Mark every submission of an assignment: read, mend, run, judge, write."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Generator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any

from pcqa_teach.classroom.grading import marking, submission
from pcqa_teach.classroom.grading.book import Marked, Writer, changed_since
from pcqa_teach.classroom.grading.handed_out import Lesson
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.classroom.grading.outputs import STOPPED, Outputs, stopped_by
from pcqa_teach.classroom.grading.repair import Cell, Repaired, grade_id, is_test, repaired, source
from pcqa_teach.classroom.grading.sandbox import NOT_CLOSED, Mode, Outcome, Sandbox
from pcqa_teach.classroom.grading.versions import asked_otherwise
from pcqa_teach.run import output
from pcqa_teach.run.many import cores

_NO_LESSON = "left alone: it is no lesson of this assignment"

Progress = Callable[[int, int, str], None]
Tell = Callable[["Line"], None]


@dataclass(frozen=True)
class Line:
    """One submission and what became of it, in a line for a coach.

    `still`: why one that has not changed needs a person yet, "" where it does not.
    """

    student: str
    notebook: str
    said: str
    state: str  # marked, person, unchanged
    still: str = ""


def grade(
    assignment: str,
    submitted: Mapping[str, Mapping[str, Path]],
    known: Mapping[str, Lesson],
    book: Writer,
    marked_copies: Path,
    *,
    mode: Mode = "sandbox",
    limits: Limits | None = None,
    progress: Progress | None = None,
    tell: Tell | None = None,
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
    book : Writer
        An open gradebook (`Book`), or what takes its place.
    marked_copies : path
        nbgrader's folder `autograded`.
    mode, limits
        As for `Sandbox`.
    progress : callable, optional
        Told how many are done, of how many, and whose was the last.
    tell : callable, optional
        Told the line on each notebook as it is marked.
    """
    book.check(assignment)
    done_before, still = book.digests(assignment), book.open_still(assignment)
    lines: list[Line] = []
    waiting: list[tuple[str, Lesson, Path, str]] = []
    ours: dict[str, dict[str, Path]] = {}
    for student, files in submitted.items():
        for name, path in files.items():
            if name not in known:
                lines.append(Line(student, name, _NO_LESSON, "person"))
                continue
            ours.setdefault(student, {})[name] = path
            digest = _digest(path, known[name])
            if done_before.get((student, name)) == digest:
                lines.append(unchanged(student, name, still.get((student, name), "")))
            else:
                waiting.append((student, known[name], path, digest))
    for student, files in ours.items():
        book.enter(assignment, student, _handed_in(files))
    if waiting:
        tables = {table for _, lesson, _, _ in waiting for table in lesson.tables}
        with (
            Sandbox(mode, limits, tables) as sandbox,
            contextlib.closing(_marked(assignment, waiting, sandbox)) as done,
        ):
            for number, (marked, cells) in enumerate(done, start=1):
                _keep(cells, marked, marked_copies)
                lines.append(line_on(marked, book.write(marked)))
                if tell:
                    tell(lines[-1])
                if progress:
                    progress(number, len(waiting), marked.student)
    for student, files in ours.items():
        book.nothing_handed_in(assignment, student, list(files))
    return sorted(lines, key=lambda line: (line.student, line.notebook))


def _marked(
    assignment: str, waiting: list[tuple[str, Lesson, Path, str]], sandbox: Sandbox
) -> Generator[tuple[Marked, Repaired]]:
    """Run the submissions, as many at once as there are processors, and judge each as it ends.

    Few are read ahead of those that run, so that a large class takes no more memory than a small.
    """
    left = iter(waiting)
    with ThreadPoolExecutor(cores()) as pool:
        running: dict[Future[tuple[Repaired, Outcome]], tuple[str, Lesson, str]] = {}
        try:
            while True:
                for student, lesson, path, digest in islice(left, 2 * cores() - len(running)):
                    job = pool.submit(_run, lesson, path, sandbox)
                    running[job] = (student, lesson, digest)
                if not running:
                    return
                for job in wait(running, return_when=FIRST_COMPLETED).done:
                    student, lesson, digest = running.pop(job)
                    yield _judged(assignment, student, lesson, digest, *job.result())
        except BaseException:  # whoever stops must not wait for what has not begun
            pool.shutdown(wait=False, cancel_futures=True)
            sandbox.end()
            raise


def _judged(
    assignment: str, student: str, lesson: Lesson, digest: str, mended: Repaired, outcome: Outcome
) -> tuple[Marked, Repaired]:
    """Return a notebook's marks, and its cells as they are kept."""
    cells = mended.cells or lesson.released
    stopped = marking.not_run(mended.cells, outcome.errors)
    found = marking.items(
        cells, lesson.key, outcome.answers, outcome.trouble, stopped, mended.other, mended.lacked
    )
    untouched = marking.untouched(mended.cells) - _by_hand(mended)
    final = digest if outcome.trouble != NOT_CLOSED else ""
    answered = [item for item in found if item in outcome.answers]
    open_yet = [item for item in answered if found[item]["outcome"] == "person"]
    lacked = [item for item in open_yet if item in mended.lacked]
    why = asked_otherwise([item for item in open_yet if item not in lacked], lacked)
    marked = Marked(assignment, lesson.name, student, final, outcome.trouble or why, mended.notes,
                    found, untouched, stopped)  # fmt: skip
    return marked, Repaired(tuple(cells), mended.notes)


def _by_hand(mended: Repaired) -> frozenset[str]:
    """Return the answers that a person marks and that were not found: they are not simply empty."""
    return frozenset(
        str(grade_id(cell))
        for cell in mended.cells
        if grade_id(cell) in mended.put_back and cell["metadata"]["nbgrader"].get("grade")
    )


def _run(lesson: Lesson, path: Path, sandbox: Sandbox) -> tuple[Repaired, Outcome]:
    nothing = Repaired((), ())
    try:
        handed_in = submission.read(path, lesson.id)
        if handed_in.trouble:
            return nothing, Outcome(handed_in.trouble)
        mended = repaired(handed_in.cells, lesson.released)
        steps = mended.steps(lesson.key.names)
    except Exception:  # noqa: BLE001  (one damaged file is no reason to leave the others unmarked)
        return nothing, Outcome("the file is damaged in a way that nobody foresaw")
    return mended, sandbox.run(steps)


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
    outputs = Outputs()
    cells = [_with_marks(cell, marked, outputs) for cell in mended.cells]
    for number, cell in enumerate(cells):
        cell["id"] = f"cell-{number}"
    submission.shorten(cells)
    language = {"display_name": "Python 3", "language": "python", "name": "python3"}
    notebook: dict[str, Any] = {
        "cells": cells, "metadata": {"kernelspec": language}, "nbformat": 4, "nbformat_minor": 5,
    }  # fmt: skip
    target = folder / marked.student / marked.assignment / f"{marked.notebook}.ipynb"
    target.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
    with output.replace(target) as draft:
        draft.write_text(text, encoding="utf-8")


def _with_marks(cell: Cell, marked: Marked, outputs: Outputs) -> Cell:
    """Return a cell of the marked copy: what the participant saw, and what the test says."""
    kept = {
        "cell_type": cell["cell_type"],
        "metadata": {"nbgrader": cell["metadata"].get("nbgrader")} if grade_id(cell) else {},
        "source": source(cell),
    }
    if cell["cell_type"] != "code":
        return kept
    item = marked.items.get(grade_id(cell) or "") if is_test(cell) else None
    if item is None:
        shown = outputs.of(cell)
        if kind := marked.stopped.get(grade_id(cell) or ""):
            shown = [one for one in shown if not str(one.get("text")).startswith(STOPPED)]
            shown.append(stopped_by(f"{kind}, when it was marked"))
        return {**kept, "execution_count": None, "outputs": shown}
    said: list[dict[str, Any]] = [
        {"output_type": "stream", "name": "stdout", "text": f"{item['said']}\n"}
    ]
    if item["earned"] is not None:
        value = {"text/plain": repr(float(item["earned"]))}
        said.append({"output_type": "execute_result", "data": value, "metadata": {},
                     "execution_count": None})  # fmt: skip
    return {**kept, "execution_count": None, "outputs": said}


def unchanged(student: str, notebook: str, still: str) -> Line:
    """Say that a notebook was marked before, and why it needs a person yet."""
    return Line(student, notebook, "unchanged since it was marked", "unchanged", still)


def line_on(marked: Marked, by_hand: int) -> Line:
    """Say what became of a notebook; `by_hand` marks of a person stand on work that has changed."""
    notes = [*marked.notes]
    if by_hand:
        notes.append(changed_since(by_hand))
    said = f"needs a person: {marked.trouble}"
    if not marked.trouble:
        said = f"{sum(item['earned'] or 0 for item in marked.items.values()):g} points"
    state = "person" if marked.trouble or by_hand else "marked"
    whole = " ".join([f"{said}.", *notes]) if notes else said
    return Line(marked.student, marked.notebook, whole, state)
