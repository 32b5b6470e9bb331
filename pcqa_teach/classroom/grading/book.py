"""Write marks into nbgrader's own gradebook: the one place that does, one submission at a time.

What is written of a notebook is written in one transaction, the record that it was marked included:
a grader that is stopped at any moment and begun again ends with the same gradebook.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol, Self

import sqlalchemy as sa

from pcqa_teach.classroom.grading.held import held
from pcqa_teach.classroom.settings import at_work
from pcqa_teach.errors import ClassroomError
from pcqa_teach.sayings import counted

if TYPE_CHECKING:
    from nbgrader.api import Gradebook as NbgraderBook
    from nbgrader.api import SubmittedNotebook

_TABLES = sa.MetaData()

# What the kit keeps beside nbgrader's tables: what was marked, of which bytes, and how it was
# answered. nbgrader does not look at it.
MARKED = sa.Table(
    "pcqa_marked",
    _TABLES,
    sa.Column("assignment", sa.String(128), primary_key=True),
    sa.Column("notebook", sa.String(128), primary_key=True),
    sa.Column("student", sa.String(128), primary_key=True),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("marked_at", sa.String(32), nullable=False),
    sa.Column("trouble", sa.Text, nullable=False),
    sa.Column("notes", sa.Text, nullable=False),
    sa.Column("items", sa.Text, nullable=False),
)
# One row a grade, nbgrader's own tables joined: g, b, sn, sa, n, a.
GRADES = """
from grade g
join base_cell b on b.id = g.cell_id
join submitted_notebook sn on sn.id = g.notebook_id
join submitted_assignment sa on sa.id = sn.assignment_id
join notebook n on n.id = sn.notebook_id
join assignment a on a.id = sa.assignment_id
"""
OF_ONE = "where a.name = :assignment"
# What waits for a person, and whether one has marked it before.
_WAITING = f"""
select sa.student_id, n.name, b.name, g.manual_score
{GRADES}
{OF_ONE} and g.needs_manual_grade
"""


@dataclass(frozen=True)
class Marked:
    """A notebook's marks: what each item earned, how it was answered, what a person must look at.

    `items` holds, by grade id, `earned` (None: a person marks it), `said`, `outcome`,
    `misconception` and `answer`; `untouched` names the answer cells left as they were handed out,
    `stopped` those that an error stopped, with its kind.
    """

    assignment: str
    notebook: str
    student: str
    digest: str
    trouble: str
    notes: tuple[str, ...]
    items: Mapping[str, Mapping[str, Any]]
    untouched: frozenset[str]
    stopped: Mapping[str, str] = field(default_factory=dict)


class Writer(Protocol):
    """What marks are handed to: the gradebook, or what takes its place."""

    def check(self, assignment: str) -> None:
        """Raise ClassroomError where it does not know an assignment."""

    def digests(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return which bytes of (student, notebook) were marked last."""

    def open_still(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return why (student, notebook) still needs a person."""

    def enter(self, assignment: str, student: str, when: datetime | None) -> None:
        """Enter that a participant has handed something in, and when."""

    def write(self, marked: Marked) -> int:
        """Write a notebook's marks; return how many of a person stand on work that has changed."""

    def nothing_handed_in(self, assignment: str, student: str, there: Sequence[str]) -> None:
        """Give nothing for the notebooks of an assignment that were not handed in."""


class Book:
    """The gradebook, open for writing. Use it with `with`; one at a time.

    Parameters
    ----------
    url : str
        As nbgrader takes it: `sqlite:///...` or `postgresql+psycopg://...`.

    Raises
    ------
    ClassroomError
        On entering: somebody else writes to it.
    """

    def __init__(self, url: str) -> None:
        self.url = url
        self._book: NbgraderBook | None = None
        self._around = contextlib.ExitStack()

    def __enter__(self) -> Self:
        from nbgrader.api import Gradebook

        with contextlib.ExitStack() as around:
            around.enter_context(held(self.url))
            around.enter_context(at_work())
            self._book = around.enter_context(contextlib.closing(Gradebook(self.url)))
            _TABLES.create_all(self._session.get_bind())
            self._around = around.pop_all()
        return self

    def __exit__(self, *_: object) -> None:
        self._book = None
        self._around.close()

    @property
    def _open(self) -> NbgraderBook:
        assert self._book is not None, "a Book is used with `with`"
        return self._book

    @property
    def _session(self) -> Any:
        return self._open.db

    def digests(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return which bytes of (student, notebook) were marked last."""
        asked = sa.select(MARKED.c.student, MARKED.c.notebook, MARKED.c.digest)
        rows = self._session.execute(asked.where(MARKED.c.assignment == assignment))
        return {(student, notebook): digest for student, notebook, digest in rows}

    def open_still(self, assignment: str) -> dict[tuple[str, str], str]:
        """Return why (student, notebook) still needs a person; a person's score settles it."""
        columns = (MARKED.c.student, MARKED.c.notebook, MARKED.c.trouble, MARKED.c["items"])
        asked = sa.select(*columns).where(MARKED.c.assignment == assignment)
        marked = {
            (who, name): (why, items) for who, name, why, items in self._session.execute(asked)
        }
        waiting: dict[tuple[str, str], list[tuple[str, bool]]] = {}
        for who, name, item, manual in self._session.execute(
            sa.text(_WAITING), {"assignment": assignment}
        ):
            waiting.setdefault((who, name), []).append((item, manual is not None))
        found = {}
        for key, (why, items) in marked.items():
            left = waiting.get(key, [])
            again = sum(by_hand for _, by_hand in left)
            judged = json.loads(items) if why else {}
            if any(item in judged and not by_hand for item, by_hand in left):
                found[key] = f"needs a person: {why}"
            elif again:
                found[key] = changed_since(again)
        return found

    def check(self, assignment: str) -> None:
        """Raise ClassroomError where this gradebook does not know an assignment."""
        from nbgrader.api import MissingEntry

        try:
            self._open.find_assignment(assignment)
        except MissingEntry:
            raise ClassroomError(
                f"The gradebook does not know '{assignment}': run `pcqa classroom release "
                f"{assignment}` first."
            ) from None

    def enter(self, assignment: str, student: str, when: datetime | None) -> None:
        """Enter that a participant has handed something in, and when."""
        self._open.update_or_create_student(student)
        about = {} if when is None else {"timestamp": when.astimezone(UTC).replace(tzinfo=None)}
        self._open.update_or_create_submission(assignment, student, **about)

    def write(self, marked: Marked) -> int:
        """Write a notebook's marks, whole or not at all; a person's own marks stay as they are.

        Returns
        -------
        int
            How many marks of a person stand there, now on changed work: each asks to be looked at.
        """
        row = self._open.find_submission_notebook(
            marked.notebook, marked.assignment, marked.student
        )
        try:
            self._write_grades(row, marked)
            self._write_comments(row, marked)
            self._record(marked)
            self._session.commit()
        except BaseException:
            self._session.rollback()
            raise
        return sum(grade.manual_score is not None for grade in row.grades)

    def nothing_handed_in(self, assignment: str, student: str, there: Sequence[str]) -> None:
        """Give nothing for the notebooks of an assignment that were not handed in."""
        for notebook in self._open.find_submission(assignment, student).notebooks:
            if notebook.name not in there:
                for grade in notebook.grades:
                    grade.auto_score, grade.needs_manual_grade = 0, False
        self._session.commit()

    def _write_grades(self, row: SubmittedNotebook, marked: Marked) -> None:
        for grade in row.grades:
            item = marked.items.get(grade.name)
            if item is not None:
                grade.auto_score = item["earned"]
            elif grade.name in marked.untouched:
                grade.auto_score = 0
            else:
                grade.auto_score = None
            asked = grade.auto_score is None or grade.manual_score is not None
            grade.needs_manual_grade = asked

    def _write_comments(self, row: SubmittedNotebook, marked: Marked) -> None:
        for comment in row.comments:
            empty = comment.name in marked.untouched
            comment.auto_comment = "No response." if empty else None

    def _record(self, marked: Marked) -> None:
        names = (marked.assignment, marked.notebook, marked.student)
        where = sa.and_(*(c == n for c, n in zip(list(MARKED.primary_key), names, strict=True)))
        self._session.execute(sa.delete(MARKED).where(where))
        self._session.execute(
            sa.insert(MARKED).values(
                assignment=marked.assignment,
                notebook=marked.notebook,
                student=marked.student,
                digest=marked.digest,
                marked_at=datetime.now(UTC).isoformat(timespec="seconds"),
                trouble=marked.trouble,
                notes=json.dumps(list(marked.notes)),
                items=json.dumps(marked.items),
            )
        )


def changed_since(marks: int) -> str:
    """Say that so many marks of a person stand on work that is not what they marked.

    >>> changed_since(1)
    'It has changed since a person marked 1 item: look again.'
    """
    return f"It has changed since a person marked {counted(marks, 'item')}: look again."
