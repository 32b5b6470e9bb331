"""How much of the book is planned care, and how long the work in it takes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.data.schema import PLANNED_CARE
from pcqa_teach.errors import DataError
from pcqa_teach.measures.formats import in_words
from pcqa_teach.measures.outcomes import outcomes
from pcqa_teach.measures.tally import finish, holiday_note, in_order, ratio, share, tally

_OF_NO_USE = ("Unmapped", "Unknown")
_LONGEST = 180.0  # minutes; beyond it somebody forgot to close the appointment (our own mark)


def planned_care_share(appts: pd.DataFrame, every: str | None = None) -> pd.DataFrame:
    """Return the share of appointments in national categories of planned care, in per cent.

    value = 100 x planned care / appointments whose day has passed and whose category is known

    Which categories are planned care (`PLANNED_CARE`: clinics, procedures, medication reviews, care
    homes, groups, social prescribing) is our own grouping. Practices map their slots to categories
    themselves: a new mapping looks like a change in care.

    Returns
    -------
    frame of `x`, `value` (0-100), `n`, `count`, `working_days`, `holiday`

    Raises
    ------
    DataError
        The file has no categories.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> week = tidy(
    ...     date=["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"],
    ...     status=["Attended"] * 5, count=[40, 30, 15, 10, 5],
    ...     category=["General Consultation Acute", "Planned Clinics", "General Consultation "
    ...               "Routine", "Structured Medication Review", "Unknown"],
    ... )
    >>> round(float(planned_care_share(week)["value"][0]), 1)  # 40 of 95
    42.1

    Source: NHS England, Appointments in General Practice (national slot categories).
    """
    if "category" not in appts or appts["category"].isna().all():
        raise DataError(
            f"{in_words(appts)} has no national categories, so the share of planned care cannot be "
            "worked out: ask for a report with the category of each slot."
        )
    category = appts["category"].astype(object)
    known = (category.notna() & ~category.isin(_OF_NO_USE)).to_numpy(dtype=bool)
    whole = outcomes(appts).expected & known
    about = {"measure": "planned_care_share", "title": "Appointments in planned care"}
    note = "Planned care: clinics, procedures, medication reviews, care homes, groups, social "
    note += "prescribing; our own grouping of the national categories."
    planned = whole & category.isin(PLANNED_CARE).to_numpy(dtype=bool)
    return share(appts, planned, whole, every=every, by=None, about=about, notes=[note])


def hours_a_day(appts: pd.DataFrame, every: str | None = None) -> pd.DataFrame:
    """Return the hours that people spent in appointments with clinicians per working day.

    value = minutes of appointments that people came to / 60 / working days of the period

    The length is the file's own (`actual_min`); where it is missing, nought or above 180 minutes (a
    forgotten click; our own mark), the mean of the period stands in for it.

    Returns
    -------
    frame of `x`, `value`, `n` (appointments that people came to), `working_days`, `holiday`

    Raises
    ------
    DataError
        The file does not say how long appointments took.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = pd.date_range("2026-03-09", periods=5)
    >>> week = tidy(date=days, status=["Attended"] * 5, count=[60] * 5, actual_min=[10.0] * 5)
    >>> hours_a_day(week)["value"].tolist()  # 3,000 minutes in 5 days
    [10.0]
    """
    found = outcomes(appts)
    if "actual_min" not in appts:
        raise DataError(_no_lengths(appts))
    given = appts["actual_min"].to_numpy(dtype=np.float64, na_value=np.nan)
    timed = found.came & (given > 0) & (given <= _LONGEST)
    if not timed.any():
        raise DataError(_no_lengths(appts))
    minutes = appts.assign(count=np.where(timed, given * appts["count"].to_numpy(), 0.0))
    total, _, _ = tally(minutes, {"minutes": timed}, every=every)
    frame, laid_out, _ = tally(appts, {"n": found.came, "timed": timed}, every=every)
    mean = ratio(total["minutes"], frame["timed"])
    frame["value"] = mean * frame["n"].where(frame["rows"] > 0) / 60
    frame["value"] = ratio(frame["value"], frame["working_days"])
    return finish(
        in_order(frame, None, "n"),
        measure="hours_a_day",
        title="Hours in appointments per working day",
        unit="hours a day",
        notes=["Lengths as the file has them.", *laid_out.notes, *holiday_note(frame, laid_out)],
        every=laid_out.every,
    )


def _no_lengths(appts: pd.DataFrame) -> str:
    return (
        f"{in_words(appts)} does not say how long appointments took, so hours cannot be worked "
        "out: ask for a report with the actual duration."
    )
