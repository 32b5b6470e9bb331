"""What the page of insights says: its rules, its cautions and its messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from pcqa_teach.classroom.insights.items import FEWEST
from pcqa_teach.classroom.insights.measures import Measures
from pcqa_teach.classroom.insights.people import SHUFFLES
from pcqa_teach.classroom.rubric import Told
from pcqa_teach.privacy import SMALL
from pcqa_teach.sayings import and_list, capital, counted, percent

STUCK_RULE = (
    "Those whose notebook needs a person, those who handed it in with nothing answered, and those "
    "with less than half of the points that a computer gives. The lesson is the one that lost them "
    "the most."
)
DISCRIMINATION = (
    "Discrimination is the correlation of getting an item right with the points on all the others "
    "(point-biserial). From about 0.2 it tells those who have understood from those who have not; "
    "near 0, or below, look at the item's wording before you look at the people. Under "
    f"{FEWEST} people it says nothing."
)
NO_DISCRIMINATION = (
    f"How well an item tells people apart is left out here: it takes {FEWEST} people to say it."
)
WRONG = (
    "Numbers in brackets: how many gave the very same answer. Only the wrong parts of an answer "
    "are shown, and only words that the lesson itself offers: any other text may be somebody's "
    "own, and its letters are counted, not shown."
)
READ_FIRST = (
    "First, those whose task right before the reflection earned less than half of its points: what "
    "they wrote is likely to rest on it. Among equals, the one that has waited longest."
)
_MOST_TIED = 3


def at_a_glance(seen: Measures, lessons: Told) -> list[str]:
    """Return the page in a few sentences."""
    said = []
    if len(seen.items):
        said.append(f"{hardest(seen.items)}.")
    known = seen.wrong[seen.wrong["misconception"] != ""]
    if len(known):
        said.append(commonest(known))
    if len(seen.stuck):
        said.append(f"{to_sit_down_with(seen.stuck['lesson'], lessons)}.")
    waiting = len(seen.reflections)
    first_read = int(seen.reflections["first"].sum())
    if waiting:
        first_of_all = f", {first_read} of them first" if 0 < first_read < waiting else ""
        said.append(f"{counted(waiting, 'reflection')} to read{first_of_all}.")
    if seen.absent:
        said.append(f"{counted(len(seen.absent), 'person', 'people')} handed in nothing.")
    return said


def commonest(known: pd.DataFrame) -> str:
    """Return the sentence about the commonest misconception, or those that are as common."""
    tied = known[known["people"] == known["people"].max()].to_dict("records")
    named = [
        f"{misconception(row['misconception']).lower()}, in {row['item']} ({row['people']} of "
        f"{counted(row['answered'], 'person', 'people')})"
        for row in tied[:_MOST_TIED]
    ]
    if len(tied) == 1:
        return f"The commonest misconception: {named[0]}."
    more = f"; and {len(tied) - _MOST_TIED} more" if len(tied) > _MOST_TIED else ""
    return f"{len(tied)} misconceptions are equally common: {'; '.join(named)}{more}."


def to_sit_down_with(lesson: pd.Series[Any], lessons: Told) -> str:
    """Return how many to sit down with, and over what where it is most of them."""
    counts = lesson.value_counts()
    many, first = counted(len(lesson), "person", "people"), lessons.title(str(counts.index[0]))
    if len(lesson) == counts.iloc[0]:
        return f"{many} to sit down with, over {first}"
    if 2 * counts.iloc[0] > len(lesson):
        return f"{many} to sit down with, {counts.iloc[0]} of them over {first}"
    return f"{many} to sit down with"


def to_do(row: Mapping[Any, Any], lessons: Told) -> str:
    """Say what to sit down with somebody for."""
    if row["item"]:
        return lessons.objectives.get(row["item"]) or f"go through {row['item']}"
    return "look at the notebook together"


def too_small(groups: Sequence[str]) -> str:
    """Say why groups are not compared."""
    has = "has" if len(groups) == 1 else "have"
    return (
        f"Groups are compared once two of them have {SMALL} people or more; "
        f"{and_list(list(groups))} {has} fewer."
    )


def hardest(items: pd.DataFrame) -> str:
    """Return the message about the items, without a full stop."""
    least = items["right"].min()
    if least >= 1:
        return "Everybody got everything right"
    names = list(items.loc[items["right"] <= least + 1e-9, "item"])
    if len(names) == 1:
        return f"{names[0]} was hardest: {percent(least)} got all of it right"
    if len(names) > _MOST_TIED:
        names = [*names[:_MOST_TIED], f"{len(names) - _MOST_TIED} more"]
    return f"{and_list(names)} were equally hard: {percent(least)} got all of each right"


def discrimination(row: Mapping[Any, Any]) -> str:
    """Return an item's discrimination, or why there is none."""
    if row["people"] < FEWEST:
        return "too few"
    if pd.isna(row["discrimination"]):
        return "all did alike"
    return f"{row['discrimination']:.2f}".replace("-", "−")


def misconception(name: str) -> str:
    """Return a misconception's name as words.

    >>> misconception("six_is_a_trend"), misconception("")
    ('Six is a trend', 'None that is known')
    """
    return capital(name.replace("_", " ")) if name else "None that is known"


def before(row: Mapping[Any, Any]) -> str:
    """Say how the task before a reflection went."""
    if pd.isna(row["share"]):
        return "not marked"
    return f"{row['item_before']}: {percent(row['share'])} of its points"


def since(when: Any) -> str:
    """Say since when something waits, as this computer's clock has it."""
    from datetime import UTC

    if pd.isna(when):
        return "–"
    return f"{when.to_pydatetime().replace(tzinfo=UTC).astimezone():%d %b, %H:%M}".lstrip("0")


def start(when: pd.Timestamp, hourly: bool) -> str:
    """Say when a stretch of the time course begins.

    >>> start(pd.Timestamp("2026-11-03 14:00"), True)
    'Tue 3 Nov, 14:00'
    """
    return f"{when:%a} {when.day} {when:%b}" + (f", {when:%H:%M}" if hourly else "")


def when(course: pd.DataFrame) -> str:
    """Return the message about the times, without a full stop."""
    many = counted(int(course["people"].sum()), "submission")
    first, last = course["start"].iloc[0], course["start"].iloc[-1]
    if first == last:
        return f"{many}, all within the hour of {first:%H}:00 on {first.day} {first:%B}"
    return f"{many}, from {first.day} {first:%B} to {last.day} {last:%B}"


def groups(seen: Measures) -> str:
    """Say how much the groups' difference means."""
    gap = seen.groups["mean"].max() - seen.groups["mean"].min()
    said = (
        f"The means lie {100 * gap:.0f} points of a hundred apart. Were the same people dealt into "
        f"groups of these sizes by lot, {percent(seen.by_luck)} of {SHUFFLES} deals would set them "
        "at least as far apart. "
    )
    if seen.small:
        said += f"Groups of fewer than {SMALL} are left out ({and_list(list(seen.small))}). "
    return said + "It is no league table: a group was not dealt by lot, and its days were its own."
