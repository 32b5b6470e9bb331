"""What a rule may look at: each value beside its centre line and sigma, without gaps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from pcqa_teach.spc.segments import Bools, Codes, Floats, Ints, Segments

_TINY = 1e-12  # a value this close to a line, relative to its size, is on the line


@dataclass(frozen=True)
class Evidence:
    """What a rule may look at, row by row, without gaps: values, centre line and sigma.

    Runs are counted about the centre line; limits are measured from `middle`, where that is
    another line (the mean of a g chart, whose centre line is the median).
    """

    y: Floats
    centre: Floats
    sigma: Floats
    segments: Segments
    middle: Floats | None = None

    def among(self, rows: Ints) -> Evidence:
        """Keep some rows, and the stretches that they make."""
        middle = None if self.middle is None else self.middle[rows]
        kept, _ = self.segments.keep(rows)
        return Evidence(self.y[rows], self.centre[rows], self.sigma[rows], kept, middle)

    @cached_property
    def distance(self) -> Floats:
        """Distance from the centre line."""
        return self.y - self.centre

    @cached_property
    def slack(self) -> Floats:
        """How near to a line counts as on it."""
        return _TINY * np.abs(self.centre)

    @cached_property
    def _away(self) -> Floats:
        return np.abs(self.distance)

    @cached_property
    def side(self) -> Codes:
        """+1 above the centre line, -1 below, 0 on it."""
        return signed(self.distance > self.slack, self.distance < -self.slack)

    def beyond(self, sigmas: float) -> Codes:
        """+1 strictly above, -1 strictly below so many sigma; 0 between, or without limits."""
        line = self.sigma * (sigmas * (1 + _TINY))
        line += self.slack
        if self.middle is None:
            return self.side * (self._away > line)
        away = self.y - self.middle
        return signed(away > line, away < -line)

    @cached_property
    def beyond2(self) -> Codes:
        """Beyond two sigma."""
        return self.beyond(2)

    @cached_property
    def beyond3(self) -> Codes:
        """Beyond three sigma."""
        return self.beyond(3)


def signed(up: Bools, down: Bools) -> Codes:
    """+1 where `up`, -1 where `down`, else 0."""
    return up.view(np.int8) - down.view(np.int8)
