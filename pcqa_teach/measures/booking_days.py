"""What the day of booking shows: places held on a later day, and on which days they are given."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError
from pcqa_teach.measures import calendar
from pcqa_teach.measures.outcomes import Mask, outcomes
from pcqa_teach.measures.periods import granularity, periods
from pcqa_teach.measures.tally import finish, require
from pcqa_teach.sayings import counted, span

_NO_DAYS = (
    "This file does not say on which day appointments were booked, so the queue in the book "
    "(places held on a later day) cannot be counted: ask for the report with the booking date."
)
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_MOST = 99  # per cent of bookings that must have had time to show


def places_held(appts: pd.DataFrame, every: str = "week") -> pd.DataFrame:
    """Return how many places were held for a later day when each week (or day) ended.

    value = appointments booked by the end of the period for a day after it

    Those cancelled later are left out. It is the queue in the book, not the whole queue: nobody who
    could not book is in it, a review that is meant to be next month is, and one person may hold two
    places. A period near the end of the file is left out, because some of its bookings are for days
    that the file does not reach.

    Parameters
    ----------
    appts : tidy table with `booking_gap_days`
    every : {"week", "day"}

    Returns
    -------
    frame of `x`, `value`; `attrs["pcqa"]` holds title, unit and notes.

    Raises
    ------
    DataError
        If the file does not know the day of booking, or is too short.

    Examples
    --------
    On Monday two people book, one for Tuesday and one for Wednesday. When Tuesday ends, one still
    holds a place. (Thursday and Friday are left out: the file ends too soon after them.)

    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> book = tidy(date=days, status=["Attended"] * 5, booking_gap_days=[0, 1, 2, 0, 0])
    >>> places_held(book, every="day")["value"].tolist()
    [2.0, 1.0, 0.0]

    Source: NHS Modernisation Agency, Matching capacity and demand (2002, 2005): the queue.
    """
    if every not in ("week", "day"):
        raise DataError(f"every='{every}' is not known here: use every='week' or every='day'.")
    due = outcomes(appts).expected | (appts["status"] == "Booked").to_numpy(dtype=bool)
    day, booked, count = _booked(appts, due)
    laid_out = periods(appts, every)
    ends = calendar.next_start(laid_out.starts, every) - np.timedelta64(1, "D")
    reach = _reach(day, booked, count)
    last = appts["date"].to_numpy().astype("datetime64[D]").max()
    friday = ends - np.timedelta64(2 if every == "week" else 0, "D")
    kept = friday + np.timedelta64(reach, "D") <= last
    if not kept.any():
        raise DataError(
            f"To count the queue in the book, a file must go on for {counted(reach, 'day')} after "
            f"the {every} that is counted, since people book that far ahead: ask for a longer one."
        )
    value = _after(day, count, ends[kept]) - _after(booked, count, ends[kept])
    notes = [
        "Appointments booked by then for a later day, those cancelled later left out. Nobody who "
        "could not book is in it, and reviews that are meant for later are.",
        *([_left_out(int((~kept).sum()), every, reach)] if not kept.all() else []),
    ]
    return finish(
        pd.DataFrame({"x": laid_out.starts[kept].astype("datetime64[s]"), "value": value}),
        measure="places_held",
        title=f"Places held on a later day, at the end of each {every}",
        unit="places",
        notes=[*notes, *(note for note in laid_out.notes if note.startswith("No rows"))],
        every=every,
    )


def places_given(appts: pd.DataFrame) -> pd.DataFrame:
    """Return how many places were given out on an ordinary Monday ... Friday, whatever day for.

    value = appointments booked on that weekday / how many of them were working days

    Those cancelled later are counted: somebody asked, and was given a place. The last days of the
    file are left out, because some of what was booked on them is for days beyond it.

    Returns
    -------
    frame of `weekday`, `value`, `same_day` (the part given for the day itself), `n` (days);
    `attrs["pcqa"]` holds title, unit and notes, and as `when` the dates that were counted.

    Raises
    ------
    DataError
        If the file does not know the day of booking, or is too short to hold what was booked on
        each weekday.

    Examples
    --------
    Two on Monday, of which one for Tuesday; one on each other day. The Monday after is left out.

    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = [9, 10, 10, 11, 12, 13, 16]
    >>> book = tidy(
    ...     date=[f"2026-03-{day:02}" for day in days],
    ...     status=["Attended"] * 7,
    ...     booking_gap_days=[0, 1, 0, 0, 0, 0, 0],
    ... )
    >>> places_given(book)[["value", "same_day"]].iloc[:2].values.tolist()
    [[2.0, 1.0], [1.0, 1.0]]
    """
    due = outcomes(appts).expected | appts["status"].isin(["Booked", "Cancelled"]).to_numpy()
    day, booked, count = _booked(appts, due)
    dates = appts["date"].to_numpy().astype("datetime64[D]")
    last = dates.max() - np.timedelta64(_reach(day, booked, count), "D")
    open_days = np.unique(dates[(dates <= last)])
    holidays = calendar.bank_holidays(dates.min(), dates.max())
    open_days = open_days[np.is_busday(open_days, holidays=holidays)]
    kept = np.isin(booked, open_days)
    weekday = ((open_days.astype("int64") + 3) % 7).astype(np.intp)
    n = np.bincount(weekday, minlength=5)[:5]
    if (n == 0).any():
        raise DataError(
            "This file is too short to tell on which days of the week places are given out: ask "
            "for one that covers at least 14 weeks."
        )
    given = ((booked[kept].astype("int64") + 3) % 7).astype(np.intp)
    same = (day == booked)[kept]
    frame = pd.DataFrame({"weekday": _WEEKDAYS, "n": n})
    for name, weight in (("value", count[kept]), ("same_day", count[kept] * same)):
        frame[name] = np.bincount(given, weights=weight, minlength=5)[:5] / n
    given_out = finish(
        frame[["weekday", "value", "same_day", "n"]],
        measure="places_given",
        title="Places given out on each day of the week",
        unit="places a day",
        notes=["Counted on the day of booking, those cancelled later too; bank holidays left out."],
    )
    given_out.attrs["pcqa"]["when"] = (
        f"{span((open_days[0], open_days[-1]))}; the days after are left out, since the file "
        "does not hold all that was booked on them"
    )
    return given_out


def _booked(appts: pd.DataFrame, due: Mask) -> tuple[Any, Any, NDArray[np.float64]]:
    """Return the day, the day of booking and the count of the rows that are due."""
    if granularity(appts) == "month":
        raise DataError(_NO_DAYS)
    require(appts, "booking_gap_days", _NO_DAYS)
    gap = appts["booking_gap_days"]
    rows = appts[due & gap.notna().to_numpy(dtype=bool)]
    if rows.empty:
        raise DataError(_NO_DAYS)
    day = rows["date"].to_numpy().astype("datetime64[D]")
    days = rows["booking_gap_days"].to_numpy(dtype="int64")
    return day, day - days.astype("timedelta64[D]"), rows["count"].to_numpy(dtype="float64")


def _reach(day: Any, booked: Any, count: NDArray[np.float64]) -> int:
    """Return the days within which nearly all bookings of a day have come to pass."""
    gap = (day - booked).astype("int64")
    order = np.argsort(gap)
    upto = np.cumsum(count[order])
    place = int(np.searchsorted(upto, upto[-1] * _MOST / 100))
    return int(gap[order][min(place, len(gap) - 1)])


def _after(days: Any, count: NDArray[np.float64], ends: Any) -> NDArray[np.float64]:
    """Return how many lie after each of the ends."""
    order = np.argsort(days)
    upto = np.concatenate([[0.0], np.cumsum(count[order])])
    found: NDArray[np.float64] = upto[-1] - upto[np.searchsorted(days[order], ends, side="right")]
    return found


def _left_out(number: int, every: str, reach: int) -> str:
    return (
        f"The last {counted(number, every)} left out: {_MOST} in 100 bookings are made up to "
        f"{counted(reach, 'day')} ahead, further than the file goes on."
    )
