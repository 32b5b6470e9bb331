"""Honest words on series that a chart cannot judge well: short, constant, tied, gapped, alike."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.limits import TRIAL
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.words import missing, numbers, period, points_said, seen

_ALIKE = 0.3


def cautions(chart: Chart) -> list[str]:
    """Say what makes this chart less sure than it looks."""
    return [
        *_short(chart),
        *_baseline(chart),
        *_flat(chart),
        *_beyond(chart),
        *_ties(chart),
        *_gaps(chart),
        *_left_out(chart),
        *_alike(chart),
        *_suits(chart),
    ]


def _short(chart: Chart) -> list[str]:
    few = chart.limits[chart.limits["trial"].to_numpy()]
    if few.empty:
        return []
    said = []
    for _, row in few.iterrows():
        where = f"Phase {row['phase']} has" if len(chart.limits) > 1 else "There are"
        what = "lines" if chart.kind == "run" else "limits"
        said.append(
            f"{where} only {points_said(int(row['points']))} to work from:"
            f" fewer than {TRIAL} make trial {what} that will still move."
        )
    return said


def _baseline(chart: Chart) -> list[str]:
    """Say which phases have fewer values than the baseline asks for."""
    said = []
    for number in chart.limits["phase"][chart.workings.phases.short]:
        where = f"Phase {number} has" if len(chart.limits) > 1 else "There are"
        what = f"{chart.about.centre} comes" if chart.kind == "run" else "limits come"
        said.append(
            f"{where} fewer values than the baseline asks for: the {what} from all there are."
        )
    return said


def _flat(chart: Chart) -> list[str]:
    if chart.kind == "run":
        return []
    said = []
    for _, row in chart.limits[~np.isfinite(chart.limits["sigma"].to_numpy())].iterrows():
        where = f"Phase {row['phase']}" if len(chart.limits) > 1 else "The series"
        if row["mr_bar"] == 0:
            said.append(
                f"{where} has no limits: neighbouring values never differ, so there is no variation"
                " to judge by. Is it a real measurement, or a number that is carried forward?"
            )
        else:
            said.append(f"{where} has no limits: it needs at least two neighbouring values.")
    return said


def _beyond(chart: Chart) -> list[str]:
    """Say when a share's limit works out where no share can be."""
    say, last = numbers(chart), chart.limits.iloc[-1]
    raw = np.array([last["lower"], last["upper"]], dtype=np.float64)
    edges = zip(("lower", "upper"), raw, say.within(raw), strict=True)
    return [
        f"The {name} limit works out at {say(value)}, where no share can be: it is drawn at"
        f" {edge:.0f}%, and no value can cross it."
        for name, value, edge in edges
        if np.isfinite(value) and value != edge
    ]


def _ties(chart: Chart) -> list[str]:
    y = _values(chart)
    distinct = len(np.unique(y))
    on = chart.points["y"].to_numpy() == chart.points["centre"].to_numpy()
    said = []
    if len(y) >= 6 and 1 < distinct <= len(y) / 3:
        said.append(
            f"Values repeat: {distinct} different ones among {len(y)} points. The measure is coarse"
            " beside its variation, so limits and runs are rough; count in finer units if you can."
        )
    if distinct > 1 and on.sum() > 1:
        said.append(
            f"{int(on.sum())} points lie exactly on the {chart.about.centre}; each ends a run."
        )
    return said


def _gaps(chart: Chart) -> list[str]:
    gone = missing(chart)
    if not gone:
        return []
    return [
        f"{gone} value{'s are' if gone > 1 else ' is'} missing:"
        " shown as a gap, never filled in. The moving ranges beside a gap are not used;"
        " a run goes on across it."
    ]


def _left_out(chart: Chart) -> list[str]:
    out = chart.workings.phases.excluded
    if not out.any():
        return []
    every, x = period(chart), chart.points["x"].to_numpy()
    dates = ", ".join(every.say(x[row]) for row in np.flatnonzero(out)[:8])
    return [f"Left out of the limits and of runs by hand, and still shown: {dates}."]


def _alike(chart: Chart) -> list[str]:
    """Warn where neighbours resemble each other beyond what the phases explain."""
    if chart.kind == "mr":
        return []
    r = lag_one(chart.points["y"].to_numpy(), chart.points["phase"].to_numpy())
    count = len(seen(chart))
    if count < TRIAL or not r > max(_ALIKE, 2 / np.sqrt(count)):
        return []
    text = (
        f"Neighbouring points are alike (correlation {r:.2f} from one to the next)."
        " A lasting change does that; so does a measure that drifts, or is averaged over"
        " several periods."
    )
    if chart.kind == "run":
        return [f"{text} In the second case runs are longer than chance alone would make them."]
    return [
        f"{text} In the second case limits come out too narrow and signals too many: of 100 steady"
        " series of 24 points, 69 show a signal when neighbours are as alike as 0.5, and 15 when"
        " they are not alike at all (our simulation)."
    ]


def lag_one(y: Floats, phase: Floats) -> float:
    """Correlation of neighbouring values about their phase's mean; NaN where there are too few.

    Formula: sum(d[i] d[i-1]) / sum(d[i]^2), d = y - phase mean, over neighbours that both exist.

    >>> round(lag_one(np.array([1.0, 2, 3, 4, 5]), np.ones(5)), 2)
    0.4
    """
    d = y.copy()
    for number in np.unique(phase):
        rows = phase == number
        if np.isfinite(d[rows]).any():
            d[rows] -= np.nanmean(d[rows])
    whole = float(np.nansum(d * d))
    pairs = d[1:] * d[:-1]
    pairs = pairs[np.isfinite(pairs) & (phase[1:] == phase[:-1])]
    return float(pairs.sum() / whole) if whole > 0 and len(pairs) > 2 else float("nan")


def _suits(chart: Chart) -> list[str]:
    if chart.kind != "mr":
        return []
    return (
        [
            "Neighbouring moving ranges share a value, so runs among them mean nothing: only points"
            f" above {numbers(chart)(float(chart.limits['upper'].iloc[-1]))} are read as a signal."
        ]
        if np.isfinite(chart.limits["sigma"].iloc[-1])
        else []
    )


def _values(chart: Chart) -> Floats:
    y = chart.points["y"].to_numpy()
    return np.asarray(y[np.isfinite(y)])
