"""Words of a difference in differences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.groups import DiffInDiff
from pcqa_teach.juran.impact.words import clear, differences, moved, percent, spread, sums, sure
from pcqa_teach.spc.numbers import Numbers

_FEW = 10
_PART, _MUCH = 0.25, 0.5  # of the difference, that a drift from before could explain


def numbers(found: DiffInDiff) -> Numbers:
    """Choose how differences are said."""
    values = found.points[["changed", "others"]].to_numpy().ravel()
    size = float(found.effect["error"])
    if not (np.isfinite(size) and size > 0):
        size = float(np.nanstd(values)) / 4
    return differences(size, values, found.unit)


def effect_said(found: DiffInDiff) -> str:
    """Say the effect with its interval."""
    effect, say = found.effect, numbers(found)
    share = f", {percent(effect['percent'])}" if np.isfinite(effect["percent"]) else ""
    interval = (
        f"{sure(found.confidence)} {spread(effect['low'], effect['high'], say)}"
        if np.isfinite(effect["error"])
        else "too few points for an interval"
    )
    return f"{moved(effect['estimate'], say)}{share} ({interval})"


def message(found: DiffInDiff) -> str:
    """Say the effect, or that none can be told."""
    effect, (name, other) = found.effect, found.names
    if not np.isfinite(effect["error"]):
        return f"{found.title}: too few points to say whether '{name}' changed beside '{other}'"
    if not clear(effect["low"], effect["high"]):
        return f"{found.title}: no clear change in '{name}' beyond that of '{other}'"
    said = moved(effect["estimate"], numbers(found))
    drift = ""
    if explained(found) >= _MUCH:
        much = numbers(found)(min(abs(found.trend["drift"]), abs(effect["estimate"])))
        drift = f"; about {much} of that may be a drift from before the change"
    return f"{found.title}: '{name}' is {said} than if it had moved as '{other}' did{drift}"


def explained(found: DiffInDiff) -> float:
    """Give the share of a clear difference that the earlier drift of the gap, gone on, explains."""
    effect, drift = found.effect, float(found.trend["drift"])
    told = np.isfinite(drift) and clear(effect["low"], effect["high"])
    return max(drift / float(effect["estimate"]), 0.0) if told else 0.0


def alt_text(found: DiffInDiff) -> str:
    """Say the finding and the four means."""
    say, (first, second) = numbers(found), (found.means.iloc[0], found.means.iloc[1])
    return (
        f"{message(found)}. Two lines over time. '{first['group']}' went from"
        f" {say.bare(first['before'])} to {say.bare(first['after'])}, '{second['group']}' from"
        f" {say.bare(second['before'])} to {say.bare(second['after'])}. Difference of the changes:"
        f" {effect_said(found)}."
    )


def parallel(found: DiffInDiff) -> str:
    """Say whether the gap between the groups was already moving."""
    trend, each = found.trend, found.every.one
    if not np.isfinite(trend["slope"]):
        return (
            f"Whether the two groups moved alike before the change cannot be checked:"
            f" {found.every.count(int(trend['points']))} before it, and at least 4 are needed."
            " The finding rests on the belief that they would have moved alike."
        )
    if clear(trend["low"], trend["high"]):
        return (
            f"{_drift(found)} They were not moving alike, so part or all of the difference may have"
            " come anyway."
        )
    if explained(found) >= _PART:
        share = "much" if explained(found) >= _MUCH else "part"
        return f"{_drift(found)} We cannot rule out that {share} of the difference is that drift."
    fine = Numbers(numbers(found).decimals + 1, numbers(found).unit)
    return (
        f"Before the change the gap between the groups moved, {each} by {each},"
        f" {moved(trend['slope'], fine)} ({spread(trend['low'], trend['high'], fine)}): no sign"
        " that they were drifting apart. That is not proof that they would have gone on alike."
    )


def _drift(found: DiffInDiff) -> str:
    """Say how the gap moved before the change, and how far that alone would have led."""
    trend, say = found.trend, numbers(found)
    fine = Numbers(say.decimals + 1, say.unit)
    before = found.points.loc[found.points["used"] & ~found.points["after"], "gap"].mean()
    way = "closing" if trend["slope"] * before < 0 else "widening"
    return (
        f"The gap was already {way} by about {fine(abs(trend['slope']))} each {found.every.one}"
        f" before the change ({sure(found.confidence)}"
        f" {spread(trend['low'], trend['high'], fine)}): about {say(abs(trend['drift']))} over the"
        f" {found.every.count(round(trend['span']))} from the middle of before to the middle of"
        " after."
    )


def explain(found: DiffInDiff) -> str:
    """Say everything, a paragraph each."""
    return "\n\n".join(
        [f"{message(found)}.", _means(found), parallel(found), *cautions(found), _how(found)]
    )


def _means(found: DiffInDiff) -> str:
    say, (first, second) = numbers(found), (found.means.iloc[0], found.means.iloc[1])
    return (
        f"'{first['group']}' went {'down' if first['change'] < 0 else 'up'} by"
        f" {say.bare(abs(first['change']))} (from {say.bare(first['before'])} to"
        f" {say.bare(first['after'])}): that is what a naive before and after would claim."
        f" '{second['group']}', where nothing was done, went from {say.bare(second['before'])} to"
        f" {say.bare(second['after'])}. The difference of the two changes is"
        f" {effect_said(found)}."
    )


def _how(found: DiffInDiff) -> str:
    if found.errors == "clusters":
        first, second = found.members
        return (
            "How it was worked out: four means. The interval takes all rows of one member together"
            f" ({first} members in '{found.names[0]}', {second} in '{found.names[1]}')."
        )
    if found.errors == "newey-west":
        return (
            "How it was worked out: four means. The interval is that of the step in the gap"
            " between the two series, the wider of Newey and West's and one that allows for"
            " neighbours being alike."
        )
    return (
        "How it was worked out: four means. Too few points, and no members, so no interval can be"
        " given."
    )


def cautions(found: DiffInDiff) -> list[str]:
    """Say what makes this less sure than it looks."""
    said = []
    if found.errors == "clusters" and min(found.members) < _FEW:
        said.append(
            f"Few members on a side ({found.members[0]} and {found.members[1]}): with fewer"
            f" than about {_FEW} on each, such intervals come out too narrow, so lean towards"
            " caution."
        )
    if found.errors != "clusters":
        said.append(
            "One series stands for each group: whatever else happened to one of them alone looks"
            " like an effect."
        )
    out = found.points[~found.points["used"]]
    if len(out):
        said.append(
            f"{found.every.count(len(out)).capitalize()} left out, holding days of before and"
            " after, or no value."
        )
    if not found.balanced:
        said.append(
            "Not every member has a value on every date: who is counted may differ before and"
            " after, which can look like a change."
        )
    said.append(
        "The finding rests on the two groups being open to the same other causes. If the changed"
        " group was chosen for being extreme, look at regression to the mean as well."
    )
    return said


def arithmetic(found: DiffInDiff) -> pd.DataFrame:
    """Show the four means and what is taken from what."""
    first, second = found.means.iloc[0], found.means.iloc[1]
    rows = [
        (f"'{one['group']}', change", f"{one['after']:.4g} - {one['before']:.4g}", one["change"])
        for one in (first, second)
    ]
    return sums([
        *[(step, how, float(value)) for step, how, value in rows],
        ("effect", f"{first['change']:.4g} - {second['change']:.4g}",
         float(found.effect["estimate"])),
        ("standard error", found.errors, float(found.effect["error"])),
    ])  # fmt: skip
