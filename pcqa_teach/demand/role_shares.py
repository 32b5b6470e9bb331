"""The right appointment by whoever held it: one share a role, small numbers held back."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.columns import table_of
from pcqa_teach.demand import given, sharing
from pcqa_teach.demand.appropriateness_frames import RIGHT, could_be_other, with_interval
from pcqa_teach.errors import DataError
from pcqa_teach.figures.table import Table, table
from pcqa_teach.sayings import between, fine_percent
from pcqa_teach.variation import held_back

FEW = 20  # appointments of a role below which no share is given: ours
_REST = "other roles together"


def role_shares(frame: pd.DataFrame, helper: str = "helper", seen: str = "seen") -> pd.DataFrame:
    """Return, by the role that held the appointment, in how many somebody else could have helped.

    Roles with fewer than 20 appointments are added into one row. A role, never a person: the kit
    has no column for who it was.

    Returns
    -------
    role, n, count, share, lower, upper (per cent, Wilson), most appointments first

    Raises
    ------
    DataError
        No role is written down, or a column is missing.

    Examples
    --------
    >>> rows = pd.DataFrame({"helper": ["right as it was"] * 30 + ["nurse"] * 10,
    ...                      "seen": ["GP"] * 40})
    >>> role_shares(rows)[["role", "n", "count", "share"]].values.tolist()
    [['GP', 40, 10, 25.0]]
    """
    table_of(frame, "appointments")
    if seen not in frame or not frame[seen].notna().any():
        raise DataError(
            "It is not written down who held the appointments, so roles cannot be set apart: fill "
            "in the column 'Seen by', with roles."
        )
    helpers, roles = (given.labels(frame, one, one) for one in (helper, seen))
    coded = np.array([a is not None and b is not None for a, b in zip(helpers, roles, strict=True)])
    rows = pd.DataFrame({"role": roles[coded], "other": could_be_other(helpers[coded], RIGHT)})
    size = rows.groupby("role")["other"].transform("size")
    rows["role"] = rows["role"].where(size >= FEW, _REST)
    sums = rows.groupby("role")["other"].agg(["size", "sum"]).reset_index()
    out = pd.DataFrame({"role": sums["role"], "n": sums["size"], "count": sums["sum"].astype(int)})
    out = with_interval(out, out["n"].to_numpy())
    last = out["role"].eq(_REST)
    return out.assign(last=last).sort_values(["last", "n"], ascending=[True, False],
                                             ignore_index=True).drop(columns="last")  # fmt: skip


def role_table(rows: pd.DataFrame) -> Table:
    """Show `role_shares` as it may be shared: small counts, and what gives them away, held back.

    >>> rows = pd.DataFrame({"role": ["GP", "nurse"], "n": [40, 30], "count": [10, 2],
    ...                      "share": [25.0, 6.7], "lower": [14.2, 1.8], "upper": [40.2, 21.3]})
    >>> role_table(rows)
    Traceback (most recent call last):
        ...
    pcqa_teach.errors.DataError: In every role the counts are too small to be shown: code more.
    """
    counts = pd.DataFrame({"other": rows["count"], "right": rows["n"] - rows["count"]})
    held = held_back(counts).to_numpy().any(axis=1)
    if held.all():
        raise DataError("In every role the counts are too small to be shown: code more.")
    ends = zip(rows["share"], rows["lower"], rows["upper"], strict=True)
    said = [f"{fine_percent(share)} ({between(low, high)})" for share, low, high in ends]
    frame = pd.DataFrame(
        {
            "Held by": rows["role"],
            "Appointments coded": [f"{one:,}" for one in rows["n"]],
            "Somebody else could have helped": sharing.cells(
                rows["count"].to_numpy(dtype="float64"), held
            ),
            "Share (95% interval)": np.where(held, "-", said),
        }
    )
    return table(
        frame, "By the role that held the appointment: what was coded, not who is to blame"
    )
