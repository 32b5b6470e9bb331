"""What CollaboRATE says, and what its ceiling hides."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools
from pcqa_teach.partners.collaborate import Collaborate
from pcqa_teach.sayings import and_list, between, capital, counted, fine_percent, lines
from pcqa_teach.variation.small_cells import HELD, held_back

CEILING = (
    "In one comparison, 37.5% of people were at the very top of CollaboRATE and 17% at the top of"
    " another questionnaire about the same thing, SDM-Q-9 (Patient Education and Counseling, 2022)."
    " That is no target: other people, other clinics."
)


def message(found: Collaborate) -> str:
    """Say the top-score share of everybody in one line."""
    row = found.groups.iloc[0]
    return (
        f"{fine_percent(row['share'])} gave the highest answer to all three questions"
        f" ({between(row['lower'], row['upper'])})"
    )


def basis(found: Collaborate) -> str:
    """Say how many people, and on which scale."""
    said = f"CollaboRATE, three answers from 0 to {found.high} · n = {_n(found)}"
    if found.set_aside:
        said += f"; {found.set_aside} more left a question open"
    return said


def _n(found: Collaborate) -> str:
    return counted(int(found.groups["n"].iloc[0]), "person", "people")


def explain(found: Collaborate) -> str:
    """Say the share, what lies beside it, and what it cannot show."""
    row = found.groups.iloc[0]
    said = [
        f"{message(found)}. {basis(found)}.",
        f"For {counted(row['top'], 'person', 'people')} there is no higher answer: if their next"
        " conversation is better still, the score cannot show it. The other"
        f" {int(row['n'] - row['top'])} did not all have a poor one: many gave a high answer that"
        " is not the highest. Ask them what was missing.",
        f"The mean of the answers is {fine_percent(row['mean'])} of the highest possible; with so"
        " many at the top it hardly moves, and is not the share.",
        _groups_said(found),
        CEILING,
        "Who did not answer is not in it.",
    ]
    return lines(said)


def _groups_said(found: Collaborate) -> str:
    rows = found.groups.iloc[1:]
    rows = rows[~hidden(found)[1:]]
    if rows.empty:
        return ""
    parts = [
        f"{name} {fine_percent(share)} ({between(low, high)}, n = {n})"
        for name, share, low, high, n in zip(
            rows["group"], rows["share"], rows["lower"], rows["upper"], rows["n"], strict=True
        )
    ]
    if len(rows) == 1:
        return f"By {found.by}: {parts[0]}."
    apart = rows["lower"].max() > rows["upper"].min()
    verdict = (
        "Some of the intervals do not meet: ask whose conversations differ, and why."
        if apart
        else "The intervals overlap: they do not show that the groups differ, nor that they do not."
    )
    return f"By {found.by}: {and_list(parts)}. {verdict}"


def hidden(found: Collaborate) -> Bools:
    """Say which rows are held back: few people at the top of a group, or few below it.

    Where one group is held back, so is the smallest of the others, or it could be found from
    everybody's figures.
    """
    rows = found.groups
    split = pd.DataFrame({"top": rows["top"], "rest": rows["n"] - rows["top"]})
    held: Bools = np.zeros(len(rows), dtype=bool)
    if len(rows) > 1:
        held[1:] = held_back(split.iloc[1:]).to_numpy(dtype=bool).any(axis=1)
    return held


def table(found: Collaborate) -> pd.DataFrame:
    """Give group, people and share as texts that may be shared."""
    rows, held = found.groups, hidden(found)
    shown = [
        HELD if hide else f"{fine_percent(share)} ({between(low, high)})"
        for hide, share, low, high in zip(
            held, rows["share"], rows["lower"], rows["upper"], strict=True
        )
    ]
    return pd.DataFrame(
        {
            capital(found.by or "who"): [capital(str(name)) for name in rows["group"]],
            "People": [HELD if hide else f"{n:,}" for hide, n in zip(held, rows["n"], strict=True)],
            "Highest answer to all three": shown,
        }
    )


def alt_text(found: Collaborate) -> str:
    """Say aloud what the picture shows."""
    said = f"Bars. {message(found)}, {basis(found)}."
    groups = _groups_said(found)
    return f"{said} {groups}" if groups else said
