"""Warnings about patterns: repeated values, neighbours alike, seasons, lopsided values."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.spc.limits import TRIAL
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats, Ints
from pcqa_teach.spc.words import period, seen

_ALIKE = 0.3
_FALSE_ALARMS = ((0.5, 69), (0.3, 43))  # of 100 steady series of 24 points, rules of mdc
_NO_LIKENESS = 15
_LOPSIDED = 0.5  # Kelly's skewness: 0 for even-handed values, about 0.46 for waiting times
_ENOUGH = 20  # values that lopsidedness is judged from
_SEASON = 0.6  # share of the variation, allowing for chance, that the calendar explains
_CALENDAR = {  # what points come by: how many make two rounds, and how they are told apart
    "day": (28, "days of the week", "day of the week", "week to week", "dayofweek"),
    "week": (104, "months", "month", "year to year", "month"),
    "month": (24, "months", "month", "year to year", "month"),
    "quarter": (8, "quarters", "quarter", "year to year", "quarter"),
}


def ties(chart: Chart) -> list[str]:
    """Say where values repeat, or lie on the centre line."""
    if not chart.about.aims or chart.kind in ("mr", "ewma"):
        return []
    y = chart.points["y"].to_numpy()
    y = y[np.isfinite(y)]
    distinct = len(np.unique(y))
    on = int((chart.points["y"] == chart.points["centre"]).sum())
    said = []
    if chart.about.holds != "counts" and len(y) >= 6 and 1 < distinct <= len(y) / 3:
        said.append(
            f"Values repeat: {distinct} different ones among {len(y)} points. The measure is coarse"
            " beside its variation, so limits and runs are rough; count in finer units if you can."
        )
    rules = {rule.name for rule in chart.rules}
    if distinct > 1 and on > 1 and rules & {"shift", "anhoej"}:
        what = "each ends a run" if "shift" in rules else "runs and crossings pass them by"
        said.append(f"{on} points lie exactly on the {chart.about.centre}; {what}.")
    return said


def alike(chart: Chart) -> list[str]:
    """Warn where neighbours resemble each other beyond what the phases explain."""
    if chart.kind in ("mr", "s", "r", "bernoulli_cusum"):
        return []
    count = len(seen(chart))
    r = lag_one(_values(chart), chart.points["phase"].to_numpy())
    if count < TRIAL or not r > max(_ALIKE, 2 / np.sqrt(count)):
        return []
    text = (
        f"Neighbouring points are alike (correlation {r:.2f} from one to the next)."
        " A lasting change does that; so does a measure that drifts, or is averaged over"
        " several periods."
    )
    if chart.kind == "run":
        return [f"{text} In the second case runs are longer than chance alone would make them."]
    text += " In the second case limits come out too narrow and signals too many"
    if chart.kind != "xmr" or chart.preset != "mdc":
        return [f"{text}."]
    near, false = next(pair for pair in _FALSE_ALARMS if r >= pair[0])
    return [
        f"{text}: of 100 steady series of 24 points, {false} show a signal when neighbours are as"
        f" alike as {near}, and {_NO_LIKENESS} when they are not alike at all (our simulation)."
    ]


def lag_one(y: Floats, phase: Floats) -> float:
    """Correlation of neighbouring values about their phase's mean; NaN where there are too few.

    Formula: sum(d[i] d[i-1]) / sum(d[i]^2), d = y - phase mean, over neighbours that both exist.

    >>> round(lag_one(np.array([1.0, 2, 3, 4, 5]), np.ones(5)), 2)
    0.4
    """
    d = _about_means(y, phase)
    whole = float(np.nansum(d * d))
    pairs = d[1:] * d[:-1]
    pairs = pairs[np.isfinite(pairs) & (phase[1:] == phase[:-1])]
    return float(pairs.sum() / whole) if whole > 0 and len(pairs) > 2 else float("nan")


def lopsided(chart: Chart) -> list[str]:
    """Warn where an XmR chart's values have a long tail."""
    if chart.kind != "xmr":
        return []
    d = _about_means(_values(chart), chart.points["phase"].to_numpy())
    d = d[np.isfinite(d)]
    if len(d) < _ENOUGH:
        return []
    low, middle, high = np.quantile(d, [0.1, 0.5, 0.9])
    skew = (high + low - 2 * middle) / (high - low) if high > low else 0.0
    if abs(skew) < _LOPSIDED:
        return []
    many, few = ("low", "high") if skew > 0 else ("high", "low")
    return [
        f"Values are lopsided: many {many} ones, a few very {few}, as waits and sizes often are."
        f" More ordinary points than 3 in 1,000 will pass the {'upper' if skew > 0 else 'lower'}"
        " limit; charting the median of each period may tell more."
    ]


def seasons(chart: Chart) -> list[str]:
    """Hint at a season, where there are two rounds of the calendar and they look alike."""
    if not chart.workings.series.dated or not chart.about.aims or chart.kind == "mr":
        return []
    one = period(chart).one
    if one not in _CALENDAR:
        return []
    least, names, name, rounds, part = _CALENDAR[one]
    rows = seen(chart)
    if len(rows) < least:
        return []
    when = pd.DatetimeIndex(chart.points["x"].to_numpy()[rows])
    y, phase = _values(chart)[rows], chart.points["phase"].to_numpy()[rows]
    if explained(_about_means(y, phase), np.asarray(getattr(when, part))) < _SEASON:
        return []
    return [
        f"The same {names} are alike from {rounds}: much of the rise and fall may be the"
        f" calendar's. Compare like with like, each {name} with its own earlier ones, before asking"
        " about a run."
    ]


def explained(d: Floats, part: Ints) -> float:
    """Give the share of variation that lies between parts of the calendar, allowing for chance.

    Formula: 1 - (within / (N - k)) / (whole / (N - 1)), k parts.

    >>> explained(np.array([-1.0, 1, -1, 1, -1, 1]), np.array([1, 2, 1, 2, 1, 2]))
    1.0
    """
    names, which = np.unique(part, return_inverse=True)
    free, whole = len(d) - len(names), float(((d - d.mean()) ** 2).sum())
    if free < 1 or whole == 0:
        return 0.0
    means = np.bincount(which, d) / np.bincount(which)
    within = float(((d - means[which]) ** 2).sum())
    return 1 - (within / free) / (whole / (len(d) - 1))


def _about_means(y: Floats, phase: Floats) -> Floats:
    """Take each value's distance from the mean of its phase."""
    d = np.array(y, dtype=np.float64)
    for number in np.unique(phase):
        rows = phase == number
        if np.isfinite(d[rows]).any():
            d[rows] -= np.nanmean(d[rows])
    return d


def _values(chart: Chart) -> Floats:
    """Give what is plotted, or where points are sums of values, the values."""
    if chart.kind in ("ewma", "cusum"):
        return chart.workings.series.y
    return chart.points["y"].to_numpy(dtype=np.float64)
