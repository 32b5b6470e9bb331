"""What happens to need that is not met: it waits, comes back, or turns up at a neighbour's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number, whole
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

SHARES = ("elsewhere", "sent_back", "ask_again")
_LONGEST = 520


@dataclass(frozen=True, eq=False, repr=False)
class StockFlow(Shown):
    """A practice, the people whose need is still open, and the neighbours to whom some go.

    Parameters
    ----------
    table : DataFrame, a row a week: week, asks, met, not_met, open (people still waiting when the
        week ends), elsewhere (visits to neighbours), sent_back (asks that come of last week's)
    needs, capacity : new needs a week, and asks that can be met a week
    elsewhere, sent_back, ask_again : of asks not met, the share who go elsewhere; of these, the
        share who are sent back; of those who stay, the share who ask again in the end
    leave : of those still waiting, the share who ask again or give up in a week
    """

    table: pd.DataFrame
    needs: float
    capacity: float
    elsewhere: float
    sent_back: float
    ask_again: float
    leave: float

    @property
    def back(self) -> float:
        """Of asks not met, the share that come back to the practice sooner or later."""
        return self.elsewhere * self.sent_back + (1 - self.elsewhere) * self.ask_again

    @property
    def multiplier(self) -> float:
        """How many asks one need that is never met makes in the long run: 1 / (1 - back)."""
        return 1 / (1 - self.back)

    @property
    def settled(self) -> pd.Series:
        """Where a week of asks, not met and visits elsewhere settles if nothing else changes."""
        short = max(self.needs - self.capacity, 0.0)
        not_met = short * self.multiplier
        return pd.Series(
            {
                "asks": self.needs + not_met * self.back,
                "not_met": not_met,
                "elsewhere": not_met * self.elsewhere,
            }
        )

    def changed(self, **assumptions: float) -> StockFlow:
        """Return the same with other assumptions."""
        now = {name: getattr(self, name) for name in ("needs", "capacity", *SHARES, "leave")}
        return stock_flow(**(now | assumptions), weeks=len(self.table))

    def sensitivity(self, by: float = 0.1, of: str = "not_met") -> pd.DataFrame:
        """Give where the last week lies when one assumption at a time is lower or higher.

        Parameters
        ----------
        by : how much each share is moved, such as 0.1 for 0.4 to 0.3 and 0.5; needs and capacity
            are moved by 1 in 100
        of : a column of `table`

        Returns
        -------
        DataFrame : assumption, low, high (what it was set to), at_low, at_high; the widest first
        """
        if of not in self.table.columns or of == "week":
            raise DataError("of= must be a column of the table, such as 'not_met'.")
        step = number(by, "by", 0.1, above=0, below=1)
        rows = []
        for name in ("needs", "capacity", *SHARES):
            now = getattr(self, name)
            part = 0.01 * now if name in ("needs", "capacity") else step
            ends = (now - part, now + part)
            if name in SHARES:
                ends = (max(ends[0], 0.0), min(ends[1], 0.99))
            last = [float(self.changed(**{name: end}).table[of].iloc[-1]) for end in ends]
            rows.append((name, *ends, *last))
        found = pd.DataFrame(rows, columns=["assumption", "low", "high", "at_low", "at_high"])
        wide = (found["at_high"] - found["at_low"]).abs()
        return found.loc[wide.sort_values(ascending=False, kind="stable").index].reset_index(
            drop=True
        )

    def _showing(self) -> Showing:
        from pcqa_teach.partners import displaced_draw as draw
        from pcqa_teach.partners import displaced_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def stock_flow(
    needs: float = 500,
    capacity: float = 480,
    *,
    elsewhere: float = 0.5,
    sent_back: float = 0.4,
    ask_again: float = 0.6,
    leave: float = 0.5,
    weeks: int = 52,
) -> StockFlow:
    """Follow asks, open needs and visits elsewhere, week by week.

    asks = needs + those who ask again + those sent back;   met = the smaller of asks and capacity
    open(next) = open - leave x open + (1 - elsewhere) x not met
    those who ask again = ask_again x leave x open;   sent back = sent_back x last week's elsewhere

    In the long run one need too many makes 1 / (1 - back) asks that are not met, where
    back = elsewhere x sent_back + (1 - elsewhere) x ask_again. It is a way of thinking aloud about
    assumptions, and no forecast.

    Parameters
    ----------
    needs, capacity : a week
    elsewhere, sent_back, ask_again, leave : shares from 0 to below 1; see `StockFlow`
    weeks : how long to follow it

    Raises
    ------
    DataError
        A number is missing or out of bounds.

    Examples
    --------
    >>> found = stock_flow(500, 480, elsewhere=0.5, sent_back=0.4, ask_again=0.6)
    >>> found.back, found.multiplier
    (0.5, 2.0)
    >>> found.settled.round(1).tolist(), found.table["not_met"].round(1).tolist()[:4]
    ([520.0, 40.0, 20.0], [20.0, 27.0, 30.9, 33.6])

    Notes
    -----
    Stocks and flows: Forrester, Industrial Dynamics (1961); Meadows, Thinking in Systems (2008).
    """
    came = number(needs, "needs", 500, low=0, high=1e6)
    can = number(capacity, "capacity", 480, low=0, high=1e6)
    given = {"elsewhere": elsewhere, "sent_back": sent_back, "ask_again": ask_again}
    shares = {name: number(value, name, 0.4, low=0, high=1) for name, value in given.items()}
    out = number(leave, "leave", 0.5, above=0, high=1)
    length = whole(weeks, "weeks", 52, low=1, high=_LONGEST)
    made = StockFlow(pd.DataFrame(), came, can, **shares, leave=out)
    if made.back >= 1:
        raise DataError("Everybody would come back for ever: let one of the shares be below 1.")
    waiting = visits = 0.0
    rows: list[dict[str, Any]] = []
    for week in range(1, length + 1):  # each week needs the one before
        again, back = shares["ask_again"] * out * waiting, shares["sent_back"] * visits
        asks = came + again + back
        met = min(asks, can)
        visits = shares["elsewhere"] * (asks - met)
        waiting += (asks - met) - visits - out * waiting
        rows.append(
            {"week": week, "asks": asks, "met": met, "not_met": asks - met, "open": waiting,
             "elsewhere": visits, "sent_back": back}
        )  # fmt: skip
    table = pd.DataFrame(rows).astype({"week": np.int64})
    return replace(made, table=table)
