"""A process as it runs: steps, who does them, the work in each and the wait before it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach.arguments import number, text, yes_no
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure

MOST_ROLES = 6


@dataclass(frozen=True, eq=False, repr=False)
class ProcessMap(Shown):
    """Steps in order, with their minutes.

    Parameters
    ----------
    steps : DataFrame, a row a step: step, role, wait (minutes before it), touch (minutes of work),
        value (whether the person it is for gains by it), starts, ends (minutes since the first)
    title : what the process is
    """

    steps: pd.DataFrame
    title: str

    @property
    def table(self) -> pd.DataFrame:
        """The steps."""
        return self.steps

    @property
    def roles(self) -> list[str]:
        """Who works in it, in the order they come in."""
        return [str(role) for role in dict.fromkeys(self.steps["role"])]

    @property
    def lead_time(self) -> float:
        """Minutes from the first wait to the end of the last step."""
        return float(self.steps["ends"].iloc[-1])

    @property
    def touch_time(self) -> float:
        """Minutes of work in all steps."""
        return float(self.steps["touch"].sum())

    @property
    def efficiency(self) -> float:
        """Process-cycle efficiency, %: minutes of work that add value / lead time."""
        return 100 * float(self.steps["touch"].where(self.steps["value"], 0).sum()) / self.lead_time

    @property
    def handovers(self) -> int:
        """How often the work passes to another role."""
        role = self.steps["role"].tolist()
        return sum(before != after for before, after in pairwise(role))

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import step_draw as draw
        from pcqa_teach.juran.improvement import step_words as words

        return Showing(words.map_message, words.map_explain, words.map_alt, draw.map_figure)

    def timeline(self) -> Figure:
        """Draw the value-stream timeline: work and waiting to one scale."""
        from pcqa_teach.juran.improvement.step_draw import timeline_figure

        return timeline_figure(self)


def process_map(rows: Any, *, title: str = "The process") -> ProcessMap:
    """Map a process with its times, as it runs today and not as it should.

    Process-cycle efficiency = minutes of work that add value / (all waits + all work). A step adds
    value when the person it is for gains by it; left out, every step does.

    Parameters
    ----------
    rows : table or list of dicts, in order, with `step`, `role`, `touch` (minutes of work), and if
        known `wait` (elapsed minutes before the step; 1,440 a day) and `value` (True or False)
    title : what the process is

    Returns
    -------
    ProcessMap

    Raises
    ------
    DataError
        A row lacks an entry, a time is negative or not a number, all times are 0, or there are more
        than six roles.

    Examples
    --------
    >>> results = process_map([
    ...     {"step": "Result arrives", "role": "Admin", "touch": 1},
    ...     {"step": "GP reads it", "role": "GP", "touch": 2, "wait": 1440},
    ...     {"step": "Letter to the person", "role": "Admin", "touch": 3, "wait": 54}])
    >>> results.lead_time, results.touch_time, results.efficiency, results.handovers
    (1500.0, 6.0, 0.4, 2)

    Notes
    -----
    Juran and Godfrey, Juran's Quality Handbook (1999), on flow diagrams. Minutes are for the
    process, never for judging a person.
    """
    given = records(rows, "process_map", ["step", "role", "touch"], ["wait", "value"])
    steps = pd.DataFrame(
        [
            {
                "step": text(row["step"], f"step in row {place}"),
                "role": text(row["role"], f"role in row {place}"),
                "wait": number(0 if row["wait"] is None else row["wait"],
                               f"wait in row {place}", low=0),
                "touch": number(row["touch"], f"touch in row {place}", low=0),
                "value": row["value"] is None or yes_no(row["value"], f"value in row {place}"),
            }
            for place, row in enumerate(given, 1)
        ]
    )  # fmt: skip
    steps["ends"] = (steps["wait"] + steps["touch"]).cumsum()
    steps.insert(5, "starts", steps["ends"] - steps["touch"])
    if not steps["ends"].iloc[-1] > 0:
        raise DataError("All times are 0: give the minutes of work (touch) and of waiting (wait).")
    if steps["role"].nunique() > MOST_ROLES:
        raise DataError(
            f"There are more than {MOST_ROLES} roles: put some together, such as 'Other team'."
        )
    return ProcessMap(steps, text(title, "title"))
