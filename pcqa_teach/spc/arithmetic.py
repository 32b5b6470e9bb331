"""The sums behind the lines, one a row, as they would be done by hand."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.numbers import Numbers
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.sums import counts, memory, rare, subgroups, values
from pcqa_teach.spc.sums.base import Part, Step, none
from pcqa_teach.spc.units import numbers

_LIMITS = ("Lower limit", "Upper limit")

SUMS: dict[str, Callable[[Part], list[Step]]] = {
    "xmr": values.xmr,
    "run": values.run,
    "mr": values.moving_range,
    "i_prime": values.i_prime,
    "p": counts.share,
    "np": counts.number_of,
    "p_prime": counts.share,
    "c": counts.counted,
    "u": counts.rate,
    "u_prime": counts.rate,
    "g": rare.between,
    "t": rare.times,
    "xbar": subgroups.average,
    "s": subgroups.spread,
    "r": subgroups.extent,
    "ewma": memory.weighted,
    "cusum": memory.departures,
    "bernoulli_cusum": memory.evidence,
}


def arithmetic(chart: Chart) -> pd.DataFrame:
    """Give the sums of every phase: what, how, and the number it comes to.

    The last two rows of a phase are its limits, where it has any; where limits step with n, those
    of its latest point.

    Returns
    -------
    DataFrame with the `by` column if any, phase, step, sum (as written by hand), value
    """
    if chart.by is None:
        return pd.DataFrame(_rows(chart), columns=["phase", "step", "sum", "value"])
    frames = []
    for i in range(len(chart.icons)):
        frame = arithmetic(nth(chart, i))
        for column in reversed(chart.by_columns):
            frame.insert(0, column, [chart.icons[column].iloc[i]] * len(frame))
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _rows(chart: Chart) -> list[tuple[int, str, str, float]]:
    found: list[tuple[int, str, str, float]] = []
    segments, say = chart.workings.phases.segments, numbers(chart)
    for i, (_, line) in enumerate(chart.limits.iterrows()):
        rows = slice(int(segments.starts[i]), int(segments.ends[i]) + 1)
        part = Part(chart, rows, line)
        steps = (
            SUMS[chart.kind](part) if len(part.base) else none("no values to work them out from")
        )
        found += [(int(line["phase"]), *_as_drawn(step, say)) for step in steps]
    return found


def _as_drawn(step: Step, say: Numbers) -> Step:
    """Say of a limit that works out where no value can be, or none is, where it is drawn."""
    name, how, value = step
    edge = float(say.within(np.array([value]))[0]) if name.startswith(_LIMITS) else value
    if np.isnan(value) or edge == value:
        return step
    return (name, f"{how}; drawn at {edge:g}", value)
