"""Short texts at dates: why a phase begins, what somebody noted; kept apart where they crowd."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.lettering import fitted, text_width
from pcqa_teach.spc.phases import NO_REASON
from pcqa_teach.spc.places import as_places, cells
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats, Ints
from pcqa_teach.spc.windows import Windows

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE = 8.5
_WIDEST = 1.55  # inches
_LINE = 0.145
_GAP = 0.06
_MOST_LINES = 3


@dataclass(frozen=True)
class Callout:
    """A text at a place of x; `line` asks for a thin line down through the points."""

    x: float
    text: str
    line: bool = True
    italic: bool = False


@dataclass(frozen=True)
class Placed:
    """A callout broken into lines, with its left edge and top in inches from the plot's corner."""

    callout: Callout
    lines: list[str]
    left: float
    top: float


def callouts(chart: Chart) -> list[Callout]:
    """List the texts of a chart of one series, from left to right."""
    phases, (begin, _) = chart.workings.phases, cells(chart)
    found = [
        Callout(float(begin[start]), why[:1].upper() + why[1:], False, why == NO_REASON)
        for start, why in zip(phases.segments.starts[1:], phases.reasons[1:], strict=True)
        if why
    ]
    return sorted([*found, *_notes(chart)], key=lambda one: one.x)


def _notes(chart: Chart) -> list[Callout]:
    where = as_places(chart, [note.x for note in chart.annotations])
    return [
        Callout(x, note.text)
        for x, note in zip(where.tolist(), chart.annotations, strict=True)
        if note.text
    ]


def note_lines(chart: Chart, on: Windows) -> tuple[Floats, Ints]:
    """Give where the notes of many groups stand in their windows, and the group of each."""
    every = range(len(on.y0))
    found = [
        (note.x, group)
        for note in chart.annotations
        for group in (every if note.group is None else [note.group])
    ]
    which = np.array([group for _, group in found], dtype=np.int64)
    return on.x(as_places(chart, [x for x, _ in found]), which), which


def arrange(found: Sequence[Callout], x0: float, x1: float, wide: float) -> list[Placed]:
    """Set each text beside its place in a plot `wide` inches wide, below those it would cover.

    >>> two = [Callout(1.0, "Text reminders"), Callout(1.2, "New phone system")]
    >>> [round(one.top, 3) for one in arrange(two, 0.0, 10.0, 5.8)]
    [0.0, 0.205]
    """
    placed: list[Placed] = []
    for one in found:
        at = (one.x - x0) / (x1 - x0) * wide
        room = min(_WIDEST, max(wide - at, at) - 2 * _GAP)
        lines = fitted(one.text, room, SIZE, _MOST_LINES)
        needed = max((text_width(line, SIZE) for line in lines), default=0.0)
        left = at + _GAP if at + _GAP + needed <= wide else at - _GAP - needed
        top = 0.0
        for other in sorted(placed, key=lambda other: other.top):
            if _beside(other, left, needed):
                continue
            if top + _high(lines) > other.top and top < other.top + _high(other.lines):
                top = other.top + _high(other.lines)
        placed.append(Placed(one, lines, left, top))
    return placed


def _high(lines: list[str]) -> float:
    return _LINE * len(lines) + _GAP


def _beside(other: Placed, left: float, wide: float) -> bool:
    taken = max(text_width(line, SIZE) for line in other.lines)
    return left >= other.left + taken + _GAP or left + wide + _GAP <= other.left


def band(placed: Sequence[Placed]) -> float:
    """Give the inches at the top of the plot that the texts take."""
    return max((one.top + _high(one.lines) for one in placed), default=0.0)


def write(ax: Axes, placed: Sequence[Placed], wide: float, tall: float) -> None:
    """Write the texts at the top of axes of that size, each with its line."""
    for one in placed:
        if one.callout.line:
            ax.axvline(one.callout.x, color=COLOURS["muted"], lw=0.8, zorder=1)
        ax.text(
            one.left / wide, 1 - (one.top + 0.02) / tall, "\n".join(one.lines),
            transform=ax.transAxes, ha="left", va="top", size=SIZE, zorder=7, linespacing=1.15,
            style="italic" if one.callout.italic else "normal",
            bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 0.6},
        )  # fmt: skip
