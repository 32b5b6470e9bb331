"""What makes an interrupted time series less sure than it looks."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.series import Its
from pcqa_teach.juran.impact.series_words import counts
from pcqa_teach.sayings import and_list

FEW, THIN = 8, 12
_ALIKE, _DRIFT = 0.2, 0.8
_FAR = 3.5
_SHOWN = 4


def cautions(found: Its) -> list[str]:
    """Say every caution, a sentence or two each."""
    return [
        *_short(found), *_mixed(found), *_gaps(found), *_alike(found), *_outliers(found),
        *_same(found), *_season(found), *_impossible(found), *_far(found), *_events(found),
        *_alone(found),
    ]  # fmt: skip


def _short(found: Its) -> list[str]:
    said = []
    for count, side in zip(counts(found), ("before", "after"), strict=True):
        if count < FEW:
            said.append(
                f"Only {found.every.count(count)} {side} the change: fewer than {FEW} cannot carry"
                " a trend. Take this as a picture, not as evidence."
            )
        elif count < THIN:
            said.append(
                f"Only {found.every.count(count)} {side} the change: fewer than {THIN} make a thin"
                " trend that a few points can turn."
            )
    return said


def _mixed(found: Its) -> list[str]:
    points = found.points
    out = points[~points["used"] & points["y"].notna() & ~points["after"]]
    if found.comparison:
        out = out[out["comparison"].notna()]
    return [
        f"The {found.every.one} from {found.every.say(when)} holds days of before and after the"
        " change: it is left out of the lines, and still shown."
        for when in out["x"]
    ]


def _gaps(found: Its) -> list[str]:
    there = found.points["y"].notna()
    if found.comparison:
        there &= found.points["comparison"].notna()
    gone = int((~there).sum())
    return (
        [f"Missing: {found.every.count(gone)}, left as a gap and never filled in."] if gone else []
    )


def _alike(found: Its) -> list[str]:
    likeness = found.fit.likeness
    if likeness < _ALIKE:
        return []
    if likeness >= _DRIFT:
        return [
            f"The series drifts: neighbours are {likeness:.2f} alike even about the lines, so"
            " straight lines are a poor description and these intervals are still too narrow."
        ]
    wider = (
        " The intervals are widened for that."
        if found.errors == "careful"
        else " The intervals are not widened for that, so they are too narrow."
    )
    return [
        f"Neighbouring points are alike even about the lines (about {likeness:.2f}), so they tell"
        f" less than their number.{wider}"
    ]


def _outliers(found: Its) -> list[str]:
    residual = found.points["residual"]
    size = 1.4826 * float(residual.abs().median())
    far = found.points[(residual.abs() > _FAR * size) & (size > 0)]
    if far.empty:
        return []
    named = [found.every.say(when) for when in far["x"].head(_SHOWN)]
    more = f" and {len(far) - _SHOWN} more" if len(far) > _SHOWN else ""
    near = " It pulls the lines." if len(far) == 1 else " They pull the lines."
    return [
        f"Far from the lines: {and_list(named)}{more}.{near} Ask what happened, and whether it was"
        " recorded as usual, before the finding is used."
    ]


def _same(found: Its) -> list[str]:
    used = found.points[found.points["used"]]
    said = []
    for after, side in ((False, "before"), (True, "after")):
        values = used["y"].to_numpy()[(used["after"] == after).to_numpy()]
        if np.ptp(values) == 0:
            said.append(
                f"Every value {side} the change is the same: is it a real measurement, or a number"
                " that is carried forward?"
            )
    return said


def _season(found: Its) -> list[str]:
    x = found.points["x"]
    if not pd.api.types.is_datetime64_any_dtype(x):
        return []
    days = float((x.iloc[-1] - x.iloc[0]) / pd.Timedelta(days=1))
    if found.season and days < 2 * 365:
        return ["The waves of the year rest on less than two years: they may swallow the change."]
    if found.season == 0 and days > 90 and found.comparison is None:
        return [
            "The time of year is not allowed for: part of a difference may be winter or summer."
            " With two years of points it can be allowed for."
        ]
    return []


def _impossible(found: Its) -> list[str]:
    points = found.points
    later = points[points["after"]]
    if (points["y"].dropna() < 0).any():
        return []
    if (later["expected"] < 0).any():
        when = found.every.say(later["x"][later["expected"] < 0].iloc[0])
        return [
            f"The earlier trend, carried on, would fall below zero from {when}: a straight line"
            " cannot go on for ever, and what is set against it after that means nothing."
        ]
    if found.unit == "%" and (later["expected"] > 100).any():
        return ["The earlier trend, carried on, would pass 100%: it cannot, and so misleads."]
    return []


def _far(found: Its) -> list[str]:
    before, after = counts(found)
    if after <= before:
        return []
    return [
        f"The trend is carried on over {found.every.count(after)}, further than it was watched"
        f" ({found.every.count(before)}): the later part is the least sure."
    ]


def _events(found: Its) -> list[str]:
    time = found.points["time"].to_numpy()
    return [
        f"Also on {found.every.say(when)}: {what}."
        + (
            " It is too near to the change for this series to tell the two apart."
            if _steps(found, when) <= max(4.0, 0.05 * float(np.ptp(time)))
            else " It may account for part of what is seen."
        )
        for when, what in found.events.items()
    ]


def _steps(found: Its, when: Any) -> float:
    x, time = found.points["x"].to_numpy(), found.points["time"].to_numpy()
    if x.dtype.kind == "M":
        x, at = x.astype("datetime64[s]").astype(np.float64), np.array([when, found.change])
        both = at.astype("datetime64[s]").astype(np.float64)
    else:
        both = np.array([when, found.change], dtype=np.float64)
    step = (x[-1] - x[0]) / time[-1]
    return float(abs(both[0] - both[1]) / step)


def _alone(found: Its) -> list[str]:
    if found.comparison:
        return []
    return [
        "One series alone cannot rule out that something else happened at the same time: a"
        " comparison where nothing was changed would help, and so would a check of how the"
        " measure was recorded."
    ]
