"""How often a chart of nothing but chance shows a signal: the false-alarm rate, by simulation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import whole
from pcqa_teach.errors import ChartError
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

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure


@dataclass(frozen=True)
class AlarmRate:
    """The share of charts of chance that show at least one signal.

    Parameters
    ----------
    share, error : the share, and its standard error (from having simulated only so many)
    points, preset, autocorrelation, charts : what was simulated
    """

    share: float
    error: float
    points: int
    preset: str
    autocorrelation: float
    charts: int

    def explain(self) -> str:
        """Say it in a sentence."""
        like = (
            f" and neighbours are as alike as {self.autocorrelation:g}"
            if self.autocorrelation
            else ""
        )
        return (
            f"Where nothing happens{like}, {percent(self.share)} of XmR charts of {self.points}"
            f" points show a signal by the rules of {PRESETS[self.preset].title} (limits from the"
            f" same points; {self.charts:,} simulated charts, give or take"
            f" {percent(1.96 * self.error)})."
        )


@dataclass(frozen=True, eq=False, repr=False)
class AlarmTable:
    """False-alarm rates side by side.

    Parameters
    ----------
    rates : DataFrame, a row a combination: preset, autocorrelation, points, share, error
    charts : how many were simulated for each
    """

    rates: pd.DataFrame
    charts: int

    def __repr__(self) -> str:
        return f"<{self.message}>"

    @property
    def message(self) -> str:
        """The table's message in one line."""
        least, most = float(self.rates["share"].min()), float(self.rates["share"].max())
        return (
            f"Where nothing happens, {percent(least)} to {percent(most)} of"
            " charts still show a signal"
        )

    @property
    def alt_text(self) -> str:
        """What a colleague would say aloud about the picture."""
        rows = [
            f"{PRESETS[str(preset)].title}, neighbours alike {alike:g}: "
            + ", ".join(
                f"{row['points']} points {percent(row['share'])}" for row in part.to_dict("records")
            )
            for (preset, alike), part in self.rates.groupby(
                ["preset", "autocorrelation"], sort=False
            )
        ]
        return f"Table of false-alarm rates. {self.message}. {'; '.join(rows)}."

    def grid(self) -> pd.DataFrame:
        """Lay the rates out, a column a length of chart."""
        wide = self.rates.pivot_table(
            index=["preset", "autocorrelation"], columns="points", values="share", sort=False
        )
        return wide.reset_index()

    def data_table(self) -> Table:
        """Give the rates as a table, in per cent."""
        wide = self.grid()
        shown = pd.DataFrame(
            {
                "rules": [PRESETS[name].title for name in wide["preset"]],
                "neighbours alike": [f"{alike:g}" for alike in wide["autocorrelation"]],
            }
        )
        for name in wide.columns[2:]:
            shown[f"{name} points"] = [percent(share) for share in wide[name]]
        return to_table(shown, self.message)

    def figure(self) -> Figure:
        """Draw the table, the higher the rate the darker."""
        from pcqa_teach.variation.alarm_draw import figure

        return figure(self)


def false_alarm_rate(
    points: int,
    preset: str = "mdc",
    autocorrelation: float = 0.0,
    charts: int = 20_000,
    seed: int = 1,
    progress: Progress | None = None,
) -> AlarmRate:
    """Simulate XmR charts in which nothing happens, and count those with at least one signal.

    Values are normal, y[i] = a y[i-1] + sqrt(1 - a^2) e[i]; limits come from the same points.

    Parameters
    ----------
    points : how long each chart is
    preset : whose rules, a name in `spc.PRESETS`
    autocorrelation : a, how alike neighbours are
    charts : how many charts
    seed : where chance starts; the same seed gives the same answer
    progress : called with (charts done, charts in all) after each block

    Returns
    -------
    AlarmRate

    Raises
    ------
    ChartError, DataError
        An argument cannot be used.

    Examples
    --------
    >>> 0.03 < false_alarm_rate(12, charts=2_000).share < 0.06
    True

    Notes
    -----
    Our simulation. A chart with more points has more chances to be wrong.
    """
    preset_given(preset)
    length = whole(points, "points", 24, low=3, high=10_000)
    many = whole(charts, "charts", 1000, low=100, high=10_000_000)
    alike, rng = alike_given(autocorrelation), generator(seed)
    found = sum(
        int(flagged(series(rng, now, length, alike), preset).any(axis=1).sum())
        for now in blocks(many, length, progress)
    )
    share = found / many
    error = float(np.sqrt(share * (1 - share) / many))
    return AlarmRate(share, error, length, preset, alike, many)


def false_alarm_table(
    lengths: Sequence[int] = (12, 24, 36, 52),
    autocorrelations: Sequence[float] = (0.0, 0.3, 0.5),
    presets: Sequence[str] = ("mdc",),
    charts: int = 20_000,
    seed: int = 1,
    progress: Progress | None = None,
) -> AlarmTable:
    """Put false-alarm rates side by side: by length, by how alike neighbours are, by preset.

    Parameters
    ----------
    lengths, autocorrelations, presets : what to combine
    charts : simulated for each combination
    seed : where chance starts, in each
    progress : called with (combinations done, combinations in all)

    Returns
    -------
    AlarmTable

    Raises
    ------
    ChartError, DataError
        An argument cannot be used.

    Examples
    --------
    >>> small = false_alarm_table([12, 24], [0.0], charts=2_000)
    >>> small.rates["share"].round(1).tolist()
    [0.0, 0.2]
    """
    wanted: list[tuple[Any, Any, Any]] = [
        (preset, alike, points)
        for preset in np.atleast_1d(np.asarray(presets, dtype=object))
        for alike in np.atleast_1d(np.asarray(autocorrelations, dtype=object))
        for points in np.atleast_1d(np.asarray(lengths, dtype=object))
    ]
    if not wanted:
        raise ChartError("A table needs at least one length, one autocorrelation and one preset.")
    rates = []
    for done, (preset, alike, points) in enumerate(wanted, start=1):
        rates.append(false_alarm_rate(points, preset, alike, charts, seed))
        if progress is not None:
            progress(done, len(wanted))
    columns = ["preset", "autocorrelation", "points", "share", "error"]
    frame = pd.DataFrame([[getattr(one, name) for name in columns] for one in rates],
                         columns=columns)  # fmt: skip
    return AlarmTable(frame, rates[0].charts)
