"""Why each point is flagged, in plain English, and what the chart cannot tell."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.cautions import cautions
from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.episodes import Episode, episodes, phase_runs
from pcqa_teach.spc.limits import MR_UPPER
from pcqa_teach.spc.phases import NO_REASON
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import WHOLE
from pcqa_teach.spc.words import (
    VERDICT_WORDS,
    dates_said,
    directions,
    message,
    numbers,
    period,
    points_said,
    rule_of,
    seen,
    span_said,
)


def explain(chart: Chart) -> str:
    """Explain a chart, or the chart of every group one after the other."""
    if chart.by is not None:
        parts = [f"{message(chart)}."]
        parts += [_explain(nth(chart, i)) for i in range(len(chart.icons))]
        return "\n\n".join(parts)
    return _explain(chart)


def _explain(chart: Chart) -> str:
    found = episodes(chart)
    blocks = [
        [f"{message(chart)}.", f"{chart.about.title} of {span_said(chart)}."],
        _lines(chart),
        _signals(chart, found),
        _latest(chart),
        cautions(chart),
        _where_to_look(chart, found),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _lines(chart: Chart) -> list[str]:
    """Say where each phase's lines come from."""
    every, say, x = period(chart), numbers(chart), chart.points["x"]
    work = chart.workings
    said = []
    for i, (_, row) in enumerate(chart.limits.iterrows()):
        start, end = int(work.phases.segments.starts[i]), int(work.phases.segments.ends[i])
        rows = np.flatnonzero(work.data.base[start : end + 1]) + start
        if len(rows) == 0:
            said.append(f"Phase {row['phase']}: no values to work lines out from.")
            continue
        name = f"Phase {row['phase']}: " if len(chart.limits) > 1 else ""
        text = f"{name}the {chart.about.centre} is {say(row['centre'])}"
        if chart.kind != "run" and np.isfinite(row["sigma"]):
            kind = "the trial limits" if row["trial"] else "the limits"
            text += f" and {kind} are {say.range(row['lower'], row['upper'], 'and')}"
        span = dates_said(every, x[rows[0]], x[rows[-1]])
        text += f", from {points_said(int(row['points']))}, {span}."
        said.append(text[:1].upper() + text[1:])
        dropped = int(work.data.screened[start : end + 1].sum())
        if dropped:
            said.append(
                f"Screening left out {dropped} moving range{'s' if dropped > 1 else ''} larger than"
                f" {MR_UPPER} times the mean, which would have made the limits wider."
            )
        why = work.phases.reasons[i]
        if why:
            said.append(
                f"It starts {every.on(x[start])}, {why}."
                if why == NO_REASON
                else f"It starts {every.on(x[start])} because: {why}."
            )
    return said


def _signals(chart: Chart, found: list[Episode]) -> list[str]:
    """Say each rule's answer, then each flagged point with every rule that flags it."""
    said = [f"Rules ({chart.rules_title}):"]
    for rule in chart.rules:
        count = int(chart.points[rule.name].sum())
        answer = points_said(count) if count else "nothing found"
        said.append(f"- {rule.sentence[:1].upper()}{rule.sentence[1:]}: {answer}.")
        if rule.name == "anhoej":
            said += _runs(chart)
    rows = np.flatnonzero(chart.workings.up | chart.workings.down)
    if len(rows):
        said.append("Point by point:")
    every, say = period(chart), numbers(chart)
    y, x, verdict = (chart.points[name].to_numpy() for name in ("y", "x", "verdict"))
    parts: dict[int, list[Episode]] = {int(row): [] for row in rows}
    for one in found:
        if one.sign != WHOLE:
            for row in one.rows:
                parts[int(row)].append(one)
    both = chart.workings.up & chart.workings.down & (chart.improvement is not None)
    for row in rows:
        reasons = "; ".join(_reason(chart, one, int(row)) for one in parts[int(row)])
        what = f"{VERDICT_WORDS[str(verdict[row])]}"
        if both[row]:
            what = "both an improvement and a concern, coloured as improvement"
        said.append(f"- {every.say(x[row])}, {say(float(y[row]))}: {reasons} ({what}).")
    if both.any():
        said.append(
            "Where a point is both, Making Data Count's own tool shows the improvement; read both:"
            " a measure can be on its good side and moving the wrong way."
        )
    return said


def _runs(chart: Chart) -> list[str]:
    """Say how long the runs are and how often the centre line is crossed."""
    said = []
    centre = chart.about.centre
    for number, runs in zip(chart.limits["phase"], phase_runs(chart), strict=True):
        where = f" in phase {number}" if len(chart.limits) > 1 else ""
        said.append(
            f"- Longest run{where}: {points_said(runs.longest)} (chance allows {runs.most})."
            f" Crossings of the {centre}: {runs.crossings} (chance makes at least {runs.fewest})."
        )
    return said


def _reason(chart: Chart, one: Episode, row: int) -> str:
    say, line = numbers(chart), chart.points.iloc[row]
    edge = "upper" if one.sign > 0 else "lower"
    return rule_of(chart, one).reason(
        **directions(one.sign),
        count=len(one.rows),
        centre=chart.about.centre,
        limit=say(float(line[edge])),
        near=say(float(line[f"{edge}2"])),
    )


def _latest(chart: Chart) -> list[str]:
    """Say what the two icons mean."""
    rows, say = seen(chart), numbers(chart)
    if not len(rows):
        return []
    verdict = str(chart.icons["variation"].iloc[0])
    said = [f"Variation icon: the latest point is {VERDICT_WORDS[verdict]}."]
    if chart.workings.whole.any() and verdict == "neutral":
        said = [
            "Variation icon: the points as a whole are more than chance; the latest alone is not."
        ]
    if chart.improvement is None and chart.about.directed:
        said.append("Nobody said which way is better, so no signal is called good or bad.")
    if chart.kind != "run" and not np.isfinite(chart.limits["sigma"].iloc[-1]):
        said = ["Variation icon: no signal, but without limits there is little to judge by."]
    target = float(chart.workings.targets[0])
    if not np.isfinite(target):
        return said
    held, last = chart.icons["assurance"].iloc[0], chart.limits.iloc[-1]
    if not isinstance(held, str):
        said.append("Assurance icon: none, as it needs a good direction and limits.")
        return said
    words = {
        "passing": "a process within these limits meets it every time",
        "failing": "a process within these limits misses it every time",
        "hit-and-miss": "a process within these limits meets it and misses it by chance alone",
    }[held]
    said.append(f"Assurance icon, target {say.plain(target)}: {words}.")
    if chart.points["signal"].iloc[int(chart.workings.phases.segments.starts[-1]) :].any():
        said.append("It rests on limits that its own signals put in doubt: read those first.")
    for name in ("lower", "upper"):
        if np.isclose(target, last[name], rtol=1e-12, atol=0):
            said.append(f"The target equals the {name} limit, which counts as hit and miss.")
    return said


def _where_to_look(chart: Chart, found: list[Episode]) -> list[str]:
    """Suggest where a cause may be found; never start a phase for the reader."""
    every, x = period(chart), chart.points["x"]
    starts = {int(start) for start in chart.workings.phases.segments.starts}
    said = []
    runs = [one for one in found if one.rule in ("shift", "anhoej") and one.sign != WHOLE]
    for one in runs:
        if one.first in starts:
            continue
        side = f"{'above' if one.sign > 0 else 'below'} the {chart.about.centre}"
        said.append(
            f"Look at what changed {every.on(x[one.first])} or just before, where {len(one.rows)}"
            f" points in a row {side} begin."
        )
    if runs:
        said.append(
            "Only when the cause is known and the change is meant to last is it time for new"
            " limits, with the date and the reason written beside them."
        )
    lone = [one for one in found if one.rule == "outside"]
    if lone:
        dates = ", ".join(every.say(x[one.first]) for one in lone[:6])
        said.append(f"Ask what was different at {dates}{' and later' if len(lone) > 6 else ''}.")
    if chart.workings.whole.any():
        said.append("Look for a slow drift or a lasting change rather than at single points.")
    judged = np.isfinite(chart.limits["sigma"]).all() and not chart.limits["trial"].any()
    if not said and judged and not chart.points["signal"].any():
        said.append(
            "Nothing points to a special cause: asking about single points would be chasing chance."
            " To do better, change the process as a whole."
        )
    return said
