"""EMIS Web: the list of appointment slots, and the extract that data warehouses hold.

A telephone call without an answer and a visit to nobody at home count as DNA, one for each attempt.
"""

from pcqa_teach.data.readers.base import Field, Format

STATUSES = {
    "Available": "Available",
    "Free": "Available",
    "Unbooked": "Available",
    "Slot available": "Available",
    "Booked": "Booked",
    "Late": "Unknown",
    "Arrived": "Attended",
    "Send in": "Attended",
    "Sent in": "Attended",
    "Quiet send in": "Attended",
    "Left": "Attended",
    "Seen": "Attended",
    "Attended": "Attended",
    "Visited and seen": "Attended",
    "Start call": "Attended",
    "Telephone consultation completed": "Attended",
    "Walked out": "Walked out",
    "DNA": "DNA",
    "Did Not Attend": "DNA",
    "Visited and not seen": "DNA",
    "Telephoned but no answer": "DNA",
    "Cancelled": "Cancelled",
    "Blocked": "Blocked",
    "Embargoed": "Blocked",
    "Unknown": "Unknown",
    "Not recorded": "Unknown",
}

FORMAT = Format(
    id="emis_slots",
    title="EMIS Web list of appointment slots",
    supplier="EMIS",
    grouped=("session", "clinician", "date"),
    one_of=("status", "availability", "dna"),
    statuses=STATUSES,
    fields=(
        Field("date", ("Appointment Date", "Slot Date"), required=True),
        Field("start", ("Appointment Time", "AppointmentStartTime", "Start Time", "Slot Time")),
        Field("status", ("Current Slot Status", "Slot Status"), tell=True),
        Field("availability", ("Availability",), tell=True),
        Field("dna", ("DidNotAttend", "DNA"), tell=True),
        Field("bookable", ("Bookable Slot", "Bookable", "Is Bookable"), tell=True),
        Field("deleted", ("Deleted",)),
        Field(
            "clinician",
            (
                "Full Name of the Session Holder of the Session",
                "Full Name of the Session Holder",
                "Session Holder",
                "Clinician",
            ),
            tell=True,
        ),
        Field("session", ("SessionGuid", "Session Name", "Session"), tell=True),
        Field("slot_type", ("Slot Type", "Slot Type Name"), tell=True),
        Field("planned", ("Planned Duration", "PlannedDurationInMinutes", "Duration"), tell=True),
        Field("actual", ("ActualDurationInMinutes", "Actual Duration"), tell=True),
        Field("booked", ("Date Booked", "BookedDate")),
        Field("booked_time", ("Time Booked", "BookedTime")),
        Field("arrived", ("Arrival Time", "Arrived Time")),
        Field("sent_in", ("Send In Time", "Sent In Time"), tell=True),
        Field("left", ("Left Time",), tell=True),
        Field("patient", ("Patient identifier", "PatientGuid", "Patient ID", "EMIS Number")),
        Field("age", ("Age", "Patient Age", "Age Band")),
        Field("usual_gp", ("Usual GP", "Usual GP Full Name", "Named GP")),
        Field("practice", ("OrganisationGuid", "Organisation", "Practice Code")),
        Field("mode", ("ModeOfContact", "Delivery Mode")),
        Field("category", ("National Slot Category", "National category", "Slot Category")),
        Field("row_id", ("SlotGuid", "Slot ID")),
    ),
)
