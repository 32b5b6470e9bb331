"""One series for each kind of file: x (the week, or the month), value, n."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.errors import DataError
from pcqa_teach.flow.periods import in_periods
from pcqa_teach.flow.profile import EARLY
from pcqa_teach.privacy import SMALL

ANSWERED_WELL = 4  # of 1 to 5: 4 mostly, 5 fully
CULTURE = ("say", "try")
_WEEKS = 12  # a chart's baseline; with fewer weeks of a tally its days are the points


def met_on_the_day(tally: pd.DataFrame) -> pd.DataFrame:
    """Return the share of asks that were met, in per cent: done, or given a time.

    value = 100 x (done + given a time) / asks of which it is known what became of them

    Weeks; where the tally has fewer than 12 of them, its days.

    Examples
    --------
    >>> days = pd.to_datetime(["2025-03-03"] * 4 + ["2025-03-04"] * 2)
    >>> ended = ["done", "given a time", "told to come back", None, "done", "done"]
    >>> met_on_the_day(pd.DataFrame({"date": days, "became": ended}))["value"].round(1).tolist()
    [66.7, 100.0]
    """
    if "became" not in tally or "date" not in tally:
        raise DataError(
            "This tally does not say what became of each ask, or on which day it came: write "
            "done, given a time or told to come back beside each."
        )
    known = tally[tally["became"].notna() & tally["date"].notna()]
    if known.empty:
        raise DataError("In this tally nobody noted what became of an ask.")
    met = np.where(known["became"].astype(str) == "told to come back", 0.0, 1.0)
    weeks = (known["date"] - pd.to_timedelta(known["date"].dt.day_of_week, unit="D")).nunique()
    every = "week" if weeks >= _WEEKS else "day"
    return weekly_share(known, "date", met, np.ones(len(known), dtype=np.float64), every)


def early_share(calls: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each week's calls that come from 08:00 to 10:00, in per cent.

    `calls` has `start` and `count`: a telephone log, or stretches of the day that begin on the
    hour. Calls are counted, not people: whoever rings again is counted again.

    Examples
    --------
    >>> week = pd.to_datetime([f"2025-03-0{day} {hour}:00" for day in (3, 4, 5, 6, 7)
    ...                        for hour in ("08", "14")])
    >>> both = pd.DataFrame({"start": week, "count": [30, 70] * 5})
    >>> early_share(both)[["value", "n"]].values.tolist()
    [[30.0, 500.0]]
    """
    minute = (calls["start"].dt.hour * 60 + calls["start"].dt.minute).to_numpy()
    early = ((minute >= EARLY[0]) & (minute < EARLY[1])).astype(np.float64)
    count = calls["count"].to_numpy(dtype=np.float64)
    return weekly_share(calls, "start", early * count, count)


def answered_share(calls: pd.DataFrame) -> pd.DataFrame:
    """Return the share of each week's calls that somebody answered, in per cent.

    Examples
    --------
    >>> when = pd.to_datetime(["2025-03-03 09:00"] * 2)
    >>> answered_share(pd.DataFrame({"start": when, "count": [9, 1],
    ...                              "outcome": ["Answered", "Missed"]}))["value"].tolist()
    [90.0]
    """
    if "outcome" not in calls or not calls["outcome"].astype(str).eq("Answered").any():
        raise DataError("This log does not say which calls were answered.")
    answered = calls["outcome"].astype(str).eq("Answered").to_numpy(dtype=np.float64)
    count = calls["count"].to_numpy(dtype=np.float64)
    return weekly_share(calls, "start", answered * count, count)


def pulse_mean(pulse: pd.DataFrame, statements: tuple[str, ...] = ("pulse",)) -> pd.DataFrame:
    """Return the mean of some statements of the staff pulse by week, 1 to 5, and its answers.

    Examples
    --------
    >>> week = pd.DataFrame({"week": pd.to_datetime(["2025-03-03"]), "answers": [9],
    ...                      "say": [3.0], "try": [4.0]})
    >>> pulse_mean(week, CULTURE)[["value", "n"]].values.tolist()
    [[3.5, 9.0]]
    """
    there = [name for name in statements if name in pulse]
    if len(there) < len(statements):
        raise DataError(
            "This pulse does not hold the statements on speaking up and on trying out, or fewer "
            f"than {SMALL} answered them: ask them every week."
        )
    frame = pd.DataFrame({"x": pulse["week"], "value": pulse[there].mean(axis=1, skipna=False)})
    frame["n"] = pulse["answers"].astype(float)
    return frame.dropna(subset="value").reset_index(drop=True)


def went_well_share(survey: pd.DataFrame, question: str = "overall") -> pd.DataFrame:
    """Return the share of a month's answers that are 4 or 5 of 5, in per cent.

    Examples
    --------
    >>> march = pd.DataFrame({"month": pd.to_datetime(["2025-03-01"] * 2),
    ...                       "question": ["overall"] * 2, "answer": [2, 5], "count": [5, 15]})
    >>> went_well_share(march)[["value", "n"]].values.tolist()
    [[75.0, 20.0]]
    """
    rows = survey[survey["question"].astype(str) == question]
    if rows.empty:
        raise DataError(
            "This survey has no month with five answers or more to 'All in all it went well': "
            "ask that statement too."
        )
    well = rows["count"].where(rows["answer"] >= ANSWERED_WELL, 0)
    added = pd.DataFrame({"x": rows["month"], "well": well, "n": rows["count"].astype(float)})
    monthly = added.groupby("x", as_index=False).sum()
    monthly["value"] = 100 * monthly["well"] / monthly["n"]
    return monthly[["x", "value", "n"]]


def weekly_share(
    frame: pd.DataFrame, x: str, part: Floats, whole: Floats, every: str = "week"
) -> pd.DataFrame:
    """Return a part of a whole by week (or day), in per cent; part-weeks at the ends are left out.

    Examples
    --------
    >>> days = pd.DataFrame({"date": pd.to_datetime(["2025-03-03", "2025-03-04"])})
    >>> weekly_share(days, "date", np.array([1.0, 2.0]), np.array([4.0, 6.0]))["value"].tolist()
    [30.0]
    """
    added, _ = in_periods(frame, x, {"part": part, "n": whole}, every)
    added = added[added["n"] > 0]
    added["value"] = 100 * added["part"] / added["n"]
    return added[["x", "value", "n"]].reset_index(drop=True)
