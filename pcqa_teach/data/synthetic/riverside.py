"""One invented practice, grown from a seed: every table of it, and the truth behind them."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from pcqa_teach.data.synthetic import (
    appointments,
    booking,
    capacity,
    demand,
    events,
    phones,
    population,
)
from pcqa_teach.data.synthetic.calendar import BURN_IN, calendar
from pcqa_teach.data.synthetic.events import SEED
from pcqa_teach.data.synthetic.streams import stream

NAME = "Riverside Road Surgery"


@dataclass(frozen=True)
class Practice:
    """The tables of one invented practice; ``truth`` says what was planted."""

    practice: pd.DataFrame
    patients: pd.DataFrame
    clinicians: pd.DataFrame
    sessions: pd.DataFrame
    appointments: pd.DataFrame
    demand_day: pd.DataFrame
    asks: pd.DataFrame
    calls: pd.DataFrame
    truth: dict[str, object] = field(default_factory=dict)


def practice(
    seed: int = SEED,
    days: int = events.SPAN,
    *,
    scheme: bool = False,
    list_size: int = 9800,
    with_calls: bool = True,
) -> Practice:
    """Grow one practice from a seed.

    Parameters
    ----------
    seed : the same seed gives the same tables, to the byte.
    days : length from day 0 (Friday 12 January 2024).
    scheme : True for the second copy, in which the people who attended most in days 0-364 are
        offered a scheme from day 365: a tenth of their contacts no longer happen (T08).
    list_size : people registered on day 0.
    with_calls : False leaves the telephone out (it takes half of the time); ``calls`` is empty.

    Examples
    --------
    >>> small = practice(days=14, list_size=900, with_calls=False)
    >>> small.appointments["status"].isin(["Attended", "DNA", "Available"]).mean() > 0.7
    np.True_
    """
    cal = calendar(days)
    staff = capacity.clinicians(seed, list_size)
    n_gps = int((staff["hcp_type"] == "GP").sum())
    people = population.patients(seed, list_size, days, n_gps)
    rate = population.rates(seed, people, int(cal["block"].max()) + 1)
    wanted = demand.asks(seed, cal, rate, list_size)
    day = cal["day"].to_numpy()
    early = (day[wanted["row"]] >= 0) & (day[wanted["row"]] < events.GO_LIVE)
    yearly = np.bincount(wanted["person"][early], minlength=len(people))
    if scheme:
        wanted = _with_scheme(seed, wanted, day, top(yearly, 0.03))
    held = capacity.sessions(seed, cal, staff)
    slots = capacity.slots(seed, cal, staff, held)
    room = np.bincount(slots["row"], minlength=len(cal))
    booked, counts = booking.book(seed, cal, wanted, room)
    book = appointments.place(seed, cal, people, slots, booked, top(yearly, 0.05))
    book = book[book["row"] >= BURN_IN].reset_index(drop=True)
    counts["slots"] = room
    counts["duty_slots"] = booking.rota(cal, counts)
    return Practice(
        practice=_practice(list_size),
        patients=_patients(people, staff, yearly),
        clinicians=_clinicians(staff),
        sessions=_sessions(held, cal, staff),
        appointments=_appointments(seed, cal, people, staff, book),
        demand_day=_demand_day(cal, counts, list_size),
        asks=_asks(wanted, cal, people),
        calls=phones.calls(seed, cal, list_size) if with_calls else pd.DataFrame(),
        truth={
            "seed": seed,
            "days": days,
            "scheme": scheme,
            "list_size": list_size,
            "events": [event.to_dict() for event in events.EVENTS],
            "impact": events.IMPACT,
        },
    )


def top(counts: np.ndarray, share: float) -> np.ndarray:
    """Return True for the ``share`` of people with the most contacts.

    Examples
    --------
    >>> top(np.array([4, 9, 0, 1]), 0.25).tolist()
    [False, True, False, False]
    """
    chosen = np.zeros(len(counts), dtype=bool)
    chosen[np.argsort(-counts, kind="stable")[: round(share * len(counts))]] = True
    return chosen


def _with_scheme(
    seed: int, wanted: pd.DataFrame, day: np.ndarray, chosen: np.ndarray
) -> pd.DataFrame:
    drawn = stream(seed, "scheme").random(len(wanted)) < events.SCHEME_EFFECT
    spared = drawn & chosen[wanted["person"]] & (day[wanted["row"]] >= events.GO_LIVE)
    return wanted.take(np.flatnonzero(~spared)).reset_index(drop=True)


def _practice(list_size: int) -> pd.DataFrame:
    row = {
        "practice_id": "G001", "name": NAME, "list_size": list_size, "imd": 30.0,
        "region": "London", "supplier": "any", "opening_hours": "08:00-18:30", "n_lines": 8,
        "first_month": "2024-01",
    }  # fmt: skip
    return pd.DataFrame([row])


def _patients(people: pd.DataFrame, staff: pd.DataFrame, yearly: np.ndarray) -> pd.DataFrame:
    table = people.rename(columns={"base": "latent_rate"}).drop(columns=["usual_gp"])
    table["usual_gp_id"] = staff["clinician_id"].to_numpy()[people["usual_gp"]]
    plain = table["fa_type"].to_numpy() == "none"
    table["fa_type"] = np.where(plain & top(yearly, 0.03), "temporary", table["fa_type"])
    return table


def _clinicians(staff: pd.DataFrame) -> pd.DataFrame:
    table = staff.drop(columns=["start_day", "end_day"]).copy()
    table["start"] = events.iso(0)
    table["end"] = [None if pd.isna(end) else events.iso(int(end)) for end in staff["end_day"]]
    return table


def _sessions(held: pd.DataFrame, cal: pd.DataFrame, staff: pd.DataFrame) -> pd.DataFrame:
    who, row = held["who"].to_numpy(), held["row"].to_numpy()
    start = np.where(held["half"].to_numpy() % 2 == 0, 510, 840)
    planned = staff["slots"].to_numpy()[who]
    table = pd.DataFrame(
        {
            "session_id": _ids("S", np.arange(len(held)), 6),
            "date": cal["date"].to_numpy()[row],
            "clinician_id": staff["clinician_id"].to_numpy()[who],
            "start_minute": start,
            "end_minute": start + planned * staff["planned_min"].to_numpy()[who],
            "planned_slots": planned,
        }
    )
    return table[row >= BURN_IN].reset_index(drop=True)


def _appointments(
    seed: int, cal: pd.DataFrame, people: pd.DataFrame, staff: pd.DataFrame, book: pd.DataFrame
) -> pd.DataFrame:
    row, who, person = (book[name].to_numpy() for name in ("row", "who", "person"))
    day = cal["day"].to_numpy()[row]
    status = appointments.statuses(seed, day, people, book)
    date = pd.Series(cal["date"].to_numpy()[row])
    gap = pd.array(np.maximum(book["gap"].to_numpy(), 0), dtype="Int32")
    free = person < 0
    minute = stream(seed, "booked").integers(480, 1110, len(book))
    same_day = book["gap"].to_numpy() == 0
    minute = np.where(same_day, np.minimum(minute, book["start_minute"] - 5), minute)
    minute = np.maximum(minute, 470)
    booked_at = date.astype("datetime64[s]") + pd.to_timedelta(
        -np.maximum(book["gap"].to_numpy(), 0) * 1440 + minute, unit="m"
    )
    times = appointments.clock(seed, book, status)
    return pd.concat(
        [
            pd.DataFrame(
                {
                    "slot_id": _ids("A", np.arange(len(book)), 6),
                    "session_id": _ids("S", book["session"].to_numpy(), 6),
                    "date": date,
                    "start_minute": book["start_minute"].astype("Int16"),
                    "slot_type": book["slot_type"],
                    "planned_min": book["planned_min"].astype("float64"),
                    "status": status,
                    "booked_at": booked_at.astype("datetime64[s]").mask(free),
                    "booking_gap_days": pd.Series(gap).mask(free),
                }
            ),
            times,
            pd.DataFrame(
                {
                    "patient_id": _or_none(people["patient_id"].to_numpy(), person),
                    "age_band": _or_none(people["age_band"].to_numpy().astype(object), person),
                    "usual_gp_id": _or_none(
                        staff["clinician_id"].to_numpy()[people["usual_gp"]], person
                    ),
                    "clinician_id": staff["clinician_id"].to_numpy()[who],
                    "role": staff["role"].to_numpy()[who],
                    "hcp_type": staff["hcp_type"].to_numpy()[who],
                    "mode": book["mode"],
                    "category": book["category"],
                }
            ),
            appointments.endings(seed, status),
        ],
        axis=1,
    )


def _or_none(values: np.ndarray, index: np.ndarray) -> np.ndarray:
    return np.asarray(np.where(index >= 0, values[np.maximum(index, 0)], None), dtype=object)


def _ids(prefix: str, numbers: np.ndarray, width: int) -> np.ndarray:
    texts = np.char.zfill((numbers + 1).astype(str), width)
    return np.char.add(prefix, texts).astype(object)


def _demand_day(cal: pd.DataFrame, counts: pd.DataFrame, list_size: int) -> pd.DataFrame:
    table = pd.concat([cal[["date"]], counts], axis=1)
    table.insert(1, "weekday", cal["date"].dt.day_name())
    table["list_size"] = np.round(list_size * cal["growth"]).astype(int)
    return table[(cal["day"] >= 0) & cal["open"]].reset_index(drop=True)


def _asks(wanted: pd.DataFrame, cal: pd.DataFrame, people: pd.DataFrame) -> pd.DataFrame:
    causes = np.array([*demand.CAUSE_NAMES, "value"], dtype=object)
    table = pd.DataFrame(
        {
            "date": cal["date"].to_numpy()[wanted["row"]],
            "patient_id": people["patient_id"].to_numpy()[wanted["person"]],
            "cause_true": causes[wanted["cause"]],
        }
    )
    return table[cal["day"].to_numpy()[wanted["row"]] >= 0].reset_index(drop=True)
