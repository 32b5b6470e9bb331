"""Outcome, process and balancing measures at 4 and 9 months, against a frozen baseline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import day_of
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.juran.impact.claims import Answer, Claim, grade_claim
from pcqa_teach.juran.impact.columns import rows_of, straddling
from pcqa_teach.spc.build import chart
from pcqa_teach.spc.result import Chart

ROLES = ("outcome", "process", "balancing")
WINDOWS = {"4 months": 120, "9 months": 270}
BASELINE = 12
_LEAST = 3
_FIRST = min(WINDOWS.values())  # days until anything is told of what was hoped for
_PART_WEEK = 6  # days that may have been left out at the end


@dataclass(frozen=True)
class ImpactMeasure:
    """One measure of a report: what it is, where its numbers are, and which way is good.

    Parameters
    ----------
    name : as the report calls it
    role : "outcome", "process" or "balancing"
    frame : DataFrame, a row a date
    improvement : "up" or "down", the direction that is good
    x, y, n : names of its columns: date, value, and how many it rests on (if there)
    kind : of chart
    unit : of the values
    comparator, recording : answers for this measure's claim, in place of the report's
    """

    name: str
    role: str
    frame: pd.DataFrame = field(repr=False)
    improvement: str
    x: str = "x"
    y: str = "value"
    n: str | None = "n"
    kind: str = "xmr"
    unit: str = ""
    comparator: Answer = None
    recording: Answer = None


@dataclass(frozen=True, eq=False, repr=False)
class ImpactReport(Shown):
    """What each measure did by 4 and by 9 months, and how far a claim may go.

    Parameters
    ----------
    table : DataFrame, a row a measure and window: measure, role, window, first, last, baseline (its
        mean), baseline_points, points, expected_points, mean, change, percent, better, worse
        (points flagged), verdict
    charts : the chart of each measure, by name
    claims : a graded claim for each outcome measure, by name
    go_live : the date of the change
    """

    rows: pd.DataFrame
    charts: dict[str, Chart] = field(repr=False)
    measures: tuple[ImpactMeasure, ...] = field(repr=False)
    claims: dict[str, Claim]
    go_live: pd.Timestamp

    @property
    def table(self) -> pd.DataFrame:
        """A row a measure and window."""
        return self.rows

    def _showing(self) -> Showing:
        from pcqa_teach.juran.impact import measures_draw as draw
        from pcqa_teach.juran.impact import measures_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def impact_report(
    measures: Sequence[ImpactMeasure],
    go_live: Any,
    *,
    prediction: Answer = None,
    comparator: Answer = None,
    recording: Answer = None,
) -> ImpactReport:
    """Hold each measure against its own baseline from before the change, at 4 and at 9 months.

    Windows: go-live to + 120 days, and from there to + 270 days. The limits come from the points
    before go-live alone. A verdict is lasting when more than half of a window's points are flagged.
    Until four months have passed an outcome or process is told nothing of; harm is told at once.

    Parameters
    ----------
    measures : one or more, at least one of them an outcome
    go_live : the date of the change; a week or month that it falls inside is left out
    prediction, comparator, recording : answers for the claims, as in `grade_claim`; the chart
        answers for the baseline and the signal, the balancing measures for themselves

    Returns
    -------
    ImpactReport

    Raises
    ------
    DataError, ChartError
        A measure lacks points before go-live, or is not what it should be.

    Examples
    --------
    >>> weeks = pd.DataFrame({"x": pd.date_range("2024-01-01", periods=40, freq="W-MON"),
    ...                       "value": [30, 32, 31, 29] * 5 + [24, 25, 23, 24] * 5})
    >>> found = impact_report(
    ...     [ImpactMeasure("Calls at 8", "outcome", weeks, "down")], "2024-05-20")
    >>> found.table[["window", "points", "mean", "verdict"]].round(1).values.tolist()
    [['4 months', 18, 24.1, 'better, lasting'], ['9 months', 2, nan, 'too few points']]

    Notes
    -----
    The windows are the academy's. Charts: Wheeler, Understanding Variation (1993); NHS England,
    Making Data Count (2023). That more than half of the points make a change lasting is our rule.
    """
    listed = _listed(measures)
    when = day_of(go_live, "go_live")
    charts = {one.name: _charted(one, when) for one in listed}
    rows = pd.DataFrame([
        row for one in listed for row in _windows(one, charts[one.name], when)
    ])  # fmt: skip
    balancing = _balancing(rows)
    claims = {
        one.name: grade_claim(
            f"{one.name} changed for the better", prediction=prediction, balancing=balancing,
            comparator=comparator if one.comparator is None else one.comparator,
            recording=recording if one.recording is None else one.recording,
            **_from_chart(rows[rows["measure"] == one.name]),
        )
        for one in listed if one.role == "outcome"
    }  # fmt: skip
    return ImpactReport(rows, charts, listed, claims, when)


def _listed(measures: Any) -> tuple[ImpactMeasure, ...]:
    if isinstance(measures, ImpactMeasure):
        measures = [measures]
    if not isinstance(measures, Sequence) or isinstance(measures, str):
        raise DataError("measures= must be a list of ImpactMeasure.")
    if not all(isinstance(one, ImpactMeasure) for one in measures):
        raise DataError("measures= must be a list of ImpactMeasure, and holds something else.")
    names = [one.name for one in measures]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise DataError(f"Measure '{min(twice)}' is there twice: give each its own name.")
    for one in measures:
        if one.role not in ROLES:
            raise DataError(f"Measure '{one.name}' has no such role: give {', '.join(ROLES)}.")
        if one.improvement not in ("up", "down"):
            raise DataError(
                f"Measure '{one.name}' does not say which way is good: give improvement='up' or"
                " 'down'."
            )
    if not any(one.role == "outcome" for one in measures):
        raise DataError("measures= holds no outcome measure: say what was to become better.")
    return tuple(measures)


def _charted(one: ImpactMeasure, when: pd.Timestamp) -> Chart:
    """Chart a measure with its limits frozen at the last whole point before go-live."""
    x = rows_of(one.frame, one.x, one.y).x
    if x.dtype.kind != "M":
        raise DataError(f"Measure '{one.name}' has no dates in '{one.x}': give the date of each.")
    at = when.to_datetime64()
    mixed = straddling(x, at)
    before = x[(x < at) & ~mixed]
    if len(before) < 2:
        raise DataError(
            f"Measure '{one.name}' has {len(before)} points before go-live: it needs at least 2 for"
            f" a baseline, better {BASELINE} or more."
        )
    return chart(
        one.frame, x=one.x, y=one.y, n=one.n, kind=one.kind, unit=one.unit, title=one.name,
        improvement=one.improvement, baseline=(x[0], before[-1]),
        exclude=list(x[mixed]) or None,
    )  # fmt: skip


def _windows(one: ImpactMeasure, drawn: Chart, when: pd.Timestamp) -> list[dict[str, Any]]:
    """Read the chart in each window."""
    points = drawn.points
    x, y = points["x"], points["y"]
    out = straddling(x.to_numpy(), when.to_datetime64())
    step = pd.Timedelta(np.median(np.diff(x.to_numpy())))
    centre = float(drawn.limits["centre"].iloc[0])
    base = int(drawn.limits["points"].iloc[0])
    passed = int((x.max() - when + step) / pd.Timedelta(days=1))
    early = passed < _FIRST - _PART_WEEK and one.role != "balancing"
    rows, begin = [], when
    for window, days in WINDOWS.items():
        end = when + pd.Timedelta(days=days)
        inside = ((x >= begin) & (x < end) & ~out).to_numpy()
        there = inside & y.notna().to_numpy()
        count = int(there.sum())
        mean = float(y[there].mean()) if count >= _LEAST else float("nan")
        verdict = points["verdict"].to_numpy()
        better, worse = (int((there & (verdict == name)).sum()) for name in
                         ("improvement", "concern"))  # fmt: skip
        rows.append({
            "measure": one.name, "role": one.role, "window": window, "first": begin,
            "last": end - pd.Timedelta(days=1), "baseline": centre, "baseline_points": base,
            "points": count, "expected_points": _expected(begin, end, step, drawn),
            "mean": mean, "change": mean - centre,
            "percent": (mean - centre) / centre if centre else float("nan"),
            "better": better, "worse": worse,
            "verdict": _verdict(count, better, worse, passed if early else None),
        })  # fmt: skip
        begin = end
    return rows


def _expected(begin: Any, end: Any, step: pd.Timedelta, drawn: Chart) -> int:
    """Count the points that a window should hold, going by the usual number before it."""
    x = drawn.points["x"]
    days = max(float((x.iloc[-1] - x.iloc[0]) / pd.Timedelta(days=1)), 1.0)
    usual = (len(x) - 1) / days if step <= pd.Timedelta(days=1.5) else pd.Timedelta(days=1) / step
    return max(int(float((end - begin) / pd.Timedelta(days=1)) * usual), 1)


def _verdict(count: int, better: int, worse: int, early: int | None) -> str:
    if count < _LEAST:
        return "too few points"
    if early is not None:
        return f"too early: {early // 7} of {_FIRST // 7} weeks"
    if better and worse:
        return "both better and worse"
    if better or worse:
        way = "better" if better else "worse"
        return f"{way}, lasting" if max(better, worse) > count / 2 else f"{way} at times"
    return "no change seen"


def told_of(rows: pd.DataFrame) -> pd.DataFrame:
    """Keep the windows that hold enough points, once enough time has passed."""
    return rows[~rows["verdict"].str.startswith("too ")]


def _last(rows: pd.DataFrame) -> pd.Series[Any] | None:
    """Take the last window that can be told of."""
    told = told_of(rows)
    return None if told.empty else told.iloc[-1]


def _from_chart(rows: pd.DataFrame) -> dict[str, Answer]:
    """Let the chart answer for the baseline and the signal."""
    base, last = int(rows["baseline_points"].iloc[0]), _last(rows)
    frozen = f"limits from the {base} points before go-live"
    baseline = (
        (True, frozen) if base >= BASELINE else (None, f"{frozen}, fewer than {BASELINE}: too few")
    )
    if last is None:
        return {"baseline": baseline, "signal": (None, str(rows["verdict"].iloc[0]))}
    return {
        "baseline": baseline,
        "signal": (last["verdict"] == "better, lasting",
                   f"{last['verdict']} in the window to {last['window']}"),
    }  # fmt: skip


def _balancing(rows: pd.DataFrame) -> Answer:
    """Let the balancing measures answer for themselves, each by its last window."""
    own = rows[rows["role"] == "balancing"]
    if own.empty:
        return (None, "no balancing measure")
    lasts = {name: _last(part) for name, part in own.groupby("measure", sort=False)}
    worse = [str(name) for name, last in lasts.items() if last is not None and last["worse"] > 0]
    if worse:
        return (False, f"worse: {', '.join(worse)}")
    if any(last is None for last in lasts.values()):
        return (None, "too few points after go-live")
    return (True, f"none of {len(lasts)} got worse" if len(lasts) > 1 else "it did not get worse")
