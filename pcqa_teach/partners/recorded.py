"""What an appointment book records of work with neighbours."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.measures import formats
from pcqa_teach.measures.outcomes import outcomes
from pcqa_teach.privacy import suppress

# National categories that name a neighbour; which neighbour is our own reading of the names.
NEIGHBOURS = {
    "Care Home Visit": "Care homes",
    "Care Home Needs Assessment & Personalised Care and Support Planning": "Care homes",
    "Patient contact during Care Home Round": "Care homes",
    "Social Prescribing Service": "Link workers and the voluntary sector",
    "Service provided by organisation external to the practice": "Other organisations",
}
UNCLEAR = ("Inconsistent Mapping", "Unmapped", "Unknown")
NOT_CLEAR = "Category not clear"


def neighbours_recorded(appts: pd.DataFrame) -> pd.DataFrame:
    """Count the appointments whose national category names a neighbour of the practice.

    share = 100 x appointments of these categories / all appointments whose day has passed

    A book holds appointments. Telephone calls with a care home, letters, messages and whatever was
    booked under another category are not in it: a nought says that nothing was recorded.

    Parameters
    ----------
    appts : tidy table, as `pcqa.read` gives it, with `category`

    Returns
    -------
    frame of `neighbour`, `count`, `n`, `share` (per cent) and `said` (the count as it may be
    shared), a row each for care homes, link workers, other organisations, and categories that are
    not clear

    Raises
    ------
    DataError
        The file has no national categories, or no appointment's day has passed.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> said = ["Care Home Visit", "Social Prescribing Service", "Unmapped", *["Home Visit"] * 2]
    >>> five = tidy(date=["2026-03-09"] * 5, status=["Attended"] * 5, category=said)
    >>> neighbours_recorded(five)["share"].tolist()
    [20.0, 20.0, 0.0, 20.0]

    Source: NHS England, Appointments in General Practice (national categories).
    """
    found = outcomes(appts)
    if "category" not in appts:
        raise DataError(
            f"{formats.in_words(appts)} has no national categories, so it cannot say which"
            " appointments were with a care home, a link worker or another organisation: bring"
            " NHS England's practice-level file, or tally for a week."
        )
    whole = found.expected
    n = int(appts.loc[whole, "count"].sum())
    if not n:
        raise DataError(
            "No appointment's day has passed in this file: bring a report of past days."
        )
    category = appts.loc[whole, "category"].astype("str")
    who = category.map({**NEIGHBOURS, **dict.fromkeys(UNCLEAR, NOT_CLEAR)})
    rows = [*dict.fromkeys(NEIGHBOURS.values()), NOT_CLEAR]
    count = appts.loc[whole, "count"].groupby(who.to_numpy()).sum().reindex(rows, fill_value=0)
    said = pd.DataFrame({"neighbour": rows, "count": count.to_numpy(dtype="int64"), "n": n})
    said["share"] = 100 * said["count"] / n
    said["said"] = [str(suppress(one)) for one in said["count"]]
    return said
