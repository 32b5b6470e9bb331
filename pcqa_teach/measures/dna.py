"""The share of appointments that were missed, with its denominator said."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.measures.outcomes import told
from pcqa_teach.measures.tally import share

_NOTES = {
    "in": "Denominator: all appointments whose day has passed, unknown ones too, as NHS England "
    "counts.",
    "out": "Denominator: appointments with a known outcome; unknown outcomes are left out.",
}
_TITLES = {
    "in": "Missed appointments (DNA)",
    "out": "Missed appointments (DNA), unknown left out",
}


def dna_rate(
    appts: pd.DataFrame, every: str | None = None, by: str | None = None, unknown: str = "in"
) -> pd.DataFrame:
    """Return the share of appointments that the person did not attend (DNA), in per cent.

    unknown="in":   value = 100 x DNA / (came + DNA + unknown)
    unknown="out":  value = 100 x DNA / (came + DNA)

    came: Attended or Walked out. unknown: status Unknown, or still Booked on a day that has passed.
    Cancelled, unused and blocked slots and later days are in neither. The national figures (GPAD)
    keep Unknown in; leaving it out gives the larger share. Neither is wrong: say which you used.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    every : {None, "day", "week", "month"}
        None: weeks of daily rows, months of monthly rows.
    by : str, optional
        A column to split by.
    unknown : {"in", "out"}

    Returns
    -------
    frame of `x`, `by`, `value` (0-100, missing where n is 0), `n` (the denominator),
    `count` (those missed), `working_days`, `holiday`; `attrs["pcqa"]` holds title, unit and notes.

    Raises
    ------
    DataError
        If `unknown` is neither word, or the table cannot be laid out in periods.

    Examples
    --------
    One week of 100: 90 came, 5 missed, 3 unknown, 2 cancelled.

    >>> from pcqa_teach.measures.tidy import tidy
    >>> week = tidy(
    ...     date=["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"],
    ...     status=["Attended", "DNA", "Unknown", "Cancelled", "Attended"],
    ...     count=[50, 5, 3, 2, 40],
    ... )
    >>> dna_rate(week)[["value", "n"]].round(2).values.tolist()  # 5 of 98
    [[5.1, 98.0]]
    >>> dna_rate(week, unknown="out")[["value", "n"]].round(2).values.tolist()  # 5 of 95
    [[5.26, 95.0]]

    Source: NHS England, Appointments in General Practice (status Attended, DNA, Unknown).
    """
    if unknown not in _NOTES:
        raise DataError(f"unknown='{unknown}' is not known: use unknown='in' or unknown='out'.")
    found = told(appts, "the share of missed appointments")
    whole = found.expected if unknown == "in" else found.came | found.missed
    about = {"measure": f"dna_rate_unknown_{unknown}", "title": _TITLES[unknown]}
    return share(
        appts, found.missed, whole, every=every, by=by, about=about, notes=[_NOTES[unknown]]
    )
