"""The pictures of a process: lanes with time running down, and the value-stream timeline."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import (
    HEAD,
    PLAIN,
    SIZE,
    TINT,
    Page,
    card_height,
    line_height,
    wrapped,
)
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.juran.bars import draw_ticks
from pcqa_teach.juran.improvement.step_words import duration

if TYPE_CHECKING:
    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.improvement.steps import ProcessMap

_GUTTER = 1.2  # inches for the times at the left
_LANE = replace(HEAD, size=8.0)
_WORK, _WAIT = "#1F3A5F", "#F0C9A4"


def map_figure(result: ProcessMap) -> Figure:
    """Draw each step as a box in the lane of its role, waits between them."""
    page = Page()
    roles = result.roles
    lane = (WIDTH - 2 * MARGIN - _GUTTER) / len(roles)
    left = {role: MARGIN + _GUTTER + lane * place for place, role in enumerate(roles)}
    y = max(
        page.card(x + 0.02, 0.0, lane - 0.04, role, _LANE, _head(roles, lane))
        for role, x in left.items()
    )
    page.write(MARGIN, 0.08, "Wait | work", bold=True)
    top = y
    box = min(lane - 0.1, 2.6)
    before: tuple[float, float] | None = None
    for row in result.steps.to_dict("records"):
        y += 0.36 if row["wait"] else 0.2
        middle = left[row["role"]] + lane / 2
        look = TINT if row["value"] else PLAIN
        high = card_height(row["step"], box, look)
        if before is not None:
            turn = y - 0.1
            page.line([before, (before[0], turn), (middle, turn)], colour=COLOURS["ink"])
            page.arrow((middle, turn), (middle, y), colour=COLOURS["ink"])
        if row["wait"]:
            _wait(page, float(row["wait"]), y - 0.31)
        page.card(middle - box / 2, y, box, row["step"], look)
        work = y + (high - line_height()) / 2
        page.write(MARGIN + _GUTTER - 0.1, work, duration(float(row["touch"])), align="right")
        before = (middle, y + high)
        y += high
    for x in list(left.values())[1:]:
        page.line([(x, top), (x, y + 0.05)], colour=COLOURS["grid"], dashed=True)
    notes = ["Waits at the left, bold, between the steps; minutes of work beside each step."]
    if not result.steps["value"].all():
        notes.append("White boxes: steps by which the person it is for does not gain.")
    return page.figure(
        title=result.message,
        under="Process map as it runs today, from top to bottom, a lane for each role",
        notes=notes,
        alt=result.alt_text,
        name=f"map {result.title}",
    )


def _head(roles: list[str], lane: float) -> float:
    return max(card_height(role, lane - 0.04, _LANE) for role in roles)


def _wait(page: Page, minutes: float, y: float) -> None:
    page.bar(MARGIN, y + 0.015, 0.09, 0.16, face=_WAIT, edge=COLOURS["ink"], hatch="//")
    page.write(MARGIN + 0.15, y + 0.02, f"wait {duration(minutes)}", bold=True)


def timeline_figure(result: ProcessMap) -> Figure:
    """Draw work and waiting to one scale, a row a step."""
    from pcqa_teach.juran.bars import Scale

    page = Page()
    steps = result.steps.to_dict("records")
    labels = 2.2
    left, right = MARGIN + labels + 0.1, WIDTH - MARGIN - 1.35
    inches = (right - left) / result.lead_time
    page.write(right + 0.1, 0.0, "Wait + work", bold=True)
    y = start = line_height() + 0.06
    for row in steps:
        lines = wrapped(row["step"], labels)
        high = len(lines) * line_height() + 0.1
        page.write(MARGIN, y + 0.05, lines)
        begin = left + (row["starts"] - row["wait"]) * inches
        thick = 0.15
        across = y + (high - thick) / 2
        if row["wait"]:
            page.bar(
                begin, across, row["wait"] * inches, thick,
                face=_WAIT, edge=COLOURS["muted"], hatch="//",
            )  # fmt: skip
        if row["touch"]:
            work = max(row["touch"] * inches, 0.03)
            at = min(left + row["starts"] * inches, right - work)
            page.bar(at, across - 0.02, work, thick + 0.04, face=_WORK, edge=_WORK)
        words = (
            f"{duration(row['wait'])} + {duration(row['touch'])}"
            if row["wait"]
            else duration(row["touch"])
        )
        page.write(right + 0.1, y + (high - line_height(SIZE)) / 2, words)
        y += high
    page.line([(left, start), (left, y)], colour=COLOURS["ink"])
    scale = Scale(left, inches, (), start, y)
    ticks, texts = _time_ticks(result.lead_time)
    end = draw_ticks(page, scale, ticks, texts, y + 0.03, below=True)
    page.write(left, end + 0.02, "Time since the start", bold=True)
    page.bar(MARGIN, end + 0.05, 0.2, 0.1, face=_WAIT, edge=COLOURS["muted"], hatch="//")
    page.write(MARGIN + 0.27, end + 0.02, "waiting")
    page.bar(MARGIN + 1.0, end + 0.05, 0.2, 0.1, face=_WORK, edge=_WORK)
    page.write(MARGIN + 1.27, end + 0.02, "work")
    return page.figure(
        title=result.message,
        under="Value-stream timeline: waiting and work to one scale, a row for each step",
        notes=["Work too short to be seen at this scale is drawn as a thin bar."],
        alt=f"Timeline. {result.alt_text}",
        name=f"timeline {result.title}",
    )


def _time_ticks(most: float) -> tuple[list[float], list[str]]:
    """Give round times from 0 to the end."""
    from matplotlib.ticker import MaxNLocator

    unit, name = (1.0, "min") if most < 240 else (60.0, "h") if most < 4320 else (1440.0, "days")
    ticks = MaxNLocator(nbins=5, steps=[1, 2, 3, 4, 5, 6, 10]).tick_values(0, most / unit)
    kept = [float(tick) for tick in ticks if 0 <= tick <= most / unit * 1.0001]
    return [tick * unit for tick in kept], [f"{tick:g} {name}" for tick in kept]
