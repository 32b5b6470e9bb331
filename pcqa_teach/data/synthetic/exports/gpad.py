"""The slots as NHS England's practice-level crosstab: counts a month, one row a combination."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts
from pcqa_teach.data.synthetic.tidying import gap_labels

_GAPS = {"8 to 14 Days": "8  to 14 Days", "15 to 21 Days": "15  to 21 Days",
         "22 to 28 Days": "22  to 28 Days"}  # fmt: skip
_STATUS = {"Attended": "Attended", "DNA": "DNA", "Unknown": "Unknown", "Booked": "Unknown",
           "Walked out": "Unknown"}  # fmt: skip
_WHO = {
    "GP_CODE": "X00001", "GP_NAME": "RIVERSIDE ROAD SURGERY", "SUPPLIER": "EMIS",
    "PCN_CODE": "U00001", "PCN_NAME": "INVENTED PCN", "SUB_ICB_LOCATION_CODE": "00Z",
    "SUB_ICB_LOCATION_NAME": "INVENTED SUB-ICB LOCATION",
}  # fmt: skip
COLUMNS = ["APPOINTMENT_MONTH_START_DATE", *_WHO, "HCP_TYPE", "APPT_MODE", "NATIONAL_CATEGORY",
           "TIME_BETWEEN_BOOK_AND_APPT", "COUNT_OF_APPOINTMENTS", "APPT_STATUS"]  # fmt: skip


def table(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the counts a month, as the national file has them (double-spaced labels and all)."""
    rows = slots[slots["status"].isin(list(_STATUS))]
    month = rows["date"].dt.strftime("%Y-%m-01")
    gap = gap_labels(rows["booking_gap_days"]).replace(_GAPS)
    keys = pd.DataFrame(
        {
            "month": month,
            "HCP_TYPE": rows["hcp_type"],
            "APPT_MODE": rows["mode"],
            "NATIONAL_CATEGORY": rows["category"],
            "TIME_BETWEEN_BOOK_AND_APPT": gap,
            "APPT_STATUS": rows["status"].map(_STATUS),
        }
    )
    counts = (
        keys.groupby(list(keys), sort=True).size().rename("COUNT_OF_APPOINTMENTS").reset_index()
    )
    first = pd.to_datetime(counts.pop("month"))
    counts.insert(0, "APPOINTMENT_MONTH_START_DATE", _month(first))
    return counts.assign(**_WHO)[COLUMNS]


def _month(first: pd.Series) -> pd.Series:
    return parts.dates(first, "%d%b%Y").str.upper()


def clean(slots: pd.DataFrame) -> parts.Rendered:
    """Return the crosstab as published."""
    return parts.Rendered(_join(parts.lines(table(slots))).encode())


def dirty(slots: pd.DataFrame) -> parts.Rendered:
    """Return the crosstab after a trip through somebody's spreadsheet."""
    rows = table(slots)
    n = len(rows)
    first = pd.to_datetime(rows["APPOINTMENT_MONTH_START_DATE"].str.title(), format="%d%b%Y")
    forms = (parts.dates(first, "%d/%m/%Y"), parts.dates(first, "%Y-%m-%d"))
    third = np.arange(n) // 250 % 3
    written = [_month(first).to_numpy(), forms[0].to_numpy(), forms[1].to_numpy()]
    rows["APPOINTMENT_MONTH_START_DATE"] = np.choose(third, written)
    total = int(rows["COUNT_OF_APPOINTMENTS"].sum())
    single = rows["TIME_BETWEEN_BOOK_AND_APPT"].str.contains("  ") & parts.every(n, 2)
    labels = rows["TIME_BETWEEN_BOOK_AND_APPT"]
    rows["TIME_BETWEEN_BOOK_AND_APPT"] = labels.mask(single, labels.str.replace("  ", " "))
    lost = parts.every(n, 503, 17)
    rows["TIME_BETWEEN_BOOK_AND_APPT"] = rows["TIME_BETWEEN_BOOK_AND_APPT"].mask(
        lost, "Unknown / Data Issue"
    )
    large = rows["COUNT_OF_APPOINTMENTS"] >= 1000
    rows["COUNT_OF_APPOINTMENTS"] = parts.by_distinct(
        rows["COUNT_OF_APPOINTMENTS"], lambda k: f"{int(str(k)):,}"
    )
    hidden = (rows["COUNT_OF_APPOINTMENTS"] == "1") & parts.every(n, 53, 8)
    rows["COUNT_OF_APPOINTMENTS"] = rows["COUNT_OF_APPOINTMENTS"].mask(hidden, "<5")
    body, breaks = parts.page_breaks(parts.lines(rows))
    preamble = ["GP appointments by practice (invented figures)", ""]
    ending = ["Total" + "," * 12 + f'"{total:,}",']
    quirks = {
        "byte-order mark at the start": 1,
        "lines before the header": len(preamble),
        "header repeated after a page break": breaks,
        "totals row at the end": 1,
        "months in three forms, all day first": n,
        "booking-gap label with one space where the others have two": int(single.sum()),
        "booking gap 'Unknown / Data Issue'": int(lost.sum()),
        "count with a thousands separator": int(large.sum()),
        "count hidden as <5": int(hidden.sum()),
    }
    return parts.Rendered(_join([*preamble, *body, *ending]).encode("utf-8-sig"), quirks)


def _join(rows: list[str]) -> str:
    return parts.CRLF.join(rows) + parts.CRLF
