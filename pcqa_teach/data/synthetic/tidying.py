"""The appointment book as the kit's tidy frame, with pseudonyms in place of the invented ids."""

import hashlib

import numpy as np
import pandas as pd

from pcqa_teach.data.schema import GAP_STARTS, GAPS
from pcqa_teach.privacy import sealed

_PSEUDONYMS = {"clinician": ("clinician_id", "C"), "session": ("session_id", "S"),
               "slot_type": ("slot_type", "T"), "patient": ("patient_id", "P"),
               "usual_gp": ("usual_gp_id", "C")}  # fmt: skip


def codes(values: pd.Series, prefix: str) -> pd.Series:
    """Return a made-up code such as ``C-AAAAAAAAH4`` for each invented id; missing stays missing.

    Examples
    --------
    >>> codes(pd.Series(["C001", None, "C001"]), "C").nunique()
    1
    """
    number, distinct = pd.factorize(values)
    digests = [hashlib.blake2b(f"{prefix}\0{v}".encode(), digest_size=5).digest() for v in distinct]
    texts = [sealed(prefix, digest) for digest in digests]
    lookup = np.array([*texts, None], dtype=object)
    return pd.Series(lookup[number], index=values.index, name=values.name)


def gap_labels(days: pd.Series) -> pd.Series:
    """Return the national booking-gap label of each number of days; missing stays missing.

    Examples
    --------
    >>> gap_labels(pd.Series([0, 1, 7, 40], dtype="Int32")).tolist()
    ['Same Day', '1 Day', '2 to 7 Days', 'More than 28 Days']
    """
    known = days.fillna(0).to_numpy(dtype=int)
    place = np.searchsorted(GAP_STARTS, known, side="right") - 1
    return pd.Series(np.array(GAPS, dtype=object)[place], index=days.index).mask(days.isna())


def tidy(slots: pd.DataFrame) -> pd.DataFrame:
    """Return slots in the tidy schema: one row a slot, pseudonyms for everybody.

    Columns: date, period, status, count, source, start_minute, booking_gap, booking_gap_days, mode,
    hcp_type, category, planned_min, actual_min, arrived_minute, sent_in_minute, left_minute,
    age_band, practice, clinician, session, slot_type, patient, usual_gp.
    """
    frame = pd.DataFrame(
        {
            "date": slots["date"],
            "period": "day",
            "status": slots["status"],
            "count": 1,
            "source": "tidy",
            "start_minute": slots["start_minute"],
            "booking_gap": gap_labels(slots["booking_gap_days"]),
            "booking_gap_days": slots["booking_gap_days"],
            "mode": slots["mode"],
            "hcp_type": slots["hcp_type"],
            "category": slots["category"],
            "planned_min": slots["planned_min"],
            "actual_min": slots["actual_min"],
            "arrived_minute": slots["arrived_minute"],
            "sent_in_minute": slots["sent_in_minute"],
            "left_minute": slots["left_minute"],
            "age_band": slots["age_band"],
            "practice": codes(pd.Series("G001", index=slots.index), "G"),
        }
    )
    for name, (column, prefix) in _PSEUDONYMS.items():
        frame[name] = codes(slots[column], prefix)
    return frame.reset_index(drop=True)


def cut(frame: pd.DataFrame, first: str, last: str) -> pd.DataFrame:
    """Return the rows dated from ``first`` to ``last``, both included."""
    within = (frame["date"] >= pd.Timestamp(first)) & (frame["date"] <= pd.Timestamp(last))
    return frame[within].reset_index(drop=True)
