"""What chance alone allows: limits from the binomial and the Poisson distributions."""

from __future__ import annotations

import numpy as np

from pcqa_teach.arguments import Floats
from pcqa_teach.variation.scales import Z95, Z998

TAILS = {"95": 0.025, "998": 0.001}  # the share of chance beyond each limit, on either side
DISTANCES = {"95": Z95, "998": Z998}


def binomial_limit(n: Floats, target: float, share: float) -> Floats:
    """Find the share of events below which chance leaves `share` of units.

    Formula: r the least count with P(X <= r) >= share; a = (P(X <= r) - share) / P(X = r);
    limit = (r - a) / n, kept between 0 and 1. The step a makes a smooth line of whole counts.

    Parameters
    ----------
    n : array of whole numbers above 0
    target : the share that all would have, above 0 and below 1
    share : such as 0.001 for the lower 99.8% limit

    Examples
    --------
    >>> binomial_limit(np.array([10.0, 100.0]), 0.2, 0.975).round(4).tolist()
    [0.4295, 0.2765]

    Notes
    -----
    Spiegelhalter, Statistics in Medicine 24 (2005), appendix, on exact limits.
    """
    from scipy.stats import binom

    r = binom.ppf(share, n, target)
    step = (binom.cdf(r, n, target) - share) / binom.pmf(r, n, target)
    limit: Floats = np.clip((r - step) / n, 0.0, 1.0)
    return limit


def poisson_limits(expected: Floats, tail: float) -> tuple[Floats, Floats]:
    """Find the exact limits of a count over what was expected.

    Formula: lower = chi2(tail; 2E) / 2E, upper = chi2(1 - tail; 2(E + 1)) / 2E.

    Examples
    --------
    >>> low, high = poisson_limits(np.array([10.0]), 0.025)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.4795, 1.839)

    Notes
    -----
    Garwood, Biometrika 28 (1936); FunnelPlotR uses the same.
    """
    from scipy.stats import chi2

    return (
        chi2.ppf(tail, 2 * expected) / (2 * expected),
        chi2.isf(tail, 2 * (expected + 1)) / (2 * expected),
    )


def byar_limits(expected: Floats, z: float) -> tuple[Floats, Floats]:
    """Find Byar's close approximation to the exact Poisson limits.

    Formula: lower = (1 - 1/(9E) - z/(3 sqrt E))^3; upper = (E+1)/E (1 - 1/(9(E+1)) +
    z/(3 sqrt(E+1)))^3.

    Examples
    --------
    >>> low, high = byar_limits(np.array([10.0]), 1.959964)
    >>> round(float(low[0]), 4), round(float(high[0]), 4)
    (0.4787, 1.8391)

    Notes
    -----
    Breslow and Day, Statistical Methods in Cancer Research II (1987), section 2.3.
    """
    more = expected + 1
    low = (1 - 1 / (9 * expected) - z / (3 * np.sqrt(expected))) ** 3
    high = more / expected * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3
    return np.maximum(low, 0.0), high
