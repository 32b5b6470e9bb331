"""What charts of chance would show: the power to date what was planted, and the false alarms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd
from scipy import stats

from pcqa_teach import spc

SEEDS = 100
_CHARTS = 4_000


def fewest(chance: float, many: int = SEEDS) -> int:
    """Return the lower 99% bound of how often of `many` something of that chance happens."""
    return int(stats.binom.ppf(0.01, many, chance))


def most(chance: float, many: int = SEEDS) -> int:
    """Return the upper 99% bound."""
    return int(stats.binom.ppf(0.99, many, chance))


def dated(points: pd.DataFrame, row: int, sign: int) -> bool:
    """Say whether a chart dates a step at `row`, up (1) or down (-1), within a period.

    Its first signal to that side begins there, or its last one to the other side ends there.
    """
    signal, apart = points["signal"].to_numpy(bool), (points["y"] - points["centre"]).to_numpy()
    after, before = (np.flatnonzero(signal & (side * sign * apart > 0)) for side in (1, -1))
    return any(abs(int(date) - row) <= 1 for date in (*after[:1], *(before[-1:] + 1)))


def power(points: int, row: int, course: Sequence[float]) -> float:
    """Simulate how often `dated` finds a step that begins at `row` in XmR charts of normal values.

    course : the change in standard deviations, from `row` on; the last lasts
    """
    shift = np.zeros(points)
    shift[row:] = course[-1]
    shift[row : row + len(course)] = course
    values = np.random.default_rng(5).normal(size=(_CHARTS, points)) + shift
    return float(np.mean([dated(one, row, int(np.sign(course[-1]))) for one in _charted(values)]))


def false_alarms(points: int) -> float:
    """Simulate how often a chart of nothing shows any signal at all."""
    values = np.random.default_rng(6).normal(size=(_CHARTS, points))
    return float(np.mean([one["signal"].any() for one in _charted(values)]))


def by_chance(points: int, row: int) -> float:
    """Simulate how often a chart of nothing dates a step at `row`, up or down."""
    values = np.random.default_rng(7).normal(size=(_CHARTS, points))
    return float(np.mean([dated(a, row, 1) or dated(a, row, -1) for a in _charted(values)]))


def _charted(values: np.ndarray) -> Iterator[pd.DataFrame]:
    charts, points = values.shape
    frame = pd.DataFrame(
        {
            "x": np.tile(np.arange(points), charts),
            "value": values.ravel(),
            "group": np.repeat(np.arange(charts), points),
        }
    )
    found = spc.chart(frame, by="group", rules="mdc").points[["y", "centre", "signal"]]
    return (found.iloc[place * points : (place + 1) * points] for place in range(charts))
