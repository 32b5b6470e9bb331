"""The week in demand, capacity, activity and queue, as far as an appointment book can tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach import sayings
from pcqa_teach.errors import DataError
from pcqa_teach.measures import calendar
from pcqa_teach.measures.outcomes import horizon, outcomes
from pcqa_teach.measures.periods import granularity, periods
from pcqa_teach.measures.supply import WEEK
from pcqa_teach.measures.tally import finish, ratio, tally
from pcqa_teach.privacy import suppress

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def week_numbers(appts: pd.DataFrame) -> pd.DataFrame:
    """Return the ordinary five-day week in numbers: mean, lowest and highest of the periods.

    number of a period = count / working days x 5

    Returns
    -------
    frame indexed by `what` - offered (filled and unused slots), filled, came, missed, unknown,
    unused - with `mean`, `low`, `high`. Unused and offered are missing where the file has no
    unused slots; came, missed and unknown where it says of none whether the person came.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> marks = ["Attended", "DNA", "Available", "Unknown", "Attended"]
    >>> week_numbers(tidy(date=days, status=marks, count=[70, 5, 10, 5, 10]))["mean"].to_dict()
    {'offered': 100.0, 'filled': 90.0, 'came': 80.0, 'missed': 5.0, 'unknown': 5.0, 'unused': 10.0}
    """
    found = outcomes(appts)
    groups = {
        "offered": found.expected | found.unused,
        "filled": found.expected,
        "came": found.came,
        "missed": found.missed,
        "unknown": found.unknown,
        "unused": found.unused,
    }
    frame, _, _ = tally(appts, groups)
    open_ = frame[frame["rows"] > 0]
    weeks = open_[list(groups)].div(open_["working_days"], axis=0) * WEEK
    numbers = pd.DataFrame({"mean": weeks.mean(), "low": weeks.min(), "high": weeks.max()})
    if not found.unused.any():
        numbers.loc[["offered", "unused"]] = np.nan
    if not (found.came | found.missed).any():
        numbers.loc[["came", "missed", "unknown"]] = np.nan
    return numbers.rename_axis("what")


def booked_ahead(appts: pd.DataFrame) -> int | None:
    """Count the appointments booked for days after the last recorded outcome; None if none can be.

    It is the queue that an appointment book can show: people who hold a place on a later day.
    """
    later = appts["date"].to_numpy() > np.datetime64(horizon(appts))
    booked = later & (appts["status"] == "Booked").to_numpy(dtype=bool)
    return int(appts["count"].to_numpy()[booked].sum()) if booked.any() else None


def week_picture(appts: pd.DataFrame) -> pd.DataFrame:
    """Put the ordinary week in words: demand, capacity, activity and queue, in appointments.

    What an appointment book cannot know is said, never filled in: demand is not in it.
    """
    numbers = week_numbers(appts)
    ahead = booked_ahead(appts)
    rows = [
        ("Demand: what people asked for", "not in an appointment book", "count it: a week's tally"),
        ("Capacity: slots offered", *_said(numbers, "offered")),
        ("Activity: appointments whose day has passed", *_said(numbers, "filled")),
        ("– of which the person came", *_said(numbers, "came")),
        ("– of which missed (DNA)", *_said(numbers, "missed")),
        ("– of which outcome unknown", *_said(numbers, "unknown")),
        ("Slots left unused", *_said(numbers, "unused")),
        (
            "Queue: booked for later days when the report was run",
            "not in this file" if ahead is None else _shared(ahead),
            "–",
        ),
    ]
    return pd.DataFrame(rows, columns=["In a five-day week", "Mean", "Lowest to highest"])


def weekday_profile(appts: pd.DataFrame) -> pd.DataFrame:
    """Return the appointments of an ordinary Monday, Tuesday ... Friday.

    value = appointments on that weekday / how many of them were working days

    Whole weeks only; bank holidays and weekends are left out of both.

    Returns
    -------
    frame of `weekday`, `value`, `same_day` (the part booked on the day; missing where the file
    does not say), `n` (working days).

    Raises
    ------
    DataError
        If the file counts months.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = pd.date_range("2026-03-09", periods=5)
    >>> week = tidy(date=days, status=["Attended"] * 5, count=[120, 90, 80, 80, 70])
    >>> weekday_profile(week)["value"].tolist()
    [120.0, 90.0, 80.0, 80.0, 70.0]
    """
    if granularity(appts) == "month":
        raise DataError(
            "This file counts whole months, so the days of the week cannot be told apart: bring "
            "the practice's own appointment report."
        )
    laid_out = periods(appts, "week")
    dates = appts["date"].to_numpy().astype("datetime64[D]")
    days = _open_days(dates[laid_out.place >= 0])
    kept = outcomes(appts).expected & (laid_out.place >= 0) & np.isin(dates, days)
    frame = pd.DataFrame({"weekday": WEEKDAYS})
    frame["n"] = np.bincount(_weekday(days), minlength=5)
    frame["value"] = ratio(_sum(appts, dates, kept), frame["n"])
    frame["same_day"] = np.nan
    if "booking_gap" in appts.columns and appts["booking_gap"].ne("Unknown").any():
        same = kept & (appts["booking_gap"] == "Same Day").to_numpy(dtype=bool)
        frame["same_day"] = ratio(_sum(appts, dates, same), frame["n"])
    return finish(
        frame[["weekday", "value", "same_day", "n"]],
        measure="weekday_profile",
        title="Appointments on each day of the week",
        unit="appointments a day",
        notes=[
            f"{sayings.span((days[0], days[-1]))}, bank holidays and weekends left out.",
            *laid_out.notes,
        ],
    )


def _open_days(dates: calendar.Days) -> calendar.Days:
    days = np.unique(dates)
    if not len(days):
        raise DataError("There is no whole week in this export: ask for a longer one.")
    return days[np.is_busday(days, holidays=calendar.bank_holidays(days[0], days[-1]))]


def _weekday(days: calendar.Days) -> NDArray[np.int64]:
    return (days.astype("int64") + 3) % 7


def _sum(appts: pd.DataFrame, dates: calendar.Days, kept: NDArray[np.bool_]) -> pd.Series:
    count = appts["count"].to_numpy()[kept]
    return pd.Series(np.bincount(_weekday(dates[kept]), weights=count, minlength=5))


def _said(numbers: pd.DataFrame, what: str) -> tuple[str, str]:
    mean, low, high = (float(value) for value in numbers.loc[what].to_numpy())
    if np.isnan(mean):
        return "not in this file", "–"
    return _shared(mean), f"{_shared(low)} to {_shared(high)}"


def _shared(number: float) -> str:
    """Write a number that may be shared: from 1 to 4 in words."""
    said = suppress(round(number))
    return said if isinstance(said, str) else f"{said:,}"
