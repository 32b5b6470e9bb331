"""The page of insights: what a coach reads between two days, or keeps open during one."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from pcqa_teach.classroom import private
from pcqa_teach.classroom.folder import ClassFolder, Person
from pcqa_teach.classroom.insights import words
from pcqa_teach.classroom.insights.items import FEWEST
from pcqa_teach.classroom.insights.measures import Measures, measured
from pcqa_teach.classroom.insights.pseudonyms import Names
from pcqa_teach.classroom.insights.tables import Bar, Cell, Words, table
from pcqa_teach.classroom.results import NothingMarked, results
from pcqa_teach.classroom.rubric import Told, told
from pcqa_teach.errors import ClassroomError
from pcqa_teach.run import output, page
from pcqa_teach.sayings import counted, percent

FOLDER = "insights"
_MOST_ROWS = 40
_FOOT = (
    "For the coach of this class. Made on this computer from its gradebook; nothing was sent "
    "anywhere. Answers may hold anything that somebody typed: look at the page before you share it."
)
_HEAD = '<meta charset="utf-8">'


def write(
    course: ClassFolder,
    assignment: str | None = None,
    *,
    names: bool = False,
    refresh: int | None = None,
) -> Path:
    """Write the page of an assignment, or of all of them, and return where it is.

    Parameters
    ----------
    course
        The class.
    assignment : str, optional
        Such as `core-day1`.
    names : bool
        Whether people stand on it by their names (or codes) rather than by made-up ones.
    refresh : int, optional
        The page is to load itself again every so many seconds; while nothing has been marked, it
        says so instead of there being none.

    Raises
    ------
    ClassroomError
        Nothing has been marked yet, or the gradebook cannot be read.
    """
    called = assignment or "all assignments"
    target = course.part(FOLDER, f"{assignment or 'all'}{'--names' if names else ''}.html")
    if assignment is not None and not re.fullmatch(r"[\w][\w. -]*", assignment):
        raise ClassroomError("That is no name of an assignment: give one such as core-day1.")
    facts = [("Class", course.name), ("Read", f"{datetime.now():%d %B %Y, %H:%M:%S}".lstrip("0"))]
    try:
        found = results(course.gradebook, assignment)
    except NothingMarked:
        if refresh is None:
            raise
        text = page.rendered(f"Insights: {called}", facts, ["<p>Nothing is marked yet.</p>"])
    else:
        roster, lessons = course.roster(), told(course, assignment)
        seen = measured(found, lessons, roster)
        facts += _facts(seen, roster, names=names)
        who = _known(seen.codes, roster) if names else Names(course).of(seen.codes)
        blocks = _blocks(seen, lessons, who)
        text = page.rendered(f"Insights: {called}", facts, blocks, many=True, foot=_FOOT)
    if refresh is not None:
        again = f'{_HEAD}\n<meta http-equiv="refresh" content="{int(refresh)}">'
        text = text.replace(_HEAD, again, 1)
    private.folder(target.parent)
    with output.file(target, replace=True) as draft:
        draft.write_text(text, encoding="utf-8")
    return target


def _facts(seen: Measures, roster: Mapping[str, Person], *, names: bool) -> list[tuple[str, str]]:
    there = len(roster) - len(seen.absent)
    others = f", and {seen.handed_in - there} not in it" if seen.handed_in > there else ""
    of = f"{there} of {len(roster)} in the roster{others}" if roster else str(seen.handed_in)
    shown = "their names" if names else "made-up names, the same on every page of this class"
    return [("Handed in", of), ("People are shown by", shown)]


def _known(codes: set[str], roster: Mapping[str, Person]) -> dict[str, str]:
    found = {}
    for code in codes:
        person = roster.get(code, Person(code))
        named = f"{person.first_name} {person.last_name}".strip()
        found[code] = f"{named} ({code})" if named else code
    return found


def _blocks(seen: Measures, lessons: Told, who: Mapping[str, str]) -> list[str]:
    glance = "".join(f"<li>{html.escape(one)}</li>" for one in words.at_a_glance(seen, lessons))
    return [
        f"<ul>{glance}</ul>",
        "<h2>Whom to sit down with</h2>",
        *_stuck(seen, lessons, who),
        "<h2>Items</h2>",
        *_items(seen, lessons),
        "<h2>What the wrong answers show</h2>",
        *_wrong(seen),
        "<h2>Reflections to read first</h2>",
        *_reflections(seen, lessons, who),
        "<h2>When work came in</h2>",
        *_times(seen),
        *_groups(seen),
    ]


def _stuck(seen: Measures, lessons: Told, who: Mapping[str, str]) -> list[str]:
    blocks = [_said(words.STUCK_RULE)]
    if len(seen.stuck):
        rows = seen.stuck.to_dict("records")
        columns: dict[str, list[Cell]] = {
            "Sit down with": [who[row["student"]] for row in rows],
            "To": [Words(words.to_do(row, lessons)) for row in rows],
            "In": [lessons.title(row["lesson"]) for row in rows],
            "Why": [row["why"] for row in rows],
        }
        blocks.append(table(columns, "The fewest points first", _MOST_ROWS))
    else:
        blocks.append(_said("Nobody, as far as marks can tell."))
    if seen.absent:
        listed = "".join(f"<li>{html.escape(who[code])}</li>" for code in seen.absent)
        many = counted(len(seen.absent), "person", "people")
        blocks.append(
            f"<details><summary>{many} of the roster handed in nothing</summary><ul>{listed}</ul>"
            "</details>"
        )
    return blocks


def _items(seen: Measures, lessons: Told) -> list[str]:
    if seen.items.empty:
        return [_said("Nothing that a computer marks has been marked.")]
    rows = seen.items.to_dict("records")
    columns: dict[str, list[Cell]] = {
        "Item": [row["item"] for row in rows],
        "It asks to": [Words(lessons.objectives.get(row["item"], "")) for row in rows],
        "People": [int(row["people"]) for row in rows],
        "All of it right": [Bar(row["right"], percent(row["right"])) for row in rows],
        "Points": [percent(row["points"]) for row in rows],
        "Left empty": [int(row["empty"]) for row in rows],
        "Could not be run": [int(row["not_run"]) for row in rows],
    }
    enough = int(seen.items["people"].max()) >= FEWEST
    if enough:
        columns["Discrimination"] = [words.discrimination(row) for row in rows]
    said = words.DISCRIMINATION if enough else words.NO_DISCRIMINATION
    return [table(columns, "In the order of the lessons"), _said(said)]


def _wrong(seen: Measures) -> list[str]:
    if seen.wrong.empty:
        return [_said("There is no wrong answer.")]
    rows = seen.wrong.to_dict("records")
    columns: dict[str, list[Cell]] = {
        "Item": [row["item"] for row in rows],
        "Misconception": [words.misconception(row["misconception"]) for row in rows],
        "People": [
            Bar(row["people"] / row["answered"], f"{row['people']} of {row['answered']}")
            for row in rows
        ],
        "Such as": [f"{row['answer']} ({row['alike']})" for row in rows],
        "What they were told": [Words(row["hint"] or "–") for row in rows],
    }
    return [_said(words.WRONG), table(columns, "The commonest of each item")]


def _reflections(seen: Measures, lessons: Told, who: Mapping[str, str]) -> list[str]:
    if seen.reflections.empty:
        return [_said("None is waiting.")]
    rows = seen.reflections.to_dict("records")
    columns: dict[str, list[Cell]] = {
        "Who": [who[row["student"]] for row in rows],
        "Reflection": [row["item"] for row in rows],
        "Lesson": [lessons.title(row["notebook"]) for row in rows],
        "The task before it": [words.before(row) for row in rows],
        "Waiting since": [words.since(row["handed_in"]) for row in rows],
    }
    return [_said(words.READ_FIRST), table(columns, "Read them in this order", _MOST_ROWS)]


def _times(seen: Measures) -> list[str]:
    if seen.time.empty:
        return [_said("No time was noted.")]
    rows = seen.time.to_dict("records")
    most = max(row["people"] for row in rows)
    columns: dict[str, list[Cell]] = {
        "From": [words.start(row["start"], seen.hourly) for row in rows],
        "People": [Bar(row["people"] / most, str(row["people"])) for row in rows],
    }
    return [
        _said(f"{words.when(seen.time)}. Of each person, the last version that counts."),
        table(columns, f"By the {'hour' if seen.hourly else 'day'}"),
    ]


def _groups(seen: Measures) -> list[str]:
    if seen.groups.empty:
        return ["<h2>Groups</h2>", _said(words.too_small(seen.small))] if seen.small else []
    rows = seen.groups.to_dict("records")
    columns: dict[str, list[Cell]] = {
        "Group": [row["group"] for row in rows],
        "People": [int(row["people"]) for row in rows],
        "Mean share of points": [Bar(row["mean"], percent(row["mean"])) for row in rows],
        "The middle half": [f"{percent(row['low'])} to {percent(row['high'])}" for row in rows],
    }
    return [
        "<h2>Groups</h2>",
        table(columns, "What a computer marks, by the groups of the roster"),
        _said(words.groups(seen)),
    ]


def _said(text: str) -> str:
    return f"<p>{html.escape(text)}</p>"
