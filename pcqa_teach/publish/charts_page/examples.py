"""Made-up series, a kind of chart each, on which it shows what it is for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.spc import Chart, chart
from pcqa_teach.spc.segments import Floats

# Ordinary ups and downs, in units of their own spread; every series below is made of them.
_UPS_AND_DOWNS = (
    0.3, 0.9, -0.4, -1.2, 0.2, -0.6, 1.1, 0.5, -0.9, 0.1, 1.4, 0.6, -0.2, -1.0, -0.5, 0.8, 0.0,
    -1.3, 0.4, 1.0, -0.7, -0.1, 0.7, -0.3,
)  # fmt: skip


@dataclass(frozen=True)
class Sample:
    """A made-up series: its title, the frame that makes it, and what is asked of the chart."""

    title: str
    frame: Callable[[], pd.DataFrame]
    asked: Mapping[str, Any] = field(default_factory=dict)


@cache
def sample(name: str) -> Chart:
    """Chart the made-up series of a kind of chart."""
    one = SAMPLES[name]
    return chart(one.frame(), y="y", kind=name, title=one.title, **one.asked)


def _level(centre: float, spread: float, changes: Mapping[int, float] | None = None) -> Floats:
    """Go up and down about a level, and by so much more at the points that change."""
    y = centre + spread * np.array(_UPS_AND_DOWNS)
    for point, more in (changes or {}).items():
        y[point - 1] += more
    return y


def _from(point: int, more: float) -> dict[int, float]:
    """Move every point from this one on."""
    return dict.fromkeys(range(point, len(_UPS_AND_DOWNS) + 1), more)


def _weeks(y: Any, n: Any = None) -> pd.DataFrame:
    """Give a frame with a row a week."""
    dates = pd.date_range("2025-01-06", periods=len(y), freq="W-MON")
    frame = pd.DataFrame({"x": dates, "y": y})
    return frame if n is None else frame.assign(n=n)


def _whole(y: Floats) -> Floats:
    return np.maximum(np.rint(y), 0.0)


def _counted(share: float, n: Floats, wide: float, changes: Mapping[int, float]) -> pd.DataFrame:
    """Count a share of n, `wide` times as scattered as chance alone would make it."""
    spread = wide * np.sqrt(n * share * (1 - share))
    y = n * share + spread * _level(0, 1, changes)
    return _weeks(_whole(y), n)


def _sizes(middle: float, spread: float) -> Floats:
    """Give denominators that go up and down too, in another order."""
    sizes: Floats = np.round(middle + spread * np.array(_UPS_AND_DOWNS[::-1]))
    return sizes


def _between(values: tuple[float, ...]) -> pd.DataFrame:
    return pd.DataFrame({"x": range(1, len(values) + 1), "y": values})


def _five_a_week(wider: Mapping[int, float], higher: Mapping[int, float]) -> pd.DataFrame:
    """Give the waits of five people a week: about a level, some weeks wider apart or higher."""
    weeks = np.arange(1, 17)
    ups = np.array(_UPS_AND_DOWNS)
    five = np.stack([np.roll(ups, 5 * person)[: len(weeks)] for person in range(5)], axis=1)
    wide = np.array([wider.get(week, 1.0) for week in weeks.tolist()])
    more = np.array([higher.get(week, 0.0) for week in weeks.tolist()])
    waits = np.round(14 + 3 * five * wide[:, np.newaxis] + more[:, np.newaxis])
    return pd.DataFrame({"x": np.repeat(weeks, 5), "y": waits.ravel()})


def _cases(events: tuple[int, ...], count: int) -> pd.DataFrame:
    y = np.zeros(count)
    y[np.array(events) - 1] = 1
    return _between(tuple(y.tolist()))


_GAPS = (24, 9, 41, 30, 12, 55, 18, 33, 7, 27, 46, 15, 21, 38)

SAMPLES: dict[str, Sample] = {
    "run": Sample(
        "Appointments on the day, %",
        lambda: _weeks(_level(42, 3, _from(13, 10)).round(1)),
        {"improvement": "up", "unit": "%"},
    ),
    "xmr": Sample(
        "Calls a week", lambda: _weeks(_level(620, 35, {17: 190}).round()), {"unit": "calls"}
    ),
    "mr": Sample("Calls a week", lambda: _weeks(_level(620, 35, {17: 190}).round())),
    "i_prime": Sample(
        "Minutes a call",
        lambda: _weeks((_level(4.2, 0.3, {20: 1.8}) * _sizes(300, 80)).round(), _sizes(300, 80)),
        {"improvement": "down", "unit": "minutes"},
    ),
    "p": Sample(
        "Missed, out of booked",
        lambda: _counted(0.06, _sizes(300, 60), 0.9, {13: 4.5}),
        {"improvement": "down"},
    ),
    "np": Sample(
        "Letters read late, of 80 a week",
        lambda: _counted(0.15, np.full(24, 80.0), 0.9, {9: 5.5}),
        {"improvement": "down"},
    ),
    "p_prime": Sample(
        "Missed, out of tens of thousands",
        lambda: _counted(0.05, _sizes(40_000, 4_000), 4.0, {16: 4.5}),
        {"improvement": "down"},
    ),
    "c": Sample("Complaints a week", lambda: _weeks(_whole(_level(6, 2, {11: 11}))),
                {"improvement": "down"}),
    "u": Sample(
        "Prescription errors per 1,000 items",
        lambda: _counted(0.004, _sizes(2_500, 500), 0.9, {19: 4.6}),
        {"improvement": "down", "per": 1000},
    ),
    "u_prime": Sample(
        "Contacts per 1,000 patients",
        lambda: _counted(0.1, _sizes(60_000, 6_000), 5.0, {21: -4.5}),
        {"per": 1000},
    ),
    "g": Sample(
        "Samples between two that were lost",
        lambda: _between((*_GAPS, 190)),
        {"improvement": "up"},
    ),
    "t": Sample(
        "Days between two urgent transfers",
        lambda: _between((*_GAPS, 260)),
        {"improvement": "up", "unit": "days"},
    ),
    "xbar": Sample(
        "Wait of five people a week",
        lambda: _five_a_week({}, {12: 6}),
        {"improvement": "down", "unit": "days"},
    ),
    "s": Sample("Wait of five people a week", lambda: _five_a_week({12: 3.2}, {}),
                {"unit": "days"}),
    "r": Sample("Wait of five people a week", lambda: _five_a_week({12: 3.2}, {}),
                {"unit": "days"}),
    "ewma": Sample(
        "Days to the third next appointment",
        lambda: _weeks(_level(9, 1.2, _from(14, 1.8)).round(1)),
        {"improvement": "down", "unit": "days", "baseline": 13},
    ),
    "cusum": Sample(
        "Days to the third next appointment",
        lambda: _weeks(_level(9, 1.2, _from(14, 1.8)).round(1)),
        {"improvement": "down", "unit": "days", "baseline": 13},
    ),
    "bernoulli_cusum": Sample(
        "Result not acted on",
        lambda: _cases((24, 61, 68, 73, 79, 84, 88, 94, 99, 103, 108), 110),
        {"improvement": "down", "settings": {"p0": 0.02}},
    ),
}  # fmt: skip
