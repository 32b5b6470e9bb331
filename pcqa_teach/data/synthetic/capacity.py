"""Who works when: clinicians, their sessions, and the slots these hold."""

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic.events import GP_LEAVES, RENAMED
from pcqa_teach.data.synthetic.streams import stream

# role, group, sessions a week, slots a session, minutes a slot
ROSTER = [
    *[("GP", "GP", s, 17, 12) for s in (10, 7, 6, 5, 4, 4, 4)],
    *[("Practice nurse", "Other Practice staff", s, 15, 15) for s in (8, 7, 5)],
    *[("Healthcare assistant", "Other Practice staff", s, 20, 10) for s in (8, 5)],
    ("Clinical pharmacist", "Other Practice staff", 8, 11, 20),
    ("First-contact physiotherapist", "Other Practice staff", 4, 11, 20),
    ("Paramedic", "Other Practice staff", 8, 11, 20),
]
FULL_LIST = 9800
SLOT_NAMES = ["Routine", "On the day", "Telephone", "Online", "Visit", "Clinic", "Review"]
# (old name, new name): the names change on the day of T07, the slots do not.
RENAMES = {
    "Routine": "Green slot", "On the day": "Red slot", "Telephone": "Blue slot",
    "Online": "Yellow slot", "Visit": "Home visit", "Clinic": "Nurse clinic",
    "Review": "Long-term review",
}  # fmt: skip
# role: shares of the slot types above
_TYPE_SHARES = {
    "GP": [0.25, 0.22, 0.44, 0.07, 0.02, 0.0, 0.0],
    "Practice nurse": [0.06, 0.04, 0.14, 0.0, 0.01, 0.50, 0.25],
    "Healthcare assistant": [0.0, 0.0, 0.0, 0.0, 0.0, 0.9, 0.1],
    "Clinical pharmacist": [0.05, 0.05, 0.55, 0.10, 0.0, 0.0, 0.25],
    "First-contact physiotherapist": [0.75, 0.0, 0.25, 0.0, 0.0, 0.0, 0.0],
    "Paramedic": [0.10, 0.62, 0.18, 0.0, 0.10, 0.0, 0.0],
}
_MODES = {"Telephone": "Telephone", "Online": "Video/Online", "Visit": "Home Visit"}
_CATEGORIES = {
    "Routine": "General Consultation Routine", "On the day": "General Consultation Acute",
    "Telephone": "General Consultation Routine", "Online": "General Consultation Acute",
    "Visit": "Home Visit", "Clinic": "Planned Clinical Procedure", "Review": "Planned Clinics",
}  # fmt: skip
_WEEKDAY_PULL = np.array([1.35, 1.05, 0.95, 0.95, 0.9])


def clinicians(seed: int, list_size: int) -> pd.DataFrame:
    """Return the clinicians: id, role, group, weekly sessions, slots and minutes, last day.

    A smaller list keeps the same roles with fewer sessions; who would have none is left out.
    """
    table = pd.DataFrame(
        ROSTER, columns=["role", "hcp_type", "sessions_per_week", "slots", "planned_min"]
    )
    scaled = table["sessions_per_week"] * list_size / FULL_LIST
    rng = stream(seed, "clinicians")
    whole = np.floor(scaled + rng.random(len(table)) * (list_size != FULL_LIST)).astype(int)
    whole[0] = max(1, whole[0])  # whoever leaves in T03 is always there
    table["sessions_per_week"] = np.minimum(whole, 10)
    table = table[table["sessions_per_week"] > 0].reset_index(drop=True)
    table.insert(0, "clinician_id", [f"C{i + 1:03d}" for i in range(len(table))])
    table["start_day"] = 0
    table["end_day"] = pd.array([GP_LEAVES - 1] + [None] * (len(table) - 1), dtype="Int64")
    return table


def sessions(seed: int, cal: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    """Return one row a session held: its row in the calendar, clinician, half-day and week pattern.

    Weeks of leave (more in August and around Christmas and Easter) and single days of illness take
    sessions away, so capacity varies more from week to week than demand does.
    """
    rng = stream(seed, "sessions")
    places = np.repeat(np.arange(len(staff)), 10)
    half_day = np.tile(np.arange(10), len(staff))
    pull = np.log(_WEEKDAY_PULL[half_day // 2]) + rng.gumbel(size=len(places))
    order = np.lexsort((-pull, places))
    rank = np.empty(len(places), dtype=int)
    rank[order] = np.tile(np.arange(10), len(staff))
    works = rank < staff["sessions_per_week"].to_numpy()[places]
    who, half = places[works], half_day[works]

    rows = np.flatnonzero(cal["open"].to_numpy())
    weekday = cal["weekday"].to_numpy()[rows]
    held = pd.DataFrame(
        {"row": rows[:, None].repeat(len(who), 1).ravel(), "who": np.tile(who, len(rows)),
         "half": np.tile(half, len(rows))}
    )  # fmt: skip
    held = held[np.repeat(weekday, len(who)) == held["half"] // 2]
    day = cal["day"].to_numpy()[held["row"]]
    week = (day + cal["weekday"].to_numpy()[0] + 70) // 7
    away = rng.random((week.max() + 1, len(staff)))
    month = cal["date"].dt.month.to_numpy()[held["row"]]
    quiet = np.where(np.isin(month, [8, 12]), 0.17, np.where(month == 4, 0.13, 0.10))
    on_leave = away[week, held["who"]] < quiet
    ill = rng.random((len(cal), len(staff)))[held["row"], held["who"]] < 0.025
    last = staff["end_day"].astype("float64").fillna(np.inf).to_numpy()[held["who"]]
    held = pd.DataFrame(held[~on_leave & ~ill & (day <= last)])
    return held.sort_values(["row", "who", "half"], ignore_index=True)


def slots(seed: int, cal: pd.DataFrame, staff: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Return one row a slot: calendar row, clinician, session, start minute, type and mode."""
    rng = stream(seed, "slots")
    who = held["who"].to_numpy()
    per = staff["slots"].to_numpy(dtype=np.intp)[who]
    session = np.repeat(np.arange(len(held)), per)
    place = np.concatenate([np.arange(n) for n in per]) if len(per) else np.array([], int)
    clinician = who[session]
    minutes = staff["planned_min"].to_numpy()[clinician]
    start = np.where(held["half"].to_numpy()[session] % 2 == 0, 510, 840) + place * minutes
    shares = np.array([_TYPE_SHARES[role] for role in staff["role"]])
    edges = np.cumsum(shares, axis=1)
    kind = (rng.random(len(session))[:, None] >= edges[clinician]).sum(axis=1)
    kind = np.minimum(kind, len(SLOT_NAMES) - 1)
    names = np.array(SLOT_NAMES, dtype=object)[kind]
    renamed = np.array([RENAMES[name] for name in SLOT_NAMES], dtype=object)[kind]
    row = held["row"].to_numpy()[session]
    late = cal["day"].to_numpy()[row] >= RENAMED
    modes = np.array([_MODES.get(name, "Face-to-Face") for name in SLOT_NAMES], dtype=object)[kind]
    modes = np.where(rng.random(len(session)) < 0.01, "Unknown", modes)
    categories = np.array([_CATEGORIES[name] for name in SLOT_NAMES], dtype=object)[kind]
    categories = np.where(rng.random(len(session)) < 0.04, "Inconsistent Mapping", categories)
    return pd.DataFrame(
        {
            "row": row,
            "who": clinician,
            "is_gp": (staff["hcp_type"].to_numpy() == "GP")[clinician],
            "session": session,
            "start_minute": start,
            "planned_min": minutes,
            "slot_type": np.where(late, renamed, names),
            "on_the_day": kind == 1,
            "mode": modes,
            "category": categories,
        }
    )
