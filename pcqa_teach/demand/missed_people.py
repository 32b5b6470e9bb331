"""How many people missed more than one appointment: a prompt to look, with nobody named."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.demand import sharing
from pcqa_teach.demand.given import people
from pcqa_teach.errors import DataError
from pcqa_teach.measures.outcomes import told
from pcqa_teach.privacy import SMALL, suppress
from pcqa_teach.sayings import counted

_NO_PEOPLE = (
    "This file does not say whose appointments they were, so it cannot say how many people missed "
    "more than one: a practice can look inside its own system, or bring the report with the "
    "patient's number."
)


def missed_again(appts: pd.DataFrame) -> pd.DataFrame:
    """Return how many people missed one, two, and three appointments or more.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it

    Returns
    -------
    frame of `missed` ("1", "2", "3 or more"), `people`, `held` (True where the number is kept back)

    Raises
    ------
    DataError
        The file does not say whose appointments they were, or nobody missed any.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> who = ["P1", "P1", "P2", "P3", "P1"]
    >>> five = tidy(date=["2026-03-09"] * 5, status=["DNA"] * 4 + ["Attended"], patient=who)
    >>> missed_again(five)["people"].tolist()
    [2, 1, 0]
    """
    found = told(appts, "who missed appointments")
    if "patient" not in appts.columns or appts["patient"].isna().all():
        raise DataError(_NO_PEOPLE)
    rows = appts[found.missed]
    if rows["patient"].isna().all():
        raise DataError("No missed appointment names a person, so nothing is said of people.")
    who, names = people(rows, "patient")
    known = who >= 0
    times = np.bincount(who[known], rows["count"].to_numpy()[known], len(names))
    many = np.bincount(np.minimum(times, 3).astype(int), minlength=4)[1:]
    return pd.DataFrame(
        {
            "missed": ["1", "2", "3 or more"],
            "people": many,
            "held": sharing.hidden(many.astype("float64")),
        }
    )


def missed_again_said(again: pd.DataFrame) -> str:
    """Say how many people missed two or more; what to do with that is the practice's own.

    >>> few = pd.DataFrame({"missed": ["1", "2", "3 or more"], "people": [900, 150, 50]})
    >>> print(missed_again_said(few.assign(held=False)))
    1,100 people missed an appointment; 200 of them missed two or more, and 50 three or more. Who \
they are is for those who care for them to look up, inside the practice's own system.
    """
    once, twice, thrice = (int(one) for one in again["people"])
    several = suppress(twice + thrice) if once >= SMALL else "some"
    more = f"{several:,}" if isinstance(several, int) else several
    three = "" if again["held"].any() or not thrice else f", and {thrice:,} three or more"
    return (
        f"{counted(once + twice + thrice, 'person', 'people')} missed an appointment; {more} of "
        f"them missed two or more{three}. Who they are is for those who care for them to look up, "
        "inside the practice's own system."
    )
