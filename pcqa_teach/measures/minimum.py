"""Whether there is enough to start from, said in one sentence."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.errors import DataError
from pcqa_teach.sayings import counted

NEED = 12


def enough(frame: pd.DataFrame, need: int = NEED) -> pd.DataFrame:
    """Return a measure unchanged if it has at least `need` periods with a value.

    Twelve is the kit's own minimum for a first baseline; with fewer than 13 points the limits are
    trial limits and every chart says so. Two more weeks are asked for than needed, because the
    first and the last are usually part-weeks.

    Parameters
    ----------
    frame : a measure (`x`, `value`)
    need : int
        Periods needed.

    Raises
    ------
    DataError
        If there are fewer; the sentence says how many there are, how many are needed, and what to
        ask for.

    Examples
    --------
    >>> from pcqa_teach.measures import weekly_counts
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = pd.date_range("2026-03-02", "2026-04-02", freq="B")
    >>> five = weekly_counts(tidy(date=days, status=["Attended"] * len(days)))
    >>> enough(five)
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: There are 5 whole weeks in this export; a baseline needs at \
least 12. Ask for a report that covers at least 14 weeks, so that 12 are left when the part-weeks \
at both ends are dropped.
    """
    have = int(frame.loc[frame["value"].notna(), "x"].nunique())
    if have >= need:
        return frame
    every = frame.attrs.get("pcqa", {}).get("every", "period")
    verb = "is" if have == 1 else "are"
    many = counted(have, f"whole {every}") if have else f"no whole {every}"
    verb = verb if have else "is"
    said = f"There {verb} {many} in this export; a baseline needs at least {need}."
    if every == "week":
        ask = (
            f"Ask for a report that covers at least {need + 2} weeks, so that {need} are left when "
            "the part-weeks at both ends are dropped."
        )
    else:
        ask = f"Ask for a file that covers at least {need} {every}s."
    raise DataError(f"{said} {ask}")
