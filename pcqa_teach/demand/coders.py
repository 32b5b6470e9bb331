"""How far two people who coded the same cases agree, and what that says."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from pcqa_teach.demand.given import Texts
from pcqa_teach.sayings import counted, fine_percent

if TYPE_CHECKING:
    from pcqa_teach.variation import Agreement

WANTED = 0.6  # Landis and Koch, 1977, call more than this substantial


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
        said += f" (kappa {found.kappa:.2f}, PABAK {found.pabak:.2f})"
    low, high = float(coders["share"].min()), float(coders["share"].max())
    said += (
        f". Their shares of {what} are {fine_percent(low)} and {fine_percent(high)}: a change "
        "smaller than that gap may be the coder and not the practice."
    )
    if np.isfinite(found.kappa) and found.kappa < WANTED:
        said += (
            f" Kappa is under {WANTED:g}: settle the definitions together and code again. Kappa is "
            "also low where nearly everything has one code."
        )
    return said
