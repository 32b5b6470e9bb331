"""Shortest ways through a network, worked out for all pairs at once."""

from __future__ import annotations

import numpy as np

from pcqa_teach.arguments import Bools, Floats


def distances(joined: Bools) -> tuple[Floats, Floats]:
    """Give the steps from each to each, and how many shortest ways there are.

    One step further in each round: whoever is joined to somebody reached in the last round and was
    not reached before. Without a way, the steps are infinite.

    Examples
    --------
    A row of three and one alone:

    >>> three = np.zeros((4, 4), dtype=bool)
    >>> three[[0, 1, 1, 2], [1, 0, 2, 1]] = True
    >>> distances(three)[0][0].tolist()
    [0.0, 1.0, 2.0, inf]
    """
    size = len(joined)
    steps: Floats = np.where(np.eye(size, dtype=bool), 0.0, np.inf)
    ways: Floats = np.eye(size)
    last, link = np.eye(size), joined.astype(np.float64)
    for step in range(1, size):
        onward = last @ link
        new = (onward > 0) & np.isinf(steps)
        if not new.any():
            break
        steps[new] = step
        last = np.where(new, onward, 0.0)
        ways = np.where(new, onward, ways)
    return steps, ways


def betweenness(steps: Floats, ways: Floats) -> Floats:
    """Give for each the number of pairs of others whose shortest ways lead through them.

    b(v) = sum over pairs s, t of ways(s, v) x ways(v, t) / ways(s, t), where v lies on a shortest
    way; a pair with two shortest ways counts half for each.

    Examples
    --------
    In a row of three, the one in the middle lies between the one pair of others:

    >>> row = np.array([[0, 1, 0], [1, 0, 1], [0, 1, 0]], dtype=bool)
    >>> betweenness(*distances(row)).tolist()
    [0.0, 1.0, 0.0]

    Source: Freeman LC, Social Networks 1978/79;1:215-39.
    """
    size = len(steps)
    through = np.zeros(size)
    with np.errstate(invalid="ignore", divide="ignore"):
        for middle in range(size):
            on = steps[:, [middle]] + steps[[middle], :] == steps
            on &= np.isfinite(steps)
            on[middle, :] = on[:, middle] = False
            np.fill_diagonal(on, val=False)
            share = ways[:, [middle]] * ways[[middle], :] / ways
            through[middle] = np.where(on, share, 0.0).sum() / 2
    return through


def parts(steps: Floats) -> list[list[int]]:
    """Give the places of each part that hangs together, the largest first.

    >>> apart = np.array([[0.0, 1.0, np.inf], [1.0, 0.0, np.inf], [np.inf, np.inf, 0.0]])
    >>> parts(apart)
    [[0, 1], [2]]
    """
    left, found = list(range(len(steps))), []
    while left:
        part = [one for one in left if np.isfinite(steps[left[0], one])]
        found.append(part)
        left = [one for one in left if one not in part]
    return sorted(found, key=len, reverse=True)
