"""Own GP and own patients in an appointment book: what a file can say of continuity, and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pcqa_teach.demand import given
from pcqa_teach.demand.ages import wide_ages
from pcqa_teach.demand.continuity import Continuity, continuity
from pcqa_teach.demand.sharing import small
from pcqa_teach.errors import DataError
from pcqa_teach.measures.outcomes import horizon, outcomes
from pcqa_teach.measures.tally import share
from pcqa_teach.sayings import counted, percent

WEEKS = 8  # without an appointment, and a usual GP is taken to be away: our own mark
NO_USUAL = (
    "This file does not say who each person's usual GP is, so visits with one's own GP cannot be "
    "counted: ask for the report with the usual GP."
)
_VISITS = (("1 visit", 1), ("2 visits", 2), ("3 to 5 visits", 3), ("6 or more visits", 6))
_NOT_GPS = (
    "This file does not say who is a GP: only clinicians who are somebody's usual GP are counted, "
    "so GPs without a list and locums are left out and the share is higher than it would be."
)
_ALL_STAFF = (
    "This file does not say who is a GP: all clinicians are counted, nurses among them, so the "
    "figures are lower than those for GPs alone."
)


def who_was_counted(found: Continuity) -> str:
    """Say whose visits were counted, as far as the file says who is a GP."""
    if _ALL_STAFF in found.notes:
        return "all clinicians, nurses among them: the file does not say who is a GP"
    if _NOT_GPS in found.notes:
        return "clinicians who are somebody's usual GP"
    return "GPs"


@dataclass(frozen=True)
class UsualThere:
    """Whether the usual GPs that a file names still give appointments.

    Parameters
    ----------
    people, visits : with a usual GP
    gone_people, gone_visits : whose usual GP gave no appointment in the last weeks
    slicc, slicc_there : visits with own GP, per cent: of all, and without the people whose GP is
        away
    """

    people: int
    visits: int
    gone_people: int
    gone_visits: int
    slicc: float
    slicc_there: float

    @property
    def few(self) -> bool:
        """Whether too few people are concerned to say how many."""
        return bool(small(self.gone_people) or small(self.people - self.gone_people))

    @property
    def message(self) -> str:
        """How many have a usual GP who is away, and what that does to the share."""
        if not self.gone_people or self.few:
            return (
                f"Nearly everybody's usual GP gave an appointment in the last {WEEKS} weeks of "
                "this file: the field looks kept."
            )
        return (
            f"{percent(self.gone_people, self.people)} of the people "
            f"({counted(self.gone_people, 'person', 'people')}) have a usual GP who gave no "
            f"appointment in the last {WEEKS} weeks: the GP has left or is away, or the field is "
            f"out of date. Without these people {percent(self.slicc_there, 100)} of visits were "
            f"with the own GP; with them {percent(self.slicc, 100)}."
        )


def gp_visits(appts: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the visits to a GP that took place, and a note where the file cannot tell GPs.

    Where it does not say who is a GP, the clinicians who are somebody's usual GP stand for them;
    where it names no usual GP either, all clinicians.
    """
    rows = appts[outcomes(appts).came & appts["clinician"].notna() & appts["patient"].notna()]
    if "hcp_type" in rows.columns and (rows["hcp_type"] == "GP").any():
        return rows[rows["hcp_type"] == "GP"], ""
    if _has_usual(rows):
        holders = rows["usual_gp"].astype("str").unique()
        return rows[rows["clinician"].astype("str").isin(holders)], _NOT_GPS
    return rows, _ALL_STAFF


def book_continuity(
    appts: pd.DataFrame, by: Sequence[str] = ("age", "number_of_visits")
) -> Continuity:
    """Return the four measures of continuity that an appointment book can give, by age and need.

    The number of visits is the only sign of need in an appointment book, and a rough one. Splits
    that the file cannot make are left out.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    by : of "age" and "number_of_visits", those wanted; () for none

    Raises
    ------
    DataError
        The file says neither who came nor whom they saw.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> seen = tidy(date=["2026-03-09"] * 4, status=["Attended"] * 4, patient=["P1"] * 3 + ["P2"],
    ...             clinician=["C1", "C1", "C2", "C1"], usual_gp=["C1"] * 3 + ["C2"])
    >>> found = book_continuity(seen)
    >>> round(found.value("UPC"), 1), round(found.value("SLICC"), 1)  # 2 of 3, and 2 of 4
    (66.7, 50.0)
    """
    _able(appts)
    rows, note = gp_visits(appts)
    if rows.empty:
        raise DataError("No visit to a GP is in this file, so continuity cannot be counted.")
    split = _with_groups(rows)
    kept = [one for one in by if one in split.columns]
    found = continuity(split, usual="usual_gp" if _has_usual(split) else None, by=kept)
    return replace(found, notes=(*found.notes, note)) if note else found


def own_gp_share(
    appts: pd.DataFrame, every: str | None = None, by: str | None = None
) -> pd.DataFrame:
    """Return the share of visits that were with the person's own GP (SLICC), period by period.

    value = 100 x visits with the own GP / visits of people with a usual GP

    Returns
    -------
    frame of `x`, `by`, `value`, `n`, `count`, `working_days`, `holiday`, ready for a chart

    Raises
    ------
    DataError
        The file names no usual GP.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = ["2026-03-09", "2026-03-10", "2026-03-11", "2026-03-12", "2026-03-13"]
    >>> week = tidy(date=days, status=["Attended"] * 5, patient=list("ABCDE"),
    ...             clinician=["C1", "C1", "C2", "C2", "C1"], usual_gp=["C1"] * 4 + ["C2"])
    >>> own_gp_share(week)["value"].tolist()  # 2 of 5
    [40.0]

    Source: Sidaway-Lee K and others, Br J Gen Pract 2019;69:e356-62 (SLICC).
    """
    _able(appts)
    if not _has_usual(appts):
        raise DataError(NO_USUAL)
    rows, note = gp_visits(appts)
    visit = appts.index.isin(rows.index) & appts["usual_gp"].notna().to_numpy()
    about = {"measure": "own_gp_share", "title": "Visits with the person's own GP"}
    said = ["Denominator: visits of people with a usual GP.", *([note] if note else [])]
    return share(appts, visit & _own(appts), visit, every=every, by=by, about=about, notes=said)


def usual_gp_there(appts: pd.DataFrame, weeks: int = WEEKS) -> UsualThere:
    """Return whether the usual GPs that a file names still give appointments, and what that does.

    A person whose usual GP has left cannot see their own GP, whatever reception does: that is a
    list to be given to somebody, not a failure at the desk.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    weeks : without an appointment, and a GP is taken to be away

    Raises
    ------
    DataError
        The file names no usual GP.

    Examples
    --------
    C2, whose one patient came twice, gave no appointment:

    >>> from pcqa_teach.measures.tidy import tidy
    >>> seen = tidy(date=["2026-03-09"] * 4, status=["Attended"] * 4, clinician=["C1"] * 4,
    ...             patient=["P1", "P1", "P2", "P2"], usual_gp=["C1", "C1", "C2", "C2"],
    ...             hcp_type=["GP"] * 4)
    >>> found = usual_gp_there(seen)
    >>> found.gone_people, found.slicc, found.slicc_there
    (1, 50.0, 100.0)
    """
    _able(appts)
    if not _has_usual(appts):
        raise DataError(NO_USUAL)
    rows, _ = gp_visits(appts)
    rows = rows[rows["usual_gp"].notna()]
    late = appts[
        outcomes(appts).came & (appts["date"] > horizon(appts) - pd.Timedelta(weeks=weeks))
    ]
    working = late["clinician"].astype("str").unique()
    gone = ~rows["usual_gp"].astype("str").isin(working).to_numpy()
    count, own = rows["count"].to_numpy(dtype="float64"), _own(rows)
    who, names = given.people(rows, "patient")
    away = np.zeros(len(names), dtype=bool)
    away[who[gone]] = True
    there = float(count[~gone].sum())
    return UsualThere(
        people=len(names),
        visits=int(count.sum()),
        gone_people=int(away.sum()),
        gone_visits=int(count[gone].sum()),
        slicc=100 * float(count[own].sum() / count.sum()),
        slicc_there=100 * float(count[own & ~gone].sum()) / there if there else float("nan"),
    )


def _able(appts: pd.DataFrame) -> None:
    if "clinician" not in appts.columns or "patient" not in appts.columns:
        raise DataError(
            "This file does not say who saw whom, so continuity cannot be counted: ask for the "
            "report with the patient's number and the clinician. Both become codes."
        )


def _has_usual(appts: pd.DataFrame) -> bool:
    return "usual_gp" in appts.columns and bool(appts["usual_gp"].notna().any())


def _own(rows: pd.DataFrame) -> np.ndarray:
    same = rows["clinician"].astype("str").to_numpy() == rows["usual_gp"].astype("str").to_numpy()
    return np.asarray(same & rows["usual_gp"].notna().to_numpy(), dtype=bool)


def _with_groups(rows: pd.DataFrame) -> pd.DataFrame:
    """Add the columns to split by: wide ages, and how often each person came."""
    who, names = given.people(rows, "patient")
    times = np.bincount(who, rows["count"].to_numpy(), len(names))[who]
    starts = np.array([start for _, start in _VISITS])
    places = np.searchsorted(starts, times, side="right") - 1
    bands = pd.Index([name for name, _ in _VISITS])
    split = rows.assign(number_of_visits=pd.Categorical.from_codes(places.tolist(), bands))
    if not _has_usual(rows):  # UPC alone falls with the number of visits by itself
        split = split.drop(columns="number_of_visits")
    if "age_band" in rows.columns and rows["age_band"].notna().any():
        split["age"] = wide_ages(rows["age_band"])
    return split
