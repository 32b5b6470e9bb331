"""People who came most before a change, and how often they came after it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from pcqa_teach.arguments import day_of
from pcqa_teach.errors import DataError
from pcqa_teach.measures.outcomes import horizon, outcomes
from pcqa_teach.sayings import counted

LEAST_DAYS = 28  # a shorter stretch says little of anybody (our own mark)
_DAY = np.timedelta64(1, "D")


def contacts_around(appts: pd.DataFrame, go_live: Any) -> pd.DataFrame:
    """Return each person's appointments in stretches of one length before and after a change.

    The stretch is the longer one that the table holds on both sides. Where it holds another as long
    before that, when nothing was done either, that is `earlier`: who came most in it is followed
    into `before`, and shows how far such people fall by themselves.

    Parameters
    ----------
    appts : tidy table with `patient`, as `pcqa.read` gives it; appointments that people came to
    go_live : the date of the change

    Returns
    -------
    frame of `before`, `after` and, where it can be had, `earlier`, a row a person, without codes;
    `attrs["pcqa"]["days"]` is the length of a stretch.

    Raises
    ------
    DataError
        The file does not say who came, or covers too little on one side.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = [str(day.date()) for day in pd.date_range("2026-01-01", periods=60)]
    >>> two = tidy(date=days, status=["Attended"] * 60, patient=["P-1", "P-2"] * 30)
    >>> contacts_around(two, "2026-01-31").to_numpy().tolist()
    [[15, 15], [15, 15]]
    """
    when = np.datetime64(day_of(go_live, "go_live"), "D")
    if "patient" not in appts or appts["patient"].isna().all():
        raise DataError(
            "This file does not tell one person's appointments from another's, so nothing can be "
            "said of people who came most: ask for a report with a patient number, which becomes a "
            "code as it is read."
        )
    if (appts["period"] != "day").any():
        raise DataError("This file counts whole months, so people cannot be followed in it.")
    date = appts["date"].to_numpy().astype("datetime64[D]")
    first, last = date.min(), np.datetime64(horizon(appts), "D")
    sides = (int((when - first) / _DAY), int((last - when) / _DAY) + 1)
    days = min(sides)
    if days < LEAST_DAYS:
        raise DataError(
            f"The file covers {counted(max(sides[0], 0), 'day')} before go-live and "
            f"{max(sides[1], 0):,} after it: {LEAST_DAYS} on each side are the least to follow "
            "anybody for."
        )
    came = outcomes(appts).came & appts["patient"].notna().to_numpy()
    codes, people = pd.factorize(appts["patient"])
    weight = appts["count"].to_numpy()
    starts = {"before": when - days * _DAY, "after": when}
    if sides[0] >= 2 * days:
        starts["earlier"] = when - 2 * days * _DAY
    frame = pd.DataFrame({
        name: np.bincount(
            codes[inside], weights=weight[inside], minlength=len(people)
        ).astype(np.int64)
        for name, start in starts.items()
        for inside in [came & (date >= start) & (date < start + days * _DAY)]
    })  # fmt: skip
    frame = frame[frame.sum(axis=1) > 0].reset_index(drop=True)
    frame.attrs["pcqa"] = {"days": days}
    return frame
