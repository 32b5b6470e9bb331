"""Rules on how far from the centre line points lie, in thirds of the way to the limits."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.rules.definition import WHOLE
from pcqa_teach.spc.runs import chain, rows_of, windows
from pcqa_teach.spc.segments import Bools, Codes


def outside(evidence: Evidence) -> Codes:
    """Flag a point strictly beyond a 3-sigma limit.

    Formula: |y - centre| > 3 sigma; that point alone is flagged, with its side.
    Source: Shewhart 1931; Nelson 1984, test 1.

    >>> from pcqa_teach.spc.rules import one_phase
    >>> outside(one_phase([6, 7, 5, 9, 6, 30], centre=7, sigma=2)).tolist()
    [0, 0, 0, 0, 0, 1]
    """
    return evidence.beyond3


def two_of_three(evidence: Evidence, between: bool = False, anywhere: bool = False) -> Codes:
    """Flag points beyond 2 sigma where at least two of three in a row are, on one side.

    All three lie on that side; with `anywhere`, the third may lie anywhere. With `between`, a point
    beyond the limits does not count. Only the points beyond 2 sigma are flagged.

    Source: NHS England, Making Data Count; Western Electric 1956 and Nelson 1984, test 5
    (`anywhere`); NHSRplotthedots (`between`).

    >>> from pcqa_teach.spc.rules import one_phase
    >>> two_of_three(one_phase([6, 12, 8, 12, 6], centre=7, sigma=2)).tolist()
    [0, 1, 0, 1, 0]
    >>> split = one_phase([6, 12, 5, 12, 6], centre=7, sigma=2)
    >>> two_of_three(split).tolist(), two_of_three(split, anywhere=True).tolist()
    ([0, 0, 0, 0, 0], [0, 1, 0, 1, 0])
    """
    far = evidence.beyond2
    if between:
        far = far * (evidence.beyond3 == 0)
    return _some_of(far, evidence, need=2, width=3, anywhere=anywhere)


def four_of_five(evidence: Evidence, anywhere: bool = True) -> Codes:
    """Flag points beyond 1 sigma where at least four of five in a row are, on one side.

    The fifth may lie anywhere; without `anywhere`, all five lie on that side. Only the points
    beyond 1 sigma on that side are flagged.

    Source: Western Electric 1956; Nelson 1984, test 6.

    >>> from pcqa_teach.spc.rules import one_phase
    >>> four_of_five(one_phase([10, 10, 6, 10, 10, 7], centre=7, sigma=2)).tolist()
    [1, 1, 0, 1, 1, 0]
    """
    return _some_of(evidence.beyond(1), evidence, need=4, width=5, anywhere=anywhere)


def fifteen_within(evidence: Evidence) -> Codes:
    """Flag every point of fifteen or more in a row that all lie within 1 sigma.

    A point exactly 1 sigma away is within; the side does not matter, and the signal points neither
    way. Without limits there is none.

    Source: Nelson 1984, test 7.

    >>> from pcqa_teach.spc.rules import one_phase
    >>> fifteen_within(one_phase([7, 8, 6] * 5 + [12], centre=7, sigma=2)).tolist()
    [2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 0]
    """
    within = (evidence.beyond(1) == 0) & np.isfinite(evidence.sigma)
    return _neither(chain(within[1:] & within[:-1], evidence.segments, 15))


def eight_outside(evidence: Evidence) -> Codes:
    """Flag every point of eight or more in a row beyond 1 sigma, some above and some below.

    Each eight in a row that are flagged have points on both sides; eight on one side are no signal
    of this rule (they are one of `four_of_five`). The signal points neither way.

    Source: Nelson 1984, test 8.

    >>> from pcqa_teach.spc.rules import one_phase
    >>> eight_outside(one_phase([7, 10, 4, 10, 4, 10, 4, 10, 4], centre=7, sigma=2)).tolist()
    [0, 2, 2, 2, 2, 2, 2, 2, 2]
    >>> eight_outside(one_phase([10] * 8, centre=7, sigma=2)).any().item()
    False
    """
    far = evidence.beyond(1)
    away = far != 0
    all_away = windows(away[1:] & away[:-1], evidence.segments, 8)
    one_side = windows(far[1:] == far[:-1], evidence.segments, 8)
    return _neither(rows_of(all_away & ~one_side, 8, len(far)))


def _neither(flagged: Bools) -> Codes:
    return flagged.view(np.int8) * np.int8(WHOLE)


def _some_of(far: Codes, evidence: Evidence, *, need: int, width: int, anywhere: bool) -> Codes:
    """Flag the far points of every `width` in a row of which `need` are far on one side."""
    flagged = np.zeros(len(far), dtype=bool)
    if len(far) < width:
        return flagged.view(np.int8)
    if anywhere:
        linked, each_side = np.ones(len(far) - 1, dtype=bool), [far > 0, far < 0]
    else:
        side = evidence.side
        linked, each_side = side[1:] == side[:-1], [far != 0]
    inside = windows(linked, evidence.segments, width)
    for hit in each_side:
        count = np.zeros(len(inside), dtype=np.int8)
        for step in range(width):
            count += hit[step : len(inside) + step]
        flagged |= hit & rows_of(inside & (count >= need), width, len(far))
    return far * flagged
