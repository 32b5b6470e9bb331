"""A chart whose points say, when asked, why they are flagged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import theme
from pcqa_teach.figures.hover import Interactive, Spot
from pcqa_teach.spc.draw import blank, compose, file_name
from pcqa_teach.spc.places import cells, heights, latest, places
from pcqa_teach.spc.reasons import point_words
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.windows import Windows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST = 600  # points; in a chart of more, those of ordinary variation stay silent


def interactive(chart: Chart, *, two_sigma: bool = False, free_y: bool = False) -> Interactive:
    """Draw the finished picture with a tooltip for each point.

    Tab goes to each flagged point and to the latest; the mouse, a finger and the arrow keys reach
    the others too.
    """
    from pcqa_teach.figures import Figure

    with theme():
        drawing = blank()
        ax, on = compose(drawing, chart, two_sigma=two_sigma, free_y=free_y)
        found = spots(chart, ax, on)
        return Interactive(Figure.of(drawing, alt=chart.alt_text, name=file_name(chart)), found)


def spots(chart: Chart, ax: Axes, on: Windows) -> tuple[Spot, ...]:
    """Give the place and the words of each point that holds a value."""
    y = heights(chart)
    flagged = chart.points["signal"].to_numpy() & np.isfinite(y)
    marked = flagged.copy()
    last = latest(chart)
    marked[last[last >= 0]] = True
    told = np.isfinite(y) if np.isfinite(y).sum() <= MOST else marked
    rows = np.flatnonzero(told)
    begin, end = cells(chart)
    x, point = _shares(ax, on.x(places(chart)), on.y(y))
    left, top = _shares(ax, on.x(begin), on.y(on.y1[on.group], on.group))
    right, foot = _shares(ax, on.x(end), on.y(on.y0[on.group], on.group))
    words = point_words(chart)
    names = chart.group_names if chart.by is not None else [""]
    found = []
    for row in rows.tolist():
        group = names[int(on.group[row])]
        found.append(
            Spot(
                x=float(x[row]),
                y=float(point[row]),
                left=float(left[row]),
                top=float(top[row]),
                wide=float(right[row] - left[row]),
                tall=float(foot[row] - top[row]),
                text=f"{group}{', ' if group else ''}{words[row]}",
                marked=bool(marked[row]),
            )
        )
    return tuple(found)


def _shares(ax: Axes, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Take places in the axes to shares of the figure, from the top left."""
    figure: Any = ax.figure
    across, up = (
        figure.transFigure.inverted().transform(ax.transData.transform(np.column_stack([x, y]))).T
    )
    return across, 1 - up
