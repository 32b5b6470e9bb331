"""Which small files are committed, and how each is cut from the invented practices."""

import gzip
import io
import json
from collections.abc import Iterator

import pandas as pd

from pcqa_teach.data.schema import PLANNED_CARE
from pcqa_teach.data.synthetic import contacts as said
from pcqa_teach.data.synthetic import (
    dictionary,
    events,
    exports,
    feedback,
    networks,
    phones,
    samples,
)
from pcqa_teach.data.synthetic.calendar import calendar
from pcqa_teach.data.synthetic.demand import CAUSE_NAMES
from pcqa_teach.data.synthetic.events import SEED
from pcqa_teach.data.synthetic.riverside import Practice, practice
from pcqa_teach.data.synthetic.tidying import codes, cut, tidy
from pcqa_teach.data.synthetic.truth import b3, truth

CUTS = {
    "appointments": ("2024-06-10", "2024-12-08"),
    "calls": ("2024-11-04", "2024-12-01"),
    "systmone": ("2024-09-18", "2025-01-22"),
    "emis": ("2024-10-16", "2025-01-29"),
    "gpad": ("2024-02-01", "2025-03-31"),
    "gpad_daily": ("2024-10-07", "2025-01-12"),
    "cbt": ("2024-11-04", "2024-12-01"),
    "askmygp": ("2024-09-16", "2025-03-16"),
    "anima": ("2024-11-04", "2024-11-15"),
}
SMALL_LIST = 1600
_TRUE_CALL = ["purpose_true", "demand_type_true"]
_TRUE_CONTACT = ["demand_type_true", "cause_true"]


def csv(frame: pd.DataFrame) -> bytes:
    """Return a frame as CSV bytes, the same on every system."""
    buffer = io.StringIO()
    frame.to_csv(buffer, index=False, lineterminator="\n")
    return buffer.getvalue().encode()


def squeeze(data: bytes) -> bytes:
    """Return the bytes gzipped, with no date and no name inside, so that they never change."""
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0, compresslevel=9) as file:
        file.write(data)
    return buffer.getvalue()


def everything(seed: int = SEED) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the bytes of each committed file, in the order they are made."""
    riverside = practice(seed)
    calls_daily = phones.daily(riverside.calls)
    yield from _riverside(riverside, calls_daily)
    with_scheme = practice(seed, scheme=True, with_calls=False)
    attending = attendance(riverside, with_scheme)
    yield "attendance.csv.gz", squeeze(csv(attending))
    yield from _people(seed)
    yield "network_weekly.csv.gz", squeeze(csv(networks.network(seed=seed)))
    yield "truth_network.csv", csv(networks.practices(seed, 24))
    yield "funnel_practices.csv", csv(networks.funnel(seed=seed))
    yield from _exports(riverside, seed)
    days = b3(calls_daily)
    planted = json.dumps(truth(seed, days, attending), indent=2, ensure_ascii=False)
    yield "truth.json", f"{planted}\n".encode()
    yield "README.md", dictionary.readme(seed, days).encode()


def _riverside(riverside: Practice, calls_daily: pd.DataFrame) -> Iterator[tuple[str, bytes]]:
    rows = cut(riverside.appointments, *CUTS["appointments"])
    yield "appointments.csv.gz", squeeze(csv(tidy(rows)))
    yield "calls_daily.csv", csv(calls_daily)
    first, last = CUTS["calls"]
    within = riverside.calls["start"].dt.normalize().between(first, last)
    calls = riverside.calls[within].reset_index(drop=True)
    yield "calls.csv.gz", squeeze(csv(calls.drop(columns=_TRUE_CALL)))
    yield "truth_calls.csv.gz", squeeze(csv(calls[["call_id", *_TRUE_CALL]]))
    yield "demand_day.csv", csv(riverside.demand_day)
    yield "failure_weekly.csv", csv(failure_weekly(riverside.asks))
    yield "book_weekly.csv", csv(book_weekly(riverside.appointments))


def _people(seed: int) -> Iterator[tuple[str, bytes]]:
    contacts = said.contacts(seed)
    yield "contacts.csv", csv(contacts.drop(columns=_TRUE_CONTACT))
    yield "truth_contacts.csv", csv(contacts[["contact_id", *_TRUE_CONTACT]])
    yield "coders.csv", csv(said.coders(seed, contacts))
    yield "tally.csv", csv(samples.tally(seed))
    yield "right_appointment.csv", csv(samples.right_appointment(seed))
    yield "survey.csv", csv(feedback.survey(seed))
    yield "staff_pulse.csv", csv(feedback.staff_pulse(seed))
    yield "improvement_log.csv", csv(feedback.improvement_log())


def _exports(riverside: Practice, seed: int) -> Iterator[tuple[str, bytes]]:
    slots, calls = riverside.appointments, riverside.calls
    tiny = practice(seed, days=400, list_size=SMALL_LIST, with_calls=False)
    small = tiny.appointments
    on = calls["start"].dt.normalize()
    sources = {
        "systmone": ("systmone_appointments", cut(small, *CUTS["systmone"])),
        "emis": ("emis_slots", cut(small, *CUTS["emis"])),
        "gpad": ("gpad_practice", cut(slots, *CUTS["gpad"])),
        "emis_crosstab": ("emis_crosstab", cut(small, *CUTS["emis"])),
        "gpad_daily": ("gpad_daily", cut(slots, *CUTS["gpad_daily"])),
        "cbt": ("cbt_day_time", calls[on.between(*CUTS["cbt"])].reset_index(drop=True)),
        "askmygp": ("askmygp_demand", cut(riverside.asks, *CUTS["askmygp"])),
        "anima": ("anima_audit", cut(tiny.asks, *CUTS["anima"])),
    }
    quirks: dict[str, dict[str, int]] = {}
    for kind, (name, rows) in sources.items():
        for dirty in (False, True):
            made = exports.rendered(kind, rows, dirty)
            file = f"{name}_{'dirty' if dirty else 'clean'}.csv"
            quirks[file] = made.quirks
            yield f"exports/{file}", made.data
    systmone = exports.systmone(sources["systmone"][1])
    yield "exports/systmone_appointments_clean.xlsx", exports.workbook(systmone)
    quirks["systmone_appointments_clean.xlsx"] = {}
    second = cut(sources["systmone"][1], "2025-01-06", CUTS["systmone"][1])
    name = "systmone_appointments_overlap.csv"
    yield f"exports/{name}", exports.systmone(second)
    overlap = int((second["status"] != "Available").sum())
    quirks[name] = {"rows that systmone_appointments_clean.csv holds too": overlap}
    yield "exports/README.md", dictionary.exports_readme(quirks).encode()


def failure_weekly(asks: pd.DataFrame) -> pd.DataFrame:
    """Return the tally of each whole week: all contacts, and those of each failure cause."""
    cal = calendar(events.SPAN, burn_in=0)
    counts = pd.crosstab(_monday(asks["date"]).rename("week"), asks["cause_true"])
    table = _whole_weeks(cal).join(counts)
    causes = {name: name.replace(" ", "_") for name in CAUSE_NAMES}
    table.insert(1, "contacts", table[["value", *causes]].sum(axis=1))
    return (
        table.drop(columns="value")[["working_days", "contacts", *causes]]
        .rename(columns=causes)
        .reset_index()
    )


def book_weekly(slots: pd.DataFrame) -> pd.DataFrame:
    """Return the appointment book of each whole week, added up."""
    status, category = slots["status"], slots["category"].astype(str)
    came = status.isin(["Attended", "Walked out"])
    kept = came | status.isin(["DNA", "Unknown", "Booked"])
    sums = pd.DataFrame(
        {
            "week": _monday(slots["date"]),
            "appointments": kept,
            "attended": came,
            "dna": status == "DNA",
            "unknown": status.isin(["Unknown", "Booked"]),
            "planned_care": kept & category.isin(PLANNED_CARE),
            "minutes": slots["actual_min"].astype("float64").where(came, 0.0).fillna(0.0),
        }
    )
    weekly = sums.groupby("week").sum().round().astype(int)
    return _whole_weeks(calendar(events.SPAN, burn_in=0)).join(weekly).reset_index()


def _monday(dates: pd.Series) -> pd.Series:
    mondays: pd.Series = dates - pd.to_timedelta(dates.dt.day_of_week, unit="D")
    return mondays


def _whole_weeks(cal: pd.DataFrame) -> pd.DataFrame:
    days = cal.assign(week=cal["date"] - pd.to_timedelta(cal["weekday"], unit="D"))
    whole = days.groupby("week").agg(working_days=("open", "sum"), days=("open", "size"))
    return whole.loc[(whole["days"] == 7) & (whole["working_days"] > 0), ["working_days"]]


def attendance(usual: Practice, scheme: Practice) -> pd.DataFrame:
    """Return contacts before and after day 365, in both copies, of who was there on day 0."""
    frames = []
    for name, copy in (("usual", usual), ("scheme", scheme)):
        people = copy.patients[copy.patients["joined_block"] == 0]
        late = copy.asks["date"] >= pd.Timestamp(events.iso(events.GO_LIVE))
        counted = pd.crosstab(copy.asks["patient_id"], late)
        counted = counted.reindex(people["patient_id"], fill_value=0)
        frames.append(
            pd.DataFrame(
                {
                    "copy": name,
                    "patient": codes(people["patient_id"], "P").to_numpy(),
                    "age_band": people["age_band"].astype(str).to_numpy(),
                    "before": counted[False].to_numpy(),
                    "after": counted[True].to_numpy(),
                }
            )
        )
    return pd.concat(frames, ignore_index=True)
