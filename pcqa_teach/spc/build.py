"""From a frame to a `Chart`: validate, cut into phases, limits, rules, icons; draw nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.chart_tables import icon_frame, point_frame
from pcqa_teach.spc.evidence import Evidence
from pcqa_teach.spc.icons import GOOD, verdicts
from pcqa_teach.spc.limits import CHARTS, CONSTANTS, TRIAL, Data, Kind
from pcqa_teach.spc.phases import Phases, cut_phases
from pcqa_teach.spc.result import Chart, Workings
from pcqa_teach.spc.rules import WHOLE, Chosen, Rule, choose
from pcqa_teach.spc.segments import Bools, Codes, Floats
from pcqa_teach.spc.series import Series, read_series

_COLUMNS = ["x", "y", "n", "phase", "centre", "lower", "upper", "lower2", "upper2"]
_LIMITS = ["phase", "centre", "lower", "upper", "sigma", "mr_bar", "points", "trial"]


def chart(
    frame: pd.DataFrame,
    *,
    x: str = "x",
    y: str = "value",
    n: str | None = "n",
    kind: str = "xmr",
    rules: str | Rule | Sequence[str | Rule] | None = None,
    baseline: Any = None,
    rebase: Any = None,
    improvement: str | None = None,
    target: float | Mapping[Any, float] | None = None,
    by: str | None = None,
    exclude: Any = None,
    screen: bool | None = None,
    constants: str | None = None,
    run_length: int | None = None,
    title: str | None = None,
    unit: str | None = None,
    notes: str | Iterable[str] | None = None,
) -> Chart:
    """Make a statistical process control chart of a measure.

    An XmR chart's limits are mean +/- 2.66 mean moving ranges; other kinds are in `CHARTS`.

    Parameters
    ----------
    frame : DataFrame, one row a point (and a group); never changed
    x, y, n : names of its columns: date or number, value, and how many it rests on (if there)
    kind : "xmr", "run" or "mr"
    rules : a preset ("mdc", "nhsr", "anhoej"), or names of rules; None: "anhoej" for a run chart,
        else "mdc"
    baseline : freeze the limits: the first so many values, up to a date, or (first, last) date
    rebase : where new phases start: {date: "why"}, or a list of dates; with dates in x, a whole
        number k starts a phase after the first k points
    improvement : "up", "down" or None, the direction that is good
    target : a number, or {group: number}
    by : a column; one chart for each of its values
    exclude : dates (or positions from 0) left out of the limits and of the runs, yet shown
    screen : leave out moving ranges above 3.267 of their mean, once; None: what the preset says
    constants : "wheeler" (2.66) or "d2" (3 / 1.128); None: what the preset says
    run_length : points that make a shift and a trend, instead of the preset's
    title, unit, notes : win over those of `frame.attrs["pcqa"]`

    Returns
    -------
    Chart

    Raises
    ------
    ChartError
        A column, an argument or the data cannot make a chart; the message says what to do.

    Examples
    --------
    >>> weeks = pd.DataFrame({"x": [1, 2, 3, 4, 5], "value": [6, 7, 5, 9, 6]})
    >>> chart(weeks).limits.round(2)[["centre", "lower", "upper", "mr_bar", "trial"]]
       centre  lower  upper  mr_bar  trial
    0     6.6  -0.05  13.25     2.5   True

    Notes
    -----
    Wheeler, Understanding Variation (1993); NHS England, Making Data Count (2023).
    """
    about = _kind(kind)
    chosen = choose(about, rules, screen, constants, run_length)
    _check(improvement, by, chosen)
    series = read_series(frame, x, y, n, by)
    phases = cut_phases(series, rebase=rebase, baseline=baseline, exclude=exclude)
    base = phases.base & ~phases.excluded & np.isfinite(series.y)
    _enough(series, y, by)
    data = Data(
        series.y,
        base,
        phases.segments,
        chosen.screen,
        CONSTANTS[chosen.constants],
        series.n,
        phases.excluded,
    )
    plotted = about.plots(data)
    lines, limits = _limits(about, data, phases)
    codes = _signals(plotted, lines, phases, chosen.rules)
    up, down, whole = (_any(codes, sign, len(plotted)) for sign in (1, -1, WHOLE))
    if not about.directed:
        improvement = None
    verdict = verdicts(up, down, improvement)
    targets = _targets(target, series)
    work = Workings(series, phases, data, codes, up, down, whole, targets)
    points = point_frame(series, plotted, lines, phases, codes, up | down | whole, verdict)
    icons = icon_frame(series, limits, phases, plotted, verdict, whole, targets, improvement)
    own = frame.attrs.get("pcqa")
    own = own if isinstance(own, Mapping) else {}
    if by is not None:
        points.insert(0, by, series.groups.take(series.group))
        limits.insert(0, by, series.groups.take(series.group[phases.segments.starts]))
        icons.insert(0, by, series.groups)
    return Chart(
        points=points,
        limits=limits,
        icons=icons,
        kind=kind,
        rules=chosen.rules,
        preset=chosen.preset,
        improvement=improvement,
        by=by,
        title=str(title or own.get("title") or _words(y)),
        unit=_unit(unit if unit is not None else own.get("unit") or "", kind),
        notes=_notes(notes if notes is not None else own.get("notes")),
        screen=chosen.screen,
        constants=chosen.constants,
        workings=work,
    )


def _kind(kind: str) -> Kind:
    if not isinstance(kind, str) or kind not in CHARTS:
        raise ChartError(f"There is no chart of kind '{kind}': choose from {', '.join(CHARTS)}.")
    return CHARTS[kind]


def _check(improvement: str | None, by: str | None, chosen: Chosen) -> None:
    if improvement is not None and improvement not in list(GOOD):
        raise ChartError(
            f"improvement='{improvement}' is not a direction: give 'up', 'down' or None."
        )
    if by in (
        *_COLUMNS,
        *_LIMITS,
        *(rule.name for rule in chosen.rules),
        "signal",
        "verdict",
        "variation",
        "assurance",
    ):
        raise ChartError(f"by='{by}' is a name that the chart uses itself: rename that column.")


def _enough(series: Series, y: str, by: str | None) -> None:
    most = int(np.add.reduceat(np.isfinite(series.y), series.group_starts, dtype=np.int64).max())
    if most < 2:
        each = " in each group" if by is not None else ""
        raise ChartError(
            f"Column '{y}' has {most or 'no'} value{each}:"
            " a chart needs at least 2, better 13 or more."
        )


def _limits(about: Kind, data: Data, phases: Phases) -> tuple[dict[str, Floats], pd.DataFrame]:
    """Work out each phase's lines, and the same row by row."""
    lines = about.lines(data)
    flat = ~(lines.sigma > 1e-13 * np.abs(lines.centre))  # no variation: no limits
    sigma = np.where(flat, np.nan, lines.sigma)
    edge = {"centre": lines.centre}
    for name, width in {"lower": -3, "upper": 3, "lower2": -2, "upper2": 2}.items():
        edge[name] = np.maximum(lines.centre + width * sigma, about.floor)
    count = data.segments.count(data.base)
    limits = pd.DataFrame(
        {
            "phase": phases.number,
            **{name: edge[name] for name in ("centre", "lower", "upper")},
            "sigma": sigma,
            "mr_bar": data.mr_bar,
            "points": count,
            "trial": count < TRIAL,
        }
    )
    wide = {name: phases.segments.spread(values) for name, values in edge.items()}
    wide["sigma"] = phases.segments.spread(sigma)
    return wide, limits


def _signals(
    plotted: Floats, lines: dict[str, Floats], phases: Phases, rules: Iterable[Rule]
) -> dict[str, Codes]:
    """Ask every rule of the points it looks at: never a gap, seldom an excluded one."""
    seen = np.isfinite(plotted)
    counted = seen & ~phases.excluded
    evidence = {True: _evidence(plotted, lines, phases, seen)}
    evidence[False] = (
        evidence[True]
        if not (seen & phases.excluded).any()
        else _evidence(plotted, lines, phases, counted)
    )
    rows = {True: seen, False: counted}
    codes = {}
    for rule in rules:
        given, where = evidence[rule.sees_excluded], rows[rule.sees_excluded]
        if len(given.y) == len(plotted):
            codes[rule.name] = rule(given)
            continue
        codes[rule.name] = np.zeros(len(plotted), dtype=np.int8)
        if len(given.y):
            codes[rule.name][where] = rule(given)
    return codes


def _evidence(plotted: Floats, lines: dict[str, Floats], phases: Phases, where: Bools) -> Evidence:
    if where.all():
        return Evidence(plotted, lines["centre"], lines["sigma"], phases.segments)
    kept, _ = phases.segments.keep(np.flatnonzero(where))
    return Evidence(plotted[where], lines["centre"][where], lines["sigma"][where], kept)


def _any(codes: Mapping[str, Codes], sign: int, size: int) -> Bools:
    found = np.zeros(size, dtype=bool)
    for code in codes.values():
        found |= code == sign
    return found


def _targets(target: float | Mapping[Any, float] | None, series: Series) -> Floats:
    count = max(len(series.groups), 1)
    if target is None:
        return np.full(count, np.nan)
    if isinstance(target, Mapping):
        unknown = [group for group in target if group not in series.groups]
        if unknown or len(series.groups) == 0:
            raise ChartError(
                "target= names a group that the data do not have:"
                " give {group: number} for groups of by=."
            )
        return np.array([_number(target.get(group, np.nan)) for group in series.groups])
    return np.full(count, _number(target))


def _number(target: Any) -> float:
    if (
        isinstance(target, bool)
        or not isinstance(target, int | float | np.number)
        or np.isinf(target)
    ):
        raise ChartError("target= must be a number, in the units of the measure.")
    return float(target)


def _unit(unit: Any, kind: str) -> str:
    """Take the unit; the difference of two percentages is in percentage points."""
    return "percentage points" if kind == "mr" and unit == "%" else str(unit)


def _notes(notes: Any) -> tuple[str, ...]:
    """Take the notes; one text is one note."""
    if notes is None:
        return ()
    alone = isinstance(notes, str) or not isinstance(notes, Iterable)
    return tuple(str(note) for note in ([notes] if alone else notes))


def _words(name: str) -> str:
    text = str(name).replace("_", " ").strip()
    return text[:1].upper() + text[1:]
