"""What might help at eight o'clock: the desk as it is, and a few changes, simulated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, Ints, number, seeded, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.bounds import TIMES
from pcqa_teach.flow.desk_load import DeskLoad
from pcqa_teach.flow.phones import simulate_phones

AS_IT_IS = "As it is"
MORE, MOVED_HOURS = "One person more from 8 to 10", "The same hours, some moved to 8 to 10"
SPREAD = "One in five early callers rings from 10 to 12"
SPARED_CALLS = "One call in ten need not be made"
MOVED, SPARED = 0.2, 0.1
_EARLY, _LATER = (480, 600), (600, 720)


@dataclass(frozen=True, eq=False, repr=False)
class WhatIf(Shown):
    """Simulated days of the desk as it is, and of a few changes.

    Parameters
    ----------
    rows : DataFrame, a row a desk: name, hours (of staff), people, calls, got_through (share of
        people answered by the end of the day), early and late (the same, of those who first rang
        from 8 to 10, and after), mean_wait_seconds (of the answered), worst_wait_seconds (of those
        answered in the worst quarter of an hour), low and high (of got_through: nine days of ten
        lie between)
    desk : what it starts from
    redial : share of those who give up who ring again
    days, seed : of the simulation
    """

    rows: pd.DataFrame
    desk: DeskLoad
    redial: float
    days: int
    seed: int

    @property
    def table(self) -> pd.DataFrame:
        """The desks, a row each."""
        return self.rows

    @property
    def best(self) -> pd.Series:
        """The row that does most for the early callers with no more hours of staff."""
        rows = self.rows[self.rows["hours"] <= self.rows["hours"].iloc[0]]
        place = int(rows["early"].fillna(-1).argmax())
        return pd.Series(rows.iloc[place])

    def row(self, name: str) -> pd.Series:
        """Give one row."""
        return self.rows[self.rows["name"] == name].iloc[0]

    def _showing(self) -> Showing:
        from pcqa_teach.flow import what_if_draw as draw
        from pcqa_teach.flow import what_if_words as words

        return Showing(words.message, words.explained, words.alt, draw.figure)


def what_if(desk: DeskLoad, *, redial: object = 0.6, days: object = 60, seed: object = 1) -> WhatIf:
    """Return what simulated callers would meet at the desk as it is, and after a few changes.

    One person more from 8 to 10; the same hours, a person's time moved there from where there is
    least work; one in five of the early callers ringing from 10 to 12 instead; one call in ten that
    need not be made (see failure demand). Each row begins from the same chance. It is a simulation:
    it rests on its assumptions, and says what is worth a try, not what will happen.

    Parameters
    ----------
    desk : what `desk_load` gives, with its staff
    redial : share of those who give up who ring again (our assumption)
    days : simulated days for each row
    seed : the same seed gives the same days

    Raises
    ------
    DataError
        It was not said who answers, or nobody rings.

    Examples
    --------
    >>> from pcqa_teach.data.demo import load_demo
    >>> from pcqa_teach.flow.desk_load import desk_load
    >>> desk = desk_load(load_demo("calls"), {"08:00": 2, "16:00": 1}, weekday="Monday")
    >>> found = what_if(desk, days=10)
    >>> bool(found.row("One person more from 8 to 10")["early"] > found.row("As it is")["early"])
    True

    Source: `simulate_phones`; the changes are those of the Academy's lesson on eight o'clock.
    """
    if not desk.staffed:
        raise DataError(
            "It was not said how many answer the telephones (staff), so nothing can be tried out."
        )
    if not desk.quarters["people"].sum() > 0:
        raise DataError("Nobody rings in these hours, so nothing can be tried out.")
    share = number(redial, "redial", 0.6, low=0, high=0.95)
    count, begun = whole(days, "days", 60, **TIMES), seeded(seed)
    minute = desk.quarters["minute"].to_numpy()
    opens = str(desk.quarters["clock"].iloc[0])
    rows = []
    for name, people, staff in _desks(desk):
        run = simulate_phones(
            people, staff, handling_seconds=desk.handling, patience_seconds=desk.patience,
            redial=share, days=count, seed=begun, opens=opens,
        )  # fmt: skip
        mean = run.days.mean()
        through = run.days["got_through"]
        rows.append(
            {
                "name": name,
                "hours": float(staff.sum()) / 4,
                "people": mean["people"],
                "calls": mean["calls"],
                "got_through": mean["got_through"],
                "low": through.quantile(0.05),
                "high": through.quantile(0.95),
                "early": _reached(run.calls, minute[0], *_EARLY),
                "late": _reached(run.calls, minute[0], _EARLY[1], 24 * 60),
                "mean_wait_seconds": mean["mean_wait_seconds"],
                "worst_wait_seconds": float(run.quarters["mean_wait_seconds"].max()),
            }
        )
    return WhatIf(pd.DataFrame(rows), desk, share, count, begun)


def _desks(desk: DeskLoad) -> Iterator[tuple[str, Floats, Ints]]:
    """Give each desk: its name, the people who ring, and who answers."""
    quarters = desk.quarters
    people = quarters["people"].to_numpy(dtype="float64")
    staff = quarters["staff"].to_numpy().astype(np.int64)
    minute = quarters["minute"].to_numpy()
    early = (minute >= _EARLY[0]) & (minute < _EARLY[1])
    later = (minute >= _LATER[0]) & (minute < _LATER[1])
    yield AS_IT_IS, people, staff
    if early.any():
        yield MORE, people, staff + early
        moved = _moved(quarters["load"].to_numpy(dtype="float64"), staff, early)
        if moved is not None:
            yield MOVED_HOURS, people, moved
    if early.any() and later.any():
        spread = np.where(early, people * (1 - MOVED), people)
        spread[later] += MOVED * people[early].sum() / later.sum()
        yield SPREAD, spread, staff
    yield SPARED_CALLS, people * (1 - SPARED), staff


def _moved(load: Floats, staff: Ints, early: np.ndarray) -> Ints | None:
    """Move a person's time to 8 to 10 from the quarters of an hour with least work for those left.

    At least one is left to answer everywhere; None where there is not so much to move.
    """
    left = staff - 1
    each = np.where(~early & (left >= 1), load / np.maximum(left, 1), np.inf)
    chosen = np.argsort(each, kind="stable")[: int(early.sum())]
    if not np.isfinite(each[chosen]).all():
        return None
    out = staff + early
    out[chosen] -= 1
    return np.asarray(out, dtype=np.int64)


def _reached(calls: pd.DataFrame, begin: int, since: int, until: int) -> float:
    """Return the share of those who first rang in these hours who were answered that day."""
    first = calls[calls["attempt"] == 1]
    at = begin + first["at_seconds"] / 60
    who = first.loc[(at >= since) & (at < until), ["day", "person"]]
    if not len(who):
        return float("nan")
    answered = calls.loc[calls["outcome"] == "answered", ["day", "person"]].drop_duplicates()
    return len(who.merge(answered)) / len(who)
