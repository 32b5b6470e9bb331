"""How far two people who coded the same cases agree, and what that says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.demand.given import Texts
from pcqa_teach.sayings import counted, fine_percent, percent

if TYPE_CHECKING:
    from pcqa_teach.variation import Agreement

WANTED = 0.6  # Landis and Koch, 1977, call more than this substantial
ALIKE = 0.8  # the agreement at which PABAK of two codes is 0.6
MOSTLY = 0.75  # of all codes given: for two codes, a prevalence index of 0.5


def between(first: Texts, second: Texts | None, names: tuple[str, str | None]) -> Agreement | None:
    """Return the agreement of two columns of codes (blanks passed over); None without a second."""
    if second is None:
        return None
    from pcqa_teach.variation import agreement

    one, other = names[0], f"{names[1]}"
    frame = pd.DataFrame({one: first, other: second}, dtype="object")
    used = sorted({code for code in (*first, *second) if code is not None})
    spare = [*used, *({"value", "right"} - set(used))][: max(len(used), 2)]  # kappa needs two
    with np.errstate(divide="ignore", invalid="ignore"):  # complete agreement has no spread
        return agreement(frame, first=one, second=other, categories=spare)


def commonest(found: Agreement) -> float:
    """Return the share of the commonest code, over both coders.

    For two codes, the prevalence index is twice this, less one.
    """
    given = found.counts.sum(axis=0).to_numpy() + found.counts.sum(axis=1).to_numpy()
    return float(given.max() / (2 * found.n))


def enough(found: Agreement) -> bool:
    """Say whether two coders agree well enough for their share to be used.

    kappa >= 0.6; or, where one code has more than three in four, agreement >= 0.8 and kappa sure to
    be above 0: kappa is low there however well they agree, and agreement alone forgets luck.

    Examples
    --------
    >>> from pcqa_teach.demand.sheets import from_tally
    >>> rare = ["failure"] * 8 + ["value"] * 92
    >>> other = ["failure"] * 4 + ["value"] * 92 + ["failure"] * 4
    >>> found = from_tally(pd.DataFrame({"code": rare, "second": other})).agreement
    >>> round(found.kappa, 2), round(found.prevalence, 2), round(found.pabak, 2), enough(found)
    (0.46, 0.84, 0.84, True)

    Source: Byrt, Bishop and Carlin, Journal of Clinical Epidemiology 46 (1993), for prevalence and
    PABAK; that 0.6 should do for it as for kappa is our own mark.
    """
    if not np.isfinite(found.kappa):
        return False
    rare = commonest(found) > MOSTLY and found.agreed >= ALIKE and found.kappa_lower > 0
    return bool(found.kappa >= WANTED or rare)


def agreed(found: Agreement | None, coders: pd.DataFrame, what: str) -> str:
    """Say how far two coders agree, and how far apart their shares lie."""
    if found is None and len(coders) > 1:
        return "The coders took different cases: have two of them code some of the same."
    if found is None:
        return "One person's codes: have a second person code some of the same before you act."
    said = (
        f"Two coders agree on {fine_percent(100 * found.agreed)} of {counted(found.n, 'case')} "
        "that both coded"
    )
    if np.isfinite(found.kappa):
        said += (
            f" (kappa, their agreement beyond luck, is {found.kappa:.2f}; were all codes equally "
            f"common, it would be {found.pabak:.2f}, which is called PABAK)"
        )
    low, high = float(coders["share"].min()), float(coders["share"].max())
    ends = fine_percent(low), fine_percent(high)
    if ends[0] == ends[1]:
        said += f". Each of them puts the share of {what} at {ends[0]}."
    else:
        said += (
            f". Their shares of {what} are {ends[0]} and {ends[1]}: a change smaller than that gap "
            "may be the coder and not the practice."
        )
    if np.isfinite(found.kappa) and found.kappa < WANTED:
        said += f" Kappa is under {WANTED:g}{why_low(found)}"
    return said


def why_low(found: Agreement) -> str:
    """Go on from a kappa that is under what is wanted: why, and what follows."""
    again = "settle the definitions together, then code again."
    if commonest(found) <= MOSTLY:
        return f": {again}"
    because = f". One code has {percent(commonest(found))} of all, which alone makes kappa low"
    if enough(found):
        return (
            f"{because}; so their agreement counts, and {percent(found.agreed)} will do. "
            "Talk over those on which they differ."
        )
    lacks = (
        f"they agree on fewer than {percent(ALIKE)}"
        if found.agreed < ALIKE
        else "luck alone may make them agree as often"
    )
    return f"{because}; but {lacks}: {again}"
