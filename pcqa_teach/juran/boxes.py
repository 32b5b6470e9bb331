"""A sheet of paper measured in inches from its top left: wrapped text, boxes, lines, arrows.

Text is measured with the letters it will be printed in, so a box is as tall as its words need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pcqa_teach.figures import COLOURS, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure

WIDTH = 7.6
MARGIN = 0.15
PAD = 0.07
SIZE = 8.5

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


@lru_cache(maxsize=8192)
def text_width(text: str, size: float = SIZE, bold: bool = False) -> float:
    """Measure a line of text in inches.

    >>> text_width("mmmm") > text_width("iiii") > 0
    True
    """
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    letters = FontProperties(family="DejaVu Sans", size=size, weight="bold" if bold else "normal")
    wide, _, _ = text_to_path.get_text_width_height_descent(text, letters, ismath=False)
    return float(wide) / 72 * 1.02  # hinting makes printed letters a little wider


def line_height(size: float = SIZE) -> float:
    """Give the inches from one line of text to the next."""
    return size * 1.28 / 72


def wrapped(text: str, wide: float, size: float = SIZE, bold: bool = False) -> list[str]:
    """Break a text into lines no wider than `wide` inches; a longer word is broken too.

    Words joined by a no-break space stay together.

    >>> wrapped("one two three four", 0.7)
    ['one two', 'three four']
    """
    lines: list[str] = []
    for word in filter(None, text.split(" ")):
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and text_width(joined, size, bold) <= wide:
            lines[-1] = joined
            continue
        pieces = _pieces(word, wide, size, bold)
        lines += pieces
    return lines or [""]


def _pieces(word: str, wide: float, size: float, bold: bool) -> list[str]:
    pieces = []
    while text_width(word, size, bold) > wide and len(word) > 1:
        cut = len(word) - 1
        while cut > 1 and text_width(word[:cut], size, bold) > wide:
            cut -= 1
        pieces.append(word[:cut])
        word = word[cut:]
    return [*pieces, word]


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
                    parse_math=False,
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

    def figure(
        self, *, title: str, under: str = "", notes: Sequence[str] = (), alt: str, name: str
    ) -> Figure:
        """Put the title above and the notes below, and render the sheet."""
        from matplotlib.figure import Figure as MplFigure

        from pcqa_teach.figures import Figure

        wide = WIDTH - 2 * MARGIN
        head = Page()
        down = head.write(MARGIN, 0.12, balanced(title, wide, 12.5), size=12.5, bold=True)
        if under:
            lines = wrapped(under, wide, 9)
            down = head.write(MARGIN, down + 0.03, lines, size=9, colour=COLOURS["muted"])
        down += 0.12
        foot = Page()
        end = down + self.bottom + (0.12 if notes else 0.05)
        for note in notes:
            end = foot.write(MARGIN, end, wrapped(note, wide), colour=COLOURS["muted"])
        with theme():
            drawing = MplFigure(figsize=(WIDTH, end + 0.10))
            ax = drawing.add_axes((0, 0, 1, 1))
            ax.set(xlim=(0, WIDTH), ylim=(end + 0.10, 0))
            ax.set_axis_off()
            for page, offset in ((head, 0.0), (self, down), (foot, 0.0)):
                page.draw(ax, offset)
            return Figure.of(drawing, alt=alt, name=name)

    def draw(self, ax: Axes, down: float = 0.0) -> None:
        """Draw every mark, `down` inches lower, into axes that count inches from the top."""
        for mark in self._marks:
            mark(ax, down)

    def _put(self, mark: Callable[[Any, float], None], bottom: float) -> float:
        self._marks.append(mark)
        self.bottom = max(self.bottom, bottom)
        return bottom


def balanced(text: str, wide: float, size: float) -> list[str]:
    """Break a bold title into as few lines as fit, of about one length.

    >>> balanced("Three causes make most of the work", 2.2, 12.5)
    ['Three causes make', 'most of the work']
    """
    fewest = wrapped(text, wide, size, bold=True)
    narrow = wide
    lines = fewest
    while narrow > wide / 3:
        narrow -= 0.1
        tried = wrapped(text, narrow, size, bold=True)
        if len(tried) != len(fewest):
            break
        lines = tried
    return lines
