"""A shared baseline: a default that is agreed, varied for the person, and learned from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import nothing, optional, text, yes_no
from pcqa_teach.columns import column, table_of
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

KEPT = "kept to the default"
# What somebody writes in the column, and how the result says it.
SOURCES = {
    "person": "departed for the person",
    "us": "departed by our own habit",
    "system": "departed because of the system",
}
BLANK = "departed, no reason written"
KINDS = (KEPT, *SOURCES.values(), BLANK)


@dataclass(frozen=True, eq=False, repr=False)
class SharedBaseline(Shown):
    """How often an agreed default was kept, and where the departures came from.

    Parameters
    ----------
    default : the default, in words
    kinds : a row a kind, in the order of `KINDS`: kind, count, share, lower, upper (per cent of all
        cases, with the 95% interval)
    reasons : a row a reason, the most frequent first: source, reason, count; empty without reasons
    n : cases
    """

    default: str
    kinds: pd.DataFrame
    reasons: pd.DataFrame
    n: int

    def count(self, kind: str) -> int:
        """Give the number of cases of a kind: `KEPT`, one of `SOURCES`, or `BLANK`."""
        rows = self.kinds["kind"] == SOURCES.get(kind, kind)
        return int(self.kinds.loc[rows, "count"].iloc[0])

    @property
    def departures(self) -> int:
        """How many cases departed from the default."""
        return self.n - self.count(KEPT)

    @property
    def as_agreed(self) -> int:
        """How many were handled as agreed: kept to the default, or varied for the person."""
        return self.count(KEPT) + self.count("person")

    @property
    def table(self) -> pd.DataFrame:
        """What may be shared: kind, cases and share; small numbers are held back."""
        from pcqa_teach.juran.control import baseline_words

        return baseline_words.table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.juran.control import baseline_draw as draw
        from pcqa_teach.juran.control import baseline_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def shared_baseline(
    cases: pd.DataFrame,
    default: str,
    *,
    kept: str = "kept",
    source: str = "source",
    reason: str | None = None,
) -> SharedBaseline:
    """Count how often a default was kept, and sort the departures by where they came from.

    share of a kind = cases of the kind / all cases, with its 95% Wilson interval

    A departure for the person is what a default is meant to allow. There is no target for it.

    Parameters
    ----------
    cases : one row a case
    default : what was agreed, such as "Next review in 12 weeks"
    kept : column of yes or no: was the default kept?
    source : column that says where a departure came from: person (what this person needs or
        wants), us (a clinician's habit), system (no slot, a template), or blank (nothing written)
    reason : column of reasons in a few agreed words, optional; never a free text about a person

    Returns
    -------
    SharedBaseline

    Raises
    ------
    DataError
        A column is missing, kept is not yes or no, or a source is none of the three.

    Examples
    --------
    >>> five = pd.DataFrame({
    ...     "kept": [True, True, False, False, False], "source": ["", "", "person", "us", None]})
    >>> found = shared_baseline(five, "Next review in 12 weeks")
    >>> found.kinds["count"].tolist(), found.as_agreed
    ([2, 1, 1, 0, 1], 3)

    Notes
    -----
    James, AHRQ PSNet interview, 2011, and James and Savitz, Health Affairs 2011, on shared
    baselines; the sorting into four is ours. Wilson (1927) for the interval.
    """
    from pcqa_teach.variation import wilson

    rows = table_of(cases, "cases")
    stayed = np.array(
        [yes_no(one, f"'{kept}' in row {place}") for place, one in _cells(rows, kept, "kept=")],
        dtype=bool,
    )
    given = [_source(one, place) for place, one in _cells(rows, source, "source=")]
    kind = np.where(stayed, KEPT, np.array([SOURCES.get(one, BLANK) for one in given]))
    counts = pd.Series(kind).value_counts().reindex(KINDS, fill_value=0)
    shares = wilson(counts.to_numpy(), len(rows))
    kinds = pd.DataFrame({"kind": KINDS, "count": counts.to_numpy(dtype=np.int64)})
    for name in ("share", "lower", "upper"):
        kinds[name] = 100 * shares[name].to_numpy()
    return SharedBaseline(
        text(default, "default", "say in a few words what was agreed"),
        kinds,
        _reasons(rows, reason, kind),
        len(rows),
    )


def _cells(rows: pd.DataFrame, name: str, what: str) -> list[tuple[int, Any]]:
    return list(enumerate(column(rows, name, what), 1))


def _source(given: Any, place: int) -> str:
    if nothing(given):
        return ""
    said = str(given).strip().casefold()
    if said not in SOURCES:
        raise DataError(
            f"The source in row {place} is none of person, us and system: write one of them, or"
            " leave it blank where no reason was written."
        )
    return said


def _reasons(rows: pd.DataFrame, reason: str | None, kind: Any) -> pd.DataFrame:
    """Count the reasons of the departures, each under where it came from."""
    if reason is None:
        return pd.DataFrame(columns=["source", "reason", "count"])
    written = [
        optional(text, one, "reason") or "not written" for _, one in _cells(rows, reason, "reason=")
    ]
    left = pd.DataFrame({"source": kind, "reason": written})[kind != KEPT]
    counts = left.groupby(["source", "reason"], sort=False).size()
    listed = pd.DataFrame(
        {
            "source": counts.index.get_level_values("source"),
            "reason": counts.index.get_level_values("reason"),
            "count": counts.to_numpy(dtype=np.int64),
        }
    )
    return listed.sort_values("count", ascending=False, kind="stable", ignore_index=True)
