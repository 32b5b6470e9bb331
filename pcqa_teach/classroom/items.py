"""An assignment's items as nbgrader's gradebook holds them, and what they are worth.

They are read where nbgrader has made them and laid into a class's gradebook at once or not at all.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach.classroom.settings import at_work
from pcqa_teach.errors import ClassroomError
from pcqa_teach.sayings import and_list

if TYPE_CHECKING:
    from nbgrader.api import Gradebook, Notebook

_KINDS = ("grade", "solution", "task", "source")
_OF_THEIR_PLACE = {"id", "name", "notebook", "assignment"}


@dataclass(frozen=True)
class Items:
    """A notebook's items: by kind and name, what the gradebook notes of each."""

    kernelspec: str
    cells: Mapping[tuple[str, str], Mapping[str, Any]]

    @property
    def names(self) -> frozenset[str]:
        """What they are called."""
        return frozenset(name for _, name in self.cells)


def made(url: str, assignment: str) -> dict[str, Items]:
    """Return an assignment's notebooks with their items, as a gradebook has them."""
    with _opened(url) as book:
        return {one.name: _of(one) for one in book.find_assignment(assignment).notebooks}


def refuse(url: str, assignment: str, new: Mapping[str, Items]) -> None:
    """Raise ClassroomError where work has come in that these items would no longer fit.

    A lesson more is no hindrance: whoever has handed in before has handed in nothing of it yet.
    """
    from nbgrader.api import MissingEntry

    with _opened(url) as book:
        try:
            known = book.find_assignment(assignment)
        except MissingEntry:
            return
        old = {one.name: _of(one) for one in known.notebooks} if known.submissions else {}
    if not old:
        return
    changed = []
    if gone := sorted(set(old) - set(new)):
        changed.append(f"a lesson less ({and_list(gone)})")
    for name in sorted(set(new) & set(old)):
        if new[name].cells.keys() == old[name].cells.keys():
            continue
        more, less = new[name].names - old[name].names, old[name].names - new[name].names
        said = [f"{and_list(sorted(more))} added"] * bool(more)
        said += [f"{and_list(sorted(less))} taken away"] * bool(less)
        changed.append(f"other items in {name} ({'; '.join(said) or 'of another kind'})")
    if changed:
        raise ClassroomError(
            f"'{assignment}' now has {and_list(changed)}, and work on it has been marked, which "
            "would no longer fit. What was handed out is as it was. Put the items back as they "
            "were, or hand the new version out in a new class: `pcqa classroom init FOLDER`."
        )


def write(url: str, course: str, assignment: str, new: Mapping[str, Items]) -> None:
    """Lay an assignment's items into a class's gradebook, all of them or none.

    Raises
    ------
    ClassroomError
        The gradebook cannot be written.
    """
    from nbgrader.api import InvalidEntry
    from sqlalchemy.exc import SQLAlchemyError

    failed = False
    try:
        with _opened(url, course) as book:
            session: Any = book.db
            commit, session.commit = session.commit, session.flush
            try:
                _lay(book, assignment, new)
                commit()
            finally:
                session.commit = commit
    except (InvalidEntry, SQLAlchemyError):
        failed = True
    if failed:
        raise ClassroomError(
            "The gradebook could not be written just now: close what else uses it, and hand out "
            "again. What was handed out is as it was."
        )


def _lay(book: Gradebook, assignment: str, new: Mapping[str, Items]) -> None:
    known = book.update_or_create_assignment(assignment)
    there = {one.name for one in known.notebooks}
    if not known.submissions:
        for name in there:
            book.remove_notebook(name, assignment)
        there = set()
        book.db.expire_all()
    for name, items in new.items():
        if name not in there:
            book.add_notebook(name, assignment, kernelspec=items.kernelspec)
        for (kind, cell), about in items.cells.items():
            getattr(book, f"update_or_create_{kind}_cell")(cell, name, assignment, **about)
    more = set(new) - there
    if known.submissions and more:
        book.db.expire_all()
        for notebook in known.notebooks:
            if notebook.name in more:
                _enter_nothing(book, known.submissions, notebook)


def _enter_nothing(book: Gradebook, submissions: Sequence[Any], notebook: Notebook) -> None:
    """Enter a lesson that has come later where work was handed in before: nothing of it is there.

    nbgrader lays out a submission's notebooks once, when it is first entered.
    """
    from nbgrader.api import Comment, Grade, SubmittedNotebook

    for submission in submissions:
        row = SubmittedNotebook(notebook=notebook, assignment=submission)
        book.db.add(row)
        marked = [*notebook.grade_cells, *notebook.task_cells]
        answered = [*notebook.solution_cells, *notebook.task_cells]
        for cell in marked:
            book.db.add(
                Grade(cell_id=cell.id, notebook=row, auto_score=0, needs_manual_grade=False)
            )
        for cell in answered:
            book.db.add(Comment(cell_id=cell.id, notebook=row))
    book.db.flush()


def _of(notebook: Notebook) -> Items:
    cells = {}
    for kind in _KINDS:
        for cell in getattr(notebook, f"{kind}_cells"):
            about = cell.to_dict()
            cells[kind, cell.name] = {k: v for k, v in about.items() if k not in _OF_THEIR_PLACE}
    return Items(notebook.kernelspec, cells)


@contextlib.contextmanager
def _opened(url: str, course: str | None = None) -> Iterator[Gradebook]:
    from nbgrader.api import Gradebook

    with at_work(), contextlib.closing(Gradebook(url, course)) as book:
        yield book
