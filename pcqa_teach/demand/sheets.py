"""From a filled-in sheet to its result: the columns that are there are used, and no others."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pcqa_teach.arguments import number
from pcqa_teach.columns import table_of
from pcqa_teach.demand import given
from pcqa_teach.demand.appropriateness import Appropriateness, appropriateness
from pcqa_teach.demand.failure import FailureDemand, failure_demand
from pcqa_teach.errors import DataError
from pcqa_teach.sayings import counted

LEAST = 30  # coded cases for a first look: our own mark
_DAYS = 5


def from_tally(tally: pd.DataFrame, channel_mix: Any = None) -> FailureDemand:
    """Return the failure-demand assessment of a tally, as `pcqa.read` gives it.

    Parameters
    ----------
    tally : a row a contact: code, and where they are there channel, cause, second, date
    channel_mix : contacts a week by channel, to weight what was caught unevenly; optional

    Raises
    ------
    DataError
        Fewer than 30 contacts are coded, or a column or the mix cannot be used.

    Examples
    --------
    >>> week = pd.DataFrame({"code": ["value"] * 40 + ["failure-practice"] * 10})
    >>> float(from_tally(week).row("failure demand")["share"])
    20.0
    >>> from_tally(week.head(2))
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: There are 2 coded contacts in this tally, and at least 30 are \
needed for a first look: tally on. About 250 give a share that is sure to 5 points either way.
    """
    table_of(tally, "contacts")
    _enough(tally, "code", "contact", "tally", "tally on")
    have = {name: name for name in ("cause", "channel", "second") if _has(tally, name)}
    return failure_demand(tally, channel_mix=channel_mix, **have)


def from_sample(sample: pd.DataFrame, weekly: float | None = None) -> Appropriateness:
    """Return what a coded sample of appointments says, as `pcqa.read` gives it.

    Parameters
    ----------
    sample : a row an appointment: helper, and where they are there mode, exists, minutes, second,
        date
    weekly : appointments a week that the sample stands for; used only where minutes are there

    Raises
    ------
    DataError
        Fewer than 30 appointments are coded, or a column cannot be used.

    Examples
    --------
    >>> two_weeks = pd.DataFrame({"helper": ["right as it was"] * 30 + ["nurse"] * 10})
    >>> float(from_sample(two_weeks).row("somebody else could have helped")["share"])
    25.0
    """
    table_of(sample, "appointments")
    _enough(sample, "helper", "appointment", "sample", "code more")
    have = {name: name for name in ("mode", "exists", "minutes", "second") if _has(sample, name)}
    return appropriateness(sample, weekly=weekly if "minutes" in have else None, **have)


def contacts_a_week(tally: pd.DataFrame, channel_mix: Any = None) -> tuple[float, str]:
    """Return how many contacts a week brings, and in words where that comes from.

    The mix, where it is given, counts them; else the tally is taken to have caught all of its days.

    Examples
    --------
    >>> days = pd.to_datetime(["2025-03-03"] * 60 + ["2025-03-04"] * 40)
    >>> contacts_a_week(pd.DataFrame({"code": "value", "date": days}))
    (250.0, 'what the tally caught on 2 days, put on five: every contact missed makes it too low')
    >>> contacts_a_week(pd.DataFrame({"code": ["value"]}), {"Telephone": 620, "Email": 30})
    (650.0, 'the channels of an ordinary week, as given')
    """
    if channel_mix is not None:
        return sum(given.weights(channel_mix, "channel_mix").values()), (
            "the channels of an ordinary week, as given"
        )
    days = int(tally["date"].nunique()) if _has(tally, "date") else 0
    if not days:
        return float(len(tally)), "what the tally caught, taken for one week: no days are written"
    return number(len(tally) / days * _DAYS, "contacts", above=0), (
        f"what the tally caught on {counted(days, 'day')}, put on five: every contact missed makes "
        "it too low"
    )


def _has(frame: pd.DataFrame, name: str) -> bool:
    return name in frame and bool(frame[name].notna().any())


def _enough(frame: pd.DataFrame, name: str, thing: str, sheet: str, do: str) -> None:
    coded = int(frame[name].notna().sum()) if name in frame else 0
    if coded < LEAST:
        verb = "is" if coded == 1 else "are"
        raise DataError(
            f"There {verb} {counted(coded, f'coded {thing}')} in this {sheet}, and at least "
            f"{LEAST} are needed for a first look: {do}. About 250 give a share that is sure to 5 "
            "points either way."
        )
