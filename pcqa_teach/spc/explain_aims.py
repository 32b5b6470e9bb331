"""What a chart's two icons mean: its latest point, and its target."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.phrases import phase_start
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.words import (
    VERDICT_WORDS,
    numbers,
    seen,
    stepping,
    targets_said,
)

_HELD = {
    "passing": "meets it every time",
    "failing": "misses it every time",
    "hit-and-miss": "meets it and misses it by chance alone",
}


def icons_said(chart: Chart) -> list[str]:
    """Say what the two icons mean."""
    if not len(seen(chart)):
        return []
    return [*_variation(chart), *_assurance(chart)]


def _variation(chart: Chart) -> list[str]:
    if not chart.rules:
        return ["Variation icon: not judged, since no rules were asked for."]
    verdict = str(chart.icons["variation"].iloc[0])
    limited = chart.kind == "run" or np.isfinite(chart.limits["sigma"].iloc[-1])
    if verdict == "common" and not limited:
        return ["Variation icon: no signal, but without limits there is little to judge by."]
    said = [f"Variation icon: the latest point is {VERDICT_WORDS[verdict]}."]
    if chart.workings.whole.any() and verdict == "neutral":
        said = ["Variation icon: the points as a whole are unusual; the latest by itself is not."]
    if chart.improvement is None and chart.about.directed:
        said.append("Nobody said which way is better, so no signal is called good or bad.")
    return said


def _assurance(chart: Chart) -> list[str]:
    target, last = chart.target, chart.limits.iloc[-1]
    if not np.isfinite(target):
        return []
    held = chart.icons["assurance"].iloc[0]
    if not isinstance(held, str):
        lacks = "limits" if chart.improvement is not None else "a good direction"
        return [f"Assurance icon, target {targets_said(chart)}: none, as it needs {lacks}."]
    within = "the limits of the latest point" if stepping(chart) else "these limits"
    said = [
        f"Assurance icon, target {targets_said(chart)}: a process within {within} {_HELD[held]}."
    ]
    if chart.points["signal"].iloc[phase_start(chart) :].any():
        said.append("It rests on limits that its own signals put in doubt: read those first.")
    for name in ("lower", "upper"):
        if np.isclose(target, last[name], rtol=1e-12, atol=0):
            said.append(
                f"The target equals the {name} limit, which counts as hit and miss: only a target"
                " strictly beyond a limit is met, or missed, every time."
            )
    moved = chart.workings.targets[np.isfinite(chart.workings.targets)]
    if len(np.unique(moved)) > 1:
        said.append("The icon holds the limits against the latest target only.")
    beyond = numbers(chart).share and not 0 <= target <= 100
    return [*said, "No share can reach that target."] if beyond else said
