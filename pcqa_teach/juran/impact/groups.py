"""Difference in differences: the change in one group less the change in another."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.arguments import Bools, Floats, confidence_of
from pcqa_teach.columns import column, full
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.impact.columns import (
    place,
    rows_of,
    step_of,
    straddling,
)
from pcqa_teach.juran.impact.groups_fit import clustered, means_of, over_time, points_of, trend_of
from pcqa_teach.juran.impact.naive import Naive, naive_before_after
from pcqa_teach.sayings import heading
from pcqa_teach.spc.spacing import Spacing


@dataclass(frozen=True, eq=False, repr=False)
class DiffInDiff(Shown):
    """The change in one group less the change in another, over the same time.

    Parameters
    ----------
    means : DataFrame, a row for each group and one for their difference: group, before, after,
        change, rows (in the averages)
    effect : Series: estimate, low, high, error, percent (of what was to be expected)
    naive : the plain before and after of the changed group; None with one value on a side
    trend : Series: slope of the gap between the groups before the change, low, high, span (steps
        from the middle of before to the middle of after), drift (slope times span), points; its
        numbers are NaN where there are too few points before to look
    points : DataFrame, a row a date: x, after, used, changed, others (averages), gap, expected
        (the changed group, had it moved as the others)
    errors : "clusters" (members), "newey-west" (over time) or "none"
    members : how many members each group has: changed, others; (1, 1) without members
    """

    means: pd.DataFrame
    effect: pd.Series[Any]
    trend: pd.Series[Any]
    points: pd.DataFrame
    errors: str
    members: tuple[int, int]
    naive: Naive | None = field(repr=False)
    balanced: bool
    change: Any
    every: Spacing
    names: tuple[str, str]
    confidence: float
    title: str
    unit: str

    @property
    def table(self) -> pd.DataFrame:
        """The four means, with their differences."""
        return self.means

    def _showing(self) -> Showing:
        from pcqa_teach.juran.impact import groups_draw as draw
        from pcqa_teach.juran.impact import groups_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)

    @property
    def parallel(self) -> str:
        """Whether the two groups moved alike before the change, in words."""
        from pcqa_teach.juran.impact.groups_words import parallel

        return parallel(self)

    def arithmetic(self) -> pd.DataFrame:
        """Show the sums, one a row."""
        from pcqa_teach.juran.impact.groups_words import arithmetic

        return arithmetic(self)


def diff_in_diff(
    frame: pd.DataFrame,
    x: str,
    y: str,
    group: str,
    change: Any,
    *,
    treated: Any,
    member: str | None = None,
    confidence: float = 0.95,
    title: str | None = None,
    unit: str = "",
) -> DiffInDiff:
    """Set the change in the group that changed something against the change in another group.

    effect = (after - before) where something was changed - (after - before) where it was not.

    Parameters
    ----------
    frame : DataFrame, a row a date and group, or a date and member of a group; never changed
    x, y : names of its columns: date or number, and value
    group : a column of two values
    change : when the change began; a week or month that it falls inside is left out
    treated : the value of `group` where something was changed
    member : a column of who is in a group (practices, people): rows of one member are then taken
        to depend on each other
    confidence : of the interval
    title, unit : of the measure, for the words

    Returns
    -------
    DiffInDiff

    Raises
    ------
    DataError, ChartError
        A column or an argument is wrong, or a group lacks values before or after.

    Examples
    --------
    >>> weeks = pd.DataFrame({"week": [1, 2, 3, 4] * 2, "site": ["A"] * 4 + ["B"] * 4,
    ...                       "n": [20, 22, 15, 13, 30, 31, 29, 28]})
    >>> found = diff_in_diff(weeks, "week", "n", "site", 3, treated="A")
    >>> found.means[["before", "after", "change"]].values.tolist()
    [[21.0, 14.0, -7.0], [30.5, 28.5, -2.0], [-9.5, -14.5, -5.0]]

    Notes
    -----
    A standard result. Errors: clustered by member where each group has two or more, with G / (G -
    1) (n - 1) / (n - k) and t with G - 1 degrees of freedom; else those of the gap over time, as in
    `its` (Newey and West 1987, or wider).
    """
    confidence = confidence_of(confidence)
    names, is_treated = _groups(frame, group, treated)
    series = rows_of(frame, x, y, _members(frame, member, is_treated))
    whose = series.whose % 2 == 1
    when = place(series.x, change, "change")
    dates = np.unique(series.x)
    rows = np.isfinite(series.y) & ~np.isin(series.x, dates[straddling(dates, when)])
    after = np.asarray(series.x >= when)
    means = means_of(series.y, whose, after, rows, names)
    points = points_of(series.x, series.y, whose, rows, dates, when)
    estimate = float(means["change"].iloc[2])
    count = tuple(len(np.unique(series.whose[rows & (whose == side)])) for side in (1, 0))
    if min(count) >= 2:
        errors, error, reach = clustered(series.y, whose, after, series.whose, rows, confidence)
    else:
        errors, error, reach = over_time(points, confidence)
    base = float(means["after"].iloc[0]) - estimate
    return DiffInDiff(
        means=means,
        effect=pd.Series({
            "estimate": estimate, "low": estimate - reach * error,
            "high": estimate + reach * error, "error": error,
            "percent": estimate / base if base > 0 else float("nan"),
        }),
        trend=trend_of(points, confidence),
        points=points,
        errors=errors,
        members=(count[0], count[1]),
        naive=_naive(series.y[rows & whose], after[rows & whose], unit, confidence),
        balanced=_balanced(series.whose, series.x, rows),
        change=when,
        every=step_of(dates)[1],
        names=names,
        confidence=confidence,
        title=title or heading(y),
        unit=unit,
    )  # fmt: skip


def _groups(frame: pd.DataFrame, group: str, treated: Any) -> tuple[tuple[str, str], Bools]:
    """Name the group where something was changed, and the other; say which rows are whose."""
    values = full(column(frame, group, "group="), group)
    found = list(pd.unique(values))
    if len(found) != 2:
        raise DataError(
            f"Column '{group}' has {len(found)} values, and must have two: the group where"
            " something was changed, and one where it was not."
        )
    if treated not in found:
        raise DataError(f"treated= is not a value of column '{group}': give one of its two values.")
    other = found[0] if found[1] == treated else found[1]
    return (str(treated), str(other)), np.asarray(values == treated)


def _members(frame: pd.DataFrame, member: str | None, is_treated: Bools) -> NDArray[np.int64]:
    """Give each row the code of its member: odd where something was changed."""
    side = is_treated.astype(np.int64)
    if member is None:
        return side
    values = full(column(frame, member, "member="), member)
    return 2 * pd.factorize(values)[0].astype(np.int64) + side


def _naive(y: Floats, after: Bools, unit: str, confidence: float) -> Naive | None:
    """Give the plain before and after of the changed group, where there is enough for one."""
    if min(after.sum(), len(after) - after.sum()) < 2:
        return None
    return naive_before_after(y[~after], y[after], unit=unit, confidence=confidence)


def _balanced(members: Any, x: Any, rows: Bools) -> bool:
    """Say whether every member has a value on every date."""
    counted = pd.Series(x[rows]).groupby(members[rows]).nunique()
    return bool((counted == len(np.unique(x[rows]))).all())
