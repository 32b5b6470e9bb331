"""What was marked, as frames: the one place that reads the gradebook for pages and tables."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import sqlalchemy as sa

from pcqa_teach.classroom.grading.book import MARKED
from pcqa_teach.errors import ClassroomError

# One row a grade, nbgrader's own tables joined; a person's mark goes before the computer's.
_GRADES = """
select a.name as assignment, n.name as notebook, sa.student_id as student, b.name as item,
       g.auto_score, g.manual_score, g.extra_credit, g.needs_manual_grade, gc.max_score,
       c.manual_comment, sa.timestamp as handed_in
from grade g
join base_cell b on b.id = g.cell_id
join grade_cells gc on gc.id = b.id
join submitted_notebook sn on sn.id = g.notebook_id
join submitted_assignment sa on sa.id = sn.assignment_id
join notebook n on n.id = sn.notebook_id
join assignment a on a.id = sa.assignment_id
left join comment c on c.notebook_id = sn.id and c.cell_id = b.id
"""


@dataclass(frozen=True)
class Results:
    """What a class has been marked.

    `grades`: a row a participant and item, with `score` of `max_score`, whether a person is still
    `waiting` to mark it, a person's `comment`; `answers`: a row a participant and item that a
    computer marks, with `outcome`, `misconception`, `hint` and `answer`; `troubles`: a row a
    notebook that needs a person, with the reason; `notes`: what was mended in a notebook.
    """

    grades: pd.DataFrame
    answers: pd.DataFrame
    troubles: pd.DataFrame
    notes: pd.DataFrame


def results(url: str, assignment: str | None = None) -> Results:
    """Read the results of a class, or of one assignment, in one pass.

    Raises
    ------
    ClassroomError
        Nothing has been marked yet.
    """
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            if not sa.inspect(connection).has_table(MARKED.name):
                raise ClassroomError(
                    "Nothing has been marked in this class yet: run `pcqa classroom grade` first."
                )
            grades = pd.DataFrame(connection.execute(sa.text(_GRADES)).mappings().all())
            marked = [dict(row) for row in connection.execute(sa.select(MARKED)).mappings()]
    finally:
        engine.dispose()
    if assignment is not None:
        marked = [row for row in marked if row["assignment"] == assignment]
        grades = grades[grades["assignment"] == assignment] if len(grades) else grades
    if not marked:
        raise ClassroomError("Nothing of this assignment has been marked yet.")
    return Results(_scored(grades), _answers(marked), _troubles(marked), _notes(marked))


def _scored(grades: pd.DataFrame) -> pd.DataFrame:
    auto, manual = (pd.to_numeric(grades[f"{who}_score"]) for who in ("auto", "manual"))
    extra = pd.to_numeric(grades["extra_credit"]).fillna(0.0)
    score = manual.where(manual.notna(), auto) + extra
    waiting = grades["needs_manual_grade"].astype(bool)
    return pd.DataFrame(
        {
            **{name: grades[name] for name in ("assignment", "notebook", "student", "item")},
            "score": score,
            "max_score": pd.to_numeric(grades["max_score"]),
            "by_hand": manual.notna(),
            "waiting": waiting,
            "comment": grades["manual_comment"].fillna(""),
            "handed_in": pd.to_datetime(grades["handed_in"]),
        }
    )


def _rows(marked: list[dict[str, Any]]) -> list[tuple[Mapping[str, Any], dict[str, Any]]]:
    return [(row, json.loads(row["items"])) for row in marked]


def _where(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in ("assignment", "notebook", "student")}


def _answers(marked: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["assignment", "notebook", "student", "item", "outcome", "misconception", "hint",
               "said", "earned", "answer"]  # fmt: skip
    found = [
        {**_where(row), "item": item, **{name: one.get(name) for name in columns[4:]}}
        for row, items in _rows(marked)
        for item, one in items.items()
    ]
    return pd.DataFrame(found, columns=columns)


def _troubles(marked: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["assignment", "notebook", "student", "trouble"]
    found = [{**_where(row), "trouble": row["trouble"]} for row in marked if row["trouble"]]
    return pd.DataFrame(found, columns=columns)


def _notes(marked: list[dict[str, Any]]) -> pd.DataFrame:
    columns = ["assignment", "notebook", "student", "note"]
    found = [{**_where(row), "note": note} for row in marked for note in json.loads(row["notes"])]
    return pd.DataFrame(found, columns=columns)
