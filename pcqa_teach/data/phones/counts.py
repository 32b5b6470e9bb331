"""A log with a row a quarter of an hour (or half-hour, or hour): calls, and what became of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.data.phones import parts
from pcqa_teach.data.phones.fields import COUNT_FIELDS
from pcqa_teach.data.phones.parts import Ints
from pcqa_teach.data.phones.schema import MINUTES, PERIODS
from pcqa_teach.data.phones.vocabulary import (
    ANSWERED,
    CALL_BACK,
    MENU,
    MESSAGE,
    MISSED,
    OUTCOMES,
    UNKNOWN,
)  # fmt: skip
from pcqa_teach.data.tables import cells
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import counted

_MOST = 100_000
_MEANT = dict(zip(COUNT_FIELDS, (ANSWERED, MISSED, MENU, CALL_BACK, MESSAGE), strict=True))


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row for each interval and outcome that has calls."""
    wall, whose = parts.when(sheet, reading, "interval", "time")
    counts = {meant: _count(sheet, name) for name, meant in _MEANT.items() if sheet.has(name)}
    known = sum(counts.values(), start=np.zeros(len(sheet), dtype=np.int64))
    if sheet.has("offered"):
        offered = _count(sheet, "offered")
        sheet.refuse(known > offered, "more calls answered and given up than came",
                     "the counts of the row cannot all be right")  # fmt: skip
        rest = np.maximum(offered - known, 0)
        counts[UNKNOWN] = rest
        _said(sheet, reading, rest)
    period = _period(sheet, wall)
    wait = parts.seconds_in(sheet, reading, "wait" if sheet.has("wait") else None)
    talk = parts.seconds_in(sheet, reading, "talk" if sheet.has("talk") else None)
    queue = parts.queues(sheet, reading)
    frames = [
        pd.DataFrame(
            {
                ROW: np.arange(len(sheet)),
                "wall": wall,
                "whose": whose,
                "period": PERIODS.index(period),
                "outcome": OUTCOMES.index(outcome),
                "count": count,
                "queue_s": wait if outcome == ANSWERED else np.nan,
                "handled_s": talk if outcome == ANSWERED else np.nan,
                "queue": queue,
                "caller": -1,
            }
        )[count > 0]
        for outcome, count in counts.items()
    ]
    if period != "quarter-hour":
        reading.note(
            f"The log counts by the {period.replace('-', ' ')}, so all of its calls stand in the "
            "first quarter of an hour of each: ask for a row a quarter of an hour, or a row a call."
        )
    return pd.concat(frames, ignore_index=True).sort_values([ROW, "outcome"], ignore_index=True)


def _count(sheet: Sheet, name: str) -> Ints:
    found = sheet.parsed(name, "days", cells.whole(0, _MOST))
    sheet.refuse(found.bad(), "count not readable", "it is no whole number that a row may have")
    return np.where(found.ok(), found.values, 0).astype(np.int64)


def _said(sheet: Sheet, reading: Reading, rest: Ints) -> None:
    left = int(rest[sheet.keep].sum())
    if left:
        reading.note(
            f"Of {counted(left, 'call')} the log says that they came and not what became of them: "
            "counted as Unknown."
        )
    if sheet.has("outbound_calls"):
        reading.note("Calls that the practice made are counted in a column of their own: not read.")


def _period(sheet: Sheet, wall: np.ndarray) -> str:
    """Return how long the rows' intervals are: the shortest step between two of them.

    Raises
    ------
    ReadError
        They are longer than an hour.
    """
    times = np.unique(wall[sheet.keep])
    steps = np.diff(times)
    step = round(float(steps.min()) / 60) if len(steps) else 15
    for period, minutes in MINUTES.items():
        if minutes and step <= minutes and not (times % (step * 60)).any():
            return period
    raise ReadError(
        f"'{sheet.ledger.file}' counts calls in steps of {step} minutes: ask for a row a quarter "
        "of an hour, half-hour or hour, or for a row a call."
    )
