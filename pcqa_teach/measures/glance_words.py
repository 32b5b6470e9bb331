"""What a first look says: its rows, its sums, and what is still to be asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pcqa_teach import sayings
from pcqa_teach.measures.minimum import NEED
from pcqa_teach.privacy import suppress

MANY_UNKNOWN = 5.0  # per cent from which somebody is asked to look: our own mark
_NOT = "not in this file"
_TALLY = "a week's tally of every ask (lesson A4)"


def table(numbers: Mapping[str, Any], sums: Mapping[str, str]) -> pd.DataFrame:
    """Give a row a number: what it is, what it comes to, and its sum."""
    n, missed, unknown = (numbers[name] for name in ("appointments", "missed", "unknown"))
    rows = [
        ("Demand: what people asked for", "in no appointment book", "a week's tally (lesson A4)"),
        ("Capacity: places offered in a five-day week", _number(numbers["capacity_a_week"]),
         sums["offered"]),
        ("Activity: appointments in a five-day week", _number(numbers["activity_a_week"]),
         sums["activity"]),
        ("Queue in the book: places booked for a later day",
         _number(numbers["queue_mean"], lacking=sums["no_queue"]), sums["queue"]),
        ("Places filled", _share(numbers["filled_percent"]), sums["filled"]),
        ("Booked on the day itself", _share(numbers["same_day_percent"]), sums["same_day"]),
        ("Missed, unknown counted (as NHS England counts)",
         _share(numbers["missed_unknown_counted_percent"]), of(missed, n)),
        ("Missed, unknown left out",
         _share(numbers["missed_unknown_left_out_percent"]), of(missed, n - unknown)),
        ("Outcome unknown", _share(numbers["unknown_percent"]), of(unknown, n)),
        ("Appointments a week per 1,000 registered people",
         _number(numbers["per_1000_a_week"], 1, "needs the list size"), sums["per_1000"]),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["what", "value", "sum"])


def checks(numbers: Mapping[str, Any], have: int, every: str, source: str) -> pd.DataFrame:
    """Give a row a thing that the course needs: what is here, what to ask for, and that in short.

    Parameters
    ----------
    numbers : those of a first look
    have, every : how many whole periods of which kind
    source : the format, as `formats.in_words` names it
    """
    reach = f"{NEED + 2} weeks" if every == "week" else f"{NEED} months"
    longer = f"at least {reach}: a chart needs {NEED}{' whole ones' if every == 'week' else ''}"
    closer = "who closes the slots, and when in the day"
    unused = (
        "the unused slots, from another report: this one has none"
        if "SystmOne" in source
        else "a list of every slot, the unused too"
    )
    unknown = round(float(numbers["unknown_percent"] or 0), 1)
    offered, gap, size = (
        numbers[name] is not None
        for name in ("capacity_a_week", "same_day_percent", "per_1000_a_week")
    )
    rows = [
        (f"Whole {every}s", str(have), "" if have >= NEED else longer, "longer file"),
        ("Outcome unknown", _share(numbers["unknown_percent"]),
         "" if unknown <= MANY_UNKNOWN else closer, "closing of slots"),
        ("When it was booked", "known" if gap else "not known",
         "" if gap else "the report with the booking date", "booking date"),
        ("Places left open", "listed" if offered else "not listed",
         "" if offered else unused, "unused slots"),
        ("Registered people", "given" if size else "not given",
         "" if size else "the practice's own count, mid-period", "list size"),
        ("Demand", "in no appointment book", _TALLY, ""),
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["question", "answer", "ask", "short"])


def still_to_ask(checked: pd.DataFrame) -> str:
    """Say in a line what is still to be asked for; a tally always is, and goes without saying."""
    asked = checked.loc[(checked["ask"] != "") & (checked["short"] != ""), "short"].tolist()
    said = ", ".join(asked) or "nothing but a week's tally"
    return said[0].upper() + said[1:]


def labels() -> dict[str, str]:
    """Return the rows in which `pcqa.record` shows a first look: what its tables do not say."""
    return {
        "Whose figures": "{whose}",
        "Period covered": "{period}, {covers}",
        "Still to ask for": "{ask_for}",
    }


def percent(part: float, whole: float) -> float | None:
    """Give a share in per cent, to three decimals; None of nothing."""
    return round(100 * float(part) / float(whole), 3) if whole else None


def a_week(n: int, days: int) -> str:
    """Say the sum of a five-day week.

    >>> a_week(26692, 129)
    '26,692 / 129 working days x 5'
    """
    return f"{n:,} / {sayings.counted(days, 'working day')} x 5"


def offered(filled: int, unused: int, days: int) -> str:
    """Say what the places offered are made of; nothing where the file lists no unused ones."""
    said = (
        f"({filled:,} filled + {_few(unused)} left open) / {sayings.counted(days, 'working day')}"
    )
    return f"{said} x 5" if unused else ""


def no_queue(columns: Iterable[str]) -> str:
    """Say why the queue in the book is not counted: no day of booking, or too short a file."""
    return "needs a longer file" if "booking_gap_days" in columns else _NOT


def mean_of_ends(weeks: int, left: int) -> str:
    """Say over how many weeks' ends a queue was counted, and why not over the last ones.

    >>> mean_of_ends(3, 0)
    'mean of the ends of 3 weeks'
    >>> mean_of_ends(20, 6)
    'mean of the ends of 20 weeks; the last 6 are left out, since the file does not hold all that \
was booked in them'
    """
    said = f"mean of the ends of {sayings.counted(weeks, 'week')}"
    if not left:
        return said
    last = "the last one is" if left == 1 else f"the last {left} are"
    them = "it" if left == 1 else "them"
    return f"{said}; {last} left out, since the file does not hold all that was booked in {them}"


def per_1000(n: int, days: int, size: float) -> str:
    """Say the sum of a rate per 1,000."""
    return f"{a_week(n, days)} / {size:,.0f} x 1,000"


def of(part: int, whole: int) -> str:
    """Say a part of a whole, a small part in words.

    >>> of(54, 1026), of(3, 40)
    ('54 of 1,026', 'fewer than 5 of 40')
    """
    return f"{_few(int(part))} of {int(whole):,}"


def _few(count: int) -> str:
    said = suppress(count)
    return said if isinstance(said, str) else f"{said:,}"


def _share(value: float | None) -> str:
    return _NOT if value is None else f"{value:.1f}%"


def _number(value: float | None, decimals: int = 0, lacking: str = _NOT) -> str:
    return lacking if value is None else f"{value:,.{decimals}f}"
