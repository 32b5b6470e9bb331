"""Demand, capacity, activity and queue, in one unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number, seeded, text
from pcqa_teach.columns import amounts, table_of
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.flow.backlog import Backlog, backlog_growth
from pcqa_teach.flow.bounds import POSITIVE
from pcqa_teach.flow.periods import in_periods

PARTS = ("demand", "capacity", "activity")
FEWEST = 8  # periods, below which no interval is given (our choice)
_RESAMPLES, _MOST_DRAWS = 2000, 4_000_000


@dataclass(frozen=True, eq=False, repr=False)
class Dcaq(Shown):
    """The four measures side by side.

    Parameters
    ----------
    table : DataFrame, a row a period: x, demand, capacity, activity, queue (all in `unit`), unused
        (capacity that nobody used: lost), short (fewer days than the usual period)
    variation : DataFrame, a row for demand, capacity and activity: what, mean, sd, cv (sd / mean),
        low, high (95% interval of cv), n (periods, the short ones left out)
    ratio, ratio_low, ratio_high : cv of capacity / cv of demand with its 95% interval
    every : "day", "week", or "row" where the rows were taken as they stand
    counted : whether the queue was given, rather than added up from demand and activity
    unit : what all four are counted in
    """

    table: pd.DataFrame
    variation: pd.DataFrame
    ratio: float
    ratio_low: float
    ratio_high: float
    every: str
    counted: bool
    unit: str = "minutes"

    @property
    def grown(self) -> float:
        """How much longer the queue is at the end than when the table began."""
        queue = self.table["queue"]
        return float(queue.iloc[-1] - (queue.iloc[0] if self.counted else 0.0))

    @property
    def varies_more(self) -> str | None:
        """Which varies more, capacity or demand, if the interval of their ratio leaves out 1."""
        if self.ratio_low > 1:
            return "capacity"
        return "demand" if self.ratio_high < 1 else None

    @property
    def load(self) -> float:
        """Mean demand as a share of mean capacity."""
        return float(self.table["demand"].mean() / self.table["capacity"].mean())

    def if_equal(self, periods: object = 250, seed: object = 1) -> Backlog:
        """Simulate this demand's and capacity's spread with capacity's mean set to demand's."""
        demand, cv = float(self.variation["mean"].iloc[0]), self.variation["cv"].to_numpy()
        if not np.isfinite(cv[:2]).all():
            raise DataError("There are too few periods to know their spread: bring at least two.")
        per = "period" if self.every == "row" else self.every
        return backlog_growth(
            demand,
            demand_cv=min(float(cv[0]), 2.0),
            capacity_cv=min(float(cv[1]), 2.0),
            periods=periods,
            seed=seed,
            per=per,
            unit=self.unit,
        )

    def _showing(self) -> Showing:
        from pcqa_teach.flow import dcaq_words as words
        from pcqa_teach.flow import draw

        return Showing(words.dcaq_message, words.dcaq_explained, words.dcaq_alt, draw.dcaq)


def dcaq(
    frame: pd.DataFrame,
    x: str = "date",
    demand: str = "demand",
    capacity: str = "capacity",
    activity: str = "activity",
    queue: str | None = None,
    minutes: object = None,
    every: str | None = None,
    seed: object = 1,
    unit: str | None = None,
) -> Dcaq:
    """Return demand, capacity, activity and queue in one unit, and which of two varies more.

    queue(t) = queue(t - 1) + demand(t) - activity(t), unless it was counted;
    unused(t) = max(capacity(t) - activity(t), 0); cv = standard deviation / mean

    Demand is every ask, met or not; capacity what could have been done; activity what was done. An
    appointment book holds the last alone. The intervals are from resampling whole periods (pairs
    of demand and capacity together), which takes periods as independent.

    Parameters
    ----------
    frame : DataFrame, a row a day (or a period, or an entry of a tally)
    x, demand, capacity, activity, queue : str
        The columns; `x` holds dates, or numbers if `every` is None.
    minutes : number, or mapping of column to number, optional
        Minutes an entry takes, where a column counts asks or slots: all is then in minutes. None:
        the columns stay in the unit they are in.
    every : {None, "day", "week"}
        Add the rows up by day or by week (from Monday; part-weeks at the ends are dropped).
    seed : whole number
        For the resampling.
    unit : str, optional
        What all the columns count, such as "appointments". None: "minutes" where `minutes` is given
        or the demand column's name says minutes, else "asks".

    Raises
    ------
    DataError
        If a column is missing, holds text, is empty or negative somewhere, or demand or capacity is
        nought throughout.

    Examples
    --------
    >>> week = pd.DataFrame({"date": pd.date_range("2025-03-03", periods=5),
    ...     "demand": [30, 22, 20, 19, 19], "capacity": [24, 24, 14, 24, 24],
    ...     "activity": [24, 24, 14, 24, 20]})
    >>> found = dcaq(week, minutes=10)
    >>> found.table["queue"].tolist()
    [60.0, 40.0, 100.0, 50.0, 40.0]
    >>> round(found.load, 2)
    1.0

    Source: NHS Modernisation Agency, Matching capacity and demand; Silvester et al. 2004.
    """
    rows = table_of(frame, "demand and capacity")
    names = {"demand": demand, "capacity": capacity, "activity": activity}
    if queue is not None:
        names["queue"] = queue
    values = {
        part: amounts(rows, name, part) * _minutes(minutes, part, name)
        for part, name in names.items()
    }
    laid_out, step = in_periods(rows, x, values, every)
    for part in ("demand", "capacity"):
        if laid_out[part].sum() == 0:
            raise DataError(
                f"Column '{names[part]}' is nought throughout: nothing can be compared with it."
            )
    if queue is None:
        laid_out["queue"] = (laid_out["demand"] - laid_out["activity"]).cumsum()
    laid_out["unused"] = (laid_out["capacity"] - laid_out["activity"]).clip(lower=0)
    order = ["x", *PARTS, "queue", "unused", "short"]
    variation, ratio = _variation(laid_out, seeded(seed))
    said = _unit(unit, minutes, demand)
    return Dcaq(
        laid_out[order], variation, *ratio, every=step, counted=queue is not None, unit=said
    )


def _unit(unit: str | None, minutes: object, demand: str) -> str:
    """Say what is counted: what was given, or minutes, or asks."""
    if unit is not None:
        return text(unit, "unit", "give unit='appointments', for example")
    timed = minutes is not None or "minute" in str(demand).casefold()
    return "minutes" if timed else "asks"


def _minutes(minutes: object, part: str, name: str) -> float:
    """Give the minutes that one of a column stands for."""
    if minutes is None:
        return 1.0
    if isinstance(minutes, Mapping):
        given = minutes.get(name, minutes.get(part))
        return 1.0 if given is None else number(given, f"minutes['{name}']", 10, **POSITIVE)
    return number(minutes, "minutes", 10, **POSITIVE)


def _variation(table: pd.DataFrame, seed: int) -> tuple[pd.DataFrame, tuple[float, float, float]]:
    whole = table.loc[~table["short"], list(PARTS)].to_numpy(dtype=np.float64)
    n = len(whole)
    cv = _cv(whole[None])[0]
    low, high = np.full((2, len(PARTS)), np.nan)
    ratio = ratio_low = ratio_high = np.nan
    if cv[0] > 0:
        ratio = float(cv[1] / cv[0])
    if n >= FEWEST:
        again = _resampled(whole, seed)
        known = ~np.isnan(again).all(axis=0)
        low[known], high[known] = np.nanquantile(again[:, known], [0.025, 0.975], axis=0)
        with np.errstate(divide="ignore", invalid="ignore"):
            ratios = again[:, 1] / again[:, 0]
        ratios = ratios[~np.isnan(ratios)]
        if len(ratios) and np.isfinite(ratio):
            ratio_low, ratio_high = (
                float(q) for q in np.quantile(ratios, [0.025, 0.975], method="nearest")
            )
    frame = pd.DataFrame(
        {
            "what": PARTS,
            "mean": whole.mean(axis=0),
            "sd": whole.std(axis=0, ddof=1) if n > 1 else np.nan,
            "cv": cv,
            "low": low,
            "high": high,
            "n": n,
        }
    )
    return frame, (ratio, ratio_low, ratio_high)


def _resampled(whole: Floats, seed: int) -> Floats:
    """Give the spreads of many tables made of the same periods drawn again, with replacement."""
    n = len(whole)
    times = int(np.clip(_MOST_DRAWS // n, 100, _RESAMPLES))
    drawn = np.random.default_rng(seed).integers(n, size=(times, n))
    return _cv(whole[drawn])


def _cv(samples: Floats) -> Floats:
    """Give sd / mean of each column of each sample; NaN for one row, or a mean of nought."""
    if samples.shape[1] < 2:
        return np.full((len(samples), samples.shape[2]), np.nan)
    mean = samples.mean(axis=1)
    spread: Any = samples.std(axis=1, ddof=1)
    return np.asarray(np.divide(spread, mean, out=np.full(mean.shape, np.nan), where=mean > 0))
