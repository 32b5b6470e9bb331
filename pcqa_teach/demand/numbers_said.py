"""Numbers as people say them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pcqa_teach.measures.words import and_list, day

__all__ = ["and_list", "between", "counted", "lines", "percent", "span"]


def percent(value: float) -> str:
    """Write a share.

    >>> [percent(v) for v in (0.0, 0.3, 6.25, 22.4, 100.0)]
    ['0%', '0.3%', '6.2%', '22%', '100%']
    """
    if 0 < value < 0.05:
        return "under 0.1%"
    digits = 1 if 0 < value < 9.95 else 0
    return f"{value:.{digits}f}%"


def between(low: float, high: float) -> str:
    """Write an interval.

    >>> between(0.182, 26.5)
    '0.2% to 26%'
    """
    return f"{percent(max(low, 0.0))} to {percent(high)}"


def counted(n: float, one: str, many: str | None = None) -> str:
    """Write a whole number with its noun.

    >>> counted(1, "person", "people"), counted(1200, "contact")
    ('1 person', '1,200 contacts')
    """
    return f"{n:,.0f} {one if round(n) == 1 else many or one + 's'}"


def span(dates: tuple[pd.Timestamp, pd.Timestamp] | None) -> str:
    """Say from when to when.

    >>> span((pd.Timestamp("2024-11-04"), pd.Timestamp("2024-11-08")))
    '4 Nov 2024 to 8 Nov 2024'
    """
    if dates is None:
        return "dates not given"
    first, last = (day(one) for one in dates)
    return first if first == last else f"{first} to {last}"


def lines(sentences: Sequence[str]) -> str:
    """Set sentences under each other, leaving out empty ones."""
    return "\n".join(one for one in sentences if one)
