"""The picture of capability: how often each value came, what is asked, and what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.arguments import Floats
from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import counted
from pcqa_teach.spc.words import numbers
from pcqa_teach.variation.capability_words import alt_text, asked, message
from pcqa_teach.variation.process_capability import Capability

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST = 24  # bars


def figure(found: Capability) -> Figure:
    """Draw the finished picture."""
    under = (
        f"{counted(found.points, 'value')} · asked for {asked(found)} · Cpk {found.cpk:.2f}"
        " (1.33 or more is room enough)"
    )
    note = (
        "Control limits are what the process does left alone; they are not what is asked of it."
        " A value on the line meets what is asked."
    )
    with plot(message(found), under, [note], 2.7) as sheet:
        _marks(sheet.axes[0], found)
        return sheet.finish(alt=alt_text(found), name=f"{found.chart.title[:60]} capability")


def _marks(axes: Axes, found: Capability) -> None:
    values = _values(found)
    axes.hist(values, bins=list(_edges(values)), color=COLOURS["common"], edgecolor="white",
              linewidth=1.0, zorder=2)  # fmt: skip
    axes.axvline(found.mean, color=COLOURS["centre"], lw=1.4, label="Mean", zorder=3)
    for place, edge in enumerate(found.natural):
        axes.axvline(edge, color=COLOURS["limit"], lw=1.5, ls=(0, (5, 3)), zorder=3,
                     label="Control limits: what is done" if place == 0 else None)  # fmt: skip
    given = [one for one in (found.lower, found.upper) if np.isfinite(one)]
    for place, edge in enumerate(given):
        axes.axvline(edge, color=COLOURS["target"], lw=2.4, zorder=4,
                     label="Asked for" if place == 0 else None)  # fmt: skip
    low, high = min(*found.natural, *given, values.min()), max(*found.natural, *given, values.max())
    room = 0.06 * (high - low)
    axes.set_xlim(low - room, high + room)
    unit = found.chart.unit
    axes.set_xlabel(fitted(f"{found.chart.title}{f', {unit}' if unit else ''}", 6, 10, 1)[0])
    axes.set_ylabel("How often")
    axes.yaxis.set_major_locator(_whole())
    axes.xaxis.set_major_formatter(_said(found))


def _values(found: Capability) -> Floats:
    points = found.chart.points
    own = points["phase"] == found.chart.limits["phase"].iloc[-1]
    values: Floats = points.loc[own, "y"].dropna().to_numpy(dtype=np.float64)
    return values


def _edges(values: Floats) -> Floats:
    """Choose the bars: one a value where values are few and whole, else of one width.

    >>> _edges(np.array([3.0, 4, 4, 5])).tolist()
    [2.5, 3.5, 4.5, 5.5]
    """
    low, high = float(values.min()), float(values.max())
    if high - low < _MOST and (values == np.round(values)).all():
        return np.asarray(np.arange(low - 0.5, high + 1), dtype=np.float64)
    edges: Floats = np.asarray(np.histogram_bin_edges(values, "auto"), dtype=np.float64)
    return edges if len(edges) <= _MOST else np.linspace(low, high, _MOST + 1)


def _whole() -> Any:
    from matplotlib.ticker import MaxNLocator

    locator: Any = MaxNLocator
    return locator(5, integer=True)


def _said(found: Capability) -> Any:
    from matplotlib.ticker import FuncFormatter

    each = "%" if numbers(found.chart).unit == "%" else ""
    return FuncFormatter(lambda value, _: f"{value:,.10g}{each}")
