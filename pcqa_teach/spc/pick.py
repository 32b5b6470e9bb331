"""Take the chart of one group out of a chart of many."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.limits import Data
from pcqa_teach.spc.result import Chart, Workings
from pcqa_teach.spc.segments import Segments


def pick(chart: Chart, group: Any) -> Chart:
    """Give the chart of one group, as it would be made from that group's rows alone."""
    groups = chart.workings.series.groups
    if chart.by is None or group not in groups:
        raise ChartError("There is no such group in this chart: chart.icons lists them.")
    return nth(chart, groups.tolist().index(group))


def nth(chart: Chart, which: int) -> Chart:
    """Give the chart of the group in place `which`, counting from 0."""
    work = chart.workings
    told, cut, data = work.series, work.phases, work.data
    start, stop = np.searchsorted(told.group, [which, which + 1])
    rows = slice(int(start), int(stop))
    first, last = np.searchsorted(cut.segments.starts, [start, stop])
    those = slice(int(first), int(last))
    segments = Segments(cut.segments.starts[those] - start, int(stop - start))
    part = replace(
        told,
        x=told.x[rows],
        y=told.y[rows],
        n=None if told.n is None else told.n[rows],
        group=np.zeros(int(stop - start), dtype=np.int64),
        groups=pd.Index([]),
        holiday=None if told.holiday is None else told.holiday[rows],
        order=told.order[rows],
    )
    phases = replace(
        cut,
        segments=segments,
        number=cut.number[those],
        base=cut.base[rows],
        excluded=cut.excluded[rows],
    )
    inner = Data(
        part.y, data.base[rows], segments, data.screen, data.ratio, part.n, phases.excluded
    )
    codes = {name: code[rows] for name, code in work.codes.items()}
    working = Workings(
        part, phases, inner, codes, work.up[rows], work.down[rows], work.whole[rows],
        work.targets[which : which + 1],
    )  # fmt: skip
    name = str(told.groups[which])
    return replace(
        chart,
        points=_own(chart.points.iloc[rows], chart.by),
        limits=_own(chart.limits.iloc[those], chart.by),
        icons=_own(chart.icons.iloc[which : which + 1], chart.by),
        by=None,
        title=f"{chart.title}, {name}",
        workings=working,
    )


def _own(frame: pd.DataFrame, by: str | None) -> pd.DataFrame:
    return frame.drop(columns=by).reset_index(drop=True)
