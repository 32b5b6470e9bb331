"""One count of missed appointments, three shares: by what becomes of the unknown outcomes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.columns import amounts, table_of
from pcqa_teach.errors import DataError

PARTS = ("came", "missed", "unknown")


def missed_shares(frame: pd.DataFrame, name: str = "name") -> pd.DataFrame:
    """Return the share of missed appointments by each denominator, a row a practice.

    counted  = 100 x missed / (came + missed + unknown), as NHS England counts
    left_out = 100 x missed / (came + missed)
    most     = 100 x (missed + unknown) / (came + missed + unknown)

    The true share lies between `counted`, were nobody among the unknown to have missed, and `most`,
    were all of them. Leaving the unknown out takes it that they are like the rest.

    Parameters
    ----------
    frame : table with the columns `came`, `missed` and `unknown`, and one that names the rows
    name : str
        The column with the names.

    Returns
    -------
    frame of `name`, `came`, `missed`, `unknown`, `n`, `counted`, `left_out`, `most` and
    `unknown_share`, in per cent; missing where there is nothing to divide by.

    Raises
    ------
    DataError
        If a column is missing, or holds what is no count.

    Examples
    --------
    >>> week = pd.DataFrame({"name": ["week"], "came": [90], "missed": [4], "unknown": [6]})
    >>> missed_shares(week)[["counted", "left_out", "most"]].round(1).values.tolist()
    [[4.0, 4.3, 10.0]]

    Source: NHS England, Appointments in General Practice (status Attended, DNA, Unknown).
    """
    rows = table_of(frame, "missed appointments")
    if name not in rows.columns:
        raise DataError(f"There is no column '{name}' to name the rows by: say which with name=.")
    came, missed, unknown = (amounts(rows, part, part) for part in PARTS)
    whole = came + missed + unknown
    shares = {
        "counted": (missed, whole),
        "left_out": (missed, came + missed),
        "most": (missed + unknown, whole),
        "unknown_share": (unknown, whole),
    }
    found = pd.DataFrame({"name": rows[name].astype("str").to_numpy(dtype=object)})
    for part, values in zip(PARTS, (came, missed, unknown), strict=True):
        found[part] = values.astype("int64")
    found["n"] = whole.astype("int64")
    for share, (some, of) in shares.items():
        out = np.full(len(found), np.nan)
        np.divide(100 * some, of, out=out, where=of > 0)
        found[share] = out
    return found
