"""Continuity: how often people see the same doctor, and how often their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pcqa_teach.arguments import Floats
from pcqa_teach.columns import table_of, whole_amounts
from pcqa_teach.demand import given
from pcqa_teach.demand.continuity_frames import Visits, groups_frame, lists_frame, whole_frame
from pcqa_teach.errors import DataError
from pcqa_teach.figures.shown import Showing, Shown

_NO_USUAL = (
    "This table does not say who each person's usual GP is, so visits with one's own GP "
    "cannot be counted: ask for the report with the usual GP, or pass usual=None for the measures "
    "that do without."
)


@dataclass(frozen=True, eq=False, repr=False)
class Continuity(Shown):
    """Four measures of continuity. Shares and means are per cent; `people` stays in the practice.

    Parameters
    ----------
    whole : a row a measure for everybody: measure (UPC, Bice-Boxerman, SLICC, OPR), value, lower,
        upper, people, visits (those that the measure rests on)
    lists : for the GPs' own eyes; a row a list-holding GP: usual, people, list_visits, own_visits,
        slicc, given_visits, opr (missing where the GP gave no visit); empty without a usual GP
    groups : a row for each group of each column in `by`: split, group, people, visits,
        people_twice (with two visits or more), upc, bb, people_listed (with a usual GP), slicc,
        slicc_lower, slicc_upper; empty without `by`
    people : a row a person: visits, doctors, most (with the doctor seen most), upc, bb (from 0 to
        1; missing with fewer than two visits)
    few : people with fewer than two visits, whom UPC and Bice-Boxerman leave out
    no_usual : visits of people without a usual GP, which SLICC leaves out
    dates : first and last day
    notes : what was left out
    """

    whole: pd.DataFrame
    lists: pd.DataFrame
    groups: pd.DataFrame
    people: pd.DataFrame = field(repr=False)
    few: int
    no_usual: int
    dates: tuple[pd.Timestamp, pd.Timestamp] | None
    notes: tuple[str, ...]

    def value(self, measure: str) -> float:
        """Give one measure of the whole practice, in per cent."""
        return float(self.whole.set_index("measure")["value"][measure])

    @property
    def table(self) -> pd.DataFrame:
        """The whole practice, then each group; groups of few people are held back."""
        from pcqa_teach.demand.continuity_words import table

        return table(self)

    def _showing(self) -> Showing:
        from pcqa_teach.demand import continuity_draw as draw
        from pcqa_teach.demand import continuity_words as words

        return Showing(words.message, words.explain, words.alt_text, draw.figure)


def continuity(
    frame: pd.DataFrame,
    person: str = "patient",
    doctor: str = "clinician",
    *,
    usual: str | None = "usual_gp",
    by: str | Sequence[str] | None = None,
    date: str | None = None,
) -> Continuity:
    """Return four measures of continuity: UPC, Bice-Boxerman, SLICC and the own-patient ratio.

    With n visits of a person, n_j of them with doctor j:

    UPC = max(n_j) / n                                the share with the doctor seen most
    BB  = (sum of n_j^2 - n) / (n (n - 1))            both for people with two visits or more
    SLICC = visits of a list with its own GP / all visits of that list
    OPR   = visits of a list with its own GP / all visits that this GP gave

    UPC and BB are means over people and need no usual GP. SLICC and OPR count visits. The whole
    practice's OPR divides by the visits that list-holding GPs gave.

    Parameters
    ----------
    frame : one row a visit; of an appointments table, as `pcqa.read` gives it, only appointments
        with a GP that people came to are counted
    person, doctor : columns of codes
    usual : column with the person's usual (list-holding) GP, in the codes of `doctor`; or None
    by : a column, or several, to split by, such as age or need; each person counts in the group
        of their last row
    date : column of dates; by itself `date` or `at` is taken where there is one

    Raises
    ------
    DataError
        A column is missing, nobody is named, or no usual GP is one of the doctors.

    Examples
    --------
    Patient AAB, and one with a single visit, whom UPC and Bice-Boxerman leave out:

    >>> seen = pd.DataFrame({"patient": ["P1", "P1", "P1", "P2"], "clinician": list("AABA")})
    >>> found = continuity(seen, usual=None)
    >>> round(found.value("UPC"), 1), round(found.value("Bice-Boxerman"), 1), found.few
    (66.7, 33.3, 1)

    Source: Br J Gen Pract 2023;73:279-82, tables 1 and 2; Sidaway-Lee K and others, Br J Gen Pract
    2019;69:e356-62 (SLICC); Bice TW and Boxerman SB, Med Care 1977;15:347-9.
    """
    rows, notes = _gp_visits(table_of(frame, "visits"))
    if usual is not None and usual not in rows.columns:
        raise DataError(_NO_USUAL)
    who, names = given.people(rows, person)
    doctors = given.labels(rows, doctor, "the doctor")
    known = (who >= 0) & np.array([one is not None for one in doctors])
    if not known.any():
        raise DataError("No visit names both a person and a doctor: give a table that has both.")
    left = int((~known).sum())
    if left:
        notes.append(f"{left:,} visit{'' if left == 1 else 's'} without a person or a doctor.")
    kept = rows[known]
    own = None if usual is None else given.labels(kept, usual, "the usual GP")
    visits = Visits.of(who[known], len(names), doctors[known], own, _weight(kept))
    if own is not None and not visits.holders[visits.doctor].any():
        raise DataError(
            "No usual GP is one of the doctors in this table: the two columns must hold the same "
            "codes."
        )
    splits = [by] if isinstance(by, str) else list(by or [])
    people = visits.people(names)
    return Continuity(
        whole=whole_frame(visits, people),
        lists=lists_frame(visits),
        groups=groups_frame(kept, visits, people, splits),
        people=people,
        few=int((people["visits"] < 2).sum()),
        no_usual=int(visits.weight[visits.usual < 0].sum()) if own is not None else 0,
        dates=given.dates(kept, date),
        notes=tuple(notes),
    )


def _gp_visits(frame: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Keep the visits to a GP that took place, where the table says so."""
    rows, notes = given.came(frame)
    if not given.is_tidy(frame) or "hcp_type" not in rows.columns:
        return rows, notes
    kept = rows[rows["hcp_type"] == "GP"]
    if kept.empty:
        raise DataError("No appointment in this table was with a GP: give a report that has them.")
    return kept, ["Appointments with a GP that the person came to."]


def _weight(rows: pd.DataFrame) -> Floats:
    if given.is_tidy(rows):
        return whole_amounts(rows, "count", "appointments")
    return np.ones(len(rows))
