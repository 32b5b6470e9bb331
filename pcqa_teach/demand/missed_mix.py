"""Missed appointments beside what each group's own mix of booking gaps and types would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.demand.ages import wide_ages
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.measures.outcomes import told
from pcqa_teach.measures.periods import span
from pcqa_teach.privacy import SMALL
from pcqa_teach.sayings import and_list

TYPES = ("category", "slot_type", "mode")  # the first that a file has says what kind it was
WORDS = {
    "booking_gap": "booking gap",
    "category": "kind of appointment",
    "slot_type": "slot type",
    "mode": "telephone or face to face",
    "hcp_type": "GP or other staff",
    "age_band": "age",
    "weekday": "day of the week",
    "deprivation_fifth": "deprivation",
}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_NO_MIX = (
    "This file says neither how long before the day appointments were booked nor of what kind they "
    "were, so the mix cannot be allowed for in missed shares: ask for the report with the booking "
    "date."
)
_NO_GAP = (
    "This file does not say how long before the day appointments were booked, so the mix cannot be "
    "allowed for in missed shares by {by}: ask for the report with the booking date."
)
_LACKING = {
    "deprivation_fifth": "This file does not say how deprived the places are where people live; no "
    "appointment report that we know does. Ask your network for the share by deprivation, or look "
    "inside your own system; never add addresses to an export.",
    "age_band": "This file does not give people's ages, so missed shares cannot be split by age: "
    "ask for the report with the age or the date of birth. It becomes a band when the file is "
    "read.",
    "mode": "This file does not say which appointments were by telephone, so they cannot be told "
    "apart: ask how a call that nobody answers is recorded, and how many times.",
}


@dataclass(frozen=True, eq=False, repr=False)
class MissedMix(Shown):
    """Missed shares of several groups, each beside what its own mix would give; few are held back.

    Parameters
    ----------
    rows : a row a group: group, n (appointments whose day has passed), missed, share, expected (had
        they missed as all together do, on their own mix), ratio, lower, upper (95% interval of the
        ratio), adjusted (ratio x the share of all), apart (99.8% interval without 1), held
    by, mix : what was split by, and what was made equal, in words; nothing where a file of booking
        gaps does not say of what kind appointments were
    share, n, missed : of all groups together
    cells : a row a group and cell of the mix: group, cell, n, missed
    period : from when to when, in days or in months, as the file counts
    unknown : whether unknown outcomes are counted ("in") or left out
    """

    rows: pd.DataFrame
    by: str
    mix: tuple[str, ...]
    share: float
    n: int
    missed: int
    cells: pd.DataFrame
    period: str
    unknown: str

    @property
    def table(self) -> pd.DataFrame:
        """Each group with its two shares; small ones are held back."""
        from pcqa_teach.demand.missed_mix_words import table

        return table(self)

    @property
    def shown(self) -> pd.DataFrame:
        """The groups that are large enough to speak of."""
        return self.rows[~self.rows["held"]]

    def _showing(self) -> Showing:
        from pcqa_teach.demand import missed_mix_draw as draw
        from pcqa_teach.demand import missed_mix_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def standardise(
    appts: pd.DataFrame, by: str, *, within: Sequence[str] | None = None, unknown: str = "in"
) -> MissedMix:
    """Return each group's missed share beside what its own mix would give.

    expected = sum over cells of (its appointments x the missed share of all groups in that cell)
    ratio    = missed / expected
    adjusted = ratio x the missed share of all groups together

    A cell is a booking gap and a kind of appointment. Whoever is mostly booked far ahead misses
    more for that reason alone; the ratio takes it out, and nothing else. Booking gaps of a file
    without kinds stand beside all together, as counted.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    by : a column, or "weekday"; "age_band" is put into wider bands
    within : the columns that make a cell; by themselves the booking gap, and the first of the
        national category, the slot type and the mode that the file has
    unknown : {"in", "out"}
        Whether unknown outcomes are in the denominator, as NHS England counts.

    Raises
    ------
    DataError
        The file lacks what is asked for, does not say what became of any, or has one group only.

    Examples
    --------
    Clinic A is booked far ahead, B mostly on the day; A misses more, and no more than its mix:

    >>> from pcqa_teach.measures.tidy import tidy
    >>> came = {"status": ["Attended"] * 4, "count": [49, 135, 145, 45]}
    >>> gone = {"status": ["DNA"] * 4, "count": [1, 15, 5, 5]}
    >>> rows = {name: came[name] + gone[name] for name in came}
    >>> gap = ["Same Day", "8 to 14 Days"] * 4
    >>> mode = ["Face-to-Face", "Face-to-Face", "Telephone", "Telephone"] * 2
    >>> book = tidy(date=["2026-03-09"] * 8, booking_gap=gap, mode=mode, **rows)
    >>> found = standardise(book, "mode")
    >>> found.rows[["group", "share", "expected", "ratio"]].round(2).values.tolist()
    [['Face-to-Face', 8.0, 16.5, 0.97], ['Telephone', 5.0, 9.5, 1.05]]

    Notes
    -----
    Indirect standardisation; see `variation.indirect_ratios`. Two ratios are not compared with each
    other: each stands on its own mix. For two groups on the same mix see `telephone_said`.
    """
    from pcqa_teach.demand.sharing import hidden
    from pcqa_teach.variation import indirect_ratios
    from pcqa_teach.variation.standardisation import count_limits

    if unknown not in ("in", "out"):
        raise DataError(f"unknown='{unknown}' is not known: use unknown='in' or unknown='out'.")
    found = told(appts, "the share of missed appointments")
    whole = found.expected if unknown == "in" else found.came | found.missed
    group = _groups(appts, by)
    cells = _cells(appts, by, within)
    count = appts["count"].to_numpy()
    kept = whole & group.notna().to_numpy()
    tall = pd.DataFrame(
        {
            "group": group[kept].astype("str").to_numpy(dtype=object),
            "cell": _labels(appts.loc[kept, list(cells)]),
            "n": count[kept],
            "missed": np.where(found.missed, count, 0)[kept],
        }
    )
    tall = tall.groupby(["group", "cell"], as_index=False, sort=False)[["n", "missed"]].sum()
    if tall["group"].nunique() < 2:
        raise DataError(f"All appointments are of one {_word(by)}, so there is nothing to compare.")
    rows = indirect_ratios(tall, events="missed", population="n", stratum="cell", unit="group")
    rows = rows.rename(columns={"events": "missed", "population": "n"})
    rows = _in_order(rows, group)
    wide = count_limits(rows["missed"].to_numpy(dtype="float64"), 0.998)
    total, missed = float(rows["n"].sum()), float(rows["missed"].sum())
    expected = rows["expected"].to_numpy()
    rows["share"] = 100 * rows["missed"] / rows["n"]
    rows["adjusted"] = 100 * rows["ratio"] * missed / total
    rows["apart"] = (wide[0] > expected) | (wide[1] < expected)
    rows["held"] = hidden(rows["missed"].to_numpy(dtype="float64")) | (rows["n"] < SMALL)
    return MissedMix(
        rows=rows.astype({"n": "int64", "missed": "int64"}),
        by=_word(by),
        mix=tuple(_word(one) for one in cells),
        share=100 * missed / total,
        n=int(total),
        missed=int(missed),
        cells=tall,
        period=span(appts.loc[kept]),
        unknown=unknown,
    )


def equity_split(appts: pd.DataFrame, by: str = "age_band", *, unknown: str = "in") -> MissedMix:
    """Return missed shares by age, deprivation or another mark of the person, as `standardise`.

    It is `standardise` under the question that it answers: for whom is it harder to come? A group
    that stands out is asked what is in its way; it is not told off.

    Parameters
    ----------
    appts, by, unknown : as for `standardise`
    """
    return standardise(appts, by, unknown=unknown)


def _word(name: str) -> str:
    return WORDS.get(name, name.replace("_", " "))


def _cells(appts: pd.DataFrame, by: str, within: Sequence[str] | None) -> tuple[str, ...]:
    if within is not None:
        lacking = [one for one in within if one not in appts.columns]
        if lacking:
            raise DataError(f"This file has no '{lacking[0]}' to make a mix of.")
        return tuple(within)
    kind = next((one for one in TYPES if one in appts.columns and one != by), None)
    gap = "booking_gap" in appts.columns and by != "booking_gap"
    cells = (*(["booking_gap"] if gap else []), *([kind] if kind else []))
    if not cells and by != "booking_gap":
        raise DataError(_NO_GAP.format(by=_word(by)) if by in TYPES else _NO_MIX)
    return cells


def _labels(cells: pd.DataFrame) -> np.ndarray:
    """Name each row's cell by all that makes it; without anything there is one cell."""
    if cells.columns.empty:
        return np.full(len(cells), "", dtype=object)
    codes = [cells[name].astype("category").cat.codes.to_numpy() for name in cells]
    return np.array(["/".join(map(str, row)) for row in zip(*codes, strict=True)], dtype=object)


def _groups(appts: pd.DataFrame, by: str) -> pd.Series:
    """Give each row's group, in an order of its own; missing where it is not known."""
    if by == "weekday":
        if (appts["period"] != "day").any():
            raise DataError("This file counts whole months, so days of the week cannot be told.")
        return pd.Series(
            pd.Categorical.from_codes(appts["date"].dt.day_of_week.tolist(), pd.Index(_WEEKDAYS)),
            index=appts.index,
        )
    if by not in appts.columns or appts[by].isna().all():
        able = [WORDS[one] for one in WORDS if one in appts.columns]
        rest = f"it can be split by {and_list(able)}" if able else "leave this split out"
        raise DataError(_LACKING.get(by, f"This file has no '{by}', {rest}."))
    column = appts[by].astype("category")
    if by == "age_band":
        return wide_ages(column)
    return column.cat.remove_categories(
        [one for one in ("Unknown",) if one in column.cat.categories]
    )


def _in_order(rows: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    order = {str(name): place for place, name in enumerate(group.cat.categories)}
    places = rows["group"].map(order).to_numpy()
    return rows.iloc[np.argsort(places, kind="stable")].reset_index(drop=True)
