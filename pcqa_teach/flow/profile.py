"""The shape of the day and of the week in a practice's calls; and why calls are not people."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints, number
from pcqa_teach.columns import amounts, column, table_of, times
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.phones import opening
from pcqa_teach.flow.redials import LINKED, begins_chain, people_of
from pcqa_teach.sayings import clock

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EARLY = (480, 600)  # 08:00 to 10:00, the band of the national figures
GAVE_UP = ("Missed", "Abandoned", "gave up", "engaged")


@dataclass(frozen=True, eq=False, repr=False)
class CallProfile(Shown):
    """When calls come.

    Parameters
    ----------
    quarters : DataFrame, a row a weekday and quarter of an hour (96 a day): weekday, minute, clock,
        calls and people, each on an average day of that weekday
    weekdays : DataFrame, a row a weekday with calls: weekday, days, calls, calls_a_day, index
        (against the mean of the weekdays), share (of an average week), early_a_day (08:00 to
        10:00), early_share (of that weekday's calls)
    calls : all calls counted
    people : how many of them were first attempts, by `method`; None if that cannot be known
    method : "redial_of" (the file says), "caller" (by number), "stated" (by `redial`), or None
    redial : the stated share, or None
    first, last : the first and the last day
    """

    quarters: pd.DataFrame
    weekdays: pd.DataFrame
    calls: int
    people: float | None
    method: str | None
    redial: float | None
    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def table(self) -> pd.DataFrame:
        """The weekdays, a row each."""
        return self.weekdays

    @property
    def monday_share(self) -> float:
        """The share of Monday's calls that come from 08:00 to 10:00; NaN without a Monday."""
        return float(self._early("Monday")["early_share"].mean())

    @property
    def monday_ratio(self) -> float:
        """Monday's calls from 08:00 to 10:00 against the mean of Tuesday to Friday's."""
        others = self._early(*WEEKDAYS[1:5])["early_a_day"].mean()
        return float(self._early("Monday")["early_a_day"].mean() / others) if others else np.nan

    @property
    def early(self) -> dict[str, float]:
        """Calls from 08:00 to 10:00: on a Monday, on a day of Tuesday to Friday, and their share.

        monday, others (calls a day); monday_share, others_share (of the calls of those days)
        """
        monday, others = self._early("Monday"), self._early(*WEEKDAYS[1:5])
        calls = float(others["calls_a_day"].sum())
        return {
            "monday": float(monday["early_a_day"].mean()),
            "others": float(others["early_a_day"].mean()),
            "monday_share": self.monday_share,
            "others_share": float(others["early_a_day"].sum()) / calls if calls else np.nan,
        }

    def _early(self, *names: str) -> pd.DataFrame:
        return self.weekdays[self.weekdays["weekday"].isin(names)]

    def arrivals(
        self, weekday: str | None = None, opens: str = "08:00", closes: str = "18:30"
    ) -> Floats:
        """Return people (calls, if people are not known) a quarter of an hour, opening to closing.

        It is what `simulate_phones` wants; leave out first the calls that never reach the queue.
        """
        begin, end = opening(opens), opening(closes)
        if end <= begin:
            raise DataError("closes is not after opens: give opens='08:00', closes='18:30'.")
        table = self.quarters
        if weekday is not None:
            table = table[table["weekday"] == weekday]
            if table.empty:
                seen = ", ".join(self.weekdays["weekday"])
                raise DataError(f"There are no calls on '{weekday}': choose one of {seen}.")
        inside = table[(table["minute"] >= begin) & (table["minute"] < end)]
        days = self.weekdays.set_index("weekday")["days"].reindex(inside["weekday"]).to_numpy()
        each = inside["calls" if self.people is None else "people"].to_numpy() * days
        total = pd.Series(each).groupby(inside["minute"].to_numpy()).sum()
        chosen = self.weekdays["weekday"].isin(table["weekday"])
        return total.to_numpy(dtype=np.float64) / float(self.weekdays.loc[chosen, "days"].sum())

    def _showing(self) -> Showing:
        from pcqa_teach.flow import phone_draw as draw
        from pcqa_teach.flow import phone_words as words

        return Showing(
            words.profile_message, words.profile_explained, words.profile_alt, draw.profile
        )


def call_profile(
    calls: object,
    start: str = "start",
    count: str | None = None,
    outcome: str = "outcome",
    redial: object = None,
    redial_of: str = "redial_of",
    gave_up: tuple[str, ...] = GAVE_UP,
) -> CallProfile:
    """Return calls by quarter of an hour and weekday, and an estimate of the people behind them.

    people = calls that neither the `caller` nor, where no number is known, a `redial_of` joins to
    one in the half-hour before (without a `call_id`: calls without a `redial_of`); otherwise
    people = calls - redial x calls that gave up, since a share `redial` of those rings again.

    Parameters
    ----------
    calls : DataFrame with a row a call, or a Series of times
        Times with a time zone are turned to London's; others are taken as they stand.
    start, outcome, redial_of : str
        The columns with the time, with what became of the call, and with the call it repeats.
    count : str, optional
        A column of how many calls the row stands for, if the file is already counted up.
    redial : number, optional
        The stated share who ring again after giving up, where `redial_of` is missing.
    gave_up : tuple of str
        The outcomes that mean somebody gave up or was turned away.

    Raises
    ------
    DataError
        If a column is missing, a time cannot be read, or `redial` is given without outcomes.

    Examples
    --------
    >>> day = pd.to_datetime(["2025-03-03 08:00", "2025-03-03 08:05", "2025-03-03 08:20",
    ...                       "2025-03-03 11:00", "2025-03-04 09:00"])
    >>> shape = call_profile(pd.DataFrame({"start": day, "redial_of": [None, 1, None, None, None]}))
    >>> shape.monday_share, shape.monday_ratio, shape.people
    (0.75, 3.0, 4.0)

    Source: the band is that of NHS England's cloud-based telephony; the sum for people is ours.
    """
    frame = calls.to_frame(start) if isinstance(calls, pd.Series) else calls
    rows = table_of(frame, "calls")
    when = times(column(rows, start, "start="), start, london=True)
    weight = np.ones(len(rows)) if count is None else amounts(rows, count, "count=")
    if weight.sum() <= 0:
        raise DataError(f"Column '{count}' counts no calls at all: bring a file with calls in it.")
    first, method, stated = _first_calls(rows, when, weight, outcome, redial, redial_of, gave_up)
    weekdays, days = _weekdays(when, weight)
    return CallProfile(
        quarters=_quarters(when, weight, first, days),
        weekdays=weekdays,
        calls=round(float(weight.sum())),
        people=None if method is None else float(first.sum()),
        method=method,
        redial=stated,
        first=when.min().normalize(),
        last=when.max().normalize(),
    )


def _first_calls(
    table: pd.DataFrame,
    when: pd.Series[Any],
    weight: Floats,
    outcome: str,
    redial: object,
    redial_of: str,
    gave_up: tuple[str, ...],
) -> tuple[Floats, str | None, float | None]:
    """Give what each row counts towards people, and how that was found."""
    if redial is None:
        chain, method, _ = people_of(table, when, bool((weight == 1).all()), redial_of=redial_of)
        if chain is not None:
            return weight * begins_chain(when, chain), method, None
        if redial_of in table.columns:
            return weight * table[redial_of].isna().to_numpy(), LINKED, None
        return weight, None, None
    chance = number(redial, "redial", 0.6, low=0, high=0.95)
    if outcome not in table.columns:
        raise DataError(
            f"There is no column '{outcome}', so it is not known who gave up: name the column "
            "with outcome=..., or leave redial out."
        )
    lost = table[outcome].astype(object).isin(list(gave_up)).to_numpy()
    if not lost.any():
        raise DataError(
            f"No call in column '{outcome}' has one of the outcomes {', '.join(gave_up)}: say "
            "which of yours mean giving up with gave_up=(...)."
        )
    return weight * np.where(lost, 1 - chance, 1.0), "stated", chance


def _weekdays(when: pd.Series[Any], weight: Floats) -> tuple[pd.DataFrame, Ints]:
    number = when.dt.day_of_week.to_numpy()
    minute = (when.dt.hour * 60 + when.dt.minute).to_numpy()
    early = (minute >= EARLY[0]) & (minute < EARLY[1])
    dates = pd.Series(when.dt.normalize().unique())
    days = np.bincount(dates.dt.day_of_week, minlength=7)
    total = np.bincount(number, weight, 7)
    first = np.bincount(number, weight * early, 7)
    seen = (days > 0) & (total > 0)
    a_day = total[seen] / days[seen]
    working = a_day[np.flatnonzero(seen) < 5]
    mean = float(working.mean()) if len(working) else float(a_day.mean())
    frame = pd.DataFrame(
        {
            "weekday": np.array(WEEKDAYS)[seen],
            "days": days[seen],
            "calls": total[seen],
            "calls_a_day": a_day,
            "index": a_day / mean,
            "share": a_day / a_day.sum(),
            "early_a_day": first[seen] / days[seen],
            "early_share": first[seen] / total[seen],
        }
    )
    return frame, days


def _quarters(when: pd.Series[Any], weight: Floats, first: Floats, days: Ints) -> pd.DataFrame:
    number = when.dt.day_of_week.to_numpy()
    quarter = (when.dt.hour * 4 + when.dt.minute // 15).to_numpy()
    cell = number * 96 + quarter
    seen = np.repeat(np.bincount(number, weight, 7) > 0, 96)
    each = np.repeat(np.maximum(days, 1), 96)
    minute = np.tile(15 * np.arange(96), 7)
    frame = pd.DataFrame(
        {
            "weekday": np.repeat(WEEKDAYS, 96),
            "minute": minute,
            "clock": [clock(int(m)) for m in minute],
            "calls": np.bincount(cell, weight, 7 * 96) / each,
            "people": np.bincount(cell, first, 7 * 96) / each,
        }
    )
    return frame[seen].reset_index(drop=True)
