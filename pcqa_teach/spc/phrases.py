"""The phrases that every text about a chart is made of: numbers, dates, directions, lines."""

from __future__ import annotations

from typing import Any

import numpy as np

from pcqa_teach.spc.episodes import Episode
from pcqa_teach.spc.nouns import NOUNS, Nouns
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import WHOLE, Rule
from pcqa_teach.spc.segments import Floats
from pcqa_teach.spc.spacing import Spacing, spacing
from pcqa_teach.spc.totals import alarm_said
from pcqa_teach.spc.units import numbers

VERDICT_WORDS = {
    "improvement": "an improvement",
    "concern": "a concern",
    "neutral": "more than chance",
    "common": "ordinary variation",
}

_TALLIES = {
    "concern": ("concern", "concerns"),
    "improvement": ("improvement", "improvements"),
    "neutral": ("neither good nor bad", "neither good nor bad"),
}
_SAME = 1e-9  # relative; lines closer than this are level


def nouns(chart: Chart) -> Nouns:
    """Give the words of the chart's kind."""
    return NOUNS.get(chart.kind, Nouns())


def period(chart: Chart) -> Spacing:
    """Say what each point stands for."""
    one = nouns(chart).one
    return Spacing(one) if one else spacing(chart.workings.series.x)


def seen(chart: Chart) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the rows that hold a value."""
    return np.flatnonzero(np.isfinite(chart.points["y"].to_numpy()))


def phase_start(chart: Chart) -> int:
    """Give the first row of the last phase."""
    return int(chart.workings.phases.segments.starts[-1])


def tally(counts: dict[str, int]) -> str:
    """Say how many of each verdict, in brackets behind a total.

    >>> tally({"concern": 2, "improvement": 1, "neutral": 0})
    '2 concerns, 1 improvement'
    """
    return ", ".join(
        f"{counts[name]} {one if counts[name] == 1 else many}"
        for name, (one, many) in _TALLIES.items()
        if counts.get(name, 0)
    )


def unusual_said(counts: dict[str, int], total: int) -> str:
    """Say how many of many have an unusual pattern at their latest point.

    >>> unusual_said({"concern": 3}, 5), unusual_said({"neutral": 1}, 5)
    ('3 of 5 have an unusual pattern now (3 concerns)', '1 of 5 has an unusual pattern now')
    >>> unusual_said({"concern": 0}, 5), unusual_said({}, 1)
    ('nothing unusual now in any of 5', 'nothing unusual now in the only one')
    """
    unusual = sum(counts.get(name, 0) for name in _TALLIES)
    if not unusual:
        return f"nothing unusual now in {'the only one' if total == 1 else f'any of {total}'}"
    judged = f" ({tally(counts)})" if unusual > counts.get("neutral", 0) else ""
    have = "has" if unusual == 1 else "have"
    return f"{unusual} of {total} {have} an unusual pattern now{judged}"


def directions(sign: int) -> dict[str, str]:
    """Give the words of one direction, for a rule's sentences.

    >>> directions(1)["side"], directions(-1)["way"]
    ('above', 'falling')
    """
    names = ("side", "way", "edge", "level", "move")
    words = {
        1: ("above", "rising", "upper", "high", "rise"),
        -1: ("below", "falling", "lower", "low", "fall"),
        WHOLE: ("about", "changing", "nearer", "placed", "change"),
    }
    return dict(zip(names, words[sign], strict=True))


def rule_of(chart: Chart, one: Episode) -> Rule:
    """Give the rule that found a signal."""
    return next(rule for rule in chart.rules if rule.name == one.rule)


def stepping(chart: Chart) -> bool:
    """Say whether the last phase's limits differ from point to point because n does."""
    if not (chart.about.sized or chart.about.grouped):
        return False
    rows = chart.points.iloc[phase_start(chart) :]
    width = (rows["upper"] - rows["lower"]).to_numpy(dtype=np.float64)
    width = width[np.isfinite(width)]
    return len(width) > 1 and bool(np.ptp(width) > _SAME * np.abs(width).max())


def sizes_said(sizes: Floats, to: str = "to") -> str:
    """Say from where to where denominators run.

    >>> sizes_said(np.array([61.0, 1240.0])), sizes_said(np.array([4.0, 4.0]))
    ('61 to 1,240', '4')
    """
    known = sizes[np.isfinite(sizes)]
    if not len(known):
        return "none"
    low, high = (f"{end:,.4g}" if end < 1000 else f"{round(end):,}" for end in
                 (float(known.min()), float(known.max())))  # fmt: skip
    return low if low == high else f"{low} {to} {high}"


def lines_said(chart: Chart) -> str:
    """Say the last phase's lines: mean 6.66%, limits 6.10% to 7.23%."""
    say, last = numbers(chart), chart.limits.iloc[-1]
    if not chart.about.aims:
        return alarm_said(chart)
    if not np.isfinite(last["centre"]):
        return f"no {chart.about.centre}, no limits"
    text = f"{chart.about.centre} {say(last['centre'])}"
    if chart.kind == "run":
        return text
    if not np.isfinite(last["sigma"]):
        return f"{text}, no limits"
    kind = "trial limits" if last["trial"] else "limits"
    kind += " at the latest point" if stepping(chart) else ""
    bare = text if chart.unit == "%" else f"{chart.about.centre} {say.bare(last['centre'])}"
    return f"{bare}, {kind} {say.range(last['lower'], last['upper'])}"


def span_said(chart: Chart) -> str:
    """Say how many points there are, of when, and how many are missing."""
    rows, every, x = seen(chart), period(chart), chart.points["x"]
    text = f"{every.count(len(rows))}, {dates_said(every, x.iloc[0], x.iloc[-1])}"
    gone = missing(chart)
    return f"{text} ({gone} missing)" if gone else text


def missing(chart: Chart) -> int:
    """Count the values that are not there; a moving range that cannot be is not one of them."""
    return int(np.isnan(chart.workings.series.y).sum())


def points_said(count: int) -> str:
    """Say how many points.

    >>> points_said(1), points_said(12)
    ('1 point', '12 points')
    """
    return Spacing("point").count(count)


def dates_said(every: Spacing, first: Any, last: Any) -> str:
    """Say from when to when; a single date once.

    >>> dates_said(Spacing("month"), np.datetime64("2024-03-01"), np.datetime64("2024-03-01"))
    'Mar 2024'
    """
    begin, end = every.say(first), every.say(last)
    return begin if begin == end else f"{begin} to {end}"


def targets_said(chart: Chart) -> str:
    """Say the target now, and what it was before: 4% since Apr 2025 (5% before)."""
    say, every = numbers(chart), period(chart)
    targets, x = chart.workings.targets, chart.points["x"]
    if not np.isfinite(targets[-1]):
        return ""
    changes = np.flatnonzero(targets[1:] != targets[:-1]) + 1
    if not len(changes):
        return say.plain(float(targets[-1]))
    first = int(changes[-1])
    before = float(targets[first - 1])
    was = f"{say.plain(before)} before" if np.isfinite(before) else "none before"
    return f"{say.plain(float(targets[-1]))} since {every.say(x.iloc[first])} ({was})"
