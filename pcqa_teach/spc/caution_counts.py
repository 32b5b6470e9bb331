"""Warnings about counts: more or less scattered than chance, rare, small, out of very uneven n."""

from __future__ import annotations

from math import erfc, sqrt

import numpy as np

from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.kinds.base import D2
from pcqa_teach.spc.limits import CHARTS
from pcqa_teach.spc.phrases import sizes_said
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats

_JUDGED = 12  # points that scatter can be judged from
_OVER, _UNDER = 1.5, 0.6  # times the scatter of chance: our own choice
_UNEVEN = 10.0  # largest denominator over smallest
_UNEVEN_XMR = 5.0
_SMALL = 5.0  # counts below this, on average, are lopsided by chance
_BY_CHANCE = frozenset({"p", "np", "c", "u"})
_INSTEAD = {"p": "p_prime", "np": "p_prime", "u": "u_prime"}


def dispersion(chart: Chart) -> list[str]:
    """Say where points vary far more, or far less, than the chart takes chance to be."""
    if not _judged(chart):
        return []
    times = _scatter(chart)
    if times >= _OVER:
        outside = round(100 * erfc(3 / times / sqrt(2)))
        kind = _INSTEAD.get(chart.kind)
        instead = f"{CHARTS[kind].called} (kind='{kind}') or " if kind else ""
        use = f"use {instead}an XmR chart"
        large = ", as is usual with denominators this large" if _large(chart) else ""
        return [
            f"Points vary {times:.1f} times as much as chance alone would make them{large}: about"
            f" {max(outside, 1)} in 100 ordinary points would fall outside these limits, where 3 in"
            f" 1,000 should. So {use}, and read few of these signals."
        ]
    if times <= _UNDER:
        return [
            f"Points vary only {times:.1f} times as much as chance alone would make them, so these"
            " limits are too wide. Ask whether the numbers were smoothed or rounded, whether"
            " several sources are mixed in every point, or whether n is what they are out of."
        ]
    return []


def too_narrow(chart: Chart) -> str:
    """Say that a chart's limits are too narrow, and which chart to try; empty where they are not.

    Of several charts, say it where it holds for any.
    """
    if chart.kind not in _BY_CHANCE:
        return ""
    parts = [chart] if chart.by is None else [nth(chart, i) for i in range(len(chart.icons))]
    large = [_large(one) for one in parts if _judged(one) and _scatter(one) >= _OVER]
    if not large:
        return ""
    better = CHARTS[_INSTEAD.get(chart.kind, "xmr")].called
    what = "numbers this large" if any(large) else "points that vary this much"
    which = "These limits" if chart.by is None else f"The limits of {len(large)} of {len(parts)}"
    return f"{which} are too narrow for {what}: try {better}"


def _judged(chart: Chart) -> bool:
    """Say whether there are points enough, and limits that chance alone sets."""
    return chart.kind in _BY_CHANCE and chart.limits["points"].iloc[-1] >= _JUDGED


def _scatter(chart: Chart) -> float:
    """Give how much more the last phase's points vary than chance alone would make them."""
    if "sigma_z" in chart.limits:
        return float(chart.limits["sigma_z"].iloc[-1])
    bar, mean = chart.workings.data.ranges.bar[-1], chart.workings.data.mean[-1]
    return float(bar / D2 / sqrt(mean)) if mean > 0 else float("nan")


def _large(chart: Chart) -> bool:
    return chart.about.sized and bool(np.nanmedian(chart.workings.data.sizes) >= 1000)


def between_subgroups(chart: Chart) -> list[str]:
    """Say where averages differ far more than the spread within subgroups allows."""
    if (
        chart.kind != "xbar"
        or len(chart.limits) > 1
        or not chart.limits["points"].ge(_JUDGED).all()
    ):
        return []
    data, points = chart.workings.data, chart.points
    sigma = (points["upper"] - points["centre"]).to_numpy()[data.base] / 3
    times = float(np.std(data.y[data.base], ddof=1) / np.median(sigma))
    if not times >= _OVER:
        return []
    return [
        f"The averages differ {times:.1f} times as much as the spread within a subgroup would make"
        " them: something moves from one subgroup to the next, so these limits are too narrow for"
        " it. Chart the averages themselves with an XmR chart (kind='xmr')."
    ]


def denominators(chart: Chart) -> list[str]:
    """Say where some points rest on far fewer than others."""
    n = chart.workings.series.n
    if n is None or chart.about.grouped or not (chart.about.sized or chart.kind == "xmr"):
        return []
    known = n[np.isfinite(n) & np.isfinite(chart.workings.series.y) & (n > 0)]
    most = _UNEVEN if chart.about.sized else _UNEVEN_XMR
    if len(known) < 2 or known.max() < most * known.min():
        return []
    said = f"Some points rest on far fewer than others (n runs from {sizes_said(known)})"
    if chart.about.sized:
        return [f"{said}: the small ones say little by themselves."]
    return [
        f"{said}, and an XmR chart treats them alike: small ones will look wild. Check for part"
        " weeks or months, or use an I-prime chart (kind='i_prime')."
    ]


def rarely(chart: Chart) -> list[str]:
    """Say where events are too rare to be counted by period."""
    mean = _counted(chart)
    if not mean < 1 or mean == 0:
        return []
    return [
        f"Events are rare: fewer than one a point on average ({mean:.2g}). Limits mean little here;"
        " chart the cases between events (kind='g') or the time between them (kind='t')."
    ]


def small_counts(chart: Chart) -> list[str]:
    """Say where counts are so small that chance is lopsided."""
    mean = _counted(chart)
    if not 1 <= mean < _SMALL:
        return []
    return [
        f"Counts are small ({mean:.1f} a point on average), and chance is lopsided there: high"
        " points pass the upper limit a little more often than 3 sigma promise, and low ones can"
        " hardly show."
    ]


def _counted(chart: Chart) -> float:
    """Give the mean count of a point in the last phase; of the rarer kind, where y is out of n."""
    if chart.kind not in _BY_CHANCE:
        return float("nan")
    data = chart.workings.data
    rows = np.arange(len(data.y)) >= data.segments.starts[-1]
    y: Floats = data.y[rows & data.base]
    if not len(y):
        return float("nan")
    if not chart.about.share:
        return float(y.mean())
    rest = data.sizes[rows & data.base] - y
    return float(min(y.mean(), rest.mean()))
