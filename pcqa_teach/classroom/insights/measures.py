"""Everything that the page of insights shows, worked out from one reading of the gradebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from pcqa_teach.classroom.folder import Person
from pcqa_teach.classroom.insights import items, people
from pcqa_teach.classroom.results import Results
from pcqa_teach.classroom.rubric import Told


@dataclass(frozen=True)
class Measures:
    """What a coach wants to know of a room; each frame is described where it is worked out.

    `handed_in` counts who has handed anything in; `absent` names who is in the roster and has not;
    `small` names the groups that are too few for a comparison.
    """

    handed_in: int
    absent: tuple[str, ...]
    stuck: pd.DataFrame
    items: pd.DataFrame
    wrong: pd.DataFrame
    reflections: pd.DataFrame
    time: pd.DataFrame
    groups: pd.DataFrame
    by_luck: float
    small: tuple[str, ...] = ()

    @property
    def hourly(self) -> bool:
        """Whether the time course goes by hours."""
        steps = self.time["start"].diff().dropna()
        return bool(steps.empty or steps.min() < pd.Timedelta(days=1))

    @property
    def codes(self) -> set[str]:
        """Whoever a page made of this names."""
        return {*self.absent, *self.stuck["student"], *self.reflections["student"]}


def measured(results: Results, told: Told, roster: Mapping[str, Person]) -> Measures:
    """Work everything out.

    Parameters
    ----------
    results
        What was marked (`results`).
    told
        What the lessons say (`told`).
    roster
        By code; it may be empty.
    """
    marks = items.computer_marked(results)
    grouped, by_luck = people.groups(marks, roster)
    return Measures(
        handed_in=int(results.grades.loc[results.grades["handed"], "student"].nunique()),
        absent=tuple(people.not_handed_in(results, roster)),
        stuck=people.stuck(results, marks, told),
        items=items.difficulty(marks, told),
        wrong=items.wrong_answers(marks, told),
        reflections=people.reflections(results, marks, told),
        time=people.time_course(results),
        groups=grouped,
        by_luck=by_luck,
        small=tuple(people.too_small(marks, roster)),
    )
