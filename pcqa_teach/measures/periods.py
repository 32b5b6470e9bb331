"""Whole days, weeks or months of a table, and what has to be said about them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach import sayings
from pcqa_teach.errors import DataError
from pcqa_teach.measures import calendar, words
from pcqa_teach.measures.calendar import Days
from pcqa_teach.measures.outcomes import check, horizon

_EVERY = ("day", "week", "month")


@dataclass(frozen=True)
class Periods:
    """The whole periods of a table, each row's place among them, and the notes to print."""

    every: str
    starts: Days
    place: NDArray[np.int64]  # a row's period; -1 where it belongs to none that is whole
    notes: tuple[str, ...]


def granularity(appts: pd.DataFrame) -> str:
    """Say whether the rows stand for days or for months.

    Raises
    ------
    DataError
        If the table mixes both.
    """
    check(appts)
    found = sorted({str(value) for value in appts["period"].unique()})
    if len(found) > 1:
        raise DataError(
            "This table mixes daily and monthly figures: read the practice's export and the "
            "national file one at a time."
        )
    return found[0]


def span(appts: pd.DataFrame) -> str:
    """Write the first and the last day, or month, of a table."""
    said = sayings.day if granularity(appts) == "day" else words.month
    first, last = said(appts["date"].min()), said(appts["date"].max())
    return first if first == last else f"{first} to {last}"


def periods(appts: pd.DataFrame, every: str | None = None) -> Periods:
    """Lay the table out in whole weeks (a day-by-day export) or months (a national file).

    A week runs from Monday. The first and the last are kept only if no working day of theirs lies
    outside the table; days after the last recorded outcome had not happened, and are left out.

    Parameters
    ----------
    appts : tidy table
    every : {None, "day", "week", "month"}
        None: weeks of daily rows, months of monthly rows.

    Raises
    ------
    DataError
        If the table is empty, mixes days and months, or holds months and weeks are asked for.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = pd.date_range("2026-03-04", "2026-03-24")  # Wednesday to Tuesday
    >>> laid_out = periods(tidy(date=days, status=["Attended"] * len(days)))
    >>> [str(start) for start in laid_out.starts], laid_out.notes
    (['2026-03-09', '2026-03-16'], ('Whole weeks only: the part-weeks at both ends are left out.',))
    """
    kind = granularity(appts)
    every = _chosen(every, kind)
    dates = appts["date"].to_numpy().astype("datetime64[D]")
    first, last = dates.min(), np.datetime64(horizon(appts), "D")
    starts = calendar.every_start(first, last, every)
    notes: list[str] = []
    if kind == "day" and dates.max() > last:
        notes.append(words.not_yet(last))
    if kind == "day" and every != "day":
        starts, cut = _whole(starts, first, last, every)
        notes += words.part_periods(every, cut)
    if every == "day":
        starts = starts[np.is_busday(starts, holidays=_holidays(starts)) | np.isin(starts, dates)]
    place = _places(calendar.period_start(dates, every), starts)
    notes += _gaps(starts, place, every)
    if kind == "month":
        notes += _short_last(appts, starts, place)
    return Periods(every, starts, place, tuple(notes))


def _chosen(every: str | None, kind: str) -> str:
    if every is None:
        return "week" if kind == "day" else "month"
    if every not in _EVERY:
        raise DataError(f"every='{every}' is not known: use 'day', 'week' or 'month'.")
    if kind == "month" and every != "month":
        raise DataError(
            f"This file counts whole months, so it cannot be shown by the {every}: use "
            "every='month', or bring a practice's own appointment report."
        )
    return every


def _whole(
    starts: Days, first: np.datetime64, last: np.datetime64, every: str
) -> tuple[Days, list[str]]:
    """Drop a first or last period that the table does not cover, and say which ends were cut."""
    after = calendar.next_start(starts, every)[-1]
    early = calendar.work_between(starts[0], first) > 0
    late = calendar.work_between(last + np.timedelta64(1, "D"), after) > 0
    kept = starts[int(early) : len(starts) - int(late)]
    return kept, [end for end, cut in (("first", early), ("last", late)) if cut]


def _places(row_starts: Days, starts: Days) -> NDArray[np.int64]:
    if not len(starts):
        return np.full(len(row_starts), -1, dtype="int64")
    place = np.searchsorted(starts, row_starts).clip(max=len(starts) - 1)
    return np.where(starts[place] == row_starts, place, -1).astype("int64")


def _gaps(starts: Days, place: NDArray[np.int64], every: str) -> list[str]:
    seen = np.bincount(place[place >= 0], minlength=len(starts))
    return words.no_rows(starts[seen == 0], every)


def _short_last(appts: pd.DataFrame, starts: Days, place: NDArray[np.int64]) -> list[str]:
    """Doubt a last month with under half of the others' usual appointments a working day."""
    if len(starts) < 3:
        return []
    total = np.bincount(place[place >= 0], appts["count"].to_numpy()[place >= 0], len(starts))
    a_day = total / calendar.working_days(starts, "month")
    return words.short_last(starts[-1]) if a_day[-1] < np.median(a_day[:-1]) / 2 else []


def _holidays(starts: Days) -> Days:
    return calendar.bank_holidays(starts[0], starts[-1])
