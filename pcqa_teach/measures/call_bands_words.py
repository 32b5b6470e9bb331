"""What is said of calls by stretch of the day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pcqa_teach.sayings import counted, percent, rounded, span

if TYPE_CHECKING:
    import pandas as pd

    from pcqa_teach.measures.call_bands import CallBands

_FATES = {
    "answered": "answered", "missed": "missed", "in_menu": "ended in the menu",
    "call_back": "asked to be rung back",
}  # fmt: skip


def message(found: CallBands) -> str:
    """Say Monday's early calls against the other days', or the busiest stretch."""
    from pcqa_teach.measures.call_bands import OTHERS

    monday, others = found.early(), found.early(OTHERS)
    if monday is None:
        top = found.rows.iloc[int(found.rows["calls"].argmax())]
        return f"Most calls come from {top['band']}: {rounded(top['calls'])} on an average day"
    said = f"On Mondays {counted(monday['calls'], 'call')} come from 8 to 10 am"
    if others is None:
        return f"{said} ({percent(monday['share'])} of the day's calls)"
    return f"{said}, against {rounded(others['calls'])} from Tuesday to Friday"


def explained(found: CallBands) -> str:
    """Say when calls come, what became of the early ones, and what cannot be seen."""
    from pcqa_teach.measures.call_bands import MONDAY, OTHERS

    return " ".join(
        [
            f"{message(found)}.",
            *(said for days in (MONDAY, OTHERS) if (said := _early(found, days))),
            *([_several(found)] if found.practices > 1 else []),
            "Calls are not people, and nothing inside two hours can be seen here.",
        ]
    )


def _early(found: CallBands, days: str) -> str:
    row = found.early(days)
    if row is None or not np.isfinite(row["answered"]):
        return ""
    fates = [f"{percent(row[name])} {said}" for name, said in _FATES.items() if row[name] > 0]
    return f"{days}, 8 to 10 am: {', '.join(fates)}."


def _several(found: CallBands) -> str:
    return f"These are {counted(found.practices, 'practice')} together."


def notes(found: CallBands) -> list[str]:
    """Give what is printed beneath the picture."""
    dates = (found.first, found.last)
    return [f"n = {counted(found.total, 'call')}, {span(dates)}.",
            "Calls, not people: whoever rings again is counted again."]  # fmt: skip


def alt(found: CallBands) -> str:
    """Say the picture."""
    return f"Bars of calls a day by stretch of two hours. {explained(found)}"


def shared_table(found: CallBands) -> pd.DataFrame:
    """Write the stretches as they are shown."""
    import pandas as pd

    rows = found.rows
    return pd.DataFrame(
        {
            "Days": rows["days"],
            "From and to": rows["band"],
            "Calls a day": [rounded(one) for one in rows["calls"]],
            "Share of the day": [percent(one) for one in rows["share"]],
            "Answered": [percent(one) if np.isfinite(one) else "-" for one in rows["answered"]],
            "Missed": [percent(one) if np.isfinite(one) else "-" for one in rows["missed"]],
        }
    )
