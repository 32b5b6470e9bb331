"""NHS England's daily file of appointments in general practice: counts a day, by actual length."""

from pcqa_teach.data.readers.base import Field
from pcqa_teach.data.readers.counted import CountedFormat

FORMAT = CountedFormat(
    id="gpad_daily",
    title="NHS England daily appointments (GPAD, by sub-ICB location)",
    statuses={},
    note="A day without a row (Sundays, most of all) is a day that the file leaves out, not a day "
    "that is known to be without appointments.",
    fields=(
        Field("date", ("Appointment_Date",), required=True),
        Field("area", ("SUB_ICB_LOCATION_CODE", "CCG_CODE"), required=True),
        Field("actual_band", ("ACTUAL_DURATION",), required=True, tell=True),
        Field("count", ("COUNT_OF_APPOINTMENTS",), required=True),
    ),
)
