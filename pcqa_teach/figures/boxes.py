"""A sheet of paper measured in inches from its top left: wrapped text, boxes, lines, arrows.

Text is measured with the letters it will be printed in, so a box is as tall as its words need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach.figures import lettering
from pcqa_teach.figures.figure import Figure
from pcqa_teach.figures.look import COLOURS, theme
from pcqa_teach.figures.sheet import SMALL, Sheet, blank

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

PAD = 0.07
SIZE = SMALL

Point = tuple[float, float]


@dataclass(frozen=True)
class Look:
    """How a box is drawn: its fill, edge and letters."""

    face: str = "#FFFFFF"
    edge: str = COLOURS["muted"]
    ink: str = COLOURS["ink"]
    size: float = SIZE
    bold: bool = False
    dashed: bool = False
    line: float = 1.0


PLAIN = Look()
STRONG = Look(face="#1F3A5F", edge="#1F3A5F", ink="#FFFFFF", bold=True)
TINT = Look(face="#E4ECF5", edge="#1F3A5F")
IDEA = Look(face="#FFFFFF", edge=COLOURS["muted"], dashed=True)
HEAD = Look(face="#E3E7EA", edge="#E3E7EA", bold=True)


def text_width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Measure a line of text in inches.

    >>> text_width("mmmm") > text_width("iiii") > 0
    True
    """
    return lettering.text_width(text, size, "bold" if bold else "normal")


def line_height(size: float = SIZE) -> float:
    """Give the inches from one line of text to the next."""
    return size * 1.28 / 72


def wrapped(text: str, wide: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `wide` inches; a longer word is broken too.

    Words joined by a no-break space stay together.

    >>> wrapped("one two three four", 0.7)
    ['one two', 'three four']
    """
    weight = "bold" if bold else "normal"
    return lettering.broken(text, wide, size, weight) or [""]


def card_height(text: str, wide: float, look: Look = PLAIN) -> float:
    """Give the height of a box of a width that holds a text."""
    lines = wrapped(text, wide - 2 * PAD, look.size, look.bold)
    return len(lines) * line_height(look.size) + 2 * PAD


class Page:
    """Collects marks in inches from the top left, and grows as tall as they need."""

    def __init__(self) -> None:
        self._marks: list[Callable[[Axes, float], None]] = []
        self.bottom = 0.0

    def write(
        self,
        x: float,
        y: float,
        lines: str | Sequence[str],
        *,
        size: float = SIZE,
        bold: bool = False,
        italic: bool = False,
        colour: str = COLOURS["ink"],
        align: str = "left",
    ) -> float:
        """Write lines whose first has its top at `y`; return where they end."""
        lines = [lines] if isinstance(lines, str) else lines
        step = line_height(size)

        def mark(ax: Axes, down: float) -> None:
            for place, line in enumerate(lines):
                ax.text(
                    x,
                    down + y + (place + 0.78) * step,
                    line,
                    size=size,
                    weight="bold" if bold else "normal",
                    style="italic" if italic else "normal",
                    color=colour,
                    ha=align,
                    va="baseline",
                )

        return self._put(mark, y + step * len(lines))

    def box(self, x: float, y: float, wide: float, high: float, look: Look = PLAIN) -> float:
        """Draw an empty box; return where it ends."""

        def mark(ax: Axes, down: float) -> None:
            from matplotlib.patches import FancyBboxPatch

            ax.add_patch(
                FancyBboxPatch(
                    (x, down + y),
                    wide,
                    high,
                    boxstyle="round,pad=0,rounding_size=0.04",
                    facecolor=look.face,
                    edgecolor=look.edge,
                    linewidth=look.line,
                    linestyle=(0, (4, 2)) if look.dashed else "solid",
                    zorder=2,
                )
            )

        return self._put(mark, y + high)

    def card(
        self, x: float, y: float, wide: float, text: str, look: Look = PLAIN, high: float = 0.0
    ) -> float:
        """Draw a box with its text in it, at least `high` tall; return where it ends."""
        lines = wrapped(text, wide - 2 * PAD, look.size, look.bold)
        inside = len(lines) * line_height(look.size)
        high = max(high, inside + 2 * PAD)
        self.box(x, y, wide, high, look)
        top = y + (high - inside) / 2
        self.write(x + PAD, top, lines, size=look.size, bold=look.bold, colour=look.ink)
        return y + high

    def bar(
        self, x: float, y: float, wide: float, high: float, *, face: str, edge: str, hatch: str = ""
    ) -> None:
        """Draw a bar with square corners, hatched or not."""

        def mark(ax: Axes, down: float) -> None:
            from matplotlib.patches import Rectangle

            ax.add_patch(
                Rectangle(
                    (x, down + y), wide, high, facecolor=face, edgecolor=edge, hatch=hatch or None,
                    linewidth=0.8, zorder=2,
                )
            )  # fmt: skip

        self._put(mark, y + high)

    def dot(self, x: float, y: float, *, colour: str, marker: str = "o", size: float = 20) -> None:
        """Draw a marker."""

        def mark(ax: Axes, down: float) -> None:
            ax.scatter([x], [down + y], s=size, marker=marker, color=colour, zorder=4, linewidths=0)

        self._put(mark, y)

    def line(
        self,
        points: Sequence[Point],
        *,
        colour: str = COLOURS["muted"],
        width: float = 1.0,
        dashed: bool = False,
        over: bool = False,
    ) -> None:
        """Join points by straight lines."""

        def mark(ax: Axes, down: float) -> None:
            ax.plot(
                [x for x, _ in points],
                [down + y for _, y in points],
                color=colour,
                lw=width,
                ls=(0, (4, 2)) if dashed else "solid",
                solid_capstyle="round",
                zorder=3 if over else 1,
            )

        self._put(mark, max(y for _, y in points))

    def arrow(
        self, start: Point, end: Point, *, colour: str = COLOURS["muted"], width: float = 1.2
    ) -> None:
        """Draw an arrow from one point to another."""

        def mark(ax: Axes, down: float) -> None:
            ax.annotate(
                "",
                (end[0], down + end[1]),
                (start[0], down + start[1]),
                arrowprops={
                    "arrowstyle": "-|>",
                    "color": colour,
                    "lw": width,
                    "shrinkA": 0,
                    "shrinkB": 0,
                    "mutation_scale": 9,
                },
                zorder=1,
            )

        self._put(mark, max(start[1], end[1]))

    def curve(
        self, start: Point, towards: Point, end: Point, *, dashed: bool = False, width: float = 1.5
    ) -> None:
        """Draw a bent arrow that sets out and arrives as if by way of a third point."""

        def mark(ax: Axes, down: float) -> None:
            from matplotlib.patches import FancyArrowPatch
            from matplotlib.path import Path

            points = [(x, down + y) for x, y in (start, towards, end)]
            ax.add_patch(
                FancyArrowPatch(
                    path=Path(points, [Path.MOVETO, Path.CURVE3, Path.CURVE3]),
                    arrowstyle="-|>", mutation_scale=12, color=COLOURS["muted"], linewidth=width,
                    linestyle=(0, (4, 2)) if dashed else "solid", zorder=1,
                )
            )  # fmt: skip

        self._put(mark, max(start[1], end[1], (start[1] + 2 * towards[1] + end[1]) / 4))

    def figure(
        self, *, title: str, under: str = "", notes: Sequence[str] = (), alt: str, name: str
    ) -> Figure:
        """Put the title above and the notes below, and render the sheet."""
        sheet = Sheet(title, under, notes)
        top = sheet.head + 0.08
        height = top + self.bottom + 0.1 + sheet.foot
        with theme():
            drawing = blank(height)
            self.draw(paper(drawing), top)
            sheet.write(drawing, height)
            return Figure.of(drawing, alt=alt, name=name)

    def draw(self, ax: Axes, down: float = 0.0) -> None:
        """Draw every mark, `down` inches lower, into axes that count inches from the top."""
        for mark in self._marks:
            mark(ax, down)

    def _put(self, mark: Callable[[Any, float], None], bottom: float) -> float:
        self._marks.append(mark)
        self.bottom = max(self.bottom, bottom)
        return bottom


def paper(drawing: Drawing) -> Axes:
    """Give axes over the whole sheet that count inches from its top left."""
    wide, high = drawing.get_size_inches()
    axes = drawing.add_axes((0, 0, 1, 1))
    axes.set(xlim=(0, wide), ylim=(high, 0))
    axes.set_axis_off()
    return axes
