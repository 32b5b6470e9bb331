"""A coded sample of appointments as tables to share: how far two agree, and the minutes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach.demand.appropriateness import Appropriateness
from pcqa_teach.demand.appropriateness_frames import ELSEWHERE
from pcqa_teach.demand.appropriateness_words import services, too_few
from pcqa_teach.demand.sharing import small
from pcqa_teach.errors import DataError
from pcqa_teach.figures.table import Table, table
from pcqa_teach.sayings import counted, percent, rough, rough_range
from pcqa_teach.variation import shareable

_SAID = {"else": "somebody else could have helped", "right": "right as it was"}


def agreement_table(found: Appropriateness) -> Table:
    """Show how two coders of the same appointments agree: each one's codes against the other's.

    Raises
    ------
    DataError
        Only one person coded, or a count is from 1 to 4: totals and agreement would give it away.

    Examples
    --------
    >>> from pcqa_teach.demand.appropriateness import appropriateness
    >>> right = "right as it was"
    >>> rows = pd.DataFrame({"helper": ["nurse"] * 20 + [right] * 30,
    ...                      "second": ["nurse"] * 12 + [right] * 38})
    >>> agreement_table(appropriateness(rows, second="second")).frame.iloc[0, 1:].tolist()
    ['12', '8', '20']
    """
    both = found.agreement
    if both is None:
        raise DataError(
            "Only one person coded, so it cannot be said how far two agree: have a second person "
            "code the same appointments without looking."
        )
    counts = both.counts.reindex(index=list(_SAID), columns=list(_SAID), fill_value=0)
    if small(counts.to_numpy()).any():
        raise DataError(
            "Few appointments stand in one of the cells of two coders' codes. The totals and the "
            "agreement would tell how many, so the table is left out."
        )
    texts = shareable(counts)
    frame = texts.rename(index=_SAID, columns={name: f"Second: {said}" for name, said in
                                               _SAID.items()})  # fmt: skip
    frame.insert(0, "First coder", frame.index)
    kappa = f", kappa {both.kappa:.2f}" if np.isfinite(both.kappa) else ""
    caption = f"Two coders of {counted(both.n, 'appointment')}: alike in {percent(both.agreed)}"
    return table(frame.reset_index(drop=True), f"{caption}{kappa}")


def minutes_table(found: Appropriateness) -> Table:
    """Show the minutes of the appointments in which somebody else could have helped.

    Raises
    ------
    DataError
        No minutes are written down, or there are too few appointments to share.

    Examples
    --------
    >>> from pcqa_teach.demand.appropriateness import appropriateness
    >>> rows = pd.DataFrame({"helper": ["nurse"] * 20 + ["right as it was"] * 60, "minutes": 12})
    >>> found = appropriateness(rows, minutes="minutes", weekly=800)
    >>> minutes_table(found).frame.iloc[0].tolist()
    ['Somebody else could have helped', '240', '2,400', '1,600 to 3,400']
    """
    if not len(found.minutes):
        raise DataError("No minutes are written down, so no time can be worked out.")
    if too_few(found):
        raise DataError("Too few appointments to put minutes on them: code more.")
    shown = [ELSEWHERE, *services(found)["kind"]]
    rows = found.minutes[found.minutes["kind"].isin(shown)]
    frame = pd.DataFrame(
        {
            "Appointments in which": [one[:1].upper() + one[1:] for one in rows["kind"]],
            "Minutes in the sample": [f"{one:,.0f}" for one in rows["sample"]],
        }
    )
    if np.isfinite(rows["week"]).all():
        ends = zip(rows["week_lower"], rows["week_upper"], strict=True)
        frame["Minutes a week"] = [rough(one) for one in rows["week"]]
        frame["95% interval"] = [rough_range(low, high) for low, high in ends]
    return table(frame, "Clinicians' minutes")
