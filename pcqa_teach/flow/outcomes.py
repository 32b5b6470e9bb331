"""What became of calls by quarter of an hour: answered or given up, their waits, and people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints, number
from pcqa_teach.columns import amounts, column, table_of, times
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.phones import opening
from pcqa_teach.flow.profile import GAVE_UP, WEEKDAYS
from pcqa_teach.flow.redials import WITHIN, begins_chain, people_of
from pcqa_teach.sayings import clock

ANSWERED = ("Answered", "answered")
FATES = ("answered", "missed", "in_menu", "call_back", "other")
_MENU, _BACK = ("Ended in menu",), ("Call-back asked",)


@dataclass(frozen=True, eq=False, repr=False)
class CallOutcomes(Shown):
    """What became of calls.

    Parameters
    ----------
    quarters : DataFrame, a row a quarter of an hour: minute, clock, offered, answered, missed,
        in_menu, call_back, other (calls, over all days), median_wait_s, p90_wait_s (of answered
        calls; missing where waits are not known call by call), redials, people (first tries)
    total : Series, the same for the whole of the hours
    days : how many days with calls
    method : "caller" or "redial_of": how redials are known; None where they are not
    reached : people of whom at least one call was answered, counted by the quarter of their first
        try; None where redials are not known
    unlinked : calls from withheld numbers, each taken for a new person
    within_minutes, weekday : what was asked for
    first, last : the first and the last day
    """

    quarters: pd.DataFrame
    total: pd.Series
    days: int
    method: str | None
    reached: int | None
    unlinked: int
    within_minutes: float
    weekday: str | None
    first: pd.Timestamp
    last: pd.Timestamp

    @property
    def table(self) -> pd.DataFrame:
        """The quarters of an hour, a row each."""
        return self.quarters

    @property
    def share_answered(self) -> float:
        """The share of calls that were answered."""
        return float(self.total["answered"] / self.total["offered"])

    @property
    def share_reached(self) -> float:
        """The share of people who were answered at last; NaN where people are not known."""
        return np.nan if self.reached is None else float(self.reached / self.total["people"])

    def _showing(self) -> Showing:
        from pcqa_teach.flow import outcomes_draw as draw
        from pcqa_teach.flow import outcomes_words as words

        return Showing(words.message, words.explained, words.alt, draw.figure)


def call_outcomes(
    calls: pd.DataFrame,
    start: str = "start",
    outcome: str = "outcome",
    *,
    count: str = "count",
    wait: str = "queue_s",
    caller: str = "caller",
    redial_of: str = "redial_of",
    within_minutes: object = WITHIN,
    weekday: str | None = None,
    opens: str = "08:00",
    closes: str = "18:30",
) -> CallOutcomes:
    """Return calls by quarter of an hour: offered, answered, given up, waits, redials and people.

    people = calls - redials;   a redial: the same number, within `within_minutes` of its last call

    Where the log has no numbers, calls joined by `redial_of` are taken for those of one number. The
    order of the rows does not matter.

    Parameters
    ----------
    calls : telephone log, as `pcqa.read` gives it, or a table with a row a call
    start, outcome : its columns of times, and of what became of each call
    count, wait, caller, redial_of : columns that are used where they are there: calls that a row
        stands for, seconds waited, a code for the number, the call that one repeats
    within_minutes : number
        How soon somebody must ring again to be the same person asking again.
    weekday : str, optional
        One weekday alone, as "Monday".
    opens, closes : str
        The hours to look at.

    Raises
    ------
    DataError
        A column is missing, there are no calls in these hours or on that weekday, or a time cannot
        be read.

    Examples
    --------
    Five calls of three people, one of whom rings three times:

    >>> rows = pd.DataFrame({
    ...     "start": pd.to_datetime(["2025-03-03 08:00", "2025-03-03 08:04", "2025-03-03 08:06",
    ...                              "2025-03-03 08:20", "2025-03-03 08:22"]),
    ...     "outcome": ["Missed", "Answered", "Missed", "Answered", "Ended in menu"],
    ...     "queue_s": [120, 30, 90, 60, 0], "caller": ["a", "b", "a", "a", "c"]})
    >>> found = call_outcomes(rows)
    >>> found.total[["offered", "answered", "missed", "redials", "people"]].astype(int).tolist()
    [5, 2, 2, 2, 3]
    >>> found.reached, found.quarters["median_wait_s"].tolist()[:2]
    (2, [30.0, 60.0])

    Source: the outcomes are those of NHS England's cloud-based telephony; the rule for redials is
    ours.
    """
    rows = table_of(calls, "calls")
    when = times(column(rows, start, "start="), start, london=True)
    fate = _fates(column(rows, outcome, "outcome="))
    weight = amounts(rows, count, "count=") if count in rows else np.ones(len(rows))
    waited = amounts(rows, wait, "wait=", gaps=True) if wait in rows else np.full(len(rows), np.nan)
    single = bool((weight == 1).all()) and _by_the_call(rows)
    minutes = number(within_minutes, "within_minutes", WITHIN, above=0, high=24 * 60)
    chain, method, unlinked = people_of(
        rows, when, single, caller=caller, redial_of=redial_of, minutes=minutes
    )
    first = np.ones(len(rows), bool) if chain is None else begins_chain(when, chain)
    begin, end = opening(opens), opening(closes)
    minute = (when.dt.hour * 60 + when.dt.minute).to_numpy()
    inside = (minute >= begin) & (minute < end) & _on(when, weekday)
    if not (inside & (weight > 0)).any():
        on = "" if weekday is None else f" on {weekday}s"
        raise DataError(f"There are no calls from {opens} to {closes}{on}: give other hours.")
    table = pd.DataFrame(
        {"quarter": minute // 15 * 15, "fate": fate, "n": weight, "first": first, "wait": waited}
    )[inside]
    reached = None if chain is None else _reached(chain, first & inside, fate)
    dates = when[inside].dt.normalize()
    return CallOutcomes(
        quarters=_quarters(table, begin, end, single, method is not None),
        total=_sums(table, single, method is not None),
        days=int(dates.nunique()),
        method=method,
        reached=reached,
        unlinked=int((unlinked & inside).sum()),
        within_minutes=minutes,
        weekday=weekday,
        first=dates.min(),
        last=dates.max(),
    )


def _by_the_call(rows: pd.DataFrame) -> bool:
    return "period" not in rows or bool((rows["period"] == "call").all())


def _fates(outcome: pd.Series) -> Ints:
    words = outcome.astype(object)
    fate = np.full(len(words), FATES.index("other"))
    for name, labels in (("answered", ANSWERED), ("missed", GAVE_UP), ("in_menu", _MENU),
                         ("call_back", _BACK)):  # fmt: skip
        fate[words.isin(list(labels)).to_numpy()] = FATES.index(name)
    return fate


def _on(when: pd.Series, weekday: str | None) -> np.ndarray:
    if weekday is None:
        return np.ones(len(when), dtype=bool)
    if weekday not in WEEKDAYS:
        raise DataError(f"'{weekday}' is no weekday: choose one of {', '.join(WEEKDAYS)}.")
    return np.asarray(when.dt.day_of_week == WEEKDAYS.index(weekday))


def _reached(chain: Ints, first: np.ndarray, fate: Ints) -> int:
    """Count the chains begun in these hours that hold an answered call."""
    answered = np.unique(chain[fate == FATES.index("answered")])
    return int(np.isin(chain[first], answered).sum())


def _quarters(
    table: pd.DataFrame, begin: int, end: int, single: bool, linked: bool
) -> pd.DataFrame:
    groups = dict(list(table.groupby("quarter")))
    empty = table.iloc[:0]
    minutes = range(begin // 15 * 15, end, 15)
    rows = [_sums(groups.get(minute, empty), single, linked) for minute in minutes]
    frame = pd.DataFrame(rows).reset_index(drop=True)
    whole = ["offered", *FATES, *(["redials", "people"] if linked else [])]
    frame = frame.astype(dict.fromkeys(whole, "int64"))
    frame.insert(0, "minute", list(minutes))
    frame.insert(1, "clock", [clock(minute) for minute in minutes])
    return frame


def _sums(table: pd.DataFrame, single: bool, linked: bool) -> pd.Series:
    counts = np.bincount(table["fate"], table["n"], len(FATES))
    known = table["wait"][(table["fate"] == FATES.index("answered")) & table["wait"].notna()]
    waits: Floats = known.to_numpy() if single else np.empty(0)
    people = float(table["first"].sum()) if linked else np.nan
    return pd.Series(
        {
            "offered": float(table["n"].sum()),
            **dict(zip(FATES, counts.tolist(), strict=True)),
            "median_wait_s": float(np.median(waits)) if len(waits) else np.nan,
            "p90_wait_s": float(np.quantile(waits, 0.9)) if len(waits) else np.nan,
            "redials": float(len(table)) - people,
            "people": people,
        }
    )
