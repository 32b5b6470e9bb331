"""The slots as a TPP SystmOne appointment report: one row an appointment, no unused slots."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts

_STATUS = {"Attended": "Finished", "DNA": "Did Not Attend", "Cancelled": "Cancelled by Patient",
           "Walked out": "Patient Walked Out", "Booked": "Booked",
           "Unknown": "Not recorded"}  # fmt: skip
_FLAGS = {"Telephone": "Telephone appointment", "Home Visit": "Home visit",
          "Video/Online": "Online consultation"}  # fmt: skip
ODD_STATUSES = ("Seen elsewhere", "Rebooked?")


def table(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the report's rows as text, in date order."""
    rows = slots[slots["status"] != "Available"]
    status = rows["status"].map(_STATUS).astype(object)
    by_unit = (status == "Cancelled by Patient").to_numpy() & parts.every(len(rows), 4)
    return pd.DataFrame(
        {
            "Appointment date": parts.dates(rows["date"], "%d-%b-%y"),
            "Clinician": rows["role"] + " " + rows["clinician_id"].str[-2:],
            "Rota type": rows["slot_type"],
            "Appointment status": status.mask(by_unit, "Cancelled by Unit"),
            "Patient ID": rows["patient_id"].str[1:].astype("int64") + 100000,
            "Appointment flags": rows["mode"].map(_FLAGS).fillna(""),
            "Appointment duration (actual)": parts.duration(rows["actual_min"]),
            "Time between booking and appointment": _waited(rows),
        }
    ).reset_index(drop=True)


def _waited(rows: pd.DataFrame) -> pd.Series:
    """Write the wait in whole days, or on the same day in hours and minutes (our assumption)."""
    booked = rows["booked_at"].dt.hour * 60 + rows["booked_at"].dt.minute
    within = (rows["start_minute"].astype("int64") - booked).clip(lower=1)
    minutes = within.mask(rows["booking_gap_days"] > 0, rows["booking_gap_days"] * 1440)
    return parts.duration(minutes)


def clean(slots: pd.DataFrame) -> parts.Rendered:
    """Return the report as it should be: UTF-8, one header, one form of date."""
    return parts.Rendered(_join(parts.lines(table(slots)), "utf-8"))


def dirty(slots: pd.DataFrame) -> parts.Rendered:
    """Return the report with the faults of real ones; ``quirks`` counts the rows of each."""
    rows = table(slots)
    n = len(rows)
    rows["Appointment date"] = parts.mixed_dates(
        slots.loc[slots["status"] != "Available", "date"]
    ).to_numpy()
    odd = parts.every(n, 613, 5)
    names = np.array(ODD_STATUSES, dtype=object)[np.arange(n) % 2]
    rows["Appointment status"] = rows["Appointment status"].mask(odd, pd.Series(names))
    past = parts.every(n, 211, 9) & ~odd
    rows["Appointment status"] = rows["Appointment status"].mask(past, "Booked")
    pound = (rows["Rota type"].isin(["Nurse clinic", "Clinic"])).to_numpy() & parts.every(n, 3)
    rows["Rota type"] = rows["Rota type"].mask(pound, "Clinic – private £ form")
    people = parts.invented_people(rows[["Patient ID"]])
    rows = pd.concat([rows, people], axis=1).rename(
        columns={"Appointment status": "Appointment Status ", "Rota type": "ROTA TYPE"}
    )
    body, breaks = parts.page_breaks(parts.lines(rows))
    preamble = ["Riverside Road Surgery (invented practice)", "Appointment report,,,",
                "Last Run: 20-Jan-2025", ""]  # fmt: skip
    totals = [f'Total,,,"{n:,}",,,,,,']
    text = [*preamble, *body, *totals]
    quirks = {
        "lines before the header (title, Last Run:, an empty line)": len(preamble),
        "header repeated after a page break": breaks,
        "totals row at the end, with a thousands separator": 1,
        "dates in four forms, all day first": n,
        "status that no list knows": int(odd.sum()),
        "status left 'Booked' in the past (added to those of the clean file)": int(past.sum()),
        "rota type with a pound sign and a dash (the file is cp1252)": int(pound.sum()),
        "columns that a report should not hold (invented names and numbers)": n,
        "header with other letter case or a stray space": 2,
    }
    return parts.Rendered(_join(text, "cp1252"), quirks)


def _join(rows: list[str], encoding: str) -> bytes:
    return (parts.CRLF.join(rows) + parts.CRLF).encode(encoding)
