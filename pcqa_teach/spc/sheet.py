"""What stands around the axes of every sheet: heading, key and notes, placed in inches."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from pcqa_teach.figures import COLOURS, MARKERS
from pcqa_teach.figures.lettering import balanced, broken, text_width
from pcqa_teach.spc.marks import AS_A_WHOLE, BASELINE, DASHES, JOIN, POINT_NAMES

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as MplFigure

WIDTH = 7.6
MARGIN = 0.15
_TITLE, _UNDER, _SMALL = 12.5, 9.0, 8.5  # points
_TITLE_LINE, _UNDER_LINE, _NOTE_LINE, _KEY_LINE = 0.225, 0.175, 0.165, 0.21  # inches
_HANDLE = 0.34  # inches that a key's mark takes
CENTRE = "Centre line"  # where a sheet holds charts of several kinds
_CENTRES = ("Mean", "Median", "Zero line")


@dataclass(frozen=True)
class Sheet:
    """A sheet with its words broken to its width; heights are in inches from the top.

    Parameters
    ----------
    title, under : the message, and what the chart is of
    notes : small print for the foot
    aside : inches at the right of the heading that are taken, by icons
    """

    title: str
    under: str
    notes: Sequence[str]
    aside: float = 0.0

    @property
    def _wide(self) -> float:
        return WIDTH - 2 * MARGIN - self.aside

    @cached_property
    def title_lines(self) -> list[str]:
        """The message in lines."""
        return balanced(self.title, self._wide, _TITLE, "bold")

    @cached_property
    def under_lines(self) -> list[str]:
        """What the chart is of in lines, none of which begins with a dot between parts."""
        return broken(self.under.replace(" · ", "\u00a0· "), self._wide, _UNDER)

    @cached_property
    def note_lines(self) -> list[str]:
        """The notes in lines."""
        wide = WIDTH - 2 * MARGIN
        return [line for note in self.notes for line in broken(note, wide, _SMALL)]

    @property
    def head(self) -> float:
        """The inches that the heading takes."""
        return 0.14 + _TITLE_LINE * len(self.title_lines) + _UNDER_LINE * len(self.under_lines)

    @property
    def notes_high(self) -> float:
        """The inches that the notes take, with the space under them."""
        return _NOTE_LINE * len(self.note_lines) + 0.08

    def write(self, drawing: MplFigure, height: float) -> None:
        """Write the heading at the top and the notes at the foot."""
        left = MARGIN / WIDTH
        text: Any = drawing.text
        text(
            left, 1 - 0.12 / height, "\n".join(self.title_lines),
            va="top", size=_TITLE, weight="bold", linespacing=1.15,
        )  # fmt: skip
        down = 0.17 + _TITLE_LINE * len(self.title_lines)
        text(
            left, 1 - down / height, "\n".join(self.under_lines),
            va="top", size=_UNDER, color=COLOURS["muted"], linespacing=1.2,
        )  # fmt: skip
        if self.note_lines:
            text(
                left, 0.07 / height, "\n".join(self.note_lines),
                va="bottom", size=_SMALL, color=COLOURS["muted"], linespacing=1.25,
            )  # fmt: skip


def key_rows(names: Iterable[str], inches: float = WIDTH - 2 * MARGIN) -> list[list[str]]:
    """Set the names of a key in rows no wider than the sheet.

    >>> key_rows(["Target", "Ordinary variation"], 1.5)
    [['Target'], ['Ordinary variation']]
    """
    rows: list[list[str]] = [[]]
    used = 0.0
    for name in names:
        wide = _entry(name)
        if rows[-1] and used + wide > inches:
            rows.append([])
            used = 0.0
        rows[-1].append(name)
        used += wide
    return rows if rows[0] else []


def key_high(rows: list[list[str]]) -> float:
    """Give the inches that a key takes, with the space under it."""
    return _KEY_LINE * len(rows) + 0.09 if rows else 0.09


def write_key(drawing: MplFigure, rows: list[list[str]], down: float, height: float) -> None:
    """Name every mark that is used, once, in rows that begin `down` inches over the foot."""
    from matplotlib.lines import Line2D

    for number, row in enumerate(rows):
        x, y = MARGIN, (down - _KEY_LINE * (number + 0.5)) / height
        for name in row:
            ends = [x, x + 0.26] if "marker" not in _KEY[name] else [x + 0.13]
            look: Any = {"ls": "none", **_KEY[name]}
            drawing.add_artist(
                Line2D([end / WIDTH for end in ends], [y] * len(ends), figure=drawing, **look)
            )
            drawing.text((x + _HANDLE) / WIDTH, y, name, size=_SMALL, va="center_baseline")
            x += _entry(name)


def named(ax: Axes, besides: Iterable[str] = ()) -> list[str]:
    """List the names of the marks in some axes in the key's order, but those named elsewhere."""
    found = set(ax.get_legend_handles_labels()[1]) - set(besides)
    if len(found.intersection(_CENTRES)) > 1:
        found = found - set(_CENTRES) | {CENTRE}
    return [name for name in _KEY if name in found]


def _entry(name: str) -> float:
    return _HANDLE + text_width(name, _SMALL) + 0.16


def _dot(verdict: str, size: float) -> dict[str, Any]:
    return {"marker": MARKERS[verdict], "ms": size, "mec": "none", "color": COLOURS[verdict]}


def _line(colour: str, dashes: str | None, wide: float) -> dict[str, Any]:
    return {"color": COLOURS[colour], "ls": DASHES[dashes] if dashes else "solid", "lw": wide}


_KEY: dict[str, dict[str, Any]] = {
    "Mean": _line("centre", None, 1.4),
    "Median": _line("centre", None, 1.4),
    "Zero line": _line("centre", None, 1.4),
    CENTRE: _line("centre", None, 1.4),
    "Limits": _line("limit", "limits", 1.1),
    "Trial limits": _line("limit", "trial", 1.1),
    "2 sigma": {"color": JOIN, "ls": DASHES["two_sigma"], "lw": 1.0},
    "Target": _line("target", "target", 1.4),
    "Baseline": {"color": BASELINE, "ls": "solid", "lw": 9, "solid_capstyle": "butt"},
    **{
        label: _dot(name, size)
        for (name, label), size in zip(POINT_NAMES.items(), (5.0, 5.5, 5.5, 6.5), strict=True)
    },
    AS_A_WHOLE: _dot("common", 5.0),
    "Improvement and concern": {
        "marker": "o", "ms": 8, "mec": COLOURS["concern"], "mfc": "none", "mew": 1.2
    },
    "Left out of the limits": {
        "marker": "o", "ms": 5.5, "mec": COLOURS["common"], "mfc": "white", "mew": 1.3
    },
    "Has a bank holiday": {
        "marker": (6, 2, 0), "ms": 5, "mec": COLOURS["ink"], "mew": 0.9
    },
}  # fmt: skip
