"""The lines of a funnel at any size of unit: what chance allows, alone and with ordinary spread."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.variation.dispersion import Dispersion
from pcqa_teach.variation.exact import DISTANCES, TAILS, binomial_limit, byar_limits, poisson_limits
from pcqa_teach.variation.scales import Scale


@dataclass(frozen=True)
class Design:
    """How a funnel compares: the choices that its lines follow from.

    Parameters
    ----------
    kind, scale_name, scale : what is compared, and on which scale
    limits : "exact", "byar" or "approximate", the lines of chance alone
    overdispersion : "additive", "multiplicative" or "none"
    target : the centre, in events per denominator
    per : what values are multiplied by, such as 1000
    winsorise : the share of each end of the z that is pulled in
    """

    kind: str
    scale_name: str
    scale: Scale
    limits: str
    overdispersion: str
    target: float
    per: float
    winsorise: float

    def widening(self, found: Dispersion, error: Floats) -> Floats:
        """Give the standard errors with ordinary differences between units added."""
        if self.overdispersion == "additive":
            return np.asarray(np.sqrt(error**2 + found.tau2))
        if self.overdispersion == "multiplicative":
            return error * float(np.sqrt(max(1.0, found.phi)))
        return error

    def widened(self, found: Dispersion) -> bool:
        """Say whether units lie further apart than chance, so that there is something to add."""
        if self.overdispersion == "additive":
            return found.tau2 > 0
        return self.overdispersion == "multiplicative" and found.phi > 1


def lines(design: Design, found: Dispersion, n: Floats) -> pd.DataFrame:
    """Work out both pairs of lines, naive and adjusted, at the denominators `n`.

    Formula: naive as `exact.py` says; adjusted = back(scale(target) -/+ z sqrt(s^2 + tau^2)), or
    with s sqrt(phi) where it is multiplicative; z = 1.959964 and 3.090232. Without any
    over-dispersion the adjusted lines are the naive ones.

    Returns
    -------
    DataFrame, a row a denominator: naive_lower95, naive_upper95, naive_lower998, naive_upper998,
        and the same four of adjusted, in values
    """
    naive = {name: _naive(design, n, name) for name in TAILS}
    adjusted = naive
    if design.widened(found):
        error = design.widening(found, design.scale.error(n, design.target))
        adjusted = {name: _bell(design, error, name) for name in TAILS}
    return pd.DataFrame(
        {
            f"{which}_{edge}{name}": pair[place] * design.per
            for which, pairs in (("naive", naive), ("adjusted", adjusted))
            for name, pair in pairs.items()
            for place, edge in enumerate(("lower", "upper"))
        }
    )


def _naive(design: Design, n: Floats, name: str) -> tuple[Floats, Floats]:
    target, tail = design.target, TAILS[name]
    if design.limits == "approximate":
        return _bell(design, design.scale.error(n, target), name)
    if design.kind == "proportion":
        return binomial_limit(n, target, tail), binomial_limit(n, target, 1 - tail)
    expected = n * target
    if design.limits == "byar":
        low, high = byar_limits(expected, DISTANCES[name])
    else:
        low, high = poisson_limits(expected, tail)
    return low * target, high * target


def _bell(design: Design, error: Floats, name: str) -> tuple[Floats, Floats]:
    """Go so many standard errors to either side on the scale, and back to values."""
    centre, reach = design.scale.centre(design.target), DISTANCES[name] * error
    return design.scale.back(centre - reach), design.scale.back(centre + reach)
