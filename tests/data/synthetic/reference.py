"""What a chart would find: series like those of the quiet weeks, with an event of a known size.

A series is profile + noise. Profile, spread, lag-1 autocorrelation and the shape of the noise come
from quiet points only (pooled over practices); the event is put in at its planted size. So the
power is worked out without ever looking at the weeks that hold the event.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.signal import lfilter
from scipy.stats import binom, norm

from pcqa_teach import spc

SIMULATED = 5_000


@dataclass(frozen=True)
class Flags:
    """What a chart says of every point; each array is (series, points)."""

    value: np.ndarray
    centre: np.ndarray
    shift: np.ndarray
    outside: np.ndarray
    trend: np.ndarray
    signal: np.ndarray


@dataclass(frozen=True)
class Solution:
    """One way to look for an event (or to look where there is none).

    `series` gives the points of one practice; `quiet` marks the points without event; `kind` says
    which points are alike (weekday); `factor` and `step` are the planted size at each point;
    `baseline` are the first and last point that the limits come from (None: all); `found` says
    which series answer the question.
    """

    event: str
    words: str
    series: Callable[..., np.ndarray]
    quiet: np.ndarray
    found: Callable[[Flags], np.ndarray]
    factor: np.ndarray | float = 1.0
    step: np.ndarray | float = 0.0
    kind: np.ndarray | None = None
    baseline: tuple[int, int] | None = None
    count: bool = True


@dataclass(frozen=True)
class Quiet:
    """How a series behaves when nothing happens."""

    profile: np.ndarray
    noise: np.ndarray
    phi: float


def quiet(panel: np.ndarray, where: np.ndarray, kind: np.ndarray | None = None) -> Quiet:
    """Estimate the profile, the noise and its lag-1 autocorrelation from quiet points alone.

    Each practice's own mean is taken away first, so the autocorrelation of n points is too low by
    (1 + 3 phi) / n (Kendall 1954), which is put back.
    """
    kind = np.zeros(panel.shape[1], dtype=int) if kind is None else kind
    number = np.array([panel[:, where & (kind == k)].mean() for k in range(kind.max() + 1)])
    profile = number[kind]
    left = (panel - profile)[:, where]
    left = left - left.mean(axis=1, keepdims=True)
    n = left.shape[1]
    together = np.flatnonzero(np.diff(np.flatnonzero(where)) == 1)
    raw = (left[:, together] * left[:, together + 1]).mean() / (left**2).mean()
    phi = float(np.clip((raw + 1 / n) / (1 - 3 / n), -0.9, 0.9))
    wider = 1 / (1 - (1 + phi) / (1 - phi) / n)
    return Quiet(profile, np.sort(left.ravel()) * np.sqrt(wider), phi)


def simulate(
    world: Quiet,
    factor: np.ndarray | float = 1.0,
    step: np.ndarray | float = 0.0,
    *,
    count: bool = True,
    series: int = SIMULATED,
    seed: int = 1,
) -> np.ndarray:
    """Draw series of AR(1) noise round the profile; of a count, the variance follows the mean."""
    points = len(world.profile)
    drawn = np.random.default_rng(seed).normal(size=(series, points + 50))
    drawn[:, 1:] *= np.sqrt(1 - world.phi**2)
    normal = lfilter([1.0], [1.0, -world.phi], drawn, axis=1)[:, 50:]
    noise = np.quantile(world.noise, norm.cdf(normal))
    return world.profile * factor + step + noise * (np.sqrt(factor) if count else 1.0)


def charted(panel: np.ndarray, baseline: tuple[int, int] | None = None) -> Flags:
    """Chart every row of the panel by XmR and the Making Data Count rules."""
    rows, points = panel.shape
    frame = pd.DataFrame(
        {
            "series": np.repeat(np.arange(rows), points),
            "x": np.tile(np.arange(points), rows),
            "value": panel.ravel(),
        }
    )
    table = spc.chart(frame, by="series", baseline=baseline).points
    assert (table["x"].to_numpy() == frame["x"].to_numpy()).all()
    columns = ("y", "centre", "shift", "outside", "trend", "signal")
    return Flags(*(table[name].to_numpy().reshape(rows, points) for name in columns))


def run(side: int, after: int, until: int | None = None) -> Callable[[Flags], np.ndarray]:
    """Find seven or more in a row above (1) or below (-1) the mean, among the points named."""
    return lambda flags: (flags.shift & (side * (flags.value - flags.centre) > 0))[
        :, after:until
    ].any(axis=1)


def beyond(side: int, first: int, until: int) -> Callable[[Flags], np.ndarray]:
    """Find a point beyond the upper (1) or lower (-1) limit, among the points named."""
    return lambda flags: (flags.outside & (side * (flags.value - flags.centre) > 0))[
        :, first:until
    ].any(axis=1)


def upwards(first: int, until: int) -> Callable[[Flags], np.ndarray]:
    """Find any signal above the mean, among the points named."""
    return lambda flags: (flags.signal & (flags.value > flags.centre))[:, first:until].any(axis=1)


def anything(flags: Flags) -> np.ndarray:
    """Find any signal of any rule."""
    return flags.signal.any(axis=1)


@dataclass(frozen=True)
class Trials:
    """In how many practices it was found; how often simulated series find it, with and without."""

    found: int
    power: float
    without: float


def trials(solution: Solution, practices: list[Any]) -> Trials:
    """Run a solution on every practice, on simulated series, and on those without the event."""
    panel = np.array([solution.series(one) for one in practices], dtype=float)
    world = quiet(panel, solution.quiet, solution.kind)
    drawn = simulate(world, solution.factor, solution.step, count=solution.count)
    calm = simulate(world, count=solution.count)
    found, power, without = (
        solution.found(charted(values, solution.baseline)) for values in (panel, drawn, calm)
    )
    return Trials(int(found.sum()), float(power.mean()), float(without.mean()))


def least(practices: int, power: float) -> int:
    """Give the fewest finds that chance allows: the 1% quantile of Binomial(practices, power)."""
    return int(binom.ppf(0.01, practices, power))


def most(practices: int, rate: float) -> int:
    """Give the most signals that chance allows: the 99% quantile."""
    return int(binom.ppf(0.99, practices, rate))
