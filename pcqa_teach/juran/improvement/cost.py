"""The cost of poor quality, in minutes of staff time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from pcqa_teach.arguments import distinct, number, optional, text
from pcqa_teach.columns import records
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

KINDS = ("prevention", "appraisal", "internal failure", "external failure")
MEANS = {
    "prevention": "keeping faults from happening",
    "appraisal": "checking",
    "internal failure": "put right before the person noticed",
    "external failure": "reached the person",
}


@dataclass(frozen=True, eq=False, repr=False)
class Copq(Shown):
    """Minutes by item and by kind.

    Parameters
    ----------
    items : DataFrame, a row an item: item, kind, times, minutes, total (minutes a period)
    kinds : DataFrame, a row a kind, in the Handbook's order: kind, items, total, share (%)
    period : what the times are counted over
    capacity : all staff minutes of a period, if given
    """

    items: pd.DataFrame
    kinds: pd.DataFrame
    period: str
    capacity: float | None

    @property
    def table(self) -> pd.DataFrame:
        """The items."""
        return self.items

    @property
    def total(self) -> float:
        """Minutes of all four kinds."""
        return float(self.kinds["total"].sum())

    @property
    def failure(self) -> float:
        """Minutes of internal and external failure."""
        return float(self.kinds["total"].iloc[2:].sum())

    def _showing(self) -> Showing:
        from pcqa_teach.juran.improvement import bar_draw as draw
        from pcqa_teach.juran.improvement import words

        return Showing(words.copq_message, words.copq_explain, words.copq_alt, draw.copq_figure)


def copq(rows: Any, *, period: str = "week", capacity: float | None = None) -> Copq:
    """Add up the cost of poor quality in minutes of staff time: times x minutes, by kind.

    Prevention keeps faults from happening, appraisal looks for them, internal failure is put right
    before a person notices, external failure reaches the person. Money is left out on purpose:
    minutes are what a practice can count, and they are not savings.

    Parameters
    ----------
    rows : table or list of dicts with `item`, `kind` (prevention, appraisal, internal failure,
        external failure), `times` (a period) and `minutes` (of staff time, each time)
    period : what the times are counted over
    capacity : all staff minutes in a period, for the share

    Returns
    -------
    Copq

    Raises
    ------
    DataError
        A row lacks an entry, a kind is none of the four, a number is negative or not a number,
        or all is 0.

    Examples
    --------
    >>> week = copq([
    ...     {"item": "Checklist", "kind": "prevention", "times": 5, "minutes": 4},
    ...     {"item": "Letters read twice", "kind": "appraisal", "times": 30, "minutes": 1},
    ...     {"item": "Prescription done again", "kind": "internal failure", "times": 20,
    ...      "minutes": 3},
    ...     {"item": "Came back, plan unclear", "kind": "external failure", "times": 9,
    ...      "minutes": 10}])
    >>> week.total, week.failure, week.kinds["share"].round(1).tolist()
    (200.0, 150.0, [10.0, 15.0, 30.0, 45.0])

    Notes
    -----
    Feigenbaum, Total quality control, Harvard Business Review (1956), has prevention, appraisal
    and failure; Juran and Godfrey, Juran's Quality Handbook (1999), part failure in two.
    """
    given = records(rows, "copq", ["item", "kind", "times", "minutes"])
    items = pd.DataFrame(
        [
            {
                "item": text(row["item"], f"item in row {place}"),
                "kind": _kind(row["kind"], place),
                "times": number(row["times"], f"times in row {place}", low=0),
                "minutes": number(row["minutes"], f"minutes in row {place}", low=0),
            }
            for place, row in enumerate(given, 1)
        ]
    )
    distinct(items["item"], "The items")
    items["total"] = items["times"] * items["minutes"]
    order = items["kind"].map(KINDS.index)
    items = items.assign(order=order).sort_values(
        ["order", "total"], ascending=[True, False], kind="stable", ignore_index=True
    )
    items = items.drop(columns="order")
    grouped = items.groupby("kind")["total"].agg(["size", "sum"]).reindex(list(KINDS)).fillna(0)
    whole = float(grouped["sum"].sum())
    if not whole > 0:
        raise DataError("The minutes add up to 0: give at least one item that takes time.")
    kinds = pd.DataFrame(
        {
            "kind": list(KINDS),
            "items": grouped["size"].astype("int64").to_numpy(),
            "total": grouped["sum"].to_numpy(),
            "share": 100 * grouped["sum"].to_numpy() / whole,
        }
    )
    room = optional(number, capacity, "capacity", low=0)
    if room is not None and room < whole:
        raise DataError(
            "capacity is less than the minutes counted: give all staff minutes of the period."
        )
    return Copq(items, kinds, text(period, "period"), room)


def _kind(value: Any, place: int) -> str:
    said = text(value, f"kind in row {place}").lower().replace("_", " ").replace("-", " ")
    if said not in KINDS:
        raise DataError(
            f"kind in row {place} is none of the four: write prevention, appraisal, internal"
            " failure or external failure."
        )
    return said
