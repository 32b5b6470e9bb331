"""One Monday morning at the telephones, many times over: who gets through, who waits, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number, whole
from pcqa_teach.sayings import counted, rounded, seconds

if TYPE_CHECKING:
    from pcqa_teach.flow import PhoneSimulation

# Invented: people who ring for the first time, on average, in each quarter of an hour from 8 to 11.
PEOPLE = (30.0, 17.0, 12.0, 10.0, 9.0, 8.0, 7.0, 7.0, 6.0, 6.0, 6.0, 6.0)
REDIAL = 0.6  # of those who give up, as everywhere in the kit (our assumption)
_NINE, _TEN = 4, 8  # quarters of an hour after eight


@dataclass(frozen=True)
class Morning:
    """What came of one way to set the desk; shares lie between 0 and 1.

    Parameters
    ----------
    run : the simulated mornings
    staff : who answers in each quarter of an hour
    minutes : how long a call takes, on average
    """

    run: PhoneSimulation
    staff: tuple[int, ...]
    minutes: float

    @property
    def hours(self) -> float:
        """The hours of staff at the desk."""
        return sum(self.staff) / 4

    @property
    def first_time(self) -> float:
        """The share of people who are answered at their first try."""
        return self._first_time(0, len(self.staff))

    @property
    def before_nine(self) -> float:
        """The same share of those who first ring from 8 to 9."""
        return self._first_time(0, _NINE)

    @property
    def after_nine(self) -> float:
        """The same share of those who first ring after 9."""
        return self._first_time(_NINE, len(self.staff))

    @property
    def calls_per_100(self) -> float:
        """The calls that 100 people make."""
        mean = self.run.summary["mean"]
        return float(100 * mean["calls"] / mean["people"])

    @property
    def wait(self) -> float:
        """How many seconds those who are answered have waited, on average."""
        return float(self.run.summary.loc["mean_wait_seconds", "mean"])

    def must_wait(self, begin: int, end: int) -> float:
        """Return the share of calls that wait or find no line, of those in quarters begin to end.

        A call counts here whether it is answered in the end or not.
        """
        calls = self._calls(begin, end)
        at_once = (calls["outcome"] == "answered") & (calls["waited_seconds"] == 0)
        return 1 - float(at_once.mean())

    def _first_time(self, begin: int, end: int) -> float:
        calls = self._calls(begin, end)
        return float((calls.loc[calls["attempt"] == 1, "outcome"] == "answered").mean())

    def _calls(self, begin: int, end: int) -> pd.DataFrame:
        calls = self.run.calls
        here = calls["at_seconds"].between(900 * begin, 900 * end, inclusive="left")
        return pd.DataFrame(calls[here])


def one_morning(
    people: Sequence[float],
    early: object,
    later: object,
    minutes: object,
    moved: object,
    fewer: object,
    lines: object,
    redial: object,
    *,
    days: int,
    seed: int,
) -> Morning:
    """Return what comes of a morning; the arguments are those of `EightOclockDesk.morning`.

    >>> found = one_morning(PEOPLE, 5, 2, 2.5, 0, 0, None, True, days=5, seed=1)
    >>> found.hours, found.staff[3:5]
    (9.0, (5, 2))
    """
    from pcqa_teach.flow import simulate_phones

    staff = np.full(len(people), whole(later, "later", 3, low=1, high=20))
    staff[:_NINE] = whole(early, "early", 3, low=1, high=20)
    length = number(minutes, "minutes", 2.5, low=0.5, high=15)
    come = np.array(people) * (1 - number(fewer, "fewer", 0.2, low=0, high=0.9))
    gone = come[:_NINE] * number(moved, "moved", 0.3, low=0, high=0.9)
    come[:_NINE] -= gone
    come[_TEN:] += gone.sum() / len(come[_TEN:])
    run = simulate_phones(
        come.tolist(),
        staff.tolist(),
        handling_seconds=60 * length,
        redial=REDIAL if redial else 0,
        lines=lines,
        days=days,
        seed=seed,
    )
    return Morning(run, tuple(int(one) for one in staff), length)


def in_words(found: Morning) -> str:
    """Say who waits when, what is counted, and what a formula for a steady rate would say."""
    last = len(found.staff)
    return " ".join(
        [
            f"100 people make {found.calls_per_100:.0f} calls, and the telephone system counts the "
            "calls.",
            f"Of the calls from 8:00 to 8:15, {_of_100(found.must_wait(0, 1))} have to wait; from "
            f"10 to 11, {_of_100(found.must_wait(_TEN, last))}.",
            f"Of people who first ring before nine, {_of_100(found.before_nine)} are answered at "
            f"their first try; after nine, {_of_100(found.after_nine)}.",
            f"The desk takes {counted(found.hours, 'hour')} of staff time. Whoever is answered has "
            f"waited {seconds(found.wait)} on average.",
            _formula(found),
        ]
    )


def _formula(found: Morning) -> str:
    """Say what Erlang C makes of the first quarter of an hour."""
    from pcqa_teach.flow import erlang_c

    rate = 4 * float(found.run.quarters["people"].iloc[0])
    row = erlang_c(rate, 60 * found.minutes, found.staff[0]).table.iloc[0]
    work = f"From 8:00 to 8:15 the first calls alone are {rounded(row['load'])} people's work"
    if not row["steady"]:
        desk = counted(found.staff[0], "person answers", "people answer")
        return (
            f"{work}, and {desk}: there Erlang C has no answer, because such a queue does not "
            "settle."
        )
    return (
        f"{work}. If calls came at that rate all day, Erlang C would say that "
        f"{_of_100(row['p_wait'])} wait."
    )


def _of_100(share: float) -> str:
    return f"{100 * share:.0f} of 100"
