"""Where a chart's lines come from, phase by phase, and what its points are."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.spc.kinds.ranges import MR_UPPER
from pcqa_teach.spc.phases import NO_REASON
from pcqa_teach.spc.phrases import sizes_said
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.totals import mean_and_sigma, step_said, usual_risk
from pcqa_teach.spc.words import (
    dates_said,
    measured,
    nouns,
    numbers,
    period,
    points_said,
    stepping,
)

_ALIKE = 0.1  # limits this near, as a share, to those of chance alone are called the same


def points_are(chart: Chart) -> list[str]:
    """Say what each point shows, where that is not the value itself."""
    text = nouns(chart).each
    if not text:
        return []
    own, per = chart.settings, float(chart.per)
    odds, h = float(own.get("odds", 2)), usual_risk(chart, -1) if "odds" in own else np.nan
    raised = odds * h / (1 + (odds - 1) * h)
    known = 0 < h < 1
    if "odds" in own and not known:
        return []
    return [
        text.format(
            per=f" per {per:,.10g}" if per != 1 else "",
            sizes=sizes_said(_sizes(chart)),
            weight=f"{float(own.get('lambda_', 0.2)):g}",
            odds=f"{odds:g}",
            adds=f"{np.log(raised / h):.2f}" if known else "",
            takes=f"{np.log((1 - h) / (1 - raised)):.2g}" if known else "",
        )
    ]


def lines(chart: Chart) -> list[str]:
    """Say where each phase's lines come from."""
    every, x, work = period(chart), chart.points["x"], chart.workings
    said = []
    for i, (_, row) in enumerate(chart.limits.iterrows()):
        start, end = int(work.phases.segments.starts[i]), int(work.phases.segments.ends[i])
        rows = np.flatnonzero(work.data.base[start : end + 1]) + start
        if len(rows) == 0:
            said.append(f"Phase {row['phase']}: no values to work lines out from.")
            continue
        name = f"Phase {row['phase']}: " if len(chart.limits) > 1 else ""
        text = f"{name}{_levels(chart, row, i)}"
        span = dates_said(every, x[rows[0]], x[rows[-1]])
        text += f", from {_counted(chart, int(row['points']))}, {span}."
        said.append(text[:1].upper() + text[1:])
        said += _screening(chart, start, end)
        why = work.phases.reasons[i]
        if why:
            said.append(
                f"It starts {every.on(x[start])}, {why}."
                if why == NO_REASON
                else f"It starts {every.on(x[start])} because: {str(why).rstrip('.')}."
            )
    return [*said, *_steps(chart), *_widened(chart)]


def _counted(chart: Chart, points: int) -> str:
    one = nouns(chart).one
    return period(chart).count(points) if one == "case" else points_said(points)


def _levels(chart: Chart, row: pd.Series, phase: int) -> str:
    """Say one phase's lines."""
    say = numbers(chart)
    judged = chart.kind != "run" and bool(np.isfinite(row["sigma"]))
    if not chart.about.aims:
        return _totals(chart, row, phase, judged)
    text = f"the {chart.about.centre} is {say(row['centre'])}"
    if not judged:
        return text
    kind = "the trial limits" if row["trial"] else "the limits"
    kind += " at the latest point" if stepping(chart) or chart.kind == "ewma" else ""
    return f"{text} and {kind} are {say.range(row['lower'], row['upper'], 'and')}"


def _totals(chart: Chart, row: pd.Series, phase: int, judged: bool) -> str:
    """Say what running totals are counted from, and held against."""
    inner = measured(chart)
    if row["lower"] == 0 or "p0" in chart.settings:
        text = f"the usual risk is {100 * usual_risk(chart, phase):,.3g}%"
        return f"{text} and the alarm line is {row['upper']:g}" if judged else text
    mean = inner(mean_and_sigma(chart, phase)[0])
    if not judged:
        return f"the mean is {mean}"
    return (
        f"departures are counted from the mean of {mean} in steps of {step_said(chart, phase)}"
        f" (one sigma), and the alarm lines are {row['lower']:g} and {row['upper']:g} steps"
    )


def _screening(chart: Chart, start: int, end: int) -> list[str]:
    screened = None if chart.ranges is None else chart.ranges.screened
    dropped = 0 if screened is None else int(screened[start : end + 1].sum())
    if not dropped:
        return []
    return [
        f"Screening left out {dropped} moving range{'s' if dropped > 1 else ''} larger than"
        f" {MR_UPPER} times the mean, which would have made the limits wider."
    ]


def _steps(chart: Chart) -> list[str]:
    """Say that limits differ from point to point, and why."""
    if chart.kind == "ewma" and np.isfinite(chart.limits["sigma"].iloc[-1]):
        return ["Limits widen over a phase's first points, as its memory fills."]
    if not stepping(chart):
        return []
    sizes = sizes_said(_sizes(chart))
    if chart.kind == "np":
        return [f"Mean and limits move with n, the number there is to count among ({sizes})."]
    what = "smaller subgroups" if chart.about.grouped else "points that rest on a smaller n"
    return [f"Limits are wider for {what} ({sizes})."]


def _widened(chart: Chart) -> list[str]:
    """Say how far Laney's limits are from those of chance alone."""
    if not chart.kind.endswith("_prime") or "sigma_z" not in chart.limits:
        return []
    wide = float(chart.limits["sigma_z"].iloc[-1])
    if not np.isfinite(wide) or wide == 0:
        return []
    if abs(wide - 1) < _ALIKE:
        return ["Limits are as wide as chance alone would make them."]
    end = "more" if wide > 1 else "less"
    return [
        f"Limits are {wide:.2g} times as wide as chance alone would make them, because the points"
        f" vary that much {end}."
    ]


def _sizes(chart: Chart) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    sizes = chart.workings.data.sizes
    return np.asarray(sizes[np.isfinite(chart.workings.series.y)])
