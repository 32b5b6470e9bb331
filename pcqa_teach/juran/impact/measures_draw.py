"""The picture of the report: every measure's chart, with the change and both windows."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.juran.impact.measures import WINDOWS, ImpactReport
from pcqa_teach.juran.impact.measures_words import alt_text, cautions, message
from pcqa_teach.juran.impact.sheet import Panel, Words, page
from pcqa_teach.juran.time_axis import across
from pcqa_teach.sayings import counted, day

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def figure(report: ImpactReport) -> Figure:
    """Draw the finished picture."""
    words = Words(
        title=message(report),
        under=f"{counted(len(report.charts), 'measure')} · limits from the points before go-live,"
        f" {day(report.go_live)} · windows of {' and '.join(WINDOWS)}",
        notes=cautions(report),
        alt=alt_text(report),
        name="impact at 4 and 9 months",
    )
    span = _span(report)
    return page(words, [
        Panel(partial(_panel, report=report, name=name, span=span), 1.25, 0.62, 0.45, right=1.05)
        for name in report.charts
    ])  # fmt: skip


def _span(report: ImpactReport) -> tuple[float, float]:
    """Give every panel the same dates, so that eyes can run down the page."""
    edges = [across(chart.points["x"].iloc[[0, -1]]) for chart in report.charts.values()]
    last = float(across(report.go_live + pd.Timedelta(days=max(WINDOWS.values())))[0])
    first, end = min(edge[0] for edge in edges), max(edge[1] for edge in edges)
    return float(first) - 4, max(float(end), last) + 4


def _panel(axes: Axes, *, report: ImpactReport, name: str, span: tuple[float, float]) -> None:
    from pcqa_teach.spc.date_axis import date_axis

    drawn = report.charts[name]
    drawn.plot(axes)
    axes.set_xlim(*span)
    axes.set_ylabel("")
    date_axis(axes, span[1] - span[0], 7)
    rows = report.table[report.table["measure"] == name]
    title = f"{name} ({rows['role'].iloc[0]}, good is {drawn.improvement})"
    axes.set_title(fitted(title, 6.6, 10, 1, "bold")[0], size=10, pad=33)
    axes.text(0, 1, _verdicts(rows), transform=axes.transAxes + _up(axes, 0.27), size=8.5)
    marks: list[tuple[Any, str, float, Any]] = [(report.go_live, "Go-live", 1.1, "solid")]
    marks += [
        (last + pd.Timedelta(days=1), window.replace(" months", "m"), 0.9, (0, (1, 2)))
        for last, window in zip(rows["last"], rows["window"], strict=True)
    ]
    for when, said, width, dashes in marks:
        at = float(across(when)[0])
        axes.axvline(at, color=COLOURS["ink"], lw=width, ls=dashes, zorder=6)
        axes.text(at, 1.02, said, transform=axes.get_xaxis_transform(), size=8.5, va="bottom",
                  ha="right" if said == "Go-live" else "center")  # fmt: skip


def _up(axes: Axes, inches: float) -> Any:
    """Move up from a place by so many inches."""
    from matplotlib.transforms import ScaledTranslation

    return ScaledTranslation(0, inches, axes.figure.dpi_scale_trans)


def _verdicts(rows: pd.DataFrame) -> str:
    """Say each window's verdict in a line."""
    return "; ".join(
        f"{window}: {verdict} (n = {points})"
        for window, verdict, points in zip(
            rows["window"], rows["verdict"], rows["points"], strict=True
        )
    )
