"""Little's law: how many wait, how many come, how long they stay; two give the third."""

from __future__ import annotations

from dataclasses import dataclass

from pcqa_teach import arguments
from pcqa_teach.errors import DataError
from pcqa_teach.flow.bounds import FROM_ZERO

AS_GOOD_AS_EQUAL = 0.05  # our assumption: within 5% in and out count as the same


@dataclass(frozen=True)
class Little:
    """The three numbers of Little's law, and whether the queue is one that they describe.

    Parameters
    ----------
    number : how many are in the queue on average (L)
    rate : how many join a ``per`` (lambda)
    time : how many times ``per`` each stays on average (W)
    per, things : the unit of time and what is queueing, in the singular and the plural
    leaving : how many leave a `per`, or None
    found : "number", "rate" or "time", whichever was worked out
    """

    number: float
    rate: float
    time: float
    per: str
    things: str
    leaving: float | None
    found: str

    @property
    def stable(self) -> bool | None:
        """Whether as many leave as join; None if nobody said how many leave."""
        if self.leaving is None:
            return None
        return abs(self.leaving - self.rate) <= AS_GOOD_AS_EQUAL * max(self.rate, self.leaving)

    @property
    def message(self) -> str:
        """The law with these numbers, in one line."""
        from pcqa_teach.flow import words

        return words.little_message(self)

    def explain(self) -> str:
        """Say the sum, and whether the queue is steady enough for it."""
        from pcqa_teach.flow import words

        return words.little_explained(self)

    def __repr__(self) -> str:
        return f"<{self.message}>"


def littles_law(
    number: object = None,
    rate: object = None,
    time: object = None,
    *,
    leaving: object = None,
    per: str = "day",
    things: str = "people",
) -> Little:
    """Return the third of three averages from the other two: number = rate x time (L = lambda W).

    It needs no assumption about who comes when, or who is taken first. It does need a queue that is
    about as long at the end as at the start: as many leave as join.

    Parameters
    ----------
    number : number
        How many are waiting (or are in the system) on average.
    rate : number
        How many join a `per`.
    time : number
        How many times ``per`` each one waits on average.
    leaving : number, optional
        How many leave a `per`: then the words say whether the queue is steady.
    per, things : str
        The unit of time ("day"), and what waits ("referrals").

    Raises
    ------
    DataError
        Unless exactly two of the three are given, as numbers above nought.

    Examples
    --------
    >>> littles_law(rate=12, time=21, things="referrals").number
    252.0
    >>> littles_law(number=5, rate=60, per="hour", things="callers").message
    '5 callers waiting = 60 callers an hour x 0.083 hours each (5 minutes)'

    Source: Little 1961.
    """
    given = {"number": number, "rate": rate, "time": time}
    wanted = [name for name, value in given.items() if value is None]
    if len(wanted) != 1:
        raise DataError(
            "Little's law needs two of number, rate and time and gives the third: for example "
            "littles_law(rate=12, time=21)."
        )
    n, r, t = (
        None if value is None else arguments.number(value, name, 12, above=0, high=1e12)
        for name, value in given.items()
    )
    out = None if leaving is None else arguments.number(leaving, "leaving", 12, **FROM_ZERO)
    if n is None and r is not None and t is not None:
        n = r * t
    elif r is None and n is not None and t is not None:
        r = n / t
    elif t is None and n is not None and r is not None:
        t = n / r
    if n is None or r is None or t is None:
        raise DataError("Little's law needs two of number, rate and time.")
    for name, word in (("per", per), ("things", things)):
        if not isinstance(word, str) or not word.strip():
            raise DataError(f"{name} must be a word: give {name}='day', for example.")
    return Little(n, r, t, per, things, out, wanted[0])
