"""The frames of a failure-demand assessment, and what of them may leave the practice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, Floats
from pcqa_teach.columns import column
from pcqa_teach.demand import given, sharing
from pcqa_teach.demand.given import Texts
from pcqa_teach.demand.ratios import with_interval
from pcqa_teach.errors import DataError

if TYPE_CHECKING:
    from pcqa_teach.demand.failure import FailureDemand

VALUE = "value"
LEVERS = {
    "failure-practice": "practice",
    "failure-system": "wider system",
    "failure": "not yet known",
}
CODES = f"'{VALUE}', {', '.join(repr(code) for code in LEVERS)}"
NOT_SAID = "cause not written down"
EITHER = "both, or mixed"
OTHERS = "other causes together"


def weights(channels: Texts | None, mix: Any, n: int) -> Floats:
    """Weight each coded contact, so that channels count as in the practice."""
    if mix is None:
        return np.ones(n)
    if channels is None:
        raise DataError("channel_mix needs the contacts' channels: name their column as channel=.")
    wanted = pd.Series(given.weights(mix, "channel_mix"))
    found = pd.Series(channels, dtype="object")
    strangers = int((~found.isin(wanted.index)).sum())
    if strangers:
        raise DataError(
            f"{strangers:,} coded contact{'' if strangers == 1 else 's'} came by a channel that "
            "channel_mix does not name: add every channel to it."
        )
    counts = found.value_counts().reindex(wanted.index, fill_value=0)
    lacking = wanted.index[counts == 0]
    if len(lacking):
        raise DataError(
            f"channel_mix names '{lacking[0]}', but no coded contact came that way: code some, or "
            "leave it out and say so."
        )
    return np.asarray(found.map(wanted / counts), dtype="float64")


def shares(failed: Bools, lever: Texts, weight: Floats, effective: float) -> pd.DataFrame:
    """Return value demand, failure demand and failure demand by lever, with intervals."""
    masks = {"value demand": ~failed, "failure demand": failed}
    masks |= {f"failure demand: {one}": lever == one for one in LEVERS.values()}
    known = {k: m for k, m in masks.items() if m.any() or "not yet" not in k}
    frame = pd.DataFrame(
        {
            "kind": list(known),
            "count": [int(mask.sum()) for mask in known.values()],
            "n": len(failed),
        }
    )
    parts = [weight[mask].sum() / weight.sum() for mask in known.values()]
    return with_interval(frame, parts, effective)


def causes(
    contacts: pd.DataFrame,
    cause: str | None,
    coded: Bools,
    lever: Texts,
    weight: Floats,
    effective: float,
) -> pd.DataFrame:
    """Return the causes of failure demand, largest first, and who holds each one's lever."""
    columns = ["cause", "lever", "count", "share", "lower", "upper"]
    failed = np.array([one is not None for one in lever])
    if cause is None or not failed.any():
        if cause is not None:
            column(contacts, cause, "the cause")
        return pd.DataFrame(columns=columns)
    said = pd.Series(given.labels(contacts, cause, "the cause")[coded][failed], dtype="object")
    rows = pd.DataFrame(
        {"cause": said.fillna(NOT_SAID), "lever": lever[failed], "weight": weight[failed]}
    )
    sums = rows.groupby("cause")["weight"].agg(["size", "sum"]).rename(columns={"size": "count"})
    held = pd.crosstab(rows["cause"], rows["lever"])
    most = held.eq(held.max(axis=1), axis=0)
    sums["lever"] = held.idxmax(axis=1).where(most.sum(axis=1) == 1, EITHER)
    frame = with_interval(sums.reset_index(), sums["sum"] / weight.sum(), effective)
    return frame.sort_values(["share", "cause"], ascending=[False, True], ignore_index=True)[
        columns
    ]


def channels(channels: Texts | None, failed: Bools, mix: Any) -> pd.DataFrame:
    """Return contacts and failure demand channel by channel."""
    if channels is None:
        return pd.DataFrame(columns=["channel", "n", "failures", "share", "lower", "upper"])
    names = pd.Series(channels, dtype="object").fillna("channel not written down")
    grouped = pd.Series(failed).groupby(names.to_numpy()).agg(["size", "sum"])
    frame = pd.DataFrame(
        {"channel": grouped.index, "n": grouped["size"].array, "failures": grouped["sum"].array}
    )
    frame = with_interval(frame, frame["failures"] / frame["n"], frame["n"].to_numpy())
    if mix is not None:
        wanted = pd.Series(given.weights(mix, "channel_mix"))
        frame["mix"] = 100 * frame["channel"].map(wanted / wanted.sum())
    return frame.sort_values("n", ascending=False, kind="stable", ignore_index=True)


def coders(name: str, codes: Texts, second: str | None, second_codes: Texts | None) -> pd.DataFrame:
    """Return each coder's own share of failure demand; of two, among the cases that both coded."""
    columns = {name: pd.Series(codes, dtype="object")}
    if second is not None and second_codes is not None:
        columns[second] = pd.Series(second_codes, dtype="object")
        both = columns[name].notna() & columns[second].notna()
        columns = {who: one[both] for who, one in columns.items()} if both.any() else columns
    known = {who: one.dropna() for who, one in columns.items()}
    frame = pd.DataFrame({"coder": list(known), "n": [len(one) for one in known.values()]})
    shares = [float((one != VALUE).mean()) for one in known.values()]
    return with_interval(frame, shares, frame["n"].to_numpy())


def pooled(found: FailureDemand) -> pd.DataFrame:
    """Return the causes with the small ones added into one row."""
    rows = sharing.pooled(found.causes, "cause", OTHERS, found.effective_n)
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
