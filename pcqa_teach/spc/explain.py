"""Why each point is flagged, in plain English, and what the chart cannot tell."""

from __future__ import annotations

from pcqa_teach.spc.cautions import cautions
from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.episodes import Episode, episodes, phase_runs
from pcqa_teach.spc.explain_aims import icons_said
from pcqa_teach.spc.explain_lines import lines, points_are
from pcqa_teach.spc.look import where_to_look
from pcqa_teach.spc.places import heights
from pcqa_teach.spc.reasons import reason
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.words import (
    VERDICT_WORDS,
    message,
    numbers,
    period,
    points_said,
    span_said,
)

_BOTH = "both an improvement and a concern"


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
        [f"{message(chart)}.", f"{chart.about.title} of {span_said(chart)}.", *points_are(chart)],
        lines(chart),
        _rules(chart),
        _points(chart, found),
        icons_said(chart),
        cautions(chart),
        where_to_look(chart, found),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _rules(chart: Chart) -> list[str]:
    """Say each rule's answer."""
    if not chart.rules:
        return ["No rules were asked for, so no point can be flagged."]
    said = [f"Rules ({chart.rules_title}):"]
    for rule in chart.rules:
        count = int(chart.points[rule.name].sum())
        answer = points_said(count) if count else "nothing found"
        said.append(f"- {rule.sentence[:1].upper()}{rule.sentence[1:]}: {answer}.")
        if rule.name == "anhoej":
            said += _runs(chart)
    return said


def _points(chart: Chart, found: list[Episode]) -> list[str]:
    """Say each flagged point, with every rule that flags it."""
    parts: dict[int, list[Episode]] = {}
    for one in found:
        for row in [] if one.of_phase else one.rows.tolist():
            parts.setdefault(row, []).append(one)
    if not parts:
        return []
    every, say, y = period(chart), numbers(chart), heights(chart)
    x, verdict = chart.points["x"].tolist(), chart.points["verdict"].astype(str).tolist()
    both = chart.workings.up & chart.workings.down & (chart.improvement is not None)
    said = ["Point by point:"]
    for row in sorted(parts):
        why = "; ".join(dict.fromkeys(reason(chart, one, row) for one in parts[row]))
        what = f"{_BOTH}, coloured as improvement" if both[row] else VERDICT_WORDS[verdict[row]]
        said.append(f"- {every.say(x[row])}, {say(float(y[row]))}: {why} ({what}).")
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
        if not runs.useful:
            continue
        where = f" in phase {number}" if len(chart.limits) > 1 else ""
        said.append(
            f"- Longest run{where}: {points_said(runs.longest)} (chance allows {runs.most})."
            f" Crossings of the {centre}: {runs.crossings} (chance makes at least {runs.fewest})."
        )
    return said
