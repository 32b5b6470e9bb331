"""The chart's message in one line: what a colleague would say first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.spc.caution_counts import too_narrow
from pcqa_teach.spc.episodes import Episode, episodes
from pcqa_teach.spc.headline_groups import of_groups
from pcqa_teach.spc.headline_past import gravest, past, past_briefly
from pcqa_teach.spc.icons import GOOD
from pcqa_teach.spc.phrases import (
    VERDICT_WORDS,
    directions,
    nouns,
    period,
    phase_start,
    rule_of,
    seen,
)
from pcqa_teach.spc.result import Chart
from pcqa_teach.spc.rules import RULES
from pcqa_teach.spc.runs_words import whole_said
from pcqa_teach.spc.segments import Ints
from pcqa_teach.spc.totals import mean_and_sigma
from pcqa_teach.spc.units import measured, numbers

_MANY = 0.25  # of all points outside the limits: our own choice
_MOST = 2 / 3  # of all points flagged, so that one mean does not fit: our own choice
_FEW = 10.0  # a mean count below this keeps its decimals


def message(chart: Chart) -> str:
    """Say the chart's message in one line."""
    if chart.by is not None:
        return f"{chart.title}: {of_groups(chart)}"
    return f"{chart.title}{nouns(chart).title}: {_finding(chart)}"


def _finding(chart: Chart) -> str:
    rows = seen(chart)
    if len(rows) == 0:
        return "no values"
    return _mistaken(chart) or f"{_state(chart, rows)}{_never(chart)}"


def _mistaken(chart: Chart) -> str:
    """Say that the limits are too narrow, where so many points are outside that little else is."""
    points = chart.points
    outside = int(((points["y"] > points["upper"]) | (points["y"] < points["lower"])).sum())
    count = len(seen(chart))
    warning = too_narrow(chart) if outside > count * _MANY else ""
    if not warning:
        return ""
    return f"{outside} of {count} points are outside the limits. {warning}"


def _state(chart: Chart, rows: Ints) -> str:
    """Say what is unusual now, else what was, else that nothing is."""
    if not chart.rules:
        return "not judged, since no rules were asked for"
    found, start = episodes(chart), phase_start(chart)
    now = [one for one in found if one.last == rows[-1] and not one.of_phase]
    if now:
        return _current(chart, now)
    lately = [one for one in found if one.last >= start]
    whole = [one for one in lately if one.of_phase]
    if whole:
        return whole_said(chart, whole[0])
    if chart.kind != "run" and not np.isfinite(chart.limits["sigma"].iloc[-1]):
        return _without_limits(chart)
    if not lately:
        return _steady(chart)
    one, since = gravest(chart, lately), _since(chart)
    return f"{since}; {past_briefly(chart, one, lately)}" if since else (
        f"ordinary now; {past(chart, one)}"
    )  # fmt: skip


def _never(chart: Chart) -> str:
    """Say that the target is never met, where limits and every point of the phase say so."""
    if chart.icons["assurance"].iloc[0] != "failing":
        return ""
    rows = slice(phase_start(chart), None)
    y, target = chart.points["y"].to_numpy()[rows], chart.workings.targets[rows]
    met = y >= target if chart.improvement == "up" else y <= target
    return "" if met.any() else f"; never meets its target of {numbers(chart).plain(chart.target)}"


def _since(chart: Chart) -> str:
    """Say the level since the last step, and the one before: 77 since 3 Jul 2025 (124 before)."""
    say, centres = numbers(chart), chart.limits["centre"]
    if len(centres) < 2 or not chart.about.aims or not np.isfinite(centres.iloc[-2]):
        return ""
    before = centres.iloc[-2]
    was = say(before) if chart.unit == "%" else say.bare(before)
    start = period(chart).say(chart.points["x"].iloc[phase_start(chart)])
    return f"{say(centres.iloc[-1])} since {start} ({was} before)"


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
    aims, since = chart.about.aims, _since(chart)
    if since:
        return f"steady around {since}"
    if last["trial"] and chart.kind != "run":
        return f"nothing unusual yet in {every.count(len(seen(chart)))}"
    return nouns(chart).steady.format(
        centre=say(last["centre"]),
        limits=say.range(last["lower"], last["upper"], "and"),
        counted=_counted(chart, last) if chart.about.holds == "counts" else "",
        mean="" if aims or last["lower"] == 0 else measured(chart)(mean_and_sigma(chart, -1)[0]),
    )


def _counted(chart: Chart, last: pd.Series) -> str:
    """Say a usual count and its ordinary range in whole numbers: about 62 a week, 40 to 85."""
    say, every = numbers(chart), period(chart)
    about = say.bare(last["centre"]) if last["centre"] < _FEW else f"{round(last['centre']):,}"
    unit = chart.unit or ("" if every.one == "point" else f"a {every.one}")
    low, high = np.ceil(last["lower"]), np.floor(last["upper"])
    text = f"about {about}{' ' if unit else ''}{unit}"
    return f"{text}, ordinary range {low:,.0f} to {high:,.0f}"


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
    if _shifting(chart):
        return f"{_way(chart, one)}; no one mean fits the whole time"
    said = f"{_way(chart, one)}, {VERDICT_WORDS[verdict]}"
    other = [one for one in now if verdict == "improvement" and one.sign == -good]
    if other:
        said += f"; yet {_way(chart, min(other, key=lambda one: _rank(one.rule)))}"
    return said


def _shifting(chart: Chart) -> bool:
    """Say whether most points are flagged, some as better and some as worse."""
    points = chart.points
    both = {"improvement", "concern"} <= set(points.loc[points["signal"], "verdict"])
    return both and bool(points["signal"].sum() > _MOST * len(seen(chart)))


def _way(chart: Chart, one: Episode) -> str:
    every, own = period(chart), nouns(chart)
    now = own.now if one.rule == "outside" and own.now else rule_of(chart, one).now
    return now.format(
        **directions(one.sign),
        centre=chart.about.centre,
        span=f"for the last {every.count(len(one.rows))}",
        when=every.on(chart.points["x"].iloc[one.last]),
    )
