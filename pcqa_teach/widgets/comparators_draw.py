"""The picture of a practice and of what it is set beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS, Figure
from pcqa_teach.figures.sheet import plot

if TYPE_CHECKING:
    from pcqa_teach.widgets.comparators import PickComparator

_INCHES = 3.1


def courses(activity: PickComparator, choice: str) -> Figure:
    """Draw both courses, and where the practice would have gone had it moved as the other did."""
    from pcqa_teach.widgets.comparators import CHANGED, COMPARATORS, START, UNIT, WEEKS

    chosen, points = COMPARATORS[choice], activity.found(choice).points
    left = activity.left(choice)
    title = f"Beside {_quoted(chosen.name)}, {_left(left)}"
    under = f"Urgent asks {UNIT} · {WEEKS} weeks, the change in week {START} · all invented"
    with plot(title, under, [chosen.verdict], _INCHES) as sheet:
        [axes] = sheet.axes
        axes.plot(
            points["x"], points["changed"], color=COLOURS["neutral"], marker="^", ms=5, lw=1.2,
            label=CHANGED, zorder=4,
        )  # fmt: skip
        if choice != "itself":
            axes.plot(
                points["x"], points["others"], color=COLOURS["common"], marker="o", ms=4, lw=1.2,
                label=chosen.name,
            )  # fmt: skip
        later = points["x"] >= START
        axes.plot(
            points["x"][later], points["expected"][later], color=COLOURS["target"], lw=1.5,
            ls=(0, (5, 3)), label="P, had it moved alike",
        )  # fmt: skip
        axes.axvline(START - 0.5, color=COLOURS["ink"], lw=1, ls=":")
        axes.set(xlabel="Week", ylabel=f"Urgent asks\n{UNIT}", ylim=(40, 80))
        axes.set_xticks([1, *range(4, WEEKS + 1, 4)])
        alt = f"{title}. {activity.told(choice)} {chosen.verdict}"
        return sheet.finish(alt=alt, name=f"comparator-{choice}")


def _quoted(name: str) -> str:
    return name if name.startswith("P ") else f"'{name}'"


def _left(left: float) -> str:
    return f"a fall of {-left:g} is left" if left else "nothing is left of the fall"
