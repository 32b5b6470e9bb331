"""The tidy requests frame: its columns, and the check that a frame fits.

A day that is not there was closed, or lies outside the export; a day with a count of 0 was open.
"""

from __future__ import annotations

import pandas as pd

from pcqa_teach.data.readers.base import key
from pcqa_teach.data.schema import Column
from pcqa_teach.data.tables import made

KINDS = ("Medical", "Administrative", "Prescription", "Test result", "Referral", "Fit note",
         "Other", "Unknown")  # fmt: skip
SOURCES = ("askmygp", "anima")
_WORDS = {
    "Medical": "medical; clinical; health; symptom; medical request; clinical request; gp; new; "
    "health problem; acute; advice; review",
    "Administrative": "administrative; admin; admin request; administration; non-medical; letter; "
    "registration",
    "Prescription": "prescription; medication; medicines; repeat; repeat prescription; meds",
    "Test result": "test result; test results; results; tests; result",
    "Referral": "referral; referrals; referral query",
    "Fit note": "fit note; sick note; sicknote; fitnote; med3",
    "Other": "other; something else; general",
    "Unknown": "unknown; not recorded",
}
KIND_OF = {
    key(word): KINDS.index(kind) for kind, words in _WORDS.items() for word in words.split(";")
}

_ALL = (
    Column("date", "datetime64[s]", "day on which people asked", required=True),
    Column("count", "int64", "requests that the row stands for", required=True),
    Column("source", "category", "the export's format", SOURCES, required=True),
    Column("start", "datetime64[s]", "when the request came, London's clocks"),
    Column("request_type", "category", "kind of request", KINDS),
)
COLUMNS: dict[str, Column] = {column.name: column for column in _ALL}


def is_requests(frame: pd.DataFrame) -> bool:
    """Say whether a frame is a tidy requests frame, as `pcqa.read` gives it.

    >>> is_requests(pd.DataFrame({"date": [], "count": [], "source": []}))
    True
    """
    return all(c.name in frame for c in _ALL if c.required) and "status" not in frame


def validate(frame: pd.DataFrame) -> pd.DataFrame:
    """Return `frame` as it is, once every column of it fits; else raise `DataError`.

    >>> validate(pd.DataFrame({"date": []}))
    Traceback (most recent call last):
    pcqa_teach.errors.DataError: This is no tidy requests table: column 'count' is missing.
    """
    return made.validate(frame, COLUMNS, "tidy requests table")
