"""The prize: the minutes a week that failure demand takes, and no more than that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import number
from pcqa_teach.demand import given
from pcqa_teach.demand.failure_frames import LEVERS, levers, pooled, too_few
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

if TYPE_CHECKING:
    from pcqa_teach.demand.failure import FailureDemand

TOTAL = "all failure demand"


@dataclass(frozen=True, eq=False, repr=False)
class Prize(Shown):
    """Minutes a week that would come back if failure demand, or a part of it, stopped.

    Parameters
    ----------
    rows : a row for all failure demand, one for each holder of the lever, and one a cause: of
        (total, lever or cause), name, lever, contacts, minutes, lower, upper (all a week)
    weekly, minutes, removable : what was assumed
    most : minutes a week of all contacts together, failure demand or not
    """

    rows: pd.DataFrame
    weekly: float
    minutes: float
    removable: float
    most: float

    @property
    def total(self) -> pd.Series:
        """The row of all failure demand."""
        return self.rows.iloc[0]

    @property
    def table(self) -> pd.DataFrame:
        """Contacts and minutes a week, with their intervals."""
        from pcqa_teach.demand.prize_words import table

        return table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.demand import failure_draw as draw
        from pcqa_teach.demand import prize_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.prize_figure)


def prize(found: FailureDemand, *, weekly: float, minutes: Any, removable: float = 1.0) -> Prize:
    """Return the minutes a week that failure demand takes, by lever and by cause.

    minutes a week = contacts a week x share x minutes a contact x removable

    Its interval is that of the share: it carries the luck of which contacts were coded, and no
    doubt about the minutes or the contacts a week. Removing a cause never gives back more than its
    share, and gives it back with a lag.

    Parameters
    ----------
    found : an assessment, as `failure_demand` gives it
    weekly : contacts that the practice has a week, all channels together
    minutes : minutes of work a contact; or a dict by who holds the lever, as in
        ``{"practice": 6, "wider system": 9}``
    removable : the part of it that could be removed, above 0 and at most 1

    Raises
    ------
    DataError
        A number is not above nought, `removable` is above 1, or a lever has no minutes.

    Examples
    --------
    >>> from pcqa_teach.demand import failure_demand
    >>> coded = pd.DataFrame({"code": ["value"] * 20 + ["failure-practice"] * 5})
    >>> back = failure_demand(coded).prize(weekly=1000, minutes=5)
    >>> float(back.total["minutes"]), round(float(back.total["upper"]))  # of 5,000 in all
    (1000.0, 1957)
    """
    week = number(weekly, "weekly", 1200, above=0)
    part = number(removable, "removable", 0.5, above=0)
    if part > 1:
        raise DataError("removable is above 1: no more than all of it can be removed.")
    each = _minutes(found, minutes)
    if too_few(found):
        raise DataError(
            "Too few contacts were failure demand, or were not, to put minutes on it: code more."
        )
    overall = found.row("failure demand").to_frame().T.assign(of="total", name=TOTAL, lever="")
    shown = levers(found)
    by_lever = shown.assign(of="lever", name=shown["lever"])
    causes = pooled(found)
    by_cause = causes.assign(of="cause", name=causes["cause"])
    columns = ["of", "name", "lever", "share", "lower", "upper"]
    parts = [one[columns] for one in (overall, by_lever, by_cause) if len(one)]
    rows = pd.concat(parts, ignore_index=True)
    rows[columns[3:]] = rows[columns[3:]].astype("float64")
    mean = _mean_minutes(found, each)
    long = rows["lever"].map(each).fillna(mean).to_numpy(dtype="float64")
    rows["contacts"] = rows["share"] / 100 * week * part
    for name, of in (("minutes", "share"), ("lower", "lower"), ("upper", "upper")):
        rows[name] = rows[of].to_numpy(dtype="float64") / 100 * week * part * long
    return Prize(
        rows=rows[["of", "name", "lever", "contacts", "minutes", "lower", "upper"]],
        weekly=week,
        minutes=mean,
        removable=part,
        most=week * mean,
    )


def _minutes(found: FailureDemand, minutes: Any) -> dict[str, float]:
    if not isinstance(minutes, (Mapping, pd.Series)):
        return dict.fromkeys(LEVERS.values(), number(minutes, "minutes", 6, above=0))
    rows = found.shares.iloc[2:]
    seen = rows.loc[rows["count"] > 0, "kind"].str.removeprefix("failure demand: ")
    each_lever = given.weights(minutes, "minutes")
    lacking = [name for name in seen if name not in each_lever]
    if lacking:
        raise DataError(f"minutes says nothing about '{lacking[0]}': give a number for it too.")
    return each_lever


def _mean_minutes(found: FailureDemand, each: dict[str, float]) -> float:
    """Average the minutes over the failure contacts, lever by lever."""
    rows = found.shares.iloc[2:]
    names = rows["kind"].str.removeprefix("failure demand: ")
    share = rows["share"].to_numpy(dtype="float64")
    if share.sum() == 0:
        return float(np.mean(list(each.values())))
    return float(share @ names.map(each).fillna(0.0).to_numpy(dtype="float64") / share.sum())
