"""The chart's message and its alt text: what a colleague would say aloud."""

from __future__ import annotations

from typing import Any

import numpy as np

from pcqa_teach.spc.episodes import Episode, episodes
from pcqa_teach.spc.icons import GOOD
from pcqa_teach.spc.numbers import Numbers
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import RULES, WHOLE, Rule
from pcqa_teach.spc.spacing import Spacing, spacing

VERDICT_WORDS = {
    "improvement": "an improvement",
    "concern": "a concern",
    "neutral": "a real change",
    "common": "ordinary variation",
}


def numbers(chart: Chart) -> Numbers:
    """Choose how the chart's values are said."""
    return Numbers.of(chart.limits["sigma"].to_numpy(), chart.points["y"].to_numpy(), chart.unit)


def period(chart: Chart) -> Spacing:
    """Say what each point stands for."""
    return spacing(chart.workings.series.x)


def seen(chart: Chart) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Give the rows that hold a value."""
    return np.flatnonzero(np.isfinite(chart.points["y"].to_numpy()))


def message(chart: Chart) -> str:
    """Say the chart's message in one line."""
    if chart.by is not None:
        return f"{chart.title}: {_of_groups(chart)}"
    what = ", change from point to point" if chart.kind == "mr" else ""
    return f"{chart.title}{what}: {_finding(chart)}"


def _of_groups(chart: Chart) -> str:
    counts = chart.icons["variation"].value_counts()
    total = len(chart.icons)
    parts = [
        f"{counts[verdict]} {VERDICT_WORDS[verdict]}"
        for verdict in ("concern", "improvement", "neutral")
        if counts.get(verdict, 0)
    ]
    if not parts:
        return f"nothing unusual now in any of {total}"
    unusual = total - counts["common"]
    return (
        f"{unusual} of {total} {'is' if unusual == 1 else 'are'} unusual now ({', '.join(parts)})"
    )


def _finding(chart: Chart) -> str:
    rows, say = seen(chart), numbers(chart)
    last = chart.limits.iloc[-1]
    every = period(chart)
    if len(rows) == 0:
        return "no values"
    found = episodes(chart)
    now = [one for one in found if one.last == rows[-1] and one.sign != WHOLE]
    if now:
        return _current(chart, now)
    if any(one.sign == WHOLE and one.last >= _phase_start(chart) for one in found):
        return f"crosses its {chart.about.centre} of {say(last['centre'])} too rarely for chance"
    y = chart.points["y"].to_numpy()[rows]
    if chart.kind != "run" and not np.isfinite(last["sigma"]):
        if len(y) == 1:
            return f"only one value, {say(float(y[0]))}"
        if np.ptp(y) == 0:
            return f"the same every time, {say(float(y[0]))}"
        return "too few neighbouring values for limits"
    if found and found[-1].last >= _phase_start(chart):
        return f"ordinary now; {_past(chart, found[-1])}"
    if len(chart.limits) > 1:
        start = chart.points["x"].iloc[_phase_start(chart)]
        before = say(chart.limits["centre"].iloc[-2])
        return f"steady around {say(last['centre'])} since {every.say(start)} ({before} before)"
    if chart.kind == "run":
        return f"no sign of a change around its median of {say(last['centre'])}"
    if last["trial"]:
        return f"nothing unusual yet in {every.count(len(rows))}"
    return f"steady, between {say.range(last['lower'], last['upper'], 'and')}"


def _rank(rule: str) -> int:
    first = list(RULES)
    return first.index(rule) if rule in first else len(first)


def _phase_start(chart: Chart) -> int:
    return int(chart.workings.phases.segments.starts[-1])


def _current(chart: Chart, now: list[Episode]) -> str:
    """Say what is unusual about the latest point, the shown verdict first."""
    verdict = str(chart.points["verdict"].iloc[now[0].last])
    good = GOOD.get(chart.improvement or "", 0)
    shown = [one for one in now if verdict != "improvement" or one.sign == good]
    one = min(shown, key=lambda one: _rank(one.rule))
    if verdict == "neutral":
        return _way(chart, one)
    said = f"{_way(chart, one)}, {VERDICT_WORDS[verdict]}"
    other = [one for one in now if verdict == "improvement" and one.sign == -good]
    if other:
        said += f"; yet {_way(chart, min(other, key=lambda one: _rank(one.rule)))}"
    return said


def directions(sign: int) -> dict[str, str]:
    """Give the words of one direction, for a rule's sentences.

    >>> directions(1)["side"], directions(-1)["way"]
    ('above', 'falling')
    """
    names = ("side", "way", "edge", "level", "move")
    up, down = (
        ("above", "rising", "upper", "high", "rise"),
        ("below", "falling", "lower", "low", "fall"),
    )
    return dict(zip(names, up if sign > 0 else down, strict=True))


def _way(chart: Chart, one: Episode) -> str:
    every = period(chart)
    return rule_of(chart, one).now.format(
        **directions(one.sign),
        centre=chart.about.centre,
        span=f"for the last {every.count(len(one.rows))}",
        when=every.on(chart.points["x"].iloc[one.last]),
    )


def _past(chart: Chart, one: Episode) -> str:
    every, x = period(chart), chart.points["x"]
    past = Rule.past if len(one.rows) == 1 else rule_of(chart, one).past
    return past.format(
        **directions(one.sign),
        when=every.on(x.iloc[one.last]),
        dates=f"from {every.say(x.iloc[one.first])} to {every.say(x.iloc[one.last])}",
    )


def rule_of(chart: Chart, one: Episode) -> Rule:
    """Give the rule that found a signal."""
    return next(rule for rule in chart.rules if rule.name == one.rule)


def lines_said(chart: Chart) -> str:
    """Say the last phase's lines: mean 6.66%, limits 6.10% to 7.23%."""
    say, last = numbers(chart), chart.limits.iloc[-1]
    if not np.isfinite(last["centre"]):
        return f"no {chart.about.centre}, no limits"
    text = f"{chart.about.centre} {say(last['centre'])}"
    if chart.kind == "run":
        return text
    if not np.isfinite(last["sigma"]):
        return f"{text}, no limits"
    kind = "trial limits" if last["trial"] else "limits"
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


def alt_text(chart: Chart) -> str:
    """Say the message, the lines and the signals in one to three sentences."""
    if chart.by is not None:
        return _alt_of_groups(chart)
    count = int(chart.points["signal"].sum())
    rows = seen(chart)
    parts = [
        f"{message(chart)}.",
        f"{chart.about.title} of {span_said(chart)}: {lines_said(chart)}.",
    ]
    if len(chart.limits) > 1:
        parts[-1] = parts[-1].replace(": ", f", in {len(chart.limits)} phases; latest ", 1)
    latest = VERDICT_WORDS[str(chart.points["verdict"].iloc[rows[-1]])] if len(rows) else ""
    signals = (
        f"{count} of {len(rows)} points are special cause"
        if count != 1
        else f"1 of {len(rows)} points is special cause"
    )
    if chart.workings.whole.any():
        signals = "The points as a whole are more than chance"
    elif count == 0:
        signals = "No point is special cause"
    held = chart.icons["assurance"].iloc[0]
    target = ""
    if np.isfinite(chart.workings.targets[0]):
        target = f"; the target is {numbers(chart).plain(float(chart.workings.targets[0]))}"
        target += f" ({held})" if isinstance(held, str) else ""
    both = count and not chart.workings.whole.any()
    parts.append(f"{signals}; the latest is {latest}{target}." if both else f"{signals}{target}.")
    return " ".join(parts)


def _alt_of_groups(chart: Chart) -> str:
    groups = chart.icons[chart.by].astype(str)
    centre = chart.limits.groupby(chart.by, sort=False, observed=True)["centre"].last()
    say = numbers(chart)
    flagged = groups[(chart.icons["variation"] != "common").to_numpy()]
    named = (
        f": {', '.join(flagged.head(6))}{', ...' if len(flagged) > 6 else ''}"
        if len(flagged)
        else ""
    )
    by = str(chart.by).replace("_", " ")
    return (
        f"{message(chart)}{named}. {len(groups)} {chart.about.title}s side by side, one for each"
        f" {by}; their latest {chart.about.centre}s run from"
        f" {say.range(float(centre.min()), float(centre.max()))}."
    )
