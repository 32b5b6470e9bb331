"""What a participant is given back: one page, with their score, hints and a next step.

A page is made of what was recorded when the work was marked: no test, no expected value and no
trace of the grader can stand in it, because none is at hand.
"""

from __future__ import annotations

import html
import json
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from pcqa_teach.classroom.folder import ClassFolder
from pcqa_teach.classroom.results import results
from pcqa_teach.classroom.rubric import rubrics
from pcqa_teach.run import output, page, words

_FOOT = (
    "Marks are for learning: they show what to look at again, and count for nothing else. Nobody "
    "but you and your coach is given this page."
)
_NOT_YET = "A person has yet to read this one."
Say = Callable[[int, int], None]
Said = Mapping[str, Mapping[Any, Any]]  # what was recorded of each item


@dataclass(frozen=True)
class Told:
    """What the lessons say that pages need: titles, objectives by item, rubrics."""

    titles: Mapping[str, str]
    order: Mapping[str, int]
    rubrics: Mapping[str, Mapping[int, str]]


def feedback(course: ClassFolder, assignment: str, say: Say | None = None) -> list[Path]:
    """Write a page for each participant, and an archive of them in the form that Moodle takes.

    Raises
    ------
    ClassroomError
        Nothing has been marked yet.
    """
    found = results(course.gradebook, assignment)
    told = _told(course, assignment)
    people = sorted(found.grades["student"].unique())
    by_student = dict(iter(found.grades.groupby("student")))
    answers = dict(iter(found.answers.groupby("student")))
    troubles = dict(iter(found.troubles.groupby("student")))
    made = []
    for number, student in enumerate(people, start=1):
        text = _page(student, assignment, by_student[student], answers.get(student),
                     troubles.get(student), told)  # fmt: skip
        target = course.part("feedback", student, assignment, "feedback.html")
        target.parent.mkdir(parents=True, exist_ok=True)
        with output.file(target, replace=True) as draft:
            draft.write_text(text, encoding="utf-8")
        made.append(target)
        if say:
            say(number, len(people))
    _pack(course, assignment, made)
    return made


def _told(course: ClassFolder, assignment: str) -> Told:
    titles: dict[str, str] = {}
    order: dict[str, int] = {}
    marks: dict[str, dict[int, str]] = {}
    for number, path in enumerate(sorted(course.part("source", assignment).glob("*.ipynb"))):
        notebook = json.loads(path.read_text(encoding="utf-8"))
        titles[path.stem] = notebook["metadata"].get("pcqa", {}).get("title", path.stem)
        order[path.stem] = number
        marks |= rubrics(notebook["cells"])
    return Told(titles, order, marks)


def _page(
    student: str,
    assignment: str,
    grades: pd.DataFrame,
    answers: pd.DataFrame | None,
    troubles: pd.DataFrame | None,
    told: Told,
) -> str:
    scored = grades.dropna(subset=["score"])
    got, of = scored["score"].sum(), grades["max_score"].sum()
    waiting = int(grades["waiting"].sum())
    facts = [
        ("Participant", student),
        ("Assignment", assignment),
        ("Score", f"{got:g} of {of:g} points" + (", so far" if waiting else "")),
        ("Made", f"{date.today():%d %B %Y}".lstrip("0")),
    ]
    said = {} if answers is None else {row["item"]: row for row in answers.to_dict("records")}
    stopped = {} if troubles is None else troubles.set_index("notebook")["trouble"].to_dict()
    blocks = [_next_step(grades, said, waiting)]
    for notebook, items in sorted(
        grades.groupby("notebook"), key=lambda one: told.order.get(str(one[0]), 99)
    ):
        blocks.append(f"<h2>{html.escape(told.titles.get(str(notebook), str(notebook)))}</h2>")
        if notebook in stopped:
            blocks.append(
                "<p>This notebook was not marked by the computer "
                f"({html.escape(stopped[notebook])}). Your coach will look at it.</p>"
            )
        blocks.append(_table(items, said, told))
    return page.rendered("Feedback", facts, blocks, foot=_FOOT)


def _next_step(grades: pd.DataFrame, said: Said, waiting: int) -> str:
    """Name one thing to do next: the first hint, or the reading that is still to come."""
    for item in grades["item"]:
        hint = said.get(item, {}).get("hint")
        if hint:
            return f"<p><strong>Next:</strong> {html.escape(hint)}</p>"
    missing = grades[(grades["score"] < grades["max_score"]) & ~grades["waiting"]]
    if len(missing):
        return "<p><strong>Next:</strong> go back to the worked example, and try once more.</p>"
    if waiting:
        return "<p>All that a computer marks is right. What you wrote is being read.</p>"
    return "<p>All of it is right. Help somebody at your table with the one you found hardest.</p>"


def _table(items: pd.DataFrame, said: Said, told: Told) -> str:
    rows = []
    for row in items.sort_values("item").to_dict("records"):
        score = "–" if pd.isna(row["score"]) else f"{row['score']:g}"
        rows.append(
            f'<tr><th scope="row">{html.escape(row["item"])}</th>'
            f"<td>{score} of {row['max_score']:g}</td><td>{_words(row, said, told)}</td></tr>"
        )
    return (
        '<div class="scroll"><table><caption>Item by item</caption><thead><tr>'
        '<th scope="col">Item</th><th scope="col">Points</th><th scope="col">What was said</th>'
        f"</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _words(row: Mapping[Any, Any], said: Said, told: Told) -> str:
    comment = words.from_markdown(row["comment"]) if row["comment"] else ""
    item = row["item"]
    if item in said:
        text = str(said[item]["said"]).partition(": ")[2]
        return html.escape(text[:1].upper() + text[1:]) + comment
    if row["waiting"] and not row["by_hand"]:
        return _NOT_YET + comment
    rubric = told.rubrics.get(item, {})
    earned = None if pd.isna(row["score"]) else int(row["score"])
    return html.escape(rubric.get(earned, "") if earned is not None else "") + comment


def _pack(course: ClassFolder, assignment: str, pages: list[Path]) -> None:
    """Put the pages into an archive: a folder a participant, as Moodle takes feedback files."""
    target = course.part("feedback", f"{assignment}.zip")
    with output.file(target, replace=True) as draft, zipfile.ZipFile(draft, "w") as archive:
        for path in pages:
            archive.write(path, f"{path.parent.parent.name}/{path.name}")
