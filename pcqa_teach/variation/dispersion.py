"""Over-dispersion: how much further units lie apart than chance alone would spread them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pcqa_teach.arguments import Bools, Floats


@dataclass(frozen=True)
class Dispersion:
    """How far apart units lie.

    Parameters
    ----------
    phi : mean square of the winsorised z; 1 where chance alone is at work
    tau2 : variance between units beyond chance, on the scale, 0 or more
    z : array of float, the z that phi comes from (NaN where left out)
    changed : array of bool, the units whose z was pulled in or left out
    """

    phi: float
    tau2: float
    z: Floats
    changed: Bools

    @property
    def tau(self) -> float:
        """Give the standard deviation between units beyond chance, on the scale."""
        return float(np.sqrt(self.tau2))


def winsorised(z: Floats, share: float) -> tuple[Floats, Bools]:
    """Pull the outermost z in to the centiles, so that a few units cannot widen all limits.

    >>> winsorised(np.array([-9.0, -1, 0, 1, 9]), 0.1)[0].round(1).tolist()
    [-5.8, -1.0, 0.0, 1.0, 5.8]
    """
    low, high = np.quantile(z, [share, 1 - share])
    return np.clip(z, low, high), (z <= low) | (z >= high)


def trimmed(z: Floats, share: float) -> tuple[Floats, Bools]:
    """Leave the outermost z out (NaN), as NHS Digital's SHMI does; ties share their rank.

    >>> trimmed(np.array([-9.0, -1, 0, 1, 9]), 0.2)[0].tolist()
    [nan, -1.0, 0.0, 1.0, nan]
    """
    if share == 0:
        return z.copy(), np.zeros(len(z), dtype=bool)
    from scipy.stats import rankdata

    parts = 1 / share
    part = np.floor(rankdata(z) * parts / (len(z) + 1))
    out = (part <= 0) | (part >= parts - 1)
    return np.where(out, np.nan, z), out


def dispersion(z: Floats, error: Floats, share: float, *, trims: bool) -> Dispersion:
    """Estimate phi and tau squared from each unit's z and its standard error s.

    Formula: phi = sum(z^2) / I over the I winsorised z; w = 1 / s^2;
    tau^2 = (I phi - (I - 1)) / (sum w - sum w^2 / sum w), or 0 where that is negative.

    Parameters
    ----------
    z, error : arrays of float, one a unit
    share : how much of each end is winsorised, such as 0.1
    trims : leave the ends out instead

    Examples
    --------
    >>> spread = dispersion(np.array([-4.0, -2, 0, 2, 4]), np.full(5, 0.1), 0.0, trims=False)
    >>> spread.phi, round(spread.tau2, 3)
    (8.0, 0.09)

    Notes
    -----
    Spiegelhalter, Statistics in Medicine 24 (2005), on over-dispersion; DerSimonian and Laird 1986.
    """
    used, changed = (trimmed if trims else winsorised)(z, share)
    kept = np.isfinite(used)
    count = int(kept.sum())
    if count < 2:
        return Dispersion(float("nan"), 0.0, used, changed)
    phi = float((used[kept] ** 2).sum() / count)
    weight = 1 / error[kept] ** 2
    beyond = count * phi - (count - 1)
    tau2 = beyond / float(weight.sum() - (weight**2).sum() / weight.sum())
    return Dispersion(phi, max(0.0, tau2), used, changed)
