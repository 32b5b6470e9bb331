"""Marks for tests: answers go by the lesson's own key into a real gradebook; no code runs."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pcqa_teach.classroom import folder
from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.grading import marking
from pcqa_teach.classroom.grading.book import Book, Marked
from pcqa_teach.classroom.grading.handed_out import lessons

from . import make

SECOND = "t2_small"
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
RIGHT = {"t1-1": 5, "t1-2": {"mean": 5, "largest": 9, "unit": "day"}}


def roster(course: ClassFolder, *rows: str) -> None:
    """Write the roster."""
    head = "code,first_name,last_name,email,group"
    (course.path / "roster.csv").write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")


def two_lessons(place: Path) -> ClassFolder:
    """Return a class to which the small lesson and a second one like it were handed out."""
    written = [place.parent / "sources" / f"{name}.ipynb" for name in (make.LESSON, SECOND)]
    written[0].parent.mkdir(parents=True)
    text = json.dumps(make.lesson())
    written[0].write_text(text, encoding="utf-8")
    again = text.replace("t1", "t2").replace("A small lesson", "Another lesson")
    written[1].write_text(again, encoding="utf-8")
    return make.release(folder.init(place, "Two lessons"), make.ASSIGNMENT, written)


def marks(
    course: ClassFolder,
    people: Mapping[str, Mapping[str, Any]],
    *,
    assignment: str = make.ASSIGNMENT,
    name: str = make.LESSON,
    trouble: str = "",
    notes: Sequence[str] = (),
    when: Mapping[str, datetime] | None = None,
    unwritten: Sequence[str] = (),
) -> None:
    """Enter each person's answers, by item; an item that is not named was left empty."""
    lesson = lessons(course.part("source", assignment), course.part("release", assignment))[name]
    with Book(course.gradebook) as book:
        for code, answers in people.items():
            given = {item: {"value": answers.get(item)} for item in lesson.key.items}
            found = marking.items(lesson.released, lesson.key, given, trouble)
            left = frozenset(("t1-3",) if code in unwritten else ())
            book.enter(assignment, code, (when or {}).get(code, NOON))
            book.write(Marked(assignment, name, code, "digest", trouble, tuple(notes), found, left))
            book.nothing_handed_in(assignment, code, [name])


def by_hand(course: ClassFolder, code: str, item: str, score: float, said: str = "") -> None:
    """Mark an item as a person does in formgrader."""
    with _submissions(course, code) as notebooks:
        for grade in (one for notebook in notebooks for one in notebook.grades):
            if grade.name == item:
                grade.manual_score, grade.needs_manual_grade = score, False
    if said:
        comment(course, code, item, said)


def comment(course: ClassFolder, code: str, cell: str, said: str) -> None:
    """Comment on a cell as a person does in formgrader."""
    with _submissions(course, code) as notebooks:
        found = [
            one
            for notebook in notebooks
            for one in notebook.comments
            if one.name in (cell, f"{cell}-answer")
        ]
        assert found, f"no such cell: {cell}"
        found[0].manual_comment = said


@contextlib.contextmanager
def _submissions(course: ClassFolder, code: str) -> Iterator[list[Any]]:
    from nbgrader.api import Gradebook

    with Gradebook(course.gradebook) as book:
        theirs = book.find_student(code).submissions
        yield [notebook for submission in theirs for notebook in submission.notebooks]
        book.db.commit()
