"""The page that the impact pictures share: message, line under it, axes, key and notes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.figures.sheet import SMALL, WIDTH, Sheet, blank

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing
    from matplotlib.legend import Legend

_KEY = 0.21  # inches of a row of the key


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
    sheet = Sheet(words.title, words.under, words.notes)
    top = sheet.head + 0.04
    body = sum(panel.above + panel.tall + panel.under for panel in panels)
    foot = sheet.foot + 0.05
    with theme():
        drawing = blank(top + body + foot)
        made = [drawing.add_axes((0, 0, 1, 1)) for _ in panels]
        _place(made, panels, top, top + body + foot)
        for axes, panel in zip(made, panels, strict=True):
            panel.draw(axes)
        key, rows = _key(drawing, made)
        height = top + body + rows * _KEY + foot
        drawing.set_size_inches(WIDTH, height)
        _place(made, panels, top, height)
        if key is not None:
            key.set_bbox_to_anchor((0.08 / WIDTH, 1 - (top + body) / height))
        sheet.write(drawing, height)
        return Figure.of(drawing, alt=words.alt, name=words.name)


def _place(made: list[Axes], panels: list[Panel], down: float, height: float) -> None:
    """Set each panel's axes under the other, on a sheet of that height."""
    for axes, panel in zip(made, panels, strict=True):
        down += panel.above + panel.tall
        wide = WIDTH - panel.left - panel.right
        box = (panel.left / WIDTH, 1 - down / height, wide / WIDTH, panel.tall / height)
        axes.set_position(box)
        down += panel.under


def _key(drawing: Drawing, made: list[Axes]) -> tuple[Legend | None, int]:
    """Name every mark once, in as few rows as fit; give the key and how many."""
    named: dict[str, Any] = {}
    for axes in made:
        for handle, label in zip(*axes.get_legend_handles_labels(), strict=True):
            named.setdefault(label, handle)
    for columns in range(len(named), 0, -1):
        key = drawing.legend(
            named.values(), named.keys(), loc="upper left", ncols=columns, fontsize=SMALL,
            borderaxespad=0.0, handletextpad=0.4, columnspacing=1.2, handlelength=2.0,
        )  # fmt: skip
        rows = -(-len(named) // columns)
        if key.get_window_extent().width / drawing.dpi <= WIDTH - 0.1 or rows == 3:
            return key, rows
        key.remove()
    return None, 0


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
