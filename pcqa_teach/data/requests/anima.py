"""Anima: the audit's list of what was done (ExportedAuditResults), of which requests are counted.

Who did it, for whom, and what was said with it (User, Patient, AdditionalInfo) is never read.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach import dates
from pcqa_teach.data.phones import clocks
from pcqa_teach.data.phones.clocks import DAY
from pcqa_teach.data.readers.base import Field, Format, key
from pcqa_teach.data.requests import schema
from pcqa_teach.data.requests.schema import COLUMNS, KIND_OF, KINDS, SOURCES
from pcqa_teach.data.tables import cells, made
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import ROW
from pcqa_teach.data.tables.sheet import Sheet

SUBMITTED = "patientReviewSubmit"
FORMAT = Format(
    id="anima_audit",
    title="Anima audit export (what was done, a row each)",
    fields=(
        Field("action", ("ActionID",), required=True, tell=True),
        Field("stamp", ("Timestamp",), required=True, tell=True),
        Field("kind", ("RequestType",), tell=True),
        Field("date", ("RequestDate",), tell=True),
        Field("time", ("RequestTime",), tell=True),
        Field("success", ("Success",), tell=True),
    ),
    statuses={},
    thing="request",
)


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return the requests that people sent, a row each."""
    action = sheet.parsed("action", "flag", cells.choice({SUBMITTED: 1}))
    sheet.refuse(sheet.blank("action"), "no action", "what was done is not said")
    sheet.aside(~action.ok(), "other entry of the audit", f"it is no '{SUBMITTED}'")
    if sheet.has("success"):
        success = sheet.parsed("success", "flag", cells.yes_no)
        sheet.aside(success.or_else(1) == 0, "request that was not sent",
                    "the audit says that it failed")  # fmt: skip
    stamp = _stamp(sheet, reading)
    day, clock = _given(sheet, reading, stamp)
    sheet.refuse(np.isnan(day), "date not readable", "it is no date between 2000 and 2099")
    sheet.refuse(day // DAY > reading.today, "date in the future", "nobody has asked yet")
    frame: dict[str, object] = {
        ROW: np.arange(len(sheet)),
        "date": day,
        "count": np.ones(len(sheet), dtype=np.int64),
        "source": np.full(len(sheet), SOURCES.index("anima")),
        "start": np.where(clock >= 0, day + clock, np.nan),
        "stamp": np.nan_to_num(stamp, nan=-1),
        "request_type": _kind(sheet),
    }
    return pd.DataFrame(frame)


def _stamp(sheet: Sheet, reading: Reading) -> np.ndarray:
    """Return when each entry was made, by London's clocks where it says what its clock was."""
    found = sheet.parsed("stamp", "length", lambda text: clocks.moment(text, reading.month_first))
    ahead = sheet.parsed("stamp", "length", clocks.ahead)
    utc = found.or_else(np.nan) - ahead.or_else(0)
    return np.where(ahead.ok(), clocks.london(np.nan_to_num(utc)), utc)


def _given(sheet: Sheet, reading: Reading, stamp: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the day and the time of each request: as given, else those of its entry."""
    day = np.full(len(sheet), np.nan)
    clock = np.full(len(sheet), -1.0)
    if sheet.has("date"):
        found = sheet.parsed(
            "date", "date", lambda text: dates.day_number(text, reading.month_first, False)
        )
        day = found.or_else(np.nan) * float(DAY)
        sheet.mend(found.bad() & ~np.isnan(stamp), "date of the request not readable",
                   "taken from the time of the entry")  # fmt: skip
        clock = _clock(sheet, "date", clock)
    if sheet.has("time"):
        clock = _clock(sheet, "time", clock)
    lacking = np.isnan(day) & ~np.isnan(stamp)
    if sheet.has("date"):
        sheet.mend(lacking & sheet.blank("date"), "no date of the request",
                   "taken from the time of the entry")  # fmt: skip
    day = np.where(lacking, stamp // DAY * DAY, day)
    clock = np.where(lacking, stamp % DAY, clock)
    plain = sheet.keep & ~lacking & (clock >= 0)
    if clocks.in_summer(np.where(plain, day + clock, 0.0)).any():
        reading.note(
            "Times of requests were taken as they stand; should the audit keep UTC, they are an "
            "hour early in summer, and a few near midnight stand a day early."
        )
    return day, clock


def _clock(sheet: Sheet, name: str, before: np.ndarray) -> np.ndarray:
    if name == "date":
        found = sheet.parsed(name, "length", _time_within)
    else:
        found = sheet.parsed(name, "length", clocks.of_day)
        sheet.mend(found.bad(), "time of the request not readable", "left empty")
    return np.where(found.ok(), found.or_else(0), before)


def _time_within(text: str) -> float:
    if not dates.has_clock(text):
        raise ValueError
    return clocks.of_day(text)


def _kind(sheet: Sheet) -> np.ndarray:
    if not sheet.has("kind"):
        return np.full(len(sheet), -1)
    found = sheet.parsed("kind", "label", lambda text: KIND_OF[key(text)])
    strange = ~found.ok() & ~sheet.blank("kind")
    sheet.mend(strange, "kind of request not known", "counted as Other; its words were not kept")
    place = found.or_else(KINDS.index("Unknown"))
    return np.where(strange, KINDS.index("Other"), place).astype(np.int64)


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the tidy requests frame, in the order in which people asked."""
    when = frame["start"].fillna(frame["date"])
    ordered = frame.assign(when=when).sort_values("when", kind="stable", ignore_index=True)
    reading.note(
        "Each request that was sent is counted, whoever typed it; a day without a row had none, or "
        "was closed: the audit does not say which."
    )
    return schema.validate(made.made(ordered, COLUMNS, reading))
