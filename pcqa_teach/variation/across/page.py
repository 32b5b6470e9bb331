"""What is said before the funnel, and what of it goes on one page: totals and shares, no person."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pcqa_teach.data.quality import QualityReport
from pcqa_teach.figures.table import table
from pcqa_teach.variation.across.agenda import FEW, recorded_apart
from pcqa_teach.variation.across.compared import LEAST_PRACTICES, Across
from pcqa_teach.variation.across.words import lies, more_than_chance

_OUTCOMES = ("n_kept", "n_mended", "n_set_aside", "n_refused")


def read_said(reports: Sequence[QualityReport]) -> Any:
    """Return what was read: the one report, or a table of several without their names.

    >>> read_said(()) is None
    True
    """
    if not reports:
        return None
    if len(reports) == 1:
        return reports[0]
    rows = [
        {
            "What was read": title,
            "Files": len(alike),
            **{
                name.removeprefix("n_").replace("_", " ").capitalize(): sum(
                    int(getattr(report, name)) for report in alike
                )
                for name in _OUTCOMES
            },
        }
        for title in dict.fromkeys(report.title for report in reports)
        for alike in [[report for report in reports if report.title == title]]
    ]
    return table(pd.DataFrame(rows), f"{len(reports)} files, their rows accounted for")


def guard_rails(found: Across, unknown: str = "in") -> list[str]:
    """Say what the figures rest on, and what they are not."""
    n, size = len(found.practices), found.practices["out_of"]
    said = [
        f"{n:,} practices, of {size.min():,.0f} to {size.max():,.0f} appointments; "
        f"{LEAST_PRACTICES} are the least for a funnel.",
    ]
    if found.measure.events != "unknown":
        said.append(
            "Unknown outcomes are counted, as NHS England does: who leaves many unknown looks "
            "better than it is."
            if unknown == "in"
            else "Unknown outcomes are left out: shares are higher than NHS England's."
        )
    said.append(
        "Practices are shown under numbers, in an order that says nothing. Numbers keep names out "
        "of sight and do not hide them: who knows a practice's size can find it here."
    )
    if found.mine is None:
        said.append(
            "To learn which number is yours, make the report again and give your practice's code "
            "where the form asks, or add --set mine=G12345 to the command: yours is ringed, and "
            "named under the picture."
        )
    return said


def numbers(found: Across) -> dict[str, str | int | float | None]:
    """Give what a report keeps of it."""
    outer = found.funnel.outside().iloc[0]
    kept: dict[str, str | int | float | None] = {
        "compared": f"{found.measure.title}, {len(found.practices):,} practices",
        "all_together_percent": round(100 * found.funnel.target, 2),
        "outside_chance": f"{outer['naive']:,} of {outer['units']:,}",
        "ordinary_spread_points": round(100 * found.funnel.tau_value, 2),
        "stand_apart": f"{outer['adjusted']:,} of {outer['units']:,}",
        "to_ask": f"{len(found.apart):,} of {outer['units']:,}",
    }
    if found.allowed is not None:
        after = found.allowed.outside().iloc[0]
        kept["stand_apart_deprivation_allowed"] = f"{after['adjusted']:,} of {after['units']:,}"
    if found.mine is not None:
        points = found.funnel.points
        row = points[points["practice"] == found.mine].iloc[0]
        kept["ours"] = f"{found.mine}: {100 * row['value']:.1f}%"
        kept["ours_lies"] = lies(row)
    return kept


def sharing(found: Across) -> dict[str, Any]:
    """Give what of a page may be shared, as `pcqa.record` takes it: counts of practices, and words.

    What one practice has, and the spread, stay in the report.
    """
    sums = found.funnel.points[["numerator", "denominator"]].sum()
    counted = ["compared", "outside_chance", "stand_apart", "to_ask"]
    counted += ["stand_apart_deprivation_allowed"] if found.allowed is not None else []
    return {
        "words": ["whose", "data", *counted],
        "rests_on": {
            "all_together_percent": (round(sums["numerator"]), round(sums["denominator"]))
        },
    }


def labels(found: Across) -> dict[str, str]:
    """Give a heading and its words for each row of the page."""
    rows = {
        "Whose figures": "{whose}",
        "Compared": "{compared}",
        f"{found.measure.title}, all together": "{all_together_percent:.1f}%",
        "Outside the lines of chance alone": "{outside_chance}",
        "Ordinary spread between practices": "{ordinary_spread_points:.1f} points either way"
        if more_than_chance(found)
        else "none beyond chance",
        "Stand apart (99.8%), ordinary spread allowed for": "{stand_apart}",
        "To be asked first (95%), on both sides": "{to_ask}",
    }
    if found.allowed is not None:
        rows["Stand apart (99.8%), beside practices in similar poverty"] = (
            "{stand_apart_deprivation_allowed}"
        )
    if found.mine is not None:
        rows["Ours"] = "{ours}, {ours_lies}"
    return rows


def questions(found: Across) -> list[str]:
    """Return the questions that this network raises, for it to choose one from."""
    asked = []
    for name, whole in (("no_contact", "dna"), ("telephone_missed", "dna")):
        if found.measure.events == "dna" and {name, whole} <= set(found.practices):
            stored = recorded_apart(found, name, whole)
            if stored:
                asked.append(
                    f"{', '.join(stored[:5])}: is a call that nobody picked up stored as missed? "
                    "Look again once that is mended."
                )
    apart = found.apart
    listed = apart.head(FEW)  # those of the table, and no others
    below = listed[listed["value"] < found.funnel.target]["practice"].tolist()
    above = listed[listed["value"] > found.funnel.target]["practice"].tolist()
    if below:
        asked.append(f"{', '.join(sorted(below[:5]))}: how do you do it, and how do you count it?")
    if above:
        asked.append(
            f"{', '.join(sorted(above[:5]))}: how do you count it, and whom does it happen to?"
        )
    asked.append(
        "What makes us all differ as much as we do: how we book, how we record, or whom we serve?"
        if more_than_chance(found)
        else "We differ by no more than chance makes us: what would move all of us together?"
    )
    asked.append(
        "Which patients of ours would say that none of these figures is the one that matters?"
    )
    return asked
