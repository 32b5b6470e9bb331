"""What is said of whether a coded share can be believed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.demand.coders import WANTED, why_low
from pcqa_teach.sayings import and_list, counted, day, fine_percent, percent, rounded

if TYPE_CHECKING:
    from pcqa_teach.demand.appropriateness import Appropriateness
    from pcqa_teach.demand.failure import FailureDemand
    from pcqa_teach.demand.trust import Trust
    from pcqa_teach.measures.calendar import Days

NO_DATES = "No day is written down, so it cannot be said whether whole days were caught."


LOOK_AT = {
    "Enough cases": "how many were coded",
    "Whole days": "the days",
    "Two coders": "two people's codes of the same",
    "Channels as they are": "the channels",
    "Nearly all coded": "what has no code",
}


def message(found: Trust) -> str:
    """Say whether to believe the share."""
    if found.fine:
        return "Believe the share within its interval: all that was looked at is in order"
    lacking = [LOOK_AT[one] for one in found.rows.loc[~found.rows["fine"], "question"]]
    return f"Not to be acted on yet: look at {and_list(lacking)} first"


def cases(n: int, worth: float, reach: float, thing: str) -> str:
    """Say how far chance alone may put the share off."""
    said = counted(n, f"coded {thing}")
    if worth < n - 0.5:
        said += f", worth {worth:,.0f} once weighted"
    return f"{said}: chance alone may put a share of one in four off by {rounded(reach)} points."


def days(have: int, wanted: int, short: Days, held: Days, thing: str) -> str:
    """Say which days are there, which are short, and whether a bank holiday is among them."""
    said = [f"{counted(have, 'working day')} of the {wanted} that the sheet asks for."]
    if len(short):
        listed = and_list([day(one) for one in short])
        verb = "has" if len(short) == 1 else "have"
        said.append(f"{listed} {verb} far fewer {thing}s than the others: a part of a day?")
    if len(held):
        listed = and_list([day(one) for one in held])
        said.append(f"A bank holiday falls among them ({listed}): the days around it are unusual.")
    return " ".join(said)


def coders(found: FailureDemand | Appropriateness, wanted: int) -> str:
    """Say how far two people agree, or that nobody else has coded."""
    both = found.agreement
    if both is None:
        return f"One person's codes. Have a second person code {wanted} of the same, unseen."
    said = (
        f"Two people agree on {percent(both.agreed)} of {counted(both.n, 'case')} they both coded"
    )
    if not np.isfinite(both.kappa):
        return f"{said}; kappa cannot be worked out, as nearly all have one code."
    said += f", kappa {both.kappa:.2f}"
    if np.isfinite(both.kappa_lower):
        said += f" ({both.kappa_lower:.2f} to {both.kappa_upper:.2f})"
    if both.n < wanted:
        return f"{said}. {wanted} are wanted for a kappa to lean on."
    if both.agreed == 1:
        said += ". Two people seldom agree on every one: had the second seen the first's codes?"
    if both.kappa < WANTED:
        said += f": under {WANTED:g}{why_low(both)}"
    return said if said.endswith("?") else f"{said.removesuffix('.')}."


def channels(found: FailureDemand) -> str:
    """Say whether channels count as in the practice, and how they were caught."""
    if found.weighted:
        return "Channels are weighted to an ordinary week of the practice."
    rows = found.channels[found.channels["n"] >= 5].head(4)
    caught = [
        f"{name} {percent(n, found.n)}" for name, n in zip(rows["channel"], rows["n"], strict=True)
    ]
    others = found.n - int(rows["n"].sum())
    if others >= 5:
        caught.append(f"all others together {percent(others, found.n)}")
    elif others:
        caught.append("a few by others")
    return (
        f"As they were caught ({and_list(caught)}). If an ordinary week differs, say how many come "
        "by each channel then, so that no channel counts for more than it is."
    )


def blanks(count: int, share: float, thing: str) -> str:
    """Say how many have no code."""
    if not count:
        return f"Every {thing} has a code."
    few = "Fewer than 5" if count < 5 else f"{count:,}"
    return f"{few} without a code ({fine_percent(100 * share)}): left out, and they may differ."
