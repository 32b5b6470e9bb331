"""A local belief put to the test: one group's share against the rest's, period by period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, Ints, confidence_of, number, text
from pcqa_teach.columns import amounts, codes, refuse
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

FEWEST = 6  # periods: with fewer, the spread of the differences is little more than a guess

HOLDS = "holds"
SMALL = "too small to matter"
REVERSED = "the other way round"
UNCLEAR = "cannot tell"


@dataclass(frozen=True, eq=False, repr=False)
class Myth(Shown):
    """What became of a belief.

    Parameters
    ----------
    table : DataFrame, a row a period: period, group, rest (shares in per cent), difference (points)
    claim, group : the belief in words, and whom it is about
    mean, low, high : the mean difference in points, with its interval
    verdict : "holds", "too small to matter", "the other way round" or "cannot tell"
    matters : the points from which a difference is worth acting on, agreed beforehand
    left_out : periods without a case in the group or in the rest
    confidence : how sure
    """

    table: pd.DataFrame
    claim: str
    group: str
    mean: float
    low: float
    high: float
    verdict: str
    matters: float
    left_out: int
    confidence: float

    def arithmetic(self) -> dict[str, float]:
        """Give the sums: how many periods, mean, standard deviation, error, factor."""
        return _sums(self.table["difference"].to_numpy(dtype=np.float64), self.confidence)

    def _showing(self) -> Showing:
        from pcqa_teach.variation import myths_draw as draw
        from pcqa_teach.variation import myths_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def myth_test(
    frame: pd.DataFrame,
    *,
    period: str,
    group: str,
    of: object,
    events: str,
    cases: str,
    claim: str,
    matters: float = 1.0,
    confidence: float = 0.95,
) -> Myth:
    """Test the belief that one group's share is larger than the others', period by period.

    d = 100 x (events / cases in the group - events / cases in the rest), for each period;
    interval = mean(d) -/+ t x sd(d) / sqrt(periods). Periods, and not single cases, are what
    counts: so whatever makes a week as a whole good or bad is in the spread of the differences.

    Parameters
    ----------
    frame : DataFrame, a row a period and group (several rows are added up); never changed
    period, group, events, cases : names of its columns
    of : the value of `group` that the belief is about
    claim : the belief, such as "A larger share is missed on Mondays"
    matters : how many points would be worth acting on; agree it before you look
    confidence : how sure

    Raises
    ------
    DataError
        A column cannot be used, nobody is in the group or outside it, or there are fewer than six
        periods.

    Examples
    --------
    >>> weeks = pd.DataFrame({"week": [1, 2, 3, 4, 5, 6] * 2, "day": ["Mon"] * 6 + ["rest"] * 6,
    ...     "missed": [8, 6, 7, 9, 5, 7, 24, 26, 20, 27, 22, 25], "all": [100] * 6 + [400] * 6})
    >>> found = myth_test(weeks, period="week", group="day", of="Mon", events="missed",
    ...                   cases="all", claim="A larger share is missed on Mondays", matters=3)
    >>> [round(one, 2) for one in (found.mean, found.low, found.high)], found.verdict
    ([1.0, -0.34, 2.34], 'too small to matter')

    Notes
    -----
    A paired t interval (Student, Biometrika 1908), with an agreed smallest difference that matters.
    """
    said = text(claim, "claim", "write the belief in a few words")
    worth = number(matters, "matters", 1, above=0, high=100)
    sure = confidence_of(confidence)
    o, n = amounts(frame, events, "events="), amounts(frame, cases, "cases=")
    refuse(o > n, events, f"is more than '{cases}'")
    when, periods = codes(frame, period, "period=")
    who, groups = codes(frame, group, "group=")
    if of not in groups:
        raise DataError(f"Nobody in column '{group}' is of the group that the belief is about.")
    inside = who == groups.get_loc(of)
    shares = [_share(o, n, when, len(periods), chosen) for chosen in (inside, ~inside)]
    there = np.isfinite(shares[0]) & np.isfinite(shares[1])
    if there.sum() < FEWEST:
        raise DataError(
            f"Only {int(there.sum())} periods have cases both in the group and outside it: a "
            f"belief is tested on {FEWEST} or more."
        )
    table = pd.DataFrame({"period": periods, "group": shares[0], "rest": shares[1]})
    table["difference"] = table["group"] - table["rest"]
    table = table[there].sort_values("period").reset_index(drop=True)
    sums = _sums(table["difference"].to_numpy(dtype=np.float64), sure)
    around = sums["factor"] * sums["error"]
    low, high = sums["mean"] - around, sums["mean"] + around
    return Myth(
        table, said, str(of), sums["mean"], low, high, _verdict(low, high, worth), worth,
        int((~there).sum()), sure,
    )  # fmt: skip


def _share(o: Floats, n: Floats, when: Ints, periods: int, chosen: Bools) -> Floats:
    """Give the share in per cent of each period; NaN where it has no case."""
    events = np.bincount(when[chosen], weights=o[chosen], minlength=periods)
    cases = np.bincount(when[chosen], weights=n[chosen], minlength=periods)
    found: Floats = 100 * events / np.where(cases > 0, cases, np.nan)
    return found


def _sums(differences: Floats, confidence: float) -> dict[str, float]:
    from scipy.stats import t

    size = len(differences)
    spread = float(differences.std(ddof=1))
    return {
        "periods": float(size),
        "mean": float(differences.mean()),
        "sd": spread,
        "error": spread / size**0.5,
        "factor": float(t.ppf(0.5 + confidence / 2, size - 1)),
    }


def _verdict(low: float, high: float, matters: float) -> str:
    """Say what an interval makes of a belief in "more".

    >>> [_verdict(low, high, 1) for low, high in ((0.5, 2), (-0.2, 0.8), (-2, -0.1), (-0.5, 1.5))]
    ['holds', 'too small to matter', 'the other way round', 'cannot tell']
    """
    if high < 0:
        return REVERSED
    if high < matters:
        return SMALL
    return HOLDS if low > 0 else UNCLEAR
