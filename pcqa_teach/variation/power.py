"""How often, and how soon, a chart shows a change that is really there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, number, whole
from pcqa_teach.figures.table import Table
from pcqa_teach.figures.table import table as to_table
from pcqa_teach.spc import PRESETS
from pcqa_teach.variation.chance import (
    Progress,
    alike_given,
    blocks,
    flagged,
    generator,
    preset_given,
    series,
)
from pcqa_teach.variation.words import percent


@dataclass(frozen=True, eq=False, repr=False)
class Power:
    """How a change of one size is seen as points come in.

    Parameters
    ----------
    steps : DataFrame, a row a point after the change: after (points so far), signalled (share of
        charts that have shown a signal by then), by_chance (the same without any change)
    before, after, shift, preset, autocorrelation, charts : what was simulated
    """

    steps: pd.DataFrame
    before: int
    after: int
    shift: float
    preset: str
    autocorrelation: float
    charts: int

    def __repr__(self) -> str:
        return f"<{self.message}>"

    @property
    def signalled(self) -> float:
        """Give the share of charts that show a signal by the last point."""
        return float(self.steps["signalled"].iloc[-1])

    @property
    def by_chance(self) -> float:
        """Give the share that would have shown one without any change."""
        return float(self.steps["by_chance"].iloc[-1])

    def points_needed(self, share: float = 0.8) -> int | None:
        """Say after how many points so many charts show it; None where too few ever do."""
        wanted = number(share, "share", 0.8, above=0, below=1)
        there = self.steps.loc[self.steps["signalled"] >= wanted, "after"]
        return int(there.iloc[0]) if len(there) else None

    @property
    def message(self) -> str:
        """The result in one line."""
        return (
            f"A change of {self.shift:g} sigma shows within {self.after} points on"
            f" {percent(self.signalled)} of charts ({percent(self.by_chance)} by chance alone)"
        )

    def explain(self) -> str:
        """Say what was simulated and what it means."""
        need, half = self.points_needed(0.8), self.points_needed(0.5)
        soon = (
            f"Half of them show it within {half} points"
            if half
            else "Not even half of them show it"
        )
        late = f", four in five within {need}" if need else ""
        return (
            f"{self.message}.\n\n{soon}{late}. Limits were frozen on {self.before} points before"
            f" the change, by the rules of {PRESETS[self.preset].title}; {self.charts:,} simulated"
            " charts. A chart without a signal has not shown that nothing changed."
        )

    def data_table(self) -> Table:
        """Give the steps as a table, in per cent."""
        shown = pd.DataFrame(
            {
                "points after the change": self.steps["after"],
                "charts with a signal": [percent(one) for one in self.steps["signalled"]],
                "by chance alone": [percent(one) for one in self.steps["by_chance"]],
            }
        )
        return to_table(shown, self.message)


def power(
    points_before: int = 24,
    points_after: int = 12,
    shift_in_sigma: float = 1.0,
    preset: str = "mdc",
    autocorrelation: float = 0.0,
    charts: int = 4_000,
    seed: int = 1,
    progress: Progress | None = None,
) -> Power:
    """Say how often a change of a size is signalled, and how soon, on an XmR chart.

    Limits are frozen on the points before; a chart is read anew at each point after, and counts
    from the first time that a point since the change is flagged.

    Parameters
    ----------
    points_before, points_after : how long each chart is before and after the change
    shift_in_sigma : the size of the change, in standard deviations of a single value
    preset : whose rules, a name in `spc.PRESETS`
    autocorrelation : how alike neighbours are
    charts, seed : how many charts, and where chance starts
    progress : called with (charts done, charts in all) after each block

    Returns
    -------
    Power

    Raises
    ------
    ChartError, DataError
        An argument cannot be used.

    Examples
    --------
    >>> ours = power(24, 8, shift_in_sigma=3, charts=400)
    >>> ours.signalled > 0.95, ours.points_needed(0.5) <= 3
    (True, True)

    Notes
    -----
    Our simulation, of normal values.
    """
    preset_given(preset)
    before = whole(points_before, "points_before", 24, low=3, high=1000)
    after = whole(points_after, "points_after", 12, low=1, high=200)
    many = whole(charts, "charts", 1000, low=100, high=1_000_000)
    size = number(shift_in_sigma, "shift_in_sigma", 1, low=-100, high=100)
    alike, rng = alike_given(autocorrelation), generator(seed)
    counts = np.zeros((2, after))
    for now in blocks(many, before + after, progress):
        values = series(rng, now, before + after, alike)
        counts[1] += _seen(values, before, preset).sum(axis=0)
        values[:, before:] += size
        counts[0] += _seen(values, before, preset).sum(axis=0)
    shares = counts / many
    steps = pd.DataFrame(
        {"after": np.arange(1, after + 1), "signalled": shares[0], "by_chance": shares[1]}
    )
    return Power(steps, before, after, size, preset, alike, many)


def _seen(values: Floats, before: int, preset: Any) -> Bools:
    """Say by which point after the change each chart has shown a signal since."""
    ends = range(before + 1, values.shape[1] + 1)
    shown = [
        flagged(values[:, :end], preset, baseline=before)[:, before:].any(axis=1) for end in ends
    ]
    return np.logical_or.accumulate(np.stack(shown, axis=1), axis=1)
