"""The tidy appointments frame: its columns, what each may hold, and the check that a frame fits.

One row stands for ``count`` appointments: one for a list of slots, many for a table of counts.
What an export does not say is a column that is absent, never a column full of blanks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias, cast

import pandas as pd
from numpy.typing import NDArray

from pcqa_teach.errors import DataError

PERIODS = ("day", "month")
STATUSES = ("Available", "Booked", "Attended", "DNA", "Cancelled", "Walked out", "Blocked",
            "Unknown")  # fmt: skip
SOURCES = ("gpad_practice", "gpad_regional", "systmone_appointments", "emis_slots", "tidy",
           "gpad_daily", "emis_crosstab")  # fmt: skip
GAPS = ("Same Day", "1 Day", "2 to 7 Days", "8 to 14 Days", "15 to 21 Days", "22 to 28 Days",
        "More than 28 Days", "Unknown")  # fmt: skip
GAP_STARTS = (0, 1, 2, 8, 15, 22, 29)
MODES = ("Face-to-Face", "Telephone", "Home Visit", "Video/Online", "Unknown")
LENGTHS = ("1-5 Minutes", "6-10 Minutes", "11-15 Minutes", "16-20 Minutes", "21-30 Minutes",
           "31-60 Minutes", "Unknown")  # fmt: skip
HCP_TYPES = ("GP", "Other Practice staff", "Unknown")
CATEGORIES = (
    "General Consultation Acute",
    "General Consultation Routine",
    "Unplanned Clinical Activity",
    "Clinical Triage",
    "Planned Clinics",
    "Planned Clinical Procedure",
    "Structured Medication Review",
    "Walk-in",
    "Home Visit",
    "Care Home Visit",
    "Care Home Needs Assessment & Personalised Care and Support Planning",
    "Patient contact during Care Home Round",
    "Group Consultation and Group Education",
    "Social Prescribing Service",
    "Non-contractual chargeable work",
    "Service provided by organisation external to the practice",
    "Care Related Encounter but does not fit into any other category",
    "Inconsistent Mapping",
    "Unmapped",
    "Unknown",
)
# The categories that we take for planned care; the grouping is our own.
PLANNED_CARE = (
    "Planned Clinics",
    "Planned Clinical Procedure",
    "Structured Medication Review",
    "Care Home Visit",
    "Care Home Needs Assessment & Personalised Care and Support Planning",
    "Patient contact during Care Home Round",
    "Group Consultation and Group Education",
    "Social Prescribing Service",
)
AGE_BANDS = (*(f"{low}-{low + 4}" for low in range(0, 90, 5)), "90+")


Array: TypeAlias = NDArray[Any]


@dataclass(frozen=True)
class Column:
    """One column of the tidy frame.

    ``labels`` closes a category's vocabulary; ``prefix`` marks a column of pseudonyms.
    """

    name: str
    dtype: str
    says: str
    labels: tuple[str, ...] = ()
    prefix: str = ""
    required: bool = False
    ordered: bool = False


_ALL = (
    Column("date", "datetime64[s]", "day of appointment, or first day of the month", required=True),
    Column("period", "category", "what `date` stands for", PERIODS, required=True),
    Column("status", "category", "what became of the appointment", STATUSES, required=True),
    Column("count", "int64", "appointments that the row stands for", required=True),
    Column("source", "category", "the export's format", SOURCES, required=True),
    Column("start_minute", "Int16", "start, minutes after midnight"),
    Column("start_from", "Int16", "start no earlier than, minutes after midnight"),
    Column("start_before", "Int16", "start before, minutes after midnight"),
    Column("booking_gap", "category", "time from booking to appointment", GAPS, ordered=True),
    Column("booking_gap_days", "Int32", "days from booking to appointment"),
    Column("mode", "category", "how patient and clinician met", MODES),
    Column("hcp_type", "category", "who saw the patient", HCP_TYPES),
    Column("category", "category", "national category of the slot", CATEGORIES),
    Column("planned_min", "float64", "planned length, minutes"),
    Column("actual_min", "float64", "length that it took, minutes"),
    Column("actual_band", "category", "length that it took, as a band", LENGTHS, ordered=True),
    Column("arrived_minute", "Int16", "arrival, minutes after midnight"),
    Column("sent_in_minute", "Int16", "called in, minutes after midnight"),
    Column("left_minute", "Int16", "left, minutes after midnight"),
    Column("age_band", "category", "five-year age band", AGE_BANDS, ordered=True),
    Column("practice", "category", "practice, as a code", prefix="G"),
    Column("area", "category", "public area code, or a code in its place", prefix="A"),
    Column("clinician", "category", "clinician, as a code", prefix="C"),
    Column("session", "category", "session, as a code", prefix="S"),
    Column("slot_type", "category", "slot type, as a code", prefix="T"),
    Column("patient", "category", "patient, as a code", prefix="P"),
    Column("usual_gp", "category", "usual GP, as a clinician's code", prefix="C"),
)
COLUMNS: dict[str, Column] = {column.name: column for column in _ALL}
REQUIRED = tuple(column.name for column in _ALL if column.required)


def validate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as it is, once every column of it fits the tidy schema.

    Parameters
    ----------
    frame : DataFrame
        What is meant to be a tidy appointments frame.

    Raises
    ------
    DataError
        Names the columns that are missing, not known, or not what they should be.

    Examples
    --------
    >>> day = pd.to_datetime(["2025-04-01"] * 5).astype("datetime64[s]")
    >>> status = pd.Categorical(["Attended", "DNA", "Attended", "Attended", "Booked"], STATUSES)
    >>> frame = pd.DataFrame({"date": day, "status": status, "count": [1, 1, 1, 1, 1]})
    >>> frame["period"] = pd.Categorical(["day"] * 5, PERIODS)
    >>> frame["source"] = pd.Categorical(["tidy"] * 5, SOURCES)
    >>> validate(frame) is frame
    True
    >>> validate(frame.drop(columns="count"))
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: This is not a tidy appointments frame: column 'count' is missing.
    """
    faults = list(_faults(frame))
    if faults:
        raise DataError(f"This is not a tidy appointments frame: {'; '.join(faults)}.")
    return frame


def _faults(frame: pd.DataFrame) -> Iterator[str]:
    yield from (f"column '{name}' is missing" for name in REQUIRED if name not in frame)
    if not frame.columns.is_unique:
        yield "a column is there twice"
        return
    strangers = sum(name not in COLUMNS for name in frame.columns)
    if strangers:
        yield f"{strangers} of its columns are none of the schema's"
    for name in frame.columns.intersection(pd.Index(list(COLUMNS))):
        fault = _fault(frame[name], COLUMNS[name])
        if fault:
            yield f"column '{name}' {fault}"


def _fault(values: pd.Series, column: Column) -> str:
    if str(values.dtype) != column.dtype:
        return f"should be {column.dtype}"
    if column.required and values.isna().any():
        return "has blanks"
    if column.name == "count" and bool((values < 0).any()):
        return "has numbers below nought"
    if column.labels and tuple(values.cat.categories) != column.labels:
        return "has other labels than the schema's"
    if column.labels and values.cat.ordered != column.ordered:
        return f"should {'' if column.ordered else 'not '}be ordered"
    return ""


def category(places: Array, labels: Sequence[str], *, ordered: bool = False) -> pd.Categorical[Any]:
    """Return a category from the places of its labels; -1 stands for a blank."""
    codes = cast("Sequence[int]", places)  # an array is taken as it is
    return pd.Categorical.from_codes(codes, pd.Index(list(labels)), ordered=ordered)
