"""One series by every set of rules, side by side, with how often each cries wolf."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.figures.table import Table
from pcqa_teach.figures.table import table as to_table
from pcqa_teach.sayings import percent
from pcqa_teach.spc import PRESETS, Chart, chart
from pcqa_teach.variation.alarms import false_alarm_rate
from pcqa_teach.variation.chance import Progress

_MOST_ALIKE = 0.9


@dataclass(frozen=True, eq=False, repr=False)
class PresetComparison:
    """What each preset flags on one series.

    Parameters
    ----------
    summary : DataFrame, a row a preset: preset, title, flagged (points), rules (that fired),
        centre, lower, upper (last phase), false_alarms and false_alarms_alike (share of charts of
        chance, of this length, with a signal: neighbours independent, and as alike as here)
    flags : DataFrame, a row a point: x, y, and a column a preset with the rules that flag it
    title, points, autocorrelation, charts : of the series; how many charts were simulated
    """

    summary: pd.DataFrame
    flags: pd.DataFrame
    title: str
    points: int
    autocorrelation: float
    charts: int

    def __repr__(self) -> str:
        return f"<{self.message}>"

    @property
    def message(self) -> str:
        """The comparison in one line."""
        counts = self.summary["flagged"]
        if counts.min() == counts.max():
            return (
                f"{self.title}: every set of rules flags {counts.iloc[0]} of {self.points} points"
            )
        return (
            f"{self.title}: from {counts.min()} to {counts.max()} of {self.points} points are"
            " flagged, depending on the rules"
        )

    def explain(self) -> str:
        """Say how the presets differ here, and what to make of it."""
        lines = [
            f"- {row['title']}: {row['flagged']} flagged"
            + (f" ({row['rules']})" if row["rules"] else "")
            + f"; of charts of {self.points} points where nothing happens,"
            f" {percent(row['false_alarms'])} show a signal{_if_alike(row)}"
            for row in self.summary.to_dict("records")
        ]
        return "\n".join(
            [
                f"{self.message}.",
                *lines,
                f"Neighbouring values have a correlation of {self.autocorrelation:.2f}; a real"
                " change makes them alike too. Choose one set of rules before looking, and keep it:"
                " choosing the one that flags what you hoped for is a false alarm of your own.",
            ]
        )

    def data_table(self) -> Table:
        """Give the summary as a table."""
        shown = self.summary.drop(columns="preset").copy()
        for name in ("false_alarms", "false_alarms_alike"):
            shown[name] = [percent(float(share)) for share in shown[name]]
        shown.columns = [str(name).replace("_", " ") for name in shown.columns]
        return to_table(shown, self.message)


def _if_alike(row: dict[Any, Any]) -> str:
    """Say the rate where neighbours are alike, unless it is the same."""
    alike = percent(row["false_alarms_alike"])
    if alike == percent(row["false_alarms"]):
        return ""
    return f" ({alike} if neighbours are as alike as here)"


def compare_presets(
    frame: pd.DataFrame,
    *,
    charts: int = 4_000,
    seed: int = 1,
    progress: Progress | None = None,
    **options: Any,
) -> PresetComparison:
    """Chart one series by every preset, and simulate how often each is wrong on such a series.

    Parameters
    ----------
    frame : DataFrame, a row a point, as for `spc.chart`
    charts, seed : how many charts of chance for each rate, and where chance starts
    progress : called with (presets done, presets in all)
    options : as for `spc.chart`, but not rules, kind or by

    Returns
    -------
    PresetComparison

    Raises
    ------
    ChartError
        The series cannot be charted, or has groups.

    Examples
    --------
    >>> weeks = pd.DataFrame({"x": range(14), "value": [6, 7, 5, 9, 6, 7, 8, 5, 6, 7, 9, 6, 5, 30]})
    >>> int(compare_presets(weeks, charts=200).summary["flagged"].min())
    1

    Notes
    -----
    The rates are for XmR charts whose limits come from all their points; the correlation is of
    neighbouring values here (taken as 0 where it is negative, and at most 0.9).
    """
    refused = [name for name in ("rules", "kind", "by") if options.get(name) is not None]
    if refused:
        raise ChartError(
            f"compare_presets() sets {refused[0]}= itself: leave it out, and give one series."
        )
    made = {name: chart(frame, rules=name, **options) for name in PRESETS}
    one = next(iter(made.values()))
    length = int(np.isfinite(one.points["y"].to_numpy(dtype=np.float64)).sum())
    found = _alike(one)
    alike = float(np.clip(found, 0.0, _MOST_ALIKE))
    rows = []
    for done, (name, each) in enumerate(made.items(), start=1):
        rates = [
            false_alarm_rate(max(length, 3), name, like, charts, seed).share
            for like in dict.fromkeys((0.0, alike))
        ]
        rows.append(_row(name, each, rates))
        if progress is not None:
            progress(done, len(made))
    flags = one.points[["x", "y"]].copy()
    for name, each in made.items():
        flags[name] = _fired(each)
    return PresetComparison(pd.DataFrame(rows), flags, one.title, length, found, charts)


def _row(name: str, made: Chart, rates: list[float]) -> dict[str, Any]:
    points, last = made.points, made.limits.iloc[-1]
    fired = [rule.name.replace("_", " ") for rule in made.rules if points[rule.name].any()]
    return {
        "preset": name,
        "title": PRESETS[name].title,
        "flagged": int(points["signal"].sum()),
        "rules": ", ".join(fired),
        "centre": float(last["centre"]),
        "lower": float(last["lower"]),
        "upper": float(last["upper"]),
        "false_alarms": rates[0],
        "false_alarms_alike": rates[-1],
    }


def _fired(made: Chart) -> list[str]:
    """Join, point by point, the names of the rules that flag it."""
    names = [rule.name.replace("_", " ") for rule in made.rules]
    which = made.points[[rule.name for rule in made.rules]].to_numpy(dtype=bool)
    return [", ".join(np.array(names)[row]) for row in which]


def _alike(made: Chart) -> float:
    """Correlate each value with the one before it, within its phase."""
    y = made.points["y"].to_numpy(dtype=np.float64)
    rest = y - made.points.groupby("phase")["y"].transform("mean").to_numpy(dtype=np.float64)
    same = made.points["phase"].to_numpy()[1:] == made.points["phase"].to_numpy()[:-1]
    pairs = same & np.isfinite(rest[1:]) & np.isfinite(rest[:-1])
    total = float(np.nansum(rest**2))
    return float((rest[1:] * rest[:-1])[pairs].sum() / total) if total > 0 else 0.0
