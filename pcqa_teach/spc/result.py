"""The chart as one immutable result: frames of numbers, and the ways to say and show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.spc.limits import CHARTS, Data, Kind
from pcqa_teach.spc.phases import Phases
from pcqa_teach.spc.rules import PRESETS, Rule
from pcqa_teach.spc.segments import Bools, Codes
from pcqa_teach.spc.series import Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure


@dataclass(frozen=True)
class Workings:
    """What the chart was worked out from, for its words and its picture; row by row as `points`."""

    series: Series
    phases: Phases
    data: Data
    codes: Mapping[str, Codes]
    up: Bools
    down: Bools
    whole: Bools
    targets: NDArray[np.float64]


@dataclass(frozen=True, eq=False, repr=False)
class Chart:
    """One chart, or one for each group of `by`.

    Parameters
    ----------
    points : DataFrame, a row a point: the `by` column if any, x, y, n, phase, centre, lower, upper,
        lower2, upper2, one bool column a rule, signal (any rule), verdict (common, improvement,
        concern, neutral)
    limits : DataFrame, a row a phase: the `by` column if any, phase, centre, lower, upper, sigma,
        mr_bar, points (that the limits come from), trial (fewer than 13 of them)
    icons : DataFrame, a row a chart: the `by` column if any, variation, assurance
    kind, rules, preset, improvement, by, title, unit, notes : what was asked for
    screen, constants : how the limits were worked out
    """

    points: pd.DataFrame
    limits: pd.DataFrame
    icons: pd.DataFrame
    kind: str
    rules: tuple[Rule, ...]
    preset: str | None
    improvement: str | None
    by: str | None
    title: str
    unit: str
    notes: tuple[str, ...]
    screen: bool
    constants: str
    workings: Workings = field(repr=False)

    def __repr__(self) -> str:
        return f"<{self.about.title}: {self.message}>"

    @property
    def about(self) -> Kind:
        """The entry of `CHARTS` that this chart is of."""
        return CHARTS[self.kind]

    @property
    def rules_title(self) -> str:
        """What the set of rules is called."""
        return PRESETS[self.preset].title if self.preset else "chosen by hand"

    def single(self, group: Any) -> Chart:
        """Take out the chart of one group of `by`."""
        from pcqa_teach.spc.chart_views import pick

        return pick(self, group)

    @property
    def message(self) -> str:
        """The chart's message in one line, as its title says it."""
        from pcqa_teach.spc.words import message

        return message(self)

    @property
    def alt_text(self) -> str:
        """What a colleague would say aloud about the chart, in one to three sentences."""
        from pcqa_teach.spc.words import alt_text

        return alt_text(self)

    def explain(self) -> str:
        """Say in plain English why each point is flagged, and what the chart cannot tell."""
        from pcqa_teach.spc.explain import explain

        return explain(self)

    def arithmetic(self) -> pd.DataFrame:
        """Show the sums behind every line, one a row."""
        from pcqa_teach.spc.arithmetic import arithmetic

        return arithmetic(self)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the chart into matplotlib axes, or into a new figure of its own.

        Raises
        ------
        ChartError
            The chart has several groups and one `ax` was given.
        """
        from pcqa_teach.spc.draw import plot

        return plot(self, ax)

    def figure(self) -> Figure:
        """Draw the finished picture, with its title, icons, notes and alt text."""
        from pcqa_teach.spc.draw import figure

        return figure(self)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values that `json.dump` takes."""
        from pcqa_teach.spc.chart_views import to_dict

        return to_dict(self)

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data, about = self.figure()._repr_mimebundle_(include, exclude)
        return data, about
