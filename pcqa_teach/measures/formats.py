"""What to call a table, and whose it is."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.sayings import counted

_WORDS = {
    "gpad_practice": "NHS England's practice-level file",
    "gpad_regional": "NHS England's regional file",
    "systmone_appointments": "The SystmOne appointment report",
    "emis_slots": "This EMIS slot list",
    "emis_crosstab": "This EMIS table of counts",
    "gpad_daily": "NHS England's daily file",
    "tidy": "This table",
}


def in_words(appts: pd.DataFrame) -> str:
    """Name the format of a table, to start a sentence with.

    >>> from pcqa_teach.measures.tidy import tidy
    >>> in_words(tidy(date=["2026-03-09"], status=["DNA"], source="gpad_regional"))
    "NHS England's regional file"
    """
    if "source" not in appts:
        return "This table"
    found = sorted({str(source) for source in appts["source"].unique()})
    if len(found) != 1:
        return "This set of files"
    return _WORDS.get(found[0], "This file")


def about(appts: pd.DataFrame) -> str:
    """Say in a sentence whose figures these are: one practice's, several practices' or an area's.

    >>> from pcqa_teach.measures.tidy import tidy
    >>> area = tidy(date=["2021-03-01"], status=["DNA"], period="month", area=["A1"])
    >>> about(area)
    'This is an area, not a practice: read every figure below as the whole area together.'
    """
    practices, areas = _distinct(appts, "practice"), _distinct(appts, "area")
    if practices > 1:
        return (
            f"This file holds {counted(practices, 'practice')} together: read every figure below "
            "as the whole group, or cut the file down to your own practice first."
        )
    if practices == 0 and areas:
        name = "an area" if areas == 1 else f"{areas} areas together"
        return (
            f"This is {name}, not a practice: read every figure below as the whole "
            f"{'area' if areas == 1 else 'group'} together."
        )
    if practices == 1:
        return "These are one practice's own figures."
    return "These are taken to be one practice's own figures: no column says whose they are."


def whose(appts: pd.DataFrame) -> str:
    """Name whose figures these are, to put into a question.

    >>> from pcqa_teach.measures.tidy import tidy
    >>> whose(tidy(date=["2021-03-01"], status=["DNA"], period="month", area=["A1"]))
    'the area'
    """
    areas = _distinct(appts, "area")
    if _distinct(appts, "practice") > 1:
        return "these practices together"
    if not is_area(appts):
        return "the practice"
    return "the area" if areas == 1 else "these areas together"


def is_area(appts: pd.DataFrame) -> bool:
    """Say whether a table is of whole areas, whose practices it does not name.

    >>> from pcqa_teach.measures.tidy import tidy
    >>> is_area(tidy(date=["2021-03-01"], status=["DNA"], period="month", area=["A1"]))
    True
    """
    return _distinct(appts, "practice") == 0 and _distinct(appts, "area") > 0


def _distinct(appts: pd.DataFrame, column: str) -> int:
    return int(appts[column].nunique()) if column in appts.columns else 0
