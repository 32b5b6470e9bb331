"""The page that the impact pictures share: message, line under it, axes, key and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.lettering import balanced, broken, fitted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

WIDTH, MARGIN = 7.6, 0.15
_TITLE, _UNDER, _SMALL = 12.5, 9.0, 8.5
_KEY = 0.21


@dataclass(frozen=True)
class Words:
    """What stands around the axes."""

    title: str
    under: str
    notes: list[str]
    alt: str
    name: str


@dataclass(frozen=True)
class Panel:
    """One pair of axes: how to fill it, its height, and the room above and under it, in inches."""

    draw: Callable[[Axes], None]
    tall: float = 3.05
    above: float = 0.0
    under: float = 0.5
    left: float = 0.78
    right: float = 0.3


def page(words: Words, panels: list[Panel]) -> Figure:
    """Lay panels out under the message, name their marks in a key, and finish the picture."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    inside = WIDTH - 2 * MARGIN
    with theme():
        drawing = Drawing()
        FigureCanvasAgg(drawing)
        title = balanced(words.title, inside, _TITLE, "bold")
        under = broken(words.under, inside, _UNDER)
        notes = [line for note in words.notes for line in broken(note, inside, _SMALL)]
        top = 0.24 + 0.225 * len(title) + 0.175 * len(under)
        body = sum(panel.above + panel.tall + panel.under for panel in panels)
        foot_of = 0.165 * len(notes) + 0.15
        height = top + body + 3 * _KEY + foot_of
        drawing.set_size_inches(WIDTH, height)
        axes = _fill(drawing, panels, top, height)
        rows = _key(drawing, axes, top + body, height)
        _shorten(drawing, height, (3 - rows) * _KEY)
        height -= (3 - rows) * _KEY
        _write(drawing, (MARGIN, 0.12), title, _TITLE, height, weight="bold")
        down = 0.17 + 0.225 * len(title)
        _write(drawing, (MARGIN, down), under, _UNDER, height, color=COLOURS["muted"])
        down = height - foot_of + 0.05
        _write(drawing, (MARGIN, down), notes, _SMALL, height, color=COLOURS["muted"])
        return Figure.of(drawing, alt=words.alt, name=words.name)


def _fill(drawing: Drawing, panels: list[Panel], top: float, height: float) -> list[Axes]:
    """Place each panel's axes under the other and draw into them."""
    made, down = [], top
    for panel in panels:
        down += panel.above + panel.tall
        wide = WIDTH - panel.left - panel.right
        box = (panel.left / WIDTH, 1 - down / height, wide / WIDTH, panel.tall / height)
        axes = drawing.add_axes(box)
        panel.draw(axes)
        made.append(axes)
        down += panel.under
    return made


def _key(drawing: Drawing, made: list[Axes], down: float, height: float) -> int:
    """Name every mark once, in as few rows as fit; return how many."""
    named: dict[str, Any] = {}
    for axes in made:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            named.setdefault(label, handle)
    if not named:
        return 0
    for columns in range(len(named), 0, -1):
        key = drawing.legend(
            named.values(), named.keys(), loc="upper left", ncols=columns, fontsize=_SMALL,
            bbox_to_anchor=(0.08 / WIDTH, 1 - down / height), borderaxespad=0.0,
            handletextpad=0.4, columnspacing=1.2, handlelength=2.0,
        )  # fmt: skip
        wide = key.get_window_extent().width / drawing.dpi
        rows = -(-len(named) // columns)
        if wide <= WIDTH - 0.1 or rows == 3:
            return rows
        key.remove()
    return 0


def _shorten(drawing: Drawing, height: float, by: float) -> None:
    """Take room away at the foot that the key did not need."""
    new = height - by
    for axes in drawing.axes:
        box = axes.get_position()
        low = 1 - (1 - box.y0) * height / new
        axes.set_position((box.x0, low, box.width, box.height * height / new))
    for key in drawing.legends:
        anchor = key.get_bbox_to_anchor().transformed(drawing.transFigure.inverted())
        key.set_bbox_to_anchor((0.08 / WIDTH, 1 - (1 - anchor.y1) * height / new))
    drawing.set_size_inches(WIDTH, new)


def _write(
    drawing: Drawing, at: tuple[float, float], lines: list[str], size: float, height: float,
    **look: Any,
) -> None:  # fmt: skip
    """Write lines from a place in inches from the top left."""
    if lines:
        drawing.text(
            at[0] / WIDTH, 1 - at[1] / height, "\n".join(lines), va="top", size=size,
            linespacing=1.18, parse_math=False, **look,
        )  # fmt: skip


def across(x: Any) -> NDArray[np.float64]:
    """Give places along x as matplotlib counts them."""
    from matplotlib import dates as mdates

    x = x.to_datetime64() if isinstance(x, pd.Timestamp) else x
    values = np.atleast_1d(np.asarray(x))
    count: Any = mdates
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


def change_line(axes: Axes, at: float, said: str) -> None:
    """Mark the change with a dotted line and its date, inside the axes at the top."""
    low, high = axes.get_xlim()
    late = (at - low) / (high - low) > 0.7
    axes.axvline(at, color=COLOURS["ink"], lw=1.0, ls=(0, (1, 2)), zorder=2)
    axes.annotate(
        said,
        (at, 1.0),
        xycoords=axes.get_xaxis_transform(),
        xytext=(-5 if late else 5, -3),
        textcoords="offset points",
        ha="right" if late else "left",
        va="top",
        size=8.5,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.0},
        zorder=8,
    )


def room(axes: Axes, top: float = 0.16, foot: float = 0.0) -> None:
    """Leave room at the top and the foot for what is written there."""
    low, high = axes.get_ylim()
    axes.set_ylim(low - foot * (high - low), high + top * (high - low))


def value_label(axes: Axes, title: str, unit: str, inches: float) -> None:
    """Name what goes up the side, in at most two lines."""
    text = title if unit in ("", "%") else unit
    said = f"{text[:1].upper()}{text[1:]}{', %' if unit == '%' else ''}"
    axes.set_ylabel("\n".join(fitted(said, inches, 10, 2)))
