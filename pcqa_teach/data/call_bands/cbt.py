"""NHS England's cloud-based telephony: calls of a practice by day, stretch of the day and fate."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach import dates
from pcqa_teach.data.call_bands import schema
from pcqa_teach.data.call_bands.schema import COLUMNS, MEASURES
from pcqa_teach.data.phones.clocks import DAY
from pcqa_teach.data.readers.base import Field, Format, key
from pcqa_teach.data.reading import bands
from pcqa_teach.data.reading.columns import HIDDEN
from pcqa_teach.data.tables import cells, made
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import FILE, ROW, Ask
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import counted

INDICATORS = {f"CBT00{number}": place for place, number in enumerate((1, 2, 3, 4, 5, 6, 7))}
NOBODYS = {key(word) for word in ("Unassigned", "Unmapped", "Unknown", "")}
MOST = 10_000_000
FORMAT = Format(
    id="cbt_day_time",
    title="NHS England file of calls by day and time (cloud-based telephony)",
    fields=(
        Field("date", ("Date",), required=True),
        Field("measure", ("Indicator",), required=True, tell=True),
        Field("band", ("Time_Category",), required=True, tell=True),
        Field("count", ("Value",), required=True, tell=True),
        Field("practice", ("PRACTICE_CODE", "GP_CODE"), tell=True),
        Field("area", ("SUB_ICB_LOCATION_CODE",)),
    ),
    statuses={},
    thing="count of calls",
)


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row for each count, with the sheet's other rows struck or mended."""
    day = sheet.parsed(
        "date", "date", lambda text: dates.day_number(text, reading.month_first, False)
    )
    band = sheet.parsed("band", "band", bands.band)
    measure = sheet.parsed("measure", "label", cells.choice(INDICATORS))
    count = sheet.parsed("count", "count", cells.whole(0, MOST))
    sheet.refuse(~day.ok(), "date not readable", "it is no date between 2000 and 2099")
    sheet.refuse(day.or_else(-1) > reading.today, "date in the future", "no call came yet")
    first, last = np.divmod(band.or_else(-1), bands.SPAN)
    sheet.refuse(~band.ok() | (first == last), "time of day not readable", "it is no stretch of it")
    sheet.refuse(~measure.ok(), "indicator not known", "it is none of CBT001 to CBT007")
    sheet.aside(count.states == HIDDEN, "count hidden as a small number",
                "how many is not known, so totals are a little too low")  # fmt: skip
    sheet.refuse(~count.ok(), "count not readable", "it is no whole number that a row may have")
    frame = pd.DataFrame(
        {
            ROW: np.arange(len(sheet)),
            "start": day.or_else(-1) * float(DAY) + first * 60.0,
            "minutes": last - first,
            "measure": measure.or_else(0),
            "count": count.or_else(0),
            "practice": _code(sheet, reading, "practice"),
            "area": _code(sheet, reading, "area"),
        }
    )
    shared = (frame["practice"].to_numpy() < 0) & (frame["measure"].to_numpy() == 0) & sheet.keep
    if sheet.has("practice") and shared.any():
        some = counted(int(frame["count"].to_numpy()[shared].sum()), "call")
        reading.note(f"{some} came in on lines that several practices share: whose, is not said.")
    return frame


def _code(sheet: Sheet, reading: Reading, name: str) -> np.ndarray:
    if not sheet.has(name):
        return np.full(len(sheet), -1)
    prefix = COLUMNS[name].prefix

    def place(text: str) -> float:
        if key(text) in NOBODYS:
            raise ValueError
        return reading.coder.place(text.strip().upper(), prefix)

    found = sheet.parsed(name, "code", place)
    return found.or_else(-1).astype(np.int64)


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the tidy frame.

    Raises
    ------
    ReadError
        Two counts stand for the same calls, and they differ.
    """
    same = ["start", "minutes", "measure", "practice", "area"]
    known = (frame["practice"] >= 0) if (frame["practice"] >= 0).any() else frame["count"] >= 0
    named = frame[known]
    again = named[named.duplicated([*same, "count"])]
    chosen = pd.Series(False, index=frame.index)
    chosen[again.index] = True
    reading.strike(frame, chosen, "count that is there twice", "the same calls are counted once")
    left, clash = frame[~chosen], frame[known & ~chosen]
    clash = clash[clash.duplicated(same, keep=False)]
    if len(clash):
        day = pd.Timestamp(clash["start"].min(), unit="s")
        files = {reading.sheets[place].ledger.file for place in clash[FILE].unique()}
        names = " and ".join(f"'{name}'" for name in sorted(files))
        raise ReadError(
            f"{names}: different counts stand for the same calls of {day.day} {day:%B %Y}: read "
            "the newest issue of the file alone."
        )
    reading.note("All calls (CBT001) are the others together, so they are not to be added to them.")
    return schema.validate(made.made(left.reset_index(drop=True), COLUMNS, reading))


def _has(*measures: str) -> Ask:
    return Ask(
        lambda frame: bool(frame["measure"].isin(measures).any()),
        f"This file does not count calls of the kind '{measures[0]}'.",
    )


def _never(frame: pd.DataFrame) -> bool:
    return False


ASKS: dict[str, Ask] = {
    "calls": _has(MEASURES[0]),
    "answered": _has("Answered", "Answered, by length"),
    "missed": _has("Missed"),
    "quarter_hours": Ask(
        _never,
        "This file counts by stretches of two hours, so the rush within them cannot be seen.",
    ),
    "people": Ask(
        _never, "This file does not tell callers apart: calls are more than people, by the redials."
    ),
    "practices": Ask(
        lambda frame: "practice" in frame and len(frame["practice"].cat.categories) > 1,
        "This file holds one practice, or does not say which: practices cannot be compared.",
    ),
}
