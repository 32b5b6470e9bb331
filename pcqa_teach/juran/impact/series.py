"""Interrupted time series: how level and slope changed, beside what the earlier trend predicted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, confidence_of
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.impact.columns import (
    Rows,
    place,
    rows_of,
    step_of,
    straddling,
)
from pcqa_teach.juran.impact.errors import Fit, Matrix, fit_over_time
from pcqa_teach.juran.impact.naive import Naive, naive_before_after
from pcqa_teach.sayings import heading
from pcqa_teach.spc.spacing import Spacing

LEAST = 3
ERRORS = ("careful", "newey-west")
_YEAR = 365.25


@dataclass(frozen=True, eq=False, repr=False)
class Its(Shown):
    """An interrupted time series: what was seen, and what the earlier trend predicted.

    Parameters
    ----------
    points : DataFrame, a row a point: x, y, comparison (if any), time (in steps from the first),
        after, used (in the fit), fitted, expected (had the earlier trend gone on), low, high (of
        expected), residual
    effects : DataFrame, a row each for level, slope, average and end: effect, estimate, low, high,
        error (the standard error used), error_newey_west, error_alike (both methods'), percent
        (of expected)
    fit : the terms and how sure they are
    naive : the plain before and after of the same points
    events : dates of other things that happened, and what
    """

    points: pd.DataFrame
    effects: pd.DataFrame
    fit: Fit = field(repr=False)
    naive: Naive = field(repr=False)
    change: Any
    every: Spacing
    season: int
    comparison: str | None
    events: Mapping[Any, str]
    improvement: str | None
    errors: str
    confidence: float
    title: str
    unit: str

    @property
    def table(self) -> pd.DataFrame:
        """The effects, which the words and the picture say."""
        return self.effects

    def _showing(self) -> Showing:
        from pcqa_teach.juran.impact import series_draw as draw
        from pcqa_teach.juran.impact import series_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)

    @property
    def cautions(self) -> list[str]:
        """What makes this less sure than it looks, a sentence each."""
        from pcqa_teach.juran.impact.series_cautions import cautions

        return cautions(self)

    def effect(self, name: str) -> pd.Series[Any]:
        """Give one row of `effects`: level, slope, average or end."""
        return self.effects[self.effects["effect"] == name].iloc[0]

    def arithmetic(self) -> pd.DataFrame:
        """Show the fitted line and each effect as sums, one a row."""
        from pcqa_teach.juran.impact.series_words import arithmetic

        return arithmetic(self)


def its(
    frame: pd.DataFrame,
    x: str,
    y: str,
    change: Any,
    *,
    comparison: str | None = None,
    season: int = 0,
    events: Mapping[Any, str] | None = None,
    improvement: str | None = None,
    errors: str = "careful",
    confidence: float = 0.95,
    title: str | None = None,
    unit: str = "",
) -> Its:
    """Ask whether a series changed its level or slope at a date set beforehand.

    y = a + b time + level after + slope (time - first time after) after + season + error, by least
    squares. The effect is what was fitted less what the line before, carried on, foretells.

    Parameters
    ----------
    frame : DataFrame, a row a point; never changed
    x, y : names of its columns: date or number, and value
    change : when the change began; a week or month that it falls inside is left out
    comparison : a column of the same measure where nothing changed, in the same units; then
        `y - comparison` is looked at, and both are taken to share what else happened
    season : pairs of sine and cosine of the year (0 to 3); needs dates, better two years of them
    events : {date: what else happened}, to be said beside the finding and marked
    improvement : "up", "down" or None, the direction that is good
    errors : "careful" (the wider of Newey and West's and one corrected for few points) or
        "newey-west"
    confidence : of the intervals
    title, unit : of the measure, for the words

    Returns
    -------
    Its

    Raises
    ------
    DataError, ChartError
        A column or an argument is wrong, or there are fewer than 3 points on a side.

    Examples
    --------
    >>> weeks = pd.DataFrame({"week": range(1, 11), "n": [20, 21, 19, 20, 21, 14, 15, 14, 13, 15]})
    >>> its(weeks, "week", "n", 6).effects[["effect", "estimate"]].round(2).values.tolist()
    [['level', -6.3], ['slope', -0.1], ['average', -6.5], ['end', -6.7]]

    Notes
    -----
    Bernal, Cummins and Gasparrini, Int J Epidemiol 2017;46:348-55 (the model); Newey and West,
    Econometrica 1987;55:703-8 (errors). How the careful errors are found stands in `errors.py`.
    """
    confidence = confidence_of(confidence)
    _check(season, improvement, errors)
    series = rows_of(frame, x, y)
    when = place(series.x, change, "change")
    other = None if comparison is None else rows_of(frame, x, comparison).y
    time, every = step_of(series.x)
    after = np.asarray(series.x >= when)
    mixed = straddling(series.x, when)
    there = np.isfinite(series.y if other is None else series.y + other)
    used = there & ~mixed
    _enough(used, after, season, y)
    first = float(time[used & after][0])
    design = _design(time, after, first, series, season)
    _solvable(design[used], season)
    target = series.y if other is None else series.y - other
    fit = fit_over_time(target[used], design[used])
    _varies(fit, target[used], y)
    points = _points(series, time, after, used, fit, design, other, confidence, errors)
    return Its(
        points=points,
        effects=_effects(points, fit, design, first, confidence, errors),
        fit=fit,
        naive=naive_before_after(
            series.y[used & ~after], series.y[used & after], unit=unit, confidence=confidence
        ),
        change=when,
        every=every,
        season=season,
        comparison=comparison,
        events=_events(series, events),
        improvement=improvement,
        errors=errors,
        confidence=confidence,
        title=title or heading(y),
        unit=unit,
    )


def _check(season: Any, improvement: Any, errors: Any) -> None:
    if isinstance(season, bool) or season not in (0, 1, 2, 3):
        raise DataError("season= must be 0, 1, 2 or 3: how many waves a year to allow for.")
    if improvement not in ("up", "down", None):
        raise DataError("improvement= is not a direction: give 'up', 'down' or None.")
    if errors not in ERRORS:
        raise DataError(f"errors= must be one of {', '.join(ERRORS)}.")


def _events(series: Rows, events: Mapping[Any, str] | None) -> dict[Any, str]:
    """Read the dates of what else happened, in order."""
    read = {place(series.x, at, "events"): str(what) for at, what in (events or {}).items()}
    return dict(sorted(read.items()))


def _enough(used: Bools, after: Bools, season: int, y: str) -> None:
    before, later = int((used & ~after).sum()), int((used & after).sum())
    if min(before, later) < LEAST:
        raise DataError(
            f"Column '{y}' has {before} points before the change and {later} after it:"
            f" each side needs at least {LEAST}, better 12, so check the date of the change."
        )
    if before + later < 6 + 2 * season:
        raise DataError(
            f"Column '{y}' has {before + later} points, too few to allow for the season:"
            " use season=0."
        )


def _design(time: Floats, after: Bools, first: float, series: Rows, season: int) -> Matrix:
    """Lay out the terms: 1, time, level, slope, and the waves of the year."""
    terms = [np.ones(len(time)), time, after.astype(float), np.where(after, time - first, 0.0)]
    if season:
        if series.x.dtype.kind != "M":
            raise DataError("season= needs dates in x: give dates, or leave season out.")
        days = (series.x - series.x[0]) / np.timedelta64(1, "D")
        turn = 2 * np.pi * np.outer(days / _YEAR, np.arange(1, season + 1))
        terms += [*np.sin(turn).T, *np.cos(turn).T]
    return np.column_stack(terms)


def _solvable(design: Matrix, season: int) -> None:
    scaled = design / np.maximum(np.abs(design).max(axis=0), 1e-12)
    if np.linalg.cond(scaled) > 1e8:
        hint = "use a smaller season=" if season else "check the dates of the points"
        raise DataError(f"Trend, change and season cannot be told apart in these dates: {hint}.")


def _varies(fit: Fit, values: Floats, y: str) -> None:
    size = float(np.abs(values).max()) or 1.0
    if float(np.abs(fit.residuals).max()) <= 1e-10 * size:
        raise DataError(
            f"Column '{y}' lies exactly on straight lines, so there is no variation to judge by:"
            " check that it holds real counts, not numbers carried forward or worked out."
        )


def _points(
    series: Rows, time: Floats, after: Bools, used: Bools, fit: Fit, design: Matrix,
    other: Floats | None, confidence: float, errors: str,
) -> pd.DataFrame:  # fmt: skip
    """Lay out each point with its fitted value and what the earlier trend foretells."""
    without = design.copy()
    without[:, 2:4] = 0.0
    beside = np.zeros(len(time)) if other is None else other
    fitted, expected = design @ fit.terms + beside, without @ fit.terms + beside
    reach = fit.reach(confidence) * fit.errors(without, errors)[:, 0]
    table = {
        "x": series.x, "y": series.y, "time": time, "after": after, "used": used,
        "fitted": fitted, "expected": expected, "low": expected - reach, "high": expected + reach,
        "residual": np.where(used, series.y - fitted, np.nan),
    }  # fmt: skip
    points = pd.DataFrame(table)
    if other is not None:
        points.insert(2, "comparison", other)
    return points


def _effects(
    points: pd.DataFrame, fit: Fit, design: Matrix, first: float, confidence: float, errors: str
) -> pd.DataFrame:
    """Work out level, slope, average and end, each with its interval."""
    later = (points["used"] & points["after"]).to_numpy()
    gone = points["time"].to_numpy()[later] - first
    contrasts = np.zeros((4, design.shape[1]))
    contrasts[0, 2] = contrasts[1, 3] = 1.0
    contrasts[2, 2:4] = 1.0, gone.mean()
    contrasts[3, 2:4] = 1.0, gone[-1]
    estimate, error = contrasts @ fit.terms, fit.errors(contrasts, errors)
    reach = fit.reach(confidence) * error[:, 0]
    expected = points["expected"].to_numpy()[later]
    base = np.array([expected[0], np.nan, expected.mean(), expected[-1]])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(base > 0, estimate / base, np.nan)
    return pd.DataFrame({
        "effect": ["level", "slope", "average", "end"],
        "estimate": estimate, "low": estimate - reach, "high": estimate + reach,
        "error": error[:, 0], "error_newey_west": error[:, 1], "error_alike": error[:, 2],
        "percent": share,
    })  # fmt: skip
