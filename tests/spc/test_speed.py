"""The cost grows with the points, not with the number of series."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd
import pytest

from pcqa_teach.spc import chart


def seconds(groups: int, points: int) -> float:
    """Give the best of three, as other work on the machine only ever adds."""
    values = np.random.default_rng(1).normal(size=groups * points)
    frame = pd.DataFrame({"g": np.repeat(np.arange(groups), points), "value": values})
    frame["x"] = np.tile(np.arange(points), groups)
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        chart(frame, by="g")
        taken.append(time.perf_counter() - start)
    return min(taken)


@pytest.mark.slow
def test_many_short_series_cost_about_as_much_as_few_long_ones():
    assert seconds(2000, 30) < 6 * seconds(2, 30000) + 0.05
