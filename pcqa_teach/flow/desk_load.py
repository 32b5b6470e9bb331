"""How many people's work the calls are, quarter by quarter, against who is there to answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints, number, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.bounds import FROM_ZERO
from pcqa_teach.flow.outcomes import call_outcomes
from pcqa_teach.flow.phones import opening
from pcqa_teach.flow.profile import CallProfile, call_profile
from pcqa_teach.flow.staffing import agents_needed
from pcqa_teach.sayings import clock

TALK, WRAP_UP, PATIENCE = 144.0, 60.0, 240.0  # seconds: our assumptions
SHARE, WITHIN = 0.8, 60.0
_QUARTER = 900.0
_NEVER_REACHED = ("Ended in menu",)


@dataclass(frozen=True, eq=False, repr=False)
class DeskLoad(Shown):
    """The work that comes to the telephones on an average day, and the staff it meets.

    Parameters
    ----------
    quarters : DataFrame, a row a quarter of an hour: minute, clock, people (who want the desk for
        the first time; calls where people are not known), load (people's work), staff (missing
        where that was not said), over (whether the load is as large as the staff, or larger),
        needed (the fewest staff for `share` answered within `within_seconds`, Erlang A)
    weekday : the day of the week, or None for Monday to Friday together
    days : how many days it is the average of
    talk, wrap_up : seconds of a call, and of writing it up
    talk_known : whether the log says how long calls take
    method : how people were told from calls ("caller", "redial_of", "stated"), or None
    reached : the share of people who were answered, as the log has it; missing where not known
    share, within_seconds, patience : what `needed` rests on
    """

    quarters: pd.DataFrame
    weekday: str | None
    days: int
    talk: float
    wrap_up: float
    talk_known: bool
    method: str | None
    reached: float
    share: float = SHARE
    within_seconds: float = WITHIN
    patience: float = PATIENCE

    @property
    def table(self) -> pd.DataFrame:
        """The quarters of an hour, a row each."""
        return self.quarters

    @property
    def handling(self) -> float:
        """Seconds of a call with its writing up."""
        return self.talk + self.wrap_up

    @property
    def staffed(self) -> bool:
        """Whether it was said who answers."""
        return bool(self.quarters["staff"].notna().all())

    @property
    def over(self) -> pd.DataFrame:
        """The quarters of an hour in which the load is as large as the staff, or larger."""
        return self.quarters[self.quarters["over"]]

    def _showing(self) -> Showing:
        from pcqa_teach.flow import desk_load_draw as draw
        from pcqa_teach.flow import desk_load_words as words

        return Showing(words.message, words.explained, words.alt, draw.figure)


def desk_load(
    calls: pd.DataFrame,
    staff: object = None,
    *,
    weekday: str | None = None,
    talk_seconds: object = None,
    wrap_up_seconds: object = WRAP_UP,
    redial: object = 0.6,
    opens: str = "08:00",
    closes: str = "18:30",
) -> DeskLoad:
    """Return the load on the desk by quarter of an hour, and the staff that meet it.

    load = people who want the desk in a quarter of an hour x seconds a call / 900

    People, not calls: whoever rings three times wants one answer. Calls that ended in the menu
    never reach the desk and are left out; who asked to be rung back wants an answer too.

    Parameters
    ----------
    calls : telephone log, as `phone_log` gives it
    staff : how many answer: a number, or a table of times and numbers, ``{"08:00": 3, "10:00": 2}``
        (each holds until the next); None where it is not known
    weekday : one day of the week alone, as "Monday"
    talk_seconds : mean length of a call; None: that of the log, else our assumption of 2.4 minutes
    wrap_up_seconds : writing up after each call, which logs do not hold; a minute is our assumption
    redial : the share who ring again after giving up, used only where the log does not show it
    opens, closes : the hours to look at

    Raises
    ------
    DataError
        There are no such calls, the log counts by more than a quarter of an hour, or a number
        cannot be used.

    Examples
    --------
    Five calls in a quarter of an hour, of 120 seconds and a minute's writing up, one person there:

    >>> rows = pd.DataFrame({"start": pd.to_datetime([f"2025-03-03 08:0{m}" for m in range(5)]),
    ...                      "outcome": "Answered", "handled_s": 120.0, "caller": list("abcde")})
    >>> desk = desk_load(rows, staff=1, closes="08:30")
    >>> desk.quarters[["people", "load", "over"]].values.tolist()
    [[5.0, 1.0, True], [0.0, 0.0, False]]

    Source: load is Erlang's (1917); `needed` is Erlang A (Mandelbaum and Zeltyn 2005).
    """
    if "period" in calls and calls["period"].isin(["half-hour", "hour"]).any():
        raise DataError(
            "This log counts by longer than a quarter of an hour, so the work of each quarter of "
            "an hour cannot be worked out: ask the supplier for a row a call."
        )
    asked = calls[~calls["outcome"].astype(object).isin(_NEVER_REACHED)].reset_index(drop=True)
    if not len(asked):
        raise DataError("Every call in this log ended in the menu, so none reached the desk.")
    shape = first_tries(asked, redial)
    people = shape.arrivals(weekday, opens, closes)
    known = talk_seconds is None and "handled_s" in calls and calls["handled_s"].notna().any()
    talk = _talk(calls) if known else number(
        TALK if talk_seconds is None else talk_seconds, "talk_seconds", TALK, above=0, high=7200
    )  # fmt: skip
    wrap_up = number(wrap_up_seconds, "wrap_up_seconds", WRAP_UP, **FROM_ZERO)
    there = staff_by_quarter(staff, opens, closes)
    load = people * (talk + wrap_up) / _QUARTER
    minute = opening(opens) + 15 * np.arange(len(people))
    quarters = pd.DataFrame(
        {
            "minute": minute,
            "clock": [clock(int(one)) for one in minute],
            "people": people,
            "load": load,
            "staff": there if there is not None else np.full(len(people), np.nan),
            "over": load >= there if there is not None else np.zeros(len(people), dtype=bool),
            "needed": _needed(people, talk + wrap_up),
        }
    )
    quarters["over"] &= quarters["people"] > 0
    days = shape.weekdays.set_index("weekday")["days"]
    return DeskLoad(
        quarters=quarters,
        weekday=weekday,
        days=int(days.sum() if weekday is None else days[weekday]),
        talk=talk,
        wrap_up=wrap_up,
        talk_known=bool(known),
        method=shape.method,
        reached=call_outcomes(asked, weekday=weekday, opens=opens, closes=closes).share_reached,
    )


def first_tries(calls: pd.DataFrame, redial: object = 0.6) -> CallProfile:
    """Return when people first try: by their numbers, else by a stated share who ring again.

    Where a log neither tells callers apart nor has calls that were given up, calls stand for
    people.
    """
    count = "count" if "count" in calls else None
    shape = call_profile(calls, count=count)
    if shape.method is not None:
        return shape
    try:
        return call_profile(calls, count=count, redial=redial)
    except DataError:
        return shape


def staff_by_quarter(staff: object, opens: str = "08:00", closes: str = "18:30") -> Ints | None:
    """Return how many answer in each quarter of an hour; None where nobody said.

    Examples
    --------
    >>> staff_by_quarter({"08:00": 3, "08:30": 2}, "08:00", "09:00").tolist()
    [3, 3, 2, 2]
    """
    begin, end = opening(opens), opening(closes)
    minutes = np.arange(begin, end, 15)
    if staff is None:
        return None
    if not isinstance(staff, Mapping):
        return np.full(len(minutes), whole(staff, "staff", 3, low=1, high=500), dtype=np.int64)
    if not staff:
        raise DataError("staff is empty: write staff=3, or staff={'08:00': 3, '10:00': 2}.")
    steps = sorted(
        (opening(at), whole(many, "staff", 3, low=0, high=500)) for at, many in staff.items()
    )
    if steps[0][0] > begin:
        raise DataError(
            f"staff begins at {clock(steps[0][0])}, and the lines open at {opens}: say how many "
            "answer from then on."
        )
    starts = np.array([at for at, _ in steps])
    many = np.array([many for _, many in steps], dtype=np.int64)
    found: Ints = many[np.searchsorted(starts, minutes, side="right") - 1]
    if not found.any():
        raise DataError("staff is nought all day: somebody must answer, give staff=3, say.")
    return found


def _talk(calls: pd.DataFrame) -> float:
    """Return the mean length of answered calls, each row by how many it stands for."""
    known = calls["handled_s"].notna() & (calls["outcome"].astype(object) == "Answered")
    if not known.any():
        return TALK
    rows = calls[known]
    weight = rows["count"].to_numpy(float) if "count" in rows else np.ones(len(rows))
    return max(float(np.average(rows["handled_s"].to_numpy(float), weights=weight)), 1.0)


def _needed(people: Floats, handling: float) -> Ints:
    """Return the fewest staff that would do, by Erlang A; none where nobody rings."""
    found = agents_needed(people * 4, handling, SHARE, WITHIN, PATIENCE).table["agents"]
    return np.where(people > 0, found.to_numpy(), 0).astype(np.int64)
