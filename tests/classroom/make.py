"""A class for tests: a small made-up lesson or a real one, handed out, answered and marked."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from unittest import mock

from pcqa_teach.classroom import folder
from pcqa_teach.classroom.collect import submitted
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading import grade as grading
from pcqa_teach.classroom.grading.book import Book
from pcqa_teach.classroom.grading.grade import Line, grade
from pcqa_teach.classroom.grading.handed_out import lessons
from pcqa_teach.classroom.grading.jail import Limits
from pcqa_teach.classroom.grading.repair import grade_id, is_answer, is_test, source
from pcqa_teach.classroom.grading.sandbox import Sandbox
from pcqa_teach.lessons import Key, misconception_cases

ROOT = Path(__file__).resolve().parents[2]
ASSIGNMENT, LESSON = "small-day", "t1_small"
QUICK = Limits(memory=1024, processor=6, wall=30)  # wide: the tests' computer may be busy
RIGHT = {
    "t1-1-answer": "answer_t1_1 = 5",
    "t1-2-answer": 'answer_t1_2 = {"mean": 5, "largest": 9, "unit": "day"}',
    "t1-3": "I would look at the next six weeks first.",
}

Notebook = dict[str, Any]


def _cell(kind: str, name: str, text: str, **marks: Any) -> dict[str, Any]:
    made: dict[str, Any] = {"cell_type": kind, "id": name, "metadata": {}, "source": text}
    if kind == "code":
        made |= {"execution_count": None, "outputs": []}
    if marks:
        basic = {"grade": False, "solution": False, "locked": False, "task": False}
        made["metadata"]["nbgrader"] = {"schema_version": 3, **basic, **marks}
    return made


def _answer(item: str, stub: str, right: str) -> dict[str, Any]:
    text = f"{stub}\n### BEGIN SOLUTION\n{right}\n### END SOLUTION"
    return _cell("code", f"{item}-box", text, grade_id=f"{item}-answer", solution=True)


def _test(item: str, points: int, call: str) -> dict[str, Any]:
    text = (
        "from pcqa_teach.lessons import received\n\n"
        f'received("Task", "answer_{item[:2]}_{item[3:]}")'
        f"\n### BEGIN HIDDEN TESTS\nfrom pcqa_teach.lessons import judge\n\n{call}"
        "\n### END HIDDEN TESTS"
    )
    marks = {"grade_id": item, "grade": True, "locked": True, "points": points}
    return _cell("code", f"{item}-test", text, **marks)


def lesson(secret: str = "") -> Notebook:
    """Return the source of the small lesson: two items for a computer, one for a person."""
    first = (
        f"# {secret}\n"
        'judge("t1-1", answer_t1_1, expect=5, within=0.01, points=2, '
        'misconceptions={"median": (4, "That is the middle one."), '
        '"sum": (lambda answer: answer > 10, "That is all of them together.", 15)})'
    )
    second = (
        'judge("t1-2", answer_t1_2, expect={"mean": 5, "largest": 9, "unit": "day"}, points=3, '
        'misconceptions={"smallest": ({"largest": 2}, "That is the smallest.")})'
    )
    by_hand = {"grade_id": "t1-3", "grade": True, "solution": True, "points": 3}
    rubric = _cell(
        "markdown", "rubric", "| Points | What |\n|---|---|\n| 0 | Nothing |\n| 3 | All |"
    )
    rubric["metadata"]["tags"] = ["facilitator"]
    stub = 'answer_t1_2 = {"mean": None, "largest": None, "unit": None}'
    return {
        "cells": [
            _cell("markdown", "title", "# A small lesson"),
            _cell("code", "setup", "import pcqa_teach as pcqa\n\nnumbers = [2, 4, 9]"),
            _cell("markdown", "ask-1", "What is the mean?"),
            _answer("t1-1", "answer_t1_1 = None", "answer_t1_1 = 5"),
            _test("t1-1", 2, first),
            _cell("code", "work", "total = sum(numbers)\nprint(total)"),
            _cell("markdown", "ask-2", "And the rest?"),
            _answer("t1-2", stub, RIGHT["t1-2-answer"]),
            _test("t1-2", 3, second),
            _cell("markdown", "monday", "What will you do on Monday?"),
            _cell("markdown", "t1-3-box", "I would look at the next weeks.", **by_hand),
            rubric,
            _cell("markdown", "end", "## Key points"),
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "pcqa": {"assignment": ASSIGNMENT, "id": "t1", "title": "A small lesson", "data": []},
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }  # fmt: skip


def release(course: ClassFolder, assignment: str, sources: list[Path]) -> ClassFolder:
    """Hand out lessons in a class, by the kit's own command, as an assignment of these alone."""
    from pcqa_teach.classroom import release as releasing

    with mock.patch.object(releasing, "source_of", return_value=sources):
        releasing.release(course, assignment, check=False)
    return course


def small_class(place: Path, secret: str = "") -> ClassFolder:
    """Return a class to which the small lesson was handed out."""
    written = place.parent / f"{place.name}-lesson" / f"{LESSON}.ipynb"
    written.parent.mkdir(parents=True)
    written.write_text(json.dumps(lesson(secret)), encoding="utf-8")
    return release(folder.init(place, "A class"), ASSIGNMENT, [written])


def blank(course: ClassFolder, assignment: str = ASSIGNMENT, name: str = LESSON) -> Notebook:
    """Return a notebook as it was handed out."""
    path = course.part("release", assignment, f"{name}.ipynb")
    notebook: Notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = source(cell)
    return notebook


def answered(notebook: Notebook, answers: Mapping[str, str], code: str = "") -> Notebook:
    """Put sources into cells, by their nbgrader name or else their id; and whose it is."""
    for cell in notebook["cells"]:
        for name in (grade_id(cell), cell.get("id")):
            if name in answers:
                cell["source"] = answers[name]
    if code:
        notebook["metadata"].setdefault("pcqa", {})["participant"] = code
    return notebook


def keys(course: ClassFolder, assignment: str = ASSIGNMENT, name: str = LESSON) -> dict[str, Key]:
    """Return the keys of a lesson's items."""
    path = course.part("source", assignment, f"{name}.ipynb")
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    return {
        str(grade_id(cell)): misconception_cases(source(cell)) for cell in cells if is_test(cell)
    }


def answer_cells(notebook: Notebook) -> list[str]:
    """Return the names of the cells in which a participant answers."""
    return [str(grade_id(cell)) for cell in notebook["cells"] if is_answer(cell)]


def hand_in(
    course: ClassFolder,
    code: str,
    content: Notebook | bytes | str,
    assignment: str = ASSIGNMENT,
    name: str = LESSON,
) -> Path:
    """Put a file where what counts lies, as collecting does."""
    path = course.part("submitted", code, assignment, f"{name}.ipynb")
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        content = json.dumps(content)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


def mark(
    course: ClassFolder, assignment: str = ASSIGNMENT, mode: Any = "sandbox", limits: Limits = QUICK
) -> dict[str, Line]:
    """Mark all that was handed in; return the line on each participant's work."""
    known = lessons(course.part("source", assignment), course.part("release", assignment))
    borrowed = mode == "sandbox" and limits is QUICK
    use = mock.patch.object(grading, "Sandbox", _borrow) if borrowed else contextlib.nullcontext()
    with use, Book(course.gradebook) as book:
        lines = grade(
            assignment, submitted(course, assignment), known, book, course.part("autograded"),
            mode=mode, limits=limits,
        )  # fmt: skip
    return {line.student: line for line in lines}


_BORROWED: list[Sandbox] = []


def _borrow(*_: Any) -> contextlib.AbstractContextManager[Sandbox]:
    """Give one warm sandbox to all tests of a run: to warm it up takes seconds."""
    if not _BORROWED:
        _BORROWED.append(Sandbox("sandbox", QUICK).__enter__())
    return contextlib.nullcontext(_BORROWED[0])


def give_back() -> None:
    """End the sandbox that tests have borrowed."""
    while _BORROWED:
        _BORROWED.pop().end()


def scores(
    course: ClassFolder, code: str, assignment: str = ASSIGNMENT, name: str = LESSON
) -> dict[str, float | None]:
    """Return a participant's marks by item, as nbgrader itself reads them."""
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook) as book:
        marked = book.find_submission_notebook(name, assignment, code)
        return {grade.name: grade.auto_score for grade in marked.grades}


def waiting(course: ClassFolder, code: str, assignment: str = ASSIGNMENT) -> set[str]:
    """Return the items that a person is asked to mark, as nbgrader's formgrader lists them."""
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook) as book:
        marked = book.find_submission(assignment, code)
        grades = [grade for notebook in marked.notebooks for grade in notebook.grades]
        return {grade.name for grade in grades if grade.needs_manual_grade}
