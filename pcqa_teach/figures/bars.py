"""Lying bars, the first on top: a name, a bar with or without its interval, what it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures.lettering import fitted, text_width
from pcqa_teach.figures.look import COLOURS
from pcqa_teach.figures.sheet import WIDTH

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

_LABEL, _SIZE = 2.3, 9.0  # inches of a name, points


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
GREYS = (Kind(COLOURS["common"], ""), Kind(COLOURS["grid"], "//"))


def label(name: str) -> str:
    """Break a long name into two lines, and cut what is longer still.

    >>> label("A practice with a long pseudonym (3 staff)").splitlines()
    ['A practice with a long pseudonym', '(3 staff)']
    """
    return "\n".join(fitted(name, _LABEL, _SIZE, 2))


def bars_height(names: Sequence[str]) -> float:
    """Give the inches that lying bars with these names need."""
    return 0.75 + sum(0.36 if "\n" in label(one) else 0.30 for one in names)


def bars(
    axes: Axes,
    names: Sequence[str],
    values: Sequence[float],
    said: Sequence[str],
    kinds: Sequence[str],
    order: Sequence[str],
    *,
    lows: Sequence[float] | None = None,
    highs: Sequence[float] | None = None,
    looks: Sequence[Kind] = KINDS,
    most: float = np.inf,
) -> None:
    """Draw the bars, with whiskers where there are intervals, and what each says beside it.

    `kinds` names the kind of each bar, and `order` every kind there may be: the place in it gives
    the look, so that one kind looks the same in every picture. A kind that begins with _ is not
    named in the key. `most` is the most that there can be, such as 100 for a share: the axis is
    longer where what a bar says needs room, and has no tick beyond it.
    """
    value, place = np.asarray(values, dtype="float64"), np.arange(len(values))
    shown = np.nan_to_num(value)
    for number, kind in enumerate(order):
        here = np.array([one == kind for one in kinds], dtype=bool)
        if here.any():
            look = looks[number % len(looks)]
            axes.barh(
                place[here], shown[here], height=0.62, color=look.colour, hatch=look.hatch,
                edgecolor=COLOURS["ink"], linewidth=0.8, label=kind,
            )  # fmt: skip
    blank = np.full(len(value), np.nan)
    low = blank if lows is None else np.asarray(lows, dtype="float64")
    high = blank if highs is None else np.asarray(highs, dtype="float64")
    _whiskers(axes, value, low, high)
    ends = np.fmax(np.fmax(shown, high), 0.0)
    for y, x, text in zip(place, ends, said, strict=True):
        axes.annotate(
            text, (x, y), xytext=(6, 0), textcoords="offset points", va="center", size=_SIZE,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.6},
        )  # fmt: skip
    least = float(np.nanmin(np.concatenate([[0.0], shown, low])))
    axes.set_xlim(least * 1.05, _reach(names, ends - least, said) + least)
    if axes.get_xlim()[1] > most:
        axes.set_xticks([tick for tick in axes.get_xticks() if tick <= most])
    axes.set_ylim(len(value) - 0.45, -0.55)
    axes.set_yticks(place, [label(one) for one in names])
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=False, axis="y")
    axes.grid(visible=True, axis="x")


def _whiskers(
    axes: Axes, value: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]
) -> None:
    known = np.isfinite(low) & np.isfinite(high) & np.isfinite(value)
    if not known.any():
        return
    place = np.flatnonzero(known)
    axes.hlines(place, low[known], high[known], colors="white", linewidth=3.4)
    reach = np.vstack([value - low, high - value])[:, known]
    axes.errorbar(
        value[known], place, xerr=np.maximum(reach, 0), fmt="none",
        ecolor=COLOURS["ink"], elinewidth=1.3, capsize=3,
    )  # fmt: skip


def _reach(names: Sequence[str], ends: NDArray[np.float64], said: Sequence[str]) -> float:
    """Give the axis enough length that what is said beside each bar fits."""
    lines = [line for one in names for line in label(one).split("\n")]
    wide = WIDTH - 0.5 - max(text_width(line, _SIZE) for line in lines)
    room = np.array([0.2 + text_width(one, _SIZE) for one in said])
    return float((ends / (1 - np.minimum(room / wide, 0.7))).max()) or 1.0
