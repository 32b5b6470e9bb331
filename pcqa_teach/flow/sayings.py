"""How amounts are said: short lengths of time, shares, clock times, lists."""

from __future__ import annotations

import math


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
        return amount(round(value), "second")
    if value < 89.5 * 60:
        return amount(value / 60, "minute")
    return amount(value / 3600, "hour")


def amount(value: float, thing: str) -> str:
    """Say a number with its noun, in at most one decimal.

    >>> amount(1, "call"), amount(2.5, "minute"), amount(1240, "call")
    ('1 call', '2.5 minutes', '1,240 calls')
    """
    said = figure(value)
    return f"{said} {thing}{'' if said == '1' else 's'}"


def figure(value: float) -> str:
    """Write a number: whole from 20 on, one decimal below where it has one.

    >>> figure(12.04), figure(12.4), figure(1240.3), figure(0.03)
    ('12', '12.4', '1,240', '0.03')
    """
    if value and abs(value) < 0.1:
        return f"{value:.2g}"
    text = f"{value:,.0f}" if abs(value) >= 20 else f"{value:,.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def percent(part: float) -> str:
    """Say a share of one in per cent; the ends only where nothing, or everything, is meant.

    >>> percent(0.702), percent(0.002), percent(0.9996), percent(1.0)
    ('70%', 'under 1%', 'over 99%', '100%')
    """
    if 0 < part < 0.005:
        return "under 1%"
    if 0.995 <= part < 1:
        return "over 99%"
    return f"{100 * part:.0f}%"


def clock(minute: int) -> str:
    """Write minutes after midnight as a time of day.

    >>> clock(480), clock(1110)
    ('08:00', '18:30')
    """
    return f"{minute // 60:02d}:{minute % 60:02d}"


def and_list(parts: list[str]) -> str:
    """Join words as a sentence does.

    >>> and_list(["3", "4", "5"])
    '3, 4 and 5'
    """
    return "".join(parts) if len(parts) < 2 else ", ".join(parts[:-1]) + " and " + parts[-1]


def day(value: object) -> str:
    """Write a date as people say it.

    >>> day("2025-03-04")
    '4 Mar 2025'
    """
    import pandas as pd

    stamp = pd.Timestamp(value)  # type: ignore[arg-type]
    return f"{stamp.day} {stamp:%b %Y}"
