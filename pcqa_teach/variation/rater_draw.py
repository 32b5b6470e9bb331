"""The picture of agreement: both raters' codes as a grid, the measures beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.lettering import balanced, fitted
from pcqa_teach.variation.cells import cells
from pcqa_teach.variation.rater_words import alt_text, measures, message
from pcqa_teach.variation.raters import Agreement

WIDTH = 7.6
_CELL, _LINE = 0.5, 0.27  # inches
_LEFT, _TABLE = 1.55, 2.85


def figure(found: Agreement) -> Figure:
    """Draw the finished picture."""
    from matplotlib.figure import Figure as MplFigure

    with theme():
        head = balanced(message(found), WIDTH - 0.35, 12.5, "bold")
        rows = measures(found)
        wide = WIDTH - _LEFT - _TABLE - 0.4
        tall = max(_CELL * len(found.counts), _LINE * len(rows))
        height = 0.2 + 0.225 * len(head) + 0.6 + tall + 0.2
        drawing = MplFigure(figsize=(WIDTH, height))
        drawing.text(0.15 / WIDTH, 1 - 0.12 / height, "\n".join(head), va="top", size=12.5,
                     weight="bold", linespacing=1.15)  # fmt: skip
        low = 0.15 / height
        grid = drawing.add_axes((_LEFT / WIDTH, low, wide / WIDTH, tall / height))
        _grid(grid, found, wide / len(found.counts), tall)
        left = (_LEFT + wide + 0.3) / WIDTH
        beside = drawing.add_axes((left, low, _TABLE / WIDTH, (tall + _LINE) / height))
        _beside(beside, rows, tall + _LINE)
        return Figure.of(drawing, alt=alt_text(found), name=f"agreement {found.first}")


def _grid(ax: Any, found: Agreement, wide: float, tall: float) -> None:
    """Draw the counts; the cells where both gave the same code are framed."""
    counts = found.counts.to_numpy()
    texts = [[f"{count:,}" for count in row] for row in counts]
    same = np.eye(len(counts), dtype=bool)
    cells(ax, texts, counts / max(int(counts.max()), 1), "common", same)
    names = [str(name) for name in found.counts.index]
    ax.set_xticks(range(len(names)), ["\n".join(fitted(one, wide - 0.08, 8.5, 2)) for one in names])
    ax.set_yticks(range(len(names)), ["\n".join(fitted(one, 1.0, 8.5, 2)) for one in names])
    ax.xaxis.set_label_position("top")
    across = fitted(found.second, wide * len(names), 9.5, 1, "bold")
    down = fitted(found.first, tall, 9.5, 1, "bold")
    ax.set_xlabel(across[0] if across else "", fontsize=9.5, weight="bold")
    ax.set_ylabel(down[0] if down else "", fontsize=9.5, weight="bold")


def _beside(ax: Any, rows: pd.DataFrame, inches: float) -> None:
    """Write the measures in three columns."""
    ax.set_axis_off()
    ax.set_xlim(0, 1)
    ax.set_ylim(inches, 0)
    across = (0.0, 0.65, 1.0)
    table = [
        [str(name).capitalize() for name in rows.columns],
        *rows.fillna("").to_numpy().tolist(),
    ]
    for place, line in enumerate(table):
        weight = "bold" if place == 0 else "normal"
        for x, text, align in zip(across, line, ("left", "right", "right"), strict=True):
            ax.text(x, 0.13 + _LINE * place, text, size=8.5, va="center", ha=align, weight=weight)
        ax.axhline(0.265 + _LINE * place, color=COLOURS["muted" if place == 0 else "grid"], lw=0.8)
