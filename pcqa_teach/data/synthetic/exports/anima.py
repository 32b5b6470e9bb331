"""The asks as Anima's audit export: a row for each thing done, with invented people in it."""

import json

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts

SUBMITTED, OPENED = "patientReviewSubmit", "patientReviewOpen"
KINDS = {"value": "Medical", "results": "Test result", "prescription error": "Prescription",
         "medicine not in stock": "Prescription", "referral chase": "Referral"}  # fmt: skip
OTHER = "Admin"
_OPENS, _HOURS, _EARLY = 8 * 60, 10.5 * 60, 1.7  # most ask early


def table(asks: pd.DataFrame) -> pd.DataFrame:
    """Return the requests: day, minute after midnight and kind, in order."""
    rows = asks.reset_index(drop=True)
    rank = rows.groupby("date").cumcount().to_numpy()
    size = rows.groupby("date")["date"].transform("size").to_numpy()
    minute = np.floor(_OPENS + _HOURS * ((rank + 0.5) / size) ** _EARLY).astype(int)
    kind = rows["cause_true"].astype(str).map(KINDS).fillna(OTHER)
    frame = pd.DataFrame({"date": rows["date"], "minute": minute, "kind": kind})
    return frame.sort_values(["date", "minute"], kind="stable", ignore_index=True)


def _rendered(requests: pd.DataFrame) -> pd.DataFrame:
    number = np.arange(1, len(requests) + 1)
    iso, clock = parts.dates(requests["date"], "%Y-%m-%d"), parts.clock(requests["minute"])
    return pd.DataFrame(
        {
            "Timestamp": iso + " " + clock + ":30",
            "User": [f"INVENTED USER {n % 7:02d}" for n in number],
            "Patient": [f"INVENTED PATIENT {n:05d}" for n in number],
            "ActionID": SUBMITTED,
            "ActionDescription": "Patient submitted a review",
            "RequestType": requests["kind"].to_numpy(dtype=object),
            "RequestDate": iso,
            "RequestTime": clock + ":00",
            "Success": "true",
            "ErrorInfo": "",
            "AdditionalInfo": [
                json.dumps(
                    {"nhs_number": parts.wrong_nhs_number(int(n)), "text": "Invented, words"}
                )
                for n in number
            ],
        }
    )


def clean(asks: pd.DataFrame) -> parts.Rendered:
    """Return the requests that were sent, one form of date, UTF-8."""
    return parts.Rendered(_join(_rendered(table(asks))))


def dirty(asks: pd.DataFrame) -> parts.Rendered:
    """Return the audit with other entries, failures, dates left out and further faults."""
    rows = _rendered(table(asks))
    n = len(rows)
    slashed = parts.every(n, 2)
    day = pd.to_datetime(rows["RequestDate"])
    rows["RequestDate"] = rows["RequestDate"].mask(slashed, parts.dates(day, "%d/%m/%Y"))
    undated = parts.every(n, 17, 3)
    rows[["RequestDate", "RequestTime"]] = rows[["RequestDate", "RequestTime"]].mask(
        pd.Series(undated), ""
    )
    odd = parts.every(n, 23, 5)
    rows["RequestType"] = rows["RequestType"].mask(odd, "INVENTED kind of request")
    opened = rows[parts.every(n, 3)].assign(ActionID=OPENED)
    failed = rows[parts.every(n, 19, 2)].assign(Success="false", ErrorInfo="INVENTED ERROR")
    both = pd.concat([rows, opened, failed]).sort_index(kind="stable")
    quirks = {
        "byte-order mark at the start": 1,
        "entry that is no request": len(opened),
        "request that was not sent (Success is false)": len(failed),
        "date of the request written as 31/12/2024": int((slashed & ~undated).sum()),
        "no date and time of the request": int(undated.sum()),
        "kind of request that no list knows": int(odd.sum()),
        "columns that are never read (invented people and words)": len(both),
    }
    return parts.Rendered(b"\xef\xbb\xbf" + _join(both), quirks)


def _join(frame: pd.DataFrame) -> bytes:
    return (parts.CRLF.join(parts.lines(frame)) + parts.CRLF).encode()
