"""Words of a plain before and after: what it seems to say, and why that misleads."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.juran.impact.naive import Naive
from pcqa_teach.juran.impact.words import clear, moved, percent, spread, sums, sure


def message(found: Naive) -> str:
    """Say what the two averages say, taken alone."""
    share = percent(found.percent) if np.isfinite(found.percent) else moved(found.change, found.say)
    return f"Taken alone, before and after say: {share}"


def explain(found: Naive) -> str:
    """Say what before and after seem to show, and what they cannot."""
    before, after = found.means["mean"]
    seems = "It looks like a real change" if clear(found.low, found.high) else "It may be chance"
    say = found.say
    share = f", {percent(found.percent)}" if np.isfinite(found.percent) else ""
    share += f", {moved(found.change, say)}"
    return (
        f"Naive before and after: the average went from {say.bare(before)} to {say(after)}"
        f"{share} ({sure(found.confidence)} {spread(found.low, found.high, say)}). {seems}, but"
        " this comparison cannot tell a change from an earlier trend, from the time of year,"
        " from something else that happened, or from regression to the mean."
    )


def alt_text(found: Naive) -> str:
    """Say the two averages."""
    before, after = found.means["mean"]
    say = found.say
    return (
        f"Two averages: {say(before)} before, {say(after)} after,"
        f" {moved(found.change, say)}. Taken alone this misleads."
    )


def arithmetic(found: Naive) -> pd.DataFrame:
    """Show the sums."""
    before, after = found.means["mean"]
    return sums([
        ("mean before", f"sum / {int(found.means['n'].iloc[0])}", before),
        ("mean after", f"sum / {int(found.means['n'].iloc[1])}", after),
        ("change", "after - before", found.change),
        ("relative change", "change / mean before", found.percent),
    ])  # fmt: skip
