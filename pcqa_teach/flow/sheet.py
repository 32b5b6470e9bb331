"""The sheet that a picture stands on: the message on top, notes beneath."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pcqa_teach import figures
from pcqa_teach.figures.lettering import balanced, broken, fitted

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

WIDTH = 7.6
INK, GREY = figures.COLOURS["ink"], figures.COLOURS["common"]
PURPLE, ORANGE = figures.COLOURS["neutral"], figures.COLOURS["concern"]
PALE = figures.COLOURS["grid"]
_TITLE, _NOTE, _LABEL = WIDTH - 0.3, WIDTH - 0.4, 2.3  # inches to a line


@dataclass
class Sheet:
    """A figure in the making."""

    drawing: Drawing
    axes: list[Axes]

    def finish(self, *, alt: str, name: str) -> figures.Figure:
        """Render it."""
        return figures.Figure.of(self.drawing, alt=alt, name=name)


@contextmanager
def sheet(
    message: str, notes: list[str], height: float, rows: list[float] | None = None
) -> Iterator[Sheet]:
    """Open a sheet in the kit's look; `rows` are the heights of charts that share their x axis."""
    from matplotlib.figure import Figure as Drawing

    title = balanced(message, _TITLE, 12, "bold")
    beneath = broken(" ".join(note for note in notes if note), _NOTE, 9)
    tall = height + 0.22 * len(title) + 0.16 * len(beneath)
    with figures.theme():
        drawing = Drawing(figsize=(WIDTH, tall), layout="constrained")
        ratios = rows or [1.0]
        axes: Any = drawing.subplots(
            len(ratios), 1, sharex=True, squeeze=False, gridspec_kw={"height_ratios": ratios}
        )
        drawing.suptitle("\n".join(title), x=0.01, ha="left", fontsize=12, fontweight="bold")
        drawing.supxlabel("\n".join(beneath), fontsize=9, ha="left", x=0.01)
        yield Sheet(drawing, list(axes[:, 0]))


def legend_above(axes: Axes, columns: int = 4) -> None:
    """Name the marks in a row above the chart, where no mark can be."""
    axes.legend(
        loc="lower left",
        bbox_to_anchor=(0, 1.0),
        ncols=columns,
        borderaxespad=0.2,
        handlelength=2.2,
    )


def label(name: str) -> str:
    """Break a long name into two lines, and cut what is longer still.

    >>> label("A practice with a long pseudonym (3 staff)").splitlines()
    ['A practice with a long pseudonym', '(3 staff)']
    """
    return "\n".join(fitted(name, _LABEL, 9, 2))


def bar_space(names: list[str]) -> float:
    """Give the inches that a bar needs for its label."""
    return 0.36 if any("\n" in label(name) for name in names) else 0.28


def bars(
    axes: Axes, names: list[str], values: list[float], said: Callable[[float], str], *,
    plain: list[bool] | None = None,
) -> None:  # fmt: skip
    """Draw lying bars, the first on top, each with its value; those not `plain` are hatched."""
    kept = [True] * len(names) if plain is None else plain
    drawn = axes.barh(
        range(len(names)),
        values,
        color=[GREY if one else PALE for one in kept],
        edgecolor=INK,
        hatch=["" if one else "//" for one in kept],
    )
    axes.bar_label(drawn, labels=[said(value) for value in values], padding=3, fontsize=9)
    axes.set_yticks(range(len(names)), [label(name) for name in names])
    spare = max(0.0, 1.0 - len(names) / 2)  # one bar alone does not fill the chart
    axes.set_ylim(len(names) - 0.5 + spare, -0.5 - spare)
    axes.grid(visible=False)
