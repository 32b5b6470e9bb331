"""Calls are not people: who rings again within half an hour is one person, asking again."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Ints

WITHIN = 30.0  # minutes
NUMBERS, LINKED = "caller", "redial_of"  # how redials are known


def chains(start: pd.Series, caller: pd.Series, within_minutes: float = WITHIN) -> Ints:
    """Return the number of each call's chain: calls of one number, none long after the one before.

    A call without a number is a chain of its own. Numbers go by first calls, from 0.

    Examples
    --------
    >>> times = pd.Series(pd.to_datetime(["2025-03-03 08:00", "2025-03-03 08:02",
    ...     "2025-03-03 08:20", "2025-03-03 09:30", "2025-03-03 09:31"]))
    >>> chains(times, pd.Series(["a", None, "a", "a", None])).tolist()
    [0, 1, 0, 2, 3]
    """
    number, _ = pd.factorize(caller.astype(object))
    number = np.where(number < 0, -1 - np.arange(len(number)), number)
    table = pd.DataFrame({"caller": number, "start": pd.Series(start).to_numpy()})
    order = table.sort_values(["caller", "start"], kind="stable")
    gap = order.groupby("caller", sort=False)["start"].diff()
    new = (gap.isna() | (gap > pd.Timedelta(minutes=within_minutes))).to_numpy()
    found = np.empty(len(table), dtype=np.int64)
    found[order.index.to_numpy()] = np.cumsum(new) - 1
    by_first = table.assign(chain=found).sort_values("start", kind="stable")["chain"]
    rank = np.empty(by_first.nunique(), dtype=np.int64)
    rank[by_first.unique()] = np.arange(len(rank))
    return np.asarray(rank[found])


def linked(call_id: pd.Series, redial_of: pd.Series) -> pd.Series:
    """Return a number for each call, the same for all that repeat one another, if indirectly.

    Links are followed whichever way the log is sorted; one to a call that is not in it is none.

    Examples
    --------
    >>> linked(pd.Series([3, 2, 9, 1]), pd.Series([2, 1, None, None])).tolist()
    [3, 3, 2, 3]
    """
    codes, names = pd.factorize(call_id.astype(object))
    nodes = np.where(codes < 0, len(names) + np.arange(len(codes)), codes).tolist()
    parent = list(range(len(names) + len(codes)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = node = parent[parent[node]]
        return node

    origin = names.get_indexer(pd.Index(redial_of.astype(object)))
    for node, before in zip(nodes, origin, strict=True):
        if before >= 0:
            parent[root(node)] = root(int(before))
    return pd.Series([root(node) for node in nodes])


def people_of(
    rows: pd.DataFrame,
    when: pd.Series,
    single: bool,
    *,
    caller: str = NUMBERS,
    redial_of: str = LINKED,
    minutes: float = WITHIN,
) -> tuple[Ints | None, str | None, np.ndarray]:
    """Return the chain of each call, how it is known, and which calls cannot be linked.

    Numbers go before links; a table that counts calls (not `single`) has neither, nor has one whose
    links name no call of it.
    """
    nobody = np.zeros(len(rows), dtype=bool)
    if single and caller in rows and rows[caller].notna().any():
        withheld = rows[caller].isna().to_numpy()
        return chains(when, rows[caller].reset_index(drop=True), minutes), NUMBERS, withheld
    if single and redial_of in rows and "call_id" in rows:
        links = rows[redial_of].dropna()
        if len(links) and not links.isin(rows["call_id"]).any():
            return None, None, nobody  # the two columns do not speak of the same calls
        person = linked(rows["call_id"], rows[redial_of])
        return chains(when, person, minutes), LINKED, nobody
    return None, None, nobody


def begins_chain(start: pd.Series, chain: Ints) -> np.ndarray:
    """Return which calls are the first of their chain."""
    table = pd.DataFrame({"start": pd.Series(start).to_numpy(), "chain": chain})
    first = table.sort_values("start", kind="stable").drop_duplicates("chain").index
    return np.isin(np.arange(len(table)), first)
