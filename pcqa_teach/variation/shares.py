"""A share with its interval, and how many cases a review needs."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats, number, whole
from pcqa_teach.errors import DataError


def wilson(count: Any, n: Any, level: float = 0.95) -> pd.DataFrame:
    """Give shares with Wilson's interval, which holds for small numbers and near 0 or 100%.

    Formula: (p + z^2/2n -/+ z sqrt(p(1-p)/n + z^2/4n^2)) / (1 + z^2/n).

    Parameters
    ----------
    count, n : a number or several: how many, out of how many
    level : how sure, such as 0.95

    Returns
    -------
    DataFrame with count, n, share, lower, upper; a share of nobody is missing

    Raises
    ------
    DataError
        A count is not a whole number from 0 to its n.

    Examples
    --------
    >>> wilson([0, 5, 18], [20, 20, 20]).round(3).iloc[:, 2:].values.tolist()
    [[0.0, 0.0, 0.161], [0.25, 0.112, 0.469], [0.9, 0.699, 0.972]]

    Notes
    -----
    Wilson, Journal of the American Statistical Association 22 (1927); Newcombe 1998, method 3.
    """
    from statsmodels.stats.proportion import proportion_confint

    events, size = _counts(count, "count"), _counts(n, "n")
    if len(events) != len(size) and 1 not in (len(events), len(size)):
        raise DataError(f"wilson() was given {len(events)} counts and {len(size)} n: pair them.")
    events, size = (np.array(one) for one in np.broadcast_arrays(events, size))
    if (events > size).any():
        raise DataError("A count is more than its n: a share counts part of the whole.")
    sure = number(level, "level", 0.95, above=0, below=1)
    of = np.where(size > 0, size, np.nan)
    lower, upper = proportion_confint(events, of, alpha=1 - sure, method="wilson")
    return pd.DataFrame(
        {"count": events, "n": size, "share": events / of, "lower": lower, "upper": upper}
    )


def sample_size(
    margin: float, share: float = 0.5, level: float = 0.95, population: int | None = None
) -> int:
    """Say how many cases to look at so that a share is known within a margin.

    Formula: n0 = z^2 p (1 - p) / margin^2; n = n0 / (1 + (n0 - 1) / N) of a population of N.

    Parameters
    ----------
    margin : how far off the answer may be, such as 0.1 for 10 percentage points either way
    share : what the share will be about; 0.5 asks for the most
    level : how sure
    population : how many there are in all, if few

    Examples
    --------
    >>> sample_size(0.1), sample_size(0.05, share=0.2), sample_size(0.1, population=200)
    (97, 246, 66)

    Notes
    -----
    Cochran, Sampling Techniques (1977), section 4.4.
    """
    from scipy.stats import norm

    half = number(margin, "margin", 0.1, above=0, below=1)
    p = number(share, "share", 0.2, above=0, below=1)
    sure = number(level, "level", 0.95, above=0, below=1)
    z = float(norm.ppf((1 + sure) / 2))
    size = z**2 * p * (1 - p) / half**2
    if population is not None:
        size /= 1 + (size - 1) / whole(population, "population", 500, low=1, high=10**9)
        return min(int(np.ceil(size - 1e-9)), int(population))
    return int(np.ceil(size - 1e-9))


def _counts(given: Any, name: str) -> Floats:
    try:
        values = np.atleast_1d(np.asarray(given, dtype=np.float64))
    except (TypeError, ValueError):
        values = np.array([np.nan])
    truth = np.asarray(given).dtype.kind == "b"
    fine = values.ndim == 1 and len(values) > 0 and bool(np.isfinite(values).all())
    if not fine or truth or (values < 0).any() or (values != np.round(values)).any():
        raise DataError(f"{name}= needs whole numbers from 0 up.")
    return values
