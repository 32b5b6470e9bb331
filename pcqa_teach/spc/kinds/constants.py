"""What a standard deviation or a range of n normal values is, on average.

`c4(n)` is exact. d2 and d3 are to as many figures as the tables of the qcc package for R hold, so
that limits agree with it: three for d2, as in every textbook, and seven for d3.
"""

from __future__ import annotations

from math import exp, lgamma, sqrt

import numpy as np
from numpy.typing import NDArray

from pcqa_teach.spc.segments import Floats

MOST = 25  # the largest subgroup that a range is used for

_D2 = (
    np.nan, np.nan, 1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.97, 3.078, 3.173, 3.258,
    3.336, 3.407, 3.472, 3.532, 3.588, 3.64, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
)  # fmt: skip
_D3 = (
    np.nan, np.nan, 0.8525033, 0.8883697, 0.8798108, 0.8640855, 0.8480442, 0.8332108, 0.8198378,
    0.8078413, 0.7970584, 0.787323, 0.7784873, 0.7704257, 0.763033, 0.7562217, 0.7499188,
    0.7440627, 0.7386021, 0.7334929, 0.728698, 0.7241851, 0.7199267, 0.7158987, 0.7120802,
    0.7084528,
)  # fmt: skip


def c4(n: NDArray[np.floating] | NDArray[np.integer]) -> Floats:
    """Give the mean of the standard deviation of n standard normal values.

    Formula: c4 = sqrt(2 / (n - 1)) gamma(n / 2) / gamma((n - 1) / 2).
    Source: Montgomery, Introduction to Statistical Quality Control, appendix VI.

    >>> c4(np.array([2, 5])).round(4).tolist()
    [0.7979, 0.94]
    """
    distinct, where = np.unique(np.asarray(n, dtype=np.float64), return_inverse=True)
    return np.array([_c4(size) for size in distinct.tolist()])[where.reshape(-1)]


def _c4(n: float) -> float:
    if not n > 1:
        return float("nan")
    return sqrt(2 / (n - 1)) * exp(lgamma(n / 2) - lgamma((n - 1) / 2))


def d2(n: NDArray[np.floating] | NDArray[np.integer]) -> Floats:
    """Give the mean of the range of n standard normal values, n from 2 to 25.

    >>> d2(np.array([2, 5])).tolist()
    [1.128, 2.326]
    """
    return _of(_D2, n)


def d3(n: NDArray[np.floating] | NDArray[np.integer]) -> Floats:
    """Give the standard deviation of the range of n standard normal values, n from 2 to 25.

    >>> d3(np.array([2, 5])).tolist()
    [0.8525033, 0.8640855]
    """
    return _of(_D3, n)


def _of(table: tuple[float, ...], n: NDArray[np.floating] | NDArray[np.integer]) -> Floats:
    sizes = np.nan_to_num(np.asarray(n, dtype=np.float64))
    inside = (sizes >= 2) & (sizes <= MOST)
    return np.array(table)[np.where(inside, sizes, 0).astype(np.int64)]


def textbook(n: int) -> dict[str, float]:
    """Give the constants of xbar, s and R charts for subgroups of n, as textbooks tabulate them.

    Formula: A3 = 3 / (c4 sqrt(n)); B3, B4 = 1 -/+ 3 sqrt(1 - c4^2) / c4;
    D3, D4 = 1 -/+ 3 d3 / d2; none below 0.
    Source: Montgomery, 6.2 and 6.3.

    >>> {name: round(value, 3) for name, value in textbook(5).items() if value > 1}
    {'A3': 1.427, 'B4': 2.089, 'd2': 2.326, 'D4': 2.114}
    """
    size = np.array([n])
    c, mean, sd = float(c4(size)[0]), float(d2(size)[0]), float(d3(size)[0])
    wide, range_wide = 3 * sqrt(1 - c * c) / c, 3 * sd / mean
    return {
        "c4": c,
        "A3": 3 / (c * sqrt(n)),
        "B3": max(1 - wide, 0.0),
        "B4": 1 + wide,
        "d2": mean,
        "d3": sd,
        "D3": max(1 - range_wide, 0.0),
        "D4": 1 + range_wide,
    }
