"""What the page of insights says: its rules, its cautions and its messages."""

from __future__ import annotations

from collections.abc import Mapping
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
WRONG = (
    "Numbers in brackets: how many gave the very same answer. Only the wrong parts of an answer "
    "are shown. What matches no misconception that the lesson knows may hold anything: "
    "its words are counted, not shown."
)
READ_FIRST = (
    "First, those whose task right before the reflection earned less than half of its points: what "
    "they wrote is likely to rest on it. Among equals, the one that has waited longest."
)


def at_a_glance(seen: Measures, lessons: Told) -> list[str]:
    """Return the page in a few sentences."""
    said = []
    if len(seen.items):
        said.append(f"{hardest(seen.items)}.")
    known = seen.wrong[seen.wrong["misconception"] != ""]
    if len(known):
        row = known.nlargest(1, "people").iloc[0]
        said.append(
            f"The commonest misconception: {misconception(row['misconception']).lower()}, in "
            f"{row['item']} ({row['people']} of {row['answered']} people)."
        )
    if len(seen.stuck):
        first = lessons.title(seen.stuck["lesson"].value_counts().index[0])
        many = counted(len(seen.stuck), "person", "people")
        said.append(f"{many} to sit down with, most of them over {first}.")
    waiting = len(seen.reflections)
    first_read = int(seen.reflections["first"].sum())
    if waiting:
        said.append(f"{counted(waiting, 'reflection')} to read, {first_read} of them first.")
    if seen.absent:
        said.append(f"{counted(len(seen.absent), 'person', 'people')} handed in nothing.")
    return said


def hardest(items: pd.DataFrame) -> str:
    """Return the message about the items, without a full stop."""
    least = items["right"].min()
    if least >= 1:
        return "Everybody got everything right"
    names = list(items.loc[items["right"] <= least + 1e-9, "item"])[:3]
    verb = "was" if len(names) == 1 else "were"
    return f"{and_list(names)} {verb} hardest: {percent(least)} got all of it right"


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
    few = list(seen.groups.loc[seen.groups["people"] < SMALL, "group"])
    if few:
        said += (
            f"Groups of fewer than {SMALL} ({and_list(few)}) say more about the people in them "
            "than about the group. "
        )
    return said + "It is no league table: a group was not dealt by lot, and its days were its own."
