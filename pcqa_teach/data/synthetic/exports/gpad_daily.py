"""The slots as NHS England's daily file: counts a day by actual length, without the outcome."""

import numpy as np
import pandas as pd

from pcqa_teach.data.schema import LENGTHS
from pcqa_teach.data.synthetic.exports import parts

_COUNTED = ("Attended", "DNA", "Unknown", "Booked", "Walked out")
_EDGES = np.array([1, 6, 11, 16, 21, 31, 61])
UNKNOWN = "Unknown / Data Quality"
_WHERE = {
    "SUB_ICB_LOCATION_CODE": "00Z", "SUB_ICB_LOCATION_ONS_CODE": "E38999999",
    "SUB_ICB_LOCATION_NAME": "INVENTED SUB-ICB LOCATION", "ICB_ONS_CODE": "E54999999",
    "REGION_ONS_CODE": "E40999999",
}  # fmt: skip
COLUMNS = [*_WHERE, "Appointment_Date", "ACTUAL_DURATION", "COUNT_OF_APPOINTMENTS"]


def bands(minutes: pd.Series) -> pd.Series:
    """Return the national band of each length; what is missing or over an hour is unknown.

    Examples
    --------
    >>> bands(pd.Series([5, 6, None, 90])).tolist()
    ['1-5 Minutes', '6-10 Minutes', 'Unknown / Data Quality', 'Unknown / Data Quality']
    """
    whole = np.ceil(minutes.to_numpy(dtype=float, na_value=0))
    place = np.searchsorted(_EDGES, whole, side="right") - 1
    labels = np.array([*LENGTHS[:-1], UNKNOWN], dtype=object)
    inside = (place >= 0) & (place < len(LENGTHS) - 1)
    return pd.Series(labels[np.where(inside, place, len(LENGTHS) - 1)], index=minutes.index)


def table(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the counts a day; a day without appointments has no row."""
    rows = slots[slots["status"].isin(_COUNTED)]
    keys = pd.DataFrame({"day": rows["date"], "band": bands(rows["actual_min"])})
    return keys.groupby(["day", "band"], sort=True).size().rename("count").reset_index()


def _rendered(counts: pd.DataFrame, dates: pd.Series, values: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "Appointment_Date": dates,
            "ACTUAL_DURATION": counts["band"],
            "COUNT_OF_APPOINTMENTS": values,
        }
    )
    return frame.assign(**_WHERE)[COLUMNS]


def _plain(day: pd.Series) -> pd.Series:
    return parts.dates(day, "%d%b%Y").str.upper()


def clean(slots: pd.DataFrame) -> parts.Rendered:
    """Return the file as published."""
    counts = table(slots)
    return parts.Rendered(
        _join(parts.lines(_rendered(counts, _plain(counts["day"]), counts["count"])))
    )


def dirty(slots: pd.DataFrame) -> parts.Rendered:
    """Return the file after a trip through somebody's spreadsheet."""
    counts = table(slots)
    n = len(counts)
    stretch = np.arange(n) // 60 % 3
    forms = [
        _plain(counts["day"]),
        *(parts.dates(counts["day"], f) for f in ("%d-%b-%y", "%d/%m/%Y")),
    ]
    dates = pd.Series(np.choose(stretch, [form.to_numpy() for form in forms]))
    values = parts.by_distinct(counts["count"], lambda k: f"{int(str(k)):,}")
    hidden = (counts["count"] < 5) & parts.every(n, 3)
    values = values.mask(hidden, "<5")
    rows = _rendered(counts, dates, values)
    body, breaks = parts.page_breaks(parts.lines(rows), 150)
    total = "," * 5 + f'Total,,"{int(counts["count"].sum()):,}"'
    quirks = {
        "byte-order mark at the start": 1,
        "lines before the header": 2,
        "header repeated after a page break": breaks,
        "totals row at the end": 1,
        "days in three forms, all day first": n,
        "count hidden as <5": int(hidden.sum()),
    }
    lines = ["GP appointments by day (invented figures)", "", *body, total]
    return parts.Rendered(b"\xef\xbb\xbf" + _join(lines), quirks)


def _join(rows: list[str]) -> bytes:
    return (parts.CRLF.join(rows) + parts.CRLF).encode()
