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
    if lacking:
        raise DataError(
            f"This is not a table of appointments as pcqa.read gives it: column '{lacking[0]}' is "
            "missing. Read the export with pcqa.read first."
        )
    if not len(appts):
        raise DataError("There are no appointments in this table: read an export that holds some.")


def _passed(appts: pd.DataFrame) -> tuple[Mask, Mask]:
    date, last = appts["date"].to_numpy(), np.datetime64(horizon(appts))
    return date < last, date <= last
