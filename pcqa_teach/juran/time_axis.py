"""Where the points and the phases of a chart lie along its foot."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.spc import Chart

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def across(x: Any) -> NDArray[np.float64]:
    """Give dates or numbers, or one of them, as matplotlib counts them.

    >>> across(pd.Series(pd.to_datetime(["1970-01-02", "1970-01-09"]))).tolist()
    [1.0, 8.0]
    """
    from matplotlib import dates as mdates

    values = np.atleast_1d(np.asarray(x.to_datetime64() if isinstance(x, pd.Timestamp) else x))
    count: Any = mdates  # matplotlib's dates carry no types
    return np.asarray(count.date2num(values) if values.dtype.kind == "M" else values, dtype=float)


def foot(axes: Axes, x: NDArray[Any]) -> None:
    """Put dates or numbers along the foot, with half a step of room at each end."""
    from pcqa_teach.spc.date_axis import date_axis, number_axis

    places = across(x)
    half = float(np.median(np.diff(places))) / 2 if len(places) > 1 else 0.5
    axes.set_xlim(places[0] - half, places[-1] + half)
    if x.dtype.kind == "M":
        date_axis(axes, float(np.ptp(places)))
    else:
        number_axis(axes, x.dtype.kind in "iu")


def phase_edges(chart: Chart) -> list[tuple[float, float]]:
    """Give where each phase begins and ends, half a step beyond its points."""
    x = across(chart.points["x"])
    half = float(np.median(np.diff(x))) / 2 if len(x) > 1 else 0.5
    phase = chart.points["phase"].to_numpy()
    new = np.flatnonzero(phase[1:] != phase[:-1]) + 1
    cuts = (x[new - 1] + x[new]) / 2
    ends = [float(x[0]) - half, *cuts.tolist(), float(x[-1]) + half]
    return list(pairwise(ends))


def draw_axis(ax: Axes, chart: Chart, begin: float, end: float) -> None:
    """Write dates, or numbers, along the foot, and round values up the side."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    from pcqa_teach.spc.date_axis import date_axis, number_axis

    if pd.api.types.is_datetime64_any_dtype(chart.points["x"]):
        date_axis(ax, end - begin, 8)
    else:
        number_axis(ax, chart.points["x"].dtype.kind in "iu")
        ax.set_xticks([tick for tick in ax.get_xticks() if begin < tick < end])
        ax.set_xlabel("Points in order", labelpad=1)
    percent = "%" if chart.unit == "%" else ""
    ax.yaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 2.5, 5, 10]))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:,.10g}{percent}"))
