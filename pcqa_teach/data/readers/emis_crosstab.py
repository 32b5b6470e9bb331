"""EMIS Web: the aggregate report on slots, a table of counts with a column for each clinician."""

from pcqa_teach.data.readers.base import Field
from pcqa_teach.data.readers.counted import CountedFormat
from pcqa_teach.data.readers.emis_slots import STATUSES

FORMAT = CountedFormat(
    id="emis_crosstab",
    title="EMIS Web table of counts of slots (a column a clinician)",
    supplier="EMIS",
    grouped=("date", "time_band", "slot_type", "availability"),
    statuses=STATUSES,
    corner="Full Name of the Session Holder",
    note="Dates, times and kinds of slot that are printed once were taken to hold for the rows "
    "below them; a blank cell was taken for a session that was not held, not for nought. Booked "
    "says that a slot was taken, not that the person came.",
    fields=(
        Field("date", ("Appointment Date", "Slot Date"), required=True),
        Field("time_band", ("Appointment Time", "Slot Time", "Start Time")),
        Field("slot_type", ("Slot Type", "Slot Type Name")),
        Field("availability", ("Availability", "Slot Status", "Current Slot Status"),
              required=True),
    ),
)  # fmt: skip
