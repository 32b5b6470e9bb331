"""What a header may be taken for, in words, and header rows to start from."""

from __future__ import annotations

NOT_READ = "not read"
# What the reader's fields are, in words, and which others are easily taken for each.
FIELDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "date": ("the day of the appointment", ("booked", "arrived")),
    "start": ("the time of the appointment", ("booked_time", "arrived")),
    "status": ("what became of the slot", ("mode", "slot_type")),
    "availability": ("what became of the slot, or whether it was free", ("status", "bookable")),
    "dna": ("yes where the person did not attend", ("status", "left")),
    "bookable": ("whether the slot was on offer at all", ("availability", "status")),
    "deleted": ("whether the slot was deleted", ("status", "dna")),
    "clinician": ("who saw the person (kept as a code)", ("usual_gp", "session")),
    "usual_gp": ("the person's usual GP (kept as a code)", ("clinician", "patient")),
    "session": ("the session or rota (kept as a code)", ("clinician", "slot_type")),
    "slot_type": ("the kind of slot (kept as a code)", ("session", "mode")),
    "patient": ("a number that tells people apart (kept as a code)", ("row_id", "usual_gp")),
    "row_id": ("a number that tells slots apart", ("patient", "session")),
    "planned": ("how long it was planned to take", ("actual", "gap")),
    "actual": ("how long it took", ("planned", "gap")),
    "gap": ("how long before the day it was booked", ("actual", "planned")),
    "booked": ("the day on which it was booked", ("date", "gap")),
    "booked_time": ("the time at which it was booked", ("start", "arrived")),
    "arrived": ("when the person came in", ("start", "sent_in")),
    "sent_in": ("when the person was called in", ("arrived", "left")),
    "left": ("when the person left", ("sent_in", "dna")),
    "age": ("age (kept as a five-year band)", ("patient", "gap")),
    "mode": ("face-to-face, telephone, ...", ("slot_type", "status")),
    "category": ("the national category", ("slot_type", "mode")),
    "hcp_type": ("GP or other staff", ("clinician", "slot_type")),
    "practice": ("the practice (kept as a code)", ("area", "session")),
    "area": ("the area", ("practice", "session")),
    "count": ("how many appointments the row stands for", ("row_id", "actual")),
    NOT_READ: ("not read: the kit leaves it out", ("patient", "status")),
}
# Header rows as the systems print them, as far as we know; the staff are invented.
EXAMPLES: dict[str, str] = {
    "SystmOne report": (
        "Appointment date,Clinician,Rota type,Appointment status,Patient ID,Appointment flags,"
        "Appointment duration (actual),Time between booking and appointment"
    ),
    "EMIS slot list": (
        "Appointment Date,Appointment Time,Session Holder,Slot Type,Planned Duration,"
        "Current Slot Status,Date Booked,Arrival Time,Send In Time,Left Time,DNA,"
        "Patient identifier,Age,Usual GP,Patient Name"
    ),
    "EMIS table of counts": (
        "Full Name of the Session Holder of the Session,GP 01,GP 02,Nurse 06\n"
        "Appointment Date,Appointment Time,Slot Type,Availability"
    ),
    "Something else": "Appt day,Seen by,Outcome,Minutes",
}
