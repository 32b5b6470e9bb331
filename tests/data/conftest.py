"""Small exports to read: what a practice would bring, a few rows long."""

from __future__ import annotations

import importlib
from pathlib import Path

import numpy as np
import pytest

TODAY = "2026-01-15"

SYSTMONE = """\
Appointment date,Clinician,Rota type,Appointment status,Patient ID,Appointment flags,\
Appointment duration (actual),Time between booking and appointment
01-Apr-25,Dr Ash Elm,GP,Finished,1001,,15m,3d 2h
01-Apr-25,Dr Ash Elm,GP,Did Not Attend,1002,note,0m,14d
02-Apr-25,Nurse Fir,Clinic,Finished,1003,,1h 30m,20m
03-Apr-25,Nurse Fir,Clinic,Cancelled by Patient,1004,,,1d
03-Apr-25,Nurse Fir,Clinic,Patient Walked Out,1001,,5m,40d
"""

EMIS = """\
Appointment Date,Appointment Time,Session Holder,Slot Type,Planned Duration,Current Slot Status,\
Date Booked,Arrival Time,Send In Time,Left Time,DNA,Patient identifier,Age,Usual GP
01-Apr-2025,08:30,Dr Ash Elm,Routine,10,Left,01-Apr-2025,08:25,08:33,08:41,No,77,34,Dr Oak
01-Apr-2025,08:40,Dr Ash Elm,Routine,10,DNA,20-Mar-2025,,,,Yes,78,71,Dr Ash Elm
01-Apr-2025,08:50,Dr Ash Elm,Routine,10,Available,,,,,,,,
02-Apr-2025,09:00,Nurse Fir,Dressing,20,Embargoed,,,,,,,,
02-Apr-2025,09:20,Nurse Fir,Dressing,20,Telephoned but no answer,31-Mar-2025,,,,No,79,4,Dr Oak
"""

GPAD = """\
APPOINTMENT_MONTH_START_DATE,GP_CODE,GP_NAME,SUPPLIER,PCN_CODE,PCN_NAME,SUB_ICB_LOCATION_CODE,\
SUB_ICB_LOCATION_NAME,HCP_TYPE,APPT_MODE,NATIONAL_CATEGORY,TIME_BETWEEN_BOOK_AND_APPT,\
COUNT_OF_APPOINTMENTS,APPT_STATUS
01AUG2025,X00001,THE SURGERY,EMIS,U1,PCN,14L,ICB,GP,Face-to-Face,Home Visit,Same Day,123,Attended
01AUG2025,X00001,THE SURGERY,EMIS,U1,PCN,14L,ICB,GP,Telephone,Walk-in,8  to 14 Days,7,DNA
01SEP2025,X00001,THE SURGERY,EMIS,U1,PCN,14L,ICB,GP,Unknown,Walk-in,Unknown / Data Issue,1,Unknown
"""

REGIONAL = """\
CCG_CODE,CCG_NAME,Appointment_Month,APPT_STATUS,HCP_TYPE,APPT_MODE,TIME_BETWEEN_BOOK_AND_APPT,\
COUNT_OF_APPOINTMENTS
72Q,NHS South East London CCG,MAR2019,Attended,GP,Face-to-Face,1 Day,19367
72Q,NHS South East London CCG,MAR2019,DNA,GP,Face-to-Face,15  to 21 Days,596
72Q,NHS South East London CCG,APR2019,Unknown,Unknown,Unknown,Same Day,12
"""

EXPORTS = {
    "systmone_appointments": SYSTMONE,
    "emis_slots": EMIS,
    "gpad_practice": GPAD,
    "gpad_regional": REGIONAL,
}


@pytest.fixture(autouse=True)
def fixed_today(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let today be one day for all tests."""
    reader = importlib.import_module("pcqa_teach.data.reader")
    day = int(np.datetime64(TODAY).astype("datetime64[D]").astype(int))
    monkeypatch.setattr(reader, "_today", lambda: day)


@pytest.fixture
def write(tmp_path: Path):
    """Write text (or bytes) into a file and return its path."""

    def _write(content: str | bytes, name: str = "export.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return _write


@pytest.fixture(params=list(EXPORTS))
def export(request: pytest.FixtureRequest) -> tuple[str, str]:
    """Each format's id and a small file of it."""
    return request.param, EXPORTS[request.param]


@pytest.fixture(scope="session")
def exports() -> dict[str, str]:
    """A small file of each format, by the format's id."""
    return dict(EXPORTS)
