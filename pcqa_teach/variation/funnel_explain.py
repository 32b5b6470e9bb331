"""A funnel in words and sums: what the lines are, who lies outside, and what to ask first."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.sayings import capital, counted
from pcqa_teach.variation.funnel_result import Funnel
from pcqa_teach.variation.funnel_words import (
    counts,
    hidden,
    message,
    method,
    nearly_level,
    outside_first,
    place_said,
    shape_said,
    value_said,
)
from pcqa_teach.variation.words import QUESTION, lie, percent, sized

FEW = 10  # below so many units, phi and tau are guesses
_NAMED = 12


def explain(funnel: Funnel) -> str:
    """Say what was compared, how, who lies outside, what to ask and what cannot be told."""
    parts = [f"{message(funnel)}.", _compared(funnel), _spread(funnel)]
    who = _who(funnel)
    parts += [who] if who else []
    parts += [_ask(funnel)]
    cautions = _cautions(funnel)
    if cautions:
        parts.append("What this cannot tell:\n" + "\n".join(f"- {one}" for one in cautions))
    parts.append(method(funnel))
    return "\n\n".join(parts)


def _compared(funnel: Funnel) -> str:
    centre = value_said(funnel, funnel.target)
    level = ""
    if nearly_level(funnel):
        where = (
            "With ordinary differences allowed for, the"
            if funnel.design.widened(funnel.dispersion)
            else "Here the"
        )
        level = f" {where} {shape_said(funnel).replace('limits', 'limits are')}."
    return (
        f"Each of {len(funnel.points):,} {funnel.units} is compared with {centre}, at its own"
        f" size. Chance moves small {funnel.units} more, so its limits are wide on the left and"
        f" narrow to the right.{level} About 1 in 20 would lie outside the 95% limits, and 2 in"
        " 1,000 outside the 99.8% limits, if chance were all."
    )


def _spread(funnel: Funnel) -> str:
    adjusted, naive = counts(funnel)
    design, phi = funnel.design, funnel.phi
    if design.overdispersion == "none":
        return (
            f"{capital(lie(naive))} outside what chance alone allows. Ordinary differences between"
            f" {funnel.units} were not allowed for."
        )
    if not design.widened(funnel.dispersion):
        return (
            f"The {funnel.units} lie no further apart than chance alone would put them, so the"
            " limits are those of chance."
        )
    way = (
        f"an ordinary spread of about {_points(funnel)} either way"
        if design.overdispersion == "additive"
        else f"limits {np.sqrt(phi):.1f} times as wide"
    )
    return (
        f"The {funnel.units} lie further apart than chance can explain: patients, places and ways"
        f" of counting differ. Allowing for that, with {way}, {lie(adjusted)} outside the 99.8%"
        f" limits; without it, {naive or 'none'}."
    )


def _points(funnel: Funnel) -> str:
    if funnel.design.kind == "proportion":
        return f"{100 * funnel.tau_value:.1f} percentage points"
    return sized(funnel.tau_value, funnel.target)


def _who(funnel: Funnel) -> str:
    few = pd.Series(hidden(funnel), index=funnel.points.index)
    order = outside_first(funnel)
    out = order[order["adjusted_outside998"] & ~few.loc[order.index]]
    lines = [
        f"- {row[funnel.unit]}: {value_said(funnel, row['value'])} of {row['denominator']:,.10g},"
        f" {place_said(row, funnel.target)} ({value_said(funnel, row['adjusted_lower998'])} to"
        f" {value_said(funnel, row['adjusted_upper998'])})"
        for row in out.head(_NAMED).to_dict("records")
    ]
    if len(out) > _NAMED:
        lines.append(f"- and {len(out) - _NAMED:,} more, in table()")
    return "\n".join(["Outside the 99.8% limits, furthest first:", *lines]) if lines else ""


def _ask(funnel: Funnel) -> str:
    return (
        f"{QUESTION} Ask in this order: are the numbers right and counted alike; are the patients"
        " alike (age, deprivation, language, nursing homes); are the services and the lists alike;"
        " only then, what is done differently. A funnel is no league table: inside the limits,"
        " a higher or lower place says nothing."
    )


def _cautions(funnel: Funnel) -> list[str]:
    points, aside = funnel.points, funnel.aside
    found = []
    if len(points) < FEW:
        found.append(
            f"With {len(points)} {funnel.units}, the spread between them is a guess: 10 or more"
            " are needed to judge it."
        )
    if float(np.ptp(points["value"].to_numpy())) == 0:
        found.append(f"All {funnel.units} have the same value: look whether it was copied down.")
    if aside.empty:
        found.append(f"{counted(aside.empty, 'row')} without a number set aside.")
    if aside.nobody:
        found.append(f"{counted(aside.nobody, 'row')} with nobody to count (0 of 0) set aside.")
    if funnel.design.scale.trims and bool((points["numerator"] == 0).any()):
        found.append("Units without any event count as half an event on the log scale.")
    few = int(hidden(funnel).sum())
    if few:
        found.append(f"{counted(few, 'unit')} with 1 to 4 events not shown, to protect people.")
    if len(points) >= FEW and funnel.phi > 10 and funnel.design.overdispersion != "none":
        found.append(
            "Most of the spread is not chance. The adjusted limits only"
            " say who stands apart from the rest; they do not say that the rest is as it should"
            " be, and part of their spread may be unwarranted too."
        )
    return found


def arithmetic(funnel: Funnel) -> pd.DataFrame:
    """Give the sums behind the lines: what, how, and the number it comes to.

    Returns
    -------
    DataFrame with step, sum (as written by hand) and value
    """
    points, design, found = funnel.points, funnel.design, funnel.dispersion
    used = np.isfinite(found.z)
    o, n = float(points["numerator"].sum()), float(points["denominator"].sum())
    _, error = design.scale.z(
        points["numerator"].to_numpy(), points["denominator"].to_numpy(), design.target
    )
    weight = 1 / error[used] ** 2
    count = int(used.sum())
    spread = float(weight.sum() - (weight**2).sum() / weight.sum())
    ends = "left out" if design.scale.trims else "pulled in"
    rows: list[tuple[str, str, float]] = [("Units", "count", float(len(points)))]
    if not hidden(funnel).any():  # a total would give a single hidden number away
        rows += [
            ("Events", "sum of numerators", o),
            ("Out of", "sum of denominators", n),
            ("All together", f"{o:,.10g} / {n:,.10g} x {design.per:g}", o / n * design.per),
        ]
    rows += [
        ("Centre line", "the target that units are compared with", funnel.target),
        (
            "Centre on the scale",
            f"{design.scale.title} of {design.target:.6g}",
            design.scale.centre(design.target),
        ),
        (
            "z changed",
            f"the outer {percent(design.winsorise)} of each end {ends}",
            float(found.changed.sum()),
        ),
        ("Sum of z squared", f"over {count:,} units", found.phi * count),
        ("phi", f"{found.phi * count:,.6g} / {count:,}", found.phi),
        ("Beyond chance", f"{found.phi * count:,.6g} - ({count:,} - 1)",
         found.phi * count - (count - 1)),
        ("Weights", "sum w - sum w^2 / sum w, w = 1 / s^2", spread),
        ("tau squared", "beyond chance / weights, or 0", found.tau2),
        ("tau", "square root of tau squared", found.tau),
    ]  # fmt: skip
    for name, limit in (("998", "99.8%"), ("95", "95%")):
        for which in ("naive", "adjusted"):
            total = float(points[f"{which}_outside{name}"].sum())
            rows.append((f"Outside {limit}, {which}", "count", total))
    return pd.DataFrame(rows, columns=["step", "sum", "value"])
