"""The Pareto principle: which few causes make most of the work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number, text, whole
from pcqa_teach.columns import amounts_of
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.sayings import counted

_FEW = 7


@dataclass(frozen=True, eq=False, repr=False)
class Pareto(Shown):
    """Causes from the largest to the smallest, the other ones last.

    Parameters
    ----------
    causes : DataFrame, a row a cause: cause, count, share (%), cumulative (%), vital, other
    total : the sum of all counts
    wanted : the share (%) that the vital few reach together
    unit : what is counted
    """

    causes: pd.DataFrame
    total: float
    wanted: float
    unit: str

    @property
    def table(self) -> pd.DataFrame:
        """The causes."""
        return self.causes

    @property
    def vital_few(self) -> list[str]:
        """The names of the vital few."""
        return [str(cause) for cause in self.causes.loc[self.causes["vital"], "cause"]]

    @property
    def few(self) -> bool:
        """Whether they are few: at most seven, and at most half of those named (our own rule)."""
        named = int((~self.causes["other"]).sum())
        vital = self.causes["vital"]
        few = int(vital.sum()) <= min(_FEW, named / 2)
        reached = float(self.causes.loc[vital, "count"].sum()) / self.total * 100
        return few and reached >= self.wanted * (1 - 1e-12)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import bar_draw as draw
        from pcqa_teach.juran.improvement import words

        return Showing(
            words.pareto_message, words.pareto_explain, words.pareto_alt, draw.pareto_figure
        )


def pareto(
    causes: Any,
    *,
    cause: str = "cause",
    count: str | None = "count",
    vital: float = 80,
    other: str | None = "other",
    keep: int | None = None,
    unit: str = "contacts",
) -> Pareto:
    """Put causes in order and find the vital few that together reach a share of the total.

    The vital few are the fewest causes, from the largest down, whose running total reaches
    `vital` % of everything; a cause with as many as the last of them belongs to them too.
    "Other" is never one cause: it comes last and is never vital.

    Parameters
    ----------
    causes : {cause: count}; or a table with a column of causes and a column of counts (rows of one
        cause are added up); or a list of causes, one an occurrence
    cause, count : names of the table's columns; count=None counts the table's rows
    vital : share in %, above 0 and up to 100
    other : the name of what is left over, in any case of letters; None: there is none
    keep : put all but so many causes together as "Other"
    unit : what is counted

    Returns
    -------
    Pareto

    Raises
    ------
    DataError
        There are no causes, a count is missing, negative or not a number, or all are 0.

    Examples
    --------
    >>> found = pareto({"letters": 4, "access": 3, "results": 1, "other": 2})
    >>> found.causes[["cause", "count", "cumulative"]].values.tolist()
    [['letters', 4.0, 40.0], ['access', 3.0, 70.0], ['results', 1.0, 80.0], ['other', 2.0, 100.0]]
    >>> pareto({"letters": 5, "access": 3, "results": 1, "visits": 1}).vital_few
    ['letters', 'access']

    Notes
    -----
    Juran and Godfrey, Juran's Quality Handbook (1999), on the vital few.
    """
    share = number(vital, "vital", 80, above=0, high=100)
    tally = _tally(causes, cause, count)
    frame = pd.DataFrame({"cause": tally.index.astype(object), "count": tally.to_numpy()})
    left = "" if other is None else text(other, "other").casefold()
    frame["other"] = frame["cause"].str.casefold() == left
    frame = frame.sort_values(["other", "count"], ascending=[True, False], kind="stable")
    frame = _kept(frame.reset_index(drop=True), keep, other)
    total = float(frame["count"].sum())
    running = frame["count"].cumsum()
    frame["share"] = 100 * frame["count"] / total
    frame["cumulative"] = 100 * running / total
    short = (running - frame["count"]) < share / 100 * total * (1 - 1e-12)
    chosen = short & ~frame["other"] & (frame["count"] > 0)
    last = frame.loc[chosen, "count"].min()
    frame["vital"] = ~frame["other"] & (frame["count"] >= last) & (frame["count"] > 0)
    columns = ["cause", "count", "share", "cumulative", "vital", "other"]
    return Pareto(frame[columns], total, share, text(unit, "unit"))


def _kept(frame: pd.DataFrame, keep: int | None, other: str | None) -> pd.DataFrame:
    if keep is None:
        return frame
    most = whole(keep, "keep", 5, low=1)
    rest = frame["other"].to_numpy() | (np.arange(len(frame)) >= most)
    if not (rest & ~frame["other"].to_numpy()).any():
        return frame
    name = "Other" if other is None else other[:1].upper() + other[1:]
    lump = pd.DataFrame(
        {"cause": [name], "count": [float(frame.loc[rest, "count"].sum())], "other": [True]}
    )
    return pd.concat([frame[~rest], lump], ignore_index=True)


def _tally(causes: Any, cause: str, count: str | None) -> pd.Series[float]:
    """Add up the counts of each cause, in the order they first appear."""
    frame, count = _framed(causes, cause, count)
    if cause not in frame.columns:
        raise DataError(f"There is no column '{cause}' of causes: name it with cause=.")
    if frame.columns.has_duplicates:
        raise DataError("The table has a column name twice: rename one of them.")
    if not len(frame):
        raise DataError("pareto has no causes: give at least one.")
    names = _names(frame[cause], cause)
    if count is not None and count not in frame.columns:
        raise DataError(
            f"There is no column '{count}' of counts: name it with count=, or give count=None to"
            " count rows."
        )
    counts = np.ones(len(names)) if count is None else amounts_of(frame[count], count)
    tally = pd.Series(counts, index=pd.Index(names)).groupby(level=0, sort=False).sum()
    if not tally.sum() > 0:
        raise DataError("The counts add up to 0: there is nothing to put in order.")
    return tally


def _framed(causes: Any, cause: str, count: str | None) -> tuple[pd.DataFrame, str | None]:
    """Give a table, and the name of its counts if it has any."""
    if isinstance(causes, pd.DataFrame):
        return causes, count
    if isinstance(causes, pd.Series) and pd.api.types.is_numeric_dtype(causes):
        causes = dict(zip(causes.index, causes, strict=True))
    if isinstance(causes, Mapping):
        pairs = {cause: list(causes), "count": list(causes.values())}
        return pd.DataFrame(pairs, dtype=object), "count"
    if isinstance(causes, str) or not hasattr(causes, "__iter__"):
        raise DataError("pareto needs causes: a table, a list, or {cause: count}.")
    return pd.DataFrame({cause: pd.Series(list(causes), dtype=object)}), None


def _names(column: pd.Series[Any], cause: str) -> list[str]:
    empty = column.isna() | column.astype(str).str.strip().eq("")
    if empty.any():
        rows = counted(int(empty.sum()), "row")
        raise DataError(f"Column '{cause}' has {rows} without a cause: write 'not known' there.")
    texts = column.map(lambda one: isinstance(one, str))
    if not texts.all():
        raise DataError(
            f"Column '{cause}' holds something else than text: name each cause in words."
        )
    return [" ".join(one.split()) for one in column]
