"""The picture of a morning at the telephones: who waits minute by minute, and what comes when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.sheet import legend_above, plot
from pcqa_teach.sayings import clock, counted

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure
    from pcqa_teach.widgets.morning import Morning

INK, GREY, PALE = COLOURS["ink"], COLOURS["common"], COLOURS["grid"]
_NINE = 4  # quarters of an hour after eight
_CALLERS, _CALLS = 10, 36  # the axes go so far at least, so that desks can be compared


def message(found: Morning) -> str:
    """Say who gets through at once, and how many calls that makes."""
    return (
        f"{100 * found.first_time:.0f} of 100 people are answered at the first try; 100 people "
        f"make {found.calls_per_100:.0f} calls"
    )


def draw(found: Morning, name: str = "") -> Figure:
    """Draw who waits minute by minute, and calls against what the desk can answer.

    Parameters
    ----------
    name : str, what the desk is called, where there is more than one
    """
    from pcqa_teach.flow.phone_words import phones_assumed

    under = f"{name}. {_staffed(found)}" if name else _staffed(found)
    notes = ["An invented Monday.", phones_assumed(found.run).replace(" days,", " mornings,")]
    with plot(message(found), under, notes, 3.9, [1, 1.1]) as page:
        top, below = page.axes
        _waiting(top, found)
        _calls(below, found)
        return page.finish(alt=alt(found, name), name=f"desk-{name or 'as-set'}")


def alt(found: Morning, name: str = "") -> str:
    """Say the picture."""
    minutes = found.run.minutes
    peak = minutes.loc[minutes["waiting"].idxmax()]
    quarter = found.run.quarters.iloc[0]
    able = found.staff[0] * 15 / found.minutes
    return (
        f"Two charts of an invented Monday from 8 to 11{f': {name}' if name else ''}. "
        f"{_staffed(found)}. {message(found)}. Above, most callers wait at {peak['clock']}: "
        f"{peak['waiting']:.1f} on average. Below, {quarter['calls']:.0f} calls come from 8:00 to "
        f"8:15, when the desk can answer about {able:.0f}."
    )


def _staffed(found: Morning) -> str:
    early, later = found.staff[0], found.staff[_NINE]
    return (
        f"{counted(early, 'person answers', 'people answer')} from 8 to 9, {later} from 9 to 11 "
        f"({counted(found.hours, 'hour')} of staff)"
    )


def _waiting(axes: Axes, found: Morning) -> None:
    from matplotlib.ticker import MaxNLocator

    minutes = found.run.minutes
    at = minutes["minute"].to_numpy()
    axes.fill_between(at, minutes["waiting_high"], color=PALE, ec=GREY, lw=0.4, step="post",
                      label="No more on nine mornings of ten")  # fmt: skip
    axes.plot(at, minutes["waiting"], color=COLOURS["concern"], lw=2, label="Callers waiting, mean")
    axes.set_ylim(0, max(float(minutes["waiting_high"].max()), _CALLERS) * 1.05)
    whole: Any = MaxNLocator(nbins=5, integer=True)
    axes.yaxis.set_major_locator(whole)
    axes.set_ylabel("Callers waiting")
    legend_above(axes, 2)


def _calls(axes: Axes, found: Morning) -> None:
    quarters = found.run.quarters
    left = quarters["minute"].to_numpy()
    axes.bar(left, quarters["people"], 15, align="edge", color=GREY, ec="white", lw=0.5,
             label="First calls")  # fmt: skip
    axes.bar(left, quarters["redials"], 15, bottom=quarters["people"], align="edge", color=PALE,
             ec=INK, lw=0.5, hatch="///", label="Redials")  # fmt: skip
    able = np.array(found.staff) * 15 / found.minutes
    edges = np.append(left, left[-1] + 15)
    axes.stairs(able, edges, color="white", lw=3.2, baseline=None)  # keeps the next off the bars
    axes.stairs(able, edges, color=INK, ls="--", lw=1.6, baseline=None, label="The desk can answer")
    axes.set_ylabel("Calls a quarter-hour")
    axes.set_xlabel("Time of day")
    axes.set_xlim(edges[0], edges[-1])
    axes.set_ylim(0, max(float(quarters["calls"].max()), float(able.max()), _CALLS) * 1.06)
    axes.set_xticks(edges[::2], [clock(int(one)) for one in edges[::2]])
    legend_above(axes, 3)
