"""The calls as NHS England's file of calls by day and time: counts of one practice's calls."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts

BANDS = ("00:00-05:59", "06:00-07:59", "08:00-09:59", "10:00-11:59", "12:00-13:59", "14:00-15:59",
         "16:00-17:59", "18:00-18:29", "18:30-23:59")  # fmt: skip
_EDGES = np.array([0, 360, 480, 600, 720, 840, 960, 1080, 1110])
INDICATORS = {"CBT001": None, "CBT002": "Ended in menu", "CBT003": "Answered", "CBT004": "Missed",
              "CBT005": "Call-back asked", "CBT007": "Answered"}  # fmt: skip
_WHERE = {"REGION_CODE": "Y99", "ICB_CODE": "Q99", "SUB_ICB_LOCATION_CODE": "00Z",
          "PCN_CODE": "U00001", "PRACTICE_CODE": "X00001"}  # fmt: skip
COLUMNS = ["Date", *_WHERE, "Indicator", "Time_Category", "Value"]


def table(calls: pd.DataFrame) -> pd.DataFrame:
    """Return the counts: day, band, indicator, count; nothing where there were no calls."""
    minute = calls["start"].dt.hour * 60 + calls["start"].dt.minute
    keys = pd.DataFrame(
        {
            "day": calls["start"].dt.normalize(),
            "band": np.searchsorted(_EDGES, minute.to_numpy(), side="right") - 1,
        }
    )
    frames = []
    for indicator, outcome in INDICATORS.items():
        mine = keys if outcome is None else keys[calls["outcome"] == outcome]
        counts = mine.groupby(["day", "band"], sort=True).size().rename("count").reset_index()
        frames.append(counts.assign(indicator=indicator))
    whole = pd.concat(frames, ignore_index=True)
    return whole.sort_values(["day", "indicator", "band"], ignore_index=True)


def _rendered(counts: pd.DataFrame, dates: pd.Series, bands: pd.Series) -> pd.DataFrame:
    frame = pd.DataFrame(
        {
            "Date": dates,
            "Indicator": counts["indicator"],
            "Time_Category": bands,
            "Value": counts["count"].astype(str),
        }
    )
    return frame.assign(**_WHERE)[COLUMNS]


def _plain(counts: pd.DataFrame) -> pd.DataFrame:
    bands = pd.Series(np.array(BANDS, dtype=object)[counts["band"]])
    return _rendered(counts, parts.dates(counts["day"], "%Y-%m-%d"), bands)


def clean(calls: pd.DataFrame) -> parts.Rendered:
    """Return the practice's rows as published."""
    return parts.Rendered(_join(parts.lines(_plain(table(calls)))))


def dirty(calls: pd.DataFrame) -> parts.Rendered:
    """Return the rows of a file with shared lines, rows that are there twice and further faults."""
    counts = table(calls)
    rows = _plain(counts)
    n = len(rows)
    slashed = np.arange(n) // 97 % 2 == 1
    rows["Date"] = rows["Date"].mask(slashed, parts.dates(counts["day"], "%d/%m/%Y"))
    spaced = parts.every(n, 3)
    rows["Time_Category"] = rows["Time_Category"].mask(
        spaced, rows["Time_Category"].str.replace("-", " - ")
    )
    lower = parts.every(n, 11, 4)
    rows["PRACTICE_CODE"] = rows["PRACTICE_CODE"].mask(lower, "x00001 ")
    hidden = (counts["count"] < 3) & parts.every(n, 4)
    rows["Value"] = rows["Value"].mask(hidden, "*")
    rows = pd.concat([rows, parts.invented_people(rows[["Date"]])], axis=1)
    shared = rows[parts.every(n, 9, 5)].assign(PRACTICE_CODE="Unassigned", PCN_CODE="Unmapped")
    twice = rows[parts.every(n, 13, 2) & ~hidden]
    body, breaks = parts.page_breaks(parts.lines(pd.concat([rows, shared, twice])), 500)
    total = "Total" + "," * 7 + f'"{int(counts["count"].sum()):,}",,'
    quirks = {
        "byte-order mark at the start": 1,
        "lines before the header": 2,
        "header repeated after a page break": breaks,
        "totals row at the end, with a thousands separator": 1,
        "day written as 31/12/2024 in place of 2024-12-31": int(slashed.sum()),
        "stretch of the day written with spaces": int(spaced.sum()),
        "practice code in small letters, with a space": int(lower.sum()),
        "count hidden as *": int(hidden.sum()),
        "row of a line that several practices share (Unassigned)": len(shared),
        "row that is there twice": len(twice),
        "columns that a report should not hold (invented names and numbers)": n,
    }
    lines = ["Calls by day and time (invented figures)", "", *body, total]
    return parts.Rendered(b"\xef\xbb\xbf" + _join(lines), quirks)


def _join(rows: list[str]) -> bytes:
    return (parts.CRLF.join(rows) + parts.CRLF).encode()
