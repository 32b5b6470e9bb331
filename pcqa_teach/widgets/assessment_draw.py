"""The picture of one or several designs of an assessment, beside the true share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS, MARKERS, Figure
from pcqa_teach.figures.sheet import plot

if TYPE_CHECKING:
    from pcqa_teach.widgets.assessment import AssessmentBoard, Found


def board(activity: AssessmentBoard, found: Sequence[Found]) -> Figure:
    """Draw an interval for each design, and the line of the true share."""
    from pcqa_teach.widgets.assessment import TRUTH

    holding = sum(one.holds for one in found)
    title = f"The true share lies inside {holding} of {len(found)} intervals"
    if len(found) == 1:
        title = f"The true share lies {'inside' if holding else 'outside'} this interval"
    under = "Share of contacts that are failure demand, with its 95% interval · invented practice"
    notes = ["Squares: the interval holds the true share. Diamonds: it does not."]
    with plot(title, under, notes, 0.9 + 0.55 * len(found)) as sheet:
        [axes] = sheet.axes
        for height, one in enumerate(found):
            look = "improvement" if one.holds else "concern"
            axes.plot([one.lower, one.upper], [height] * 2, color=COLOURS[look], lw=2)
            axes.plot([one.share], [height], MARKERS[look], color=COLOURS[look], ms=8)
            axes.annotate(
                f"{one.share:.0f}%, {one.hours:.0f} h", (one.upper, height), xytext=(6, 0),
                textcoords="offset points", va="center", size=9,
            )  # fmt: skip
        axes.axvline(100 * TRUTH, color=COLOURS["target"], lw=1.4, ls=(0, (5, 3)))
        axes.annotate(
            f"true: {100 * TRUTH:.0f}%", (100 * TRUTH, -0.62), xytext=(4, 0),
            textcoords="offset points", size=9, color=COLOURS["target"],
        )  # fmt: skip
        axes.set_yticks(range(len(found)), [_named(one) for one in found])
        axes.set(xlabel="Of 100 contacts", ylim=(len(found) - 0.5, -0.75))
        axes.set_xlim(0, max(62.0, *(one.upper + 12 for one in found)))
        axes.grid(visible=True, axis="x")
        told = " ".join(f"{_named(one, ', ')}: {activity.told(one)}" for one in found)
        return sheet.finish(alt=f"{title}. {told}", name="assessment-board")


def _named(one: Found, between: str = "\n") -> str:
    from pcqa_teach.widgets.assessment import CODERS, WHEN, WHERE

    where, when, size, coders = one.design
    first = f"{WHERE[where][:1].upper()}{WHERE[where][1:]}, {WHEN[when]}"
    return f"{first}{between}{size} contacts, {CODERS[coders]}"
