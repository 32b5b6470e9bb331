"""Names beside points, kept apart: each takes the first free place round its point, or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pcqa_teach.arguments import Bools, Floats

GAP = 5.0  # points between a mark and its name
CLEAR = 8.0  # points between a name and anybody else's mark, so that it is nobody else's name
_TURNS = np.array([[1, 0], [1, 1], [1, -1], [-1, 0], [-1, 1], [-1, -1], [0, 1], [0, -1]])


@dataclass(frozen=True)
class Place:
    """Where a name stands: whose it is, and the way from its mark to its lower left corner."""

    index: int
    dx: float
    dy: float


def places(
    at: Floats, sizes: Floats, marks: Floats, box: Sequence[float], most: int
) -> list[Place]:
    """Find a place for each name, the first ones first; one without a free place goes without.

    Parameters
    ----------
    at : array (names, 2), the marks to be named, in points of the page
    sizes : array (names, 2), width and height of each name
    marks : array (marks, 2), every mark on the page
    box : left, bottom, right and top that names stay inside
    most : how many names at most

    Examples
    --------
    >>> two = np.array([[50.0, 50], [60, 50]])
    >>> found = places(two, np.full((2, 2), [20.0, 8]), two, [0, 0, 100, 100], 5)
    >>> [(one.index, one.dx) for one in found]
    [(0, -25.0), (1, 5.0)]
    """
    taken = np.empty((0, 4))
    found: list[Place] = []
    for index in range(len(at)):
        if len(found) >= most:
            break
        boxes = _round(at[index], sizes[index])
        others = marks[np.abs(marks - at[index]).max(axis=1) > 0.1]
        free = _inside(boxes, box) & ~_near(boxes, others) & ~_overlap(boxes, taken)
        if not free.any():
            continue
        chosen = boxes[int(np.argmax(free))]
        taken = np.vstack([taken, chosen])
        dx, dy = chosen[:2] - at[index]
        found.append(Place(index, float(dx), float(dy)))
    return found


def _round(at: Floats, size: Floats) -> Floats:
    """Give the eight boxes round a mark: left, bottom, right, top."""
    middle = at + _TURNS * (GAP + size / 2)
    return np.hstack([middle - size / 2, middle + size / 2])


def _inside(boxes: Floats, box: Sequence[float]) -> Bools:
    left, bottom, right, top = box
    kept = (boxes[:, 0] >= left) & (boxes[:, 1] >= bottom)
    return np.asarray(kept & (boxes[:, 2] <= right) & (boxes[:, 3] <= top))


def _near(boxes: Floats, marks: Floats) -> Bools:
    x, y = marks[:, 0], marks[:, 1]
    within = (x > boxes[:, :1] - CLEAR) & (x < boxes[:, 2:3] + CLEAR)
    within &= (y > boxes[:, 1:2] - 0.75 * CLEAR) & (y < boxes[:, 3:4] + 0.75 * CLEAR)
    return np.asarray(within.any(axis=1))


def _overlap(boxes: Floats, taken: Floats) -> Bools:
    apart = (boxes[:, None, 2] <= taken[:, 0]) | (boxes[:, None, 0] >= taken[:, 2])
    apart |= (boxes[:, None, 3] <= taken[:, 1]) | (boxes[:, None, 1] >= taken[:, 3])
    return np.asarray((~apart).any(axis=1))
