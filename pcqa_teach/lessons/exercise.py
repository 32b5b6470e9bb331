"""A chart to work on: dots and lines, and no word about what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure

_SOLID = ("mean", "median")


def exercise_chart(
    values: Sequence[float],
    *,
    title: str,
    name: str,
    unit: str,
    lines: Mapping[str, float],
    labels: Sequence[str] | None = None,
    span: tuple[float, float] | None = None,
) -> Figure:
    """Return a picture of numbered dots with named lines, for a participant to interpret.

    Unlike a chart of `spc` it flags nothing and draws no conclusion; its alt text gives every
    value and line, so that the task can also be done without seeing it.

    Parameters
    ----------
    values : sequence of numbers, oldest first
    title : str, what is shown; not what it means
    name : str, the picture's own name in its lesson
    unit : str, what the numbers count
    lines : dict, level of each line by its name; "Mean" and "Median" are drawn solid
    labels : sequence of str, optional, one below each dot; None: 1, 2, 3 ...
    span : (lowest, highest), optional, of the vertical axis, where two pictures are compared

    Examples
    --------
    >>> picture = exercise_chart(
    ...     [6, 7, 5], title="Calls", name="calls", unit="calls a day", lines={"Mean": 6.0}
    ... )
    >>> picture.alt
    'Calls, in calls a day, for you to interpret. 3 dots in order: 6, 7, 5. Lines: Mean 6.'
    """
    from matplotlib.figure import Figure as MplFigure

    from pcqa_teach.figures import COLOURS, Figure, theme

    with theme():
        drawing = MplFigure(figsize=(7.6, 3.6), layout="constrained")
        axes = drawing.subplots()
        places = range(1, len(values) + 1)
        axes.plot(places, values, color=COLOURS["common"], linewidth=1, marker="o", markersize=6)
        _draw_lines(axes, lines, len(values))
        axes.set_xticks(list(places), list(labels) if labels else [str(i) for i in places])
        axes.set_title(title)
        if span is not None:
            axes.set_ylim(*span)
        axes.set_ylabel(unit)
        return Figure.of(drawing, alt=_alt(values, title, unit, lines), name=name)


def _draw_lines(axes: Axes, lines: Mapping[str, float], count: int) -> None:
    from pcqa_teach.figures import COLOURS

    for name, level in lines.items():
        solid = name.casefold() in _SOLID
        colour = COLOURS["centre"] if solid else COLOURS["limit"]
        thin = "third" in name.casefold()
        axes.axhline(
            level,
            color=colour,
            linewidth=0.9 if thin else 1.4,
            linestyle="-" if solid else (0, (1, 3)) if thin else (0, (5, 3)),
        )
        axes.annotate(
            name,
            (1.01, level),
            xycoords=("axes fraction", "data"),
            color=colour,
            va="center",
            annotation_clip=False,
        )
    axes.set_xlim(0.4, count + 0.6)


def _alt(values: Sequence[float], title: str, unit: str, lines: Mapping[str, float]) -> str:
    dots = ", ".join(f"{value:g}" for value in values)
    levels = "; ".join(f"{name} {level:.3g}" for name, level in lines.items())
    return (
        f"{title}, in {unit}, for you to interpret. {len(values)} dots in order: {dots}. "
        f"Lines: {levels}."
    )
