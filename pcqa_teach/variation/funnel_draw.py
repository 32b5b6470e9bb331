"""The picture of a funnel: points, two pairs of lines, the centre, names kept apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.errors import ChartError
from pcqa_teach.figures import COLOURS, MARKERS, Figure, theme
from pcqa_teach.figures.lettering import balanced, broken, fitted
from pcqa_teach.variation.funnel_names import names
from pcqa_teach.variation.funnel_result import Funnel
from pcqa_teach.variation.funnel_words import (
    alt_text,
    counts,
    hidden,
    message,
    method,
    value_said,
)
from pcqa_teach.variation.words import small_letters

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

WIDTH = 7.6
_PLOT = 3.5
_LEFT, _RIGHT, _BETWEEN = 0.78, 0.22, 0.35
_LARGE = 1000  # expected numbers from here on are said without decimals


def figure(funnel: Funnel, *, side_by_side: bool = False) -> Figure:
    """Draw the finished picture."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as MplFigure

    with theme():
        drawing = MplFigure()
        FigureCanvasAgg(drawing)
        compose(drawing, funnel, [False, True] if side_by_side else [None])
        name = f"{funnel.title} funnel{' both' if side_by_side else ''}"
        return Figure.of(drawing, alt=alt_text(funnel), name=name)


def plot(funnel: Funnel, ax: Axes | None = None, *, adjusted: bool | None = None) -> Axes:
    """Draw into `ax`, or compose a new figure and give its axes."""
    with theme():
        if ax is None:
            import matplotlib.pyplot as plt

            return compose(plt.figure(), funnel, [adjusted])[0]
        if not hasattr(ax, "get_window_extent"):
            raise ChartError("ax= must be matplotlib axes: leave it out for a new figure.")
        marks(ax, funnel, adjusted)
        ax.set_title("\n".join(balanced(message(funnel), 5.6, 11, "bold")), fontsize=11)
        ax.legend(loc="upper right", fontsize=8.5)
        return ax


def compose(drawing: MplFigure, funnel: Funnel, panels: list[bool | None]) -> list[Axes]:
    """Lay the sheet out: heights are inches from the top."""
    head = balanced(message(funnel), WIDTH - 0.35, 12.5, "bold")
    under = broken(_subtitle(funnel), WIDTH - 0.35, 9)
    notes = [line for note in _foot(funnel) for line in broken(note, WIDTH - 0.35, 8.5)]
    titles = 0.25 if len(panels) > 1 else 0.0
    top = 0.22 + 0.225 * len(head) + 0.175 * len(under) + titles
    bottom = 0.55 + 0.52 + 0.165 * len(notes)
    height = top + _PLOT + bottom
    drawing.set_size_inches(WIDTH, height)
    _write(drawing, height, 0.12, head, size=12.5, weight="bold")
    _write(drawing, height, 0.17 + 0.225 * len(head), under, size=9, color=COLOURS["muted"])
    _write(drawing, height, height - 0.08 - 0.165 * len(notes), notes, size=8.5,
           color=COLOURS["muted"])  # fmt: skip
    wide = (WIDTH - _LEFT - _RIGHT - _BETWEEN * (len(panels) - 1)) / len(panels)
    axes: list[Axes] = []
    for place, adjusted in enumerate(panels):
        left = (_LEFT + place * (wide + _BETWEEN)) / WIDTH
        ax = drawing.add_axes((left, bottom / height, wide / WIDTH, _PLOT / height),
                              sharey=axes[0] if axes else None)  # fmt: skip
        marks(ax, funnel, adjusted)
        if len(panels) > 1:
            ax.set_title(_panel_title(funnel, bool(adjusted)), fontsize=9.5)
        if place:
            ax.set_ylabel("")
            ax.tick_params(labelleft=False)
        axes.append(ax)
    _legend(drawing, axes, (bottom - 0.5) / height)
    return axes


def _write(drawing: MplFigure, height: float, down: float, lines: list[str], **look: Any) -> None:
    if lines:
        drawing.text(0.15 / WIDTH, 1 - down / height, "\n".join(lines), va="top",
                     linespacing=1.18, **look)  # fmt: skip


def _subtitle(funnel: Funnel) -> str:
    points = funnel.points
    whole = points["denominator"].sum()
    events = "" if hidden(funnel).any() else f" · {points['numerator'].sum():,.10g} events"
    return (
        f"Funnel plot · {len(points):,} {funnel.units}{events} ·"
        f" {small_letters(funnel.size)}: {round(whole) if whole >= _LARGE else whole:,.10g}"
    )


def _foot(funnel: Funnel) -> list[str]:
    few = int(hidden(funnel).sum())
    small = [f"{few} with 1 to 4 events not drawn, to protect people."] if few else []
    return [*funnel.notes, *small, method(funnel)]


def _panel_title(funnel: Funnel, adjusted: bool) -> str:
    outside, naive = counts(funnel)
    if adjusted:
        return f"Ordinary spread allowed for: {outside:,} outside"
    return f"If chance were all: {naive:,} outside"


def marks(ax: Axes, funnel: Funnel, adjusted: bool | None) -> None:
    """Draw lines, points and names inside the axes."""
    widened = funnel.design.widened(funnel.dispersion)
    which = "naive" if adjusted is False or not widened else "adjusted"
    shown = funnel.points[~hidden(funnel)]
    _frame(ax, funnel, shown, which)
    if adjusted is None and widened:
        _lines(ax, funnel, "naive", "by chance alone (finer: 95%)", faint=True)
    _lines(ax, funnel, which, "limits", faint=False)
    ax.axhline(funnel.target, color=COLOURS["centre"], linewidth=1.3,
               label=f"Centre, {value_said(funnel, funnel.target)}")  # fmt: skip
    drawn = _points(ax, funnel, shown, which)
    names(ax, funnel, drawn, which)


def _frame(ax: Axes, funnel: Funnel, shown: Any, which: str) -> None:
    """Choose what the axes show: every point, and the lines where units lie."""
    x, y = funnel.points["denominator"].to_numpy(), shown["value"].to_numpy()
    edges = funnel.points[[f"{which}_lower998", f"{which}_upper998"]].to_numpy()
    level = np.concatenate([y, [funnel.target], np.quantile(edges, [0.03, 0.97], axis=0).ravel()])
    low, high = float(level.min()), float(level.max())
    room = (high - low) * 0.06 or abs(funnel.target) * 0.1
    ax.set_ylim(max(low - room, 0 - room / 2), high + room)
    wide = float(np.ptp(x)) or float(x.max())
    right = float(x.max()) + min(0.04 * float(x.max()), 0.25 * wide)  # sizes may be nearly alike
    ax.set_xlim(max(0.0, float(x.min()) - 0.04 * wide) - 0.012 * wide, right)
    ax.set_xlabel("\n".join(fitted(funnel.size, 4.5, 10, 1)))
    per = f" per {funnel.design.per:,.10g}" if funnel.design.per != 1 else ""
    unit = ", %" if funnel.design.kind == "proportion" else per
    ax.set_ylabel("\n".join(fitted(funnel.measure + unit, _PLOT, 10, 2)))
    ax.xaxis.set_major_locator(_ticks(5))
    ax.xaxis.set_major_formatter(_comma)
    if funnel.design.kind == "proportion":
        ax.yaxis.set_major_formatter(_hundred)


def _ticks(most: int) -> Any:
    from matplotlib.ticker import MaxNLocator

    locator: Any = MaxNLocator
    return locator(most)


def _comma(value: float, _: Any) -> str:
    return f"{value:,.10g}"


def _hundred(value: float, _: Any) -> str:
    return f"{100 * value:.6g}"


def _lines(ax: Axes, funnel: Funnel, which: str, name: str, *, faint: bool) -> None:
    x = funnel.limits["denominator"]
    for limit, said in (("998", "99.8%"), ("95", "95%")):
        dash: Any = (0, (1, 1.6)) if faint else ("solid" if limit == "998" else (0, (5, 2.5)))
        for edge in ("lower", "upper"):
            ax.plot(
                x,
                funnel.limits[f"{which}_{edge}{limit}"],
                color=COLOURS["limit"],
                linestyle=dash,
                linewidth=(1.2 if limit == "998" else 0.8) if faint else 1.4,
                label=f"{said} {name}" if edge == "lower" and (limit == "998" or not faint) else "",
                zorder=1.8,
            )


def _points(ax: Axes, funnel: Funnel, shown: Any, which: str) -> Any:
    """Draw the points, those outside with their own shape; give all that are drawn."""
    many = len(shown) > 300
    outside = shown[f"{which}_outside998"].to_numpy()
    inside = shown[~outside]
    ax.scatter(
        inside["denominator"], inside["value"], s=11 if many else 24, marker=MARKERS["common"],
        color=COLOURS["common"], alpha=0.55 if many else 0.85, linewidths=0, label="Inside",
        zorder=2.5,
    )  # fmt: skip
    beyond = shown[outside]
    for verdict, said in _verdicts(funnel, beyond).items():
        part = beyond[said["rows"]]
        if len(part):
            ax.scatter(
                part["denominator"], part["value"], s=20 if many else 40,
                marker=MARKERS[verdict], color=COLOURS[verdict], linewidths=0.5,
                edgecolors="white", label=said["label"], zorder=3,
            )  # fmt: skip
    return shown


def _verdicts(funnel: Funnel, beyond: Any) -> dict[str, dict[str, Any]]:
    high = beyond["value"].to_numpy() > funnel.target
    if funnel.improvement is None:
        return {"neutral": {"rows": np.ones(len(beyond), dtype=bool), "label": "Outside: ask why"}}
    good = high if funnel.improvement == "up" else ~high
    return {
        "improvement": {"rows": good, "label": "Outside, better: ask how"},
        "concern": {"rows": ~good, "label": "Outside, worse: ask why"},
    }


def _legend(drawing: MplFigure, axes: list[Axes], up: float) -> None:
    named: dict[str, Any] = {}
    for ax in axes:
        for handle, label in zip(*ax.get_legend_handles_labels(), strict=True):
            named.setdefault(label, handle)
    drawing.legend(
        named.values(), named.keys(), loc="upper left", bbox_to_anchor=(0.08 / WIDTH, up),
        ncols=4, fontsize=8.5, handletextpad=0.4, columnspacing=1.2, borderaxespad=0.0,
        handlelength=1.9,
    )  # fmt: skip
