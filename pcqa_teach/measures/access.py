"""How long before the day people's appointments were booked."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.measures.outcomes import outcomes, told
from pcqa_teach.measures.periods import granularity, span
from pcqa_teach.measures.tally import check_split, finish, ratio, require, share

_NO_GAP = (
    "This file does not say how long before the day appointments were booked: ask for the report "
    "with the booking date, or with the time between booking and appointment."
)
_NO_BOOKED = (
    "This file counts whole months and has no 'Booked' status, so slots left 'Booked' in the past "
    "cannot be seen: bring a practice's own appointment report."
)


def same_day_share(
    appts: pd.DataFrame, every: str | None = None, by: str | None = None, unknown: str = "in"
) -> pd.DataFrame:
    """Return the share of appointments that were booked on the day itself, in per cent.

    value = 100 x booked the same day / appointments whose day has passed

    unknown="in" keeps appointments of unknown booking gap in the denominator, as national shares
    do; "out" leaves them out. A high share is not good by itself: some people need today, others
    a day that suits them.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it, with `booking_gap`
    every : {None, "day", "week", "month"}
    by : str, optional
    unknown : {"in", "out"}

    Returns
    -------
    frame of `x`, `by`, `value` (0-100, missing where n is 0), `n`, `count`, `working_days`,
    `holiday`.

    Raises
    ------
    DataError
        If the file does not know when appointments were booked.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> week = tidy(
    ...     date=["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"],
    ...     status=["Attended"] * 4 + ["DNA"],
    ...     count=[40, 10, 20, 10, 20],
    ...     booking_gap=["Same Day", "1 Day", "2 to 7 Days", "Unknown", "8 to 14 Days"],
    ... )
    >>> float(same_day_share(week)["value"][0])  # 40 of 100
    40.0
    >>> round(float(same_day_share(week, unknown="out")["value"][0]), 1)  # 40 of 90
    44.4

    Source: NHS England, Appointments in General Practice (time between booking and appointment).
    """
    require(appts, "booking_gap", _NO_GAP)
    if unknown not in ("in", "out"):
        raise DataError(f"unknown='{unknown}' is not known: use unknown='in' or unknown='out'.")
    whole = outcomes(appts).expected
    gap = appts["booking_gap"]
    known = ((gap != "Unknown") & gap.notna()).to_numpy(dtype=bool)
    if not (whole & known).any():
        raise DataError(_NO_GAP)
    whole = whole & known if unknown == "out" else whole
    same = (gap == "Same Day").to_numpy(dtype=bool) & whole
    about = {
        "measure": f"same_day_share_unknown_{unknown}",
        "title": "Appointments booked on the day itself",
    }
    tail = "kept in" if unknown == "in" else "left out"
    note = (
        "Denominator: all appointments whose day has passed, missed ones too; unknown booking "
        f"gaps {tail}."
    )
    return share(appts, same, whole, every=every, by=by, about=about, notes=[note])


def booking_gap(appts: pd.DataFrame, by: str | None = None) -> pd.DataFrame:
    """Return how appointments are spread over the booking gaps, in per cent.

    value = 100 x appointments with this gap / all appointments whose day has passed

    The gap is the days from booking to appointment. It is not the wait that people felt: it holds
    follow-ups planned for a later day, and nobody who could not book at all.

    Returns
    -------
    frame of the `by` column if asked, `gap` (in order, Unknown last), `count`, `value`, `n`.

    Raises
    ------
    DataError
        If the file does not know when appointments were booked.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> five = tidy(
    ...     date=["2026-03-09"] * 5,
    ...     status=["Attended"] * 5,
    ...     booking_gap=["Same Day", "Same Day", "1 Day", "2 to 7 Days", "Unknown"],
    ... )
    >>> booking_gap(five).query("count > 0")[["gap", "value"]].values.tolist()
    [['Same Day', 40.0], ['1 Day', 20.0], ['2 to 7 Days', 20.0], ['Unknown', 20.0]]
    """
    require(appts, "booking_gap", _NO_GAP)
    if by is not None:
        check_split(appts, by)
        if by in ("booking_gap", "count"):
            raise DataError(f"A booking gap cannot be split by '{by}': name another column.")
    rows = appts[outcomes(appts).expected]
    if not rows["booking_gap"].ne("Unknown").any():
        raise DataError(_NO_GAP)
    keys = ["booking_gap"] if by is None else [by, "booking_gap"]
    counted = rows.groupby(keys, observed=False)["count"].sum().rename("count").reset_index()
    frame = counted.rename(columns={"booking_gap": "gap"})
    if by is None:
        frame["n"] = frame["count"].sum()
    else:
        frame["n"] = frame.groupby(by, observed=False)["count"].transform("sum")
        frame = frame[frame["n"] > 0].reset_index(drop=True)
    frame["value"] = 100 * ratio(frame["count"], frame["n"])
    split = [] if by is None else [by]
    return finish(
        frame[[*split, "gap", "count", "value", "n"]],
        measure="booking_gap",
        title="Days between booking and appointment",
        unit="%",
        notes=[f"Every appointment whose day has passed, missed ones included, {span(rows)}."],
    )


def booked_in_past(
    appts: pd.DataFrame, every: str | None = None, by: str | None = None
) -> pd.DataFrame:
    """Return the share of appointments still marked Booked although their day has passed.

    value = 100 x still Booked / appointments whose day has passed

    Past is before the table's last day with a recorded outcome. NHS England asks practices to
    close such slots: nobody can tell whether these people came.

    Raises
    ------
    DataError
        If the file counts months (national files have no Booked status).

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> marks = ["Booked", "Attended", "Attended", "DNA", "Attended"]
    >>> booked_in_past(tidy(date=days, status=marks))["value"].tolist()  # 1 of 5
    [20.0]

    Source: NHS England, data quality guidance for general practice (appointment status).
    """
    if granularity(appts) == "month":
        raise DataError(_NO_BOOKED)
    found = told(appts, "the share still marked Booked")
    about = {"measure": "booked_in_past", "title": "Past appointments still marked Booked"}
    note = "Past: before the last day with a recorded outcome."
    return share(appts, found.stale, found.expected, every=every, by=by, about=about, notes=[note])
