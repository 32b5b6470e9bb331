"""What of a failure-demand assessment may leave the practice."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.demand import pooling, sharing
from pcqa_teach.demand.failure import FailureDemand
from pcqa_teach.demand.failure_frames import EITHER

OTHERS = "other causes together"


def pooled(found: FailureDemand) -> pd.DataFrame:
    """Return the causes with the small ones added into one row."""
    rows = pooling.pooled(found.causes, "cause", OTHERS, found.effective_n)
    return rows.assign(lever=rows["lever"].fillna(EITHER))


def too_few(found: FailureDemand) -> bool:
    """Say whether failure demand, or the rest, is too small a number to share."""
    return bool(sharing.small(found.failures) or sharing.small(found.n - found.failures))


def levers(found: FailureDemand) -> pd.DataFrame:
    """Return failure demand by who holds the lever; empty where a number would be too small."""
    rows = found.shares.iloc[2:]
    rows = rows.assign(lever=rows["kind"].str.removeprefix("failure demand: "))
    small = bool(sharing.small(rows["count"].to_numpy()).any())
    return rows.iloc[:0] if small or too_few(found) else rows
