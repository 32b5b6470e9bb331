"""The sums behind the lines, one a row, as they would be done by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.limits import MR_UPPER
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.segments import Bools, Floats

_SHOWN = 4  # terms written out before the dots


def arithmetic(chart: Chart) -> pd.DataFrame:
    """Give the sums of every phase: what, how, and the number it comes to.

    Returns
    -------
    DataFrame with the `by` column if any, phase, step, sum (as written by hand), value
    """
    if chart.by is None:
        return pd.DataFrame(_rows(chart), columns=["phase", "step", "sum", "value"])
    frames = []
    for i, group in enumerate(chart.icons[chart.by]):
        frame = arithmetic(nth(chart, i))
        frame.insert(0, chart.by, [group] * len(frame))
        frames.append(frame)
    return pd.concat(frames, ignore_index=True)


def _rows(chart: Chart) -> list[tuple[int, str, str, float]]:
    found: list[tuple[int, str, str, float]] = []
    segments, data = chart.workings.phases.segments, chart.workings.data
    for i, (_, line) in enumerate(chart.limits.iterrows()):
        rows = slice(int(segments.starts[i]), int(segments.ends[i]) + 1)
        y = data.y[rows][data.base[rows]]
        used = data.base_ranges[rows] & ~data.screened[rows]
        ranges = data.moving_ranges[rows]
        steps = {
            "run": _median(y, line),
            "xmr": [*_mean(y, line), *_ranges(chart, ranges, data.base_ranges[rows], used, line)],
            "mr": _ranges(chart, ranges, data.base_ranges[rows], used, line),
        }.get(chart.kind, _given(line))
        found += [(int(line["phase"]), *step) for step in steps]
    return found


def _terms(values: Floats, join: str = " + ") -> str:
    said = [f"{value:,.6g}" for value in values]
    if len(said) > 2 * _SHOWN:
        said = [*said[:_SHOWN], "...", *said[-1:]]
    return join.join(said) if said else "none"


def _median(y: Floats, line: pd.Series) -> list[tuple[str, str, float]]:
    return [
        ("Points in the baseline", "count", float(len(y))),
        ("Median", f"middle of {_terms(np.sort(y), ', ')}", float(line["centre"])),
    ]


def _mean(y: Floats, line: pd.Series) -> list[tuple[str, str, float]]:
    return [
        ("Points in the baseline", "count", float(len(y))),
        ("Sum of the values", _terms(y), float(y.sum())),
        ("Mean", f"{y.sum():,.6g} / {len(y)}", float(line["centre"])),
    ]


def _ranges(
    chart: Chart, ranges: Floats, base: Bools, used: Bools, line: pd.Series
) -> list[tuple[str, str, float]]:
    """Say the moving ranges, the screening if any, and the limits."""
    every, kept = ranges[base], ranges[used]
    steps = [
        ("Moving ranges", "each value less the one before, sign dropped", float(len(every))),
        ("Sum of the moving ranges", _terms(every), float(every.sum())),
    ]
    if len(every) == 0:
        return steps
    first = every.mean()
    steps.append(("Mean moving range", f"{every.sum():,.6g} / {len(every)}", float(first)))
    if chart.screen:
        out = np.sort(ranges[base & ~used])
        steps.append(("Largest range kept", f"{MR_UPPER} x {first:,.6g}", float(MR_UPPER * first)))
        steps.append(("Ranges screened out", _terms(out, ", "), float(len(out))))
        if len(out):
            steps.append(
                (
                    "Mean moving range, screened",
                    f"{kept.sum():,.6g} / {len(kept)}",
                    float(line["mr_bar"]),
                )
            )
    if not np.isfinite(line["sigma"]):
        steps.append(("Limits", "none: neighbouring values never differ", float("nan")))
        return steps
    return [*steps, *_edges(chart, line)]


def _edges(chart: Chart, line: pd.Series) -> list[tuple[str, str, float]]:
    bar, centre = float(line["mr_bar"]), float(line["centre"])
    if chart.kind == "mr":
        return [
            ("Upper limit", f"{MR_UPPER} x {bar:,.6g}", float(line["upper"])),
            ("Lower limit", "a range cannot be below 0", float(line["lower"])),
        ]
    width = 3 * float(line["sigma"])
    how = f"2.66 x {bar:,.6g}" if chart.constants == "wheeler" else f"3 x {bar:,.6g} / 1.128"
    return [
        ("From the mean to a limit", how, width),
        ("Upper limit", f"{centre:,.6g} + {width:,.6g}", float(line["upper"])),
        ("Lower limit", f"{centre:,.6g} - {width:,.6g}", float(line["lower"])),
    ]


def _given(line: pd.Series) -> list[tuple[str, str, float]]:
    """Give the lines as they are, for a kind that has no sums of its own here."""
    return [(name, "", float(line[name.lower()])) for name in ("Centre", "Lower", "Upper")]
