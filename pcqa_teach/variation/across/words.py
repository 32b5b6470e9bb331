"""Words of practices compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from pcqa_teach.variation.across.compared import Across
from pcqa_teach.variation.funnel_words import value_said

if TYPE_CHECKING:
    from pcqa_teach.figures import Table

_ASKED = " Such practices are worth a question, on both sides alike."


def explain(found: Across) -> str:
    """Say what stands apart, by chance and with ordinary spread, and whom that leaves."""
    plot, apart = found.funnel, found.apart
    outer = plot.outside().iloc[0]
    n = len(plot.points)
    parts = [
        f"{plot.message}.",
        f"All together {value_said(plot, plot.target)}. If chance were all there is,"
        f" {_about(0.002 * n)} of {n:,} would lie outside the outer lines; {_do(outer['naive'])}."
        f" {_differ(found)}, {_stand(int(outer['adjusted']))}.",
        f"{_lie(len(apart))} beyond the inner lines (95%), where {_about(0.05 * n)} would by chance"
        " alone." + (_ASKED if len(apart) else ""),
    ]
    if found.mine is not None:
        row = plot.points[plot.points["practice"] == found.mine].iloc[0]
        parts.append(
            f"Yours is {found.mine}: {value_said(plot, float(row['value']))}, {lies(row)}."
        )
    parts.append(allowed_said(found))
    return "\n\n".join(parts)


def lies(row: pd.Series) -> str:
    """Say where a practice lies, ordinary spread allowed for."""
    if row["adjusted_outside998"]:
        return "beyond the outer lines (99.8%)"
    return "beyond the inner lines (95%)" if row["adjusted_outside95"] else "inside the lines"


def more_than_chance(found: Across) -> bool:
    """Say whether practices differ by more than chance makes them, in a tenth of a point."""
    return 100 * found.funnel.tau_value >= 0.05


def _differ(found: Across) -> str:
    if not more_than_chance(found):
        return (
            "So these practices differ by no more than chance makes them, and a ranking of them "
            "would rank luck. Going by chance alone"
        )
    return (
        f"So practices really differ, by about {100 * found.funnel.tau_value:.1f} points either "
        "way. Once that is allowed for"
    )


def _do(number: int) -> str:
    return "none does" if number == 0 else f"{number:,} {'does' if number == 1 else 'do'}"


def allowed_said(found: Across) -> str:
    """Say what allowing for deprivation changes, or that it cannot be allowed for."""
    if found.allowed is None:
        return (
            "This file says nothing of age or deprivation, so what people bring with them cannot"
            " be allowed for: ask your integrated care board for each practice's score of the"
            " Index of Multiple Deprivation, and add it as a column 'imd'."
        )
    before, after = (int(one.outside().iloc[0]["adjusted"])
                     for one in (found.funnel, found.allowed))  # fmt: skip
    first, last = found.groups["share"].iloc[0], found.groups["share"].iloc[-1]
    return (
        f"In the most deprived group of practices it is {first:.1f}%, in the least deprived"
        f" {last:.1f}%. Beside what practices in similar poverty would have, {_stand(after)};"
        f" without that, {_stand(before)}. Age is not allowed for. What is explained is not"
        " excused: if people in poor streets miss more because the way in suits them less, that is"
        " the very difference to ask about."
    )


def _about(number: float) -> str:
    return (
        f"about {number:,.0f}" if number >= 1.5 else "about one" if number >= 0.8 else "hardly one"
    )


def _stand(number: int) -> str:
    return (
        "none stands apart"
        if number == 0
        else f"{number:,} stand{'s' if number == 1 else ''} apart"
    )


def _lie(number: int) -> str:
    return "None lies" if number == 0 else f"{number:,} lie{'s' if number == 1 else ''}"


def groups_table(found: Across) -> Table | None:
    """Give the share of each group of practices by deprivation."""
    from pcqa_teach.figures.table import table

    if found.allowed is None:
        return None
    shown = found.groups.assign(
        group=[f"{place}{_end(place, len(found.groups))}" for place in found.groups["group"]],
        share=[f"{value:.1f}%" for value in found.groups["share"]],
    )
    shown.columns = ["Practices by deprivation", "Practices", f"{found.measure.title}, together"]
    return table(shown, "The same by how poor the practices' neighbourhoods are")


def _end(place: int, last: int) -> str:
    return " (most deprived)" if place == 1 else " (least deprived)" if place == last else ""
