"""Juran's trilogy on one time axis, worked out from an actual series."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number
from pcqa_teach.errors import ChartError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.spc import Chart, chart

CONTROL, IMPROVEMENT, NEW = "control", "improvement", "new zone"
_WHY = {IMPROVEMENT: "improvement begins", NEW: "the new zone begins"}


@dataclass(frozen=True, eq=False, repr=False)
class Trilogy(Shown):
    """The zones of a series: the first control, the improvement, the new zone of control.

    Parameters
    ----------
    zones : DataFrame, a row a zone: zone, first, last, points, centre, lower, upper,
        chronic (the distance of the centre from what is possible), spikes
    spikes : DataFrame, a row a sporadic spike: x, y, zone
    chart : the XmR chart, a phase a zone
    possible : what the measure would be with no waste at all
    told_apart : whether the new zone shows a signal against the first zone's limits; None without
        a new zone
    invented : whether this is the teaching picture, which shows where planning comes first
    """

    zones: pd.DataFrame
    spikes: pd.DataFrame
    chart: Chart = field(repr=False)
    possible: float
    told_apart: bool | None
    invented: bool = False

    @property
    def table(self) -> pd.DataFrame:
        """The zones."""
        return self.zones

    def _showing(self) -> Showing:
        from pcqa_teach.juran.control import trilogy_draw as draw
        from pcqa_teach.juran.control import words

        return Showing(
            words.trilogy_message, words.trilogy_explain, words.trilogy_alt, draw.trilogy_figure
        )


def trilogy_chart(
    frame: pd.DataFrame,
    *,
    improve: Any = None,
    hold: Any = None,
    x: str = "x",
    y: str = "value",
    n: str | None = "n",
    improvement: str = "down",
    possible: float | None = None,
    exclude: Any = None,
    title: str | None = None,
    unit: str | None = None,
    notes: Any = None,
) -> Trilogy:
    """Show planning, control and improvement on one time axis, from a series of your own.

    The level of a zone is its mean. Chronic waste is the distance from that mean to what is
    possible: it belongs to the process as planned, and control does not lower it. A sporadic spike
    is a point beyond the zone's limits (mean +/- 2.66 mean moving ranges) on the bad side: control
    puts it back. The new zone counts as told apart when its mean is better, its points give a
    signal of improvement against limits frozen on the first zone, and the latest is no concern.

    Parameters
    ----------
    frame : DataFrame, one row a point; never changed
    improve : when improvement began; None: there is only control
    hold : when the new zone began; None: at `improve`, at once
    x, y, n, exclude, title, unit, notes : as for `spc.chart`
    improvement : "down" or "up", the direction that is good
    possible : what the measure would be without waste; None: 0 where down is good, 100 where up is
        good and the unit is %

    Returns
    -------
    Trilogy

    Raises
    ------
    ChartError
        A date does not cut the series, `hold` is not after `improve`, or the data make no chart.

    Examples
    --------
    >>> weeks = pd.DataFrame({"x": range(1, 11), "value": [20, 22, 19, 21, 20, 9, 10, 8, 9, 9]})
    >>> trilogy = trilogy_chart(weeks, improve=6)
    >>> trilogy.zones[["zone", "points", "centre", "chronic"]].round(1).values.tolist()
    [['control', 5, 20.4, 20.4], ['new zone', 5, 9.0, 9.0]]
    >>> trilogy.told_apart
    True

    Notes
    -----
    Juran, The Quality Trilogy (1986). Wheeler, Understanding Variation (1993), for the limits.
    """
    if improvement not in ("down", "up"):
        raise ChartError("improvement= must be 'down' or 'up': which way is better?")
    if hold is not None and improve is None:
        raise ChartError("hold= needs improve=: say when improvement began.")
    if not (isinstance(improve, Hashable) and isinstance(hold, Hashable)):
        raise ChartError("improve= and hold= take one date each, or one value of x.")
    cuts = {} if improve is None else {improve: _WHY[NEW if hold is None else IMPROVEMENT]}
    if hold is not None:
        cuts[hold] = _WHY[NEW]
    options: dict[str, Any] = {"x": x, "y": y, "n": n, "improvement": improvement}
    try:
        made = chart(
            frame, rebase=cuts or None, exclude=exclude, title=title, unit=unit, notes=notes,
            **options,
        )  # fmt: skip
    except ChartError as error:
        raise ChartError(str(error).replace("rebase=", "improve= or hold=")) from None
    names = [CONTROL, NEW] if hold is None else [CONTROL, IMPROVEMENT, NEW]
    names = names[: 1 + len(cuts)]
    if len(made.limits) != len(names) or (hold is not None and _not_after(made)):
        raise ChartError("hold= is not after improve=: the new zone begins when improvement ends.")
    floor = _possible(possible, improvement, made.unit)
    spikes = _spikes(made, names, improvement)
    zones = _zones(made, names, floor, spikes)
    if zones["points"].min() == 0 or zones["points"].iloc[0] < 2:
        raise ChartError("A zone has too few values: the first needs 2 or more, each other one 1.")
    apart = _told_apart(made, names, options) if NEW in names else None
    return Trilogy(zones, spikes, made, floor, apart)


def _not_after(made: Chart) -> bool:
    reasons = list(made.workings.phases.reasons)
    return reasons[1:] != [_WHY[IMPROVEMENT], _WHY[NEW]]


def _possible(possible: float | None, improvement: str, unit: str) -> float:
    if possible is not None:
        return number(possible, "possible")
    if improvement == "down":
        return 0.0
    if unit == "%":
        return 100.0
    raise ChartError("possible= is needed where up is better: what would it be without waste?")


def _spikes(made: Chart, names: list[str], improvement: str) -> pd.DataFrame:
    points = made.points
    zone = np.array(names, dtype=object)[points["phase"].to_numpy(dtype=np.int64) - 1]
    y = points["y"].to_numpy(dtype=np.float64)
    beyond = (
        y > points["upper"].to_numpy() if improvement == "down" else y < points["lower"].to_numpy()
    )
    found = beyond & (zone != IMPROVEMENT)
    spikes: pd.DataFrame = points.loc[found, ["x", "y"]].reset_index(drop=True)
    return spikes.assign(zone=zone[found])


def _zones(made: Chart, names: list[str], floor: float, spikes: pd.DataFrame) -> pd.DataFrame:
    there = made.points.dropna(subset="y")
    span = there.groupby("phase")["x"].agg(["first", "last", "size"]).reindex(made.limits["phase"])
    zones = pd.DataFrame(
        {
            "zone": names,
            "first": span["first"].to_numpy(),
            "last": span["last"].to_numpy(),
            "points": span["size"].fillna(0).to_numpy(dtype=np.int64),
            **{line: made.limits[line].to_numpy() for line in ("centre", "lower", "upper")},
        }
    )
    moving = (zones["zone"] == IMPROVEMENT).to_numpy()
    zones.loc[moving, ["lower", "upper"]] = np.nan  # a level on the move has no limits
    zones["chronic"] = (zones["centre"] - floor).abs()
    count = spikes["zone"].value_counts()
    zones["spikes"] = zones["zone"].map(count).fillna(0).astype(np.int64)
    return zones


def _told_apart(made: Chart, names: list[str], options: dict[str, Any]) -> bool:
    """Hold the new zone's points against limits frozen on the first zone."""
    ends = [1, len(names)]
    kept = made.points.loc[made.points["phase"].isin(ends), ["x", "y", "phase"]]
    kept = kept.dropna(subset="y").reset_index(drop=True)
    first = kept.loc[kept["phase"] == 1, "x"]
    if len(first) < 2 or len(first) == len(kept):
        return False
    again = chart(
        kept,
        x="x",
        y="y",
        n=None,
        improvement=options["improvement"],
        baseline=(first.iloc[0], first.iloc[-1]),
    )
    new = again.points["verdict"].to_numpy()[len(first) :]
    level = made.limits["centre"].to_numpy(dtype=np.float64)[[0, -1]]
    better = level[1] < level[0] if options["improvement"] == "down" else level[1] > level[0]
    return bool(better and (new == "improvement").any() and new[-1] != "concern")
