"""Lengths of time in a telephone log: seconds, `mm:ss`, `hh:mm:ss`, `1m 20s`."""

from __future__ import annotations

import re
from collections.abc import Callable

SECONDS, MINUTES, HOURS_MINUTES = "seconds", "minutes", "hours:minutes"
UNITS = (SECONDS, MINUTES, HOURS_MINUTES)
LONGEST = 24 * 3600  # of one call
_NUMBER = re.compile(r"^\d+(?:\.\d+)?$")
_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d\d)(?:\.\d+)?$")
_WORDS = re.compile(
    r"(\d+(?:\.\d+)?)\s*(hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)\b\.?,?\s*", re.I
)
_ISO = re.compile(r"^PT((?:\d+(?:\.\d+)?[HMS])+)$", re.I)
_ISO_PART = re.compile(r"(\d+(?:\.\d+)?)([HMS])", re.I)
_SCALE = {"h": 3600.0, "m": 60.0, "s": 1.0}


def unit_of(heading: str) -> str | None:
    """Return the unit that a column's name says; None where it says none.

    >>> [unit_of(name) for name in ("Wait (secs)", "Talk min", "Length [hh:mm:ss]", "Talk time")]
    ['seconds', 'minutes', None, None]
    """
    words = re.findall(r"[a-z]+", re.sub(r"([a-z])([A-Z])", r"\1 \2", heading).lower())
    text = ":".join(words)
    if text.endswith("hh:mm"):
        return HOURS_MINUTES
    if {"seconds", "secs", "sec", "s"} & set(words):
        return SECONDS
    return MINUTES if {"minutes", "mins", "min", "m"} & set(words) else None


def reader(unit: str | None) -> Callable[[str], float]:
    """Return a reader of lengths, in seconds; `unit` is that of a bare number (else seconds).

    >>> [reader(None)(text) for text in ("80", "1:20", "0:01:20", "1m 20s", "PT1M20S")]
    [80.0, 80.0, 80.0, 80.0, 80.0]
    >>> reader("minutes")("1.5"), reader("hours:minutes")("0:02")
    (90.0, 120.0)
    """

    def read(text: str) -> float:
        found = _seconds(text.strip().lstrip("'"), unit)
        if found > LONGEST:
            raise ValueError
        return found

    return read


def _seconds(text: str, unit: str | None) -> float:
    if _NUMBER.match(text):
        return float(text) * (60 if unit == MINUTES else 3600 if unit == HOURS_MINUTES else 1)
    clock = _CLOCK.match(text)
    if clock:
        hours, minutes, last = clock.groups()
        if int(last) > 59 or (hours is not None and int(minutes) > 59):
            raise ValueError
        if hours is None and unit == HOURS_MINUTES:
            return int(minutes) * 3600.0 + int(last) * 60
        return int(hours or 0) * 3600.0 + int(minutes) * 60 + int(last)
    iso = _ISO.match(text)
    parts = _ISO_PART.findall(iso[1]) if iso else _WORDS.findall(text)
    if not parts or (not iso and _WORDS.sub("", text).strip()):
        raise ValueError
    return sum(float(number) * _SCALE[word[0].lower()] for number, word in parts)


def is_bare(text: str) -> float:
    """Return 1 for a number without a unit, 0 for any other text.

    >>> [is_bare(text) for text in ("80", "1:20")]
    [1, 0]
    """
    return int(bool(_NUMBER.match(text.strip().lstrip("'"))))
