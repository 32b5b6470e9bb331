"""The ordinary days of a telephone log: whole working days, and what was left out and why."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.data.call_bands.taking import calls_by_fate, calls_in, without_shared_lines
from pcqa_teach.errors import DataError
from pcqa_teach.measures import phone_log_words as words
from pcqa_teach.measures.calendar import bank_holidays

LEAST_DAYS = 5
PART = 60  # minutes: a first or last day that falls so much short of the others is a part of one
FULL = "whole working day"
WEEKEND, HOLIDAY, PART_DAY = "Saturday or Sunday", "bank holiday", "part of a day"
_CALLS, _BANDS = ("start", "outcome"), ("start", "minutes", "measure")


@dataclass(frozen=True, eq=False)
class PhoneLog:
    """A telephone log, or the national file of calls, cut to whole working days.

    Parameters
    ----------
    calls : the calls of a telephone log on those days; None for the national file
    bands : the counts of the national file on those days; None for a log
    days : a row a day of the file: date, weekday, calls, kind (`FULL`, or why it was left out)
    notes : sentences about what was left out
    """

    calls: pd.DataFrame | None
    bands: pd.DataFrame | None
    days: pd.DataFrame
    notes: tuple[str, ...]

    @property
    def kept(self) -> pd.DataFrame:
        """The days that are used, a row each."""
        return self.days[self.days["kind"] == FULL].reset_index(drop=True)

    @property
    def whose(self) -> str:
        """Say in a sentence whose calls these are: one practice's, or several together."""
        return words.whose(self)

    @property
    def lacks(self) -> str:
        """Say what the national file cannot show; empty for a log of one's own."""
        return "" if self.bands is None else words.LACKS

    @property
    def covers(self) -> str:
        """How many days of which dates."""
        return words.covers(self)


def phone_log(frame: pd.DataFrame, least_days: int = LEAST_DAYS) -> PhoneLog:
    """Return a log cut to whole working days, with a sentence for all that was left out.

    Saturdays, Sundays and the bank holidays of England are no ordinary days: a bank holiday Monday
    with a tenth of the calls would make Mondays look quiet. Nor is a first or last day of the log
    that begins or ends an hour or more before or after the others do. Calls on lines that several
    practices share are left out where the national file names any practice.

    Parameters
    ----------
    frame : telephone log or national file of calls, as `pcqa.read` gives it; or the demo's calls
    least_days : how many whole working days there must be

    Raises
    ------
    DataError
        The table is neither, or has too few whole working days; the sentence says what to ask for.

    Examples
    --------
    Two weeks of calls from Monday 5 May 2025, which is a bank holiday; the last day ends at nine:

    >>> times = [f"{day:%Y-%m-%d} {at}" for day in pd.bdate_range("2025-05-05", "2025-05-16")
    ...          for at in ("08:00", "09:00", "17:45")][:-1]
    >>> log = phone_log(pd.DataFrame({"start": pd.to_datetime(times), "outcome": "Answered"}))
    >>> len(log.calls), len(log.kept)
    (24, 8)
    >>> log.days["kind"].value_counts().to_dict()
    {'whole working day': 8, 'bank holiday': 1, 'part of a day': 1}

    Source: bank holidays of gov.uk by the `holidays` package; the rule for part days is ours.
    """
    national = all(name in frame for name in _BANDS)
    if not national and not all(name in frame for name in _CALLS):
        raise DataError(words.NO_LOG)
    frame, shared = _unshared(frame) if national else (frame, 0)
    days = _days(frame, national)
    kept = days.loc[days["kind"] == FULL, "date"]
    if len(kept) < least_days:
        raise DataError(words.too_few(len(kept), int(days["calls"].sum()), least_days))
    left = frame[frame["start"].dt.normalize().isin(kept)].reset_index(drop=True)
    return PhoneLog(
        None if national else left,
        left if national else None,
        days,
        words.notes(days, national, shared),
    )


def _unshared(frame: pd.DataFrame) -> tuple[pd.DataFrame, int]:
    """Leave out lines that several practices share, and say how many calls came in on them."""
    own, shared = without_shared_lines(frame)
    return own, int(_all_calls(shared)["count"].sum()) if len(shared) else 0


def _all_calls(frame: pd.DataFrame) -> pd.DataFrame:
    whole = calls_in(frame)
    return whole if len(whole) else calls_by_fate(frame)


def _days(frame: pd.DataFrame, national: bool) -> pd.DataFrame:
    """Give each day its calls, and say whether it is a whole working day."""
    if national:
        frame = _all_calls(frame)
    if not len(frame):
        raise DataError(words.too_few(0, 0, LEAST_DAYS))
    start = frame["start"]
    count = frame["count"] if "count" in frame else pd.Series(1, index=frame.index)
    minute = start.dt.hour * 60 + start.dt.minute
    table = pd.DataFrame({"date": start.dt.normalize(), "calls": count, "minute": minute})
    found = table.groupby("date").agg(
        calls=("calls", "sum"), first=("minute", "min"), last=("minute", "max")
    )
    days = found.reset_index()
    date = days["date"].to_numpy().astype("datetime64[D]")
    holidays = np.isin(date, bank_holidays(date[0], date[-1]))
    weekend = ~np.is_busday(date)
    kind = np.where(weekend, WEEKEND, np.where(holidays, HOLIDAY, FULL)).astype(object)
    if not national:
        kind[_cut(days, kind == FULL)] = PART_DAY
    return pd.DataFrame(
        {
            "date": days["date"],
            "weekday": days["date"].dt.day_name(),
            "calls": days["calls"].astype("int64"),
            "kind": kind,
        }
    )


def _cut(days: pd.DataFrame, full: np.ndarray) -> np.ndarray:
    """Say which of the first and the last working day the log holds only a part of."""
    cut = np.zeros(len(days), dtype=bool)
    places = np.flatnonzero(full)
    if len(places) < 3:
        return cut
    first: Floats = days["first"].to_numpy(dtype="float64")
    last: Floats = days["last"].to_numpy(dtype="float64")
    begins = np.median(first[places[1:]])
    ends = np.median(last[places[:-1]])
    cut[places[0]] = first[places[0]] >= begins + PART
    cut[places[-1]] = last[places[-1]] <= ends - PART
    return cut
