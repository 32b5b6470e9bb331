"""Working days: Monday to Friday, less the bank holidays of England."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import holidays
import numpy as np
from numpy.typing import NDArray

Days = NDArray[np.datetime64]


@lru_cache(maxsize=32)
def _years(first: int, last: int) -> Days:
    found = holidays.country_holidays("GB", subdiv="ENG", years=range(first, last + 1))
    days = np.array(sorted(found), dtype="datetime64[D]")
    return days[np.is_busday(days)]


def bank_holidays(first: Any, last: Any) -> Days:
    """Return the bank holidays of England that fall on a weekday, `first` and `last` included.

    Parameters
    ----------
    first, last : date-like
        The span to look in.

    Returns
    -------
    array of datetime64[D], in order.

    Examples
    --------
    >>> [str(day) for day in bank_holidays("2026-04-01", "2026-05-31")]
    ['2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25']

    Source: the `holidays` package, United Kingdom, England (gov.uk/bank-holidays).
    """
    start, end = np.datetime64(first, "D"), np.datetime64(last, "D")
    days = _years(int(str(start)[:4]), int(str(end)[:4]))
    return days[(days >= start) & (days <= end)]


def period_start(dates: Any, every: str) -> Days:
    """Return the first day of the week (its Monday), of the month, or the day itself.

    >>> [str(day) for day in period_start(["2026-05-03", "2026-05-04"], "week")]
    ['2026-04-27', '2026-05-04']
    """
    days: Days = np.asarray(dates, dtype="datetime64[D]")
    if every == "month":
        return days.astype("datetime64[M]").astype("datetime64[D]")
    if every == "week":  # day nought of the computer's calendar, 1 January 1970, was a Thursday
        mondays: Days = days - ((days.astype("int64") + 3) % 7).astype("timedelta64[D]")
        return mondays
    return days


def next_start(starts: Days, every: str) -> Days:
    """Return the first day of each following period.

    >>> [str(day) for day in next_start(period_start(["2026-02-10"], "month"), "month")]
    ['2026-03-01']
    """
    if every == "month":
        return (starts.astype("datetime64[M]") + np.timedelta64(1, "M")).astype("datetime64[D]")
    return starts + np.timedelta64(7 if every == "week" else 1, "D")


def every_start(first: Any, last: Any, every: str) -> Days:
    """Return the start of every period from that of `first` to that of `last`, none left out.

    >>> [str(day) for day in every_start("2026-01-15", "2026-03-02", "month")]
    ['2026-01-01', '2026-02-01', '2026-03-01']
    """
    start, end = period_start([first, last], every)
    if every == "month":
        months = np.arange(
            start.astype("datetime64[M]"), end.astype("datetime64[M]") + np.timedelta64(1, "M")
        )
        return months.astype("datetime64[D]")
    step = np.timedelta64(7 if every == "week" else 1, "D")
    return np.arange(start, end + np.timedelta64(1, "D"), step).astype("datetime64[D]")


def working_days(starts: Days, every: str) -> NDArray[np.int64]:
    """Count the working days of each period.

    working days = Mondays to Fridays in the period - bank holidays on a Monday to Friday

    Parameters
    ----------
    starts : array of datetime64[D]
        First day of each period.
    every : {"day", "week", "month"}

    Examples
    --------
    Five weeks around Easter and the early May holiday of 2026:

    >>> weeks = every_start("2026-03-30", "2026-05-04", "week")
    >>> working_days(weeks, "week").tolist()
    [4, 4, 5, 5, 5, 4]
    """
    return weekdays(starts, every) - holiday_count(starts, every)


def weekdays(starts: Days, every: str) -> NDArray[np.int64]:
    """Count the Mondays to Fridays of each period, bank holidays included."""
    return np.busday_count(starts, next_start(starts, every)).astype("int64")


def holiday_count(starts: Days, every: str) -> NDArray[np.int64]:
    """Count the bank holidays of each period that fall on a Monday to Friday."""
    if not len(starts):
        return np.zeros(0, dtype="int64")
    ends = next_start(starts, every)
    days = bank_holidays(starts[0], ends[-1])
    return np.searchsorted(days, ends) - np.searchsorted(days, starts)


def work_between(first: Any, end: Any) -> int:
    """Count the working days from `first` up to, and not including, `end`.

    >>> work_between("2026-05-04", "2026-05-06")  # a bank holiday Monday, then a Tuesday
    1
    """
    start, stop = np.datetime64(first, "D"), np.datetime64(end, "D")
    if stop <= start:
        return 0
    return int(np.busday_count(start, stop, holidays=bank_holidays(start, stop)))
