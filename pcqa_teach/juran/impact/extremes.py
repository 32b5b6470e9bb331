"""Regression to the mean: how far a group chosen for being extreme falls with nothing done."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, confidence_of, number
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.impact.extremes_expected import (
    Expected,
    compared,
    correlated,
    extreme_of,
    line,
    pair,
    persisted,
    ratio_of,
)
from pcqa_teach.juran.impact.naive import Naive, naive_before_after


@dataclass(frozen=True, eq=False, repr=False)
class Extremes(Shown):
    """A group chosen for being extreme: its fall, and the part that would have come anyway.

    Parameters
    ----------
    estimates : DataFrame, a row a method, the most trusted first: method, n (it rests on),
        expected (average after, with nothing done), change, low, high (as shares of before),
        left (what remains of the fall, as a share of expected), left_low, left_high
    people : DataFrame, a row for the chosen and one for everyone: group, n, before, after
    naive : the plain before and after of the chosen
    tied : how many more had the same number as the last one chosen
    """

    estimates: pd.DataFrame
    people: pd.DataFrame
    naive: Naive = field(repr=False)
    tied: int
    missing: int
    share: float
    extreme: str
    confidence: float
    unit: str

    @property
    def table(self) -> pd.DataFrame:
        """What each method expects and leaves."""
        return self.estimates

    @property
    def best(self) -> pd.Series[Any]:
        """The row of `estimates` that is trusted most."""
        return self.estimates.iloc[0]

    def _showing(self) -> Showing:
        from pcqa_teach.juran.impact import extremes_draw as draw
        from pcqa_teach.juran.impact import extremes_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)

    def arithmetic(self) -> pd.DataFrame:
        """Show the sums, one a row."""
        from pcqa_teach.juran.impact.extremes_words import arithmetic

        return arithmetic(self)


def regression_to_the_mean(
    frame: pd.DataFrame,
    before: str = "before",
    after: str = "after",
    *,
    share: float = 0.03,
    extreme: str = "high",
    comparison: pd.DataFrame | None = None,
    earlier: str | None = None,
    correlation: float | None = None,
    confidence: float = 0.95,
    unit: str = "contacts",
) -> Extremes:
    """Split the fall of a group chosen for being extreme into what was to be expected and the rest.

    With two periods of equal mean m and spread, correlated by r, people whose average was c before
    are expected at m + r (c - m) after: a fall of (1 - r) (c - m) with nothing done.

    Parameters
    ----------
    frame : DataFrame, a row a person (or practice), of everyone, not of the chosen alone
    before, after : columns of counts or amounts in two periods of about one length
    share : the share that was chosen, for having the most (or fewest) before
    extreme : "high" or "low", the end that they were chosen from
    comparison : the same columns where nothing was done; its own extreme share is followed
    earlier : a column of a period before `before`: the most extreme in it are followed into
        `before`, when nothing was done either
    correlation : r of two periods with nothing done, if it is known from elsewhere
    confidence : of the intervals
    unit : what is counted, for the words

    Returns
    -------
    Extremes
        Its estimates, the most trusted first: a comparison; the group's own persistence; a line
        through everyone who was not chosen; the correlation alone.

    Raises
    ------
    DataError
        A column is missing or is not of counts, or too few people are chosen.

    Examples
    --------
    >>> people = pd.DataFrame({"before": [1, 2, 3, 4, 5, 6, 7, 8, 20, 24] * 3,
    ...                        "after":  [2, 2, 4, 3, 5, 7, 6, 7, 13, 15] * 3})
    >>> found = regression_to_the_mean(people, share=0.2, correlation=0.5)
    >>> round(found.naive.percent, 2), found.estimates["method"].tolist()
    (-0.36, ['line', 'correlation'])
    >>> round(float(found.estimates["change"].iloc[1]), 2)
    -0.32

    Notes
    -----
    A standard result, first seen by Galton; the interval of a ratio of means is the usual one by
    linearisation. The order of trust is ours. The line and the correlation assume that everyone
    regresses alike; a comparison does not.
    """
    confidence = confidence_of(confidence)
    _check(share, extreme, correlation)
    sign = 1.0 if extreme == "high" else -1.0
    first, second, missing = pair(frame, before, after)
    chosen = extreme_of(first, share, sign)
    expected = [
        *compared(comparison, before, after, share, sign, float(first[chosen].mean())),
        *persisted(frame, earlier, before, share, sign, float(first[chosen].mean())),
        *line(first, second, chosen),
        *correlated(frame, comparison, before, after, earlier, correlation, first, chosen),
    ]
    naive = naive_before_after(
        first[chosen], second[chosen], paired=True, unit=unit, confidence=confidence
    )
    cut = float(np.min(sign * first[chosen]))
    return Extremes(
        estimates=_estimates(expected, first[chosen], second[chosen], confidence),
        people=_people(first, second, chosen),
        naive=naive,
        tied=int((sign * first == cut).sum() - (sign * first[chosen] == cut).sum()),
        missing=missing,
        share=share,
        extreme=extreme,
        confidence=confidence,
        unit=unit,
    )


def _check(share: Any, extreme: Any, correlation: Any) -> None:
    number(share, "share", 0.03, above=0, high=0.5)
    if extreme not in ("high", "low"):
        raise DataError("extreme= must be 'high' or 'low', the end that people were chosen from.")
    if correlation is not None:
        number(correlation, "correlation", 0.5, low=-1, high=1)


def _estimates(
    expected: list[Expected], first: Floats, second: Floats, confidence: float
) -> pd.DataFrame:
    """Set what was seen against what each method expects."""
    from scipy import stats

    if not expected:
        raise DataError(
            "Everyone who was not chosen has the same number before, so nothing can be expected"
            " of the chosen: give comparison=, earlier= or correlation=."
        )
    reach = float(stats.norm.ppf(0.5 + confidence / 2))
    level = float(first.mean())
    seen, seen_error = ratio_of(first, second)
    table = pd.DataFrame(expected)
    table["after"] = table["after"].clip(lower=1e-9 * level)
    ratio, error = table["after"] / level, table["error"] / level
    left = seen / ratio
    spread = left * np.sqrt((error / ratio) ** 2 + (seen_error / (seen or 1.0)) ** 2)
    return pd.DataFrame({
        "method": table["method"], "n": table["n"], "expected": table["after"],
        "change": ratio - 1, "low": ratio - 1 - reach * error, "high": ratio - 1 + reach * error,
        "left": left - 1, "left_low": left - 1 - reach * spread,
        "left_high": left - 1 + reach * spread,
    })  # fmt: skip


def _people(first: Floats, second: Floats, chosen: Bools) -> pd.DataFrame:
    return pd.DataFrame({
        "group": ["chosen", "everyone"],
        "n": [int(chosen.sum()), len(first)],
        "before": [first[chosen].mean(), first.mean()],
        "after": [second[chosen].mean(), second.mean()],
    })  # fmt: skip
