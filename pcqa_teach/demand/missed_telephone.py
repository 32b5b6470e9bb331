"""Missed calls are not missed visits: telephone appointments told apart, or left out."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.demand.missed_mix import MissedMix
from pcqa_teach.errors import DataError
from pcqa_teach.sayings import percent, tenths
from pcqa_teach.variation import direct_rates

_ENOUGH = 20  # appointments of each in a cell; a share of fewer would weigh too much
_NO_MODE = (
    "This file does not say which appointments were by telephone, so they cannot be left out: "
    "count them in, and ask how a call that nobody answers is recorded."
)
_ASK = (
    "A call that nobody answers may be marked as missed, and each attempt once more: ask how it is "
    "done here."
)


def without_telephone(appts: pd.DataFrame) -> pd.DataFrame:
    """Return the appointments that were not by telephone.

    Raises
    ------
    DataError
        The file does not say, or nothing is left.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> two = tidy(date=["2026-03-09"] * 2, status=["DNA"] * 2, mode=["Telephone", "Home Visit"])
    >>> without_telephone(two)["mode"].tolist()
    ['Home Visit']
    """
    if "mode" not in appts.columns:
        raise DataError(_NO_MODE)
    kept = appts[appts["mode"] != "Telephone"]
    if kept.empty:
        raise DataError(
            "All appointments in this file were by telephone, so nothing is left: count them in."
        )
    return kept


def telephone_said(found: MissedMix) -> str:
    """Say how the share of missed telephone appointments lies beside that of the others.

    share on the same mix = sum over cells of w x missed / n, w = the part of both that is in a cell

    Cells (booking gap and kind) are those of which both have 20 appointments or more, our own mark.

    Parameters
    ----------
    found : what `standardise(appts, "mode")` returns

    Examples
    --------
    By telephone mostly on the day; there it is twice as much in every booking gap:

    >>> from pcqa_teach.demand.missed_mix import standardise
    >>> from pcqa_teach.measures.tidy import tidy
    >>> two = tidy(date=["2026-03-09"] * 8, status=["Attended", "DNA"] * 4,
    ...            booking_gap=["Same Day", "Same Day", "8 to 14 Days", "8 to 14 Days"] * 2,
    ...            mode=["Telephone"] * 4 + ["Face-to-Face"] * 4,
    ...            count=[720, 30, 225, 25, 245, 5, 712, 38])
    >>> said = telephone_said(standardise(two, "mode"))
    >>> said.partition(" (")[0], "and 3.5% of those face to face" in said
    ('On the same mix 7.0% of the telephone appointments are marked as missed', True)

    Notes
    -----
    Direct standardisation, see `variation.direct_rates`: two ratios to what each group's own mix
    would give must not be compared.
    """
    both = ("Telephone", "Face-to-Face")
    if not set(both) <= set(found.shown["group"]):
        return f"Too few telephone or face-to-face appointments were missed to compare them. {_ASK}"
    cells = found.cells[found.cells["group"].isin(both)]
    enough = cells[cells["n"] >= _ENOUGH].groupby("cell")["group"].nunique() == len(both)
    kept = cells[cells["cell"].isin(enough.index[enough])]
    if kept.empty:
        return (
            "Telephone and face-to-face appointments differ too much in how far ahead they are "
            f"booked, or in kind, to be put on the same mix. {_ASK}"
        )
    rates = direct_rates(
        kept, events="missed", population="n", stratum="cell", unit="group", per=100,
        standard=kept.groupby("cell")["n"].sum(),
    ).set_index("group")  # fmt: skip
    (phone, low, high), (here, least, most) = (
        [tenths(float(rates[one][group])) for one in ("rate", "lower", "upper")] for group in both
    )
    first = "" if low == high else f" (95% interval {low} to {high})"
    second = "" if least == most else f" ({'' if first else '95% interval '}{least} to {most})"
    narrow = "" if first and second else " An interval narrower than 0.1 of a point is not shown."
    part = float(kept["n"].sum() / cells["n"].sum())
    left = (
        ""
        if part == 1
        else f" Compared are the {percent(part)} of both whose gap and kind the other has too."
    )
    return (
        f"On the same mix {phone} of the telephone appointments are marked as missed{first}, and "
        f"{here} of those face to face{second}.{narrow}{left} {_ASK}"
    )
