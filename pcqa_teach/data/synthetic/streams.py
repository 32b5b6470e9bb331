"""One random stream a table: adding a table never changes another."""

import zlib
from collections.abc import Sequence

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """Return the random stream called ``name`` of the world grown from ``seed``.

    The stream is ``PCG64(SeedSequence([seed, crc32(name)]))``, so it depends on nothing but the
    two arguments.

    Examples
    --------
    >>> int(stream(7, "calls").integers(1000)) == int(stream(7, "calls").integers(1000))
    True
    >>> bool(stream(7, "calls").random() == stream(7, "survey").random())
    False
    """
    entropy = [seed, zlib.crc32(name.encode())]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))


def rank_within(keys: np.ndarray) -> np.ndarray:
    """Return 0, 1, 2, ... within each value of ``keys``, in the order given.

    Examples
    --------
    >>> rank_within(np.array([5, 5, 2, 5, 2])).tolist()
    [0, 1, 0, 2, 1]
    """
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    starts = np.r_[True, ordered[1:] != ordered[:-1]]
    first = np.maximum.accumulate(np.where(starts, np.arange(len(keys)), 0))
    ranks = np.empty(len(keys), dtype=np.int64)
    ranks[order] = np.arange(len(keys)) - first
    return ranks


def pick(rng: np.random.Generator, shares: Sequence[float] | np.ndarray, size: int) -> np.ndarray:
    """Draw ``size`` indices with the given shares (which need not add up to 1).

    Examples
    --------
    >>> pick(stream(1, "x"), [1.0, 0.0], 3).tolist()
    [0, 0, 0]
    """
    edges = np.cumsum(np.asarray(shares, dtype=float))
    return np.asarray(np.searchsorted(edges, rng.random(size) * edges[-1], side="right"))
