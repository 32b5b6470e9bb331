"""A rule is one short function: which points are a signal, and which way.

To add one, write the function and a line in `RULES`; a preset that uses it names it with its
options in `PRESETS`. A rule is given `Evidence` (every phase of every series at once) and gives
one code a row: 0 no signal, +1 signal upwards, -1 downwards, `WHOLE` a signal of the phase as a
whole that points neither way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from pcqa_teach.spc.runs import anhoej_thresholds, long_runs, longest_and_crossings, run_starts
from pcqa_teach.spc.segments import Bools, Codes, Floats, Segments

WHOLE = 2
_TINY = 1e-12  # a value this close to a line, relative to its size, is on the line


@dataclass(frozen=True)
class Evidence:
    """What a rule may look at, row by row, without gaps: values, centre line and sigma."""

    y: Floats
    centre: Floats
    sigma: Floats
    segments: Segments

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
        return self.side * (self._away > line)

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


def outside(evidence: Evidence) -> Codes:
    """Flag a point strictly beyond a 3-sigma limit (Shewhart 1931).

    >>> outside(_series([6, 7, 5, 9, 6, 30], centre=7, sigma=2)).tolist()
    [0, 0, 0, 0, 0, 1]
    """
    return evidence.beyond3


def shift(evidence: Evidence, k: int = 7) -> Codes:
    """Flag every point of a run of `k` or more strictly on one side of the centre line.

    >>> shift(_series([5, 8, 9, 8, 6], centre=7, sigma=2), k=3).tolist()
    [0, 1, 1, 1, 0]
    """
    return evidence.side * long_runs(evidence.side, evidence.segments, k)


def trend(evidence: Evidence, k: int = 7) -> Codes:
    """Flag every point of `k` or more strictly rising or falling; a tie ends it.

    >>> trend(_series([5, 6, 8, 8, 6], centre=7, sigma=2), k=3).tolist()
    [1, 1, 1, 0, 0]
    """
    step = np.zeros(len(evidence.y), dtype=np.int8)
    later, earlier = evidence.y[1:], evidence.y[:-1]
    step[1:] = signed(later > earlier, later < earlier)
    step[evidence.segments.starts] = 0
    code = step * long_runs(step, evidence.segments, k - 1)
    first = np.flatnonzero((code[1:] != 0) & (code[:-1] != code[1:]))
    before = code[first]
    code[first] = np.where(before == 0, code[first + 1], before)
    return code


def two_of_three(evidence: Evidence, between: bool = False) -> Codes:
    """Flag points beyond 2 sigma where at least two of three neighbours on one side are.

    With `between`, a point beyond the limits does not count (as NHSRplotthedots reads the rule).

    >>> two_of_three(_series([6, 12, 8, 12, 6], centre=7, sigma=2)).tolist()
    [0, 1, 0, 1, 0]
    """
    side, far = evidence.side, evidence.beyond2
    if between:
        far = far * (evidence.beyond3 == 0)
    size = len(side)
    if size < 3:
        return np.zeros(size, dtype=np.int8)
    near = np.abs(far)
    window = (side[2:] == side[1:-1]) & (side[1:-1] == side[:-2])
    window &= (near[2:] + near[1:-1] + near[:-2]) >= 2
    starts = evidence.segments.starts[1:]
    window[starts[starts > 1] - 2] = False
    window[starts[starts < size - 1] - 1] = False
    told = np.zeros(size, dtype=bool)
    told[2:] |= window
    told[1:-1] |= window
    told[:-2] |= window
    return far * told


def anhoej(evidence: Evidence) -> Codes:
    """Flag a phase whose longest run is too long or whose line is crossed too rarely.

    Points on the line are not useful and never flagged. Every useful point of the phase is
    flagged: those in a too long run with its side, the others as part of the whole.

    >>> anhoej(_series([5, 6, 4, 8, 9, 6], centre=7, sigma=2)).tolist()
    [0, 0, 0, 0, 0, 0]
    >>> anhoej(_series([5] * 8 + [9, 6], centre=7, sigma=2)).tolist()
    [-1, -1, -1, -1, -1, -1, -1, -1, 2, 2]
    """
    code = np.zeros(len(evidence.y), dtype=np.int8)
    rows = np.flatnonzero(evidence.side)
    if len(rows) == 0:
        return code
    side = evidence.side[rows]
    useful, _ = evidence.segments.keep(rows)
    longest, crossings = longest_and_crossings(side, useful)
    most, fewest = anhoej_thresholds(useful.lengths)
    starts = run_starts(side, useful)
    lengths = np.diff(starts, append=len(side))
    long = np.repeat(lengths, lengths) > np.repeat(most, useful.lengths)
    signal = np.repeat((longest > most) | (crossings < fewest), useful.lengths)
    code[rows] = np.where(long, side, np.where(signal, WHOLE, 0))
    return code


@dataclass(frozen=True)
class Rule:
    """A rule with its options and its words.

    Parameters
    ----------
    name : the column it fills in `chart.points`
    flag : the function
    says : what it means, in a sentence that `{k}` and other options fill
    options : what the function is given besides the evidence
    sees_excluded : whether it still looks at points left out of the limits
    """

    name: str
    flag: Callable[..., Codes]
    says: str
    options: Mapping[str, Any] = field(default_factory=dict)
    sees_excluded: bool = False

    def __call__(self, evidence: Evidence) -> Codes:
        """Ask the rule."""
        return self.flag(evidence, **self.options)

    @property
    def sentence(self) -> str:
        """What the rule looks for."""
        return self.says.format(**self.options)


RULES: dict[str, Rule] = {
    "outside": Rule("outside", outside, "a point outside the limits", sees_excluded=True),
    "shift": Rule(
        "shift", shift, "{k} or more points in a row on one side of the centre line", {"k": 7}
    ),
    "trend": Rule(
        "trend", trend, "{k} or more points in a row all rising or all falling", {"k": 7}
    ),
    "two_of_three": Rule(
        "two_of_three",
        two_of_three,
        "two of three points in a row close to the same limit",
        {"between": False},
    ),
    "anhoej": Rule(
        "anhoej", anhoej, "an unusually long run, or unusually few crossings of the centre line"
    ),
}


@dataclass(frozen=True)
class Preset:
    """Rules that are used together, and how their limits are worked out."""

    title: str
    rules: Mapping[str, Mapping[str, Any]]
    screen: bool = False
    constants: str = "d2"


_NHS = {"outside": {}, "shift": {"k": 7}, "trend": {"k": 7}}

PRESETS: dict[str, Preset] = {
    "mdc": Preset(
        "NHS England Making Data Count", {**_NHS, "two_of_three": {}}, constants="wheeler"
    ),
    "nhsr": Preset("NHSRplotthedots", {**_NHS, "two_of_three": {"between": True}}, True, "wheeler"),
    "anhoej": Preset("Anhoej", {"outside": {}, "anhoej": {}}),
}


def _series(values: list[float], centre: float, sigma: float) -> Evidence:
    """Make a single phase of a few values, for the examples above."""
    y = np.array(values, dtype=float)
    return Evidence(
        y, np.full_like(y, centre), np.full_like(y, sigma), Segments(np.array([0]), len(y))
    )
