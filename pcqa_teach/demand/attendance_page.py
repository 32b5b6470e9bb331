"""People who attend often, on one page: shares and falls, what they raise, and nobody's code."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pcqa_teach.demand.attendance import AttendanceCurve
from pcqa_teach.demand.given import is_tidy
from pcqa_teach.demand.persistence import EXPECTED, SEEN, Persistence
from pcqa_teach.demand.staying import SHORTEST, Stay
from pcqa_teach.errors import DataError
from pcqa_teach.privacy import SMALL
from pcqa_teach.sayings import span


def with_people(appts: pd.DataFrame, why: str = "people who attend often") -> pd.DataFrame:
    """Return a table of appointments unchanged, if it says whose they were.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it
    why : what cannot be said without

    Raises
    ------
    DataError
        There is no code of a person in it.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> with_people(tidy(date=["2026-03-09"], status=["Attended"]))
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: This file does not say whose appointments they were, so nothing \
can be said about people who attend often: ask for the report with the patient's number. It \
becomes a code when the file is read.
    """
    if not is_tidy(appts) or "patient" not in appts.columns or appts["patient"].isna().all():
        raise DataError(
            f"This file does not say whose appointments they were, so nothing can be said about "
            f"{why}: ask for the report with the patient's number. It becomes a code when the file "
            "is read."
        )
    return appts


def attendance_page(
    curve: AttendanceCurve | None, fall: Persistence | None, stay: Stay | None
) -> dict[str, Any]:
    """Return what `pcqa.record` keeps of a look at people who attend often: totals and shares.

    Parameters
    ----------
    curve, fall, stay : what `attendance_curve`, `persistence` and `stayed` gave; None where the
        file could not answer

    Returns
    -------
    dict of `people`, `contacts`, `period`, `list_given`, `top_1` and so on (per cent of contacts),
    `group`, `fall_seen`, `fall_expected`, `beyond_lower`, `beyond_upper`, `stayed_percent`,
    `stayed_lower`, `stayed_upper`; a share that rests on under 5 people is missing
    """
    values: dict[str, Any] = {}
    if curve is not None:
        values |= {
            "people": curve.people,
            "contacts": curve.contacts,
            "period": span(curve.dates),
            "list_given": curve.counted_none,
        }
        shares = zip(curve.top["top"], curve.top["share"], strict=True)
        values |= {
            f"top_{top:g}".replace(".", "_"): round(float(share), 1) for top, share in shares
        }
    if fall is not None:
        change = fall.fall.set_index("what")["change"]
        values |= {
            "group_percent": fall.top,
            "group": fall.group,
            "fall_seen": round(-float(change[SEEN]), 1),
            "fall_expected": round(-float(change[EXPECTED]), 1),
            "beyond_lower": round(fall.beyond["lower"], 1),
            "beyond_upper": round(fall.beyond["upper"], 1),
        }
    if stay is not None and not stay.few:
        values |= {
            "stayed_percent": round(stay.share, 1),
            "stayed_lower": round(stay.lower, 1),
            "stayed_upper": round(stay.upper, 1),
        }
    return values


def attendance_sharing(
    page: dict[str, Any], curve: AttendanceCurve | None, stay: Stay | None
) -> dict[str, Any]:
    """Return what of an `attendance_page` may be shared, as `pcqa.record` takes it.

    A fall between two windows and the ends of the intervals stay in the report. Shares
    are of the rounded counts, and differ a little from the report's.

    Parameters
    ----------
    page : what `attendance_page` gave
    curve, stay : as for `attendance_page`
    """
    rests: dict[str, tuple[int | str, ...]] = {}
    if curve is not None:
        rows = curve.top.dropna(subset="share")
        for top, people, share in rows[["top", "people", "share"]].itertuples(index=False):
            part = round(float(share) / 100 * curve.contacts)
            rests[f"top_{top:g}".replace(".", "_")] = (part, "contacts", round(people))
    if stay is not None and "stayed_percent" in page:
        rests["stayed_percent"] = (stay.stayed, stay.group)
    return {
        "counts": [
            one if one != "group" or curve is None else (one, "people")
            for one in ("people", "contacts", "group")
            if one in page
        ],
        "exact": [one for one in ("group_percent", "list_given") if one in page],
        "words": [one for one in ("whose", "data", "period") if one in page],
        "rests_on": rests,
    }


def attendance_labels(page: dict[str, Any]) -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows an `attendance_page`.

    >>> attendance_labels({"top_3": 19.2})
    {'Contacts of the top 3% of people': '{top_3:.0f}%'}
    """
    rows = {
        "people": ("People", "{people:,}"),
        "contacts": ("Contacts that they came to", "{contacts:,}"),
        "period": ("Period covered", "{period}"),
        **{
            name: (
                f"Contacts of the top {name[4:].replace('_', '.')}% of people",
                f"{{{name}:{_digits(page, name)}}}%",
            )
            for name in page
            if name.startswith("top_")
        },
        "group": ("People in the group that was followed", "{group:,} (top {group_percent:g}%)"),
        "stayed_percent": (
            "Of them, in it again in the second window",
            f"{{stayed_percent:{_digits(page, 'stayed_percent')}}}%"
            f"[ ({{stayed_lower:{_digits(page, 'stayed_lower')}}}% to "
            f"{{stayed_upper:{_digits(page, 'stayed_upper')}}}%)]",
        ),
        "fall_seen": (
            "Fall of the group's contacts",
            "{fall_seen:.0f}% seen; {fall_expected:.0f}% to expect with nothing done",
        ),
    }
    return {heading: said for name, (heading, said) in rows.items() if name in page}


def _digits(page: dict[str, Any], name: str) -> str:
    """Write a share as the rest of the report does: with a decimal where it is small."""
    return ".1f" if 0 < page.get(name, 0.0) < 9.95 else ".0f"


def attendance_questions(
    curve: AttendanceCurve | None, fall: Persistence | None, stay: Stay | None, days: int | None
) -> list[str]:
    """Return the questions that this look raises, for a team to choose one from.

    Parameters
    ----------
    curve, fall, stay : as for `attendance_page`
    days : the length of each window
    """
    asked = []
    if curve is not None and not curve.counted_none:
        asked.append(
            "How many people are registered? Give the number where the form asks for it, or in the "
            "set-up cell of the notebook: then people who never came are counted too."
        )
    long = days is not None and days >= SHORTEST
    if not long:
        asked.append("Who can give us a report of half a year or more, so that windows mean more?")
    if fall is not None and fall.beyond["upper"] < 0:
        asked.append(
            "What else changed between the two windows? They fell further than by themselves."
        )
    if fall is not None and fall.beyond["lower"] > 0:
        asked.append("What keeps people coming? They fell less than by themselves.")
    if long and stay is not None and stay.stayed >= SMALL:
        asked.append(
            "What do the people who stayed in both windows need that their appointments do not "
            "give? Discuss six of them, on paper, with whoever knows them."
        )
    return [
        *asked,
        "How many of these contacts did we cause? Tally failure demand for a week (d3).",
    ]
