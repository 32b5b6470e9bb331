"""Whether the minutes of a lesson, and of a day, add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pcqa_teach.lessons.metadata import LessonMeta

SHORTEST, LONGEST = 20, 75
LONGEST_DAY = 360  # minutes of lessons in about six hours together
_PART = re.compile(r"^\*\*(\d+)\s*[-–]\s*(\d+) min, (teaching|exercise)\.\*\*", re.MULTILINE)


@dataclass(frozen=True)
class Part:
    """A stretch of a lesson as its facilitator is told it: from which minute to which."""

    start: int
    end: int
    kind: str


def parts(notebook: Mapping[str, Any]) -> list[Part]:
    """Return the stretches that a lesson's facilitator cells state, in order.

    A facilitator cell states one as `**0-5 min, teaching.**` at the beginning of a line.

    >>> cell = {"source": "**0-5 min, teaching.** Begin.", "metadata": {"tags": ["facilitator"]}}
    >>> parts({"cells": [cell]})
    [Part(start=0, end=5, kind='teaching')]
    """
    told = [
        "".join(cell["source"])
        for cell in notebook["cells"]
        if "facilitator" in cell["metadata"].get("tags", [])
    ]
    return [
        Part(int(start), int(end), kind)
        for source in told
        for start, end, kind in _PART.findall(source)
    ]


def shortfalls(meta: LessonMeta, stated: Iterable[Part]) -> list[str]:
    """Return what does not add up, as sentences; none when all does.

    Parameters
    ----------
    meta
        The lesson's metadata.
    stated
        The stretches its facilitator cells state (`parts`); a lesson may state none.
    """
    found = []
    if not SHORTEST <= meta.minutes <= LONGEST:
        found.append(
            f"'{meta.id}' takes {meta.minutes} minutes: lessons take {SHORTEST} to {LONGEST}."
        )
    stretches = list(stated)
    if not stretches:
        return found
    ends = [0, *(part.end for part in stretches)]
    starts = [*(part.start for part in stretches), meta.minutes]
    if ends != starts:
        found.append(
            f"'{meta.id}': the facilitator's stretches do not run from 0 to {meta.minutes} minutes "
            "without gap or overlap."
        )
    teaching = sum(part.end - part.start for part in stretches if part.kind == "teaching")
    if teaching != meta.teaching:
        found.append(
            f"'{meta.id}': its facilitator cells give {teaching} minutes of teaching, "
            f"its metadata {meta.teaching}."
        )
    return found


def day_shortfalls(lessons: Iterable[LessonMeta]) -> list[str]:
    """Return, for each taught day, a sentence where its lessons take longer than there is time."""
    days: dict[str, int] = {}
    for meta in lessons:
        days[meta.assignment] = days.get(meta.assignment, 0) + meta.minutes
    return [
        f"The lessons of '{day}' take {minutes} minutes: a day has {LONGEST_DAY}."
        for day, minutes in days.items()
        if "-day" in day and minutes > LONGEST_DAY
    ]
