"""Where the boxes of a network go: linked ones near each other, none on another."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.partners.paths import parts

_STARTS, _ROUNDS, _APART = 24, 120, 0.14  # tries; rounds of each; inches between two boxes


def places(steps: Floats, sizes: Sequence[tuple[float, float]], wide: float, high: float) -> Floats:
    """Give the middle of each box in inches from the top left, the same each time.

    Distances on the page follow the steps in the network (stress majorisation from several starts);
    then boxes are pushed apart. Of the starts, the one whose lines cross fewest boxes, and each
    other least, is taken. Whoever is not linked to the largest part stands in a row below it.

    Parameters
    ----------
    steps : from each to each; infinite where there is no way
    sizes : width and height of each box, inches
    wide, high : of the page, inches

    Examples
    --------
    >>> far = np.array([[0.0, 1.0], [1.0, 0.0]])
    >>> two = places(far, [(1.0, 0.4)] * 2, 7.0, 3.0)
    >>> bool(abs(two[0] - two[1]).max() > 1)
    True

    Source: Gansner, Koren and North, Graph Drawing by Stress Majorization, 2004.
    """
    box, at = np.array(sizes, dtype=np.float64), np.zeros((len(steps), 2))
    largest, *rest = parts(steps)
    below = [place for part in rest for place in part]
    row = 0.0
    if below:
        row = float(box[below, 1].max()) + 2 * _APART
        ends = np.cumsum(box[below, 0] + _APART)
        at[below, 0] = (ends - box[below, 0] / 2 - _APART) * min(1.0, wide / ends[-1])
        at[below, 1] = high - row / 2 + _APART
    here = np.ix_(largest, largest)
    at[largest] = _best(
        len(largest), steps[here].tobytes(), box[largest].tobytes(), wide, high - row
    )
    return at


@lru_cache(maxsize=32)
def _best(size: int, apart: bytes, boxes: bytes, wide: float, high: float) -> Floats:
    """Give the best of several tries for a part that hangs together; kept for the next picture."""
    steps = np.frombuffer(apart).reshape(size, size)
    box = np.frombuffer(boxes).reshape(size, 2)
    joined = steps == 1
    rng = np.random.default_rng(2155)
    best, fewest = np.zeros((size, 2)), np.inf
    for _ in range(_STARTS):
        spread = _majorised(rng.normal(size=(size, 2)), steps)
        at = _apart(_fitted(_turned(spread), box, wide, high), box, wide, high)
        faults = _faults(at, box, joined)
        if faults < fewest:
            best, fewest = at, faults
    return best


def _majorised(at: Floats, target: Floats) -> Floats:
    """Move the points until their distances are as near to the target as they get."""
    weight = 1.0 / np.where(target > 0, target, 1.0) ** 2
    np.fill_diagonal(weight, 0.0)
    laplace = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.pinv(laplace)
    for _ in range(_ROUNDS):
        gap = at[:, np.newaxis, :] - at[np.newaxis, :, :]
        length = np.sqrt((gap**2).sum(axis=2))
        ratio = weight * target / np.where(length > 1e-9, length, np.inf)
        at = inverse @ (np.diag(ratio.sum(axis=1)) - ratio) @ at
    return at


def _turned(at: Floats) -> Floats:
    """Turn the picture so that it is wider than high."""
    at = at - at.mean(axis=0)
    _, _, axes = np.linalg.svd(at, full_matrices=False)
    turned: Floats = at @ axes.T
    return turned if turned.shape[1] == 2 else np.column_stack([turned, np.zeros(len(at))])


def _fitted(at: Floats, box: Floats, wide: float, high: float) -> Floats:
    """Stretch the picture over the page, whole boxes inside it."""
    low, span = at.min(axis=0), np.ptp(at, axis=0)
    room = np.array([wide, high]) - box.max(axis=0)
    part = np.where(span > 1e-9, (at - low) / np.where(span > 1e-9, span, 1.0), 0.5)
    fitted: Floats = box.max(axis=0) / 2 + part * room
    return fitted


def _apart(at: Floats, box: Floats, wide: float, high: float) -> Floats:
    """Push boxes that touch apart, along the way that is shorter."""
    at = at.copy()
    need = (box[:, np.newaxis] + box[np.newaxis]) / 2 + _APART
    for _ in range(_ROUNDS):
        gap = at[:, np.newaxis] - at[np.newaxis]
        short = need - np.abs(gap)
        touch = (short > 0).all(axis=2) & ~np.eye(len(at), dtype=bool)
        if not touch.any():
            break
        along = (short[..., 1] < short[..., 0]).astype(int)
        for one, other in np.argwhere(np.triu(touch)):
            axis = along[one, other]
            way = 1.0 if gap[one, other, axis] >= 0 else -1.0
            push = way * short[one, other, axis] * 0.55
            at[one, axis] += push / 2
            at[other, axis] -= push / 2
        at = np.clip(at, box / 2, np.array([wide, high]) - box / 2)
    return at


def _faults(at: Floats, box: Floats, joined: Bools) -> float:
    """Count boxes that touch, lines that lead behind a third box, and lines that cross."""
    ends = np.argwhere(np.triu(joined))
    need = (box[:, np.newaxis] + box[np.newaxis]) / 2
    touch = (np.abs(at[:, np.newaxis] - at[np.newaxis]) < need - 1e-6).all(axis=2)
    faults = 50.0 * (int(touch.sum()) - len(at))
    along = np.linspace(0, 1, 41)[:, np.newaxis]
    for one, other in ends:
        line = at[one] + along * (at[other] - at[one])
        inside = (np.abs(line[:, np.newaxis] - at) < box / 2 + 0.03).all(axis=2).any(axis=0)
        inside[[one, other]] = False
        faults += 10.0 * int(inside.sum())
    starts, stops = at[ends[:, 0]], at[ends[:, 1]]
    for number in range(len(ends)):
        faults += _crossings(
            starts[number], stops[number], starts[number + 1 :], stops[number + 1 :]
        )
    return faults


def _crossings(start: Floats, stop: Floats, starts: Floats, stops: Floats) -> int:
    """Count the lines that cross one line, not those that meet it at an end."""

    def side(a: Floats, b: Floats, c: Floats) -> Floats:
        turn: Floats = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1])
        turn = turn - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        return np.where(np.abs(turn) < 1e-9, 0.0, np.sign(turn))

    across = side(start, stop, starts) * side(start, stop, stops) < 0
    return int((across & (side(starts, stops, start) * side(starts, stops, stop) < 0)).sum())
