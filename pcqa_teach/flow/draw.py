"""Pictures of queues in the book: demand and capacity, backlog, carve-out, pooling."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.bars import GREYS, bars, bars_height
from pcqa_teach.figures.sheet import legend_above, plot
from pcqa_teach.flow import dcaq_words, sharing_words, words
from pcqa_teach.flow.carve_out import SCHEMES
from pcqa_teach.sayings import capital, day, percent, seconds

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from pcqa_teach.figures import Figure
    from pcqa_teach.flow.backlog import Backlog
    from pcqa_teach.flow.carve_out import CarveOut
    from pcqa_teach.flow.dcaq import Dcaq
    from pcqa_teach.flow.pooling import Pooling

INK, GREY = COLOURS["ink"], COLOURS["common"]
PURPLE, PALE = COLOURS["neutral"], COLOURS["grid"]
_MARKED = 60  # more points than this are drawn without markers


def dcaq(found: Dcaq) -> Figure:
    """Draw demand, capacity and activity over time, the queue beneath."""
    table = found.table
    x = table["x"].to_numpy()
    marked = len(x) <= _MARKED
    lines = (("demand", INK, "-", "o"), ("capacity", PURPLE, "--", "^"))
    step = "period" if found.every == "row" else found.every
    with plot(
        dcaq_words.dcaq_message(found), "", dcaq_words.dcaq_notes(found), 4.5, [1.9, 1]
    ) as page:
        top, below = page.axes
        top.fill_between(x, table["activity"], color=PALE, ec=GREY, label="Work done (activity)")
        if len(x) == 1:
            top.plot(x, table["activity"], "s", color=GREY, ms=4)
        for name, colour, style, marker in lines:
            top.plot(x, table[name], style, color=colour, label=name.capitalize(), lw=1.6,
                     marker=marker if marked else None, ms=4)  # fmt: skip
        top.set_ylim(0, float(table[["demand", "capacity", "activity"]].max().max()) * 1.08)
        top.set_ylabel(f"{capital(found.unit)} a {step}")
        top.yaxis.set_major_formatter("{x:,.0f}")
        below.yaxis.set_major_formatter("{x:,.0f}")
        legend_above(top, 3)
        below.plot(x, table["queue"], color=INK, lw=1.6, marker="D" if marked else None, ms=3.5)
        below.axhline(0, color=GREY, lw=0.8)
        below.margins(y=0.15)
        below.set_ylabel(f"Queue, {found.unit}")
        _date_axis(below, x, step)
        return page.finish(alt=found.alt_text, name="demand-capacity-activity-queue")


def _date_axis(axes: Axes, x: Any, step: str) -> None:
    from matplotlib import dates

    if x.dtype.kind != "M":
        axes.set_xlabel("Period")
        return
    axes.set_xlabel("Week starting" if step == "week" else "Date")
    if len(x) == 1:
        axes.set_xticks(x, [day(x[0])])
        return
    locator: Any = dates.AutoDateLocator(minticks=3, maxticks=8)  # type: ignore[no-untyped-call]
    within = ["", "%Y", "%b %Y", *["%d %b %Y"] * 3]  # said once, at the end of the axis
    formatter: Any = dates.ConciseDateFormatter(  # type: ignore[no-untyped-call]
        locator, offset_formats=within
    )
    axes.xaxis.set_major_locator(locator)
    axes.xaxis.set_major_formatter(formatter)


def backlog(found: Backlog) -> Figure:
    """Draw the mean queue with the range of the runs."""
    table = found.table
    with plot(words.backlog_message(found), "", [words.backlog_assumed(found)], 3.6) as page:
        axes = page.axes[0]
        x = np.append(0, table["period"])

        def from_nought(name: str) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
            return np.append(0.0, table[name])

        axes.fill_between(x, from_nought("low"), from_nought("high"), color=PALE, ec=GREY, lw=0.6,
                          label="Eight runs of ten")  # fmt: skip
        axes.plot(x, from_nought("mean"), color=INK, lw=2, label="Queue, mean")
        if found.demand == found.capacity:
            axes.plot(x, from_nought("stored"), "--", color=PURPLE, lw=1.6,
                      label="If unused time could be kept")  # fmt: skip
        axes.axhline(0, color=GREY, lw=0.8)
        axes.set_ylabel(f"Waiting, {found.unit}")
        axes.set_xlabel(f"{found.per.capitalize()}s since nobody waited")
        axes.set_xlim(0, float(table["period"].iloc[-1]))
        return page.finish(alt=found.alt_text, name="backlog-growth")


def carve_out(found: CarveOut) -> Figure:
    """Draw the mean wait of each kind under each scheme."""
    rows = [(scheme, kind) for scheme in SCHEMES for kind in found.names]
    values = [float(found.of(*row)["mean_wait_days"]) for row in rows]
    missed = [float(found.of(*row)["not_same_day"]) for row in rows]
    said = [
        f"{sharing_words.days_said(wait)}; {percent(part)} not seen that day"
        for wait, part in zip(values, missed, strict=True)
    ]
    notes = [*sharing_words.carve_out_growing(found), sharing_words.carve_out_assumed(found)]
    under = f"{capital(sharing_words.carve_out_kept(found))}, or one pool for all"
    with plot(sharing_words.carve_out_message(found), under, notes, 3.5) as page:
        axes = page.axes[0]
        kinds = ["_other" if kind == found.names[1] else "_first" for _, kind in rows]
        bars(axes, [kind for _, kind in rows], values, said, kinds, ["_other", "_first"],
             looks=GREYS)  # fmt: skip
        axes.set_ylim(len(rows) - 0.4, -0.9)
        for place, scheme in enumerate(SCHEMES):
            if place:
                axes.axhline(2 * place - 0.5, color=GREY, lw=0.8)
            axes.annotate(
                sharing_words.scheme_said(found, scheme),
                (1, 2 * place + 0.5),
                xycoords=("axes fraction", "data"),
                ha="right",
                va="center",
                weight="bold",
            )
        axes.set_xlim(0, (max(values) or 1.0) * 2.1)
        axes.set_xlabel("Mean wait, working days")
        return page.finish(alt=found.alt_text, name="carve-out")


def pooling(found: Pooling) -> Figure:
    """Draw the share answered promptly, desk by desk and pooled."""
    table = found.table
    labels = [
        f"{who} ({int(n)} staff)" for who, n in zip(table["who"], table["agents"], strict=True)
    ]
    within = [100 * float(value) for value in table["within"]]
    notes = [f"n = {len(table) - 2} desks. {sharing_words.pooling_left_out()}"]
    kinds = ["_desk"] * (len(table) - 2) + ["_all"] * 2
    said = [percent(value, 100) for value in within]
    with plot(sharing_words.pooling_message(found), "", notes, bars_height(labels)) as page:
        axes = page.axes[0]
        bars(axes, labels, within, said, kinds, ["_all", "_desk"], looks=GREYS)
        axes.axhline(len(table) - 2.5, color=GREY, lw=0.8)
        axes.set_xlim(0, 112)
        axes.set_xticks(range(0, 101, 20))
        axes.set_xlabel(f"Calls answered within {seconds(found.within_seconds)}, %")
        return page.finish(alt=found.alt_text, name="pooling")
