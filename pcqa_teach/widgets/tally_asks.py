"""Twelve invented asks, and what becomes of each on a tally sheet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pandas as pd

POSTS: dict[str, str] = {
    "telephone": "Telephone",
    "desk": "Front desk",
    "online": "Online forms and email",
}
COLUMNS: dict[str, str] = {
    "booked": "Got a place, today or as wished",
    "later": "Got a later place: today was full",
    "done": "Dealt with at once",
    "call_back": "Call-back promised",
    "elsewhere": "Sent elsewhere",
    "turned_away": "Turned away, or told to ring again",
}
MORE: dict[str, str] = {
    "again": "A dot beside the mark: had to ask again about the same",
    "gave_up": "Those who hung up, from the phone system's own count",
    "five_days": "All five days, not Monday alone",
}
PARTS: dict[str, str] = {**POSTS, **COLUMNS, **MORE}
BANDS = ("08-10", "10-12", "12-14", "14-16", "16-18:30")


@dataclass(frozen=True)
class Ask:
    """One invented ask: when and where, what happened, and the column that it belongs in."""

    when: str
    post: str
    what: str
    ends: str
    again: bool = False


# Invented; nobody said or did any of this.
ASKS: tuple[Ask, ...] = (
    Ask("Mon 08:01", "telephone", "asks for a doctor; gets a place at ten", "booked"),
    Ask("Mon 08:04", "telephone", "waits in the queue and hangs up", "gave_up"),
    Ask("Mon 08:20", "telephone", "asks for the third day running; told to try tomorrow",
        "turned_away", again=True),
    Ask("Mon 08:35", "desk", "wants the nurse; takes a day that suits, in two weeks", "booked"),
    Ask("Mon 08:50", "telephone", "unsure about new tablets; will be rung back", "call_back"),
    Ask("Mon 09:10", "online", "sends a form about a rash; told to see the pharmacy", "elsewhere"),
    Ask("Mon 09:15", "desk", "needs a copy of a letter; gets it", "done"),
    Ask("Mon 09:40", "telephone", "wants today; today is full, takes Thursday", "later"),
    Ask("Mon 10:30", "desk", "comes for a result; told to ring after two", "turned_away"),
    Ask("Mon 11:00", "online", "asks about a prescription; will be rung back", "call_back"),
    Ask("Thu 14:10", "telephone", "child with a fever, no place; told to ring 111", "elsewhere"),
    Ask("Thu 17:45", "telephone", "nothing left; told to ring tomorrow", "turned_away"),
)  # fmt: skip
CAUGHT, BLURRED, LOST = "caught", "blurred", "lost"


def try_sheet(parts: Collection[str]) -> pd.DataFrame:
    """Return what becomes of each ask on a sheet that has these parts.

    Parameters
    ----------
    parts : names out of `PARTS`

    Returns
    -------
    frame of `when`, `where`, `what`, `state` (caught, blurred: marked, but as something that it is
    not, or lost) and `why`, a row an ask.

    Examples
    --------
    >>> try_sheet(PARTS)["state"].unique().tolist()
    ['caught']
    >>> try_sheet(["telephone", "booked"])["state"].value_counts().to_dict()
    {'lost': 10, 'caught': 1, 'blurred': 1}
    """
    have = set(parts)
    rows = [
        (ask.when, POSTS[ask.post], ask.what, *(_lost(ask, have) or _marked(ask, have)))
        for ask in ASKS
    ]
    return pd.DataFrame(rows, columns=["when", "where", "what", "state", "why"])


def _lost(ask: Ask, have: set[str]) -> tuple[str, str] | None:
    """Say why nobody marks it, if nobody does."""
    if not ask.when.startswith("Mon") and "five_days" not in have:
        return LOST, "marked on Monday only"
    if ask.ends == "gave_up":
        return None if "gave_up" in have else (LOST, "nobody at a desk hears it")
    if ask.post not in have:
        return LOST, "nobody marks there"
    later_as_booked = ask.ends == "later" and "booked" in have
    if ask.ends not in have and not later_as_booked:
        return LOST, "no column for it"
    return None


def _marked(ask: Ask, have: set[str]) -> tuple[str, str]:
    """Say how it is marked: as what it is, or as something else."""
    if ask.ends == "later" and "later" not in have:
        return BLURRED, "looks as if it had been met"
    if ask.again and "again" not in have:
        return BLURRED, "looks like a first ask"
    if ask.ends == "gave_up":
        return CAUGHT, "phone system"
    return CAUGHT, _SHORT[ask.ends] + (", with a dot" if ask.again else "")


_SHORT = {
    "booked": "a place",
    "later": "later: full",
    "done": "dealt with",
    "call_back": "call-back",
    "elsewhere": "elsewhere",
    "turned_away": "turned away",
}


def paper(parts: Collection[str]) -> pd.DataFrame:
    """Return the sheet to print, empty: a row a time band, a column an outcome, in their order.

    >>> paper(["call_back", "booked"]).columns.tolist()
    ['Time', 'Got a place, today or as wished', 'Call-back promised']
    """
    columns = [words for name, words in COLUMNS.items() if name in parts]
    return pd.DataFrame({"Time": BANDS, **{name: [""] * len(BANDS) for name in columns}})
