"""How contacts are spread over people: most have few, some have many."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.columns import table_of, whole_amounts
from pcqa_teach.demand import given
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown
from pcqa_teach.privacy import SMALL

TOP = (1.0, 3.0, 5.0, 10.0)
_BANDS = (0, 1, 2, 3, 6, 11, 21, 51)
_GRID = np.concatenate([np.arange(0, 10, 0.5), np.arange(10, 101, 1.0)])


@dataclass(frozen=True, eq=False, repr=False)
class AttendanceCurve(Shown):
    """How contacts are spread over people; it keeps counts of people and names nobody.

    Parameters
    ----------
    spread : a row a band of contacts: contacts (as text), people, share_of_people,
        share_of_contacts
    top : a row a group: top (per cent of people), people, share (per cent of contacts), at_least
        (contacts of the person at its edge), people_at_least (everybody with as many); missing
        where the group is under 5 people
    curve : top (per cent of people, most contacts first) and share (per cent of contacts); missing
        while fewer than 5 people are in it
    people, contacts : all people and all contacts
    none : people without a contact
    counted_none : whether people without a contact are counted (the list size was given, or the
        table holds them)
    unnamed : contacts of nobody named, left out
    dates : first and last day
    notes : what was left out
    """

    spread: pd.DataFrame
    top: pd.DataFrame
    curve: pd.DataFrame
    people: int
    contacts: int
    none: int
    counted_none: bool
    unnamed: int
    dates: tuple[pd.Timestamp, pd.Timestamp] | None
    notes: tuple[str, ...]

    @property
    def table(self) -> pd.DataFrame:
        """The top shares, then the bands; small numbers of people are held back."""
        from pcqa_teach.demand.attendance_words import table

        return table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.demand import attendance_draw as draw
        from pcqa_teach.demand import attendance_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.curve_figure)


def attendance_curve(
    frame: pd.DataFrame,
    person: str = "patient",
    *,
    count: str | None = None,
    list_size: int | None = None,
    top: float | Sequence[float] = TOP,
    date: str | None = None,
) -> AttendanceCurve:
    """Return how contacts are spread over people, and the share of those who attend most often.

    share of the top p% = contacts of the p% of people with most contacts / all contacts

    The people are put in order of their contacts. Where p% of them is no whole number, the next
    person counts in part, so that ties at the edge make no difference. Without `list_size` only
    people with a contact can be counted, and every share is smaller than it should be.

    Parameters
    ----------
    frame : one row a contact, or one row a person with `count`; of an appointments table, as
        `pcqa.read` gives it, only appointments that people came to are counted
    person : column of codes
    count : column with the contacts of each row; people with 0 are counted
    list_size : people registered, so that people without a contact are counted
    top : the groups wanted, in per cent of people
    date : column of dates; by itself `date` or `at` is taken where there is one

    Raises
    ------
    DataError
        A column is missing, nobody is named, there is no contact, or `list_size` is too small.

    Examples
    --------
    Five contacts of two people, on a list of five:

    >>> five = pd.DataFrame({"patient": ["P1", "P1", "P1", "P1", "P2"]})
    >>> found = attendance_curve(five, list_size=5, top=[20])
    >>> found.people, found.none
    (5, 3)

    One person is too few to share a figure about:

    >>> found.top["share"].isna().tolist()
    [True]

    Source: Neal RD and others, Br J Gen Pract 1998;48:895-8 (shares of the top 1% and 3%).
    """
    rows, notes = given.came(table_of(frame, "contacts"))
    codes, seen = given.people(rows, person)
    weight = _weight(rows, count)
    named = codes >= 0
    each = np.bincount(codes[named], weight[named], len(seen)).astype("float64")
    held_none = bool((each == 0).any())
    each = given.with_list(each, list_size)
    if each.sum() == 0:
        raise DataError("There is no contact in this table: give a table with at least one.")
    ordered = np.sort(each)[::-1]
    return AttendanceCurve(
        spread=_spread(ordered),
        top=_top(ordered, given.percents(top, "top")),
        curve=_curve(ordered),
        people=len(ordered),
        contacts=int(ordered.sum()),
        none=int((ordered == 0).sum()),
        counted_none=list_size is not None or held_none,
        unnamed=int(weight[~named].sum()),
        dates=given.dates(rows, date),
        notes=tuple(notes),
    )


def _weight(rows: pd.DataFrame, count: str | None) -> Floats:
    name = "count" if count is None and given.is_tidy(rows) else count
    return np.ones(len(rows)) if name is None else whole_amounts(rows, name, "contacts")


def shares(ordered: Floats, percent: Floats) -> Floats:
    """Return the share of contacts (per cent) that the top `percent` of people have.

    >>> shares(np.array([5.0, 3, 2, 0, 0]), np.array([0.0, 20, 30, 100])).tolist()
    [0.0, 50.0, 65.0, 100.0]
    """
    edge = np.concatenate([[0.0], np.cumsum(ordered)]) / ordered.sum()
    part = np.interp(percent / 100 * len(ordered), np.arange(len(edge)), edge)
    return np.asarray(100 * part)


def _top(ordered: Floats, top: Sequence[float]) -> pd.DataFrame:
    wanted = np.array(list(top), dtype="float64")
    many = wanted / 100 * len(ordered)
    at_least = ordered[np.maximum(np.ceil(many - 1e-9).astype(int), 1) - 1]
    as_many = len(ordered) - np.searchsorted(ordered[::-1], at_least, side="left")
    held = np.round(many) < SMALL
    return pd.DataFrame(
        {
            "top": wanted,
            "people": np.where(held, np.nan, np.round(many)),
            "share": np.where(held, np.nan, shares(ordered, wanted)),
            "at_least": np.where(held, np.nan, at_least),
            "people_at_least": np.where(held, np.nan, as_many),
        }
    )


def _curve(ordered: Floats) -> pd.DataFrame:
    share = shares(ordered, _GRID)
    few = (_GRID > 0) & (_GRID / 100 * len(ordered) < SMALL)
    return pd.DataFrame({"top": _GRID, "share": np.where(few, np.nan, share)})


def _spread(ordered: Floats) -> pd.DataFrame:
    band = np.searchsorted(_BANDS, ordered, side="right") - 1
    people = np.bincount(band, minlength=len(_BANDS))
    contacts = np.bincount(band, ordered, len(_BANDS))
    ends = [*(str(high - 1) for high in _BANDS[1:]), ""]
    names = [
        f"{low} or more" if not end else str(low) if int(end) == low else f"{low} to {end}"
        for low, end in zip(_BANDS, ends, strict=True)
    ]
    return pd.DataFrame(
        {
            "contacts": names,
            "people": people,
            "share_of_people": 100 * people / len(ordered),
            "share_of_contacts": 100 * contacts / ordered.sum(),
        }
    )
