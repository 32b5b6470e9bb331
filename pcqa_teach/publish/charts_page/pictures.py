"""The page's pictures: each kind at work, each rule where it fires, screening off and on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS, MARKERS, Figure, theme
from pcqa_teach.figures.lettering import balanced
from pcqa_teach.publish.charts_page import examples, presets, rules
from pcqa_teach.publish.charts_page.markdown import number, target
from pcqa_teach.spc import CHARTS, RULES, Chart, Rule
from pcqa_teach.spc.date_axis import date_axis
from pcqa_teach.spc.edge_labels import last_lines
from pcqa_teach.spc.marks import AS_A_WHOLE, POINT_NAMES
from pcqa_teach.spc.segments import Codes

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

_WIDE, _TALL = 5.3, 2.0  # of the sheet, and of one pair of axes, in inches
_LEFT, _RIGHT, _TOP, _BOTTOM = 0.75, 1.05, 0.62, 0.45  # around the axes
_DATES = 5  # along the foot, at most
_INSIDE = _WIDE - _LEFT - _RIGHT
_SIGNAL = {"color": COLOURS["neutral"], "marker": MARKERS["neutral"], "markersize": 9}
_COMMON = {"color": COLOURS["common"], "marker": MARKERS["common"], "markersize": 6}


def every() -> Iterator[Figure]:
    """Draw all of them, named as the page calls them."""
    for name in CHARTS:
        yield _kind(name)
    for rule in RULES.values():
        yield _rule(rule)
    yield _screening()


def _kind(name: str) -> Figure:
    made = examples.sample(name)
    title = balanced(made.message, _INSIDE + _RIGHT, 12, "bold")
    with theme():
        drawing, (ax,) = _sheet(1, below=0.45, lines=len(title))
        made.plot(ax)
        if made.workings.series.dated:
            date_axis(ax, float(np.ptp(ax.get_xlim())), _DATES)
        ax.set_title("\n".join(title))
        _label(ax, made.about.plotted)
        _key(ax, [*POINT_NAMES.values(), AS_A_WHOLE])
        return Figure.of(drawing, alt=made.alt_text, name=target("chart", name))


def _rule(rule: Rule) -> Figure:
    given, found = rules.flags(rule)
    title = balanced(rules.sentence(rule)[:-1], _INSIDE + _RIGHT, 12, "bold")
    with theme():
        drawing, (ax,) = _sheet(1, below=0.45)
        _lines(ax, given.centre, given.sigma)
        _points(ax, np.array(given.values), found)
        ax.set_title("\n".join(title))
        _label(ax, "value")
        return Figure.of(drawing, alt=rules.alt_text(rule), name=target("rule", rule.name))


def _screening() -> Figure:
    with theme():
        drawing, axes = _sheet(2)
        for ax, made in zip(axes, presets.screening(presets.MOVED).values(), strict=True):
            made.plot(ax)
            ax.set_title("\n".join(balanced(made.message, _INSIDE + _RIGHT, 12, "bold")))
            _label(ax, made.about.plotted)
            _exactly(ax, made)
        low = min(ax.get_ylim()[0] for ax in axes)
        high = max(ax.get_ylim()[1] for ax in axes)
        for ax in axes:
            ax.set_ylim(low, high)
        return Figure.of(drawing, alt=presets.screening_alt(), name="screening")


def _key(ax: Axes, names: Iterable[str]) -> None:
    """Name the marks of some points under the axes."""
    found = dict(zip(*reversed(ax.get_legend_handles_labels()), strict=True))
    shown = {name: found[name] for name in names if name in found}
    ax.legend(
        shown.values(), shown.keys(), loc="upper left", bbox_to_anchor=(0, -0.24), ncols=2,
        borderaxespad=0, handletextpad=0.3,
    )  # fmt: skip


def _exactly(ax: Axes, made: Chart) -> None:
    """Give the latest lines the numbers that the sums beside the picture come to."""
    levels = last_lines(made.shown)
    names = {"Upper limit": "upper", made.about.centre.capitalize(): "centre",
             "Lower limit": "lower"}  # fmt: skip
    for text in ax.texts:
        name = text.get_text().partition("\n")[0]
        if name in names:
            text.set_text(f"{name}\n{number(levels[names[name]])}")


def _sheet(rows: int, below: float = 0.0, lines: int = 2) -> tuple[MplFigure, list[Axes]]:
    """Give an empty sheet and its axes, one under the other.

    There is room below for a key, and above for a title of so many lines.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as MplFigure

    each = _TOP + 0.2 * (lines - 2) + _TALL + _BOTTOM + below
    drawing = MplFigure(figsize=(_WIDE, each * rows))
    FigureCanvasAgg(drawing)
    bottoms = [each * (rows - 1 - row) + _BOTTOM + below for row in range(rows)]
    high = each * rows
    return drawing, [
        drawing.add_axes((_LEFT / _WIDE, bottom / high, _INSIDE / _WIDE, _TALL / high))
        for bottom in bottoms
    ]


def _label(ax: Axes, text: str) -> None:
    named = text if text.startswith("y ") else f"{text[:1].upper()}{text[1:]}"
    ax.set_ylabel("\n".join(balanced(named, _TALL, 10)))


def _lines(ax: Axes, centre: float, sigma: float) -> None:
    """Draw the centre line, the limits, and the thirds between that rules speak of."""
    ax.grid(visible=False)
    ax.axhline(centre, color=COLOURS["centre"], linewidth=1.8)
    for sign, name in ((1, "Upper limit"), (-1, "Lower limit")):
        for third in (1, 2):
            ax.axhline(centre + sign * third * sigma, color=COLOURS["grid"], linewidth=1.2)
            _beside(ax, centre + sign * third * sigma, f"{third} sigma")
        edge = centre + sign * 3 * sigma
        ax.axhline(edge, color=COLOURS["limit"], linewidth=1.4, linestyle="--")
        _beside(ax, edge, f"{name} {number(edge)}")
    _beside(ax, centre, f"Centre line {number(centre)}", color=COLOURS["ink"], weight="bold")


def _beside(ax: Axes, y: float, text: str, **look: Any) -> None:
    style = {"color": COLOURS["muted"], "fontsize": 8.5, "va": "center", **look}
    ax.annotate(
        text, (1, y), (6, 0), xycoords=("axes fraction", "data"),
        textcoords="offset points", annotation_clip=False, **style,
    )  # fmt: skip


def _points(ax: Axes, y: np.ndarray[Any, np.dtype[np.float64]], found: Codes) -> None:
    """Draw the values, those that are a signal by shape as well as colour, with a key."""
    x = np.arange(1, len(y) + 1)
    signal = found != 0
    ax.plot(x, y, color=COLOURS["common"], linewidth=1.2)
    ax.plot(x[~signal], y[~signal], linestyle="none", label="No signal of this rule", **_COMMON)
    ax.plot(x[signal], y[signal], linestyle="none", label="Signal", **_SIGNAL)
    ax.set_xticks(x)
    ax.margins(y=0.08)
    ax.set_xlabel("Point")
    ax.legend(
        loc="upper left", bbox_to_anchor=(0, -0.22), ncols=2, borderaxespad=0, handletextpad=0.3
    )
