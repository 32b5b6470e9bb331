"""What a signal means: the verdict on each point, and the two icons of each series."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from pcqa_teach.spc.segments import Bools, Codes, Floats

VERDICTS = ("common", "improvement", "concern", "neutral")
COMMON, IMPROVEMENT, CONCERN, NEUTRAL = range(4)

GOOD = {"up": 1, "down": -1}


def verdicts(
    up: Bools, down: Bools, improvement: str | None, neither: Bools | None = None
) -> Codes:
    """Give each point's verdict as a code of `VERDICTS`; where both apply, improvement wins.

    `up` and `down` say that some rule found a signal in that direction, `neither` that one found a
    signal that points neither way: neutral, unless another rule's says more.

    >>> up, down = np.array([True, False, True]), np.array([False, False, True])
    >>> [VERDICTS[code] for code in verdicts(up, down, "down")]
    ['concern', 'common', 'improvement']
    """
    odd = np.zeros_like(up) if neither is None else neither
    if improvement is None:
        return (up | down | odd).view(np.int8) * np.int8(NEUTRAL)
    good, bad = (up, down) if GOOD[improvement] > 0 else (down, up)
    code = odd.view(np.int8) * np.int8(NEUTRAL)
    code[bad] = CONCERN
    code[good] = IMPROVEMENT
    return code


def assurance(
    lower: Floats, upper: Floats, target: Floats, improvement: str | None
) -> NDArray[Any]:
    """Hold the target against the last limits: passing, failing or hit-and-miss.

    A target that equals a limit is hit and miss, as in the NHS tools. None where there is no
    target, no good direction or no limits.

    >>> assurance(np.array([5.0]), np.array([9.0]), np.array([10.0]), "down").tolist()
    ['passing']
    """
    answer = np.full(len(lower), None, dtype=object)
    if improvement is None:
        return answer
    known = np.isfinite(lower) & np.isfinite(upper) & np.isfinite(target)
    answer[known] = "hit-and-miss"
    above, under = known & (target > upper), known & (target < lower)
    answer[above] = "failing" if GOOD[improvement] > 0 else "passing"
    answer[under] = "passing" if GOOD[improvement] > 0 else "failing"
    return answer
