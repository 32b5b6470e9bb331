"""The funnel's message, its alt text and its tables: what a colleague would say aloud."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools
from pcqa_teach.figures.table import Table
from pcqa_teach.figures.table import table as to_table
from pcqa_teach.privacy import SMALL, suppress
from pcqa_teach.variation.exact import DISTANCES
from pcqa_teach.variation.funnel_result import Funnel
from pcqa_teach.variation.words import lie, percent, sized, small_letters

_LEVEL = 0.7  # of the width at the smallest unit
NAIVE = {
    "proportion": "exact binomial",
    "ratio": "exact Poisson",
    "rate": "exact Poisson",
    "counts": "normal",
}


def value_said(funnel: Funnel, value: float) -> str:
    """Say one value: a proportion in per cent, the others as numbers."""
    if funnel.design.kind == "proportion":
        return percent(value)
    return sized(value, funnel.target)


def hidden(funnel: Funnel) -> Bools:
    """Say which units have too few events to be shown."""
    events = funnel.points["numerator"].to_numpy()
    if not funnel.suppress:
        return np.zeros(len(events), dtype=bool)
    return (events > 0) & (events < SMALL)


def naive_said(funnel: Funnel) -> str:
    """Say how the limits of chance alone were worked out."""
    if funnel.design.limits == "exact":
        return NAIVE[funnel.design.kind]
    if funnel.design.limits == "byar":
        return "Byar's approximation to Poisson"
    return f"normal on the {funnel.design.scale.title} scale"


def adjusted_said(funnel: Funnel, name: str) -> str:
    """Say how the limits with ordinary spread were worked out."""
    design = funnel.design
    if design.overdispersion == "none":
        return "no over-dispersion asked for: as naive"
    if not design.widened(funnel.dispersion):
        return f"{design.overdispersion}, {design.scale.title} scale, none found: as naive"
    z = f"z = {DISTANCES[name]:.4f}"
    return f"{design.overdispersion}, {design.scale.title} scale, {z}"


def counts(funnel: Funnel) -> tuple[int, int]:
    """Count the units outside the 99.8% limits: with over-dispersion, and without."""
    points = funnel.points
    return int(points["adjusted_outside998"].sum()), int(points["naive_outside998"].sum())


def message(funnel: Funnel) -> str:
    """Say the funnel's message in one line."""
    adjusted, naive = counts(funnel)
    total = f"{len(funnel.points):,} {funnel.units}"
    number, verb = lie(adjusted).split(" ")
    who = f"{number} of {total} {verb}"
    said = f"{funnel.title}: {who} outside the 99.8% limits"
    if funnel.design.widened(funnel.dispersion):
        said += f" ({naive:,} outside those of chance alone)"
    return said


def alt_text(funnel: Funnel) -> str:
    """Say what the picture shows, in two or three sentences."""
    points, (adjusted, naive) = funnel.points, counts(funnel)
    seen = points[~hidden(funnel)]
    span = ""
    if len(seen):
        low, high = (value_said(funnel, float(seen["value"].agg(way))) for way in ("min", "max"))
        span = f" Values run from {low} to {high} round a centre of"
        span += f" {value_said(funnel, funnel.target)}."
    sizes = f"{points['denominator'].min():,.0f} to {points['denominator'].max():,.0f}"
    second = ""
    if funnel.design.widened(funnel.dispersion):
        second = (
            f" Limits of chance alone would put {naive:,} outside; limits that allow for ordinary"
            f" differences between {funnel.units} put {adjusted:,} outside."
        )
    return (
        f"Funnel plot, size {sizes} along the bottom, {shape_said(funnel)}."
        f" {message(funnel)}.{span}{second}"
    )


def nearly_level(funnel: Funnel) -> bool:
    """Say whether the drawn limits hardly narrow from the smallest unit to the largest."""
    points = funnel.points.sort_values("denominator", kind="stable")
    wide = (points["adjusted_upper998"] - points["adjusted_lower998"]).to_numpy()
    return bool(wide[-1] > _LEVEL * wide[0])


def shape_said(funnel: Funnel) -> str:
    """Say how the limits run from small units to large ones."""
    if not nearly_level(funnel):
        return "limits narrowing to the right"
    if funnel.design.widened(funnel.dispersion):
        return f"limits nearly level, because {funnel.units} really differ"
    return f"limits nearly level, because {funnel.units} are of about one size"


def method(funnel: Funnel) -> str:
    """Say how the limits were worked out, for whoever wants to check: the one place of method."""
    design = funnel.design
    chance = f"limits of chance alone: {naive_said(funnel)}"
    phi = f"phi, how much they vary against chance alone, = {funnel.phi:.1f}; 1 is chance alone"
    if design.overdispersion == "none":
        return f"How it was worked out: {chance}; {phi}."
    tau = ""
    if design.overdispersion == "additive" and funnel.tau > 0:
        tau = f"; tau = {funnel.tau:.4f}, the ordinary spread between {funnel.units} on that scale"
    return (
        f"How it was worked out: {chance}; ordinary differences: {design.overdispersion}"
        f" over-dispersion, {design.scale.title} scale ({phi}{tau})."
    )


def outside_first(funnel: Funnel) -> pd.DataFrame:
    """Put the units in order: those furthest outside first, whatever their direction."""
    order = np.argsort(-funnel.points["z_adjusted"].abs().to_numpy(), kind="stable")
    outside = funnel.points["adjusted_outside998"].to_numpy()[order]
    return funnel.points.iloc[np.concatenate([order[outside], order[~outside]])]


def place_said(row: Any, target: float, which: str = "adjusted") -> str:
    """Say on which side of the limits a unit lies."""
    way = "above" if row["value"] > target else "below"
    if row[f"{which}_outside998"]:
        return f"{way} the 99.8% limits"
    return f"{way} the 95% limits" if row[f"{which}_outside95"] else "inside"


def table(funnel: Funnel) -> Table:
    """Give every unit, those outside first; the numbers of small ones are kept out if asked.

    Where no ordinary spread was asked for, there is one column of places.
    """
    points = outside_first(funnel)
    few = pd.Series(hidden(funnel), index=funnel.points.index).loc[points.index].tolist()
    values = [value_said(funnel, float(value)) for value in points["value"]]
    places = [place_said(row, funnel.target) for row in points.to_dict("records")]
    naive = [place_said(row, funnel.target, "naive") for row in points.to_dict("records")]
    shown = pd.DataFrame(
        {
            str(funnel.unit).replace("_", " "): points[funnel.unit].astype(str).tolist(),
            "events": [
                suppress(event) if small else f"{event:,.10g}"
                for event, small in zip(points["numerator"], few, strict=True)
            ],
            small_letters(funnel.size): [f"{size:,.10g}" for size in points["denominator"]],
            "value": _shown(values, few),
            "with ordinary spread": _shown(places, few),
            "by chance alone": _shown(naive, few),
        }
    )
    if funnel.design.overdispersion == "none":
        shown = shown.drop(columns="with ordinary spread")
    return to_table(shown, message(funnel))


def _shown(said: list[str], few: list[bool]) -> list[str | None]:
    return [None if small else text for text, small in zip(said, few, strict=True)]
