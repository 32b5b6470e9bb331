"""The frames of a coded sample of appointments: shares, roles, modes, coders, minutes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Bools, number
from pcqa_teach.columns import amounts
from pcqa_teach.demand import given, ratios
from pcqa_teach.demand.given import Texts
from pcqa_teach.errors import DataError

RIGHT = "right as it was"
ELSEWHERE = "somebody else could have helped"
_YES, _NO = ("yes", "true", "1", "y"), ("no", "false", "0", "n")
SERVICE = {True: "that service exists here", False: "that service does not exist here"}
UNKNOWN = "not recorded whether that service exists here"


def could_be_other(helpers: Texts, right: str) -> Bools:
    """Say which appointments were not right as they were."""
    return pd.Series(helpers, dtype="object").str.lower().ne(right.lower()).to_numpy(dtype=bool)


def service_here(rows: pd.DataFrame, exists: str | None) -> Texts:
    """Read yes and no; None where nobody wrote it down."""
    if exists is None:
        return np.full(len(rows), None, dtype=object)
    said = pd.Series(given.labels(rows, exists, "whether it exists here"), dtype="object")
    said = said.str.lower().str.removesuffix(".0")
    strange = int((said.notna() & ~said.isin([*_YES, *_NO])).sum())
    if strange:
        raise DataError(
            f"Column '{exists}' has {strange:,} answer{'' if strange == 1 else 's'} other than yes "
            "or no: write yes or no, or leave it blank."
        )
    answers = {**dict.fromkeys(_YES, True), **dict.fromkeys(_NO, False)}
    return np.array([answers.get(one) for one in said], dtype=object)


def with_interval(rows: pd.DataFrame, n: Any) -> pd.DataFrame:
    """Return rows that have `count` with n, share and its interval, in per cent."""
    of = np.broadcast_to(np.asarray(n), len(rows))
    return ratios.with_interval(rows.assign(n=of), rows["count"] / np.maximum(of, 1), of)


def _rows(names: list[str], counts: Any, n: Any) -> pd.DataFrame:
    return with_interval(
        pd.DataFrame({"kind": names, "count": np.asarray(counts, dtype="int64")}), n
    )


def _parts(other: Bools, here: Texts, asked: bool) -> dict[str, Bools]:
    parts = {RIGHT: ~other, ELSEWHERE: other}
    if asked:
        known = {says: other & (here == answer) for answer, says in SERVICE.items()}
        parts |= known | {UNKNOWN: other & np.asarray(pd.isna(here), dtype=bool)}
    return parts


def shares(other: Bools, here: Texts, asked: bool) -> pd.DataFrame:
    """Return right as it was, somebody else, and that part by whether the service exists."""
    parts = _parts(other, here, asked)
    return _rows(list(parts), [mask.sum() for mask in parts.values()], len(other))


def helpers(helpers: Texts, other: Bools, here: Texts) -> pd.DataFrame:
    """Return the roles that could have helped, most first."""
    yes = pd.Series(here, dtype="object").eq(True).to_numpy(dtype=bool)
    named = pd.DataFrame({"helper": helpers[other], "here": yes[other].astype(int)})
    grouped = named.groupby("helper")["here"].agg(["size", "sum"])
    frame = _rows([str(one) for one in grouped.index], grouped["size"], len(other))
    frame = frame.rename(columns={"kind": "helper"}).assign(here=grouped["sum"].to_numpy())
    frame = frame.sort_values(["count", "helper"], ascending=[False, True], ignore_index=True)
    return frame[["helper", "count", "here", "share", "lower", "upper"]]


def modes(rows: pd.DataFrame, mode: str | None, right: str) -> pd.DataFrame:
    """Return the modes that would have done."""
    columns = ["mode", "count", "n", "share", "lower", "upper"]
    if mode is None:
        return pd.DataFrame(columns=columns)
    said = pd.Series(given.labels(rows, mode, "the mode"), dtype="object").dropna()
    counts = said[said.str.lower() != right.lower()].value_counts()
    frame = _rows([str(one) for one in counts.index], counts, len(said))
    return frame.rename(columns={"kind": "mode"})[columns]


def coders(
    rows: pd.DataFrame,
    helper: str,
    other: Bools,
    coder: str | None,
    both: Texts | None,
    right: str,
) -> pd.DataFrame:
    """Return each coder's own share."""
    if coder is not None:
        who = pd.Series(given.labels(rows, coder, "the coder"), dtype="object")
        grouped = pd.Series(other).groupby(who.fillna("coder not written down").to_numpy())
        sums = grouped.agg(["size", "sum"])
        frame = _rows([str(one) for one in sums.index], sums["sum"], sums["size"].to_numpy())
        return frame.rename(columns={"kind": "coder"})
    names, counts, of = [helper], [int(other.sum())], [len(other)]
    if both is not None:
        coded = np.array([one is not None for one in both])
        if coded.any():  # of the two, the cases that both coded
            counts, of = [int(other[coded].sum())], [int(coded.sum())]
        names.append("second coder")
        counts.append(int(could_be_other(both[coded], right).sum()) if coded.any() else 0)
        of.append(int(coded.sum()))
    return _rows(names, counts, np.array(of)).rename(columns={"kind": "coder"})


def yes_no(helpers: Texts, right: str) -> Texts:
    """Say of each appointment whether it was right or somebody else could have helped."""
    answers = np.where(could_be_other(helpers, right), "else", "right").astype(object)
    answers[[one is None for one in helpers]] = None
    return answers


def minutes(
    rows: pd.DataFrame,
    minutes: str | None,
    other: Bools,
    here: Texts,
    asked: bool,
    weekly: float | None,
) -> pd.DataFrame:
    """Return the minutes of the appointments in which somebody else could have helped."""
    columns = ["kind", "sample", "week", "week_lower", "week_upper"]
    if minutes is None:
        return pd.DataFrame(columns=columns)
    long = amounts(rows, minutes, "minutes", gaps=True)
    if not np.isfinite(long).any():
        return pd.DataFrame(columns=columns)
    long = np.where(np.isfinite(long), long, np.nanmean(long))  # a blank is as long as the others
    week = np.nan if weekly is None else number(weekly, "weekly", 800, above=0)
    parts = {kind: mask for kind, mask in _parts(other, here, asked).items() if kind != RIGHT}
    count = np.array([mask.sum() for mask in parts.values()])
    total = np.array([long[mask].sum() for mask in parts.values()])
    mean = np.full(len(parts), float(long.mean()))  # where there is none, as long as the others
    np.divide(total, count, out=mean, where=count > 0)
    low, high = ratios.wilson(count / len(rows), len(rows))
    return pd.DataFrame(
        {
            "kind": list(parts),
            "sample": total,
            "week": week * count / len(rows) * mean,
            "week_lower": week * low * mean,
            "week_upper": week * high * mean,
        }
    )
