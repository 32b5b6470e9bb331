"""The naive comparison of before with after, kept beside each better one to show why it misleads.

Two averages and their difference: it cannot tell a change from an earlier trend, from the time of
year, from something else that happened, or from regression to the mean.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, confidence_of
from pcqa_teach.columns import amounts_of
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.impact.words import (
    differences,
)
from pcqa_teach.spc.numbers import Numbers

_SMALL = 2.0


@dataclass(frozen=True, eq=False, repr=False)
class Naive(Shown):
    """Two averages and what they seem to say.

    Parameters
    ----------
    means : DataFrame, a row for before and one for after: period, mean, sd, n
    change : difference of the means, after minus before; low, high : its naive interval
    percent : the change as a share of the mean before; NaN where that is zero
    """

    means: pd.DataFrame
    change: float
    low: float
    high: float
    percent: float
    confidence: float
    paired: bool
    unit: str
    values: Floats = field(repr=False)

    @property
    def table(self) -> pd.DataFrame:
        """The two averages."""
        return self.means

    @property
    def say(self) -> Numbers:
        """How the averages and differences are said: of whole numbers to one decimal at most."""
        say = differences((self.high - self.low) / 4, self.values, self.unit)
        few = float(self.means["mean"].abs().max()) < _SMALL  # a decimal would hide the change
        if few or (self.values != np.round(self.values)).any():
            return say
        return replace(say, decimals=min(say.decimals, 1), whole=True)

    def arithmetic(self) -> pd.DataFrame:
        """Show the sums, one a row."""
        from pcqa_teach.juran.impact.naive_words import arithmetic

        return arithmetic(self)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.impact import naive_draw as draw
        from pcqa_teach.juran.impact import naive_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def naive_before_after(
    before: Any, after: Any, *, paired: bool = False, unit: str = "", confidence: float = 0.95
) -> Naive:
    """Compare the average before with the average after, and nothing else.

    change = mean(after) - mean(before); its interval is Welch's, or that of the paired differences.

    Parameters
    ----------
    before, after : columns of numbers; missing values are left out
    paired : the two columns are of the same people, row by row
    unit : of the values, for the words
    confidence : of the interval

    Returns
    -------
    Naive

    Raises
    ------
    DataError
        A column has fewer than two numbers, or holds something else.

    Examples
    --------
    >>> found = naive_before_after([9, 8, 10, 9, 9], [6, 7, 5, 6, 6])
    >>> round(found.change, 2), round(found.percent, 2)
    (-3.0, -0.33)

    Notes
    -----
    Welch's interval is a standard result. It is right about chance alone, if the values are
    independent; no other cause of a change is looked at.
    """
    confidence = confidence_of(confidence)
    first, second = (
        amounts_of(_series(one), name, low=None, gaps=True)
        for one, name in ((before, "before"), (after, "after"))
    )
    if paired:
        if len(first) != len(second):
            raise DataError("paired=True needs as many values after as before, row by row.")
        both = np.isfinite(first) & np.isfinite(second)
        first, second = first[both], second[both]
    first, second = first[np.isfinite(first)], second[np.isfinite(second)]
    if min(len(first), len(second)) < 2:
        raise DataError(
            f"Before and after have {len(first)} and {len(second)} numbers:"
            " each needs at least 2 to be compared."
        )
    means = pd.DataFrame({
        "period": ["before", "after"],
        "mean": [first.mean(), second.mean()],
        "sd": [first.std(ddof=1), second.std(ddof=1)],
        "n": [len(first), len(second)],
    })  # fmt: skip
    change = float(second.mean() - first.mean())
    half = _half(first, second, paired=paired, confidence=confidence)
    if not half > 0:
        raise DataError(
            "Nothing varies in these values, so there is nothing to judge a change by: look whether"
            " a number was carried forward."
        )
    base = float(first.mean())
    return Naive(
        means=means,
        change=change,
        low=change - half,
        high=change + half,
        percent=change / base if base != 0 else float("nan"),
        confidence=confidence,
        paired=paired,
        unit=unit,
        values=np.concatenate([first, second]),
    )


def _series(values: Any) -> pd.Series[Any]:
    if isinstance(values, pd.Series):
        return values.reset_index(drop=True)
    if isinstance(values, str) or not hasattr(values, "__iter__"):
        raise DataError("Before and after must each be a column of numbers.")
    return pd.Series(list(values), dtype=object)


def _half(first: Floats, second: Floats, *, paired: bool, confidence: float) -> float:
    """Give half the width of the naive interval."""
    from scipy import stats

    if paired:
        error = (second - first).std(ddof=1) / np.sqrt(len(first))
        freedom = len(first) - 1.0
    else:
        parts = np.array([first.var(ddof=1) / len(first), second.var(ddof=1) / len(second)])
        error = np.sqrt(parts.sum())
        of = (parts**2 / (np.array([len(first), len(second)]) - 1)).sum()
        freedom = float(parts.sum() ** 2 / of) if of > 0 else 1.0
    return float(error * stats.t.ppf(0.5 + confidence / 2, freedom))
