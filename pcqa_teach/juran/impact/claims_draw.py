"""The picture of a graded claim: six questions with their answers, marked by shape and word."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.figures import COLOURS, MARKERS, Figure
from pcqa_teach.juran.impact.claims import Claim
from pcqa_teach.juran.impact.sheet import Panel, Words, page

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_LOOK = {"met": "improvement", "not met": "concern", "not known": "common"}
_LINE = 0.165
_WIDE = (44, 38)


def figure(claim: Claim) -> Figure:
    """Draw the finished picture."""
    rows = [
        (
            textwrap.wrap(question, _WIDE[0]),
            textwrap.wrap(reason[:1].upper() + reason[1:], _WIDE[1]),
            status,
        )
        for question, reason, status in zip(
            claim.criteria["question"], claim.criteria["reason"], claim.criteria["status"],
            strict=True,
        )
    ]  # fmt: skip
    heights = np.array([0.16 + _LINE * max(len(first), len(second)) for first, second, _ in rows])
    met = int((claim.criteria["status"] == "met").sum())
    words = Words(
        title=claim.message,
        under=f"Grade: {claim.grade} · {met} of {len(rows)} questions met",
        notes=["Strong: all six met. Some: signal and frozen baseline met, and no change in"
               " recording found. None: otherwise. The questions and the rule are ours."],
        alt=claim.alt_text,
        name=f"claim {claim.claim[:40]}",
    )  # fmt: skip
    tall = float(heights.sum()) + 0.05
    panel = Panel(lambda axes: _rows(axes, rows, heights), tall, under=0.1, left=0.15, right=0.15)
    return page(words, [panel])


def _rows(
    axes: Axes, rows: list[tuple[list[str], list[str], str]],
    heights: np.ndarray[tuple[int], np.dtype[np.float64]],
) -> None:  # fmt: skip
    """Write each question, its mark and its reason; places are inches from the top."""
    axes.set_axis_off()
    axes.set_xlim(0, 7.3)
    axes.set_ylim(float(heights.sum()), 0)
    tops = np.cumsum(heights) - heights
    for (question, reason, status), top, height in zip(rows, tops, heights, strict=True):
        middle, look = float(top + height / 2), _LOOK[status]
        axes.plot([0, 7.3], [top, top], color=COLOURS["grid"], lw=0.8)
        axes.text(0, middle, "\n".join(question), va="center", size=9.5, linespacing=1.15)
        axes.plot(
            [3.45], [middle], marker=MARKERS[look], color=COLOURS[look], ms=8, lw=0,
            fillstyle="none" if status == "not known" else "full", mew=1.5,
        )  # fmt: skip
        axes.text(3.62, middle, status.capitalize(), va="center", size=9.5, weight="bold",
                  color=COLOURS[look])  # fmt: skip
        axes.text(4.55, middle, "\n".join(reason), va="center", size=9, linespacing=1.15,
                  color=COLOURS["muted"])  # fmt: skip
