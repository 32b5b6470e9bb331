"""From a frame to a `Chart`: validate, cut into phases, limits, rules, icons; draw nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.errors import ChartError
from pcqa_teach.spc.aims import read_annotations, read_targets
from pcqa_teach.spc.captions import captions, unit_of_values
from pcqa_teach.spc.chart_tables import OWN, Drawn, icon_frame, limit_frame, point_frame
from pcqa_teach.spc.icons import GOOD, verdicts
from pcqa_teach.spc.limits import CHARTS, CONSTANTS, Data, Kind, Lines
from pcqa_teach.spc.phases import cut_phases
from pcqa_teach.spc.result import Chart, Workings
from pcqa_teach.spc.rules import Chosen, Rule, choose
from pcqa_teach.spc.segments import Floats, Segments
from pcqa_teach.spc.series import Series, read_series
from pcqa_teach.spc.signals import find_signals
from pcqa_teach.spc.suitable import read_settings, small_enough, suitable

_FROM_LIMITS = {
    *("outside", "two_of_three", "four_of_five", "fifteen_within", "eight_outside"),
}

Asked = str | Rule | Callable[..., Any]  # a preset or a rule by name, a rule, your own function


def chart(
    frame: pd.DataFrame,
    *,
    x: str = "x",
    y: str | None = None,
    n: str | None = "n",
    kind: str = "xmr",
    rules: Asked | Sequence[Asked] | None = None,
    baseline: Any = None,
    rebase: Any = None,
    improvement: str | None = None,
    target: float | str | Mapping[Any, Any] | None = None,
    by: str | Sequence[str] | None = None,
    exclude: Any = None,
    screen: bool | None = None,
    constants: str | None = None,
    run_length: int | None = None,
    title: str | None = None,
    unit: str | None = None,
    notes: str | Iterable[str] | None = None,
    annotations: Mapping[Any, Any] | None = None,
    per: float = 1,
    settings: Mapping[str, Any] | None = None,
) -> Chart:
    """Make a statistical process control chart of a measure.

    An XmR chart's limits are mean +/- 2.66 mean moving ranges; other kinds are in `CHARTS`.

    Parameters
    ----------
    frame : DataFrame, one row a point (and a group); never changed
    x, y, n : names of its columns: date or number, value (or count), and how many it rests on; y is
        "value" unless given, or the counts of one of the kit's measures where the kind counts
    kind : a name of `CHARTS`, such as "xmr", "run", "p", "u", "g", "xbar" or "ewma"
    rules : a preset ("mdc", "nhsr", "western_electric", "nelson", "anhoej"), names of rules, or
        functions of your own; None: what the kind uses, mostly "mdc"
    baseline : freeze the limits: the first so many values, up to a date, or (first, last) date
    rebase : where new phases start: {date: "why"}, a list of dates, or {group: one of those}; with
        dates in x, a whole number k starts a phase after the first k points
    improvement : "up", "down" or None, the direction that is good
    target : a number, the name of a column, {date: number} (each in force from its date), or
        {group: one of those}; on a p chart a share, 0.05 for 5%
    by : a column, one chart for each of its values; or a list of two columns
    exclude : dates (or positions from 0) left out of the limits and of the runs, yet shown
    screen : leave out moving ranges above 3.267 of their mean, once; None: what the preset says
    constants : "wheeler" (2.66) or "d2" (3 / 1.128); None: what the preset says
    run_length : points that make a shift and a trend, instead of the preset's
    title, unit, notes : win over those of `frame.attrs["pcqa"]`
    annotations : {date: "text"}, or {group: {date: "text"}}, written on the chart
    per : multiplies what a rate plots, such as 1000 for events per 1,000 patients
    settings : the kind's own options, such as ``{"lambda_": 0.1}`` for an EWMA chart

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
    >>> weeks = pd.DataFrame({"x": [1, 2, 3], "missed": [3, 4, 6], "booked": [50, 60, 55]})
    >>> chart(weeks, y="missed", n="booked", kind="p").limits[["centre", "upper"]].round(3)
       centre  upper
    0   0.079  0.188

    Notes
    -----
    Wheeler, Understanding Variation (1993); NHS England, Making Data Count (2023).
    """
    about = _kind(kind)
    chosen = choose(about, rules, screen, constants, run_length)
    _applicable(kind, chosen)
    by = _by(by, chosen)
    _check(improvement, about, per)
    options = read_settings(about, kind, settings)
    own = frame.attrs.get("pcqa") if isinstance(frame, pd.DataFrame) else None
    own = own if isinstance(own, Mapping) else {}
    y = y if y is not None else _usual_column(about, own)
    series = read_series(
        frame, x, y, n, by,
        target=target if isinstance(target, str) else None,
        grouped=about.grouped,
        yes_no=about.holds == "yes-no",
        check=lambda rows: suitable(rows, about, y, n, kind),
    )  # fmt: skip
    if kind == "r" or str(options.get("sigma", "")).endswith("-R"):
        small_enough(series, kind)
    phases = cut_phases(series, rebase=rebase, baseline=baseline, exclude=exclude)
    _enough(series, y, by)
    data = Data(
        series.y,
        phases.base & ~phases.excluded & np.isfinite(series.y),
        phases.segments,
        chosen.screen and about.ranged,
        CONSTANTS[chosen.constants],
        series.n,
        phases.excluded,
        series.sd,
        series.span,
        options,
    )
    plotted, second, lines = _plotted(about, data, per)
    drawn = Drawn.of(about, plotted, second, lines)
    shown = drawn.rows(data.segments)
    judged = _judged(about, plotted, second)
    centre = shown["centre"] if about.scale is None else data.spread(lines.centre)
    signals = find_signals(judged, centre, lines, phases, chosen.rules)
    if not about.directed:
        improvement = None
    verdict = verdicts(signals.up, signals.down, improvement, signals.neither)
    shares = about.share and about.rate and per == 1
    targets = read_targets(target, series, about, shares)
    limits = limit_frame(series, drawn, lines, phases, data.base)
    latest = icon_frame(series, drawn, limits, phases, verdict, signals.whole, targets, improvement)
    return Chart(
        points=point_frame(series, drawn, shown, phases, signals.codes, signals.any, verdict),
        limits=limits,
        icons=latest,
        kind=kind,
        rules=chosen.rules,
        preset=chosen.preset,
        improvement=improvement,
        by=by,
        **captions(about, own, title=title, unit=unit, notes=notes, y=y, per=per, series=series),
        screen=data.screen,
        constants=chosen.constants,
        per=per,
        settings=options,
        annotations=read_annotations(annotations, series),
        workings=Workings(
            series,
            phases,
            data,
            signals.codes,
            signals.up,
            signals.down,
            signals.whole,
            targets,
            unit_of_values(own, unit),
        ),
    )


def _kind(kind: str) -> Kind:
    if not isinstance(kind, str) or kind not in CHARTS:
        raise ChartError(f"There is no chart of kind '{kind}': choose from {', '.join(CHARTS)}.")
    return CHARTS[kind]


def _usual_column(about: Kind, own: Mapping[str, Any]) -> str:
    """Name the column of values; for a kind that counts, the counts that a measure carries."""
    count = own.get("count")
    return str(count) if count and about.sized else "value"


def _by(by: Any, chosen: Chosen) -> str | tuple[str, str] | None:
    """Give None, one name, or two names."""
    names: list[Any] = list(by) if isinstance(by, list | tuple) else [by]
    if len(names) not in (1, 2) or len(set(map(str, names))) < len(names):
        raise ChartError("by= takes one column, or a list of two different ones.")
    taken = OWN | {rule.name for rule in chosen.rules}
    for name in names:
        if isinstance(name, str) and name in taken:
            raise ChartError(
                f"by='{name}' is a name that the chart uses itself: rename that column."
            )
    if len(names) == 2:
        return names[0], names[1]
    only: str | None = names[0]
    return only


def _check(improvement: str | None, about: Kind, per: Any) -> None:
    if improvement is not None and improvement not in list(GOOD):
        raise ChartError(
            f"improvement='{improvement}' is not a direction: give 'up', 'down' or None."
        )
    real = isinstance(per, int | float | np.number) and not isinstance(per, bool)
    if not real or not 0 < per < 1e12:
        raise ChartError("per= must be a number above 0, such as 1000 for a rate per 1,000.")
    if per != 1 and not about.rate:
        rates = ", ".join(name for name, kind in CHARTS.items() if kind.rate)
        raise ChartError(f"per= multiplies a rate, and {about.called} plots none: use {rates}.")


def _applicable(kind: str, chosen: Chosen) -> None:
    """Refuse rules that measure from limits where a kind has none."""
    measured = {rule.name for rule in chosen.rules} & _FROM_LIMITS
    if measured and kind == "run":
        raise ChartError(
            f"The rule '{min(measured)}' measures from limits, and a run chart has none: leave it"
            " out, or use an XmR chart."
        )


def _enough(series: Series, y: str, by: Any) -> None:
    most = int(Segments(series.group_starts, len(series.y)).count(np.isfinite(series.y)).max())
    if most < 2 and series.empty is not None and series.empty.any():
        raise ChartError(
            "Nearly every denominator is 0, so that there is nothing to divide by: look at the"
            " column that n= names."
        )
    if most < 2:
        each = " in each group" if by is not None else ""
        raise ChartError(
            f"Column '{y}' has {most or 'no'} value{each}:"
            " a chart needs at least 2, better 13 or more."
        )


def _plotted(about: Kind, data: Data, per: float) -> tuple[Floats, Floats | None, Lines]:
    """Work out what is plotted and its lines, without limits where nothing varies."""
    plotted = about.plots(data)
    second = None if about.second is None else about.second(data)
    lines = about.lines(data).level(data.segments)
    middle = lines.centre if lines.middle is None else lines.middle
    flat = ~(lines.sigma > 1e-13 * np.abs(middle))
    if flat.any():
        lines = replace(lines, sigma=np.where(flat, np.nan, lines.sigma))
    if per != 1:
        plotted, lines = plotted * per, lines.times(per)
    return plotted, second, lines


def _judged(about: Kind, plotted: Floats, second: Floats | None) -> Floats:
    """Give what the rules look at: of two sums, the one further from the centre."""
    if second is not None:
        return np.where(-second > plotted, second, plotted)
    return plotted if about.scale is None else about.scale.into(plotted)
