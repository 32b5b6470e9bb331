"""The days of the programme: what comes when, from the lessons' own minutes and `programme.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pcqa_teach.errors import LessonError
from pcqa_teach.lessons import LessonMeta, metadata
from pcqa_teach.publish.workbook import part

FILE = "programme.yml"
SLOT = re.compile(r"^<!-- timetable: ([\w-]+) -->$", re.MULTILINE)
SLOT_MINUTES = re.compile(r"<!-- minutes: ([\w-]+) -->")
SLOT_LESSON = re.compile(r"<!-- lesson: (\w+) -->")
SLOT_WHOLE = re.compile(r"^<!-- the whole programme -->$", re.MULTILINE)
_TIME = re.compile(r"\d\d:\d\d")
LONGEST_SITTING = 150  # minutes without a break


@dataclass(frozen=True)
class Session:
    """A stretch of a day: from when to when, and the lesson that it is, if it is one.

    `start` and `end` are minutes after midnight.
    """

    start: int
    end: int
    what: str
    lesson: LessonMeta | None = None

    @property
    def minutes(self) -> int:
        """How long it takes."""
        return self.end - self.start


def days(root: Path) -> dict[str, list[Session]]:
    """Return every day of the checkout at `root`, each with its sessions in order.

    Raises
    ------
    LessonError
        The file cannot be read, or names a lesson that there is not; the message says which.
    """
    return _days(_stated(root), lessons(root))


def lessons(root: Path) -> dict[str, LessonMeta]:
    """Return what each lesson of a checkout says of itself, by its id.

    Raises
    ------
    LessonError
        A notebook does not say what it is, or two have one id; the message names both.
    """
    return {name: meta for name, (_, meta) in _found(root).items()}


def _found(root: Path) -> dict[str, tuple[Path, LessonMeta]]:
    """Return each lesson's notebook, and what it says of itself."""
    found: dict[str, tuple[Path, LessonMeta]] = {}
    for path in sorted((root / "notebooks").glob("*/*.ipynb")):
        one = metadata(path)
        if one.id in found:
            # by the file's name: JupyterLab's "Duplicate" makes b3_plot-Copy1.ipynb beside it
            first, second = sorted((found[one.id][0].name, path.name), key=len)
            raise LessonError(
                f"'{first}' and '{second}' both call themselves lesson '{one.id}': delete "
                f"'{second}' if it is a copy, or give it a name and an id of its own."
            )
        found[one.id] = path, one
    return found


def shortfalls(root: Path) -> list[str]:
    """Return what does not add up in the days, as sentences; none when all does."""
    stated, known = _stated(root), lessons(root)
    found = []
    for day, sessions in _days(stated, known).items():
        end, planned = _clock(sessions[-1].end), stated[day]["ends"]
        if end != planned:
            found.append(f"'{day}' ends at {end}: the plan says {planned}.")
        taught = sorted(one.lesson.id for one in sessions if one.lesson)
        own = sorted(one.id for one in known.values() if one.assignment == day)
        if taught != own:
            found.append(f"'{day}' teaches {', '.join(taught)}; its lessons are {', '.join(own)}.")
        found += [
            f"'{day}' has {sitting} minutes without a break: {LONGEST_SITTING} are the most."
            for sitting in _sittings(sessions)
            if sitting > LONGEST_SITTING
        ]
    return found


def fill(page: str, root: Path, folder: str = "../notebooks") -> str:
    """Return a page with its timetables and minutes in the place of their marks.

    Parameters
    ----------
    page : str
        MyST; `<!-- timetable: core-day1 -->` on a line of its own becomes that day's table, or the
        lessons of an assignment that is no day; `<!-- the whole programme -->` every day and
        assignment; `<!-- minutes: core-day1 -->` its lessons' minutes; `<!-- lesson: b3 -->` a link
        to the lesson.
    root : path
        The checkout.
    folder : str
        Where the lessons are, seen from the page.
    """
    slots = (SLOT, SLOT_MINUTES, SLOT_LESSON, SLOT_WHOLE)
    if not any(slot.search(page) for slot in slots):
        return page
    files = _found(root)
    known = {name: meta for name, (_, meta) in files.items()}
    planned = _days(_stated(root), known)
    links = {
        name: f"[{meta.title}]({folder}/{path.parent.name}/{path.name})"
        for name, (path, meta) in files.items()
    }

    def of(name: str, what: str) -> list[LessonMeta]:
        own = [one for one in known.values() if one.assignment == name]
        if not own:
            raise LessonError(f"A page asks for the {what} of '{name}', which has no lesson.")
        return own

    def table(found: re.Match[str]) -> str:
        name = found[1]
        if name in planned:
            return _day_table(planned[name], links)
        return _list_table(of(name, "timetable"), links)

    def minutes(found: re.Match[str]) -> str:
        return str(sum(one.minutes for one in of(found[1], "minutes")))

    def link(found: re.Match[str]) -> str:
        if found[1] not in links:
            raise LessonError(f"A page names lesson '{found[1]}': there is none.")
        return links[found[1]]

    page = SLOT_WHOLE.sub(lambda _: _whole_table(planned, known, links), page)
    return SLOT_LESSON.sub(link, SLOT_MINUTES.sub(minutes, SLOT.sub(table, page)))


def _stated(root: Path) -> Mapping[str, Any]:
    """Return what the file says of each day, as it stands there."""
    import yaml

    try:
        read = yaml.safe_load((root / "book" / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        at = f" (line {mark.line + 1})" if mark else ""
        raise LessonError(f"'book/{FILE}' cannot be read as YAML{at}: mend it there.") from None
    for day, about in read.items() if isinstance(read, dict) else [("the file", None)]:
        if not _is_day(about):
            raise LessonError(
                f"'book/{FILE}': '{day}' is not a day: it needs `starts` and `ends`, each such as "
                '"09:30", and a `plan` of lessons, and of what else is done with its `minutes`.'
            )
    return dict(read)


def _is_day(about: Any) -> bool:
    """Say whether what the file says of a day can be laid out."""
    if not isinstance(about, dict) or not isinstance(about.get("plan"), list):
        return False
    times = (about.get("starts"), about.get("ends"))
    return all(isinstance(at, str) and _TIME.fullmatch(at) for at in times) and all(
        isinstance(one, dict)
        and ("lesson" in one or ("what" in one and isinstance(one.get("minutes"), int)))
        for one in about["plan"]
    )


def _days(stated: Mapping[str, Any], known: Mapping[str, LessonMeta]) -> dict[str, list[Session]]:
    return {day: _sessions(day, about, known) for day, about in stated.items()}


def _sessions(day: str, about: Mapping[str, Any], known: Mapping[str, LessonMeta]) -> list[Session]:
    hours, minutes = map(int, about["starts"].split(":"))
    at, found = hours * 60 + minutes, []
    for one in about["plan"]:
        lesson = None
        if "lesson" in one:
            lesson = known.get(one["lesson"])
            if lesson is None:
                raise LessonError(
                    f"'{day}' in {FILE} names lesson '{one['lesson']}': there is none."
                )
        lasts = lesson.minutes if lesson else int(one["minutes"])
        found.append(Session(at, at + lasts, lesson.title if lesson else one["what"], lesson))
        at += lasts
    return found


def _sittings(sessions: Sequence[Session]) -> list[int]:
    """Return how long people sit between breaks, in minutes."""
    found = [0]
    for one in sessions:
        if one.what in ("Break", "Lunch"):
            found.append(0)
        else:
            found[-1] += one.minutes
    return found


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _day_table(sessions: Sequence[Session], links: Mapping[str, str]) -> str:
    rows = [
        f"| {_clock(one.start)} | {one.minutes} | "
        f"{links[one.lesson.id] if one.lesson else one.what} |"
        for one in sessions
    ]
    rows.append(f"| {_clock(sessions[-1].end)} | | Close |")
    return "\n".join(["| Time | Minutes | What |", "|---|---|---|", *rows])


def _list_table(own: Sequence[LessonMeta], links: Mapping[str, str]) -> str:
    rows = [f"| {links[one.id]} | {one.minutes} |" for one in own]
    rows.append(f"| Together | {sum(one.minutes for one in own)} |")
    return "\n".join(["| Lesson | Minutes |", "|---|---|", *rows])


def _whole_table(
    planned: Mapping[str, Sequence[Session]],
    known: Mapping[str, LessonMeta],
    links: Mapping[str, str],
) -> str:
    """Return a row a day or assignment: when, and its lessons with their minutes."""
    own: dict[str, list[LessonMeta]] = {}
    for one in known.values():
        own.setdefault(one.assignment, []).append(one)
    for lessons_of in own.values():
        lessons_of.sort(key=lambda one: (one.id[0], int(re.sub(r"\D", "", one.id) or 0)))
    rows = []
    for name, lessons_of in sorted(own.items(), key=lambda item: (item[1][0].id[0], item[0])):
        sessions = planned.get(name)
        when = f"{_clock(sessions[0].start)} to {_clock(sessions[-1].end)}" if sessions else ""
        listed = "<br>".join(f"{links[one.id]}, {one.minutes}" for one in lessons_of)
        total = sum(one.minutes for one in lessons_of)
        rows.append(f"| {part(name)} | {when} | {listed} | {total} |")
    return "\n".join(["| Part | When | Lessons, minutes | Together |", "|---|---|---|---|", *rows])
