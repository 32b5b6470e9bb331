"""What the spread of contacts over people says."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.demand import sharing
from pcqa_teach.demand.attendance import AttendanceCurve
from pcqa_teach.privacy import FEW
from pcqa_teach.sayings import and_list, counted, fine_percent, lines, span

PUBLISHED = (
    "For scale: the top 1% of people had 6% of consultations and the top 3% had 15% (Neal and "
    "others, 1998), and the top 10% had about 40% (BMJ Open, 2021, 845 practices); what they "
    "counted as a contact may differ from this table."
)
NEXT = (
    "Before anybody is chosen for a scheme, look at two windows (persistence): most people who "
    "attend often do so for a while, and about 8 in 10 of the top 3% have fewer contacts in the "
    "next half-year with nothing done (BJGP Open, 2020)."
)
WHY = "Many contacts can be just what a person needs; the count says nothing about why."


def table(found: AttendanceCurve) -> pd.DataFrame:
    """Return the top shares, then the bands, with small numbers held back."""
    top, spread = found.top, found.spread
    few = top["people"].isna().to_numpy()
    people = spread["people"].to_numpy(dtype="float64")
    held = sharing.hidden(people)
    return pd.DataFrame(
        {
            "Who": [
                *(f"Top {one:g}% of people" for one in top["top"]),
                *(
                    f"People with {one} contact{'' if one == '1' else 's'}"
                    for one in spread["contacts"]
                ),
            ],
            "People": [
                *np.where(few, FEW, [f"{one:,.0f}" for one in top["people"]]),
                *sharing.cells(people, held),
            ],
            "Share of people": [
                *(f"{one:g}%" for one in top["top"]),
                *_shares(spread["share_of_people"], held),
            ],
            "Share of contacts": [
                *_shares(top["share"], few),
                *_shares(spread["share_of_contacts"], held),
            ],
        }
    )


def _shares(values: pd.Series, held: np.ndarray) -> list[str]:
    return ["-" if no else fine_percent(one) for one, no in zip(values, held, strict=True)]


def shown(found: AttendanceCurve) -> pd.DataFrame:
    """Return the groups that are large enough to speak of."""
    return found.top.dropna(subset="share")


def message(found: AttendanceCurve) -> str:
    """Say the share of one group in one line: the 3% where it was asked for."""
    groups = shown(found)
    if groups.empty:
        return f"{counted(found.people, 'person', 'people')}: too few to speak of a top group"
    three = groups[groups["top"] == 3]
    row = (three if len(three) else groups).iloc[0]
    share = fine_percent(row["share"])
    return f"The {row['top']:g}% of people who attend most had {share} of contacts"


def basis(found: AttendanceCurve) -> str:
    """Say how many people and contacts, and when."""
    return (
        f"{counted(found.contacts, 'contact')} of {counted(found.people, 'person', 'people')}, "
        f"{span(found.dates)}"
    )


def notes(found: AttendanceCurve) -> list[str]:
    """Give the notes that stand under the picture."""
    said = [*found.notes]
    if not found.counted_none:
        said.append(
            "Only people with a contact are counted: give the list size, or every share is smaller "
            "than it should be."
        )
    if found.unnamed:
        said.append(f"{counted(found.unnamed, 'contact')} of nobody named left out.")
    return [*said, "Groups under 5 people are held back."]


def explain(found: AttendanceCurve) -> str:
    """Say how contacts are spread, and what to check before acting."""
    groups = shown(found)
    parts = [
        f"the top {top:g}% ({counted(people, 'person', 'people')}, each with {least:,.0f} or more) "
        f"had {fine_percent(share)}"
        for top, people, share, least in groups[["top", "people", "share", "at_least"]].itertuples(
            index=False
        )
    ]
    none = 100 * found.none / found.people
    return lines(
        [
            f"{message(found)}. {basis(found)}.",
            f"Of all contacts: {and_list(parts)}." if parts else "",
            f"{fine_percent(none)} of people had no contact."
            if found.counted_none and not sharing.small(found.none)
            else "",
            *notes(found)[:-1],
            PUBLISHED,
            NEXT,
            WHY,
        ]
    )


def alt_text(found: AttendanceCurve) -> str:
    """Say what the picture shows."""
    groups = shown(found)
    parts = [
        f"top {top:g}%: {fine_percent(share)}"
        for top, share in zip(groups["top"], groups["share"], strict=True)
    ]
    tail = f" Share of contacts: {and_list(parts)}." if parts else ""
    return (
        f"A curve that rises steeply and flattens: share of contacts against share of people, most "
        f"contacts first. {message(found)}; {basis(found)}.{tail}"
    )
