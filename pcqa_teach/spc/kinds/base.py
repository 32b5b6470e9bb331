"""What every kind of chart is made of: what it is given, what it gives, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from pcqa_teach.spc.kinds.ranges import Ranges, moving_ranges
from pcqa_teach.spc.segments import Bools, Floats, Segments

D2 = 1.128  # mean range of two standard normal values, as the reference packages print it
WHEELER = 2.66  # 3 / d2, as Making Data Count prints it
TRIAL = 13  # below so many points, limits are trial limits

CONSTANTS = {"wheeler": WHEELER / 3, "d2": 1 / D2}  # sigma, in mean moving ranges

_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True)
class Data:
    """What a chart's lines are worked out from: every phase of every series at once.

    Parameters
    ----------
    y : array of float, one a row; NaN where missing (the mean, where rows are subgroups)
    base : array of bool, True for the rows that limits come from
    segments : the phases of every series
    screen : drop moving ranges above 3.267 of their mean, once (Nelson 1982)
    ratio : sigma as a multiple of the mean moving range (1/1.128, or Wheeler's 2.66/3)
    n : array of float, the denominator or subgroup size, or None
    skip : array of bool, the points left out by hand, or None
    sd, span : arrays of float, the standard deviation and the range of each subgroup, or None
    settings : the options of the kind
    """

    y: Floats
    base: Bools
    segments: Segments
    screen: bool = False
    ratio: float = 1 / D2
    n: Floats | None = None
    skip: Bools | None = None
    sd: Floats | None = None
    span: Floats | None = None
    settings: Mapping[str, Any] = field(default_factory=lambda: _NOTHING)

    @cached_property
    def ranges(self) -> Ranges:
        """The moving ranges of y."""
        return self.ranges_of(self.y)

    def ranges_of(self, values: Floats, n: Floats | None = None) -> Ranges:
        """Take the moving ranges of other values, row by row as y."""
        return moving_ranges(
            values, self.base, self.segments, skip=self.skip, screen=self.screen, n=n
        )

    @cached_property
    def sizes(self) -> Floats:
        """Denominators, or subgroup sizes; 1 where none were given."""
        return np.ones_like(self.y) if self.n is None else self.n

    @cached_property
    def mean(self) -> Floats:
        """Mean of each phase's baseline."""
        return self.segments.mean(self.y, self.base)

    @cached_property
    def pooled(self) -> Floats:
        """Sum of y over sum of n, in each phase's baseline."""
        return self.total(self.y) / nonzero(self.total(self.sizes))

    def total(self, values: Floats) -> Floats:
        """Sum over each phase's baseline."""
        return self.segments.sum(values, self.base)

    def spread(self, each: Floats) -> Floats:
        """Repeat one value a phase over its rows."""
        return self.segments.spread(each)

    @cached_property
    def seen(self) -> tuple[np.ndarray[Any, np.dtype[np.int64]], Segments]:
        """The rows that hold a value and are not left out, and the phases of those."""
        there = np.isfinite(self.y)
        rows = np.flatnonzero(there if self.skip is None else there & ~self.skip)
        return rows, self.segments.keep(rows)[0]


@dataclass(frozen=True)
class Lines:
    """Centre and sigma, one a phase, or one a row where lines step.

    Parameters
    ----------
    centre : the line that is drawn, and that runs are counted about
    sigma : a third of the way to a limit
    middle : what limits are measured from, where that is not the centre line
    floor, ceiling : what no limit goes beyond
    ranges : the moving ranges that sigma comes from, if it does
    sigma_z : how much more points vary than chance alone would make them, one a phase
    """

    centre: Floats
    sigma: Floats
    middle: Floats | None = None
    floor: float = -np.inf
    ceiling: float | Floats = np.inf
    ranges: Ranges | None = None
    sigma_z: Floats | None = None

    def level(self, segments: Segments) -> Lines:
        """Give every line a row, if any of them steps from row to row."""
        lines = [self.centre, self.sigma] if self.middle is None else [
            self.centre, self.sigma, self.middle
        ]  # fmt: skip
        if len({len(line) for line in lines}) == 1:
            return self
        middle = None if self.middle is None else segments.spread(self.middle)
        return replace(
            self,
            centre=segments.spread(self.centre),
            sigma=segments.spread(self.sigma),
            middle=middle,
        )

    def times(self, per: float) -> Lines:
        """Express the lines in other units."""
        return replace(
            self,
            centre=self.centre * per,
            sigma=self.sigma * per,
            middle=None if self.middle is None else self.middle * per,
            floor=self.floor * per,
            ceiling=self.ceiling * per,
        )

    def edge(self, sigmas: float) -> Floats:
        """Give the line so many sigma from the middle, kept between floor and ceiling."""
        line = (self.centre if self.middle is None else self.middle) + sigmas * self.sigma
        if np.ndim(self.ceiling) or np.isfinite(self.ceiling):
            line = np.minimum(line, self.ceiling)
        return np.maximum(line, self.floor) if self.floor > -np.inf else line


@dataclass(frozen=True)
class Scale:
    """A scale on which a chart is judged, and the way back to the one it is shown on."""

    into: Callable[[Floats], Floats]
    back: Callable[[Floats], Floats]


@dataclass(frozen=True)
class Setting:
    """An option of one kind of chart.

    Parameters
    ----------
    default : its value when nobody gives one
    says : what it must be, in words that follow "must be"
    holds : whether a value is one of those
    """

    default: Any
    says: str
    holds: Callable[[Any], bool]


def number(least: float, most: float, default: float | None) -> Setting:
    """Make an option that is a number above `least` and not above `most`."""

    def holds(value: Any) -> bool:
        real = isinstance(value, int | float | np.number) and not isinstance(value, bool)
        return real and least < value <= most

    upto = "" if most == np.inf else f" and not above {most:g}"
    return Setting(default, f"a number above {least:g}{upto}", holds)


def one_of(*names: str) -> Setting:
    """Make an option that is one of a few names, the first unless asked."""
    return Setting(names[0], f"one of {', '.join(names)}", lambda value: value in names)


@dataclass(frozen=True)
class Kind:
    """One kind of chart.

    Parameters
    ----------
    title : what people call it
    plots, lines : the two functions
    question : what somebody asks whom it answers
    plotted : what a point is, in a few words
    use : when to use it
    formula : its lines in symbols
    source : where the formula stands
    differs : what other tools do differently
    example : the columns of a frame of a few points that it can chart
    asked : the options that its example needs
    preset : the rules it uses when none are asked for
    suits : the rules of a preset that mean something on it (None: all)
    centre : what the centre line is called
    directed : whether high and low can be good or bad
    holds : what y must be: values, amounts (0 or more), counts (whole, 0 or more) or yes-no (0, 1)
    sized : whether it needs n, a denominator above 0
    rate : whether it plots y / n, which `per` may multiply
    share : whether y is part of n, so that y / n is shown in per cent
    grouped : whether all rows of one x are one point, a subgroup
    ranged : whether its limits come from moving ranges
    aims : whether a target means something on it
    band : whether lines at 2 sigma mean something on it
    second : a function like `plots` for a second line below the centre, or None
    scale : the scale it is judged on, or None
    settings : its own options
    """

    title: str
    plots: Callable[[Data], Floats]
    lines: Callable[[Data], Lines]
    question: str
    plotted: str
    use: str
    formula: str
    source: str
    differs: str
    example: Mapping[str, Sequence[float]]
    asked: Mapping[str, Any] = field(default_factory=dict)
    preset: str | tuple[str, ...] = "mdc"
    suits: frozenset[str] | None = None
    centre: str = "mean"
    directed: bool = True
    holds: str = "values"
    sized: bool = False
    rate: bool = False
    share: bool = False
    grouped: bool = False
    ranged: bool = False
    aims: bool = True
    band: bool = True
    second: Callable[[Data], Floats] | None = None
    scale: Scale | None = None
    settings: Mapping[str, Setting] = field(default_factory=dict)

    @property
    def called(self) -> str:
        """Its title with an article, as it is read aloud: a run chart, an R chart."""
        spelled = not (self.title[1:3].isalpha() and self.title[1:3].islower())
        return f"{'an' if spelled and self.title[0] in 'AEFHILMNORSX' else 'a'} {self.title}"


def nonzero(values: Floats) -> Floats:
    """Give NaN for 0, so that a division by it is missing."""
    return np.where(values == 0, np.nan, values)


def y_as_it_is(data: Data) -> Floats:
    """Plot the values themselves."""
    return data.y


def y_over_n(data: Data) -> Floats:
    """Plot y / n."""
    return data.y / data.sizes


def five(*values: float, n: Sequence[float] | None = None, **more: Any) -> Data:
    """Make a single phase of a few values, for the examples of the kinds.

    >>> five(6, 7, 5, 9, 6).mean.tolist()
    [6.6]
    """
    y = np.array(values, dtype=float)
    one = Segments(np.array([0]), len(y))
    sizes = None if n is None else np.array(n, dtype=float)
    return Data(y, np.isfinite(y), one, **{"ratio": CONSTANTS["wheeler"], "n": sizes, **more})
