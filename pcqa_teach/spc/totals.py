"""The words of running totals: counted in steps of sigma, and held against an alarm line."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.chart_tables import SECOND
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.units import measured


def mean_and_sigma(chart: Chart, phase: int) -> tuple[float, float]:
    """Give what the departures of a CUSUM chart are counted from, and in."""
    data = chart.workings.data
    return float(data.mean[phase]), float((data.ranges.bar * data.ratio)[phase])


def usual_risk(chart: Chart, phase: int) -> float:
    """Give the risk that a Bernoulli CUSUM chart holds events against."""
    given = chart.settings.get("p0")
    return float(chart.workings.data.mean[phase]) if given is None else float(given)


def step_said(chart: Chart, phase: int = -1) -> str:
    """Say how much of the measure one step of a total is: one sigma, with its unit."""
    unit = chart.workings.unit
    unit = "percentage points" if unit == "%" else unit
    return f"{mean_and_sigma(chart, phase)[1]:,.3g}{' ' if unit else ''}{unit}"


def alarm_said(chart: Chart) -> str:
    """Say the alarm lines, which are set beforehand, and what one step is."""
    last = chart.limits.iloc[-1]
    if not np.isfinite(last["sigma"]):
        return "no alarm line"
    if SECOND not in chart.points:
        return f"alarm line {last['upper']:g}"
    mean = measured(chart)(mean_and_sigma(chart, -1)[0])
    return (
        f"alarm lines {last['lower']:g} and {last['upper']:g}; one step is {step_said(chart)},"
        f" counted from a mean of {mean}"
    )


def beyond_alarm(chart: Chart, side: str, limit: float, phase: int) -> str:
    """Say that a total is past its alarm line."""
    step = f", one step being {step_said(chart, phase)}" if SECOND in chart.points else ""
    return f"{side} the alarm line of {limit:g}{step}"
