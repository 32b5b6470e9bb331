"""Shares with their intervals: of independent contacts, and of contacts that cluster in people."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.demand.given import Codes

Z95 = 1.959963984540054  # 95% of a normal distribution lie within so many standard deviations


def share_of_people(
    part: Floats, whole: Floats, group: Codes, groups: int
) -> tuple[Floats, Floats, Floats]:
    """Return sum(part) / sum(whole) in each group with its 95% interval, people as clusters.

    R = sum(part) / sum(whole)
    se(R) = sqrt( m / (m - 1) x sum (part - R x whole)^2 ) / sum(whole)

    A person's visits resemble each other, so that the visits are not independent; the people are.
    m is the number of people; with one there is no interval.

    Parameters
    ----------
    part, whole : one number a person
    group : the place of each person's group, from 0
    groups : how many groups

    Returns
    -------
    ratio, lower, upper : one number a group (not per cent); missing where the group is empty

    Examples
    --------
    Five people with 1 of 2, 0 of 1, 2 of 2, 1 of 3 and 2 of 2 visits:

    >>> part, whole = np.array([1.0, 0, 2, 1, 2]), np.array([2.0, 1, 2, 3, 2])
    >>> found = share_of_people(part, whole, np.zeros(5, dtype=int), 1)
    >>> [round(float(one[0]), 3) for one in found]
    [0.6, 0.266, 0.934]

    Source: Cochran WG, Sampling Techniques, 1977, chapter 6 (ratio estimator).
    """
    top = np.bincount(group, part, groups)
    bottom = np.bincount(group, whole, groups)
    many = np.bincount(group, minlength=groups)
    ratio = np.full(groups, np.nan)
    np.divide(top, bottom, out=ratio, where=bottom > 0)
    squares = np.bincount(group, (part - ratio[group] * whole) ** 2, groups)
    error = np.full(groups, np.nan)
    np.divide(np.sqrt(squares), bottom, out=error, where=(bottom > 0) & (many > 1))
    error *= np.sqrt(many / np.maximum(many - 1, 1))
    return ratio, ratio - Z95 * error, ratio + Z95 * error


def wilson(share: Any, n: Any) -> tuple[Floats, Floats]:
    """Return the 95% Wilson interval of shares (0 to 1) of n; missing where n is under 1.

    A weighted share is of an n that is no whole number; nor is its count. The interval is then
    that of the whole n below it, drawn straight between the two whole counts beside it.

    >>> low, high = wilson([0.22, 0.0], [100, 0])
    >>> round(float(low[0]), 4), round(float(high[0]), 4), bool(np.isnan(low[1]))
    (0.15, 0.3107, True)
    """
    from pcqa_teach.variation import wilson as exact

    shares, of = np.broadcast_arrays(
        np.asarray(share, dtype="float64"), np.floor(np.asarray(n, dtype="float64") + 1e-9)
    )
    if not shares.size:
        return np.empty(0), np.empty(0)
    count = np.nan_to_num(shares) * of
    count = np.where(np.isclose(count, np.round(count), rtol=0, atol=1e-6), np.round(count), count)
    below, above = (
        exact(np.atleast_1d(one).ravel(), of.ravel()) for one in (np.floor(count), np.ceil(count))
    )
    part = (count - np.floor(count)).ravel()
    low, high = (
        (1 - part) * below[end].to_numpy() + part * above[end].to_numpy()
        for end in ("lower", "upper")
    )
    low = np.where(count.ravel() == 0, np.abs(0 * low), low)  # not 0.00000000000000002
    return low.reshape(shares.shape), high.reshape(shares.shape)


def with_interval(rows: pd.DataFrame, share: Any, n: Any) -> pd.DataFrame:
    """Return the rows with share, lower and upper in per cent, of shares (0 to 1) of n each."""
    shares = np.asarray(share, dtype="float64")
    low, high = wilson(shares, n)
    return rows.assign(share=100 * shares, lower=100 * low, upper=100 * high)
