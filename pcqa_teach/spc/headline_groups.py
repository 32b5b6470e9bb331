"""The message of many charts side by side: how many are unusual now, or were before."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.episodes import episodes
from pcqa_teach.spc.headline_past import gravest, past
from pcqa_teach.spc.phrases import directions, period, unusual_said
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Ints


def of_groups(chart: Chart) -> str:
    """Say how many groups are unusual now; where none is, how many were before."""
    counts = {str(name): int(count) for name, count in
              chart.icons["variation"].value_counts().items()}  # fmt: skip
    total, rows = len(chart.icons), earlier(chart)
    before = int((rows >= 0).sum())
    if counts.get("common", 0) < total or not before:
        return unusual_said(counts, total)
    many = f"in {before} of {total}" if total > 1 else "in the only one"
    return (
        f"nothing unusual in the latest {period(nth(chart, 0)).one}; earlier signals {many}"
        f" (most recent: {_most_recent(chart, rows)})"
    )


def earlier(chart: Chart) -> Ints:
    """Give the latest row of each group's last phase that has a signal; -1 where none has."""
    starts = chart.workings.phases.segments.starts
    groups = chart.workings.series.group_starts
    last = np.searchsorted(starts, np.append(groups[1:], len(chart.points))) - 1
    every = np.arange(len(chart.points))
    begin = np.repeat(starts[last], np.diff(groups, append=len(every)))
    flagged = chart.points["signal"].to_numpy() & (every >= begin)
    latest: Ints = np.maximum.reduceat(np.where(flagged, every, -1), groups)
    return latest


def _most_recent(chart: Chart, rows: Ints) -> str:
    """Say which group's signal came last, and what it was; of several that day, a concern."""
    groups = np.flatnonzero(rows >= 0)
    points = chart.points.iloc[rows[groups]]
    concern = points["verdict"].to_numpy() == "concern"
    place = int(groups[np.lexsort((concern, points["x"].to_numpy()))[-1]])
    one = nth(chart, place)
    row = int(rows[place] - chart.workings.series.group_starts[place])
    found = gravest(one, [each for each in episodes(one) if each.last == row])
    name = chart.group_names[place]
    if found.rule != "outside":
        return f"{name}, {past(one, found)}"
    when = period(one).say(one.points["x"].iloc[row])
    return f"{name}, {directions(found.sign)['level']}, {when}"
