"""Our own tidy CSV: the columns of the schema, by their names, codes and all."""

from pcqa_teach.data import schema
from pcqa_teach.data.readers.base import Field, Format

# Fields of the readers that the schema calls by another name.
_OTHER = {
    "start_minute": "start_minute", "booking_gap": "gap", "booking_gap_days": "gap_days",
    "planned_min": "planned", "actual_min": "actual", "arrived_minute": "arrived_minute",
    "sent_in_minute": "sent_in_minute", "left_minute": "left_minute", "age_band": "age",
}  # fmt: skip

FORMAT = Format(
    id="tidy",
    title="tidy appointments table (as this kit saves it)",
    codes_kept=True,
    statuses={status: status for status in schema.STATUSES},
    fields=tuple(
        Field(_OTHER.get(name, name), (name,), required=column.required, tell=True)
        for name, column in schema.COLUMNS.items()
    ),
)
