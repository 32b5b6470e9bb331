"""Why each point is flagged, point by point: the words that tooltips and tables share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pcqa_teach.spc.chart_views import nth
from pcqa_teach.spc.episodes import Episode, episodes
from pcqa_teach.spc.places import both_ways, heights
from pcqa_teach.spc.result import Chart
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
        for row in one.rows.tolist():
            said[row].append(_whole(chart, one) if one.of_phase else reason(chart, one, row))
    return ["; ".join(dict.fromkeys(parts)) for parts in said]


def reason(chart: Chart, one: Episode, row: int) -> str:
    """Say why one rule flags one row."""
    say, edge = numbers(chart), "upper" if one.sign > 0 else "lower"
    limit, near = (float(chart.points[name].to_numpy()[row]) for name in (edge, f"{edge}2"))
    return rule_of(chart, one).reason(
        **directions(one.sign),
        count=len(one.rows),
        centre=chart.about.centre,
        limit=say(limit),
        near=say(near),
    )


def _whole(chart: Chart, one: Episode) -> str:
    line = numbers(chart)(float(chart.points["centre"].to_numpy()[one.last]))
    said = rule_of(chart, one).whole.format(centre=chart.about.centre, line=line)
    return f"the series as a whole {said}"


def point_words(chart: Chart) -> list[PointWords]:
    """Give the words of every row, a row without a value too."""
    first = chart if chart.by is None else nth(chart, 0)
    every, say = period(first), numbers(chart)
    y, both = heights(chart), both_ways(chart)
    out = chart.workings.phases.excluded
    verdicts = chart.points["verdict"].astype(str).tolist()
    found = []
    rows = zip(chart.points["x"].tolist(), y.tolist(), verdicts, reasons(chart), strict=True)
    for row, (x, value, verdict, why) in enumerate(rows):
        what = VERDICT_WORDS[verdict]
        if both[row]:
            what = "both an improvement and a concern"
        if out[row]:
            what += ", left out of the limits"
        if not np.isfinite(value):
            found.append(PointWords(every.say(x), "no value", "a gap", ""))
            continue
        found.append(PointWords(every.say(x), say(value), what, why))
    return found
