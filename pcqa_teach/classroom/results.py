"""What was marked, as frames: the one place that reads the gradebook for pages and tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd
import sqlalchemy as sa

from pcqa_teach.classroom.grading.book import GRADES, MARKED, OF_ONE
from pcqa_teach.errors import ClassroomError

_NOTHING = "Nothing has been marked in this class yet: run `pcqa classroom grade` first."
# nbgrader keeps a comment under the cell that was answered: the item itself where a person marks
# it, the one before it where a computer does.
_GRADES = f"""
select a.name as assignment, n.name as notebook, sa.student_id as student, b.name as item,
       g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, gc.max_score,
       c.manual_comment, sa.timestamp as handed_in
{GRADES}
join grade_cells gc on gc.id = b.id
left join (
    select o.notebook_id, s.name, o.manual_comment
    from comment o join base_cell s on s.id = o.cell_id
    where o.manual_comment is not null
) c on c.notebook_id = sn.id and c.name in (b.name, b.name || '-answer')
"""  # noqa: S608  (of constants alone)
_GRADE_COLUMNS = (
    *("assignment", "notebook", "student", "item", "auto_score", "manual_score", "extra_credit"),
    *("needs_manual_grade", "max_score", "manual_comment", "handed_in"),
)
_WHERE = ("assignment", "notebook", "student")
_ANSWER = ("outcome", "misconception", "hint", "said", "earned", "answer", "wrong")


class NothingMarked(ClassroomError):  # noqa: N818  (what a page that waits looks for)
    """Nothing has been marked yet."""


@dataclass(frozen=True)
class Results:
    """What a class has been marked.

    `grades`: a row a participant and item, with `score` of `max_score`, whether its notebook was
    `handed` in and when (`handed_in`), whether a person is still `waiting` to mark it, a person's
    `comment`; `answers`: a row a participant and item that a computer marks, with `outcome`,
    `misconception`, `hint`, `answer` and the parts of it that are `wrong`; `troubles`: a row a
    notebook that still needs a person, with the reason; `notes`: what was mended in a notebook.
    """

    grades: pd.DataFrame
    answers: pd.DataFrame
    troubles: pd.DataFrame
    notes: pd.DataFrame


def results(url: str, assignment: str | None = None) -> Results:
    """Read the results of a class, or of one assignment, in one pass.

    Parameters
    ----------
    url : str
        The gradebook, as nbgrader takes it.
    assignment : str, optional
        All, where none is named.

    Raises
    ------
    NothingMarked
        Nothing has been marked yet.
    ClassroomError
        The gradebook cannot be read.
    """
    marks = sa.select(MARKED)
    grades = _GRADES
    if assignment is not None:
        marks, grades = marks.where(MARKED.c.assignment == assignment), _GRADES + OF_ONE
    named = {} if assignment is None else {"assignment": assignment}
    if not gradebook_there(url):
        raise NothingMarked(_NOTHING)
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table(MARKED.name):
                raise NothingMarked(_NOTHING)
            rows = connection.execute(sa.text(grades), named).all()
            marked = [dict(row) for row in connection.execute(marks).mappings()]
    except sa.exc.SQLAlchemyError:
        raise ClassroomError(
            "The gradebook cannot be read just now: see that its address is right, and that "
            "nothing else holds it."
        ) from None
    finally:
        engine.dispose()
    if not marked:
        raise NothingMarked(
            _NOTHING
            if assignment is None
            else f"Nothing of '{assignment}' has been marked yet: run `pcqa classroom grade "
            f"{assignment}` first."
        )
    read = [(row, json.loads(row["items"])) for row in marked]
    scored = _scored(pd.DataFrame(rows, columns=list(_GRADE_COLUMNS)), marked)
    return Results(
        scored,
        _answers(read),
        _listed("trouble", [(row, row["trouble"]) for row in _open_still(read, scored)]),
        _listed("note", [(r, note) for r in marked for note in json.loads(r["notes"])]),
    )


def _open_still(
    read: list[tuple[dict[str, Any], dict[str, Any]]], grades: pd.DataFrame
) -> list[dict[str, Any]]:
    """Return the notebooks with a trouble that no person's scores have settled."""
    unread = grades[grades["score"].isna()]
    left = set(unread[[*_WHERE, "item"]].itertuples(index=False, name=None))
    return [
        row
        for row, items in read
        if row["trouble"] and any((*(row[one] for one in _WHERE), item) in left for item in items)
    ]


def gradebook_there(url: str) -> bool:
    """Say whether there is anything to read; looking into a SQLite file would make an empty one."""
    about = sa.make_url(url)
    is_file = about.get_backend_name() == "sqlite" and about.database not in (None, "", ":memory:")
    return not is_file or Path(str(about.database)).is_file()


def _scored(grades: pd.DataFrame, marked: list[dict[str, Any]]) -> pd.DataFrame:
    auto, manual = (pd.to_numeric(grades[f"{who}_score"]) for who in ("auto", "manual"))
    extra = pd.to_numeric(grades["extra_credit"]).fillna(0.0)
    score = manual.where(manual.notna(), auto) + extra
    handed = pd.MultiIndex.from_tuples([tuple(row[name] for name in _WHERE) for row in marked])
    return pd.DataFrame(
        {
            **{name: grades[name] for name in (*_WHERE, "item")},
            "score": score,
            "max_score": pd.to_numeric(grades["max_score"]),
            "by_hand": manual.notna(),
            "waiting": grades["needs_manual_grade"].astype(bool),
            "comment": grades["manual_comment"].fillna(""),
            "handed": pd.MultiIndex.from_frame(grades[list(_WHERE)]).isin(handed),
            "handed_in": pd.to_datetime(grades["handed_in"]),
        }
    )


def _answers(read: list[tuple[dict[str, Any], dict[str, Any]]]) -> pd.DataFrame:
    found = [
        [*(row[name] for name in _WHERE), item, *(one.get(name) for name in _ANSWER)]
        for row, items in read
        for item, one in items.items()
    ]
    frame = pd.DataFrame(found, columns=[*_WHERE, "item", *_ANSWER], dtype="object")
    said = ["outcome", "misconception", "hint", "said"]
    return frame.assign(**{name: frame[name].fillna("").astype("object") for name in said})


def _listed(name: str, said: list[tuple[dict[str, Any], str]]) -> pd.DataFrame:
    found = [[*(row[one] for one in _WHERE), text] for row, text in said]
    return pd.DataFrame(found, columns=[*_WHERE, name])
