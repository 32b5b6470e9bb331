"""Rows of bars: a label, a bar to scale, and its figures in columns at the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import SIZE, Page, line_height, text_width, wrapped
from pcqa_teach.figures.sheet import MARGIN, WIDTH

_GAP = 0.12
_INSET = 0.14


@dataclass(frozen=True)
class Bar:
    """One row: its label, its value (None: a heading without a bar), its figures, its look."""

    label: str
    value: float | None
    cells: tuple[str, ...]
    face: str = COLOURS["common"]
    hatch: str = ""
    bold: bool = False
    inset: bool = False


@dataclass(frozen=True)
class Scale:
    """Where the bars lie on the page: left edge, inches a unit, the middle of each row, the end."""

    left: float
    inches: float
    middles: tuple[float, ...]
    top: float
    bottom: float


def draw_bars(
    page: Page,
    bars: Sequence[Bar],
    headings: Sequence[str],
    *,
    full: float,
    room: float = 0.0,
    labels: float = 2.4,
) -> Scale:
    """Draw the rows under their headings.

    `full` is the value that reaches across, `room` the inches kept free above the first row,
    `labels` the most inches of label.
    """
    need = max(text_width(bar.label, SIZE, bar.bold) + _INSET * bar.inset for bar in bars)
    left = MARGIN + min(need + 0.02, labels) + _GAP
    columns = [
        max(text_width(text, SIZE, True) for text in [head, *(bar.cells[i] for bar in bars)])
        for i, head in enumerate(headings)
    ]
    right = WIDTH - MARGIN - sum(columns) - _GAP * len(columns)
    ends = [right + sum(columns[: i + 1]) + _GAP * (i + 1) for i in range(len(columns))]
    for end, heading in zip(ends, headings, strict=True):
        page.write(end, 0.0, heading, bold=True, align="right")
    start = y = line_height() + 0.06 + room
    inches = (right - left) / full
    middles = []
    for bar in bars:
        inset = _INSET * bar.inset
        lines = wrapped(bar.label, left - _GAP - MARGIN - inset, SIZE, bar.bold)
        high = len(lines) * line_height() + 0.09
        page.write(MARGIN + inset, y + 0.045, lines, bold=bar.bold)
        if bar.value is not None:
            thick = min(high - 0.06, 0.2)
            page.bar(
                left, y + (high - thick) / 2, bar.value * inches, thick,
                face=bar.face, edge=COLOURS["ink"], hatch=bar.hatch,
            )  # fmt: skip
        for end, cell in zip(ends, bar.cells, strict=True):
            page.write(end, y + (high - line_height()) / 2, cell, bold=bar.bold, align="right")
        middles.append(y + high / 2)
        y += high
    page.line([(left, start), (left, y)], colour=COLOURS["ink"])
    return Scale(left, inches, tuple(middles), start, y)


def draw_ticks(
    page: Page,
    scale: Scale,
    values: Sequence[float],
    texts: Sequence[str],
    y: float,
    *,
    below: bool,
) -> float:
    """Write an axis above or below the rows; return where it ends."""
    step = 0.04 if below else -0.04
    page.line(
        [(scale.left + values[0] * scale.inches, y), (scale.left + values[-1] * scale.inches, y)],
        colour=COLOURS["ink"],
    )
    for value, text in zip(values, texts, strict=True):
        x = scale.left + value * scale.inches
        page.line([(x, y), (x, y + step)], colour=COLOURS["ink"])
        page.write(x, y + 0.05 if below else y - 0.05 - line_height(), text, align="center")
    return y + 0.05 + line_height() if below else y
