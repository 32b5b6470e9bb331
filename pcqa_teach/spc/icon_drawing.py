"""The two icons of Making Data Count, variation and assurance, put on a figure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.spc import icon_shapes
from pcqa_teach.spc.icon_shapes import Part
from pcqa_teach.spc.places import signs
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats

if TYPE_CHECKING:
    from matplotlib.figure import Figure as MplFigure

_SMALL = 0.45  # inches; below it an icon holds only its letter
_WIDTH = 2.16  # of an icon in its own units, ring and all
GAP = 0.1  # between two icons, as a share of one
_HIGH_LOW = {1: "H unusually high or rising", -1: "L unusually low or falling"}
_TARGETS = {
    "passing": "P always meets its target",
    "failing": "F never meets its target",
    "hit-and-miss": "? meets its target or not by chance",
}


def how_many(chart: Chart) -> int:
    """Say whether each group has one icon or two."""
    return 2 if chart.icons["assurance"].notna().any() else 1


def letters_said(charts: Iterable[Chart]) -> str:
    """Say what the letters in small icons stand for, of those that are there."""
    held: set[Any] = set()
    found: set[Any] = set()
    for chart in charts:
        held |= set(chart.icons["assurance"])
        good = chart.icons["variation"].isin(["improvement", "concern"]).to_numpy()
        found |= set(signs(chart)[good].tolist())
    said = [text for sign, text in _HIGH_LOW.items() if sign in found]
    said += [text for state, text in _TARGETS.items() if state in held]
    return f"Signs: {', '.join(said)}." if said else ""


def icons(drawing: MplFigure, chart: Chart, right: Floats, middle: Floats, inches: float) -> None:
    """Draw the icons of every group, in inches: the last one ends at `right`, `middle` high."""
    small = inches < _SMALL
    held = chart.icons["assurance"].tolist()
    verdicts = chart.icons["variation"].tolist()
    good = chart.improvement == "up"
    second = right - inches / 2
    two = how_many(chart) == 2
    first = second - inches * (1 + GAP) if two else second
    placed: dict[tuple[Part, ...], list[tuple[float, float]]] = {}
    where = zip(verdicts, signs(chart).tolist(), first, middle, strict=True)
    for verdict, sign, x, y in where:
        placed.setdefault(icon_shapes.variation(verdict, sign, small), []).append((x, y))
    for state, x, y in zip(held, second, middle, strict=True):
        if isinstance(state, str):
            placed.setdefault(icon_shapes.assurance(state, good, small), []).append((x, y))
    for parts, spots in placed.items():
        _stamp(drawing, parts, np.array(spots), inches)


def _stamp(drawing: MplFigure, parts: tuple[Part, ...], spots: Floats, inches: float) -> None:
    """Draw one icon at many places, one artist a part."""
    from matplotlib.collections import PathCollection
    from matplotlib.transforms import IdentityTransform

    for order, part in enumerate(parts):
        filled = part.fill or (part.colour if not part.line else "none")
        look: Any = {
            "facecolors": filled,
            "edgecolors": part.colour if part.line else "none",
            "linewidths": part.line,
            "linestyles": [part.dashes],
        }
        shape = PathCollection(
            [part.path],
            sizes=[(inches * 72 / _WIDTH) ** 2],
            offsets=spots,
            offset_transform=drawing.dpi_scale_trans,
            transform=IdentityTransform(),
            zorder=10 + order,
            **look,
        )
        drawing.add_artist(shape)
