"""Numbers, dates and lists as people say them; every package's words are made of these."""

from __future__ import annotations

import math
import re
import string
from calendar import day_name, month_name
from collections.abc import Iterable, Sequence
from typing import Any


def counted(number: float, one: str, many: str | None = None) -> str:
    """Write a number with its noun.

    >>> counted(1, "person", "people"), counted(1240, "call"), counted(2.5, "minute")
    ('1 person', '1,240 calls', '2.5 minutes')
    """
    said = rounded(number)
    return f"{said} {one if said == '1' else many or one + 's'}"


def a(what: str) -> str:
    """Put the article before a noun.

    >>> a("staff pulse"), a("appropriateness sample"), a("NHS England file")
    ('a staff pulse', 'an appropriateness sample', 'an NHS England file')
    """
    vowel = what[:1].lower() in "aeiou" or what.startswith("NHS")  # as it is spoken
    return f"{'an' if vowel else 'a'} {what}"


def rounded(value: float) -> str:
    """Write a number that was worked out: whole from 20 on, one decimal below where it has one.

    >>> rounded(12.04), rounded(12.4), rounded(1240.3), rounded(0.03)
    ('12', '12.4', '1,240', '0.03')
    """
    if value and abs(value) < 0.1:
        return f"{value:.2g}"
    text = f"{value:,.0f}" if abs(value) >= 20 else f"{value:,.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def two_figures(value: float) -> float:
    """Round to two significant figures, which is all that a sample of minutes is worth.

    >>> two_figures(11234), two_figures(284.3), two_figures(6.04)
    (11000.0, 280.0, 6.0)
    """
    return float(f"{value:.2g}")


def rough(value: float) -> str:
    """Write a number to two significant figures.

    >>> rough(11234), rough(333), rough(39.4)
    ('11,000', '330', '39')
    """
    return f"{two_figures(value):,.0f}"


def rough_range(low: float, high: float) -> str:
    """Give the ends of an interval to two figures, or to three where two would make them one.

    >>> rough_range(284.1, 377.2), rough_range(10714, 11467)
    ('280 to 380', '10,700 to 11,500')
    """
    digits = 2 if two_figures(low) != two_figures(high) else 3
    first, last = (f"{float(f'{end:.{digits}g}'):,.0f}" for end in (low, high))
    return first if first == last else f"{first} to {last}"


def plain(value: float) -> str:
    """Write a number that somebody gave, without needless decimals.

    >>> plain(12.0), plain(1234.56), plain(0.5)
    ('12', '1,235', '0.5')
    """
    if abs(value) >= 100 or value == round(value):
        return f"{value:,.0f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")


def percent(part: float, whole: float = 1.0) -> str:
    """Write a share in whole per cents, never rounding something to nothing or to all.

    >>> percent(1, 3), percent(0.001), percent(999, 1000), percent(0), percent(5, 5)
    ('33%', 'under 1%', 'over 99%', '0%', '100%')
    """
    share = 100 * part / whole
    if 0 < share < 1:
        return "under 1%"
    if 99 < share < 100:
        return "over 99%"
    return f"{share:.0f}%"


def fine_percent(value: float) -> str:
    """Write a share that is in per cent already, with a decimal where it is small.

    >>> [fine_percent(v) for v in (0.0, 0.3, 6.25, 22.4, 100.0)]
    ['0%', '0.3%', '6.2%', '22%', '100%']
    """
    if 0 < value < 0.05:
        return "under 0.1%"
    return f"{value:.{1 if 0 < value < 9.95 else 0}f}%"


def to_record(value: Any, places: int = 2) -> float | None:
    """Round a figure that a report keeps; None where it is not known.

    >>> to_record(6.6774), to_record(6.6774, 3), to_record(float("nan"))
    (6.68, 6.677, None)
    """
    number = float(value)
    return round(number, places) if math.isfinite(number) else None


def tenths(value: float) -> str:
    """Write a share that is in per cent already, always with one decimal, to be set beside others.

    >>> [tenths(v) for v in (0.0, 0.03, 6.25, 38.42, 100.0)]
    ['0.0%', 'under 0.1%', '6.2%', '38.4%', '100.0%']
    """
    return "under 0.1%" if 0 < value < 0.05 else f"{value:.1f}%"


def between(low: float, high: float) -> str:
    """Write an interval of a share in per cent.

    >>> between(0.182, 26.5)
    '0.2% to 26%'
    """
    return f"{fine_percent(max(low, 0.0))} to {fine_percent(high)}"


def seconds(value: float) -> str:
    """Say a wait.

    >>> seconds(41.6), seconds(150), seconds(5400), seconds(float("inf")), seconds(0.2)
    ('42 seconds', '2.5 minutes', '1.5 hours', 'without end', 'under a second')
    """
    if not math.isfinite(value):
        return "without end"
    if 0 < value < 0.5:
        return "under a second"
    if value < 89.5:
        return counted(round(value), "second")
    if value < 89.5 * 60:
        return counted(value / 60, "minute")
    return counted(value / 3600, "hour")


def clock(minute: int) -> str:
    """Write minutes after midnight as a time of day.

    >>> clock(480), clock(1110)
    ('08:00', '18:30')
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


def day(value: Any) -> str:
    """Write a date as people say it.

    >>> day("2026-05-04")
    '4 May 2026'
    """
    import pandas as pd

    stamp = pd.Timestamp(value)
    return f"{stamp.day} {stamp:%b %Y}"


def span(dates: tuple[Any, Any] | None) -> str:
    """Say from when to when.

    >>> span(("2024-11-04", "2024-11-08")), span(("2024-11-04", "2024-11-04"))
    ('4 Nov 2024 to 8 Nov 2024', '4 Nov 2024')
    """
    if dates is None:
        return "dates not given"
    first, last = (day(one) for one in dates)
    return first if first == last else f"{first} to {last}"


def and_list(parts: Sequence[str]) -> str:
    """Join words as a sentence does.

    >>> and_list(["planning", "control", "improvement"])
    'planning, control and improvement'
    """
    return "".join(parts) if len(parts) < 2 else ", ".join(parts[:-1]) + " and " + parts[-1]


def quoted(names: Iterable[Any], most: int = 12) -> str:
    """Name several things, the first dozen of many.

    >>> quoted(["step", "role"])
    "'step' and 'role'"
    """
    listed = [f"'{name}'" for name in names]
    return and_list(listed) if len(listed) <= most else f"{', '.join(listed[:most])}, ..."


def rows_said(places: Sequence[int]) -> str:
    """Say which rows, by number.

    >>> rows_said([2]), rows_said([2, 3]), rows_said(range(1, 9))
    ('row 2', 'rows 2 and 3', '8 rows (the first are 1, 2, 3, 4, 5)')
    """
    rows = [f"{place:,}" for place in places]
    if len(rows) == 1:
        return f"row {rows[0]}"
    if len(rows) > 5:
        return f"{len(rows):,} rows (the first are {', '.join(rows[:5])})"
    return f"rows {and_list(rows)}"


def capital(words: str) -> str:
    """Begin with a capital and leave the rest alone.

    >>> capital("aim for GPs")
    'Aim for GPs'
    """
    return words[:1].upper() + words[1:]


def lowered(words: str) -> str:
    """Begin with a small letter in a sentence; "I", initials, days and months keep theirs.

    >>> lowered("Complaints"), lowered("A rise"), lowered("I ask"), lowered("Monday calls")
    ('complaints', 'a rise', 'I ask', 'Monday calls')
    >>> lowered("DNAs"), lowered("A&E visits"), lowered("Ward 4"), lowered("I'm told")
    ('DNAs', 'A&E visits', 'ward 4', "I'm told")
    """
    word = re.split(r"[\s,;:'’/]", words, maxsplit=1)[0]
    initials = len(word) > 1 and not word[1:].islower()
    if initials or word == "I" or word.removesuffix("s") in {*day_name, *month_name}:
        return words
    return words[:1].lower() + words[1:]


def heading(name: Any) -> str:
    """Make a heading of a column's name.

    >>> heading("annual_DNA")
    'Annual DNA'
    """
    return capital(str(name).replace("_", " ").strip())


def lines(sentences: Iterable[str]) -> str:
    """Set sentences under each other, leaving out empty ones."""
    return "\n".join(one for one in sentences if one)


def names_in(said: str) -> set[str]:
    """Return the names that a text with gaps asks for.

    >>> sorted(names_in("{missed:,} of {booked:,}"))
    ['booked', 'missed']
    """
    return {name for _, name, _, _ in string.Formatter().parse(said) if name}
