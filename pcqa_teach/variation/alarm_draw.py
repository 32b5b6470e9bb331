"""The picture of false-alarm rates: a row a kind of series, a column a length of chart."""

from __future__ import annotations

import numpy as np

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.lettering import balanced, broken, fitted
from pcqa_teach.spc import PRESETS
from pcqa_teach.variation.alarms import AlarmTable
from pcqa_teach.variation.cells import cells
from pcqa_teach.variation.words import percent

WIDTH = 7.6
_LEFT, _ROW = 2.35, 0.44


def figure(table: AlarmTable) -> Figure:
    """Draw the finished picture."""
    from matplotlib.figure import Figure as MplFigure

    wide = table.grid()
    lengths = list(wide.columns[2:])
    with theme():
        head = balanced(table.message, WIDTH - 0.35, 12.5, "bold")
        foot = broken(_foot(table), WIDTH - 0.35, 8.5)
        tall, bottom = _ROW * len(wide), 0.18 + 0.165 * len(foot)
        height = 0.2 + 0.225 * len(head) + 0.3 + tall + bottom
        drawing = MplFigure(figsize=(WIDTH, height))
        drawing.text(0.15 / WIDTH, 1 - 0.12 / height, "\n".join(head), va="top", size=12.5,
                     weight="bold", linespacing=1.15)  # fmt: skip
        drawing.text(0.15 / WIDTH, 0.07 / height, "\n".join(foot), va="bottom", size=8.5,
                     color=COLOURS["muted"], linespacing=1.2)  # fmt: skip
        across = WIDTH - _LEFT - 0.2
        ax = drawing.add_axes((_LEFT / WIDTH, bottom / height, across / WIDTH, tall / height))
        shares = wide[lengths].to_numpy(dtype=np.float64)
        cells(ax, [[percent(one) for one in row] for row in shares], shares, "neutral")
        ax.set_xticks(range(len(lengths)), [f"{one} points" for one in lengths])
        names = ["\n".join(fitted(name, _LEFT - 0.2, 8.5, 2)) for name in _rows(table)]
        ax.set_yticks(range(len(wide)), names)
        return Figure.of(drawing, alt=table.alt_text, name="false alarms")


def _rows(table: AlarmTable) -> list[str]:
    """Name the rows, without the rules where all have the same."""
    wide = table.grid()
    pairs = zip(wide["preset"], wide["autocorrelation"], strict=True)
    if wide["preset"].nunique() == 1:
        return [f"Neighbours alike: {alike:g}" for _, alike in pairs]
    return [f"{PRESETS[preset].title}, alike {alike:g}" for preset, alike in pairs]


def _foot(table: AlarmTable) -> str:
    names = list(dict.fromkeys(table.rates["preset"]))
    rules = f" Rules of {PRESETS[names[0]].title}." if len(names) == 1 else ""
    return (
        f"{table.charts:,} simulated XmR charts each, limits from the same points.{rules}"
        " Alike: the correlation of each value with the one before."
    )
