"""Small rows of a table of shares, added into one row that may be shared."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.demand import sharing
from pcqa_teach.demand.ratios import wilson


def pooled(rows: pd.DataFrame, name: str, others: str, n: float) -> pd.DataFrame:
    """Return the rows with the small ones added into one, which is never small itself.

    Parameters
    ----------
    rows : `name`, count, share, lower, upper; another column keeps its value where the rows that
        are added agree on it, and is blank where they do not
    name : the column that names the rows
    others : what the one row is called
    n : what the shares are of, for the interval

    Examples
    --------
    >>> five = pd.DataFrame({"cause": list("abcd"), "count": [9, 6, 3, 2], "share": 5.0})
    >>> pooled(five, "cause", "others", 200.0)["cause"].tolist()
    ['a', 'b', 'others (2)']
    """
    taken = sharing.gathered(rows["count"].to_numpy(dtype="float64"))
    if not taken.any():
        return rows
    rest = rows[taken]
    row = {
        column: rest[column].iloc[0] if len(rest[column].unique()) == 1 else None
        for column in rows.columns
    }
    share = float(rest["share"].sum())
    low, high = wilson(share / 100, n)
    row |= {name: f"{others} ({len(rest)})", "count": int(rest["count"].sum()), "share": share}
    row |= {"lower": 100 * float(low), "upper": 100 * float(high)}
    return pd.concat([rows[~taken], pd.DataFrame([row])], ignore_index=True)
