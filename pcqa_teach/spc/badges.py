"""The two icons of Making Data Count, drawn by us: variation and assurance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_SMALL = 0.45  # inches; below it an icon holds only its letter
_T = np.linspace(-0.58, 0.58, 7)
_WAVE = np.array([0.02, 0.22, -0.16, 0.16, -0.22, 0.12, -0.04])
_CLIMB = np.array([-0.30, -0.16, -0.30, -0.20, 0.02, 0.16, 0.32])

VARIATION_SAID = {
    "common": "ordinary variation",
    "improvement": "special cause: improvement",
    "concern": "special cause: concern",
    "neutral": "special cause: change",
}


def variation(ax: Axes, verdict: str, sign: int) -> None:
    """Draw the variation icon; `sign` is +1 for a high or rising latest point, -1 for a low one."""
    colour = COLOURS[verdict]
    _ring(ax, colour)
    if verdict == "common":
        for edge in (-0.42, 0.42):
            ax.plot([-0.66, 0.66], [edge, edge], color=colour, lw=0.8, ls=(0, (3, 2)))
        _dots(ax, _WAVE, [colour] * 7)
        return
    if verdict == "neutral":
        _arrow(ax, sign, colour)
        return
    letter = "H" if sign > 0 else "L"
    if _inches(ax) < _SMALL:
        _only_letter(ax, letter, colour)
        return
    _letter(ax, letter, colour, 0.30 * (1 if sign > 0 else -1))
    grey = COLOURS["common"]
    heights = _CLIMB * sign - 0.16 * sign
    _dots(ax, heights, [grey] * 4 + [colour] * 3)


def assurance(ax: Axes, held: str, up_is_good: bool) -> None:
    """Draw the assurance icon: P passes, F falls short, ? hits and misses."""
    colour = {"passing": COLOURS["improvement"], "failing": COLOURS["concern"]}.get(
        held, COLOURS["common"]
    )
    _ring(ax, colour)
    letter = {"passing": "P", "failing": "F"}.get(held, "?")
    if _inches(ax) < _SMALL:
        _only_letter(ax, letter, colour)
        return
    above = {"passing": 1, "failing": -1}.get(held, 0) * (1 if up_is_good else -1)
    line = -0.42 if above > 0 else 0.18 if above < 0 else -0.14
    wave = _WAVE * (0.75 if above else 1.3) + (
        -0.10 if above > 0 else -0.20 if above < 0 else -0.14
    )
    ax.plot([-0.74, 0.74], [line, line], color=COLOURS["target"], lw=1.1, ls=(0, (4, 2)))
    _dots(ax, wave, [colour] * 7)
    _letter(ax, letter, colour, 0.50)


def _ring(ax: Axes, colour: str) -> None:
    from matplotlib.patches import Circle

    ax.set(xlim=(-1.08, 1.08), ylim=(-1.08, 1.08), aspect="equal")
    ax.axis("off")
    ax.add_patch(
        Circle(
            (0, 0),
            0.98,
            facecolor="white",
            edgecolor=colour,
            lw=2.6 if _inches(ax) > _SMALL else 2.0,
        )
    )


def _dots(
    ax: Axes, heights: np.ndarray[tuple[int], np.dtype[np.float64]], colours: list[str]
) -> None:
    ax.plot(_T, heights, color=COLOURS["common"], lw=0.8, zorder=2)
    ax.scatter(_T, heights, s=_dot_size(ax), color=colours, zorder=3, linewidths=0)


def _dot_size(ax: Axes) -> float:
    return (_inches(ax) * 4.6) ** 2


def _inches(ax: Axes) -> float:
    return float(ax.get_window_extent().width / ax.figure.dpi)


def _only_letter(ax: Axes, letter: str, colour: str) -> None:
    """Fill a small icon with its letter, which a wave beside it would make too small to read."""
    ax.text(0, -0.04, letter, color=colour, weight="bold", size=11, ha="center", va="center")


def _letter(ax: Axes, letter: str, colour: str, height: float) -> None:
    inches = _inches(ax)
    side = 0.0 if letter in "PF?" else -0.34
    ax.text(
        side,
        height,
        letter,
        color=colour,
        weight="bold",
        size=19 * inches,
        ha="center",
        va="center",
    )


def _arrow(ax: Axes, sign: int, colour: str) -> None:
    from matplotlib.patches import FancyArrow

    if sign == 0:
        _dots(ax, np.repeat([0.25, -0.25], [4, 3]), [colour] * 7)
        return
    ax.add_patch(
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
        )
    )
