"""The chart as one immutable result: frames of numbers, and the ways to say and show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.spc.aims import Annotation
from pcqa_teach.spc.limits import CHARTS, Data, Kind, Ranges
from pcqa_teach.spc.phases import Phases
from pcqa_teach.spc.rules import PRESETS, RULES, Rule
from pcqa_teach.spc.segments import Bools, Codes
from pcqa_teach.spc.series import Series

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure, Table
    from pcqa_teach.figures.hover import Interactive


@dataclass(frozen=True)
class Workings:
    """What the chart was worked out from, for its words and its picture; row by row as `points`.

    `up`, `down` and `whole` say which points have a signal upwards, downwards, of the phase as a
    whole; `targets` holds the target in force at each row, NaN where there is none. `unit` is that
    of the values, also where the points are sums of them and have none.
    """

    series: Series
    phases: Phases
    data: Data
    codes: Mapping[str, Codes]
    up: Bools
    down: Bools
    whole: Bools
    targets: NDArray[np.float64]
    unit: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Chart:
    """One chart, or one for each group of `by`.

    Parameters
    ----------
    points : DataFrame, a row a point: the `by` columns if any, x, y (as plotted), lower_sum (on a
        CUSUM chart), n, phase, centre, lower, upper, lower2, upper2, one bool column a rule,
        signal (any rule), verdict (common, improvement, concern, neutral)
    limits : DataFrame, a row a phase: the `by` columns if any, phase, centre, lower, upper, sigma
        (a third of the way to a limit), mr_bar (where limits come from moving ranges), sigma_z
        (how much more points vary than chance alone would make them, where y is out of n or for
        n), points (that the limits come from), trial (fewer than 13 of them); where lines step
        from point to point, those of the phase's latest point
    icons : DataFrame, a row a chart: the `by` columns if any, variation, assurance, latest_x,
        latest_y, centre, lower, upper and target as they now are
    kind, rules, preset, improvement, title, unit, notes, per, settings : what was asked for
    by : None, the name of a column, or the names of two
    screen, constants : how the limits were worked out
    annotations : texts at places of x, earliest first
    """

    points: pd.DataFrame
    limits: pd.DataFrame
    icons: pd.DataFrame
    kind: str
    rules: tuple[Rule, ...]
    preset: str | None
    improvement: str | None
    by: str | tuple[str, str] | None
    title: str
    unit: str
    notes: tuple[str, ...]
    screen: bool
    constants: str
    per: float
    settings: Mapping[str, Any]
    annotations: tuple[Annotation, ...]
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
        if self.preset:
            return f"{PRESETS[self.preset].title}{self._lengths}"
        own = self.about.preset
        names = tuple(rule.name for rule in self.rules)
        return "this chart's own" if names == own else "chosen by hand"

    @property
    def _lengths(self) -> str:
        """Say that runs are counted to another length than the preset's."""
        usual = PRESETS[self.preset].rules if self.preset else {}
        for rule in self.rules:
            own = {**RULES[rule.name].options, **usual.get(rule.name, {})}.get("k")
            if "k" in rule.options and rule.options["k"] != own:
                return f", with runs of {rule.options['k']}"
        return ""

    @property
    def by_columns(self) -> list[str]:
        """The names of the `by` columns: none, one or two."""
        return [] if self.by is None else [self.by] if isinstance(self.by, str) else [*self.by]

    @cached_property
    def group_names(self) -> list[str]:
        """What each group is called, in the order of `icons`."""
        rows = zip(*(self.icons[name].astype(str) for name in self.by_columns), strict=True)
        return [", ".join(names) for names in rows]

    @property
    def target(self) -> float:
        """The target now in force, of the last group if there are more; NaN without one."""
        return float(self.workings.targets[-1])

    @cached_property
    def ranges(self) -> Ranges | None:
        """The moving ranges that the limits come from, if they do."""
        return self.about.lines(self.workings.data).ranges

    @property
    def shown(self) -> Chart:
        """The chart as it is said and drawn: a share in per cent, anything else as it is."""
        from pcqa_teach.spc.chart_views import shown

        return shown(self)

    def single(self, group: Any) -> Chart:
        """Take out the chart of one group of `by`; of two columns, give both values."""
        from pcqa_teach.spc.chart_views import pick

        return pick(self, group)

    @property
    def message(self) -> str:
        """The chart's message in one line, as its title says it."""
        from pcqa_teach.spc.words import message

        return message(self.shown)

    @property
    def alt_text(self) -> str:
        """What a colleague would say aloud about the chart, in one to three sentences."""
        from pcqa_teach.spc.words import alt_text

        return alt_text(self.shown)

    def explain(self) -> str:
        """Say in plain English why each point is flagged, and what the chart cannot tell."""
        from pcqa_teach.spc.explain import explain

        return explain(self.shown)

    def arithmetic(self) -> pd.DataFrame:
        """Show the sums behind every line, one a row."""
        from pcqa_teach.spc.arithmetic import arithmetic

        return arithmetic(self.shown)

    def plot(self, ax: Axes | None = None) -> Axes:
        """Draw the chart into matplotlib axes, or into a new figure of its own.

        Raises
        ------
        ChartError
            The chart has several groups and one `ax` was given.
        """
        from pcqa_teach.spc.draw import plot

        return plot(self.shown, ax)

    def figure(self) -> Figure:
        """Draw the finished picture, with its title, icons, notes and alt text."""
        from pcqa_teach.spc.draw import figure

        return figure(self.shown)

    def interactive(self) -> Interactive:
        """Draw the picture with tooltips that say why each point is flagged."""
        from pcqa_teach.spc.hover import interactive

        return interactive(self.shown)

    def data_table(self) -> Table:
        """Give the data table: date, value, lines, signal and why."""
        from pcqa_teach.spc.chart_data_table import shown_table

        return shown_table(self.shown)

    def to_dict(self) -> dict[str, Any]:
        """Give everything as plain values that `json.dump` takes."""
        from pcqa_teach.spc.chart_views import to_dict

        return to_dict(self)

    def _repr_mimebundle_(
        self, include: Any = None, exclude: Any = None
    ) -> tuple[dict[str, str], dict[str, Any]]:
        data, about = self.figure()._repr_mimebundle_(include, exclude)
        return data, about
