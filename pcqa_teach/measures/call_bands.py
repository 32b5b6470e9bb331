"""The national file's stretches of the day: how many calls, and what became of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.columns import table_of
from pcqa_teach.data.call_bands.schema import is_call_bands
from pcqa_teach.data.call_bands.taking import calls_by_fate, calls_in
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.sayings import clock

MONDAY, OTHERS = "Monday", "Tuesday to Friday"
FATES = {"Answered": "answered", "Missed": "missed", "Ended in menu": "in_menu",
         "Call-back asked": "call_back"}  # fmt: skip


@dataclass(frozen=True, eq=False, repr=False)
class CallBands(Shown):
    """Calls by stretch of the day, on Mondays and on the other weekdays.

    Parameters
    ----------
    rows : DataFrame, a row a group of days and stretch: days (`MONDAY` or `OTHERS`), minute, band
        (in words), calls (a day), share (of the day's calls), and the shares answered, missed,
        in_menu and call_back of the calls whose fate is counted (missing where none is)
    total : calls counted
    practices : how many practices they are of
    first, last : the first and the last day
    """

    rows: pd.DataFrame
    total: int
    practices: int
    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def table(self) -> pd.DataFrame:
        """The stretches, a row each."""
        return self.rows

    def early(self, days: str = MONDAY) -> pd.Series | None:
        """Give the row of 08:00 to 09:59; None where there is none."""
        found = self.rows[(self.rows["days"] == days) & (self.rows["minute"] == 480)]
        return pd.Series(found.iloc[0]) if len(found) else None

    def _showing(self) -> Showing:
        from pcqa_teach.measures import call_bands_draw as draw
        from pcqa_teach.measures import call_bands_words as words

        return Showing(words.message, words.explained, words.alt, draw.figure)


def call_bands(frame: pd.DataFrame) -> CallBands:
    """Return calls a day by stretch of the day, and the shares of their fates.

    Calls, not people; the stretches are two hours long. Calls on a line that several practices
    share are left out where the file names a practice.

    Parameters
    ----------
    frame : tidy frame of calls by stretch of the day, as `pcqa.read` gives it

    Raises
    ------
    DataError
        The table is another one, or counts no calls on working days.

    Examples
    --------
    A Monday and a Tuesday, 30 and 20 calls from eight to ten:

    >>> five = pd.DataFrame({"start": pd.to_datetime(["2025-03-03 08:00", "2025-03-04 08:00"] * 2),
    ...     "minutes": 120, "measure": ["All calls"] * 2 + ["Answered"] * 2,
    ...     "count": [30, 20, 12, 15]})
    >>> call_bands(five).rows[["days", "calls", "answered"]].values.tolist()
    [['Monday', 30.0, 1.0], ['Tuesday to Friday', 20.0, 1.0]]

    Source: NHS England, Cloud Based Telephony Data in General Practice (the counts' definitions).
    """
    rows = table_of(frame, "calls")
    if not is_call_bands(rows):
        raise DataError("This is not the national file of calls by day and time (CBT).")
    if "practice" in rows and rows["practice"].notna().any():
        rows = rows[rows["practice"].notna()]
    fates = calls_by_fate(rows)
    whole = calls_in(rows)
    whole = whole if len(whole) else fates
    whole, fates = (one[one["start"].dt.day_of_week < 5] for one in (whole, fates))
    if not whole["count"].sum() > 0:
        raise DataError("This file counts no calls on a Monday to Friday.")
    out = _counted(whole).merge(_fates(fates), how="left", on=["days", "minute"])
    dates = whole["start"].dt.normalize()
    return CallBands(
        rows=out,
        total=int(whole["count"].sum()),
        practices=int(rows["practice"].nunique()) if "practice" in rows else 0,
        first=dates.min(),
        last=dates.max(),
    )


def _group(start: pd.Series) -> np.ndarray:
    return np.where(start.dt.day_of_week == 0, MONDAY, OTHERS)


def _minute(start: pd.Series) -> pd.Series:
    minute: pd.Series = start.dt.hour * 60 + start.dt.minute
    return minute


def _counted(whole: pd.DataFrame) -> pd.DataFrame:
    start = whole["start"]
    table = whole.assign(days=_group(start), minute=_minute(start), on=start.dt.normalize())
    found = table.groupby(["days", "minute"]).agg(
        calls=("count", "sum"), minutes=("minutes", "max")
    )
    out = found.reset_index()
    out["calls"] = out["calls"] / out["days"].map(table.groupby("days")["on"].nunique())
    out["share"] = out["calls"] / out.groupby("days")["calls"].transform("sum")
    ends = np.minimum(out["minute"] + out["minutes"] - 1, 1439)
    out["band"] = [
        f"{clock(int(a))} to {clock(int(b))}" for a, b in zip(out["minute"], ends, strict=True)
    ]
    return out[["days", "minute", "band", "calls", "share"]]


def _fates(fates: pd.DataFrame) -> pd.DataFrame:
    start = fates["start"]
    names = fates["outcome"].map(FATES)
    by = [pd.Series(_group(start), name="days"), _minute(start).reset_index(drop=True)]
    table = pd.DataFrame({"days": by[0], "minute": by[1], "fate": names.to_numpy(),
                          "count": fates["count"].to_numpy()})  # fmt: skip
    wide = table.pivot_table(index=["days", "minute"], columns="fate", values="count",
                             aggfunc="sum", observed=True)  # fmt: skip
    shares = wide.div(wide.sum(axis=1), axis=0).where(wide.sum(axis=1) > 0)
    shares = shares.reindex(columns=list(FATES.values()))
    out: pd.DataFrame = shares.rename_axis(columns=None).reset_index()
    return out
