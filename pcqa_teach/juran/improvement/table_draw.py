"""The pictures made of a table: charter, measures, log of tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pcqa_teach.figures import COLOURS
from pcqa_teach.figures.boxes import IDEA, Page, wrapped
from pcqa_teach.figures.grid import draw_grid
from pcqa_teach.figures.sheet import MARGIN, WIDTH
from pcqa_teach.juran.improvement.cycle_words import amount, span
from pcqa_teach.sayings import day

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.figures import Figure
    from pcqa_teach.juran.improvement.aim import Charter
    from pcqa_teach.juran.improvement.cycles import Cycle, PdsaLog

SIGNS = {  # a sign, its words in a narrow column, and in a sentence
    "as predicted": ("=", "as predicted", "Seen: as predicted"),
    "higher than predicted": ("+", "higher", "Seen: higher than predicted"),
    "lower than predicted": ("-", "lower", "Seen: lower than predicted"),
    "not as predicted": ("x", "not as predicted", "Seen: not as predicted"),
    "not compared": ("?", "not compared", "Seen, not compared"),
    "no result yet": ("", "no result yet", "No result yet"),
}


def charter_figure(one: Charter) -> Figure:
    """Draw the charter as a page, the open checks beneath."""
    page = Page()
    rows = [
        (part, words if isinstance(words, str) else "not said yet")
        for part, words in one.table.itertuples(index=False, name=None)
        if part != "Aim"
    ]
    y = draw_grid(page, ["Part", "Our words"], rows)
    y = page.write(MARGIN, y + 0.15, "Is the aim SMART?", size=9, bold=True)
    for check, passes, advice in one.checks.itertuples(index=False, name=None):
        words = f"{check.capitalize()}: " + ("yes." if passes else f"not yet. {advice}")
        page.box(MARGIN + 0.03, y + 0.09, 0.11, 0.11, IDEA)
        if passes:
            page.line(
                [(MARGIN + 0.05, y + 0.14), (MARGIN + 0.08, y + 0.18), (MARGIN + 0.15, y + 0.07)],
                colour=COLOURS["ink"], width=1.6, over=True,
            )  # fmt: skip
        lines = wrapped(words, WIDTH - 2 * MARGIN - 0.3)
        y = page.write(MARGIN + 0.25, y + 0.06, lines)
    return page.figure(
        title=one.aim,
        under="Project charter: how much, by when, for whom",
        alt=one.alt_text,
        name="charter",
    )


def pdsa_figure(log: PdsaLog) -> Figure:
    """Draw the log, prediction beside result."""
    page = Page()
    rows = [_row(one) for one in log.cycles]
    heads = ["", "Change tested", "Size", "Predicted (written)", "Seen (done)", "Compared", "Next"]
    draw_grid(page, heads, rows)
    notes = [
        f"Size: {log.size_of}. {log.ramp_words}"
        " Signs: = as predicted, + higher, - lower, x otherwise."
    ]
    return page.figure(
        title=log.message,
        under="Plan, do, study, act: each prediction was written before its result",
        notes=notes,
        alt=log.alt_text,
        name="pdsa log",
    )


def _row(one: Cycle) -> tuple[str, ...]:
    sign, words, _ = SIGNS[one.compared]
    seen = ": ".join(part for part in (one.result, amount(one.value)) if part)
    done = f"({_whole(one.done_on)})" if one.done_on is not None else ""
    return (
        str(one.cycle),
        one.change,
        amount(one.size),
        f"{one.prediction}{span(one.low, one.high)} ({_whole(one.predicted_on)})",
        f"{seen} {done}".strip() or "not yet",
        f"{sign} {words}".strip(),
        (one.decision or "").capitalize(),
    )


def _whole(when: pd.Timestamp) -> str:
    """Say a day that is not broken at the end of a line."""
    return day(when).replace(" ", "\u00a0")
