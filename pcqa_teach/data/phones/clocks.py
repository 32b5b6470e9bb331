"""Summer time: whether a log's clock follows it, and its times as clocks on the wall in London."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from pcqa_teach import dates

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
LOCAL, UTC = "local", "utc"
HOUR, DAY = 3600, 86400
_EPOCH = date(1970, 1, 1).toordinal()
_OFFSET = re.compile(r"\d\s*(Z|UTC|GMT|BST|[+-]\d\d:?\d\d)$", re.I)
_FIRST, _LAST = 20, 44  # quarters of an hour in which lines open: 05:00 to 11:00
_CLEAR, _AHEAD = 4.0, 1.5  # the rise that shows it: in standard errors, and against the next


def _last_sunday(year: int, month: int) -> int:
    last = date(year, month, 31)
    return (last - timedelta(days=(last.weekday() + 1) % 7)).toordinal() - _EPOCH


_YEARS = range(dates.EARLIEST, dates.LATEST + 1)
_SPRING = np.array([_last_sunday(year, 3) * DAY + HOUR for year in _YEARS], dtype=np.float64)
_AUTUMN = np.array([_last_sunday(year, 10) * DAY + HOUR for year in _YEARS], dtype=np.float64)


def _summer(seconds: Floats, spring: Floats, autumn: Floats) -> Bools:
    years = np.asarray(seconds, dtype="datetime64[s]").astype("datetime64[Y]").astype(int)
    place = np.clip(years + 1970 - dates.EARLIEST, 0, len(_YEARS) - 1)
    return np.asarray((seconds >= spring[place]) & (seconds < autumn[place]))


def london(utc: Floats) -> Floats:
    """Return times in UTC (seconds since 1970) as London's clocks show them.

    >>> spring = 1743296400.0  # 30 March 2025, 01:00 UTC
    >>> (london(np.array([spring - 1, spring])) - spring).tolist()
    [-1.0, 3600.0]
    """
    return np.asarray(utc + HOUR * _summer(utc, _SPRING, _AUTUMN))


def in_summer(wall: Floats) -> Bools:
    """Say of times on London's clocks whether they are in summer time."""
    return _summer(wall, _SPRING + HOUR, _AUTUMN + HOUR)


def never_was(wall: Floats) -> Bools:
    """Say of times on London's clocks whether no clock showed them: the hour left out in March.

    >>> never_was(np.array([1743296400.0])).tolist()
    [True]
    """
    return _summer(wall, _SPRING, _SPRING + HOUR)


def twice(wall: Floats) -> Bools:
    """Say of times on London's clocks whether they came twice: the hour that October repeats."""
    return _summer(wall, _AUTUMN, _AUTUMN + HOUR)


def moment(text: str, month_first: bool) -> float:
    """Return a date and time as seconds since 1970, as the text shows it.

    >>> moment("30/03/2025 08:00:15", False) == moment("2025-03-30T08:00:15+01:00", False)
    True
    """
    plain = text.strip().lstrip("'")
    found = dates.day_number(plain, month_first, False)
    if not dates.has_clock(plain):
        raise ValueError
    return found * DAY + of_day(plain)


def of_day(text: str) -> float:
    """Return a time of day, or that of a date and time, as seconds after midnight.

    >>> [of_day(text) for text in ("08:00", "08:00:15", "8:00 pm")]
    [28800.0, 28815.0, 72000.0]
    """
    plain = re.sub(r"\s*(?:UTC|GMT|BST)$", "", text.strip().lstrip("'"), flags=re.I)
    minutes = dates.clock_minute(plain)
    match = re.search(r"\d[:.]\d\d[:.](\d\d)(?:\.\d+)?\s*(?:[ap]\.?m\.?|Z|[+-]\d\d:?\d\d)?$", plain,
                      re.I)  # fmt: skip
    seconds = int(match[1]) if match else 0
    if seconds > 59:
        raise ValueError
    return float(minutes * 60 + seconds)


def ahead(text: str) -> float:
    """Return how far ahead of UTC a text says that its clock is, in seconds; or raise.

    >>> [ahead(text) for text in ("2025-06-02T08:00+01:00", "2025-06-02 07:00:00Z")]
    [3600.0, 0.0]
    """
    match = _OFFSET.search(text.strip())
    if match is None:
        raise ValueError
    mark = match[1].upper()
    if mark in ("Z", "UTC", "GMT"):
        return 0.0
    if mark == "BST":
        return float(HOUR)
    if ":" not in text[: match.start(1)]:  # 01-04-2025 is no time with an offset
        raise ValueError
    digits = mark[1:].replace(":", "")
    size = int(digits[:2]) * HOUR + int(digits[2:]) * 60
    return float(-size if mark[0] == "-" else size)


def said_by(heading: str) -> str | None:
    """Return what a column's name says of its clock.

    >>> [said_by(name) for name in ("Start (UTC)", "Start time (local)", "Call start")]
    ['utc', 'local', None]
    """
    words = set(re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).lower()))
    if words & {"utc", "zulu", "gmt"}:
        return UTC
    return LOCAL if words & {"local", "london", "bst", "uk"} else None


def opening(wall: Floats, weight: Floats) -> int | None:
    """Return the minute of the day at which weekdays' calls set in; None where none stands out."""
    day = (wall // DAY).astype(int)
    working = (day + 3) % 7 < 5  # 1 January 1970 was a Thursday
    quarter = (wall % DAY // 900).astype(int)[working]
    counts = np.bincount(quarter, weight[working], 96)
    rise = counts[1:] - counts[:-1]
    with np.errstate(divide="ignore", invalid="ignore"):
        clear = rise / np.sqrt(counts[1:] + counts[:-1])
    span = rise[_FIRST - 1 : _LAST]
    best = int(np.argmax(span)) + _FIRST
    others = np.delete(span, best - _FIRST)
    if not clear[best - 1] >= _CLEAR or rise[best - 1] < _AHEAD * max(float(others.max()), 0.0):
        return None
    return best * 15


def detect(wall: Floats, weight: Floats) -> tuple[str | None, str]:
    """Return which clock a log's times were taken from, and why, in words.

    The hour at which weekdays' calls set in gives it away: lines open by the clock on the wall. A
    log with both summer and winter needs nothing more; one of summer alone is taken for local time
    where they set in at eight, when general practice opens. None: it cannot be told.
    """
    summer = in_summer(wall)
    if not summer.any():
        return LOCAL, "All of it lies in winter, when local time and UTC are the same."
    warm = opening(wall[summer], weight[summer])
    cold = opening(wall[~summer], weight[~summer]) if (~summer).any() else None
    if warm is not None and cold is not None:
        if warm == cold:
            return LOCAL, f"Calls set in at {_clock(warm)} in summer and in winter alike."
        if warm == cold - 60:
            return UTC, (
                f"Calls set in at {_clock(cold)} in winter and at {_clock(warm)} in summer, so the "
                "log's clock stays on UTC."
            )
        return None, f"calls set in at {_clock(cold)} in winter and at {_clock(warm)} in summer"
    if warm == 480:
        return LOCAL, "Calls set in at 08:00, when general practice opens."
    if warm is not None:
        return None, f"calls set in at {_clock(warm)}, and the log has no winter to compare with"
    return None, "too few calls show when the lines open"


def _clock(minute: int) -> str:
    return f"{datetime(1970, 1, 1) + timedelta(minutes=minute):%H:%M}"
