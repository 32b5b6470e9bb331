"""How long each appointment took, and with which clinician."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.errors import DataError
from pcqa_teach.measures import formats
from pcqa_teach.measures.outcomes import outcomes

_LONGEST = 180.0  # minutes; beyond it somebody forgot to close the appointment (our own mark)


def appointment_minutes(appts: pd.DataFrame) -> pd.DataFrame:
    """Return the minutes that each appointment took, a row each, with its clinician's code.

    The length is the file's own, or the time from being called in to leaving. Appointments that
    people came to are counted; lengths of nought or above 180 minutes (our own mark) are set aside
    as forgotten clicks.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it, with `clinician`, and `actual_min` or both of
        `sent_in_minute` and `left_minute`

    Returns
    -------
    frame of `clinician` (text), `gp` (yes or no; only where the file says who is one), `minutes`

    Raises
    ------
    DataError
        The file does not say who held an appointment, or how long it took.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> three = tidy(
    ...     date=["2026-03-09"] * 3, status=["Attended", "Attended", "DNA"],
    ...     clinician=["C-1", "C-2", "C-1"], actual_min=[12.0, 8.0, 0.0],
    ... )
    >>> appointment_minutes(three)["minutes"].tolist()
    [12.0, 8.0]
    """
    came = outcomes(appts).came
    who = formats.in_words(appts)
    if "clinician" not in appts or appts.loc[came, "clinician"].isna().all():
        raise DataError(
            f"{who} does not say which clinician held an appointment, so the variation between "
            "clinicians cannot be seen: bring a list of single appointments from the practice's "
            "own system."
        )
    minutes = _minutes(appts)
    kept = came & (minutes > 0) & (minutes <= _LONGEST) & appts["clinician"].notna().to_numpy()
    if not kept.any():
        raise DataError(
            f"{who} does not say how long appointments took: ask for a report with the actual "
            "duration, or with the times of being called in and of leaving."
        )
    rows = appts.loc[kept]
    found = pd.DataFrame({"clinician": rows["clinician"].astype("str").to_numpy(dtype=object)})
    if "hcp_type" in rows:
        found["gp"] = (rows["hcp_type"] == "GP").to_numpy(dtype=bool)
    found["minutes"] = minutes[kept]
    return found


def _minutes(appts: pd.DataFrame) -> Floats:
    """Give the length of each row in minutes; missing where the file does not say."""
    given: Floats = np.full(len(appts), np.nan)
    if "actual_min" in appts:
        given = appts["actual_min"].to_numpy(dtype=np.float64, na_value=np.nan)
    elif {"sent_in_minute", "left_minute"} <= set(appts.columns):
        start, end = (
            appts[name].to_numpy(dtype=np.float64, na_value=np.nan)
            for name in ("sent_in_minute", "left_minute")
        )
        given = end - start
    return given
