"""Sums over many stretches of rows at once: a stretch is one phase of one series.

Rows lie sorted, so a stretch is a slice and everything below is a handful of NumPy calls, whatever
the number of series.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Codes = NDArray[np.int8]

_Value = TypeVar("_Value", bound=np.generic)


@dataclass(frozen=True)
class Segments:
    """Where each stretch starts in `size` sorted rows; none is empty.

    Examples
    --------
    >>> two = Segments(starts=np.array([0, 3]), size=5)
    >>> two.total(np.array([1.0, 2.0, 3.0, 10.0, 20.0])).tolist()
    [6.0, 30.0]
    >>> two.spread(np.array([6.0, 30.0])).tolist()
    [6.0, 6.0, 6.0, 30.0, 30.0]
    """

    starts: Ints
    size: int

    @cached_property
    def lengths(self) -> Ints:
        """Rows in each stretch."""
        return np.diff(self.starts, append=self.size)

    @cached_property
    def ends(self) -> Ints:
        """The last row of each stretch."""
        return self.starts + self.lengths - 1

    def total(self, values: Floats) -> Floats:
        """Sum within each stretch."""
        return np.add.reduceat(values, self.starts)

    def sum(self, values: Floats, mask: Bools) -> Floats:
        """Sum within each stretch where `mask` is True; NaN where it never is."""
        if mask.all():
            return self.total(values)
        return np.where(self.count(mask) > 0, self.total(np.where(mask, values, 0.0)), np.nan)

    def count(self, mask: Bools) -> Ints:
        """How many rows of each stretch are True."""
        if mask.all():
            return self.lengths
        if len(self.starts) == 1:
            return np.array([np.count_nonzero(mask)])
        return np.add.reduceat(mask, self.starts, dtype=np.int64)

    def spread(self, each: NDArray[_Value]) -> NDArray[_Value]:
        """Repeat one value a stretch over its rows; one value a row passes unchanged."""
        if len(each) == self.size:
            return each
        if len(each) == 1:
            return np.full(self.size, each[0])
        return np.repeat(each, self.lengths)

    def position(self) -> Ints:
        """Count rows from 0 within each stretch."""
        return np.arange(self.size) - np.repeat(self.starts, self.lengths)

    def keep(self, rows: Ints) -> tuple[Segments, Ints]:
        """Give the stretches of a selection of rows, and which of the old ones they are."""
        owner = np.searchsorted(self.starts, rows, side="right") - 1
        starts = np.flatnonzero(np.diff(owner, prepend=-1))
        return Segments(starts, len(rows)), owner[starts]

    def mean(self, values: Floats, mask: Bools) -> Floats:
        """Average within each stretch where `mask` is True; NaN where it never is.

        The second pass takes out the rounding that the first leaves.
        """
        n = self.count(mask).astype(np.float64)
        n[n == 0] = np.nan
        whole = bool(mask.all())
        first = self.total(values if whole else np.where(mask, values, 0.0)) / n
        rest = values - self.spread(first)
        return first + self.total(rest if whole else np.where(mask, rest, 0.0)) / n

    def median(self, values: Floats, mask: Bools) -> Floats:
        """Middle value within each stretch where `mask` is True; NaN where it never is."""
        middle = np.full(len(self.starts), np.nan)
        rows = np.flatnonzero(mask)
        if len(rows) == 0:
            return middle
        kept, owner = self.keep(rows)
        chosen = values[rows]
        if len(kept.starts) == 1:
            ordered = np.sort(chosen)
        else:
            ordered = chosen[np.lexsort((chosen, np.repeat(owner, kept.lengths)))]
        low = ordered[kept.starts + (kept.lengths - 1) // 2]
        middle[owner] = low + (ordered[kept.starts + kept.lengths // 2] - low) / 2
        return middle
