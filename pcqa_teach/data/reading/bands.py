"""A stretch of the day, as a table of counts names it: 'Before 13:00', 'After or At 13:00'."""

from __future__ import annotations

import re

from pcqa_teach.dates import DAY, clock_minute

SPAN = 2 * DAY  # a band is one number: its start times this, and its end
_BEFORE = re.compile(r"^(?:before|until|up to)\s+(?P<b>\S.*)$", re.I)
_FROM = re.compile(
    r"^(?:after\s+or\s+at|at\s+or\s+after|on\s+or\s+after|from)\s+(?P<a>[\d:.]+(?:\s*[ap]m)?)"
    r"(?:\s*,?\s*(?:and|but)?\s*before\s+(?P<b>\S.*))?$",
    re.I,
)
_BETWEEN = re.compile(
    r"^(?:between\s+)?(?P<a>\d{1,2}[:.]\d\d)(?:[:.]\d\d)?\s*(?:-|–|to|and)\s*"
    r"(?P<b>\d{1,2}[:.]\d\d(?:[:.]\d\d)?)$",
    re.I,
)


def band(text: str) -> int:
    """Return the first minute of a stretch of the day and the first after it, as one number.

    A time alone is a stretch without length. '08:00-09:59' goes up to 10:00.

    >>> [ends(band(text)) for text in ("Before 12:59", "After or At 13:00", "08:30", "08:00-09:59")]
    [(0, 779), (780, 1440), (510, 510), (480, 600)]
    """
    text = " ".join(text.split())
    for form in (_BEFORE, _FROM, _BETWEEN):
        match = form.match(text)
        if match is None:
            continue
        found = match.groupdict()
        first = clock_minute(found["a"]) if found.get("a") else 0
        last = _end(found.get("b") or "", whole=form is _BETWEEN)
        if last <= first:
            raise ValueError
        return first * SPAN + last
    at = clock_minute(text)
    return at * SPAN + at


def _end(text: str, *, whole: bool) -> int:
    if not text or text.strip() in ("24:00", "00:00", "24:00:00", "00:00:00"):
        return DAY
    end = clock_minute(text)
    return end + 1 if whole and end % 60 in (29, 59) else end


def ends(number: int) -> tuple[int, int]:
    """Return the two ends of a stretch that `band` made into one number."""
    return divmod(int(number), SPAN)
