"""Rates made comparable where units serve different people: direct and indirect standardisation."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number
from pcqa_teach.columns import amounts, codes, refuse
from pcqa_teach.errors import DataError
from pcqa_teach.variation.exact import byar_limits, poisson_limits

FEW = 10  # fewer events than this: exact limits, and too few to standardise directly
LEAGUE = (
    "Not a league table: where intervals overlap, the order of two units says nothing,"
    " and an interval says nothing about what was not standardised for."
)


def count_limits(count: Floats, level: float = 0.95) -> tuple[Floats, Floats]:
    """Give the interval of a count of events: Byar's, or the exact one below 10 events.

    >>> low, high = count_limits(np.array([0.0, 5, 30]))
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([0.0, 1.62, 20.24], [3.69, 11.67, 42.83])
    """
    from scipy.stats import chi2, norm

    tail = (1 - level) / 2
    some = np.maximum(count, 0.5)
    close = byar_limits(some, float(norm.isf(tail)))
    exact = poisson_limits(some, tail)
    few = count < FEW
    low = np.where(few, exact[0], close[0]) * some
    high = np.where(few, exact[1], close[1]) * some
    none = count == 0
    return np.where(none, 0.0, low), np.where(none, chi2.isf(tail, 2) / 2, high)


def direct_rates(
    frame: pd.DataFrame,
    *,
    events: str,
    population: str,
    stratum: str,
    standard: Mapping[Any, float] | pd.Series[float],
    unit: str | None = None,
    per: float = 1000,
    level: float = 0.95,
) -> pd.DataFrame:
    """Work out the rate that each unit would have if its people were like the standard's.

    Formula: rate = sum(w o / n) / sum(w) over strata, w the standard population; variance =
    sum(w^2 o / n^2) / sum(w)^2; limits (Dobson) = rate + sqrt(variance / O) (O_L - O), and with
    O_U, where O_L and O_U are Byar's limits of all the unit's events O (exact below 10).

    Parameters
    ----------
    frame : DataFrame, a row a unit and stratum (such as an age band)
    events, population, stratum, unit : names of its columns; without a unit, all is one
    standard : how many people the standard has in each stratum, for every stratum
    per : 1000 gives rates per 1,000 people
    level : how sure

    Returns
    -------
    DataFrame with the unit, events, population, crude, rate, lower, upper and caution (words where
        there are fewer than 10 events, or a stratum of the standard has nobody in the unit)

    Raises
    ------
    DataError
        A column or the standard cannot be used.

    Examples
    --------
    >>> two = pd.DataFrame({"age": ["young", "old"], "seen": [20, 45], "people": [1000, 500]})
    >>> direct_rates(two, events="seen", population="people", stratum="age",
    ...              standard={"young": 700, "old": 300})[["crude", "rate"]].round(2)
       crude  rate
    0  43.33  41.0

    Notes
    -----
    Dobson et al., Statistics in Medicine 10 (1991). Rates use counts; for the interval of a crude
    share see `wilson`.
    """
    cells = _cells(frame, events, population, stratum, unit)
    weights = _per_stratum(standard, cells.strata, "standard", stratum)
    if (weights < 0).any() or weights.sum() <= 0:
        raise DataError("standard= needs how many people each stratum has, none below 0.")
    scale = number(per, "per", 1000, above=0, high=1e12)
    sure = number(level, "level", 0.95, above=0, below=1)
    o, n, w = cells.events, cells.people, weights / weights.sum()
    safe = np.where(n > 0, n, 1.0)
    rate, variance = (w * o / safe).sum(axis=1), (w**2 * o / safe**2).sum(axis=1)
    total = o.sum(axis=1)
    low, high = count_limits(total, sure)
    step = np.sqrt(variance / np.where(total > 0, total, np.nan))
    empty = ((n == 0) & (w > 0)).any(axis=1)
    found = cells.frame()
    found["crude"] = total / n.sum(axis=1) * scale
    found["rate"] = np.where(empty, np.nan, rate * scale)
    found["lower"] = np.where(empty, np.nan, (rate + step * (low - total)) * scale)
    found["upper"] = np.where(empty, np.nan, (rate + step * (high - total)) * scale)
    found["caution"] = np.select(
        [empty, total < FEW],
        ["nobody in a stratum of the standard: no rate", "fewer than 10 events: read with care"],
        "",
    )
    found.attrs["pcqa"] = {"notes": [LEAGUE]}
    return found


def indirect_ratios(
    frame: pd.DataFrame,
    *,
    events: str,
    population: str,
    stratum: str,
    unit: str,
    rates: Mapping[Any, float] | pd.Series[float] | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Compare each unit's events with how many its people would have at the standard's rates.

    Formula: expected = sum(n r) over strata, r the standard's rate (all units together unless
    given); ratio = observed / expected; limits = Byar's of the observed count / expected.

    Parameters
    ----------
    frame : DataFrame, a row a unit and stratum
    events, population, stratum, unit : names of its columns
    rates : events a person in each stratum of the standard; None: of all units together
    level : how sure

    Returns
    -------
    DataFrame with the unit, events (observed), population, expected, ratio, lower, upper; ready
        for `funnel(kind="ratio", numerator="events", denominator="expected")`

    Raises
    ------
    DataError
        A column or the rates cannot be used.

    Examples
    --------
    >>> four = pd.DataFrame({"practice": list("AABB"), "age": ["young", "old"] * 2,
    ...                      "seen": [20, 45, 30, 15], "people": [1000, 500, 1000, 250]})
    >>> indirect_ratios(four, events="seen", population="people", stratum="age",
    ...                 unit="practice")[["expected", "ratio"]].round(3).values.tolist()
    [[65.0, 1.0], [45.0, 1.0]]

    Notes
    -----
    Breslow and Day, Statistical Methods in Cancer Research II (1987), section 2.3. Ratios of two
    units are not compared with each other: each stands on its own mix of people.
    """
    cells = _cells(frame, events, population, stratum, unit)
    sure = number(level, "level", 0.95, above=0, below=1)
    if rates is None:
        people = cells.people.sum(axis=0)
        used = cells.events.sum(axis=0) / np.where(people > 0, people, 1.0)
    else:
        used = _per_stratum(rates, cells.strata, "rates", stratum)
        if (used < 0).any():
            raise DataError("rates= holds a rate below 0: give events a person.")
    expected = (cells.people * used).sum(axis=1)
    observed = cells.events.sum(axis=1)
    low, high = count_limits(observed, sure)
    of = np.where(expected > 0, expected, np.nan)
    found = cells.frame()
    found["expected"] = expected
    found["ratio"], found["lower"], found["upper"] = observed / of, low / of, high / of
    found.attrs["pcqa"] = {"notes": [LEAGUE]}
    return found


class _Cells:
    """Events and people, a row a unit and a column a stratum."""

    def __init__(self, unit: str | None, units: pd.Index[Any], strata: pd.Index[Any]) -> None:
        self.unit, self.units, self.strata = unit, units, strata
        self.events = np.zeros((len(units), len(strata)))
        self.people = np.zeros((len(units), len(strata)))

    def frame(self) -> pd.DataFrame:
        """Start the result: the units and their totals."""
        totals = pd.DataFrame(
            {"events": self.events.sum(axis=1), "population": self.people.sum(axis=1)}
        )
        if self.unit is not None:
            totals.insert(0, self.unit, self.units)
        return totals


def _cells(
    frame: pd.DataFrame, events: str, population: str, stratum: str, unit: str | None
) -> _Cells:
    o = amounts(frame, events, "events=")
    n = amounts(frame, population, "population=")
    band, strata = codes(frame, stratum, "stratum=")
    if unit in ("events", "population", "crude", "rate", "expected", "ratio", "lower", "upper",
                "caution"):  # fmt: skip
        raise DataError(f"unit='{unit}' is a name of the result's own: rename that column.")
    whose, units = (
        codes(frame, unit, "unit=")
        if unit is not None
        else (np.zeros_like(band), pd.Index(["all"]))
    )
    refuse((n == 0) & (o > 0), population, f"is 0 where '{events}' is not,")
    cells = _Cells(unit, units, strata)
    np.add.at(cells.events, (whose, band), o)
    np.add.at(cells.people, (whose, band), n)
    if (cells.people.sum(axis=1) == 0).any():
        raise DataError(f"Column '{population}' is 0 throughout for a unit: drop that unit.")
    return cells


def _per_stratum(
    given: Mapping[Any, float] | pd.Series[float], strata: pd.Index[Any], name: str, stratum: str
) -> Floats:
    """Take a number for every stratum; those of the standard that no unit has count too."""
    if not isinstance(given, Mapping | pd.Series):
        raise DataError(f"{name}= needs a number for each stratum: {{stratum: number}}.")
    known = dict(given.items())
    if any(one not in known for one in strata):
        raise DataError(f"{name}= lacks a stratum that column '{stratum}' has: give them all.")
    if any(one not in strata for one in known):
        raise DataError(
            f"{name}= has a stratum that column '{stratum}' lacks: look at how both are written."
        )
    numeric = (int, float, np.number)
    values = [known[one] for one in strata]
    if any(isinstance(one, bool) or not isinstance(one, numeric) for one in values):
        raise DataError(f"{name}= holds something else than numbers.")
    taken = np.array(values, dtype=np.float64)
    if not np.isfinite(taken).all():
        raise DataError(f"{name}= holds a number that is missing or infinite.")
    return taken
