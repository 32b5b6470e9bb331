"""The sheet that a picture stands on: message, what it is of, key, notes; placed in inches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures.figure import Figure
from pcqa_teach.figures.lettering import balanced, broken
from pcqa_teach.figures.look import COLOURS, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

WIDTH, MARGIN = 7.6, 0.15
WIDE = WIDTH - 2 * MARGIN
TITLE, UNDER, SMALL = 12.5, 9.0, 8.5  # points
_TITLE_LINE, _UNDER_LINE, _NOTE_LINE, _KEY_LINE = 0.225, 0.175, 0.165, 0.30  # inches


@dataclass(frozen=True)
class Sheet:
    """A heading and notes, broken to the width of the sheet.

    Parameters
    ----------
    title, under : the message, and what the picture is of
    notes : small print for the foot, each note on lines of its own
    """

    title: str
    under: str = ""
    notes: Sequence[str] = ()

    @cached_property
    def title_lines(self) -> list[str]:
        """The message in lines."""
        return balanced(self.title, WIDE, TITLE, "bold")

    @cached_property
    def under_lines(self) -> list[str]:
        """What the picture is of in lines, none of which begins with a dot between parts."""
        return broken(self.under.replace(" · ", "\u00a0· "), WIDE, UNDER)

    @cached_property
    def note_lines(self) -> list[str]:
        """The notes in lines."""
        return [line for note in self.notes for line in broken(note, WIDE, SMALL)]

    @property
    def head(self) -> float:
        """The inches that the heading takes."""
        return 0.20 + _TITLE_LINE * len(self.title_lines) + _UNDER_LINE * len(self.under_lines)

    @property
    def foot(self) -> float:
        """The inches that the notes take, with the space under them."""
        return 0.10 + _NOTE_LINE * len(self.note_lines)

    def write(self, drawing: Drawing, height: float) -> None:
        """Write the heading at the top and the notes at the foot."""
        down = 0.17 + _TITLE_LINE * len(self.title_lines)
        muted = {"color": COLOURS["muted"]}
        _write(drawing, self.title_lines, 1 - 0.12 / height, "top", size=TITLE, weight="bold")
        _write(drawing, self.under_lines, 1 - down / height, "top", size=UNDER, **muted)
        _write(drawing, self.note_lines, 0.07 / height, "bottom", size=SMALL, **muted)


def _write(drawing: Drawing, lines: list[str], y: float, side: str, **look: Any) -> None:
    if lines:
        drawing.text(MARGIN / WIDTH, y, "\n".join(lines), va=side, linespacing=1.2, **look)


def blank(height: float) -> Drawing:
    """Give an empty sheet that belongs to nobody's list of open ones."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    drawing = Drawing(figsize=(WIDTH, height))
    FigureCanvasAgg(drawing)
    return drawing


@dataclass
class Plot:
    """Axes to draw in, one over the other; heading, key and notes come when it is finished."""

    sheet: Sheet
    inches: float
    drawing: Drawing
    axes: list[Axes] = field(default_factory=list)

    def finish(self, *, alt: str, name: str) -> Figure:
        """Name the marks in a row under the heading, and render the sheet."""
        named: dict[str, Any] = {}
        for axes in self.axes:
            if axes.get_legend() is None:
                for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
                    named.setdefault(label, handle)
        head, foot = self.sheet.head, self.sheet.foot
        top = head + (_KEY_LINE if named else 0.04)
        height = top + self.inches + foot
        self.drawing.set_size_inches(WIDTH, height)
        engine: Any = self.drawing.get_layout_engine()
        engine.set(rect=(0.012, foot / height, 0.976, self.inches / height))
        self.sheet.write(self.drawing, height)
        if named:
            key = self.drawing.legend(
                named.values(), named.keys(), loc="upper left", ncols=len(named), fontsize=9,
                bbox_to_anchor=(0.09 / WIDTH, 1 - head / height), handletextpad=0.5,
                columnspacing=1.4, borderaxespad=0.0,
            )  # fmt: skip
            key.set_in_layout(False)
        return Figure.of(self.drawing, alt=alt, name=name)


@contextmanager
def plot(
    title: str, under: str, notes: Sequence[str], inches: float, rows: Sequence[float] = (1.0,)
) -> Iterator[Plot]:
    """Open a sheet in the kit's look; `rows` are the heights of charts that share their x axis."""
    with theme():
        drawing = blank(inches)
        drawing.set_layout_engine("constrained")
        axes: Any = drawing.subplots(
            len(rows), 1, sharex=True, squeeze=False, gridspec_kw={"height_ratios": list(rows)}
        )
        note = " ".join(one for one in notes if one)
        yield Plot(Sheet(title, under, [note]), inches, drawing, list(np.ravel(axes)))


def legend_above(axes: Axes, columns: int = 4) -> None:
    """Name the marks of one chart of several in a row above it, where no mark can be."""
    axes.legend(
        loc="lower left", bbox_to_anchor=(0, 1.0), ncols=columns, borderaxespad=0.2,
        handlelength=2.2,
    )  # fmt: skip
