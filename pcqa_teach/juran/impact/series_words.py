"""Words of an interrupted time series: the finding, its parts, and the sums."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.series import Its
from pcqa_teach.juran.impact.words import clear, differences, moved, percent, spread, sums, sure
from pcqa_teach.spc.numbers import Numbers

GOOD = {"up": 1, "down": -1}


def numbers(found: Its) -> Numbers:
    """Choose how differences are said."""
    used = found.points["used"].to_numpy()
    y = found.points["y"].to_numpy()[used]
    return differences(float(np.std(found.fit.residuals)), y, found.unit)


def message(found: Its) -> str:
    """Say the average effect, or that none can be told."""
    row, say = found.effect("average"), numbers(found)
    if not clear(row["low"], row["high"]):
        if step_is_clear(found):
            level = found.effect("level")
            near, far = sorted((abs(level["low"]), abs(level["high"])))
            return (
                f"{found.title}: a {_step(found)} at the change is clear ({say.bare(near)} to"
                f" {say(far)}); {_lasts(found)}"
            )
        return f"{found.title}: no clear change beyond its earlier trend"
    good = GOOD.get(found.improvement or "", 0)
    way = "" if good == 0 else _hoped(row["estimate"] * good > 0)
    return f"{found.title}: {moved(row['estimate'], say)} than its earlier trend predicted{way}"


def step_is_clear(found: Its) -> bool:
    """Whether the interval of the step at the change leaves out no change."""
    level = found.effect("level")
    return clear(level["low"], level["high"])


def _step(found: Its) -> str:
    return "drop" if found.effect("level")["estimate"] < 0 else "rise"


def _lasts(found: Its) -> str:
    level, end = found.effect("level"), found.effect("end")
    turned = clear(end["low"], end["high"]) and end["estimate"] * level["estimate"] < 0
    return "it did not last" if turned else "whether it lasts is not"


def _hoped(better: bool) -> str:
    return ", as hoped" if better else ", the wrong way"


def counts(found: Its) -> tuple[int, int]:
    """Count the points used before and after the change."""
    used, after = found.points["used"].to_numpy(), found.points["after"].to_numpy()
    return int((used & ~after).sum()), int((used & after).sum())


def points_said(found: Its) -> str:
    """Say how many points lie on each side."""
    before, after = counts(found)
    return f"{found.every.count(before)} before, {found.every.count(after)} after"


def effect_said(found: Its) -> str:
    """Say the average effect with its interval."""
    row, say = found.effect("average"), numbers(found)
    share = f", {percent(row['percent'])}" if np.isfinite(row["percent"]) else ""
    return (
        f"{moved(row['estimate'], say)}{share}"
        f" ({sure(found.confidence)} {spread(row['low'], row['high'], say)})"
    )


def alt_text(found: Its) -> str:
    """Say the finding, the points and the interval."""
    x = found.points["x"]
    say = found.every.say
    beside = " A comparison series is drawn beside it." if found.comparison else ""
    return (
        f"{message(found)}. Line chart of {points_said(found)} a change on {say(found.change)},"
        f" from {say(x.iloc[0])} to {say(x.iloc[-1])}, with the line before carried on as a dashed"
        f" line. On average after the change: {effect_said(found)}.{beside}"
    )


def explain(found: Its) -> str:
    """Say everything, a paragraph each."""
    return "\n\n".join([
        f"{message(found)}.", _average(found), _parts(found), _naive(found), *found.cautions,
        _how(found),
    ])  # fmt: skip


def _average(found: Its) -> str:
    row, say = found.effect("average"), numbers(found)
    share = f"{percent(row['percent'])}, " if np.isfinite(row["percent"]) else ""
    start = (
        f"Over the {found.every.count(counts(found)[1])} after the change, values were on average"
        f" {moved(row['estimate'], say)} than the trend before it, carried on, would have had them"
        f" ({share}{sure(found.confidence)} {spread(row['low'], row['high'], say)})."
    )
    if not clear(row["low"], row["high"]):
        if step_is_clear(found):
            return start + (
                f" That interval takes in no change: a {_step(found)} at the change is clear,"
                f" {_lasts(found)}."
            )
        return start + (
            " The interval takes in no change at all: from this series nobody can say that"
            " anything happened, nor that nothing did."
        )
    return start + " Zero lies outside that interval, so chance alone is an unlikely reason."


def _parts(found: Its) -> str:
    say = numbers(found)
    level, slope, end = (found.effect(name) for name in ("level", "slope", "end"))
    fine = Numbers(say.decimals + 1, say.unit)
    each = found.every.one
    return (
        f"At once: {moved(level['estimate'], say)} ({spread(level['low'], level['high'], say)})."
        f" From then on, {each} by {each}, against the earlier trend:"
        f" {_slope(slope['estimate'], fine)} each time"
        f" ({spread(slope['low'], slope['high'], fine)}). At the last {each}:"
        f" {moved(end['estimate'], say)} ({spread(end['low'], end['high'], say)})."
    )


def _slope(value: float, say: Numbers) -> str:
    said = moved(value, say)
    return said if said == "no different" else f"a further {said}"


def _naive(found: Its) -> str:
    say = numbers(found)
    trend = found.naive.change - float(found.effect("average")["estimate"])
    rest = "the comparison and the trend" if found.comparison else "the trend"
    return (
        f"The naive before and after says {moved(found.naive.change, say)}; {rest} before the"
        f" change, carried on, would alone have made it {moved(trend, say)}."
    )


def _how(found: Its) -> str:
    fit = found.fit
    compared = (
        f" What is fitted is the difference from '{found.comparison}': both are taken to share"
        " whatever else happened."
        if found.comparison
        else ""
    )
    season = f" The year is allowed for with {found.season} wave(s)." if found.season else ""
    lags = f"Newey and West's errors over {fit.lags} lags (4 (n / 100)^(2/9), rounded down)"
    how = (
        f"{lags}, or errors that are {fit.likeness:.2f} alike from one {found.every.one} to the"
        " next, whichever are wider"
        if found.errors == "careful"
        else lags
    )
    if found.season == 0 and found.points["x"].dtype.kind == "M":
        season = " season=1 would allow for the time of year."
    return (
        "How it was worked out: two straight lines by least squares, a level and a slope for each"
        f" side ({points_said(found)}).{compared}{season} Intervals: {how}; t with"
        f" {fit.freedom} degrees of freedom."
    )


def arithmetic(found: Its) -> pd.DataFrame:
    """Show the terms of the line, and how each effect comes from them."""
    terms = found.fit.terms
    later = found.points[found.points["used"] & found.points["after"]]
    gone = later["time"].to_numpy() - float(later["time"].iloc[0])
    mean = float(gone.mean())
    rows = [
        ("start", "a, the line before at the first point", terms[0]),
        ("slope before", f"b, a {found.every.one}", terms[1]),
        ("level", "c, the step at the first point after", terms[2]),
        ("slope change", f"d, a {found.every.one}", terms[3]),
        ("average effect", f"c + d x {mean:g}", terms[2] + terms[3] * mean),
        ("effect at the end", f"c + d x {gone[-1]:g}", terms[2] + terms[3] * gone[-1]),
        ("naive change", "mean after - mean before", found.naive.change),
        ("standard error of the average", found.errors, float(found.effect("average")["error"])),
    ]
    return sums([(step, how, float(value)) for step, how, value in rows])
