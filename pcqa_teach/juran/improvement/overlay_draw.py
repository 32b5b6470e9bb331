"""A chart with a numbered flag at the date of each test, and a key beneath."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.boxes import Look, Page, paper, text_width, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH, Sheet, blank
from pcqa_teach.juran.improvement.cycle_words import log_message
from pcqa_teach.juran.improvement.table_draw import SIGNS
from pcqa_teach.juran.time_axis import across, phase_edges
from pcqa_teach.sayings import day
from pcqa_teach.spc import Chart

if TYPE_CHECKING:
    from pcqa_teach.juran.improvement.cycles import PdsaLog

_LEFT, _RIGHT, _PLOT = 0.85, 1.1, 2.9
_FLAG, _ROW = 0.2, 0.23  # inches of a flag, and of a row of flags
_LOOK = Look(face="#FFFFFF", edge=COLOURS["ink"])


def overlay_figure(log: PdsaLog, chart: Chart) -> Figure:
    """Draw the chart, flags above it in as many rows as they need, and the key below."""
    spots = _spots(log, chart)
    notes = ["A flag shows when, not why: what else happened in those weeks?", *chart.notes]
    words = Sheet(chart.message, f"Tests of change on the chart · {log_message(log)}", notes)
    down, rows = words.head, _rows(spots)
    top = down + 0.1 + _ROW * (max(rows.values(), default=0) + 1)
    key = _key(log, spots)
    height = top + _PLOT + 0.62 + key.bottom + 0.05 + words.foot
    marks = Page()
    with theme():
        drawing = blank(height)
        sheet = paper(drawing)
        words.write(drawing, height)
        ax = drawing.add_axes(
            (
                _LEFT / WIDTH,
                1 - (top + _PLOT) / height,
                (WIDTH - _LEFT - _RIGHT) / WIDTH,
                _PLOT / height,
            )
        )
        ax.patch.set_visible(False)
        chart.plot(ax)
        ax.set_title("")
        for cycle, x in spots.items():
            y = down + 0.08 + _ROW * rows[cycle]
            marks.line(
                [(x, y + _FLAG), (x, top + _PLOT)], colour=COLOURS["ink"], width=0.6, dashed=True
            )
            marks.box(x - _FLAG / 2, y, _FLAG, _FLAG, _LOOK)
            marks.write(x, y + 0.025, str(cycle), bold=True, align="center")
        marks.draw(sheet)
        key.draw(sheet, top + _PLOT + 0.62)
        alt = f"{chart.alt_text} {_alt(log, spots)}"
        return Figure.of(drawing, alt=alt, name=f"tests on {chart.title}")


def _spots(log: PdsaLog, chart: Chart) -> dict[int, float]:
    """Give inches from the left of each test whose date lies on the chart."""
    if not isinstance(chart, Chart) or chart.by is not None:
        raise DataError("on() needs the chart of one series: take one with chart.single(group).")
    if not pd.api.types.is_datetime64_any_dtype(chart.points["x"]):
        raise DataError("The chart has no dates, so the tests have no place on it: chart by date.")
    spans = phase_edges(chart)
    begin, end = spans[0][0], spans[-1][1]
    days = across(pd.Series([one.done_on or one.predicted_on for one in log.cycles]))
    inch = (WIDTH - _LEFT - _RIGHT) / (end - begin)
    return {
        one.cycle: float(_LEFT + (day - begin) * inch)
        for one, day in zip(log.cycles, days, strict=True)
        if begin <= day <= end
    }


def _rows(spots: dict[int, float]) -> dict[int, int]:
    """Put flags that would touch into rows of their own."""
    rows: dict[int, int] = {}
    ends: list[float] = []
    for cycle, x in sorted(spots.items(), key=lambda one: one[1]):
        free = [row for row, end in enumerate(ends) if end <= x - _FLAG / 2]
        row = free[0] if free else len(ends)
        ends[row : row + 1] = [x + _FLAG / 2 + 0.03]
        rows[cycle] = row
    return rows


def _key(log: PdsaLog, spots: dict[int, float]) -> Page:
    page = Page()
    indent = text_width(f"{len(log.cycles)}  ", bold=True) + 0.08
    y = 0.0
    for one in log.cycles:
        when = day(one.done_on or one.predicted_on)
        words = f"{when}: {one.change}. Predicted: {one.prediction}. {SIGNS[one.compared][2]}."
        if one.cycle not in spots:
            words += " (Its date is not on this chart.)"
        page.write(MARGIN, y, str(one.cycle), bold=True)
        y = page.write(MARGIN + indent, y, wrapped(words, WIDTH - 2 * MARGIN - indent)) + 0.03
    return page


def _alt(log: PdsaLog, spots: dict[int, float]) -> str:
    parts = [
        f"test {one.cycle} on {day(one.done_on or one.predicted_on)}, {one.compared}"
        for one in log.cycles
        if one.cycle in spots
    ]
    return f"Flags: {'; '.join(parts)}." if parts else "No test falls on this chart."
