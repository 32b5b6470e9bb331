"""Capability in words: whether a steady process gives what is asked of it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.sayings import counted
from pcqa_teach.spc.words import numbers
from pcqa_teach.variation.process_capability import Capability

ENOUGH = 25  # values for capability indices that mean much
_MEETS, _WELL = 1.0, 1.33  # Cpk, by convention


def asked(found: Capability) -> str:
    """Say the specification: at least, at most, or from where to where."""
    say = numbers(found.chart)
    if np.isnan(found.lower):
        return f"at most {say.plain(found.upper)}"
    if np.isnan(found.upper):
        return f"at least {say.plain(found.lower)}"
    return f"{say.plain(found.lower)} to {say.plain(found.upper)}"


def message(found: Capability) -> str:
    """Say whether the process gives what is asked, how many missed, and how many are to be."""
    limit = "limits" if np.isfinite(found.lower + found.upper) else "limit"
    they = "them" if limit == "limits" else "it"
    start = f"{found.chart.title}: steady,"
    missed = f"{found.missed:,}" if found.missed else "none"
    seen = f"{missed} of {found.points:,} missed {they}"
    if found.cpk >= _WELL:
        return f"{start} and well within the {limit} you asked for: {seen}"
    if found.cpk >= _MEETS:
        return f"{start} and only just within the {limit} you asked for: {seen}"
    close = "too close to" if found.missed == 0 else "at times beyond"
    if found.cpk < 0:
        close = "more often than not beyond"
    so_far = "" if found.missed else " so far"
    return (
        f"{start} but {close} the {limit} you asked for: {seen}{so_far}; if the values are"
        f" bell-shaped, {_in_100(found.beyond_expected)} would"
    )


def _in_100(share: float) -> str:
    """Say how many would miss.

    >>> _in_100(0.069), _in_100(0.004), _in_100(0.998)
    ('about 7 in 100', 'about 4 in 1,000', 'nearly all')
    """
    if share < 0.0005:
        return "hardly any"
    if share < 0.0095:
        return f"about {1000 * share:.0f} in 1,000"
    return "nearly all" if share > 0.994 else f"about {100 * share:.0f} in 100"


def alt_text(found: Capability) -> str:
    """Say what the picture shows."""
    say, (low, high) = numbers(found.chart), found.natural
    return (
        f"{message(found)}. Bars of how often each value came, {counted(found.points, 'value')}"
        f" round a mean of {say(found.mean)}. Asked for: {asked(found)}. Left alone, the process"
        f" runs from {say.range(low, high)}: its control limits."
    )


def explain(found: Capability) -> str:
    """Say what the index means and what follows."""
    say, (low, high) = numbers(found.chart), found.natural
    parts = [
        f"{message(found)}.",
        f"Asked for: {asked(found)}. Left alone, the process runs from {say.range(low, high)} (its"
        f" control limits), round a mean of {say(found.mean)}.",
        f"Cpk {found.cpk:.2f} ({found.cpk_lower:.2f} to {found.cpk_upper:.2f}) is the distance"
        " from the mean to the nearer limit asked for, as a part of the distance from the mean to"
        " a control limit. By convention 1.33 and more is room enough, 1 is only just, and below 1"
        " a steady process will miss what is asked now and then, whoever does the work.",
    ]
    if found.cpk < _MEETS:
        parts.append(
            "No single value is to blame: change the process, or ask whether what is asked is what"
            " people need."
        )
    if found.points < ENOUGH:
        parts.append(
            f"Only {counted(found.points, 'value')}: wait for {ENOUGH} before leaning on this."
        )
    parts.append("Specifications are what people ask for; control limits are what is done.")
    return "\n\n".join(parts)


def indices(found: Capability) -> pd.DataFrame:
    """List the indices with what each means."""
    rows = [
        ("Cp", found.cp, "could meet it if centred"),
        ("Cpk", found.cpk, "meets it where it is centred now"),
        ("Pp", found.pp, "as Cp, with the overall standard deviation"),
        ("Ppk", found.ppk, "as Cpk, with the overall standard deviation"),
    ]
    return pd.DataFrame(rows, columns=["index", "value", "meaning"])
