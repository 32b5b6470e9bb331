"""The pictures made of bars: Pareto, and the cost of poor quality."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import Page
from pcqa_teach.juran.bars import Bar, draw_bars, draw_ticks
from pcqa_teach.juran.improvement.cost import KINDS, MEANS
from pcqa_teach.sayings import capital, percent, plain, tenths

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.improvement.cost import Copq
    from pcqa_teach.juran.improvement.vital_few import Pareto

_VITAL, _MANY, _LEFT = "#1F3A5F", "#C3CCD4", "#FFFFFF"
_ROOM = 0.18  # inches for the axis above the bars
_KIND = {
    "prevention": ("#DCE8F2", ""),
    "appraisal": ("#A9BFD3", ".."),
    "internal failure": ("#F0C9A4", "//"),
    "external failure": ("#D65F00", ""),
}


def pareto_figure(result: Pareto) -> Figure:
    """Draw bars to the same scale as the running total above them."""
    page, few = Page(), result.few
    bars = [
        Bar(
            capital(str(row["cause"])),
            float(row["count"]),
            (plain(row["count"]), percent(row["cumulative"], 100)),
            face=_VITAL if row["vital"] and few else _LEFT if row["other"] else _MANY,
            hatch="//" if row["other"] else "",
            bold=bool(row["vital"] and few),
        )
        for row in result.causes.to_dict("records")
    ]
    scale = draw_bars(page, bars, ["Count", "Running"], full=result.total, room=_ROOM)
    whole = result.total
    shares = [0, 20, 40, 60, 80, 100]
    draw_ticks(
        page, scale, [whole * s / 100 for s in shares], [f"{s}%" for s in shares], scale.top,
        below=False,
    )  # fmt: skip
    page.write(scale.left, 0.0, "Running total, share of all (line with dots)", bold=True)
    x80 = scale.left + whole * result.wanted / 100 * scale.inches
    page.line([(x80, scale.top), (x80, scale.bottom)], dashed=True, colour=COLOURS["target"])
    dots = [
        (scale.left + share / 100 * whole * scale.inches, y)
        for share, y in zip(result.causes["cumulative"], scale.middles, strict=True)
    ]
    page.line(dots, colour=COLOURS["concern"], width=1.5, over=True)
    for x, y in dots:
        page.dot(x, y, colour=COLOURS["concern"])
    ticks = _round_ticks(whole)
    end = draw_ticks(page, scale, ticks, [plain(t) for t in ticks], scale.bottom + 0.03, below=True)
    page.write(scale.left, end + 0.02, f"{capital(result.unit)} (bars)", bold=True)
    reach = f"reach {plain(result.wanted)}% (dashed line)"
    shading = (
        f"Dark bars, bold: the vital few, the fewest causes that {reach}."
        if few
        else f"No few causes {reach}, so no bar is dark."
    )
    notes = [
        f"n = {plain(whole)} {result.unit}. {shading}"
        + (" Hatched: other, which is not one cause." if result.causes["other"].any() else "")
    ]
    return page.figure(
        title=result.message,
        under="Pareto chart: causes from the largest to the smallest",
        notes=notes,
        alt=result.alt_text,
        name="pareto",
    )


def _round_ticks(most: float) -> list[float]:
    """Give a few round numbers from 0 to no more than `most`."""
    from matplotlib.ticker import MaxNLocator

    ticks = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], integer=most >= 1).tick_values(0, most)
    return [float(tick) for tick in ticks if 0 <= tick <= most * 1.0001]


def copq_figure(result: Copq) -> Figure:
    """Draw the four kinds, each with its items, as bars of minutes."""
    page = Page()
    bars = []
    for kind, of in zip(KINDS, result.kinds.to_dict("records"), strict=True):
        face, hatch = _KIND[kind]
        share = tenths(float(of["share"]))
        bars.append(
            Bar(
                f"{capital(kind)} ({MEANS[kind]})", None, ("", plain(of["total"]), share), bold=True
            )
        )
        bars += [
            Bar(
                row["item"],
                float(row["total"]),
                (f"{plain(row['times'])} x {plain(row['minutes'])}", plain(row["total"]), ""),
                face=face,
                hatch=hatch,
                inset=True,
            )
            for row in result.items[result.items["kind"] == kind].to_dict("records")
        ]
        if not of["items"]:
            bars.append(Bar("nothing counted", 0.0, ("", "0", ""), inset=True))
    most = float(result.items["total"].max())
    scale = draw_bars(page, bars, ["Times x min", "Minutes", "Share"], full=most)
    ticks = _round_ticks(most)
    end = draw_ticks(page, scale, ticks, [plain(t) for t in ticks], scale.bottom + 0.03, below=True)
    page.write(scale.left, end + 0.02, f"Staff minutes a {result.period}", bold=True)
    notes = ["Minutes are not savings. What people lose by failures is not counted here."]
    if result.capacity is not None:
        notes.insert(
            0,
            f"In all {percent(result.total, result.capacity)} of {plain(result.capacity)} staff"
            f" minutes a {result.period}.",
        )
    return page.figure(
        title=result.message,
        under="What quality costs: preventing faults, checking for them, and failures before and"
        " after they reach the person",
        notes=notes,
        alt=result.alt_text,
        name="cost of poor quality",
    )
