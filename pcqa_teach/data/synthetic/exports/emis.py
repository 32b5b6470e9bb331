"""The slots as an EMIS Web slot list: one row a slot, unused slots among them."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.exports import parts

_STATUS = {"Attended": "Left", "DNA": "DNA", "Walked out": "Walked out", "Booked": "Booked",
           "Available": "Available", "Unknown": "Not recorded"}  # fmt: skip
_TELEPHONE = "Telephone consultation completed"
_VISIT = "Visited and seen"


def table(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the list's rows as text; a cancelled slot is offered again, so it has no row."""
    rows = slots[slots["status"] != "Cancelled"]
    status = rows["status"].map(_STATUS).astype(object)
    attended = rows["status"] == "Attended"
    status = status.mask(attended & (rows["mode"] == "Telephone"), _TELEPHONE)
    status = status.mask(attended & (rows["mode"] == "Home Visit"), _VISIT)
    booked_minute = rows["booked_at"].dt.hour * 60 + rows["booked_at"].dt.minute
    taken = rows["patient_id"].notna()
    return pd.DataFrame(
        {
            "Appointment Date": parts.dates(rows["date"], "%d-%b-%Y"),
            "Appointment Time": parts.clock(rows["start_minute"]),
            "Full Name of the Session Holder": rows["role"] + " " + rows["clinician_id"].str[-2:],
            "Slot Type": rows["slot_type"],
            "Planned Duration": rows["planned_min"].astype(int),
            "Current Slot Status": status,
            "Date Booked": parts.dates(rows["booked_at"].dt.normalize(), "%d-%b-%Y"),
            "Time Booked": parts.clock(booked_minute),
            "Arrival Time": parts.clock(rows["arrived_minute"]),
            "Send In Time": parts.clock(rows["sent_in_minute"]),
            "Left Time": parts.clock(rows["left_minute"]),
            "DNA": np.where(rows["status"] == "DNA", "Yes", np.where(taken, "No", "")),
            "Patient identifier": rows["patient_id"].str[1:].fillna(""),
            "Age": rows["age_band"].fillna(""),
            "Usual GP": ("GP " + rows["usual_gp_id"].str[-2:]).fillna(""),
        }
    ).reset_index(drop=True)


def clean(slots: pd.DataFrame) -> parts.Rendered:
    """Return the list as it should be: UTF-8, one header, one form of date."""
    text = parts.CRLF.join(parts.lines(table(slots))) + parts.CRLF
    return parts.Rendered(text.encode())


def dirty(slots: pd.DataFrame) -> parts.Rendered:
    """Return the list in UTF-16 with tabs, repeated cells left blank, and further faults."""
    rows = table(slots)
    n = len(rows)
    status = rows["Current Slot Status"]
    free = (status == "Available").to_numpy()
    embargoed = free & parts.every(n, 5)
    blocked = free & parts.every(n, 5, 2)
    past = (status == "Left").to_numpy() & parts.every(n, 89, 11)
    odd = (status == "Left").to_numpy() & parts.every(n, 301, 4)
    for mask, word in (
        (embargoed, "Embargoed"), (blocked, "Blocked"), (past, "Booked"),
        (odd, "Seen by other team"),
    ):  # fmt: skip
        status = status.mask(mask, word)
    rows["Current Slot Status"] = status
    no_time = parts.every(n, 401, 3)
    rows["Appointment Time"] = rows["Appointment Time"].mask(no_time, "")
    plain = parts.every(n, 2)
    hours = rows["Planned Duration"].astype(str) + "m"
    rows["Planned Duration"] = rows["Planned Duration"].astype(str).mask(plain, hours)
    date, holder = rows["Appointment Date"], rows["Full Name of the Session Holder"]
    same_date = (date == date.shift()) & ~parts.every(n, parts.PAGE)
    same_holder = same_date & (holder == holder.shift())
    rows["Appointment Date"] = date.mask(same_date, "")
    rows["Full Name of the Session Holder"] = holder.mask(same_holder, "")
    rows = pd.concat([rows, parts.invented_people(rows[["Patient identifier"]])], axis=1)
    taken = rows["Patient identifier"] != ""
    for name in ("Patient Name", "NHS Number"):
        rows[name] = rows[name].where(taken, "")
    body, breaks = parts.page_breaks(parts.lines(rows, "\t"))
    preamble = ["Riverside Road Surgery (invented practice)", "Slot list", "Last Run:\t20-Jan-2025"]
    totals = [f'Total\t\t\t\t\t"{n:,}"']
    text = parts.CRLF.join([*preamble, *body, *totals]) + parts.CRLF
    quirks = {
        "UTF-16, columns parted by tabs": n,
        "lines before the header (title, Last Run:)": len(preamble),
        "header repeated after a page break": breaks,
        "totals row at the end, with a thousands separator": 1,
        "date left blank because it repeats the row above": int(same_date.sum()),
        "session holder left blank because it repeats the row above": int(same_holder.sum()),
        "slot Embargoed": int(embargoed.sum()),
        "slot Blocked": int(blocked.sum()),
        "status left 'Booked' in the past (added to those of the clean file)": int(past.sum()),
        "status that no list knows": int((odd & ~past).sum()),
        "no appointment time": int(no_time.sum()),
        "length written as 15m in place of 15": int(plain.sum()),
        "columns that a report should not hold (invented names and numbers)": int(taken.sum()),
    }
    return parts.Rendered(b"\xff\xfe" + text.encode("utf-16-le"), quirks)
