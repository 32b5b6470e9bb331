"""Why each point is flagged, point by point: the words that tooltips and tables share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.episodes import Episode, episodes
from pcqa_teach.spc.places import both_ways, heights
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.runs_words import whole_said
from pcqa_teach.spc.totals import beyond_alarm
from pcqa_teach.spc.units import numbers_apart
from pcqa_teach.spc.words import VERDICT_WORDS, directions, numbers, period, rule_of


@dataclass(frozen=True)
class PointWords:
    """What is said of one point: when, how much, the verdict, and every rule's reason."""

    when: str
    value: str
    verdict: str
    why: str

    def __str__(self) -> str:
        """Say it in a sentence or two.

        >>> str(PointWords("Mar 2024", "7.20%", "a concern", "above the upper limit 7.10%"))
        'Mar 2024: 7.20%. A concern: above the upper limit 7.10%.'
        """
        said = f"{self.verdict[:1].upper()}{self.verdict[1:]}"
        return f"{self.when}: {self.value}. {said}{': ' if self.why else ''}{self.why}."


def reasons(chart: Chart) -> list[str]:
    """Give, for each row, every rule's reason for flagging it; empty where none does."""
    found: list[str] = []
    if chart.by is None:
        return _reasons(chart) if chart.points["signal"].any() else [""] * len(chart.points)
    flagged = np.logical_or.reduceat(
        chart.points["signal"].to_numpy(), chart.workings.series.group_starts
    )
    lengths = np.diff(chart.workings.series.group_starts, append=len(chart.points))
    for place, (signal, rows) in enumerate(zip(flagged, lengths.tolist(), strict=True)):
        found += _reasons(nth(chart, place)) if signal else [""] * rows
    return found


def _reasons(chart: Chart) -> list[str]:
    said: list[list[str]] = [[] for _ in range(len(chart.points))]
    for one in episodes(chart):
        whole = f"the series as a whole {whole_said(chart, one)}" if one.of_phase else ""
        for row in one.rows.tolist():
            said[row].append(whole or reason(chart, one, row))
    return ["; ".join(dict.fromkeys(parts)) for parts in said]


def reason(chart: Chart, one: Episode, row: int) -> str:
    """Say why one rule flags one row."""
    edge = "upper" if one.sign > 0 else "lower"
    limit, near = (float(chart.points[name].to_numpy()[row]) for name in (edge, f"{edge}2"))
    if one.rule == "outside" and not chart.about.aims:
        phase = int(np.searchsorted(chart.workings.phases.segments.ends, row))
        return beyond_alarm(chart, directions(one.sign)["side"], limit, phase)
    say = numbers_apart(chart, np.array([row]))
    return rule_of(chart, one).reason(
        **directions(one.sign),
        count=len(one.rows),
        centre=chart.about.centre,
        limit=say(limit),
        near=say(near),
    )


def value_said(chart: Chart, row: int, value: float) -> str:
    """Say a point's value, in as many decimals as tell it from the line that it passed."""
    say = numbers_apart(chart, np.array([row]))
    return say(value) if chart.about.aims else f"running total {say.bare(value)}"


def point_words(chart: Chart) -> list[PointWords]:
    """Give the words of every row, a row without a value too."""
    first = chart if chart.by is None else nth(chart, 0)
    every, say, flagged = period(first), numbers(chart), chart.points["signal"].to_numpy()
    y, both, totals = heights(chart), both_ways(chart), not chart.about.aims
    out, whole = chart.workings.phases.excluded, chart.workings.whole
    verdicts = chart.points["verdict"].astype(str).tolist()
    found = []
    rows = zip(chart.points["x"].tolist(), y.tolist(), verdicts, reasons(chart), strict=True)
    for row, (x, value, verdict, why) in enumerate(rows):
        what = VERDICT_WORDS[verdict]
        if whole[row] and verdict == "common":
            what = "ordinary by itself, unusual with the others"
        if both[row]:
            what = "both an improvement and a concern"
        if out[row]:
            what += ", left out of the limits"
        if not np.isfinite(value):
            found.append(PointWords(every.say(x), "no value", "a gap", ""))
            continue
        said = value_said(chart, row, value) if flagged[row] or totals else say(value)
        found.append(PointWords(every.say(x), said, what, why))
    return found
