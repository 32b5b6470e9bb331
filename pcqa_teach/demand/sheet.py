"""The frame of a picture: title, what it is of, notes; and bars that lie, with their intervals."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS, theme

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure as Drawing

WIDTH = 7.6
_LEGEND = 0.30
_TITLE, _UNDER, _NOTE = 66, 102, 112  # letters that fit on a line
LABEL = 30


@dataclass
class Sheet:
    """One drawing with its heading and notes written; `axes` is what is left to draw in."""

    drawing: Drawing
    axes: Any


@contextmanager
def sheet(
    title: str, under: str, notes: Sequence[str], plot: float, panels: int = 1
) -> Iterator[Sheet]:
    """Lay out a sheet with `plot` inches of plot, inside the kit's theme; name marks at the end."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure as Drawing

    heads, subs = _balanced(title, _TITLE), textwrap.wrap(under, _UNDER)
    foot = textwrap.wrap(" ".join(one for one in notes if one), _NOTE)
    head = 0.20 + 0.225 * len(heads) + 0.175 * len(subs)
    top = head + _LEGEND
    bottom = 0.10 + 0.165 * len(foot)
    height = top + plot + bottom
    with theme():
        drawing = Drawing(figsize=(WIDTH, height), layout="constrained")
        FigureCanvasAgg(drawing)
        engine: Any = drawing.get_layout_engine()
        engine.set(rect=(0.012, bottom / height, 0.976, plot / height))
        axes = drawing.subplots(1, panels)
        left = 0.15 / WIDTH
        drawing.text(
            left, 1 - 0.12 / height, "\n".join(heads), va="top", size=12.5, weight="bold",
            linespacing=1.15,
        )  # fmt: skip
        drawing.text(
            left, 1 - (0.17 + 0.225 * len(heads)) / height, "\n".join(subs), va="top", size=9,
            color=COLOURS["muted"], linespacing=1.2,
        )  # fmt: skip
        drawing.text(
            left, 0.07 / height, "\n".join(foot), va="bottom", size=8.5,
            color=COLOURS["muted"], linespacing=1.25,
        )  # fmt: skip
        page = Sheet(drawing, axes)
        yield page
        _legend(page, head, height)


def _balanced(text: str, most: int) -> list[str]:
    """Break a text into as few lines as fit, of about one length."""
    many = len(textwrap.wrap(text, most))
    for width in range(len(text) // max(many, 1), most):
        tried = textwrap.wrap(text, width)
        if len(tried) == many:
            return tried
    return textwrap.wrap(text, most)


def label(text: str, letters: int = LABEL, most: int = 2) -> str:
    r"""Break a label into at most two lines, cut with dots where it is longer.

    >>> label("a hospital letter that did not come in time for the review")
    'a hospital letter that did not\ncome in time for the review'
    """
    return "\n".join(textwrap.wrap(text, letters, max_lines=most, placeholder=" ..."))


def bars_height(names: Sequence[str]) -> float:
    """Give the inches that lying bars with these labels need."""
    return 0.75 + sum(0.30 if len(one) <= LABEL else 0.36 for one in names)


@dataclass(frozen=True)
class Kind:
    """How one kind of bar looks: colour never tells it apart alone."""

    colour: str
    hatch: str


KINDS = (
    Kind(COLOURS["improvement"], ""),
    Kind(COLOURS["grid"], "///"),
    Kind("#FFFFFF", "..."),
    Kind(COLOURS["common"], "xx"),
)


def bars(
    axes: Axes,
    names: Sequence[str],
    values: Sequence[float],
    lows: Sequence[float],
    highs: Sequence[float],
    said: Sequence[str],
    kinds: Sequence[str],
    order: Sequence[str],
) -> None:
    """Draw lying bars with interval whiskers, the first at the top, and what each says beside it.

    `kinds` names the kind of each bar, and `order` every kind there may be: the place in it gives
    the look, so that one kind looks the same in every picture.
    """
    value = np.asarray(values, dtype="float64")
    low, high = np.asarray(lows, dtype="float64"), np.asarray(highs, dtype="float64")
    place = np.arange(len(value))
    shown = np.nan_to_num(value)
    for number, kind in enumerate(order):
        here = np.array([one == kind for one in kinds], dtype=bool)
        if not here.any():
            continue
        look = KINDS[number % len(KINDS)]
        axes.barh(
            place[here], shown[here], height=0.62, color=look.colour, hatch=look.hatch,
            edgecolor=COLOURS["ink"], linewidth=0.8, label=kind,
        )  # fmt: skip
    known = np.isfinite(low) & np.isfinite(high) & np.isfinite(value)
    if known.any():
        axes.hlines(place[known], low[known], high[known], colors="white", linewidth=3.4)
        reach = np.vstack([value - low, high - value])[:, known]
        axes.errorbar(
            value[known], place[known], xerr=np.maximum(reach, 0), fmt="none",
            ecolor=COLOURS["ink"], elinewidth=1.3, capsize=3,
        )  # fmt: skip
    ends = np.fmax(np.where(known, np.fmax(shown, high), shown), 0.0)
    for y, x, text in zip(place, ends, said, strict=True):
        axes.annotate(
            text, (x, y), xytext=(6, 0), textcoords="offset points", va="center", size=9,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
    least = float(np.nanmin(np.concatenate([[0.0], shown, low[known]])))
    axes.set_xlim(least * 1.05, _reach(names, ends - least, said) + least)
    axes.set_ylim(len(value) - 0.45, -0.55)
    axes.set_yticks(place, [label(one) for one in names])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")


def _reach(names: Sequence[str], ends: Any, said: Sequence[str]) -> float:
    """Give the axis enough length that what is said beside each bar fits."""
    wide = WIDTH - 0.5 - 0.08 * min(max(len(one) for one in names), LABEL)
    room = np.array([0.15 + 0.073 * len(one) for one in said])
    return float((ends / (1 - np.minimum(room / wide, 0.7))).max()) or 1.0


def _legend(page: Sheet, down: float, height: float) -> None:
    """Name the kinds of mark in the row under the heading."""
    axes = np.atleast_1d(page.axes)
    named: dict[str, Any] = {}
    for one in axes:
        for handle, name in zip(*one.get_legend_handles_labels(), strict=True):
            named.setdefault(name, handle)
    if named:
        shown = page.drawing.legend(
            named.values(), named.keys(), loc="upper left", ncols=len(named), fontsize=9,
            bbox_to_anchor=(0.09 / WIDTH, 1 - down / height), handletextpad=0.5,
            columnspacing=1.4, borderaxespad=0.0,
        )  # fmt: skip
        shown.set_in_layout(False)
