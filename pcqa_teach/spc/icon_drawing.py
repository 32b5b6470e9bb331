"""The two icons of Making Data Count, drawn by us: variation and assurance."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

_SMALL = 0.45  # inches; below it an icon holds only its letter
_T = np.linspace(-0.58, 0.58, 7)
_WAVE = np.array([0.02, 0.22, -0.16, 0.16, -0.22, 0.12, -0.04])
_CLIMB = np.array([-0.30, -0.16, -0.30, -0.20, 0.02, 0.16, 0.32])


@dataclass(frozen=True)
class Spot:
    """Where an icon goes: its centre and width in inches, on a sheet from `sheet`."""

    ax: Axes
    x: float
    y: float
    inches: float

    @cached_property
    def transform(self) -> Any:
        """Take an icon's own units, -1.08 to 1.08, to the sheet."""
        from matplotlib.transforms import Affine2D

        own: Any = Affine2D()
        return own.scale(self.inches / 2.16).translate(self.x, self.y) + self.ax.transData


def sheet(drawing: MplFigure) -> Axes:
    """Give invisible axes over the whole figure, in inches, to put icons on."""
    wide, high = drawing.get_size_inches()
    ax = drawing.add_axes((0, 0, 1, 1), xlim=(0, wide), ylim=(0, high), label="icons")
    ax.axis("off")
    ax.patch.set_visible(False)
    return ax


def variation(at: Spot, verdict: str, sign: int) -> None:
    """Draw the variation icon; `sign` is +1 for a high or rising latest point, -1 for a low one."""
    colour = COLOURS[verdict]
    _ring(at, colour)
    if verdict == "common":
        for edge in (-0.42, 0.42):
            at.ax.plot(
                [-0.66, 0.66],
                [edge, edge],
                color=colour,
                lw=0.8,
                ls=(0, (3, 2)),
                transform=at.transform,
            )
        _dots(at, _WAVE, [colour] * 7)
        return
    if verdict == "neutral":
        _arrow(at, sign, colour)
        return
    letter = "H" if sign > 0 else "L"
    if at.inches < _SMALL:
        _only_letter(at, letter, colour)
        return
    _letter(at, letter, colour, 0.30 * (1 if sign > 0 else -1))
    grey = COLOURS["common"]
    heights = _CLIMB * sign - 0.16 * sign
    _dots(at, heights, [grey] * 4 + [colour] * 3)


def assurance(at: Spot, held: str, up_is_good: bool) -> None:
    """Draw the assurance icon: P passes, F falls short, ? hits and misses."""
    colour = {"passing": COLOURS["improvement"], "failing": COLOURS["concern"]}.get(
        held, COLOURS["common"]
    )
    _ring(at, colour)
    letter = {"passing": "P", "failing": "F"}.get(held, "?")
    if at.inches < _SMALL:
        _only_letter(at, letter, colour)
        return
    above = {"passing": 1, "failing": -1}.get(held, 0) * (1 if up_is_good else -1)
    line = -0.42 if above > 0 else 0.18 if above < 0 else -0.14
    wave = _WAVE * (0.75 if above else 1.3) + (
        -0.10 if above > 0 else -0.20 if above < 0 else -0.14
    )
    at.ax.plot(
        [-0.74, 0.74],
        [line, line],
        color=COLOURS["target"],
        lw=1.1,
        ls=(0, (4, 2)),
        transform=at.transform,
    )
    _dots(at, wave, [colour] * 7)
    _letter(at, letter, colour, 0.50)


def _ring(at: Spot, colour: str) -> None:
    from matplotlib.patches import Circle

    at.ax.add_patch(
        Circle(
            (0, 0),
            0.98,
            facecolor="white",
            edgecolor=colour,
            lw=2.6 if at.inches > _SMALL else 2.0,
            transform=at.transform,
        )
    )


def _dots(
    at: Spot, heights: np.ndarray[tuple[int], np.dtype[np.float64]], colours: list[str]
) -> None:
    at.ax.plot(_T, heights, color=COLOURS["common"], lw=0.8, zorder=2, transform=at.transform)
    at.ax.scatter(
        _T, heights, s=_dot_size(at), color=colours, zorder=3, linewidths=0, transform=at.transform
    )


def _dot_size(at: Spot) -> float:
    return (at.inches * 4.6) ** 2


def _only_letter(at: Spot, letter: str, colour: str) -> None:
    """Fill a small icon with its letter, which a wave beside it would make too small to read."""
    at.ax.text(
        0,
        -0.04,
        letter,
        color=colour,
        weight="bold",
        size=11,
        ha="center",
        va="center",
        transform=at.transform,
    )


def _letter(at: Spot, letter: str, colour: str, height: float) -> None:
    inches = at.inches
    side = 0.0 if letter in "PF?" else -0.34
    at.ax.text(
        side,
        height,
        letter,
        color=colour,
        weight="bold",
        size=19 * inches,
        ha="center",
        va="center",
        transform=at.transform,
    )


def _arrow(at: Spot, sign: int, colour: str) -> None:
    from matplotlib.patches import FancyArrow

    if sign == 0:
        _dots(at, np.repeat([0.25, -0.25], [4, 3]), [colour] * 7)
        return
    at.ax.add_patch(
        FancyArrow(
            -0.36,
            -0.36 * sign,
            0.72,
            0.72 * sign,
            width=0.13,
            head_width=0.48,
            head_length=0.40,
            length_includes_head=True,
            color=colour,
            lw=0,
            transform=at.transform,
        )
    )
