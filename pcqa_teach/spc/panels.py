"""Small multiples: the charts of all groups on one sheet, in rows or as a grid of two columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.spc import icon_drawing, sheet
from pcqa_teach.spc.axes_drawing import panel_axes
from pcqa_teach.spc.callouts import note_lines
from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.draw import notes
from pcqa_teach.spc.marks import Marks
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Bools, Floats, Ints
from pcqa_teach.spc.sheet import WIDTH, Sheet
from pcqa_teach.spc.windows import Windows, windows
from pcqa_teach.spc.words import dates_said, message, numbers, period

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

_HEAD = 0.40  # inches over a panel, for its name and icons
_ROW_HEAD = 0.26  # inches over a row of a grid, for the row's name
_TICKS = 0.46
_RIGHT = 0.15
_VALUES = 0.55  # inches left of a panel, for the values along its y axis


@dataclass(frozen=True)
class _Size:
    """How large a panel is and what stands over it: inches, and points for the name."""

    tall: float
    between: float
    icon: float
    name: float


_USUAL, _CLOSE = _Size(1.35, 0.22, 0.30, 9.0), _Size(1.0, 0.16, 0.24, 8.5)
_FEW = 4  # columns; with more, panels stand closer


@dataclass(frozen=True)
class Layout:
    """The row and the column of each panel, counted from 0, and what rows are called, if anything.

    Parameters
    ----------
    row, column : arrays of int, one a group
    columns : how many columns
    names : the name of each panel
    row_names : the name of each row; empty where rows only follow one another
    """

    row: Ints
    column: Ints
    columns: int
    names: list[str]
    row_names: list[str]

    @property
    def lowest(self) -> Bools:
        """Which panels have none below them."""
        deepest = np.full(self.columns, -1)
        np.maximum.at(deepest, self.column, self.row)
        lowest: Bools = self.row == deepest[self.column]
        return lowest

    @property
    def outer(self) -> Bools:
        """Which panels have none to their left."""
        first = np.full(int(self.row.max()) + 1, self.columns)
        np.minimum.at(first, self.row, self.column)
        outer: Bools = self.column == first[self.row]
        return outer


def lay_out(chart: Chart) -> Layout:
    """Set groups of one column in rows, groups of two as a grid of rows and columns.

    A grid too wide for the sheet is turned on its side.
    """
    by = chart.by_columns
    if len(by) == 1:
        names = chart.group_names
        count = len(names)
        columns = min(count, 2 if count <= 4 else 3 if count <= 12 else 4 if count <= 40 else 5)
        row, column = np.divmod(np.arange(count), columns)
        return Layout(row, column, columns, names, [])
    row, row_names = pd.factorize(chart.icons[by[0]])
    column, column_names = pd.factorize(chart.icons[by[1]])
    if len(column_names) > max(_FEW + 1, len(row_names)):
        row, row_names, column, column_names = column, column_names, row, row_names
    names = [str(column_names[one]) for one in column.tolist()]
    return Layout(row, column, len(column_names), names, [str(name) for name in row_names])


def panels(
    drawing: MplFigure, chart: Chart, *, two_sigma: bool, free_y: bool
) -> tuple[Axes, Windows]:
    """Draw one small chart a group, all in one axes whose units are the sheet's inches."""
    out = lay_out(chart)
    letters = icon_drawing.letters_said([chart])
    small = [*([letters] if letters else []), *notes(chart), *_notes(chart)]
    paper = Sheet(message(chart), _subtitle(chart, free_y), small)
    size = _CLOSE if out.columns > _FEW else _USUAL
    between = _VALUES if free_y else size.between
    wide = (WIDTH - _VALUES - _RIGHT - (out.columns - 1) * between) / out.columns
    tall = size.tall
    over = _HEAD + (_ROW_HEAD if out.row_names else 0.0)
    step = over + tall + 0.05
    floor: Floats = (int(out.row.max()) - out.row) * np.float64(step)
    high = float(floor.max()) + tall + over
    ax = drawing.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, high))
    ax.axis("off")
    ax.patch.set_visible(False)
    left: Floats = _VALUES + out.column * np.float64(wide + between)
    on = windows(chart, free_y=free_y).at(left, floor, wide, tall)
    outer = np.ones_like(out.outer) if free_y else out.outer
    panel_axes(ax, chart, on, outer, out.lowest, (5 if wide > 1.3 else 3, 4))
    marks = Marks(ax, chart, on, small=True, two_sigma=two_sigma)
    marks.draw()
    marks.upright(*note_lines(chart, on), "note")
    top = floor + tall
    _names(ax, chart, out, (left, top, wide), size)
    if out.row_names:
        _row_names(ax, out, top + _HEAD)
    keys = sheet.key_rows(sheet.named(ax))
    bottom = _TICKS + sheet.key_high(keys) + paper.notes_high
    height = bottom + high + 0.04 + paper.head
    drawing.set_size_inches(WIDTH, height)
    ax.set_ylim(-bottom, height - bottom)
    middle = bottom + top + 0.04 + size.icon / 2
    icon_drawing.icons(drawing, chart, left + wide, middle, size.icon)
    paper.write(drawing, height)
    sheet.write_key(drawing, keys, bottom - _TICKS, height)
    return ax, on


def _subtitle(chart: Chart, free_y: bool) -> str:
    x = chart.points["x"]
    what = chart.about.centre if chart.kind == "run" else "limits"
    where = "its own baseline" if chart.workings.phases.frozen else "all its own points"
    trial = " (dotted: trial limits, fewer than 13 points)" if chart.limits["trial"].any() else ""
    unit = f" · {chart.unit}" if chart.unit not in ("", "%") else ""
    free = " · each on a scale of its own" if free_y else ""
    by = " and ".join(chart.by_columns)
    return (
        f"{chart.about.title}s, one for each {by.replace('_', ' ')}"
        f" · {dates_said(period(nth(chart, 0)), x.min(), x.max())}"
        f" · each group's {what} from {where}{trial}{unit}{free}"
    )


def _notes(chart: Chart) -> list[str]:
    """Say what the upright lines mark, which have no room for words."""
    every = period(nth(chart, 0))
    names = chart.group_names
    return [
        f"Upright line {every.on(note.x)}"
        f"{'' if note.group is None else f' in {names[note.group]}'}: {note.text}"
        for note in chart.annotations
    ]


def _names(
    ax: Axes, chart: Chart, out: Layout, place: tuple[Floats, Floats, float], size: _Size
) -> None:
    """Write each group's name over its panel and, where there is room, its latest centre."""
    left, top, wide = place
    room = wide - icon_drawing.how_many(chart) * size.icon * (1 + icon_drawing.GAP) - 0.02
    say = numbers(chart)
    centres = chart.limits["centre"].to_numpy()[_last_phases(chart)]
    for name, x, y, centre in zip(out.names, left, top, centres.tolist(), strict=True):
        lines = fitted(name, room, size.name, 2, "bold")
        look: Any = {"size": size.name, "va": "bottom", "linespacing": 1.1}
        if len(lines) > 1 or not np.isfinite(centre):
            ax.text(x, y + 0.04, "\n".join(lines), weight="bold", **look)
            continue
        value = say(centre) if chart.unit == "%" else say.bare(centre)
        ax.text(x, y + 0.185, lines[0], weight="bold", **look)
        under = f"{chart.about.centre} {value}"
        ax.text(x, y + 0.04, fitted(under, room, 8.5, 1)[0], color=COLOURS["muted"], **look)


def _last_phases(chart: Chart) -> Ints:
    """Give the row of `chart.limits` of each group's latest phase."""
    starts = chart.workings.phases.segments.starts
    groups = chart.workings.series.group_starts
    return np.searchsorted(starts, np.append(groups[1:], len(chart.points))) - 1


def _row_names(ax: Axes, out: Layout, top: Floats) -> None:
    """Write the name of each row of a grid over it, with a rule."""
    for row, name in enumerate(out.row_names):
        y = float(top[out.row == row][0])
        ax.plot([0.15, WIDTH - _RIGHT], [y + 0.20] * 2, color=COLOURS["grid"], lw=1.2)
        words = fitted(name, WIDTH - 0.3, 10, 1, "bold")
        ax.text(0.15, y + 0.02, words[0], size=10, weight="bold", va="bottom")
