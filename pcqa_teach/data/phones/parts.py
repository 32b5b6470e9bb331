"""What both forms of a log share: when, how long, and the codes of queues."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from pcqa_teach import dates
from pcqa_teach.data.phones import clocks, lengths
from pcqa_teach.data.phones.clocks import DAY, LOCAL, UTC
from pcqa_teach.data.tables.read import Reading
from pcqa_teach.data.tables.sheet import Sheet
from pcqa_teach.errors import ReadError

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
OPEN, SETTLED, IN_UTC = 0, 1, 2  # whose clock a time is by: not known yet; London's; UTC
_FEW, _MANY = 15.0, 20  # a median talk of fewer seconds, over so many calls, is no talk in seconds


def first_of(sheet: Sheet, *names: str) -> str | None:
    """Return the first of some fields that the table has."""
    return next((name for name in names if sheet.has(name)), None)


def when(sheet: Sheet, reading: Reading, *clock_fields: str) -> tuple[Floats, Ints]:
    """Return the time of each row, in seconds since 1970, and whose clock it is by.

    Rows without a time that can be read are refused, and so are those of days to come.
    """
    month_first = reading.month_first
    name = first_of(sheet, "start", "start_plain")
    if name is not None:
        found = sheet.parsed(name, "length", lambda text: clocks.moment(text, month_first))
        offset = sheet.parsed(name, "length", clocks.ahead)
        wall, blank, bad = found.values.copy(), found.blank(), found.bad()
        absolute = offset.ok() & found.ok()
        wall[absolute] = clocks.london(wall[absolute] - offset.values[absolute])
    else:
        name = first_of(sheet, *clock_fields)
        assert name is not None  # a table without either is none of this kind
        day = sheet.parsed("date", "date", lambda text: dates.day_number(text, month_first, False))
        clock = sheet.parsed(name, "length", _of_interval)
        wall = day.values * float(DAY) + clock.values
        blank = day.blank() | clock.blank()
        bad = ~blank & ~(day.ok() & clock.ok())
        absolute = np.zeros(len(sheet), dtype=bool)
    sheet.refuse(blank, "no time", "when the call came is not said")
    sheet.refuse(bad, "time not readable", "it is no day and time of day between 2000 and 2099")
    late = ~blank & ~bad & (wall >= (reading.today + 2) * float(DAY))
    sheet.refuse(late, "time in the future", "no call has come yet on that day")
    said = reading.clock or clocks.said_by(sheet.heading(name))
    whose = {LOCAL: SETTLED, UTC: IN_UTC}.get(said or "", OPEN)
    return np.nan_to_num(wall), np.where(absolute, SETTLED, whose).astype(np.int64)


def _of_interval(text: str) -> float:
    """Return the seconds after midnight at which an interval begins: 08:00 - 08:15, 0800, 8.

    >>> [_of_interval(text) for text in ("08:00 - 08:15", "0815", "08:30 to 08:45")]
    [28800.0, 29700.0, 30600.0]
    """
    begin = re.split(r"\s*(?:-|\u2013|\bto\b)\s*(?=\d)", text.strip())[0]
    if re.fullmatch(r"\d{1,2}", begin) and int(begin) < 24:
        return int(begin) * 3600.0
    return clocks.of_day(begin)


def seconds_in(sheet: Sheet, reading: Reading, name: str | None, *, talk: bool = False) -> Floats:
    """Return a column of lengths in seconds; NaN where there is none.

    Raises
    ------
    ReadError
        The column says no unit, and seconds would make talks too short to be any.
    """
    if name is None:
        return np.full(len(sheet), np.nan)
    unit = reading.lengths or lengths.unit_of(sheet.heading(name))
    found = sheet.parsed(name, "length", lengths.reader(unit))
    sheet.mend(found.bad(), "a length of time that cannot be read", "left empty")
    if unit is None:
        _in_seconds(sheet, reading, name, found.values, talk)
    return np.where(found.ok(), found.values, np.nan)


def _in_seconds(sheet: Sheet, reading: Reading, name: str, values: Floats, talk: bool) -> None:
    spoken = values[sheet.keep & (values > 0)]
    if talk and len(spoken) >= _MANY and float(np.median(spoken)) < _FEW:
        raise ReadError(
            f"'{sheet.ledger.file}' has lengths of talk in {sheet.place_of(name)} that would be "
            "under 15 seconds as a rule, so they are hardly seconds: say what they are with a "
            'mapping (`pcqa read EXPORT --write-map map.toml --kind calls`, lengths = "minutes").'
        )
    bare = sheet.parsed(name, "flag", lengths.is_bare)
    if (bare.ok() & (bare.values == 1) & sheet.keep).any():
        reading.note("Lengths of time without a unit are taken for seconds.")


def queues(sheet: Sheet, reading: Reading) -> Ints:
    """Return the place of each row's queue among the codes; -1 where none is named."""
    name = first_of(sheet, "queue", "queue_plain")
    if name is None:
        return np.full(len(sheet), -1)
    found = sheet.parsed(name, "code", lambda text: reading.coder.place(text, "Q"))
    return np.where(found.ok() & ~sheet.blank(name), found.values, -1).astype(np.int64)
