"""NHS England's regional file of appointments in general practice: counts a month or a day."""

from pcqa_teach.data.readers.base import Field, Format

STATUSES = {
    "Attended": "Attended",
    "DNA": "DNA",
    "Did Not Attend": "DNA",
    "Cancelled": "Cancelled",
    "Booked": "Booked",
    "Unknown": "Unknown",
}
GAP = ("TIME_BETWEEN_BOOK_AND_APPT",)

FORMAT = Format(
    id="gpad_regional",
    title="NHS England regional appointments (GPAD, by CCG or sub-ICB location)",
    period="month",
    daily=frozenset({"appointmentdate"}),
    statuses=STATUSES,
    fields=(
        Field("date", ("Appointment_Month", "Appointment_Date", "month"), required=True),
        Field("area", ("SUB_ICB_LOCATION_CODE", "CCG_CODE"), required=True, tell=True),
        Field("status", ("APPT_STATUS",), required=True),
        Field("count", ("COUNT_OF_APPOINTMENTS",), required=True),
        Field("hcp_type", ("HCP_TYPE",)),
        Field("mode", ("APPT_MODE",)),
        Field("category", ("NATIONAL_CATEGORY",)),
        Field("gap", GAP),
    ),
)
