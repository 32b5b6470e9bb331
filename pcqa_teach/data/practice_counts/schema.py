"""The tidy frame of practices, a row each: its columns, and the check that a frame fits."""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.schema import Column
from pcqa_teach.data.tables import made

COUNTS = ("appointments", "attended", "dna", "unknown", "same_day", "over_14", "telephone",
          "no_contact")  # fmt: skip

_ALL = (
    Column("practice", "category", "practice, as a code", prefix="G", required=True),
    Column("appointments", "int64", "appointments that took or should have taken place",
           required=True),
    Column("attended", "int64", "people came"),
    Column("dna", "int64", "did not attend"),
    Column("unknown", "int64", "no outcome stored"),
    Column("same_day", "int64", "booked for the same day"),
    Column("over_14", "int64", "booked more than 14 days ahead"),
    Column("telephone", "int64", "by telephone"),
    Column("no_contact", "int64", "telephone appointments in which nobody picked up"),
    Column("list_size", "float64", "registered patients, the mean of the period"),
    Column("imd", "float64", "score of the Index of Multiple Deprivation: higher is poorer"),
    Column("deprivation_fifth", "int64", "1 = most deprived"),
)  # fmt: skip
COLUMNS: dict[str, Column] = {column.name: column for column in _ALL}

# The names by which a column is known, beside its own; `gpad_annual_...` is how the national files,
# added up by the year, call them.
ALIASES: dict[str, tuple[str, ...]] = {
    "practice": ("practice_code", "practice_code_standardised", "gp_code", "ods_code",
                 "Practice code"),
    "appointments": ("gpad_annual_total_appointments", "total_appointments"),
    "attended": ("gpad_annual_attended",),
    "dna": ("gpad_annual_dna", "did_not_attend", "missed"),
    "unknown": ("gpad_annual_status_unknown", "status_unknown"),
    "same_day": ("gpad_annual_same_day",),
    "over_14": ("gpad_annual_over_14_days", "waited_over_14_days"),
    "telephone": ("gpad_annual_telephone",),
    "no_contact": ("no_contact_recorded",),
    "list_size": ("mean_monthly_list_size", "number_of_patients"),
    "imd": ("imd2019", "imd_score"),
    "deprivation_fifth": (),
}  # fmt: skip


def is_practice_counts(frame: pd.DataFrame) -> bool:
    """Say whether a frame is one of practices, a row each, as `pcqa.read` gives it.

    >>> is_practice_counts(pd.DataFrame({"practice": [], "appointments": []}))
    True
    """
    return {"practice", "appointments"} <= set(frame) and "date" not in frame


def validate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as it is, once every column of it fits; else raise `DataError`.

    >>> validate(pd.DataFrame({"practice": pd.Categorical(["G-1"])}))
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: This is no table of practices: column 'appointments' is missing.
    """
    return made.validate(frame, COLUMNS, "table of practices")
