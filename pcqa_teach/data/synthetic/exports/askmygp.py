"""The asks as askmygp's crosstab of demand: a column a day, a row of requests, UTF-16 with tabs."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_FULL = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
         "October", "November", "December")  # fmt: skip
BOM = b"\xff\xfe"


def table(asks: pd.DataFrame) -> pd.Series:
    """Return the asks of every day of whole weeks; a day without any was closed: missing."""
    counts = asks.groupby("date").size()
    first = counts.index.min() - pd.Timedelta(days=counts.index.min().day_of_week)
    last = counts.index.max() + pd.Timedelta(days=6 - counts.index.max().day_of_week)
    return counts.reindex(pd.date_range(first, last, freq="D"))


def _week(day: pd.Timestamp) -> str:
    return f"{day.day} {_FULL[day.month - 1]} {day.year}"


def _above(days: pd.DatetimeIndex) -> tuple[list[str], list[str]]:
    monday = days - pd.to_timedelta(days.day_of_week, unit="D")
    return [_week(day) for day in monday], [_DAYS[day] for day in days.day_of_week]


def _shares(counts: pd.Series) -> list[str]:
    weeks = counts.groupby(np.arange(len(counts)) // 7).transform("sum")
    return [f"{100 * n / w:.1f}%" if n == n else "" for n, w in zip(counts, weeks, strict=True)]


def clean(asks: pd.DataFrame) -> parts.Rendered:
    """Return the crosstab as it comes: four rows, blank where the practice was closed."""
    counts = table(asks)
    weeks, days = _above(pd.DatetimeIndex(counts.index))
    cells = ["" if n != n else f"{n:.0f}" for n in counts]
    rows = [["", *weeks], ["", *days], ["% of week", *_shares(counts)], ["requests", *cells]]
    return parts.Rendered(_join(rows))


def dirty(asks: pd.DataFrame) -> parts.Rendered:
    """Return the crosstab with weeks printed once, the first week again, totals and other rows."""
    counts = table(asks)
    saturday = np.arange(len(counts)) % 28 == 12  # one in four
    nought = saturday & counts.isna().to_numpy()
    held = counts.mask(nought, 0.0)
    whole = pd.concat([held, held.iloc[:7]])
    weeks, days = _above(pd.DatetimeIndex(whole.index))
    once = [name if place % 7 == 0 else "" for place, name in enumerate(weeks)]
    cells = ["" if n != n else f"{n:,.0f}" for n in whole]
    total = f"{counts.sum():,.0f}"
    rows = [
        ["Demand data (invented practice)"],
        ["", *once, ""],
        ["", *days, "Total"],
        ["% of week", *_shares(whole), ""],
        ["requests", *cells, total],
        ["answered the same day", *cells, total],
        [],
    ]
    quirks = {
        "line before the days": 1,
        "week printed once, above its Monday": len(whole) // 7,
        "cell of a totals column": 1,
        "cell of a week that is there twice": int(held.iloc[:7].notna().sum()),
        "cell of another row than requests": 2 * (len(whole) + 1),
        "Saturday with a 0 where the others are blank": int(nought.sum()),
        "day on which the practice was closed: a blank cell": cells.count(""),
    }
    return parts.Rendered(_join(rows), quirks)


def _join(rows: list[list[str]]) -> bytes:
    text = parts.CRLF.join("\t".join(row) for row in rows) + parts.CRLF
    return BOM + text.encode("utf-16-le")
