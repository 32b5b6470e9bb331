"""Rare events: how many cases, or how much time, between one and the next."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pcqa_teach.spc.kinds.base import Data, Kind, Lines, Scale, y_as_it_is
from pcqa_teach.spc.kinds.values import xmr_lines
from pcqa_teach.spc.segments import Floats

_POWER = 3.6


def g_lines(data: Data) -> Lines:
    """Median, and limits about the mean that cases between events have by chance alone.

    Formula: centre = median(y); limits = m +/- 3 sqrt(m (m + 1)), m = mean(y), none below 0.
    Example: 20, 35, 8, 60, 27 has median 27 and mean 30; the upper limit is
    30 + 3 sqrt(30 x 31) = 121.49.
    Source: Benneyan 2001; the median as the centre line as qicharts2 draws it.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = g_lines(five(20, 35, 8, 60, 27))
    >>> lines.centre.tolist(), lines.edge(3).round(2).tolist()
    ([27.0], [121.49])
    """
    m = data.mean
    return Lines(data.segments.median(data.y, data.base), np.sqrt(m * (m + 1)), middle=m, floor=0.0)


def t_lines(data: Data) -> Lines:
    """Lines of an XmR chart of y^(1/3.6), to be raised to the power of 3.6.

    Formula: z = y^(1/3.6); limits = (mean(z) +/- 3 MR-bar of z / 1.128)^3.6, none below 0.
    Example: 20, 35, 8, 60, 27 days has z of 2.30, 2.68, 1.78, 3.12 and 2.50, mean 2.476; the
    centre line is 2.476^3.6 = 26.16 days.
    Source: Nelson 1994; Montgomery, Introduction to Statistical Quality Control, 7.3.

    >>> from pcqa_teach.spc.kinds.base import five
    >>> lines = t_lines(five(20, 35, 8, 60, 27))
    >>> round(float(lines.centre[0]), 3), round(float(TIMES.back(lines.centre)[0]), 2)
    (2.476, 26.16)
    """
    lines = xmr_lines(replace(data, y=TIMES.into(data.y)))
    return replace(lines, floor=0.0)


def _into(y: Floats) -> Floats:
    return np.power(y, 1 / _POWER)


def _back(z: Floats) -> Floats:
    return np.power(np.maximum(z, 0.0), _POWER)


TIMES = Scale(_into, _back)

G = Kind(
    "G chart", y_as_it_is, g_lines,
    question="Does a rare event come round more or less often, counted in cases?",
    plotted="cases between two events",
    use="For an event so rare that most months have none: plot how many cases pass between one and"
    " the next. High is good where the event is a bad one, such as a lost sample.",
    formula="centre = median(y); m = mean(y); limits = m +/- 3 sqrt(m (m + 1)), none below 0",
    source="Benneyan, Number-Between g-Type Statistical Quality Control Charts (2001)",
    differs="qicharts2 draws the same; qcc 3.0 counts the event itself as a case and gives exact"
    " limits of the geometric distribution.",
    example={"y": (20, 35, 8, 60, 27)},
    preset="anhoej",
    suits=frozenset({"outside", "shift", "trend", "anhoej"}),
    centre="median",
    holds="counts",
)  # fmt: skip

T = Kind(
    "T chart", y_as_it_is, t_lines,
    question="Does a rare event come round more or less often, counted in days?",
    plotted="time between two events",
    use="For a rare event with a date: plot the time between one and the next. High is good"
    " where the event is a bad one, such as an urgent transfer.",
    formula="z = y^(1/3.6); limits = (mean(z) +/- 3 MR-bar of z / 1.128)^3.6, none below 0",
    source="Nelson, A Control Chart for Parts-Per-Million Nonconforming Items (1994)",
    differs="qicharts2 does the same. Rules that weigh distances are applied on the scale of z,"
    " where chance is even-handed.",
    example={"y": (20, 35, 8, 60, 27)},
    holds="amounts", ranged=True, scale=TIMES,
)  # fmt: skip
