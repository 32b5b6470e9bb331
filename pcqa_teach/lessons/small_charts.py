"""Several small charts to work on, on one sheet: dots and lines, and no word on what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure

_COLUMNS = 3
_WIDE, _HEAD, _TALL = 7.6, 0.32, 2.05  # inches: the sheet, its title, a row of charts
_OVER, _UNDER = 0.40, 0.26  # inches of a row above and below the axes
_SMALL = 8.0  # points
_LINES: dict[str, tuple[str, Any, float]] = {
    "mean": ("centre", "-", 1.4),
    "limit": ("limit", (0, (4, 2)), 1.2),
    "wanted": ("target", (0, (6, 2, 1, 2)), 1.6),
}
_KEY = {"mean": "mean", "limit": "limits", "wanted": "what is wanted"}


@dataclass(frozen=True)
class Panel:
    """One small chart.

    Parameters
    ----------
    values : sequence of numbers, oldest first
    title : str, what is counted
    unit : str, in what, and which way is better
    mean, limits : the centre and the lower and upper limit
    wanted : the level that is wanted, where there is one
    """

    values: Sequence[float]
    title: str
    unit: str
    mean: float
    limits: tuple[float, float]
    wanted: float | None = None


def exercise_grid(panels: Mapping[str, Panel], *, title: str, name: str) -> Figure:
    """Return a picture of small charts, three in a row, for a participant to interpret.

    As in `exercise_chart` nothing is flagged and no conclusion drawn; the alt text gives every
    value and line of every chart, so that the task can also be done without seeing it.

    Parameters
    ----------
    panels : dict of Panel, by what each is called, such as "1"
    title : str, what is shown; not what it means
    name : str, the picture's own name in its lesson

    Examples
    --------
    >>> calls = Panel([6, 7, 5], "Calls", "a day, fewer is better", 6.0, (2.0, 10.0), wanted=4)
    >>> exercise_grid({"1": calls}, title="One chart", name="one").alt
    'One chart, for you to interpret. Chart 1, Calls, a day, fewer is better: 3 dots in order: \
6, 7, 5. Mean 6, limits 2 and 10, wanted 4.'
    """
    from matplotlib.figure import Figure as MplFigure

    from pcqa_teach.figures import Figure, theme

    rows = -(-(len(panels) + 1) // _COLUMNS)  # one place more, for the key
    height = _HEAD + _TALL * rows
    with theme():
        drawing = MplFigure(figsize=(_WIDE, height))
        drawing.subplots_adjust(
            left=0.42 / _WIDE, right=1 - 0.08 / _WIDE, top=1 - (_HEAD + _OVER) / height,
            bottom=_UNDER / height, wspace=0.2, hspace=(_OVER + _UNDER) / (_TALL - _OVER - _UNDER),
        )  # fmt: skip
        axes: Any = drawing.subplots(rows, _COLUMNS, squeeze=False).ravel().tolist()
        for (called, panel), place in zip(panels.items(), axes, strict=False):
            _draw(place, called, panel)
        for place in axes[len(panels) :]:
            place.set_axis_off()
        _key(axes[len(panels)], any(one.wanted is not None for one in panels.values()))
        drawing.text(0.01, 1 - 0.08 / height, title, va="top", fontsize=12, fontweight="bold")
        return Figure.of(drawing, alt=_alt(panels, title), name=name)


def _draw(axes: Axes, called: str, panel: Panel) -> None:
    from pcqa_teach.figures import COLOURS

    places = range(1, len(panel.values) + 1)
    axes.plot(places, panel.values, color=COLOURS["common"], linewidth=0.8, marker="o",
              markersize=3.2)  # fmt: skip
    _line(axes, "mean", panel.mean)
    for level in panel.limits:
        _line(axes, "limit", level)
    if panel.wanted is not None:
        _line(axes, "wanted", panel.wanted)
    axes.set_title(f"{called}  {panel.title}\n", fontsize=9)
    axes.text(0, 1.03, panel.unit, transform=axes.transAxes, fontsize=_SMALL,
              color=COLOURS["muted"])  # fmt: skip
    axes.set_xticks([place for place in places if place == 1 or place % 5 == 0])
    axes.tick_params(labelsize=_SMALL, length=2)
    axes.margins(y=0.09)


def _line(axes: Axes, kind: str, level: float) -> None:
    from pcqa_teach.figures import COLOURS

    colour, dash, wide = _LINES[kind]
    axes.axhline(level, color=COLOURS[colour], linestyle=dash, linewidth=wide, zorder=1.5)


def _key(axes: Axes, wanted: bool) -> None:
    """Name the lines, once for all charts; what is wanted only where some chart says it."""
    from matplotlib.lines import Line2D

    from pcqa_teach.figures import COLOURS

    marks = [Line2D([], [], color=COLOURS["common"], marker="o", markersize=3.2, linewidth=0.8)]
    named = [kind for kind in _LINES if kind != "wanted" or wanted]
    for colour, dash, wide in (_LINES[kind] for kind in named):
        marks.append(Line2D([], [], color=COLOURS[colour], linestyle=dash, linewidth=wide))
    said = ["in order of time", *(_KEY[kind] for kind in named)]
    axes.legend(marks, said, loc="center", fontsize=9, handlelength=3.2)


def _alt(panels: Mapping[str, Panel], title: str) -> str:
    said = []
    for called, panel in panels.items():
        dots = ", ".join(f"{value:g}" for value in panel.values)
        lower, upper = panel.limits
        wanted = "" if panel.wanted is None else f", wanted {panel.wanted:g}"
        said.append(
            f"Chart {called}, {panel.title}, {panel.unit}: {len(panel.values)} dots in order: "
            f"{dots}. Mean {panel.mean:.3g}, limits {lower:.3g} and {upper:.3g}{wanted}."
        )
    return " ".join([f"{title}, for you to interpret.", *said])
