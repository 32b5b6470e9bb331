"""A grid of shaded cells with a text in each: the picture of a table."""

from __future__ import annotations

from typing import Any

import numpy as np

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.figures import COLOURS

_AA = 4.5  # contrast that small lettering needs (WCAG 2.2, 1.4.3)


def cells(
    ax: Any, texts: list[list[str]], shades: Floats, colour: str, framed: Bools | None = None
) -> None:
    """Draw a grid into the axes: the higher the shade (0 to 1) the darker the cell.

    `framed` cells stand out by a frame, blue and bold letters.
    """
    rows, columns = shades.shape
    for row in range(rows):
        for place in range(columns):
            marked = framed is not None and bool(framed[row, place])
            shade = _shade(COLOURS["improvement" if marked else colour], shades[row, place])
            ax.add_patch(_cell(place, row, shade, marked))
            ax.text(place, row, texts[row][place], ha="center", va="center", size=10,
                    weight="bold" if marked else "normal", color=lettering_on(shade))  # fmt: skip
    ax.set_xlim(-0.5, columns - 0.5)
    ax.set_ylim(rows - 0.5, -0.5)
    ax.tick_params(length=0, labeltop=True, labelbottom=False, labelsize=8.5)
    ax.grid(visible=False)
    for spine in ax.spines.values():
        spine.set_visible(False)


def lettering_on(colour: tuple[float, float, float]) -> str:
    """Choose white letters where they can be read on a colour, else black ones.

    >>> lettering_on((0.1, 0.1, 0.3)), lettering_on((0.6, 0.6, 0.6))
    ('white', 'black')
    """
    return "white" if 1.05 / (luminance(colour) + 0.05) >= _AA else "black"


def luminance(colour: tuple[float, float, float]) -> float:
    """Give the relative luminance of a colour (WCAG 2.2).

    >>> luminance((1.0, 1.0, 1.0))
    1.0
    """
    part = np.asarray(colour)
    linear = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return float(np.round(linear @ [0.2126, 0.7152, 0.0722], 12))


def _shade(colour: str, share: float) -> tuple[float, float, float]:
    from matplotlib.colors import to_rgb

    red, green, blue = 1 - (1 - np.array(to_rgb(colour))) * (0.06 + 0.94 * float(share))
    return float(red), float(green), float(blue)


def _cell(x: int, y: int, colour: tuple[float, float, float], marked: bool) -> Any:
    from matplotlib.patches import Rectangle

    return Rectangle(
        (x - 0.47, y - 0.46), 0.94, 0.92, facecolor=colour,
        edgecolor=COLOURS["ink" if marked else "grid"], linewidth=1.4 if marked else 0.8,
    )  # fmt: skip
