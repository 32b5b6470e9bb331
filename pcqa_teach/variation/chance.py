"""Charts of chance: many series at once in which nothing happens, and what their rules flag."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats, number, seeded
from pcqa_teach.errors import ChartError
from pcqa_teach.spc import PRESETS, chart

BLOCK = 400_000  # points that are charted at once: what bounds the memory

Progress = Callable[[int, int], None]


def series(rng: np.random.Generator, charts: int, points: int, alike: float = 0.0) -> Floats:
    """Draw series of chance, each value as like the one before as the lag-1 correlation `alike`.

    Formula: y[i] = a y[i-1] + sqrt(1 - a^2) e[i], e standard normal, y[0] too.

    >>> series(np.random.default_rng(1), 2, 5).shape
    (2, 5)
    """
    steps = rng.standard_normal((charts, points))
    if alike == 0:
        return steps
    from scipy.signal import lfilter

    scale = np.sqrt(1 - alike**2)
    steps[:, 0] /= scale
    drawn: Floats = lfilter([scale], [1, -alike], steps, axis=1)
    return drawn


def flagged(values: Floats, rules: Any, **options: Any) -> Bools:
    """Chart every row of `values` by itself, all in one call; say which points are a signal.

    >>> flagged(np.array([[6.0, 7, 5, 6, 7, 60], [6.0, 7, 5, 6, 7, 6]]), "mdc", baseline=5)[:, -1]
    array([ True, False])
    """
    charts, points = values.shape
    frame = pd.DataFrame(
        {
            "x": np.tile(np.arange(points), charts),
            "value": values.ravel(),
            "group": np.repeat(np.arange(charts), points),
        }
    )
    found = chart(frame, by="group", rules=rules, **options)
    signal: Bools = found.points["signal"].to_numpy(dtype=bool)
    return signal.reshape(charts, points)


def blocks(charts: int, points: int, progress: Progress | None) -> Iterator[int]:
    """Cut a number of charts into blocks that fit in memory, reporting after each.

    >>> list(blocks(50_000, 20, None))
    [20000, 20000, 10000]
    """
    size, done = max(1, BLOCK // points), 0
    while done < charts:
        now = min(size, charts - done)
        yield now
        done += now
        if progress is not None:
            progress(done, charts)


def preset_given(preset: Any) -> None:
    """Refuse what is no preset."""
    if not isinstance(preset, str) or preset not in PRESETS:
        raise ChartError(f"There is no preset '{preset}': choose from {', '.join(PRESETS)}.")


def alike_given(value: Any) -> float:
    """Take a lag-1 correlation."""
    return number(value, "autocorrelation", 0.3, low=-0.99, high=0.99)


def generator(seed: Any) -> np.random.Generator:
    """Start chance from a seed."""
    return np.random.default_rng(seeded(seed))
