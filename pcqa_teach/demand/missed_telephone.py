"""Missed calls are not missed visits: telephone appointments told apart, or left out."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.demand.missed_mix import MissedMix
from pcqa_teach.errors import DataError
from pcqa_teach.sayings import tenths

_NO_MODE = (
    "This file does not say which appointments were by telephone, so they cannot be left out: give "
    "telephone=True, and ask how a call that nobody answers is recorded."
)
_ASK = (
    "A call that nobody answers may be marked as missed, and each attempt once more: ask how it is "
    "done here."
)


def without_telephone(appts: pd.DataFrame) -> pd.DataFrame:
    """Return the appointments that were not by telephone.

    Raises
    ------
    DataError
        The file does not say, or nothing is left.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> two = tidy(date=["2026-03-09"] * 2, status=["DNA"] * 2, mode=["Telephone", "Home Visit"])
    >>> without_telephone(two)["mode"].tolist()
    ['Home Visit']
    """
    if "mode" not in appts.columns:
        raise DataError(_NO_MODE)
    kept = appts[appts["mode"] != "Telephone"]
    if kept.empty:
        raise DataError("All appointments in this file were by telephone: give telephone=True.")
    return kept


def telephone_said(found: MissedMix) -> str:
    """Say how the share of missed telephone appointments lies beside that of the others.

    Parameters
    ----------
    found : what `standardise(appts, "mode")` returns
    """
    rows = found.shown.set_index("group")
    if "Telephone" not in rows.index or "Face-to-Face" not in rows.index:
        return f"Too few telephone or face-to-face appointments were missed to compare them. {_ASK}"
    phone, here = (float(rows["adjusted"][one]) for one in ("Telephone", "Face-to-Face"))
    return (
        f"On the same mix {tenths(phone)} of the telephone appointments are marked as missed, and "
        f"{tenths(here)} of those face to face. {_ASK}"
    )
