"""Counts of each practice in a table of appointments, a row a practice."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.measures.outcomes import outcomes

_LONG = ("15 to 21 Days", "22 to 28 Days", "More than 28 Days")


def practice_counts(appts: pd.DataFrame, name: str = "all") -> pd.DataFrame:
    """Return a row a practice: appointments whose day has passed, and how many of each sort.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    name : what to call the practice of a file that does not say whose it is

    Returns
    -------
    frame of `practice`, `appointments`, `attended`, `dna`, `unknown` and, where the file says so,
    `same_day`, `over_14` (booked more than 14 days ahead), `telephone` and `telephone_missed`

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> five = tidy(
    ...     date=["2026-03-09"] * 5, count=[90, 6, 4, 45, 5],
    ...     status=["Attended", "DNA", "Unknown", "Attended", "DNA"],
    ...     practice=["G-1", "G-1", "G-1", "G-2", "G-2"],
    ... )
    >>> practice_counts(five)[["appointments", "dna", "unknown"]].values.tolist()
    [[100, 6, 4], [50, 5, 0]]
    """
    found, count = outcomes(appts), appts["count"].to_numpy()
    groups = {
        "appointments": found.expected,
        "attended": found.came,
        "dna": found.missed,
        "unknown": found.unknown,
    }
    if "booking_gap" in appts:
        gap = appts["booking_gap"].astype(object)
        groups["same_day"] = found.expected & (gap == "Same Day").to_numpy(dtype=bool)
        groups["over_14"] = found.expected & gap.isin(_LONG).to_numpy(dtype=bool)
    if "mode" in appts:
        phoned = (appts["mode"].astype(object) == "Telephone").to_numpy(dtype=bool)
        groups["telephone"] = found.expected & phoned
        groups["telephone_missed"] = found.missed & phoned
    frame = pd.DataFrame({key: np.where(rows, count, 0) for key, rows in groups.items()})
    several = "practice" in appts and len(appts["practice"].dropna().unique()) > 1
    frame["practice"] = appts["practice"].astype(object).to_numpy() if several else name
    counted = frame.dropna(subset="practice").groupby("practice", as_index=False).sum()
    return counted[counted["appointments"] > 0].reset_index(drop=True)
