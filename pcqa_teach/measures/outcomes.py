"""What became of each slot: one place that says which status counts as what.

| group | statuses |
|---|---|
| came | Attended; Walked out (the person came: OpenSAFELY's attended-like set holds it too) |
| missed | DNA |
| unknown | Unknown; and Booked on a day that has passed (our assumption: nobody closed it) |
| unused | Available on a day that has passed |

Booked on a later day has not happened yet. Cancelled and Blocked slots are in no group: the person
was not expected, or the slot was never on offer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError
from pcqa_teach.measures.formats import in_words

Mask = NDArray[np.bool_]

_NEEDED = ("date", "period", "status", "count")


@dataclass(frozen=True)
class Outcomes:
    """One mask a group, each as long as the table."""

    came: Mask
    missed: Mask
    unknown: Mask
    stale: Mask
    unused: Mask

    @property
    def expected(self) -> Mask:
        """Appointments whose day has passed: the person came, did not come, or nobody noted it."""
        return self.came | self.missed | self.unknown


def outcomes(appts: pd.DataFrame) -> Outcomes:
    """Sort the rows of a tidy table into what became of them.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> rows = {"Attended": "2026-05-11", "DNA": "2026-05-12", "Booked": "2026-05-11"}
    >>> sorted_out = outcomes(tidy(date=rows.values(), status=rows.keys()))
    >>> sorted_out.unknown.tolist()  # still marked Booked on a day that has passed
    [False, False, True]
    """
    check(appts)
    status = appts["status"].astype("str").to_numpy(dtype=object)
    before, upto = _passed(appts)
    stale = (status == "Booked") & before
    return Outcomes(
        came=(status == "Attended") | (status == "Walked out"),
        missed=status == "DNA",
        unknown=((status == "Unknown") & upto) | stale,
        stale=stale,
        unused=(status == "Available") & upto,
    )


def told(appts: pd.DataFrame, what: str) -> Outcomes:
    """Return what became of each slot, of a table that says it of any.

    Raises
    ------
    DataError
        No row came and none was missed: a table of slots taken, or of appointments without outcome.
    """
    found = outcomes(appts)
    if not (found.came | found.missed).any():
        raise DataError(
            f"{in_words(appts)} does not say what became of appointments, so {what} cannot be "
            "worked out: ask for the report that lists each slot with its status."
        )
    return found


def horizon(appts: pd.DataFrame) -> pd.Timestamp:
    """Return the last day with an outcome: what lies after it had not happened yet.

    The day comes from the table itself, so an old report gives the same answer next year.
    """
    check(appts)
    done = appts["status"].isin(["Attended", "DNA", "Walked out"])
    return pd.Timestamp((appts.loc[done, "date"] if done.any() else appts["date"]).max())


def check(appts: pd.DataFrame) -> None:
    """Refuse what is not a tidy table of appointments, or holds none."""
    lacking = [name for name in _NEEDED if name not in appts.columns]
    other = _other(appts) if lacking else ""
    if other:
        raise DataError(
            f"This is not a table of appointments but of {other}: choose an appointment export."
        )
    if lacking:
        raise DataError(
            f"This is not a table of appointments as pcqa.read gives it: column '{lacking[0]}' is "
            "missing. Read the export with pcqa.read first."
        )
    if not len(appts):
        raise DataError("There are no appointments in this table: read an export that holds some.")


def _other(frame: pd.DataFrame) -> str:
    """Say what a table that `pcqa.read` makes of other exports is of; empty if it is none."""
    from pcqa_teach.data.call_bands import is_call_bands
    from pcqa_teach.data.phones.schema import is_calls
    from pcqa_teach.data.requests import is_requests

    kinds = {
        "telephone calls": is_calls,
        "calls by stretch of the day": is_call_bands,
        "online requests": is_requests,
    }
    return next((words for words, fits in kinds.items() if fits(frame)), "")


def _passed(appts: pd.DataFrame) -> tuple[Mask, Mask]:
    date, last = appts["date"].to_numpy(), np.datetime64(horizon(appts))
    return date < last, date <= last


def known_of(found: Outcomes) -> bool:
    """Say whether a file tells of any appointment what became of it."""
    return bool((found.came | found.missed).any())
