"""Dates, times of day and lengths of time, as people and exports write them: text in, number out.

Day first, always, for every part of the kit. Each distinct text is parsed once a file, so these
functions may be plain.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september",
          "october", "november", "december")  # fmt: skip
_MONTH = {
    written: place
    for place, name in enumerate(MONTHS, start=1)
    for written in {name, name[:3], name[:4] if name == "september" else name}
}
EARLIEST, LATEST = 2000, 2099  # beyond these a date is a slip, or a date of birth
DAY = 24 * 60
_EPOCH = date(1970, 1, 1).toordinal()

_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.I)
_CLOCK = r"(?:[T\s,]+(?P<clock>\d{1,2}[:.]\d\d.*))?$"
_ISO = re.compile(r"^(?P<y>\d{4})[-/.](?P<m>\d{1,2})(?:[-/.](?P<d>\d{1,2}))?" + _CLOCK)
_NUMBERS = re.compile(r"^(?P<d>\d{1,2})[-/. ](?P<m>\d{1,2})[-/. ](?P<y>\d{4}|\d\d)" + _CLOCK)
_WORDS = re.compile(
    r"^(?:(?P<d>\d{1,2})(?:st|nd|rd|th)?)?[-/. ]*(?P<m>[a-z]{3,9})\.?[-/. ]*(?P<y>\d{4}|\d\d)"
    + _CLOCK,
    re.I,
)
_TIME = re.compile(
    r"^(?P<h>\d{1,2})[:.](?P<m>\d\d)(?:[:.]\d\d(?:\.\d+)?)?\s*"
    r"(?:Z|[+-]\d\d:?\d\d)?$"
)
_SECONDS = re.compile(r"[:.]\d\d[:.](\d\d(?:\.\d+)?)\s*(?:[ap]\.?m\.?|Z|[+-]\d\d:?\d\d)?$", re.I)
_TWELVE = re.compile(
    r"^(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?(?:[:.]\d\d)?\s*(?P<half>[ap])\.?m\.?$", re.I
)
_BARE = re.compile(r"^(?P<h>\d\d)(?P<m>\d\d)$")
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)\s*([a-z]+)\.?,?\s*", re.I)
_UNITS = {"w": 7 * DAY, "week": 7 * DAY, "d": DAY, "day": DAY, "h": 60, "hr": 60, "hour": 60,
          "m": 1, "min": 1, "minute": 1, "s": 1 / 60, "sec": 1 / 60, "second": 1 / 60}  # fmt: skip


# 1d, 2h, 30m: a report has tens of thousands of lengths, made of few parts
_PARTS = {f"{n}{unit}": n * scale for unit, scale, most in (("d", DAY, 400), ("h", 60, 100),
          ("m", 1, 1000)) for n in range(most)}  # fmt: skip


class WrongOrderError(ValueError):
    """A date that can be a date only if its month is written first (or, when asked, its day)."""


def day_number(text: str, month_first: bool = False, whole_months: bool = True) -> int:
    """Return the days since 1 January 1970; a month alone stands for its first day, if it may.

    Raises ``WrongOrderError`` for 03/13/2025 (or 13/03/2025 when months are said to come first),
    and ``ValueError`` or ``KeyError`` for what is no date, or none between 2000 and 2099.

    >>> [day_number(text) for text in ("03/04/2025", "3-Apr-25", "03APR2025", "2025-04-03 08:30")]
    [20181, 20181, 20181, 20181]
    >>> day_number("MAR2019") == day_number("01/03/2019")
    True
    """
    text = _WEEKDAY.sub("", text.strip())
    match = _ISO.match(text)
    if match:
        return _days(match["y"], int(match["m"]), match["d"], whole_months)
    match = _NUMBERS.match(text)
    if match:
        day, month = int(match["d"]), int(match["m"])
        if month_first:
            day, month = month, day
        if month > 12 >= day:
            raise WrongOrderError
        return _days(match["y"], month, str(day), whole_months)
    match = _WORDS.match(text)
    if match is None:
        raise ValueError
    return _days(match["y"], _MONTH[match["m"].lower()], match["d"], whole_months)


def _days(year: str, month: int, day: str | None, whole_months: bool) -> int:
    full = int(year) + 2000 if len(year) == 2 else int(year)
    if not EARLIEST <= full <= LATEST or (day is None and not whole_months):
        raise ValueError
    return date(full, month, int(day or 1)).toordinal() - _EPOCH


def clock_minute(text: str) -> int:
    """Return the minutes after midnight of a time, or of the time within a date and time.

    What stands after it (Z, +01:00) is left aside: the time on the wall is what counts.

    >>> [clock_minute(text) for text in ("08:30", "0830", "8.30", "8:30 pm", "01/04/2025 08:30:00")]
    [510, 510, 510, 1230, 510]
    """
    text = text.strip()
    for form in (_ISO, _NUMBERS, _WORDS):
        match = form.match(_WEEKDAY.sub("", text))
        if match and match["clock"]:
            text = match["clock"].strip()
            break
    twelve = _TWELVE.match(text)
    if twelve:
        hour = int(twelve["h"])
        if not 1 <= hour <= 12:
            raise ValueError
        return hour % 12 * 60 + int(twelve["m"] or 0) + (720 if twelve["half"] in "pP" else 0)
    match = _TIME.match(text) or _BARE.match(text)
    if match is None or int(match["h"]) > 23 or int(match["m"]) > 59:
        raise ValueError
    return int(match["h"]) * 60 + int(match["m"])


def has_clock(text: str) -> bool:
    """Say whether a date is written with a time of day."""
    text = _WEEKDAY.sub("", text.strip())
    return any((match := form.match(text)) and match["clock"] for form in (_ISO, _NUMBERS, _WORDS))


def moment(text: str) -> datetime:
    """Return the date and, where it is written, the time of day.

    Raises ``ValueError`` or ``KeyError`` for anything else, a time alone or a day without its year.

    >>> moment("05/03/2024").isoformat(), moment("2024-03-05T08:30:15+01:00").isoformat()
    ('2024-03-05T00:00:00', '2024-03-05T08:30:15')
    """
    day = datetime(1970, 1, 1) + timedelta(days=day_number(text))
    if not has_clock(text):
        return day
    seconds = _SECONDS.search(text)
    return day + timedelta(minutes=clock_minute(text), seconds=float(seconds[1]) if seconds else 0)


def length_minutes(text: str) -> float:
    """Return a length of time in minutes: a bare number is minutes, ``1:30`` hours and minutes.

    >>> [length_minutes(text) for text in ("15m", "1h 30m", "15", "0:15", "2 days 1 hour")]
    [15.0, 90.0, 15.0, 15.0, 2940.0]
    """
    try:
        return float(sum(map(_PARTS.__getitem__, text.split() or [text])))
    except KeyError:
        return _other_length(text.strip())


def _other_length(text: str) -> float:
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text)
    match = re.fullmatch(r"(\d{1,3}):(\d\d)(?::(\d\d))?", text)
    if match:
        return int(match[1]) * 60 + int(match[2]) + int(match[3] or 0) / 60
    parts = _LENGTH.findall(text)
    if not parts or _LENGTH.sub("", text).strip():
        raise ValueError
    total = 0.0
    for number, unit in parts:
        unit = unit.lower()
        scale = _UNITS.get(unit) or _UNITS.get(unit.removesuffix("s"))
        if scale is None:
            raise ValueError
        total += float(number) * scale
    return total
