"""Dates along the foot of a chart: day or month, the year only where it changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from matplotlib import dates as mdates
from matplotlib.ticker import Formatter, MaxNLocator

if TYPE_CHECKING:
    from matplotlib.axes import Axes


_of: Any = mdates  # matplotlib's dates carry no types


def _day(place: float) -> datetime:
    day: datetime = _of.num2date(place)
    return day


class Dates(Formatter):
    """Write `Apr` and, at the first tick and at each new year, the year beneath it."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Write one date in full, for a cursor."""
        day = _day(x)
        return f"{day.day} {day:%b %Y}"

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Write the dates of all ticks together."""
        days = [_day(value) for value in values]
        if all(day.month == 1 and day.day == 1 for day in days) and len(days) > 1:
            return [f"{day:%Y}" for day in days]
        monthly = all(day.day == 1 for day in days)
        labels = [f"{day:%b}" if monthly else f"{day.day} {day:%b}" for day in days]
        return [
            f"{label}\n{day:%Y}" if i == 0 or day.year != days[i - 1].year else label
            for i, (label, day) in enumerate(zip(labels, days, strict=True))
        ]


def date_axis(ax: Axes, days: float, most: int = 9) -> None:
    """Put dates on an x axis that spans so many days, with at most so many ticks."""
    ax.xaxis.set_major_locator(locator(days, most))
    ax.xaxis.set_major_formatter(Dates())


def locator(days: float, most: int) -> Any:
    """Choose Mondays, months or years, so that ticks fall where people count from.

    >>> type(locator(45, 9)).__name__, type(locator(730, 9)).__name__
    ('WeekdayLocator', 'MonthLocator')
    """
    if days <= most:
        return _of.DayLocator()
    if days <= 19 * most:
        return _of.WeekdayLocator(byweekday=mdates.MO, interval=int(-(-days // (7 * most))))
    for every in (1, 2, 3, 4, 6):
        if days / 30.4 / every <= most:
            return _of.MonthLocator(bymonth=range(1, 13, every))
    return _of.YearLocator(base=int(max(1, -(-days // (365.25 * most)))))


def number_axis(ax: Axes, whole: bool) -> None:
    """Put numbers on the x axis."""
    ax.xaxis.set_major_locator(MaxNLocator(nbins=9, integer=whole))
