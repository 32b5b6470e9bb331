"""Our own tidy calls table, as the kit saves it: codes and all."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pcqa_teach.data.phones import clocks, lengths, parts
from pcqa_teach.data.phones.schema import PERIODS, REQUIRED
from pcqa_teach.data.phones.vocabulary import OUTCOMES
from pcqa_teach.data.readers.base import Field, Format
from pcqa_teach.data.tables import cells
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW
from pcqa_teach.data.tables.sheet import Sheet

FORMAT = Format(
    id="tidy_calls",
    title="tidy calls table (as this kit saves it)",
    fields=tuple(
        Field(name, (name,), required=name in REQUIRED, tell=True)
        for name in ("start", "period", "outcome", "count", "queue_s", "handled_s", "queue",
                     "caller")
    ),
    statuses=dict.fromkeys([*OUTCOMES, *PERIODS], ""),
    codes_kept=True,
    thing="call",
    seconds=True,
)  # fmt: skip


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return the calls of a table that this kit saved."""
    start = sheet.parsed("start", "length", _start)
    sheet.refuse(~start.ok(), "time not readable", "it is no day and time of day")
    frame = {
        ROW: np.arange(len(sheet)),
        "wall": np.nan_to_num(start.values),
        "whose": np.full(len(sheet), parts.SETTLED),
    }
    for name, labels in (("period", PERIODS), ("outcome", OUTCOMES)):
        found = sheet.parsed(name, "label", cells.choice({one: i for i, one in enumerate(labels)}))
        sheet.refuse(~found.ok(), f"{name} not known", "it is none of the tidy table's own")
        frame[name] = np.maximum(found.values, 0).astype(np.int64)
    count = sheet.parsed("count", "count", cells.whole(0, 100_000))
    sheet.refuse(~count.ok(), "count not readable", "it is no whole number that a row may have")
    frame["count"] = np.where(count.ok(), count.values, 0)
    for name in ("queue_s", "handled_s"):
        frame[name] = np.full(len(sheet), np.nan)
        if sheet.has(name):
            length = sheet.parsed(name, "length", lengths.reader(lengths.SECONDS))
            frame[name] = np.where(length.ok(), length.values, np.nan)
    for name, prefix in (("queue", "Q"), ("caller", "N")):
        frame[name] = np.full(len(sheet), -1)
        if sheet.has(name):
            code = sheet.parsed(name, "code", _coder(reading, prefix))
            blank = sheet.blank(name) | ~code.ok()
            frame[name] = np.where(blank, -1, code.values).astype(np.int64)
    return pd.DataFrame(frame)


def _start(text: str) -> float:
    from pcqa_teach import dates

    if dates.has_clock(text):
        return clocks.moment(text, False)
    return dates.day_number(text, False, False) * float(clocks.DAY)  # pandas leaves midnight out


def _coder(reading: Reading, prefix: str) -> Callable[[str], float]:
    return lambda text: reading.coder.place(text, prefix)
