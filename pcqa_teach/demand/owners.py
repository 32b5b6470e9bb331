"""Who takes a cause on: the causes of failure demand, their lever and minutes, and an owner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.demand.failure import FailureDemand
from pcqa_teach.demand.failure_frames import NOT_SAID, OTHERS, pooled, too_few
from pcqa_teach.demand.prize import Prize
from pcqa_teach.errors import DataError
from pcqa_teach.figures.table import Table, table
from pcqa_teach.sayings import counted, rough

NOBODY = "to be named"
OTHER = "other"
_FIRST = {
    "practice": "here: who does this step today?",
    "wider system": "beyond the practice: whom could two of you ring?",
}


def owner_table(found: FailureDemand, prize: Prize | None = None, owners: Any = None) -> Table:
    """Return the causes with their lever, contacts and minutes a week, and who takes each on.

    An owner is a role, never a name: others will see the table. A lever is no verdict; it says who
    could change how it is done.

    Parameters
    ----------
    found : the assessment, with its causes
    prize : its minutes a week; None where they are not known
    owners : roles by cause, as ``{"results": "practice manager"}``; optional

    Raises
    ------
    DataError
        No cause was written down, there are too few to share, or `owners` names an unknown cause.

    Examples
    --------
    >>> from pcqa_teach.demand.failure import failure_demand
    >>> rows = {"code": ["value"] * 20 + ["failure-practice"] * 10,
    ...         "cause": [None] * 20 + ["results"] * 10}
    >>> found = failure_demand(pd.DataFrame(rows), cause="cause")
    >>> shown = owner_table(found, owners={"results": "reception lead"}).frame
    >>> shown[["Cause", "Contacts tallied", "Owner (a role)"]].values.tolist()
    [['Results', '10', 'reception lead']]
    """
    if too_few(found) or not len(found.causes):
        raise DataError("No cause was written down often enough to share, so there is none to own.")
    rows = pooled(found)
    named = _owners(owners, found.causes["cause"].tolist())
    minutes = {} if prize is None else dict(zip(prize.rows["name"], prize.rows["minutes"],
                                                strict=True))  # fmt: skip
    frame = pd.DataFrame(
        {
            "Cause": [_begun(one) for one in rows["cause"]],
            "Lever": np.where(
                [_nobody(one) == "-" for one in rows["cause"]],
                "-",
                rows["lever"].map(_FIRST).fillna("not known, or both: who could say?"),
            ),
            "Contacts tallied": [f"{one:,}" for one in rows["count"]],
            "Minutes a week": [rough(minutes[one]) if one in minutes else "-"
                               for one in rows["cause"]],
            "Owner (a role)": [named.get(one.casefold(), _nobody(one)) for one in rows["cause"]],
        }
    )  # fmt: skip
    return table(frame, "Causes, and who takes each on")


def cause_counts(found: FailureDemand) -> dict[str, int]:
    """Return contacts by cause, small causes added into one, as a Pareto chart takes them.

    Raises
    ------
    DataError
        No cause was written down, or there are too few to share.
    """
    if too_few(found) or not len(found.causes):
        raise DataError("No cause was written down often enough to share, so none is put in order.")
    rows = pooled(found)
    return {str(name): int(n) for name, n in zip(rows["cause"], rows["count"], strict=True)}


def _begun(cause: str) -> str:
    return cause[:1].upper() + cause[1:]


def _nobody(cause: str) -> str:
    held = cause.startswith(OTHERS) or cause in (NOT_SAID, OTHER)
    return "-" if held else NOBODY


def _owners(owners: Any, causes: list[str]) -> dict[str, str]:
    if owners is None:
        return {}
    if not isinstance(owners, Mapping):
        raise DataError(
            "Each cause needs its owner beside it: write them in the set-up cell as its example "
            "shows, the cause first and then a role."
        )
    known = {one.casefold() for one in causes}
    strange = [name for name in owners if str(name).casefold() not in known]
    if strange:
        be = "is" if len(strange) == 1 else "are"
        raise DataError(
            f"The list of owners names {counted(len(strange), 'cause')} that {be} not in this "
            "tally: write each cause as the table of causes does."
        )
    return {str(name).casefold(): str(role) for name, role in owners.items()}
