"""askmygp: the "Crosstab - Demand data", with a column a day and a row of requests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach import dates
from pcqa_teach.data.phones.clocks import DAY
from pcqa_teach.data.readers.base import Field, Format
from pcqa_teach.data.reading.columns import HIDDEN
from pcqa_teach.data.requests import crosstab, schema
from pcqa_teach.data.requests.schema import COLUMNS, SOURCES
from pcqa_teach.data.tables import cells, made
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.shape import FILE, ROW, Shape
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.errors import ReadError
from pcqa_teach.sayings import counted

FORMAT = Format(
    id="askmygp_demand",
    title="askmygp crosstab of demand (a column a day)",
    fields=(Field("days", ("Monday",), required=True, tell=True),),
    statuses={},
    thing="count of requests",
)
_MOST = 100_000


@dataclass(frozen=True)
class DaysAcross(Shape):
    """A kind of table that is known by a row of weekdays."""

    def places(self, header: Sequence[str]) -> dict[str, list[int]]:
        """Return where the days are; nothing for a row that is none of days."""
        spots = crosstab.of_days(list(header))
        each = {f"day {spot}": [spot] for spot in spots[1:]}
        return {"days": spots[:1], **each} if spots else {}


def rows(sheet: Sheet, reading: Reading) -> pd.DataFrame:
    """Return a row for each day that has a count."""
    week = sheet.parsed(
        "week", "date", lambda text: dates.day_number(text, reading.month_first, False)
    )
    name = sheet.parsed("day", "label", _weekday)
    count = sheet.parsed("count", "count", cells.whole(0, _MOST))
    sheet.refuse(~week.ok(), "week not readable", "it is no date between 2000 and 2099")
    sheet.refuse(~name.ok(), "day of the week not readable", "it is none of the seven")
    monday = week.or_else(-1)
    day = monday + (name.or_else(0) - (monday + 3) % 7) % 7  # 1 January 1970 was a Thursday
    sheet.refuse(day > reading.today, "date in the future", "nobody has asked yet")
    sheet.aside(count.states == HIDDEN, "count hidden as a small number",
                "how many is not known, so totals are a little too low")  # fmt: skip
    sheet.refuse(~count.ok(), "count not readable", "it is no whole number that a cell may have")
    return pd.DataFrame(
        {
            ROW: np.arange(len(sheet)),
            "date": day * float(DAY),
            "count": count.or_else(0),
            "source": np.full(len(sheet), SOURCES.index("askmygp")),
        }
    )


def _weekday(text: str) -> float:
    place = crosstab.weekday(text)
    if place is None:
        raise ValueError
    return place


def finish(frame: pd.DataFrame, reading: Reading) -> pd.DataFrame:
    """Return the tidy requests frame, in order of the days.

    Raises
    ------
    ReadError
        A day is there twice, with different counts.
    """
    again = frame.duplicated(["date", "count"])
    reading.strike(frame, again, "day that is there twice", "it is counted once")
    left = frame[~again]
    clash = left[left.duplicated("date", keep=False)]
    if len(clash):
        day = pd.Timestamp(clash["date"].min(), unit="s")
        files = sorted({reading.sheets[place].ledger.file for place in clash[FILE].unique()})
        names = " and ".join(f"'{name}'" for name in files)
        raise ReadError(
            f"{names}: {day.day} {day:%B %Y} has two counts that differ: export the demand data "
            "again, once, for the whole time."
        )
    nought = int((left["count"] == 0).sum())
    reading.note(
        "Blank days were taken for closed ones, not for days on which nobody asked"
        + (f"; {counted(nought, 'day')} with a 0 stayed." if nought else ".")
    )
    ordered = left.sort_values("date", kind="stable", ignore_index=True)
    return schema.validate(made.made(ordered, COLUMNS, reading))
