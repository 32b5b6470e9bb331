"""NHS England's practice-level crosstab of appointments in general practice: counts a month."""

from pcqa_teach.data.readers.base import Field, Format
from pcqa_teach.data.readers.gpad_regional import GAP, STATUSES

FORMAT = Format(
    id="gpad_practice",
    title="NHS England practice-level appointments (GPAD crosstab)",
    period="month",
    statuses=STATUSES,
    fields=(
        Field("date", ("APPOINTMENT_MONTH_START_DATE", "Appointment_Month"), required=True),
        Field("practice", ("GP_CODE", "Practice code"), required=True, tell=True),
        Field("status", ("APPT_STATUS", "Appointment status"), required=True),
        Field("count", ("COUNT_OF_APPOINTMENTS",), required=True),
        Field("area", ("SUB_ICB_LOCATION_CODE", "CCG_CODE")),
        Field("hcp_type", ("HCP_TYPE",)),
        Field("mode", ("APPT_MODE",)),
        Field("category", ("NATIONAL_CATEGORY",)),
        Field("gap", GAP),
    ),
)
