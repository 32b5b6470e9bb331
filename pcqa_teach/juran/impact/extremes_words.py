"""Words of regression to the mean: what fell, what would have fallen anyway, what is left."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.extremes import Extremes
from pcqa_teach.juran.impact.words import clear, percent, percents, sums, sure

METHOD_WORDS = {
    "comparison": "people chosen the same way where nothing was done",
    "persistence": "people chosen the same way a period earlier",
    "line": "a line through everyone who was not chosen",
    "correlation": "the correlation of two periods alone",
}


def message(found: Extremes) -> str:
    """Say the naive change, the expected one and what is left."""
    best, naive = found.best, found.naive.percent
    left = (
        percent(best["left"]) if clear(best["left_low"], best["left_high"]) else "perhaps nothing"
    )
    return (
        f"Seen: {percent(naive)}; to be expected with nothing done: {percent(best['change'])};"
        f" beyond that: {left}"
    )


def alt_text(found: Extremes) -> str:
    """Say the picture's numbers."""
    people, best = found.people.iloc[0], found.best
    return (
        f"{message(found)}. Averages of the {int(people['n']):,} people chosen:"
        f" {people['before']:.1f} {found.unit} before, {people['after']:.1f} after;"
        f" {best['expected']:.1f} were to be expected, going by {METHOD_WORDS[best['method']]}."
    )


def explain(found: Extremes) -> str:
    """Say everything, a paragraph each."""
    return "\n\n".join(
        [_seen(found), _expected(found), _left(found), _others(found), *cautions(found)]
    ).replace("\n\n\n\n", "\n\n")


def _seen(found: Extremes) -> str:
    people = found.people.iloc[0]
    most = "most" if found.extreme == "high" else "fewest"
    return (
        f"The {int(people['n']):,} people with the {most} {found.unit} before"
        f" ({100 * found.share:g}% of all) went from {people['before']:.1f} to"
        f" {people['after']:.1f} on average: {percent(found.naive.percent)}. Taken alone, that"
        " looks like the work of whatever was done."
    )


def _expected(found: Extremes) -> str:
    best = found.best
    move = "fall" if found.extreme == "high" else "rise"
    sure_of = (
        f" ({sure(found.confidence)} {percents(best['low'], best['high'])})"
        if np.isfinite(best["low"])
        else ""
    )
    return (
        f"People chosen for an extreme are partly there by a bad spell, which passes: a {move} is"
        f" to be expected with nothing done. Going by {METHOD_WORDS[best['method']]}, it is"
        f" {percent(best['change'])}{sure_of}."
    )


def _left(found: Extremes) -> str:
    best = found.best
    if not np.isfinite(best["left_low"]):
        return f"What is left is {percent(best['left'])}; no interval can be given for it."
    start = (
        f"What is left beyond that is {percent(best['left'])}"
        f" ({sure(found.confidence)} {percents(best['left_low'], best['left_high'])})."
    )
    if clear(best["left_low"], best["left_high"]):
        return start + " Zero lies outside that interval, so chance alone is an unlikely reason."
    return start + " The interval takes in no change: the scheme may have done nothing."


def _others(found: Extremes) -> str:
    rest = found.estimates.iloc[1:]
    if rest.empty:
        return ""
    said = "; ".join(
        f"{METHOD_WORDS[method]}: {percent(change)}"
        for method, change in zip(rest["method"], rest["change"], strict=True)
    )
    return f"Other ways to foretell it, trusted less: {said}."


def cautions(found: Extremes) -> list[str]:
    """Say what makes this less sure than it looks."""
    said = []
    best = str(found.best["method"])
    if best in ("line", "correlation"):
        said.append(
            "Nobody like these people was followed with nothing done: this expectation assumes that"
            " everyone regresses alike. A comparison, or an earlier period, would settle it."
        )
    if best == "comparison":
        said.append(
            "The comparison is fair only if its people, and how contacts are recorded, are alike."
            " The two groups are taken to vary independently, which makes the interval wide if"
            " they are in fact matched."
        )
    if found.tied:
        said.append(
            f"{found.tied:,} more had the same number as the last one chosen: who of them was taken"
            " went by the order of the rows."
        )
    if found.missing:
        said.append(f"{found.missing:,} people lack one of the two periods and are left out.")
    if found.people["n"].iloc[0] < 50:
        said.append(f"Only {int(found.people['n'].iloc[0])} people were chosen: a few decide this.")
    return said


def arithmetic(found: Extremes) -> pd.DataFrame:
    """Show the sums of the most trusted method."""
    people, best = found.people.iloc[0], found.best
    seen = people["after"] / people["before"]
    ratio = best["expected"] / people["before"]
    return sums([
        ("before", f"average of the {int(people['n'])} chosen", float(people["before"])),
        ("after", "average of the same people", float(people["after"])),
        ("seen", "after / before", float(seen)),
        ("expected", METHOD_WORDS[best["method"]], float(best["expected"])),
        ("expected ratio", "expected / before", float(ratio)),
        ("left", "seen / expected ratio", float(seen / ratio)),
        ("effect", "left - 1", float(seen / ratio - 1)),
    ])  # fmt: skip
