"""The picture of one series under several sets of rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS, MARKERS, Figure
from pcqa_teach.figures.sheet import plot
from pcqa_teach.sayings import and_list, lowered

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.widgets.rule_sets import SwitchRules


def switched(activity: SwitchRules, place: int) -> Figure:
    """Draw the series with its limits, and under it a row of flags for each set of rules."""
    from pcqa_teach.widgets.rule_sets import FALSE_ALARMS, SETS

    series, found = activity.rows[place], activity.flagged(place)
    title = f"{series.name}: {lowered(activity.message(place))}"
    under = "24 weeks, invented · limits of Making Data Count, from all 24 · diamonds: flagged"
    with plot(title, under, [series.taught, activity.alarms], 4.3, (1.7, 1.0)) as sheet:
        top, below = sheet.axes
        _series(top, activity, place)
        points = activity.chart(place, "nhsr").limits.iloc[0]
        usual = activity.chart(place, "mdc").limits.iloc[0]
        if abs(points["upper"] - usual["upper"]) > 2:
            for line in (points["lower"], points["upper"]):
                top.axhline(line, color=COLOURS["target"], lw=1, ls=":")
            top.annotate(
                "limits with screening", (1, points["upper"]), xytext=(0, 3),
                textcoords="offset points", size=8.5, color=COLOURS["target"],
            )  # fmt: skip
        for height, name in enumerate(SETS):
            weeks = found[name]
            others = [week for week in range(1, 25) if week not in weeks]
            below.plot(others, [height] * len(others), ".", color=COLOURS["common"], ms=4)
            below.plot(
                weeks, [height] * len(weeks), MARKERS["concern"], color=COLOURS["concern"], ms=7
            )
        told = [f"{title} ({FALSE_ALARMS[name]:.0%})" for name, title in SETS.items()]
        below.set_yticks(range(len(SETS)), told)
        below.set(xlabel="Week", ylim=(len(SETS) - 0.4, -0.6))
        below.set_xticks([1, *range(4, 25, 4)])
        flagged = and_list([
            f"{SETS[name]} flags {_weeks(weeks)}" for name, weeks in found.items()
        ])  # fmt: skip
        alt = f"{title}. {flagged}. {series.taught} {activity.alarms}"
        return sheet.finish(alt=alt, name=f"rule-sets-{place + 1}")


def bare(activity: SwitchRules, place: int) -> Figure:
    """Draw the series with its limits alone, to predict from."""
    series = activity.rows[place]
    title = f"{series.name}: which sets of rules will find a signal?"
    with plot(title, "24 weeks, invented · mean and limits from all 24", [], 2.4) as sheet:
        _series(sheet.axes[0], activity, place)
        sheet.axes[0].set(xlabel="Week")
        sheet.axes[0].set_xticks([1, *range(4, 25, 4)])
        alt = f"{title} Weeks 1 to 24: {', '.join(map(str, series.values))}."
        return sheet.finish(alt=alt, name=f"rule-sets-bare-{place + 1}")


def _series(axes: Axes, activity: SwitchRules, place: int) -> None:
    values = activity.rows[place].values
    limits = activity.chart(place, "mdc").limits.iloc[0]
    axes.plot(range(1, 25), values, color=COLOURS["common"], marker="o", ms=5, lw=1)
    axes.axhline(limits["centre"], color=COLOURS["centre"], lw=1.2)
    for line in (limits["lower"], limits["upper"]):
        axes.axhline(line, color=COLOURS["limit"], lw=1.2, ls=(0, (5, 3)))
    axes.set_ylabel("A week")


def _weeks(weeks: list[int]) -> str:
    if not weeks:
        return "none"
    if len(weeks) > 2 and weeks == list(range(weeks[0], weeks[-1] + 1)):
        return f"weeks {weeks[0]} to {weeks[-1]}"
    return f"week {weeks[0]}" if len(weeks) == 1 else f"weeks {and_list(list(map(str, weeks)))}"
