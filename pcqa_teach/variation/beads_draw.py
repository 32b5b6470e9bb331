"""The pictures of the red bead experiment: a column a person, and a week's paddles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS, Figure, theme
from pcqa_teach.figures.boxes import Page, paper
from pcqa_teach.figures.sheet import MARGIN, WIDTH, Sheet, blank, plot
from pcqa_teach.sayings import counted, percent
from pcqa_teach.variation import beads_words as words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.variation.beads import Scoops

_RED, _PALE = COLOURS["target"], "#D5DADE"
_ACROSS, _BESIDE = 5, 6  # beads across a paddle, paddles in a row
_STEP, _LABEL, _GAP = 0.155, 0.42, 0.18  # inches


def figure(found: Scoops) -> Figure:
    """Draw everybody's scoops beside each other, with the limits that luck alone keeps to."""
    under = (
        f"Red bead experiment · {counted(len(found.table), 'scoop')} of {found.beads} beads ·"
        f" {percent(found.share)} of the box is red · np chart: {words.limits_said(found)}"
    )
    notes = [
        f"{words.outside_said(found)}. A simulation of ours after Deming (1986). In each column the"
        " weeks run from left to right."
    ]
    with plot(words.message(found), under, notes, 2.9) as sheet:
        _columns(sheet.axes[0], found)
        return sheet.finish(alt=words.alt_text(found), name="red beads")


def _columns(axes: Axes, found: Scoops) -> None:
    people = found.workers
    red = found.table["red"].to_numpy(dtype=np.float64).reshape(-1, len(people))
    weeks = len(red)
    offset = np.linspace(-0.26, 0.26, weeks) if weeks > 1 else np.zeros(1)
    places = np.arange(len(people))
    axes.plot(places + offset[:, None], red, color="#8C96A0", lw=0.9, zorder=3)
    beyond = found.chart.points["outside"].to_numpy().reshape(red.shape)
    across = np.broadcast_to(places + offset[:, None], red.shape)
    axes.scatter(across[~beyond], red[~beyond], s=34, color=COLOURS["common"], zorder=4,
                 label="A scoop")  # fmt: skip
    if beyond.any():
        axes.scatter(across[beyond], red[beyond], s=60, marker="D", color=COLOURS["concern"],
                     zorder=5, label="Beyond a limit")  # fmt: skip
    line = found.chart.limits.iloc[0]
    axes.axhline(line["centre"], color=COLOURS["centre"], lw=1.5, zorder=2, label="Mean")
    for place, name in enumerate(("lower", "upper")):
        axes.axhline(np.fmax(line[name], 0.0), color=COLOURS["limit"], lw=1.3, ls=(0, (5, 3)),
                     zorder=2, label="Limits" if place == 0 else None)  # fmt: skip
    totals = red.sum(axis=0).astype("int64")
    names = [f"{one}\n{total:,}" for one, total in zip(people, totals, strict=True)]
    axes.set_xticks(places, names)
    axes.set_xlabel("Person, and red beads in all weeks together")
    axes.set_xlim(-0.6, len(people) - 0.4)
    axes.set_ylim(0, 1.08 * max(1.0, float(red.max()), np.nan_to_num(line["upper"])))
    axes.set_ylabel("Red beads in a scoop")
    axes.yaxis.set_major_locator(_whole())


def _whole() -> Any:
    from matplotlib.ticker import MaxNLocator

    locator: Any = MaxNLocator
    return locator(6, integer=True)


def paddles(found: Scoops, week: int) -> Figure:
    """Draw a week's paddles: red beads are filled diamonds, white ones pale dots."""
    shown = found.is_red[week - 1]
    beside = min(len(shown), _BESIDE)
    wide, high = _ACROSS * _STEP, -(-found.beads // _ACROSS) * _STEP
    room = (WIDTH - 2 * MARGIN - beside * wide) / beside
    sheet = Sheet(
        words.paddles_message(found, week),
        f"{found.beads} beads each, all out of one box in which {percent(found.share)} are red",
        ["A simulation of ours after Deming (1986). Filled diamonds are red beads."],
    )
    paddle = np.arange(len(shown))
    left = MARGIN + room / 2 + (paddle % beside) * (wide + room)
    top = sheet.head + 0.1 + (paddle // beside) * (high + _LABEL + _GAP)
    page = Page()
    for name, x, y, red in zip(found.workers, left, top, shown.sum(axis=1), strict=True):
        page.box(x - 0.05, y - 0.05, wide + 0.1, high + 0.1)
        page.write(x + wide / 2, y + high + 0.1, name, size=10, bold=True, align="center")
        page.write(x + wide / 2, y + high + 0.27, f"{red} red", size=9.5, align="center")
    bead = np.arange(found.beads)
    across = left[:, None] + (bead % _ACROSS + 0.5) * _STEP
    down = top[:, None] + (bead // _ACROSS + 0.5) * _STEP
    with theme():
        drawing = blank(float(top.max()) + high + _LABEL + 0.12 + sheet.foot)
        axes = paper(drawing)
        page.draw(axes)
        axes.scatter(across[~shown], down[~shown], s=30, color=_PALE, linewidths=0, zorder=4)
        axes.scatter(across[shown], down[shown], s=38, color=_RED, marker="D", linewidths=0,
                     zorder=4)  # fmt: skip
        sheet.write(drawing, drawing.get_figheight())
        return Figure.of(drawing, alt=words.paddles_alt(found, week), name=f"red beads week {week}")
