"""A measure, or its chart, read aloud: a few sentences for people who do not read charts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from pcqa_teach.measures import words

if TYPE_CHECKING:
    from pcqa_teach.spc import Chart

_MANY = 1 / 3


def in_words(chart: Chart) -> str:
    """Say what a chart shows, which rules found something, and what to ask.

    `chart.explain()` says the same at full length, point by point.
    """
    points = chart.points
    flagged, of = int(points["signal"].sum()), int(points["y"].notna().sum())
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
    if flagged / of > _MANY:
        said.append(
            "With so many flagged, no single mean fits the whole time: find out what changed "
            "before you average over it."
        )
    return " ".join(said)


def in_a_sentence(measure: pd.DataFrame) -> str:
    """Say a measure in one sentence: its mean, and its lowest and highest period.

    >>> from pcqa_teach.measures import dna_rate
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-13", "2026-03-16", "2026-03-19", "2026-03-20"]
    >>> marks = ["Attended", "DNA", "Attended", "DNA", "Attended"]
    >>> print(in_a_sentence(dna_rate(tidy(date=days, status=marks, count=[96, 4, 45, 6, 49]))))
    Missed appointments, unknown counted: 5.0% on average, from 4.0% (week of 9 Mar 2026) to 6.0% \
(week of 16 Mar 2026).
    """
    said = measure.attrs["pcqa"]
    known = measure.dropna(subset="value").reset_index(drop=True)
    if known.empty:
        return f"{said['title']}: no value."
    ends = (int(known["value"].argmin()), int(known["value"].argmax()))
    low, high = (
        f"{_value(known['value'].iloc[end], said)} ({_when(known['x'].iloc[end], said)})"
        for end in ends
    )
    mean = _value(known["value"].mean(), said)
    return f"{said['title']}: {mean} on average, from {low} to {high}."


def when_to_look(chart: Chart | None) -> str:
    """Say when the latest pattern began: of points beyond the limits, or else of flagged ones."""
    if chart is None or not chart.points["signal"].any():
        return ""
    points = chart.points.reset_index(drop=True)
    shown = points["outside"] if points["outside"].any() else points["signal"]
    last = int(points.index[shown][-1])
    quiet = points.index[~shown & (points.index < last)]
    first = int(quiet[-1]) + 1 if len(quiet) else 0
    monthly = bool((points["x"].diff().dropna() > pd.Timedelta(days=20)).all())
    when = words.month(points["x"].iloc[first]) if monthly else words.day(points["x"].iloc[first])
    if first < last:
        return f"from {when} on"
    return f"in {when}" if monthly else f"in the week of {when}"


def _value(value: float, said: dict[str, Any]) -> str:
    return f"{value:,.1f}%" if said["unit"] == "%" else f"{value:,.1f}"


def _when(start: pd.Timestamp, said: dict[str, Any]) -> str:
    every = said.get("every")
    return words.month(start) if every == "month" else f"{every} of {words.day(start)}"
