"""The summary drawn: one row a measure or practice, with its chart in small and its two icons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.figures import COLOURS, theme
from pcqa_teach.figures.lettering import broken, fitted
from pcqa_teach.spc import icon_drawing, sheet
from pcqa_teach.spc.draw import blank
from pcqa_teach.spc.icon_summary import Charts, listed, summary
from pcqa_teach.spc.marks import Marks
from pcqa_teach.spc.phrases import unusual_said
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.sheet import MARGIN, WIDTH, Sheet
from pcqa_teach.spc.windows import windows
from pcqa_teach.spc.words import VERDICT_WORDS, numbers, period

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure

_ROW, _CHART = 0.50, 0.38  # inches of a row, and of the chart in it
_ICON = 0.36
_SIZE = 8.5
_NAMED = 8  # rows, in the alt text


@dataclass(frozen=True)
class _Column:
    """A column: its heading, where it begins, how wide it is, and whether it holds numbers."""

    heading: str
    left: float
    wide: float
    number: bool = False

    @property
    def at(self) -> float:
        return self.left + (self.wide if self.number else 0.0)


_COLUMNS = {
    "name": _Column("", MARGIN, 1.62),
    "chart": _Column("", 1.87, 1.50),
    "latest": _Column("Latest", 3.40, 0.82, True),
    "centre": _Column("Mean", 4.26, 0.66, True),
    "limits": _Column("Limits", 4.96, 1.05, True),
    "target": _Column("Target", 6.03, 0.52, True),
    "icons": _Column("Signs", 6.69, 0.76),
}


def icon_table(charts: Charts, *, title: str | None = None) -> Figure:
    """Draw one row a measure or practice: chart, latest value, mean, limits, target, two icons.

    Parameters
    ----------
    charts : a Chart (of one series or of many), a list of them, or {name: chart}
    title : the message; None: how many are unusual now

    Raises
    ------
    ChartError
        There is no chart, or something else stands among them.

    Examples
    --------
    >>> import pandas as pd
    >>> from pcqa_teach.spc import chart
    >>> weeks = pd.DataFrame({"x": [1, 2, 3, 4, 5], "value": [6, 7, 5, 9, 6]})
    >>> icon_table({"Calls": chart(weeks), "Visits": chart(weeks)}).alt
    'Nothing unusual now in any of 2. One row each: Calls, Visits.'
    """
    from pcqa_teach.figures import Figure

    rows, said = listed(charts), summary(charts)
    message = title or _message(said["variation"].tolist())
    with theme():
        drawing = blank()
        letters = icon_drawing.letters_said(one for one, _ in rows)
        paper = Sheet(message, _under(rows), [letters] if letters else [])
        ax = drawing.add_axes((0, 0, 1, 1), xlim=(0, WIDTH), ylim=(0, 1))
        ax.axis("off")
        ax.patch.set_visible(False)
        top = len(said) * _ROW
        done = 0
        icons: list[tuple[Chart, Floats]] = []
        for one, names in rows:
            foot: Floats = top - (done + 1 + np.arange(len(names))) * np.float64(_ROW)
            _draw(ax, one, names, foot)
            icons.append((one, foot + _ROW / 2))
            done += len(names)
        centres = {one.about.centre.capitalize() for one, _ in rows}
        for key, column in _COLUMNS.items():
            side = "right" if column.number else "left"
            heading = column.heading
            if key == "centre":
                heading = centres.pop() if len(centres) == 1 else "Centre"
            ax.text(column.at, top + 0.07, heading, size=_SIZE, weight="bold", ha=side)
        keys = sheet.key_rows(name for name in sheet.named(ax) if name != "Ordinary variation")
        bottom = 0.1 + sheet.key_high(keys) + paper.notes_high
        height = bottom + top + 0.30 + paper.head
        drawing.set_size_inches(WIDTH, height)
        ax.set_ylim(-bottom, height - bottom)
        right = _COLUMNS["icons"].left + _ICON * (2 + icon_drawing.GAP)
        for one, middle in icons:
            ends = right if icon_drawing.how_many(one) == 2 else _COLUMNS["icons"].left + _ICON
            icon_drawing.icons(drawing, one, np.full(len(middle), ends), middle + bottom, _ICON)
        paper.write(drawing, height)
        sheet.write_key(drawing, keys, bottom - 0.1, height)
        return Figure.of(drawing, alt=_alt(message, said), name=f"{rows[0][0].title} summary")


def _draw(ax: Axes, one: Chart, names: list[str], foot: Floats) -> None:
    """Draw the charts and write the cells of one chart's rows."""
    from matplotlib.collections import LineCollection

    column = _COLUMNS["chart"]
    left = np.full(len(names), column.left)
    on = windows(one, free_y=True).at(left, foot + (_ROW - _CHART) / 2, column.wide, _CHART)
    Marks(ax, one, on, small=True, dot=4.0).draw()
    rules = [[(MARGIN, y + _ROW), (WIDTH - MARGIN, y + _ROW)] for y in foot.tolist()]
    ax.add_collection(LineCollection(rules, colors=COLOURS["grid"], linewidths=0.8), autolim=False)
    for row, (name, y) in enumerate(zip(names, (foot + _ROW / 2).tolist(), strict=True)):
        _write(ax, "name", fitted(name, _COLUMNS["name"].wide, _SIZE, 3, "bold"), y, weight="bold")
        for key, lines in _cells(one, row).items():
            _write(ax, key, lines, y)


def _write(ax: Axes, key: str, lines: list[str], y: float, **look: Any) -> None:
    column = _COLUMNS[key]
    ax.text(
        column.at, y, "\n".join(lines), size=_SIZE,
        ha="right" if column.number else "left", va="center", linespacing=1.15, **look,
    )  # fmt: skip


def _cells(one: Chart, row: int) -> dict[str, list[str]]:
    """Say one row's latest value and date, mean, limits and target."""
    state, say = one.icons.iloc[row], numbers(one)
    percent = "%" if one.unit == "%" else ""

    def value(number: float) -> str:
        return f"{say.bare(number)}{percent}" if np.isfinite(number) else "–"

    low, high = say.within(np.array([state["lower"], state["upper"]], dtype=np.float64))
    target = float(state["target"])
    return {
        "latest": [value(float(state["latest_y"])), *_when(one, state["latest_x"])],
        "centre": [value(float(state["centre"]))],
        "limits": broken(f"{value(low)} to {value(high)}", _COLUMNS["limits"].wide, _SIZE)
        if np.isfinite([low, high]).any()
        else ["–"],
        "target": [f"{target:,.10g}{percent}" if np.isfinite(target) else "–"],
    }


def _when(one: Chart, x: Any) -> list[str]:
    return [period(one).say(x)] if one.workings.series.dated else []


def _message(verdicts: list[str]) -> str:
    said = unusual_said({name: verdicts.count(name) for name in VERDICT_WORDS}, len(verdicts))
    return f"{said[:1].upper()}{said[1:]}"


def _under(rows: list[tuple[Chart, list[str]]]) -> str:
    titles = dict.fromkeys(f"{one.title}{_unit(one)}" for one, _ in rows)
    each = "one row each, each on a scale of its own"
    return f"{next(iter(titles))} · {each}" if len(titles) == 1 else each.capitalize()


def _unit(one: Chart) -> str:
    return f", {one.unit}" if one.unit not in ("", "%") else ""


def _alt(message: str, said: pd.DataFrame) -> str:
    """Say the message, what is unusual, and who always or never meets a target."""
    flagged = said[said["variation"] != "common"]
    pairs = zip(flagged["name"], flagged["variation"], strict=True)
    unusual = [
        name if verdict == "neutral" else f"{name} ({VERDICT_WORDS[verdict]})"
        for name, verdict in pairs
    ]
    told = [("Unusual" if unusual else "One row each", unusual or said["name"].tolist())]
    for held, lead in (("failing", "Never meets its target"), ("passing", "Always meets it")):
        told.append((lead, said["name"][(said["assurance"] == held).to_numpy()].tolist()))
    return " ".join([f"{message}.", *(f"{lead}: {_some(names)}." for lead, names in told if names)])


def _some(names: list[str]) -> str:
    return f"{', '.join(names[:_NAMED])}{', ...' if len(names) > _NAMED else ''}"
