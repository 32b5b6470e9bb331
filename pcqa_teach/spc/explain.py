"""Why each point is flagged, in plain English, and what the chart cannot tell."""

from __future__ import annotations

from pcqa_teach.spc.cautions import cautions
from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.episodes import Episode, episodes
from pcqa_teach.spc.explain_aims import icons_said
from pcqa_teach.spc.explain_lines import lines, points_are
from pcqa_teach.spc.look import where_to_look
from pcqa_teach.spc.places import heights
from pcqa_teach.spc.reasons import reason, value_said
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.runs_words import runs_said
from pcqa_teach.spc.words import (
    VERDICT_WORDS,
    message,
    period,
    points_said,
    span_said,
)

_LISTED = 12  # points
_MANY = 200  # groups that are explained one by one
_BOTH = "both an improvement and a concern"


def explain(chart: Chart) -> str:
    """Explain a chart, or the chart of every group one after the other."""
    if chart.by is not None:
        parts = [f"{message(chart)}."]
        if len(chart.icons) > _MANY:
            parts.append(
                f"These are {len(chart.icons):,} charts, too many to explain one by one:"
                " chart.single(name).explain() explains one, and chart.icons lists them all."
            )
            return "\n\n".join(parts)
        parts += [_explain(nth(chart, i)) for i in range(len(chart.icons))]
        return "\n\n".join(parts)
    return _explain(chart)


def _explain(chart: Chart) -> str:
    found = episodes(chart)
    blocks = [
        [f"{message(chart)}.", f"{chart.about.title} of {span_said(chart)}.", *points_are(chart)],
        lines(chart),
        _rules(chart, found),
        cautions(chart),
        _points(chart, found),
        icons_said(chart),
        where_to_look(chart, found),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _rules(chart: Chart, found: list[Episode]) -> list[str]:
    """Say each rule's answer."""
    if not chart.rules:
        return ["No rules were asked for, so no point can be flagged."]
    said = [f"Rules ({chart.rules_title}):"]
    for rule in chart.rules:
        count = int(chart.points[rule.name].sum())
        answer = points_said(count) if count else "nothing found"
        if rule.whole and any(one.of_phase and one.rule == rule.name for one in found):
            answer = "the points as a whole"
        said.append(f"- {rule.sentence[:1].upper()}{rule.sentence[1:]}: {answer}.")
        if rule.name == "anhoej":
            said += runs_said(chart)
    return said


def _points(chart: Chart, found: list[Episode]) -> list[str]:
    """Say each flagged point, with every rule that flags it."""
    parts: dict[int, list[Episode]] = {}
    for one in found:
        for row in [] if one.of_phase else one.rows.tolist():
            parts.setdefault(row, []).append(one)
    if not parts:
        return []
    every, y = period(chart), heights(chart)
    x, verdict = chart.points["x"].tolist(), chart.points["verdict"].astype(str).tolist()
    both = chart.workings.up & chart.workings.down & (chart.improvement is not None)
    rows, more = sorted(parts)[-_LISTED:], len(parts) - _LISTED
    said = ["Point by point:"]
    for row in rows:
        why = "; ".join(dict.fromkeys(reason(chart, one, row) for one in parts[row]))
        what = f"{_BOTH}, coloured as improvement" if both[row] else VERDICT_WORDS[verdict[row]]
        said.append(f"- {every.say(x[row])}, {value_said(chart, row, y[row])}: {why} ({what}).")
    if more > 0:
        said.append(f"- ... and {more} more, earlier than these.")
    if both.any():
        said.append(
            "Where a point is both, Making Data Count's own tool shows the improvement; read both:"
            " a measure can be on its good side and moving the wrong way."
        )
    return said
