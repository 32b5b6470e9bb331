"""A measure, or its chart, read aloud: a few sentences for people who do not read charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach import sayings
from pcqa_teach.measures import words
from pcqa_teach.spc.spacing import spacing

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

_MANY, _MOST = 1 / 3, 1 / 2
_LARGE = 1000  # from which a mean is said without a decimal


def in_words(chart: Chart, *, broken: bool = False) -> str:
    """Say what a chart shows, which rules found something, and what to ask.

    `broken` says that what is counted was recorded in another way from some point on.

    `chart.explain()` says the same at full length, point by point.
    """
    points = chart.points
    flagged, of = int(points["signal"].sum()), int(points["y"].notna().sum())
    if not flagged and broken:
        return (
            f"{chart.message}. No point is flagged, but the way of recording changed in this time: "
            "do not read it as one system."
        )
    if not flagged:
        return (
            f"{chart.message}. No point is flagged: read it as one steady system, and do not look "
            "for the reason of a single point."
        )
    counts = {rule.sentence: int(points[rule.name].sum()) for rule in chart.rules}
    found = "; ".join(f"{sentence} ({count})" for sentence, count in counts.items() if count)
    verb = "is" if flagged == 1 else "are"
    said = [
        f"{chart.message}.",
        f"{flagged} of {of} points {verb} flagged: {found}.",
        f"Ask what was different {when_to_look(chart)}.",
    ]
    if _MANY < flagged / of <= _MOST:
        said.append(
            "With so many flagged, no single mean fits the whole time: find out what changed "
            "before you average over it."
        )
    elif flagged / of > _MOST:
        said.append(
            "With most flagged, no single mean fits the whole time, so no one verdict on it is "
            "sound: find out what changed, and when. Where the cause is known and lasts, new "
            "limits begin there; until then read the line as shifting."
        )
    return " ".join(said)


def in_a_sentence(measure: pd.DataFrame) -> str:
    """Say a measure in one sentence: its mean, and its lowest and highest period.

    >>> from pcqa_teach.measures import dna_rate
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-13", "2026-03-16", "2026-03-19", "2026-03-20"]
    >>> marks = ["Attended", "DNA", "Attended", "DNA", "Attended"]
    >>> print(in_a_sentence(dna_rate(tidy(date=days, status=marks, count=[96, 4, 45, 6, 49]))))
    Missed appointments (DNA): 5.0% on average, from 4.0% (week of 9 Mar 2026) to 6.0% \
(week of 16 Mar 2026).
    """
    said = measure.attrs["pcqa"]
    known = measure.dropna(subset="value").reset_index(drop=True)
    if known.empty:
        return f"{said['title']}: no value."
    if np.ptp(known["value"].to_numpy()) == 0:
        same = known["value"].iloc[0]
        every = said.get("every", "period")
        return (
            f"{said['title']}: {_value(same, said)} in every {every}."
            if same
            else f"{said['title']}: none in any {every}."
        )
    ends = (int(known["value"].argmin()), int(known["value"].argmax()))
    low, high = (
        f"{_value(known['value'].iloc[end], said)} ({_when(known['x'].iloc[end], said)})"
        for end in ends
    )
    mean = _value(known["value"].mean(), said)
    return f"{said['title']}: {mean} on average, from {low} to {high}."


def when_to_look(chart: Chart | None) -> str:
    """Say when the latest pattern was: of points beyond the limits, or else of flagged ones."""
    if chart is not None and chart.by is not None and chart.points["signal"].any():
        return f"in each {chart.by} that is flagged"
    if chart is None or not chart.points["signal"].any():
        return ""
    points = chart.points[chart.points["y"].notna()]
    shown = points["signal"].to_numpy()
    if "outside" in points and points["outside"].any():
        shown = points["outside"].to_numpy()
    last = int(np.flatnonzero(shown)[-1])
    for way in (chart.workings.up, chart.workings.down):
        same = way[points.index]
        if same[last]:  # a high pattern does not begin with a low point
            shown = shown & same
            break
    quiet = np.flatnonzero(~shown[:last])
    first = int(quiet[-1]) + 1 if len(quiet) else 0
    every, when = spacing(points["x"].to_numpy()), points["x"]
    begin, end = every.say(when.iloc[first]), every.say(when.iloc[last])
    if first == last:
        return every.on(when.iloc[first])
    return f"from {begin} on" if last == len(points) - 1 else f"from {begin} to {end}"


def _value(value: float, said: dict[str, Any]) -> str:
    return f"{value:,.1f}%" if said["unit"] == "%" else f"{value:,.{0 if value >= _LARGE else 1}f}"


def _when(start: pd.Timestamp, said: dict[str, Any]) -> str:
    every = said.get("every")
    return words.month(start) if every == "month" else f"{every} of {sayings.day(start)}"
