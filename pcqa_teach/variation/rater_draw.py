"""The picture of agreement: both raters' codes as a grid, the measures beside it."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.lettering import balanced, broken, fitted, text_width
from pcqa_teach.variation.cells import cells
from pcqa_teach.variation.rater_words import alt_text, glossary, measures, message
from pcqa_teach.variation.raters import Agreement

WIDTH = 7.6
_CELL, _LINE, _NAME = 0.5, 0.27, 0.15  # inches
_LEFT, _TABLE = 1.55, 2.85


def figure(found: Agreement) -> Figure:
    """Draw the finished picture."""
    from matplotlib.figure import Figure as MplFigure

    with theme():
        head = balanced(message(found), WIDTH - 0.35, 12.5, "bold")
        foot = broken(glossary(found), WIDTH - 0.35, 8.5)
        rows = measures(found)
        wide = WIDTH - _LEFT - _TABLE - 0.4
        names = [name_lines(str(one), wide / len(found.counts) - 0.08) for one in found.counts]
        tall = max(_CELL * len(found.counts), _LINE * len(rows))
        above = 0.3 + _NAME * max(len(one) for one in names)
        below = 0.25 + 0.165 * len(foot)
        height = 0.2 + 0.225 * len(head) + above + tall + below
        drawing = MplFigure(figsize=(WIDTH, height))
        drawing.text(0.15 / WIDTH, 1 - 0.12 / height, "\n".join(head), va="top", size=12.5,
                     weight="bold", linespacing=1.15)  # fmt: skip
        drawing.text(0.15 / WIDTH, 0.07 / height, "\n".join(foot), va="bottom", size=8.5,
                     color=COLOURS["muted"], linespacing=1.2)  # fmt: skip
        low = below / height
        grid = drawing.add_axes((_LEFT / WIDTH, low, wide / WIDTH, tall / height))
        _grid(grid, found, names, wide, tall)
        left = (_LEFT + wide + 0.3) / WIDTH
        beside = drawing.add_axes((left, low, _TABLE / WIDTH, (tall + _LINE) / height))
        _beside(beside, rows, tall + _LINE)
        return Figure.of(drawing, alt=alt_text(found), name=f"agreement {found.first}")


def name_lines(name: str, inches: float, most: int = 3) -> list[str]:
    """Break a code's name at spaces, hyphens and underscores; only a longer part is cut.

    >>> name_lines("failure-practice", 0.85)
    ['failure-', 'practice']
    """
    lines: list[str] = []
    for part in re.findall(r"[^\s_-]+[\s_-]*", name) or [name]:
        tried = lines[-1] + part if lines else part
        if lines and text_width(tried.rstrip(), 8.5) <= inches:
            lines[-1] = tried
        else:
            lines.append(part)
    if len(lines) > most:
        lines = [*lines[: most - 1], "".join(lines[most - 1 :])]
    return [fitted(line.strip(), inches, 8.5, 1)[0] for line in lines if line.strip()] or [name]


def _grid(
    ax: Any, found: Agreement, names: list[list[str]], wide: float, tall: float
) -> None:  # fmt: skip
    """Draw the counts; the cells where both gave the same code are framed."""
    counts = found.counts.to_numpy()
    texts = [[f"{count:,}" for count in row] for row in counts]
    same = np.eye(len(counts), dtype=bool)
    cells(ax, texts, counts / max(int(counts.max()), 1), "common", same)
    ax.set_xticks(range(len(names)), ["\n".join(one) for one in names])
    side = [name_lines(str(one), 1.0, 2) for one in found.counts.index]
    ax.set_yticks(range(len(names)), ["\n".join(one) for one in side])
    ax.xaxis.set_label_position("top")
    across = fitted(found.second, wide, 9.5, 1, "bold")
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
