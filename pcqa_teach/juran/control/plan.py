"""The control plan: what is watched, against what, by whom, and what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, text
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.spc import Chart

COLUMNS = ("subject", "measure", "sensor", "standard", "how_often", "who", "action")


@dataclass(frozen=True, repr=False)
class ControlPlan(Shown):
    """A row for each control subject, in the order given."""

    rows: tuple[tuple[str, ...], ...]
    of: str

    @property
    def table(self) -> pd.DataFrame:
        """A row a subject: subject, measure, sensor, standard, how_often, who, action."""
        return pd.DataFrame(list(self.rows), columns=list(COLUMNS))

    def _showing(self) -> Showing:
        from pcqa_teach.juran.control import draw, words

        return Showing(words.plan_message, words.plan_explain, words.plan_alt, draw.plan_figure)


def control_plan(rows: Any, *, of: str = "the gain") -> ControlPlan:
    """Write down how a gain is held: the feedback loop of control, a row for each subject.

    Each row closes one loop: a subject is measured by a sensor, held against a standard, and
    somebody acts on the difference.

    Parameters
    ----------
    rows : table or list of dicts with `subject`, `measure`, `sensor` (which report or sheet),
        `standard` (the aim and the limits: a text, or a `Chart` whose mean and limits are taken),
        `how_often`, `who` (who decides, by role) and `action` (what they do, and when)
    of : what is held, for the title

    Returns
    -------
    ControlPlan

    Raises
    ------
    DataError
        A row lacks an entry, or a subject is there twice: a loop with a gap does not hold.

    Examples
    --------
    >>> plan = control_plan([{
    ...     "subject": "Results by text", "measure": "Ring-backs about results, a week",
    ...     "sensor": "Reception tally", "standard": "Mean 20, limits 9 to 31",
    ...     "how_often": "Each Monday", "who": "Reception lead",
    ...     "action": "Above 31: read that week's contacts and tell the partners"}])
    >>> plan.table.shape
    (1, 7)

    Notes
    -----
    Juran, The Quality Trilogy (1986), on control; Juran and Godfrey, Juran's Quality Handbook
    (1999).
    """
    given = records(rows, "control_plan", COLUMNS)
    made = tuple(
        tuple(_cell(row[name], name, place) for name in COLUMNS)
        for place, row in enumerate(given, 1)
    )
    distinct((row[0] for row in made), "The control subjects")
    return ControlPlan(made, text(of, "of"))


def _cell(value: Any, name: str, place: int) -> str:
    if name == "standard" and isinstance(value, Chart):
        from pcqa_teach.spc.words import lines_said

        if value.by is not None:
            raise DataError(
                f"The chart in row {place} of the control plan has several groups: take one of"
                " them, chart.single(group)."
            )
        return lines_said(value)
    hint = "every loop needs it; write it in a few words"
    return text(value, f"'{name}' in row {place} of the control plan", hint)
