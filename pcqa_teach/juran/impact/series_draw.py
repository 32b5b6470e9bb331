"""The picture of an interrupted time series."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.arguments import Floats
from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.lettering import fitted
from pcqa_teach.juran.impact.series import Its
from pcqa_teach.juran.impact.series_words import alt_text, effect_said, message, points_said
from pcqa_teach.juran.impact.sheet import Panel, Words, change_line, page, room, value_label
from pcqa_teach.juran.impact.words import sure
from pcqa_teach.juran.time_axis import across, foot

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def figure(found: Its) -> Figure:
    """Draw the finished picture."""
    x, say = found.points["x"], found.every.say
    words = Words(
        title=message(found),
        under=f"Interrupted time series · {points_said(found)}, {say(x.iloc[0])} to"
        f" {say(x.iloc[-1])} · on average {effect_said(found)}",
        notes=_named(found) + [one for one in found.cautions if not one.startswith("Also on")][:3],
        alt=alt_text(found),
        name=f"{found.title[:60]} interrupted time series",
    )
    return page(words, [Panel(lambda axes: _marks(axes, found))])


def _marks(axes: Axes, found: Its) -> None:
    points = found.points
    x, y, after = across(points["x"]), points["y"].to_numpy(), points["after"].to_numpy()
    used = points["used"].to_numpy()
    axes.plot(x, y, color="#B4BCC4", lw=0.9, zorder=3)
    size = float(np.clip(1500 / len(x), 6, 26))
    axes.scatter(
        x[used & ~after], y[used & ~after], s=size, color=COLOURS["common"], marker="o",
        linewidths=0, zorder=4, label="Before",
    )  # fmt: skip
    axes.scatter(
        x[used & after], y[used & after], s=size * 1.2, color=COLOURS["neutral"], marker="^",
        linewidths=0, zorder=4, label="After",
    )  # fmt: skip
    out = ~used & np.isfinite(y)
    if out.any():
        axes.scatter(
            x[out], y[out], s=size * 1.4, facecolors="white", edgecolors=COLOURS["common"],
            marker="o", linewidths=1.2, zorder=4, label="Left out",
        )  # fmt: skip
    if found.comparison:
        axes.plot(
            x, points["comparison"], color=COLOURS["limit"], lw=1.2, ls=(0, (1, 1.5)), zorder=3,
            label=fitted(f"Comparison: {found.comparison}", 2.4, 8.5, 1)[0],
        )  # fmt: skip
    _lines(axes, found, x)
    value_label(axes, found.title, found.unit, 3.0)
    foot(axes, points["x"].to_numpy())
    room(axes, foot=0.12 if found.events else 0.0)
    change_line(axes, float(across(found.change)[0]), f"Change,\n{found.every.say(found.change)}")
    _events(axes, found)


def _lines(axes: Axes, found: Its, x: Floats) -> None:
    points = found.points
    after = points["after"].to_numpy()
    fitted = points["fitted"].to_numpy()
    for rows, label in ((~after & points["used"].to_numpy(), "Fitted"), (after, None)):
        axes.plot(x[rows], fitted[rows], color=COLOURS["ink"], lw=1.8, zorder=5, label=label)
    axes.plot(
        x[after], points["expected"].to_numpy()[after], color=COLOURS["target"], lw=1.6,
        ls=(0, (5, 3)), zorder=5, label="Earlier trend carried on",
    )  # fmt: skip
    axes.fill_between(
        x[after], points["low"].to_numpy()[after], points["high"].to_numpy()[after],
        color=COLOURS["target"], alpha=0.13, lw=0, zorder=1,
        label=f"Its {sure(found.confidence)}",
    )  # fmt: skip


def _events(axes: Axes, found: Its) -> None:
    """Mark other things that happened with a letter at the foot; the notes name them."""
    low, high = axes.get_xlim()
    for letter, when in zip(ascii_uppercase, found.events, strict=False):
        at = float(across(when)[0])
        if low <= at <= high:
            axes.text(
                at, 0.03, letter, transform=axes.get_xaxis_transform(), size=8.5, weight="bold",
                ha="center", va="bottom", zorder=7,
                bbox={"boxstyle": "circle,pad=0.15", "facecolor": "white",
                      "edgecolor": COLOURS["ink"], "linewidth": 0.8},
            )  # fmt: skip


def _named(found: Its) -> list[str]:
    """Name what each letter stands for."""
    said = [
        f"{letter}: {what}, {found.every.say(when)}"
        for letter, (when, what) in zip(ascii_uppercase, found.events.items(), strict=False)
    ]
    return [f"{'; '.join(said)}."] if said else []
