"""Exports of any length, written piece by piece, with faults whose number is known.

`python benchmarks/long_exports.py emis_slots --rows 100000 --file export.csv [--clean]`
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np

FIRST_DAY, WEEKS = np.datetime64("2023-04-03"), 130
PIECE = 50_000
ROWS_A_PERSON, ROWS_A_CLINICIAN = 12, 20_000
# One row in so many has this fault; rows are counted from nought.
STRANGE_STATUS, NO_DATE, BLANK_LINE, NO_START = 613, 997, 4_999, 401
ABOVE, PAGE = 3, 1_500  # lines above the header; rows between two repeats of it
FORMATS = ("emis_slots", "systmone_appointments")

_HEADERS = {
    "systmone_appointments": "Appointment date,Clinician,Rota type,Appointment status,Patient ID,"
    "Patient Name,NHS Number,Appointment flags,Appointment duration (actual),"
    "Time between booking and appointment",
    "emis_slots": "Appointment Date,Appointment Time,Full Name of the Session Holder,Slot Type,"
    "Planned Duration,Current Slot Status,Date Booked,Arrival Time,Send In Time,Left Time,"
    "Patient identifier,Patient Name,NHS Number,Age,Usual GP",
}
_STATUSES = {
    "systmone_appointments": (
        ("Finished", 0.84), ("Did Not Attend", 0.05), ("Cancelled by Patient", 0.06),
        ("Patient Walked Out", 0.01), ("Booked", 0.02), ("Not recorded", 0.02),
    ),
    "emis_slots": (
        ("Left", 0.76), ("Telephone consultation completed", 0.08), ("DNA", 0.05),
        ("Booked", 0.02), ("Available", 0.06), ("Embargoed", 0.03),
    ),
}  # fmt: skip
_DATES = ("%d-%b-%y", "%d/%m/%Y", "%d-%b-%Y", "%Y-%m-%d")
_CLOCK = np.array([f"{m // 60:02d}:{m % 60:02d}" for m in range(1440)], dtype=object)


def write(path: Path, form: str, rows: int, *, dirty: bool = True, seed: int = 1) -> dict[str, int]:
    """Write an export of `rows` rows; return how many rows of a spreadsheet have each fate.

    Of the dirty one some lines are titles, headers again, blank or a total, some dates are lost and
    some statuses unknown; the clean one has none of these.
    """
    with path.open("w", encoding="cp1252", newline="") as file:
        for piece in _pieces(form, rows, dirty, seed):
            file.write(piece)
    if not dirty:
        return {"rows_in": rows, "set_aside": 0, "refused": 0, "kept": rows}
    at = np.arange(rows)
    blank, lost = at % BLANK_LINE == 0, at % NO_DATE == 0
    aside = ABOVE + (-(-rows // PAGE) - 1) + int(blank.sum()) + 1
    refused = int((lost & ~blank).sum())
    kept = int((~lost & ~blank).sum())
    return {"rows_in": kept + aside + refused, "set_aside": aside, "refused": refused, "kept": kept}


def _pieces(form: str, rows: int, dirty: bool, seed: int) -> Iterator[str]:
    if dirty:
        yield "A group of practices (invented)\r\nAppointments\r\nLast Run: 1-Nov-2025\r\n"
    yield _HEADERS[form] + "\r\n"
    for start in range(0, rows, PIECE):
        at = np.arange(start, min(start + PIECE, rows))
        columns = _cells(form, at, rows, np.random.default_rng([seed, start]), dirty)
        lines = list(map(",".join, zip(*(column.tolist() for column in columns), strict=True)))
        if dirty:
            _break(lines, _HEADERS[form], start)
        yield "\r\n".join(lines) + "\r\n"
    if dirty:
        yield f'Total,,,"{rows:,}"\r\n'


def _break(lines: list[str], header: str, start: int) -> None:
    """Let some lines be blank, and print the header again at the top of every page."""
    for place in range(-start % BLANK_LINE, len(lines), BLANK_LINE):
        lines[place] = ""
    for place in range(-start % PAGE, len(lines), PAGE):
        if start + place:
            lines[place] = f"{header}\r\n{lines[place]}"


def _cells(
    form: str, at: np.ndarray, rows: int, rng: np.random.Generator, dirty: bool
) -> list[np.ndarray]:
    n = len(at)
    day = at * WEEKS * 5 // rows
    date = FIRST_DAY + day // 5 * 7 + day % 5
    person = rng.integers(0, max(rows // ROWS_A_PERSON, 1), n)
    clinician = _lookup("Dr Elm {:03d}", rng.integers(0, rows // ROWS_A_CLINICIAN + 5, n))
    kind = np.array(["GP", "Nurse clinic", "On the day", "Clinic – private £ form"], dtype=object)
    names, shares = zip(*_STATUSES[form], strict=True)
    status = np.array(names, dtype=object)[rng.choice(len(names), n, p=shares)]
    gap = np.minimum(rng.geometric(0.12, n) - 1, 60) * (rng.random(n) > 0.35)
    shape = _DATES[at[0] // PIECE % len(_DATES)] if dirty else _DATES[0]
    written = _dates(date, shape)
    if dirty:
        status = np.where(at % STRANGE_STATUS == 0, "Seen elsewhere", status)
        written = np.where(at % NO_DATE == 0, "", written)
    who = [_lookup("INVENTED PATIENT {:06d}", person), _lookup("999{:06d}0", person % 1_000_000)]
    if form == "systmone_appointments":
        notes = np.array(["", "Telephone appointment", "Asked for an interpreter"], dtype=object)
        minutes = np.where(gap > 0, gap * 1440, rng.integers(1, 600, n))
        return [
            written, clinician, kind[rng.integers(0, 4, n)], status,
            _lookup("{}", person + 100_000), *who, notes[rng.integers(0, 3, n)],
            _lookup("{}m", rng.integers(2, 31, n)),
            np.where(gap > 0, _lookup("{}d", gap), _lookup("{}m", minutes)),
        ]  # fmt: skip
    start = 480 + 10 * rng.integers(0, 60, n)
    taken = ~np.isin(status, ("Available", "Embargoed"))
    came = np.isin(status, (names[0], names[1]))
    clock = np.where(dirty & (at % NO_START == 0), "", _CLOCK[start])
    late = rng.integers(0, 20, n)
    return [
        written, clock, clinician, kind[rng.integers(0, 4, n)], _lookup("{}", 10 + at % 3 * 5),
        status, _if(taken, _dates(date - gap, shape)), _if(came, _CLOCK[start - 10 + late]),
        _if(came, _CLOCK[start + late]), _if(came, _CLOCK[start + late + 10]),
        _if(taken, _lookup("{}", person + 100_000)), *(_if(taken, one) for one in who),
        _if(taken, _lookup("{}", person % 95)), _if(taken, _lookup("Dr Elm {:03d}", person % 400)),
    ]  # fmt: skip


def _if(where: np.ndarray, texts: np.ndarray) -> np.ndarray:
    return np.where(where, texts, "")


def _lookup(shape: str, numbers: np.ndarray) -> np.ndarray:
    distinct, place = np.unique(numbers, return_inverse=True)
    return np.array([shape.format(n) for n in distinct.tolist()], dtype=object)[place]


def _dates(days: np.ndarray, shape: str) -> np.ndarray:
    distinct, place = np.unique(days, return_inverse=True)
    return np.array([day.strftime(shape) for day in distinct.tolist()], dtype=object)[place]


def main() -> None:
    """Write one export; print what was planted in it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("form", choices=FORMATS)
    parser.add_argument("--rows", type=int, required=True)
    parser.add_argument("--file", type=Path, required=True)
    parser.add_argument("--clean", action="store_true", help="without faults")
    given = parser.parse_args()
    print(json.dumps(write(given.file, given.form, given.rows, dirty=not given.clean)))


if __name__ == "__main__":
    main()
