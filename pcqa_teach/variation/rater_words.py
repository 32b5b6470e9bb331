"""Agreement in words: what was found, what kappa hides, what to do next."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.figures.table import Table
from pcqa_teach.figures.table import table as to_table
from pcqa_teach.sayings import counted
from pcqa_teach.variation.raters import Agreement
from pcqa_teach.variation.words import percent


def strength(kappa: float) -> str:
    """Name the strength of agreement beyond chance, as Landis and Koch (1977) do by convention.

    >>> strength(0.54), strength(-0.1)
    ('moderate', 'none beyond chance')
    """
    if not np.isfinite(kappa):
        return "cannot be worked out"
    words = ["slight", "fair", "moderate", "substantial", "almost complete"]
    return "none beyond chance" if kappa <= 0 else words[min(int(np.ceil(kappa * 5)) - 1, 4)]


def message(found: Agreement) -> str:
    """Say the result in one line."""
    said = f"They agree on {percent(found.agreed)} of {counted(found.n, 'case')}"
    if not np.isfinite(found.kappa):
        return f"{said}; kappa cannot be worked out"
    how = "counting near misses in part" if found.weights else "beyond chance"
    if found.kappa < 0:
        return f"{said}, less often than chance would make them ({_kappa(found)} {found.kappa:.2f})"
    if found.kappa == 0:
        return f"{said}, no more often than chance would make them ({_kappa(found)} 0.00)"
    return (
        f"{said}; {how}, agreement is {strength(found.kappa)} ({_kappa(found)} {found.kappa:.2f})"
    )


def _kappa(found: Agreement) -> str:
    return "weighted kappa" if found.weights else "kappa"


def alt_text(found: Agreement) -> str:
    """Say what the picture shows."""
    apart = found.n - int(np.trace(found.counts.to_numpy()))
    return (
        f"Table of two raters' codes, {found.first} down and {found.second} across."
        f" {message(found)}. They differ on {counted(apart, 'case')}."
    )


def explain(found: Agreement) -> str:
    """Say what was found, where kappa misleads, and what to do."""
    sure = percent(found.level, 0)
    parts = [
        f"{message(found)}.",
        f"{found.first} and {found.second} both coded {counted(found.n, 'case')}. They gave the"
        f" same code to {percent(found.agreed)} ({sure} interval {percent(found.agreed_lower)} to"
        f" {percent(found.agreed_upper)}). Chance alone, with each using codes as often as they"
        f" did, would give {percent(found.by_chance)}.",
    ]
    if np.isfinite(found.kappa):
        near = f", counting near misses in part ({found.weights} weights)" if found.weights else ""
        parts.append(
            "Kappa is agreement beyond luck (1 = perfect): the part of the rest that they agree"
            f" on{near}: {found.kappa:.2f} ({_interval(found)}). The word"
            f" '{strength(found.kappa)}' is a convention (Landis and Koch 1977), not a pass mark."
        )
    else:
        parts.append("Both used a single code, so chance leaves no room and there is no kappa.")
    parts.append(_pitfall(found))
    few = [f"Only {found.n} cases: the interval is wide."] if found.n < 30 else []
    if found.missing:
        few.append(f"{counted(found.missing, 'case')} that one or both left empty set aside.")
    parts += few
    parts.append(
        "Look at the cases where they differ, together: sharpen the definition, code a fresh"
        " sample, and measure again. A change smaller than the raters' own difference is not"
        " yet a change."
    )
    return "\n\n".join(parts)


def _interval(found: Agreement) -> str:
    if not np.isfinite(found.kappa_lower):
        return "no interval can be worked out for it: see how sure the share agreed is"
    return f"{found.kappa_lower:.2f} to {found.kappa_upper:.2f}"


def _pitfall(found: Agreement) -> str:
    said = f"PABAK, as if all codes were equally common, is {found.pabak:.2f}."
    if np.isfinite(found.prevalence):
        said += (
            f" Prevalence index {found.prevalence:.2f} (0: both codes equally common); bias index"
            f" {found.bias:.2f} (0: both raters use them equally often)."
        )
        if found.prevalence > 0.5 and np.isfinite(found.kappa):
            said += (
                " One code is rare, which pulls kappa down even where people agree: read kappa"
                " beside the agreement, never alone."
            )
        if found.bias > 0.1:
            said += " One rater uses a code more often than the other: ask what each takes it for."
    return said


def glossary(found: Agreement) -> str:
    """Say in plain words what each measure is."""
    said = [
        f"{_kappa(found).capitalize()}: agreement beyond luck (1 = perfect, 0 = luck alone).",
        "PABAK: kappa as if all codes were equally common.",
    ]
    if np.isfinite(found.prevalence):
        said.append(
            "Prevalence index: 0 where both codes are equally common. Bias index: 0 where both"
            " people use each code equally often."
        )
    return " ".join(said)


def measures(found: Agreement) -> pd.DataFrame:
    """List every measure with its interval."""
    rows = [
        ("Same code", found.agreed, found.agreed_lower, found.agreed_upper, True),
        ("Same code by chance", found.by_chance, np.nan, np.nan, True),
        (_kappa(found).capitalize(), found.kappa, found.kappa_lower, found.kappa_upper, False),
        ("PABAK", found.pabak, found.pabak_lower, found.pabak_upper, False),
        ("Prevalence index", found.prevalence, np.nan, np.nan, False),
        ("Bias index", found.bias, np.nan, np.nan, False),
    ]
    said = [
        (name, _said(value, share), _range(low, high, share))
        for name, value, low, high, share in rows
        if np.isfinite(value) or "appa" in name
    ]
    interval = f"{percent(found.level, 0)} interval"
    return pd.DataFrame(said, columns=["measure", "value", interval])


def table(found: Agreement) -> Table:
    """Give the measures as a table."""
    return to_table(measures(found), message(found))


def _said(value: float, share: bool) -> str:
    if not np.isfinite(value):
        return "none"
    return percent(value) if share else f"{value:.2f}"


def _range(low: float, high: float, share: bool) -> str | None:
    if not np.isfinite(low):
        return None
    return f"{_said(low, share)} to {_said(high, share)}"
