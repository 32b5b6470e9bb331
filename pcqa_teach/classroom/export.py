"""Marks as a table for other programs: plain, or as Moodle's gradebook takes them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from pcqa_teach.classroom.folder import ClassFolder, Person
from pcqa_teach.classroom.results import Results, results
from pcqa_teach.classroom.rubric import Told, told
from pcqa_teach.run import output
from pcqa_teach.run.stress import unstressed
from pcqa_teach.sayings import and_list, counted

Form = Literal["plain", "moodle"]
# A spreadsheet takes a cell that begins so for a formula, and runs it.
_ACTS = re.compile(r"^\s*[=+\-@|%\t\r＝＋－＠]")
_PLAIN = (
    *("code", "group", "assignment", "notebook", "item", "score", "max_score", "handed_in"),
    *("waiting", "marked_by_a_person", "outcome", "misconception", "comment"),
)
_MOST_NAMED = 12
_NONE = "-"  # what Moodle itself writes for a mark that is not there


def export(
    course: ClassFolder,
    target: Path,
    assignment: str | None = None,
    *,
    form: Form = "plain",
    replace: bool = False,
) -> int:
    """Write the marks as CSV, whole or not at all; return how many rows.

    Parameters
    ----------
    course
        The class.
    target : path
        The file to write.
    assignment : str, optional
        All, where none is named.
    form : str
        `plain`: a row a participant and item. `moodle`: a row a participant, with what Moodle's
        *Grades, Import, CSV file* knows people by, a column an item, the total once nothing is
        waiting, and what was said. In both, everybody of the roster; what was not handed in has no
        mark.
    replace : bool
        Whether to put it in the place of a file that exists.

    Raises
    ------
    ClassroomError
        Nothing has been marked yet.
    RunError
        The file exists (and `replace` is not set), or cannot be written.
    """
    found, lessons, roster = results(course.gradebook, assignment), told(course), course.roster()
    found = _with_everybody(found, roster)
    make = _moodle if form == "moodle" else _plain
    head, rows = make(found, lessons, roster)
    # A spreadsheet tells by a first mark that the text is UTF-8; Moodle is told.
    coding = "utf-8" if form == "moodle" else "utf-8-sig"
    with (
        output.file(target, replace=replace) as draft,
        draft.open("w", encoding=coding, newline="") as file,
    ):
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(head)
        writer.writerows([[inert(cell) for cell in row] for row in rows])
    return len(rows)


def said(course: ClassFolder, assignment: str | None = None, form: Form = "plain") -> list[str]:
    """Return what a coach should know of the table: whose total is open, who handed in nothing.

    Raises
    ------
    ClassroomError
        Nothing has been marked yet.
    """
    found = results(course.gradebook, assignment)
    grades, sentences = found.grades[found.grades["handed"]], []
    left = grades[grades["waiting"] | grades["score"].isna()]
    if form == "moodle" and len(left):
        by_computer = left["item"].isin(set(found.answers["item"]))
        written, others = int((~by_computer).sum()), int(by_computer.sum())
        why = [
            f"{counted(written, 'reflection')} {'is' if written == 1 else 'are'} still to be read",
            f"{counted(others, 'item')} {'needs' if others == 1 else 'need'} a person",
        ]
        people = counted(left["student"].nunique(), "person", "people")
        named = and_list([one for one, count in zip(why, (written, others), strict=True) if count])
        sentences.append(f"The total is open for {people}: {named}.")
    absent = sorted(set(course.roster()) - set(grades["student"]))
    if absent:
        people = counted(len(absent), "person", "people")
        sentences.append(f"{people} of the roster handed in nothing: {quoted_codes(absent)}.")
    return sentences


def quoted_codes(codes: Sequence[str]) -> str:
    """Name people by their codes, the first dozen of many.

    >>> quoted_codes(["a-1", "b-2"])
    'a-1 and b-2'
    """
    if len(codes) <= _MOST_NAMED:
        return and_list(codes)
    return and_list([*codes[:_MOST_NAMED], f"{len(codes) - _MOST_NAMED} more"])


def _with_everybody(found: Results, roster: Mapping[str, Person]) -> Results:
    """Return the results with no mark for what was not handed in, of everybody of the roster."""
    grades = found.grades
    grades = grades.assign(score=grades["score"].where(grades["handed"]))
    absent = sorted(set(roster) - set(grades["student"]))
    if not absent:
        return replace(found, grades=grades)
    nothing: dict[str, Any] = {
        "score": float("nan"), "by_hand": False, "waiting": False, "comment": "", "handed": False,
        "handed_in": pd.NaT,
    }  # fmt: skip
    items = grades.drop_duplicates(["assignment", "notebook", "item"]).assign(**nothing)
    rows = [items.assign(student=code) for code in absent]
    return replace(found, grades=pd.concat([grades, *rows], ignore_index=True))


def inert(cell: Any) -> Any:
    """Return a cell that no spreadsheet takes for a formula: such text begins with an apostrophe.

    >>> inert("=1+1"), inert("well done"), inert(-0.5), inert("-")
    ("'=1+1", 'well done', -0.5, '-')
    """
    if not isinstance(cell, str) or cell == _NONE:
        return cell
    return f"'{cell}" if _ACTS.match(cell) else cell


def _sorted(found: Results, lessons: Told) -> pd.DataFrame:
    grades = found.grades
    place = {item: number for number, item in enumerate(lessons.sorted(grades["item"].unique()))}
    ordered = grades.assign(place=grades["item"].map(place))
    return ordered.sort_values(["student", "assignment", "place"], kind="stable")


def _plain(
    found: Results, lessons: Told, roster: Mapping[str, Person]
) -> tuple[list[str], list[list[Any]]]:
    keys = ["assignment", "notebook", "student", "item"]
    grades = _sorted(found, lessons).merge(
        found.answers[[*keys, "outcome", "misconception"]], on=keys, how="left"
    )
    rows = [
        [
            row["student"],
            roster[row["student"]].group if row["student"] in roster else "",
            row["assignment"],
            row["notebook"],
            row["item"],
            _number(row["score"], ""),
            _number(row["max_score"], ""),
            "yes" if row["handed"] else "no",
            "yes" if row["waiting"] else "no",
            "yes" if row["by_hand"] else "no",
            *(unstressed(row[name]) if isinstance(row[name], str) else "" for name in _PLAIN[-3:]),
        ]
        for row in grades.to_dict("records")
    ]
    return list(_PLAIN), rows


def _moodle(
    found: Results, lessons: Told, roster: Mapping[str, Person]
) -> tuple[list[str], list[list[Any]]]:
    grades = _sorted(found, lessons)
    items = lessons.sorted(grades["item"].unique())
    comments = _said(found, grades)
    rows = []
    for student, own in grades.groupby("student"):
        person = roster.get(str(student), Person(str(student)))
        score, there = own.set_index("item")["score"], own[own["handed"]]
        open_still = there.empty or bool(there["waiting"].any() or there["score"].isna().any())
        rows.append(
            [
                person.code,
                person.email,
                *(_number(score.get(item), _NONE) for item in items),
                _NONE if open_still else _number(score.sum(), _NONE),
                comments.get(str(student), ""),
            ]
        )
    return ["ID number", "Email address", *items, "Total", "Feedback comments"], rows


def _said(found: Results, grades: pd.DataFrame) -> dict[str, str]:
    """Return, by participant, the hints and a person's comments, each after its item."""
    hints = found.answers.set_index(["student", "item"])["hint"].to_dict()
    lines: dict[str, list[str]] = {}
    for row in grades.to_dict("records"):
        hint = "" if row["by_hand"] else hints.get((row["student"], row["item"])) or ""
        if told_them := " ".join(_one_line([hint, row["comment"]])):
            line = f"{row['item']}: {unstressed(told_them)}"
            lines.setdefault(row["student"], []).append(line)
    return {student: " | ".join(own) for student, own in lines.items()}


def _one_line(parts: Sequence[str] | Iterable[str]) -> Iterable[str]:
    return (" ".join(part.split()) for part in parts if part and part.strip())


def _number(value: Any, none: str) -> Any:
    """Return a mark without needless decimals."""
    if value is None or pd.isna(value):
        return none
    number = round(float(value), 4)
    return int(number) if number.is_integer() else number
