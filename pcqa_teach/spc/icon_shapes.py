"""The shapes of the two icons, each drawn by us in a circle of radius 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS

if TYPE_CHECKING:
    from matplotlib.path import Path

GREY = COLOURS["common"]
_T = np.linspace(-0.58, 0.58, 7)
_WAVE = np.array([0.02, 0.22, -0.16, 0.16, -0.22, 0.12, -0.04])
_CLIMB = np.array([-0.30, -0.16, -0.30, -0.20, 0.02, 0.16, 0.32])
_DOT = 0.088
_DASHED = (0, (3, 2))


@dataclass(frozen=True)
class Part:
    """One shape of an icon: a path filled with a colour, or a line of so many points."""

    path: Path
    colour: str
    line: float = 0.0
    dashes: Any = "solid"
    fill: str | None = None


@cache
def variation(verdict: str, sign: int, small: bool) -> tuple[Part, ...]:
    """Give the variation icon; `sign` is +1 for a high or rising latest point, -1 for a low one."""
    colour = COLOURS[verdict]
    ring = _ring(colour, small)
    if verdict == "common":
        edges = [_level(edge, 0.66, colour, 0.8) for edge in (-0.42, 0.42)]
        return (ring, *edges, *_dots(_WAVE, colour))
    if verdict == "neutral":
        return (ring, *(_arrow(sign, colour) if sign else _split(colour)))
    letter = "H" if sign > 0 else "L"
    if small:
        return (ring, _letter(letter, colour, 0.0, 0.0, 1.1))
    heights = (_CLIMB - 0.16) * sign
    return (
        ring,
        _letter(letter, colour, -0.34, 0.34 * sign, 0.60),
        *_dots(heights, GREY, slice(0, 4)),
        *_dots(heights, colour, slice(4, 7))[1:],
    )


@cache
def assurance(held: str, up_is_good: bool, small: bool) -> tuple[Part, ...]:
    """Give the assurance icon: P passes, F falls short, ? hits and misses."""
    letter, verdict = {"passing": ("P", "improvement"), "failing": ("F", "concern")}.get(
        held, ("?", "common")
    )
    colour = COLOURS[verdict]
    ring = _ring(colour, small)
    if small:
        return (ring, _letter(letter, colour, 0.0, 0.0, 1.1))
    above = {"P": 1, "F": -1}.get(letter, 0) * (1 if up_is_good else -1)
    line = {1: -0.46, -1: 0.14, 0: -0.16}[above]
    wave = _WAVE * (0.75 if above else 1.3) + {1: -0.14, -1: -0.26, 0: -0.16}[above]
    return (
        ring,
        _level(line, 0.74, COLOURS["target"], 1.1),
        *_dots(wave, colour),
        _letter(letter, colour, 0.0, 0.55, 0.60),
    )


def _ring(colour: str, small: bool) -> Part:
    return Part(_circle(0.0, 0.0, 0.98), colour, 2.0 if small else 2.6, fill="white")


def _circle(x: float, y: float, radius: float) -> Path:
    from matplotlib.path import Path

    made: Callable[..., Path] = Path.circle
    return made((x, y), radius)


def _level(height: float, half: float, colour: str, line: float) -> Part:
    return Part(_open([-half, half], [height, height]), colour, line, _DASHED)


def _open(x: Any, y: Any) -> Path:
    from matplotlib.path import Path

    return Path(np.column_stack([x, y]))


def _dots(heights: Any, colour: str, those: slice = slice(0, 7)) -> tuple[Part, Part]:
    """Give a line and, on it, dots of one colour."""
    from matplotlib.path import Path

    dots = [_circle(x, y, _DOT) for x, y in zip(_T[those], heights[those], strict=True)]
    together: Callable[..., Path] = Path.make_compound_path
    return (Part(_open(_T, heights), GREY, 0.8), Part(together(*dots), colour))


def _letter(letter: str, colour: str, x: float, y: float, size: float) -> Part:
    """Give a letter with its middle at a place; `size` is the type's, in the icon's units."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path
    from matplotlib.textpath import TextPath

    bold = FontProperties(family="DejaVu Sans", weight="bold")
    drawn = TextPath((0, 0), letter, size=100, prop=bold)
    corners = np.asarray(drawn.vertices)
    middle = (corners.min(axis=0) + corners.max(axis=0)) / 2
    return Part(Path((corners - middle) * size / 100 + (x, y), drawn.codes), colour)


def _arrow(sign: int, colour: str) -> tuple[Part, ...]:
    """Point up or down to the right: a change, neither good nor bad."""
    from matplotlib.path import Path

    along, across = np.array([1.0, sign]) / np.sqrt(2), np.array([-sign, 1.0]) / np.sqrt(2)
    outline = [(-0.52, 0.07), (0.12, 0.07), (0.12, 0.26), (0.54, 0.0)]
    outline += [(far, -wide) for far, wide in reversed(outline[:-1])]
    corners = [far * along + wide * across for far, wide in outline]
    return (Part(Path([*corners, corners[0]], closed=True), colour),)


def _split(colour: str) -> tuple[Part, ...]:
    """Show two levels: the points as a whole are more than chance."""
    heights = np.repeat([0.25, -0.25], [4, 3])
    return _dots(heights, colour)
