"""What to know about the data before reading a chart of them."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pcqa_teach import sayings
from pcqa_teach.measures.outcomes import known_of, outcomes
from pcqa_teach.measures.periods import granularity, span
from pcqa_teach.measures.supply import weekly_counts
from pcqa_teach.privacy import suppress

_NOT_HERE = "not in this file"


def data_quality(appts: pd.DataFrame) -> pd.DataFrame:
    """Return what a table covers and where it is weak, a row a question.

    Returns
    -------
    frame of `Question`, `Answer`, `Why it matters`.

    Examples
    --------
    >>> from pcqa_teach.measures.tidy import tidy
    >>> days = pd.date_range("2026-03-09", periods=5)
    >>> marks = ["Attended", "DNA", "Attended", "Unknown", "Attended"]
    >>> data_quality(tidy(date=days, status=marks))["Answer"].tolist()[:4]
    ['9 Mar 2026 to 13 Mar 2026', '1 week', '5', '20.0%']
    """
    found = outcomes(appts)
    counts = appts["count"].to_numpy()
    total = int(counts[found.expected].sum())
    whole = weekly_counts(appts)
    every = str(whole.attrs["pcqa"]["every"])
    rows = [
        ("Period covered", span(appts), "a chart speaks for this time alone"),
        (
            f"Whole {every}s with appointments",
            sayings.counted(int(whole["value"].notna().sum()), every),
            "a baseline needs 12; fewer than 13 points give trial limits",
        ),
        ("Appointments whose day has passed", f"{total:,}", "appointments, not people"),
        *_not_counted(appts, found.expected),
        (
            "Outcome unknown",
            _percent(counts[found.unknown].sum(), total) if known_of(found) else _NOT_HERE,
            "moves the DNA share, so it is worked out both ways",
        ),
    ]
    if granularity(appts) == "day" and known_of(found):
        share = _percent(counts[found.stale].sum(), total)
        why = "nobody closed these slots: part of the unknown above"
        rows.append(("Still marked Booked in the past", share, why))
    rows.append(
        (
            "Booking gap unknown",
            _gap_unknown(appts, found.expected),
            "a large share weakens the booking-gap picture",
        )
    )
    if every == "week":
        rows.append(_holiday_row(whole))
    empty = int(whole["value"].isna().sum())
    if empty:
        why = "closed, or missing: shown as a gap, not as nought"
        rows.append((f"Whole {every}s without any row", sayings.counted(empty, every), why))
    return pd.DataFrame(rows, columns=["Question", "Answer", "Why it matters"])


def _not_counted(appts: pd.DataFrame, expected: np.ndarray) -> list[tuple[str, str, str]]:
    """Say what else the rows hold, so that they add up to the rows that were kept."""
    left = appts.loc[~expected, ["status", "count"]]
    names = {"Cancelled": "cancelled", "Blocked": "blocked", "Available": "not filled"}
    said = left["status"].astype("str").map(names).fillna("booked for later days")
    sums = left["count"].groupby(said, sort=True).sum()
    parts = [
        f"{number if isinstance(number, str) else format(number, ',')} {what}"
        for what, number in ((what, suppress(number)) for what, number in sums.items() if number)
    ]
    why = "kept in the file, but nobody was due to come on a day that has passed"
    what = "Other rows, not counted as appointments"
    return [(what, sayings.and_list(parts), why)] if parts else []


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "–"


def _gap_unknown(appts: pd.DataFrame, expected: np.ndarray) -> str:
    if "booking_gap" not in appts.columns:
        return _NOT_HERE
    gap = appts["booking_gap"]
    lost = expected & (gap.isna() | (gap == "Unknown")).to_numpy(dtype=bool)
    counts = appts["count"].to_numpy()
    return _percent(counts[lost].sum(), counts[expected].sum())


def _holiday_row(whole: pd.DataFrame) -> tuple[str, str, str]:
    weeks = [sayings.day(start) for start in whole.loc[whole["holiday"], "x"]]
    few = sayings.and_list(weeks) if weeks else "none"
    answer = few if len(weeks) <= 6 else sayings.counted(len(weeks), "week")
    return "Weeks with a bank holiday (starting)", answer, "counts are put on working days"
