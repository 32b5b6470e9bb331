"""The chart's message in one line: what a colleague would say first."""

from __future__ import annotations

import numpy as np

from pcqa_teach.spc.episodes import Episode, episodes
from pcqa_teach.spc.icons import GOOD
from pcqa_teach.spc.phrases import (
    VERDICT_WORDS,
    directions,
    mean_and_sigma,
    measured,
    nouns,
    numbers,
    period,
    phase_start,
    rule_of,
    seen,
    tally,
)
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import RULES, WHOLE, Rule


def message(chart: Chart) -> str:
    """Say the chart's message in one line."""
    if chart.by is not None:
        return f"{chart.title}: {_of_groups(chart)}"
    return f"{chart.title}{nouns(chart).title}: {_finding(chart)}"


def _of_groups(chart: Chart) -> str:
    counts = {str(name): int(count) for name, count in
              chart.icons["variation"].value_counts().items()}  # fmt: skip
    total = len(chart.icons)
    unusual = total - counts.get("common", 0)
    if not unusual:
        return f"nothing unusual now in {'the only one' if total == 1 else f'any of {total}'}"
    return f"{unusual} of {total} {'is' if unusual == 1 else 'are'} unusual now ({tally(counts)})"


def _finding(chart: Chart) -> str:
    rows, last = seen(chart), chart.limits.iloc[-1]
    if len(rows) == 0:
        return "no values"
    found = episodes(chart)
    now = [one for one in found if one.last == rows[-1] and not one.of_phase]
    if now:
        return _current(chart, now)
    for one in found:
        if one.of_phase and one.last >= phase_start(chart):
            return rule_of(chart, one).whole.format(
                centre=chart.about.centre, line=numbers(chart)(last["centre"])
            )
    if chart.kind != "run" and not np.isfinite(last["sigma"]):
        return _without_limits(chart)
    if found and found[-1].last >= phase_start(chart):
        return f"ordinary now; {_past(chart, found[-1])}"
    return _steady(chart)


def _without_limits(chart: Chart) -> str:
    """Say what there is, where nothing can be judged."""
    say = measured(chart)
    values = chart.points["y"] if chart.about.aims else chart.workings.series.y
    y = np.asarray(values, dtype=np.float64)
    y = y[np.isfinite(y)]
    if chart.about.holds == "yes-no" and np.ptp(y) == 0:
        return f"{'every' if y[0] else 'no'} event in {period(chart).count(len(y))}".replace(
            "every event", "an event every time"
        )
    if len(y) == 1:
        return f"only one value, {say(float(y[0]))}"
    if np.ptp(y) == 0:
        return f"the same every time, {say(float(y[0]))}"
    return "too few neighbouring values for limits"


def _steady(chart: Chart) -> str:
    """Say that nothing is unusual."""
    say, last, every = numbers(chart), chart.limits.iloc[-1], period(chart)
    aims = chart.about.aims
    if len(chart.limits) > 1 and aims and np.isfinite(chart.limits["centre"].iloc[-2]):
        start = chart.points["x"].iloc[phase_start(chart)]
        before = say(chart.limits["centre"].iloc[-2])
        return f"steady around {say(last['centre'])} since {every.say(start)} ({before} before)"
    if last["trial"] and chart.kind != "run":
        return f"nothing unusual yet in {every.count(len(seen(chart)))}"
    return nouns(chart).steady.format(
        centre=say(last["centre"]),
        limits=say.range(last["lower"], last["upper"], "and"),
        mean="" if aims or last["lower"] == 0 else measured(chart)(mean_and_sigma(chart, -1)[0]),
    )


def _rank(rule: str) -> int:
    first = list(RULES)
    return first.index(rule) if rule in first else len(first)


def _current(chart: Chart, now: list[Episode]) -> str:
    """Say what is unusual about the latest point, the shown verdict first."""
    verdict = str(chart.points["verdict"].iloc[now[0].last])
    good = GOOD.get(chart.improvement or "", 0)
    sign = {"improvement": good, "concern": -good}.get(verdict, 0)
    shown = [one for one in now if one.sign == sign] or now
    one = min(shown, key=lambda one: _rank(one.rule))
    if verdict == "neutral":
        return _way(chart, one)
    said = f"{_way(chart, one)}, {VERDICT_WORDS[verdict]}"
    other = [one for one in now if verdict == "improvement" and one.sign == -good]
    if other:
        said += f"; yet {_way(chart, min(other, key=lambda one: _rank(one.rule)))}"
    return said


def _way(chart: Chart, one: Episode) -> str:
    every, own = period(chart), nouns(chart)
    now = own.now if one.rule == "outside" and own.now else rule_of(chart, one).now
    return now.format(
        **directions(one.sign),
        centre=chart.about.centre,
        span=f"for the last {every.count(len(one.rows))}",
        when=every.on(chart.points["x"].iloc[one.last]),
    )


def _past(chart: Chart, one: Episode) -> str:
    every, x, own = period(chart), chart.points["x"], nouns(chart)
    rule = rule_of(chart, one)
    past = Rule.past if rule.joined and len(one.rows) == 1 and one.sign != WHOLE else rule.past
    if one.rule == "outside" and own.past:
        past = own.past
    return past.format(
        **directions(one.sign),
        centre=chart.about.centre,
        when=every.on(x.iloc[one.last]),
        dates=f"from {every.say(x.iloc[one.first])} to {every.say(x.iloc[one.last])}",
    )
