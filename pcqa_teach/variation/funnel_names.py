"""The names in a funnel's picture: of units outside, or of those that were asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.lettering import text_width
from pcqa_teach.variation.funnel_result import Funnel
from pcqa_teach.variation.funnel_words import outside_first
from pcqa_teach.variation.label_places import places

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = 8.0
_MOST = 14
_CROWD = 40  # more units outside than this: names would say nothing
_ROOM = 1.35  # inches that a name may take
_XY = ["denominator", "value"]


def names(ax: Axes, funnel: Funnel, drawn: pd.DataFrame, which: str) -> None:
    """Name points, the furthest out first; those asked for are ringed and may cover the others."""
    wanted = _wanted(funnel, drawn, which)
    if not len(wanted):
        return
    asked = not isinstance(funnel.labels, str)
    if asked:
        x, y = wanted[_XY].to_numpy().T
        ax.scatter(x, y, s=75, facecolors="none", linewidths=1.3,
                   edgecolors=COLOURS["ink"], zorder=3.5)  # fmt: skip
    texts = [short(str(name)) for name in wanted[funnel.unit]]
    to_points = 72 / ax.figure.dpi
    at = ax.transData.transform(wanted[_XY].to_numpy()) * to_points
    others = at if asked else ax.transData.transform(drawn[_XY].to_numpy()) * to_points
    sizes = np.array([[72 * text_width(text, SIZE) + 1, SIZE * 1.25] for text in texts])
    box = ax.get_window_extent()
    edges = [edge * to_points for edge in (box.x0, box.y0, box.x1, box.y1)]
    for place in places(at, sizes, others, edges, _MOST):
        text = ax.annotate(
            texts[place.index], wanted[_XY].to_numpy()[place.index], xytext=(place.dx, place.dy),
            textcoords="offset points", fontsize=SIZE, ha="left", va="bottom", zorder=4,
        )  # fmt: skip
        text.set_path_effects([_halo()])


def _wanted(funnel: Funnel, drawn: pd.DataFrame, which: str) -> pd.DataFrame:
    order = outside_first(funnel)
    order = order[order.index.isin(drawn.index)]
    if funnel.labels is None:
        return order.head(0)
    if not isinstance(funnel.labels, str):
        return order[order[funnel.unit].astype(str).isin([str(one) for one in funnel.labels])]
    outside = order[order[f"{which}_outside998"]]
    return outside if which == "adjusted" or len(outside) <= _CROWD else outside.head(0)


def short(name: str) -> str:
    """Shorten a long name in its middle: practices of one street differ at the end.

    >>> short("P007"), short("The Old Riverside Partnership, branch 12")
    ('P007', 'The Old Ri...branch 12')
    """
    if text_width(name, SIZE) <= _ROOM:
        return name
    keep = len(name) // 2
    while keep > 1 and text_width(f"{name[:keep]}...{name[-keep:]}", SIZE) > _ROOM:
        keep -= 1
    return f"{name[:keep].rstrip()}...{name[-keep:].lstrip()}"


def _halo() -> Any:
    """Let a name stand clear of what is behind it."""
    from matplotlib import patheffects

    return patheffects.withStroke(linewidth=2.2, foreground="white")
